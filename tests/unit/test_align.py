"""Rows of invented stories: what comes together, what must not, and what people decide."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from apps.articles.text.reuse import find_reuse
from apps.articles.text.types import Role
from apps.claims.analysis.align import align_claims
from apps.claims.analysis.types import ClusterDraft, Decision
from tests.unit.claim_builder import build_article

NORTH = build_article(
    "north",
    [
        "14/M passenger/N drown/V when the ferry/N capsize/V off Port/P Elm/P",
        "The harbor/N office/N suspend/V all night/N crossing/N",
        "A brass/A band/N play/V on the quay/N for the widow/N",
    ],
    published="2031-05-05",
)
SOUTH = build_article(
    "south",
    [
        "16/M passenger/N die/V in the ferry/N accident/N near Port/P Elm/P",
        "Night/N crossing/N be halt/V by the harbor/N office/N",
        "The price/N of barley/N rise/V again",
    ],
    published="2031-05-05",
)


def rows(clusters: list[ClusterDraft]) -> list[list[str]]:
    return [[claim.id for claim in cluster.claims] for cluster in clusters]


def row_of(clusters: list[ClusterDraft], claim_id: str) -> ClusterDraft:
    (found,) = [c for c in clusters if claim_id in [claim.id for claim in c.claims]]
    return found


def decide(a: tuple[str, str], b: tuple[str, str], *, accept: bool) -> Decision:
    return Decision(a[0], a[1], b[0], b[1], accept)


def text_of(article, number: int) -> str:
    return article.claims[number].text


def test_two_outlets_that_tell_one_thing_in_other_words_share_a_row():
    found = rows(align_claims([NORTH, SOUTH]))

    assert ["north.c0", "south.c0"] in found
    assert ["north.c1", "south.c1"] in found


def test_what_only_one_outlet_tells_is_a_row_of_its_own():
    found = rows(align_claims([NORTH, SOUTH]))

    assert ["north.c2"] in found
    assert ["south.c2"] in found


def test_every_sentence_stands_in_exactly_one_row():
    found = sorted(claim_id for row in rows(align_claims([NORTH, SOUTH])) for claim_id in row)

    assert found == sorted(c.id for article in (NORTH, SOUTH) for c in article.claims)


def test_a_link_says_why_in_words():
    (link,) = row_of(align_claims([NORTH, SOUTH]), "north.c0").links

    assert 0.5 <= link.score <= 1.0
    assert link.reasons
    texts = " ".join(reason.text for reason in link.reasons)
    assert "both count people" in texts or "ferry" in texts


def test_captions_corroborate_nothing():
    picture = build_article(
        "picture",
        ["14/M passenger/N drown/V when the ferry/N capsize/V off Port/P Elm/P"],
        roles=[Role.CAPTION],
    )

    found = rows(align_claims([NORTH, picture]))

    assert not any("picture.c0" in row for row in found)


def test_a_refused_pair_is_never_together_again():
    refused = decide(("north", text_of(NORTH, 0)), ("south", text_of(SOUTH, 0)), accept=False)

    found = align_claims([NORTH, SOUTH], decisions=[refused])

    assert row_of(found, "north.c0") is not row_of(found, "south.c0")
    assert rows(found).count(["north.c1", "south.c1"]) == 1


def test_a_confirmed_pair_is_together_whatever_the_score_and_says_so():
    confirmed = decide(("north", text_of(NORTH, 2)), ("south", text_of(SOUTH, 2)), accept=True)

    row = row_of(align_claims([NORTH, SOUTH], decisions=[confirmed]), "north.c2")

    assert [claim.id for claim in row.claims] == ["north.c2", "south.c2"]
    (link,) = row.links
    assert link.confirmed
    assert link.reasons[0].code == "decision"


def test_the_last_of_two_contrary_decisions_holds():
    sides = ("north", text_of(NORTH, 2)), ("south", text_of(SOUTH, 2))

    found = align_claims(
        [NORTH, SOUTH], decisions=[decide(*sides, accept=True), decide(*sides, accept=False)]
    )

    assert row_of(found, "north.c2") is not row_of(found, "south.c2")


def test_a_decision_about_words_that_are_gone_changes_nothing():
    gone = decide(("north", "Nobody wrote this"), ("south", text_of(SOUTH, 0)), accept=False)

    assert rows(align_claims([NORTH, SOUTH], decisions=[gone])) == rows(
        align_claims([NORTH, SOUTH])
    )


def test_two_claims_of_one_sentence_are_never_in_one_row():
    both = build_article(
        "both",
        ["14/M passenger/N drown/V and 14/M passenger/N drown/V off Port/P Elm/P"],
        parts=[(0, "14 passenger drown"), (0, "14 passenger drown off Port Elm")],
    )

    for row in align_claims([both, NORTH, SOUTH]):
        sentences = [(claim.article, claim.sentence) for claim in row.claims]
        assert len(sentences) == len(set(sentences))


def test_a_whole_and_its_part_are_not_both_on_the_page():
    split = build_article(
        "split",
        ["14/M passenger/N drown/V off Port/P Elm/P while a brass/A band/N play/V on the quay/N"],
        parts=[
            (0, "14 passenger drown off Port Elm"),
            (0, "a brass band play on the quay"),
        ],
    )

    found = {claim.id for row in align_claims([split, NORTH, SOUTH]) for claim in row.claims}

    assert found & {"split.c0"} or found & {"split.c1", "split.c2"}
    assert not ("split.c0" in found and found & {"split.c1", "split.c2"})


def test_a_copied_sentence_meets_its_copy():
    wire = build_article("wire", ["The tug/N captain/N blame/V a worn/A cable/N for the delay/N"])
    copy = build_article("copy", ["The tug/N captain/N blame/V a cable/N for the delay/N"])
    reuse = find_reuse(
        {
            a.id: [(f.sentence.span, f.sentence.span.of(a.text)) for f in a.sentences]
            for a in (wire, copy)
        }
    )

    (row,) = align_claims([wire, copy], reuse=reuse)

    assert any(reason.code == "reuse" for reason in row.links[0].reasons)


def test_the_same_input_gives_the_same_rows_and_keys():
    first, second = align_claims([NORTH, SOUTH]), align_claims([NORTH, SOUTH])

    assert first == second
    assert len({row.key for row in first}) == len(first)


def test_the_order_of_articles_does_not_change_who_is_together():
    third = build_article("third", ["Night/N crossing/N halt/V until June/P"])

    found = {
        frozenset(frozenset(row) for row in rows(align_claims(order)))
        for order in permutations([NORTH, SOUTH, third])
    }

    assert len(found) == 1


@pytest.mark.parametrize("articles", [[], [build_article("empty", [])]])
def test_without_claims_there_are_no_rows(articles):
    assert align_claims(articles) == []


def test_a_row_keeps_its_key_when_another_outlet_joins_it():
    late = build_article(
        "late",
        ["Ferry/N accident/N off Port/P Elm/P kill/V 15/M passenger/N"],
        published="2031-05-06",
    )

    before = row_of(align_claims([NORTH, SOUTH]), "north.c0")
    after = row_of(align_claims([NORTH, SOUTH, late]), "north.c0")

    assert before.key == after.key


def test_two_sentences_of_one_article_that_count_the_same_share_a_row():
    twice = build_article(
        "twice",
        [
            "15/M passenger/N drown/V before dawn/N in the strait/N",
            "The barley/N harvest/N begin/V under a clear/A sky/N",
            "By the list/N of the office/N 15/M passenger/N drown/V",
        ],
    )

    found = rows(align_claims([twice, NORTH]))

    assert any({"twice.c0", "twice.c2"} <= set(row) for row in found)
    assert not any({"twice.c0", "twice.c1"} <= set(row) for row in found)


def test_visits_to_two_places_are_two_rows():
    def visit(name: str, place: str, sentence: str):
        built = build_article(name, [sentence], published="2031-05-05")
        return replace(built, claims=(replace(built.claims[0], places=(place,)),))

    here = visit("north", "Marl", "Minister/N Roe/P visit/V a shelter/N")
    same = visit("south", "Marl", "Roe/P tour/V the camp/N for refugee/N")
    other = visit("south", "Elm", "Roe/P tour/V the camp/N for refugee/N")

    assert len(align_claims([here, same])) == 1
    assert len(align_claims([here, other])) == 2
