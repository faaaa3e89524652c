from __future__ import annotations

from dataclasses import replace

import pytest

from apps.claims.analysis.detectors import omission
from apps.claims.analysis.judges import judge_candidates
from apps.claims.analysis.types import CounterpartDraft, Outcome
from tests.unit.builders import article, said, story


def find_all(built):
    yield from judge_candidates(omission.SLUG, omission.find_candidates(built))
    yield from omission.find_in_story(built)
    for cluster in built.clusters:
        yield from omission.find(cluster, built)


def test_a_rewrite_that_leaves_out_the_denial():
    wire = article(
        "wire",
        "Two crew members told us the lifeboat was locked on Sunday night.",
        "The ferry company denied that any lifeboat was locked.",
        "The harbour office will inspect the ferry again next week.",
        published="2024-05-02T08:00:00+00:00",
    )
    rewrite = article(
        "rewrite",
        "Two crew members said the lifeboat was locked on Sunday night.",
        "The harbour office will inspect the ferry again next week.",
        published="2024-05-02T11:00:00+00:00",
    )

    (finding,) = find_all(story(wire, rewrite, origins=[("wire", "rewrite")]))

    assert finding.outcome is Outcome.COMPATIBLE
    assert finding.missing_in == ("rewrite",)
    assert "denied that any lifeboat was locked" in finding.explanation


def test_a_caveat_of_two_origins_that_a_third_lacks():
    built = story(
        article("north", "The transfer of prisoners is being challenged in court."),
        article(
            "south", "Lawyers have brought court challenges against the transfer of prisoners."
        ),
        article("east", "The transfer of prisoners went smoothly."),
        rows=[[("north", 0), ("south", 0)]],
    )

    (finding,) = find_all(built)

    assert finding.missing_in == ("east",)


@pytest.mark.parametrize(("rate", "lacks"), [(0.8, []), (0.3, ["east"])])
def test_what_an_article_likely_says_in_other_words_it_does_not_leave_out(rate, lacks):
    built = story(
        article("north", "The transfer of prisoners is being challenged in court."),
        article(
            "south", "Lawyers have brought court challenges against the transfer of prisoners."
        ),
        article("east", "The transfer of prisoners went smoothly.", "No judge has ruled yet."),
        rows=[[("north", 0), ("south", 0)]],
    )
    claims = {item.id: [claim.id for claim in item.claims] for item in built.articles}
    pair = CounterpartDraft(claims["north"][0], claims["east"][1], rate)

    found = list(find_all(replace(built, counterparts=(pair,))))

    assert [article_id for finding in found for article_id in finding.missing_in] == lacks


def test_an_article_on_another_matter_omits_nothing():
    built = story(
        article("north", "The transfer of prisoners is being challenged in court."),
        article(
            "south", "Lawyers have brought court challenges against the transfer of prisoners."
        ),
        article("east", "A bakery won the summer prize."),
        rows=[[("north", 0), ("south", 0)]],
    )

    assert list(find_all(built)) == []


def test_a_detail_without_weight_may_be_left_out():
    wire = article(
        "wire",
        "The hall was full on Sunday night.",
        "The band played two songs.",
        "The mayor spoke for an hour at length.",
    )
    rewrite = article(
        "rewrite", "The hall was full on Sunday night.", "The mayor spoke for an hour at length."
    )

    assert list(find_all(story(wire, rewrite, origins=[("wire", "rewrite")]))) == []


def rewritten(first: str, dropped: str, last: str, copy: str):
    wire = article("wire", first, dropped, last, published="2024-05-02T08:00:00+00:00")
    rewrite = article("rewrite", first, copy, last, published="2024-05-02T11:00:00+00:00")
    return list(find_all(story(wire, rewrite, origins=[("wire", "rewrite")])))


FIRST = "The harbour office will inspect the ferry Mina again next week."
LAST = "The ferry carried 140 passengers and 30 cars on Sunday night."


def test_one_of_two_reasons_that_is_gone():
    (finding,) = rewritten(
        FIRST,
        "The ferry line blamed thick fog and a broken radar.",
        LAST,
        "The ferry line blamed thick fog.",
    )

    assert "and a broken radar" in finding.explanation


def test_a_clause_that_clears_somebody_replaced_by_colour():
    (finding,) = rewritten(
        FIRST,
        "Captain Ada Roe, who steered the ferry, has not been accused of any fault.",
        LAST,
        "Captain Ada Roe, who steered the ferry, is under growing pressure.",
    )

    assert "has not been accused" in finding.explanation


def test_a_refusal_to_comment_that_is_gone_is_no_loss():
    assert (
        rewritten(FIRST, "A company spokesman declined to comment.", LAST, "The ferry is white.")
        == []
    )


@pytest.mark.parametrize(
    "dropped",
    [
        "The ferry line disputed the number.",
        "The builder said the hull had passed every inspection.",
        "Whether the fire began in the galley has not been established.",
        "The council has yet to approve the purchase.",
        "The mate was not charged.",
        "The ban does not apply to smaller boats.",
    ],
)
def test_a_rewrite_without_what_limits_its_source(dropped):
    (finding,) = rewritten(FIRST, dropped, LAST, "Crowds gathered at the quay all day.")

    assert dropped.rstrip(".") in finding.explanation
    assert finding.missing_in == ("rewrite",)


@pytest.mark.parametrize(
    "dropped",
    [
        "Gulls circled above the quay for most of the afternoon.",
        "The harbour office has 40 inspectors and two boats.",
        said(
            "“I have never seen so many gulls over this quay,” Mr Ode said.",
            source="Mr Ode",
            cue="said",
        ),
        "The company did not respond to questions.",
    ],
)
def test_a_rewrite_may_leave_out_what_limits_nothing(dropped):
    assert rewritten(FIRST, dropped, LAST, "Crowds gathered at the quay all day.") == []


def test_a_limit_told_in_other_words_is_not_left_out():
    assert (
        rewritten(
            FIRST,
            "The cause of the ferry fire is not known, the harbour office said.",
            LAST,
            "What caused the ferry fire is not known yet, according to the harbour office.",
        )
        == []
    )


def test_a_limit_that_moved_into_a_longer_sentence_is_not_left_out():
    wire = article(
        "wire",
        "Two crew members told us the lifeboat was locked on Sunday night.",
        "The lease is being challenged in court, and it is not signed.",
        "The harbour office will inspect the ferry again next week.",
        published="2024-05-02T08:00:00+00:00",
    )
    rewrite = article(
        "rewrite",
        "Two crew members said the lifeboat was locked on Sunday night.",
        "The harbour office will inspect the ferry again next week.",
        "Two families have challenged the lease, which is still not signed by anybody, in the county court at Norrey.",
        published="2024-05-02T11:00:00+00:00",
    )

    assert list(find_all(story(wire, rewrite, origins=[("wire", "rewrite")]))) == []
