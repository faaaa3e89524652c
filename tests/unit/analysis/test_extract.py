"""From a parse built by hand to claims."""

from __future__ import annotations

from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, Role, SegmentDraft
from apps.claims.analysis.extract import ends_with_speaker, extract_article
from apps.claims.analysis.types import Attribution, AttributionKind
from tests.unit.analysis.docs import build_doc


def read(doc, role: Role):
    return extract_article(
        doc,
        article_id="n1",
        outlet="North",
        title="",
        url="",
        published=PublishedDate("2025-10-15", "stated"),
        segments=[SegmentDraft(Span(0, len(doc.text)), role, "")],
    )


def fire():
    return build_doc(
        ("Nine", "NUM", "nummod", 1),
        ("cooks", "NOUN", "nsubj", 2, "cook"),
        ("left", "VERB", "ROOT", 2, "leave"),
        ("the", "DET", "det", 4),
        ("mill", "NOUN", "obj", 2),
        ("on", "ADP", "case", 6),
        ("Friday", "PROPN", "obl", 2),
        ("and", "CCONJ", "cc", 8),
        ("blocked", "VERB", "conj", 2, "block"),
        ("the", "DET", "det", 10),
        ("road", "NOUN", "obj", 8),
        (".", "PUNCT", "punct", 2),
    )


def test_every_read_sentence_is_a_claim_with_its_parts_below():
    article = read(fire(), Role.BODY)

    whole, *parts = article.claims
    assert whole.text == "Nine cooks left the mill on Friday and blocked the road."
    assert (whole.id, whole.parent, whole.predicate, whole.subject) == (
        "n1.c1",
        "",
        "leave",
        "cook",
    )
    assert [part.text for part in parts] == [
        "Nine cooks left the mill on Friday",
        "blocked the road",
    ]
    assert {part.parent for part in parts} == {"n1.c1"}


def test_the_second_predicate_keeps_the_subject():
    *_, blocked = read(fire(), Role.BODY).claims

    assert (blocked.predicate, blocked.subject, blocked.object) == ("block", "cook", "road")


def test_numbers_and_dates_go_to_the_parts_that_hold_them():
    article = read(fire(), Role.BODY)

    assert [quantity.text for quantity in article.claims[1].quantities] == ["Nine"]
    assert [found.iso for found in article.claims[1].dates] == ["2025-10-10"]
    assert article.claims[2].quantities == ()


def test_page_furniture_makes_no_claims_but_has_sentences():
    article = read(fire(), Role.BOILERPLATE)

    assert article.claims == ()
    assert article.sentences


def test_words_point_to_their_heads_within_the_claim():
    whole = read(fire(), Role.BODY).claims[0]

    assert whole.words[1].head == 2
    assert whole.words[2].head == 2
    assert all(whole.span.contains(Span(word.start, word.end)) for word in whole.words)


def test_a_single_word_is_read_too():
    article = read(build_doc(("Hush", "NOUN", "ROOT", 0)), Role.BODY)

    assert [claim.text for claim in article.claims] == ["Hush"]
    assert article.claims[0].quantities == ()


def told_by(text: str, source: str, cue: str, content: str) -> bool:
    def spans(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    parts = [spans(words) for words in (source, cue, content)]
    kind = AttributionKind.INDIRECT
    return ends_with_speaker(text, Attribution(kind, source, source, cue, content, *parts))


def test_what_stands_before_its_speaker_is_the_speakers():
    text = "The ministry overpaid by 9 million, it said."

    assert told_by(text, "it", "said", "The ministry overpaid by 9 million")


def test_what_nobody_is_named_for_or_no_comma_sets_off_is_not():
    reported = "The fire was reported at 7 a.m."

    assert not told_by(reported, "", "was reported", "The fire")
    assert not told_by("It said prices rose, then fell.", "It", "said", "prices rose, then fell")
    assert not told_by("What the street says", "the street", "says", "What")
