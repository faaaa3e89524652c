"""Whether a sentence stands in rows as a whole or in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apps.articles.text.spans import Span
from apps.claims.analysis.levels import choose_claims
from apps.claims.analysis.units import Unit, build_unit
from tests.unit.claim_builder import build_article

HERE = build_article(
    "here",
    ["every door open/V and no alarm ring/V"],
    parts=[(0, "every door open"), (0, "and no alarm ring")],
)
THERE = build_article("there", ["the door be open/V", "the alarm be silent/V"])
# Both parts are answered, each by a sentence of its own; the whole by neither.
ODDS = {(1, 3): 3.0, (2, 4): 3.0}


def units(quotes: Sequence[Span]) -> list[Unit]:
    claims = [*(replace(claim, quotes=tuple(quotes)) for claim in HERE.claims), *THERE.claims]
    return [
        build_unit(claim, (), article=int(claim.article == "there"), order=0, depth=0.0, lead=False)
        for claim in claims
    ]


def test_two_statements_of_a_sentence_stand_where_each_is_answered():
    assert choose_claims(units([]), ODDS, at_least=0.5) == [1, 2, 3, 4]


def test_a_quotation_of_two_statements_is_not_cut():
    whole = HERE.claims[0].span

    assert choose_claims(units([whole]), ODDS, at_least=0.5) == [0, 3, 4]


def test_quotations_that_lie_in_one_part_each_keep_nothing_together():
    _, first, second = HERE.claims

    assert choose_claims(units([first.span, second.span]), ODDS, at_least=0.5) == [1, 2, 3, 4]


def test_a_cut_that_a_person_decided_holds():
    whole = HERE.claims[0].span

    chosen = choose_claims(units([whole]), ODDS, at_least=0.5, wanted=frozenset({1}))

    assert chosen == [1, 2, 3, 4]
