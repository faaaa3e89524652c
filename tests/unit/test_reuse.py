"""Reused sentences and origins, on invented articles."""

from __future__ import annotations

import re

import pytest

from apps.articles.text.origins import find_origins, find_wire_marks
from apps.articles.text.reuse import OriginInput, compare_words, find_dependences, find_reuse
from apps.articles.text.spans import Span

WIRE = """PORT ELM (XN) — A freighter carrying nine hundred tons of barley ran aground off Port Elm before sunrise on Monday, the harbor office said.
The captain told investigators that the steering had failed twice since the vessel left the yard in March.
“We heard a long scrape and then nothing at all, and that nothing was worse,” the cook said.
Two tugs tried to pull the ship free at high tide but gave up when a cable snapped, the harbor office said.
Divers will look at the hull once the wind drops, and no oil has been seen on the water so far.
The owner, a family firm in its third generation, has lost one other ship, in 1988."""

REWRITE = """A freighter loaded with nine hundred tons of barley ran aground off Port Elm early on Monday.
The captain told investigators that the steering had failed twice since spring.
Two tugs tried to pull the ship free at high tide but gave up when a cable broke, officials said.
Divers will look at the hull once the wind drops, and no oil has been seen so far.
Barley prices have risen for six weeks."""

INDEPENDENT = """The barley ship is stuck, and nobody on the quay could say for how long.
“We heard a long scrape and then nothing at all, and that nothing was worse,” the cook said.
People brought folding chairs to the breakwater to watch two tugs at work until something gave way.
The harbor master is waiting for calmer weather before he sends anybody under the keel."""


def article(name: str, text: str, **options: str) -> OriginInput:
    return OriginInput(name, text, **options)


def sentences(text: str) -> list[tuple[Span, str]]:
    return [(Span(m.start(), m.end()), m.group()) for m in re.finditer(r"[^\n]+", text)]


def reuse_of(**texts: str):
    return find_reuse({name: sentences(text) for name, text in texts.items()})


def test_an_edited_sentence_is_linked_to_the_one_it_came_from():
    links = reuse_of(wire=WIRE, rewrite=REWRITE)

    pairs = {(link.a_span.of(WIRE)[:8], link.b_span.of(REWRITE)[:8]) for link in links}
    assert ("The capt", "The capt") in pairs
    assert ("Two tugs", "Two tugs") in pairs
    assert not any("Barley p" in words for pair in pairs for words in pair)


def test_the_same_words_with_other_quotation_marks_are_the_same_sentence():
    (link,) = reuse_of(
        a="“It’s a slow leak,” the plumber told the tenants.",
        b='"It\'s a slow leak," the plumber told the tenants.',
    )

    assert link.similarity == 1.0


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [
        ("the bridge was closed on friday after an inspection",) * 2 + (1.0, 1.0),
        (
            "on friday the bridge was closed after an inspection",
            "after an inspection the bridge was closed on friday",
            0.7,
            1.0,
        ),
        (
            "the bridge was closed on friday after an inspection",
            "the tunnel will open next spring if the money lasts",
            0.0,
            0.5,
        ),
        # Shared words without a shared run are no copy.
        ("closed the was bridge old on", "on old was the bridge closed", 0.0, 0.5),
    ],
)
def test_similarity_of_words(a: str, b: str, least: float, most: float):
    assert least <= compare_words(a.split(), b.split()) <= most


def test_sentences_of_one_article_are_not_linked_to_each_other():
    text = "The ferry was late again on Tuesday.\nThe ferry was late again on Tuesday."

    assert reuse_of(only=text) == []


def test_a_rewrite_goes_back_to_the_agency_text():
    wire = article("wire", WIRE, outlet="Xeno News")
    rewrite = article("rewrite", REWRITE, outlet="The Daily Elm")
    links = reuse_of(wire=WIRE, rewrite=REWRITE)

    (origin,) = find_origins([wire, rewrite], links)

    assert origin.articles == ("wire", "rewrite")
    assert origin.source == "wire"
    assert "same" in origin.reason


def test_an_independent_report_with_the_same_quotation_stays_independent():
    links = reuse_of(wire=WIRE, own=INDEPENDENT)

    origins = find_origins([article("wire", WIRE), article("own", INDEPENDENT)], links)

    assert [origin.articles for origin in origins] == [("wire",), ("own",)]


def test_shared_runs_inside_quotation_marks_are_no_evidence():
    quoted = "She said: “The water came over the wall at night and took the piano.”"

    assert find_dependences([article("a", quoted), article("b", quoted)], ()) == []


def test_without_marks_the_earlier_of_two_copies_is_the_source():
    copy = WIRE.replace("PORT ELM (XN) — ", "")
    early = article("early", copy, outlet="Elm Post", published="2031-05-05T08:00:00+00:00")
    late = article("late", copy, outlet="Elm Star", published="2031-05-05T09:30:00+00:00")

    (origin,) = find_origins([late, early], reuse_of(late=copy, early=copy))

    assert origin.source == "early"
    assert "published first" in origin.reason


def test_a_bare_day_does_not_say_which_copy_of_that_day_was_first():
    copy = WIRE.replace("PORT ELM (XN) — ", "")
    first = article("first", copy, published="2031-05-05")
    second = article("second", copy, published="2031-05-05T09:30:00+00:00")

    (origin,) = find_origins([first, second], reuse_of(first=copy, second=copy))

    assert origin.source is None


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("PORT ELM (XN) — A freighter ran aground.", {"XN"}),
        ("BRILL, Norland (AP) - Snow fell.", {"Associated Press"}),
        ("The map (see below) shows the reef.", set()),
        ("The club (FC) — founded in 1901 — lost.", {"FC"}),
    ],
)
def test_agency_marks_stand_in_datelines(text: str, marks: set[str]):
    # The last one is a known confusion: it only counts beside copied text.
    assert find_wire_marks(article("a", text)) == marks


def test_links_come_in_the_order_of_the_articles_and_their_text():
    links = reuse_of(wire=WIRE, rewrite=REWRITE)

    assert links == sorted(links, key=lambda link: (link.a_span.start, link.b_span.start))
    assert {(link.a, link.b) for link in links} == {("wire", "rewrite")}


def test_a_text_a_hundred_outlets_took_over_is_one_origin():
    texts = {
        f"outlet{n}": re.sub("on Monday", f"on Monday, reader number {n}", WIRE) for n in range(100)
    }
    links = find_reuse({name: sentences(text) for name, text in texts.items()})

    origins = find_origins([article(name, text) for name, text in texts.items()], links)

    assert [len(origin.articles) for origin in origins] == [100]
    # Every copy is linked to the first outlets' text, not to every other copy.
    assert {link.b for link in links} == set(texts) - {"outlet0"}
    assert len(links) < 100 * 6 * 30
