from __future__ import annotations

from apps.claims.analysis.detectors import single_source_attributed
from apps.claims.analysis.types import Severity
from tests.unit.builders import article, said, story


def find(*articles):
    built = story(*articles)
    return [
        finding
        for cluster in built.clusters
        for finding in single_source_attributed.find(cluster, built)
    ]


def test_one_outlet_with_a_named_source_is_a_single_source():
    (finding,) = find(
        article("north", "The ferry company will repay all tickets sold in May."),
        article(
            "south",
            said(
                "The ferry company owes its harbour crews nine weeks of wages, Ana Duarte said.",
                source="Ana Duarte",
                cue="said",
            ),
        ),
    )

    assert finding.severity is Severity.LOW
    assert "its source is Ana Duarte" in finding.explanation


def test_two_outlets_are_not_a_single_source():
    claim = said(
        "The ferry company owes its crews nine weeks of wages, Ana Duarte said.",
        source="Ana Duarte",
        cue="said",
    )

    assert find(article("north", claim), article("south", claim)) == []


def test_a_source_that_stays_nameless_weighs_more():
    (finding,) = find(
        article("north", "The ferry company will sell the Mina to a yard in Norrey."),
        article(
            "south",
            said(
                "The ferry company will scrap the Mina, said a worker who did not want to be named.",
                source="a worker",
                cue="said",
            ),
        ),
    )

    assert finding.severity is Severity.MEDIUM


def test_small_talk_of_one_outlet_is_left_alone():
    assert (
        find(
            article("north", "The ferry company will sell the Mina to a yard in Norrey."),
            article(
                "south",
                said(
                    "The clerk of the company said she had baked a cake for the Mina.",
                    source="The clerk",
                    cue="said",
                ),
            ),
        )
        == []
    )
