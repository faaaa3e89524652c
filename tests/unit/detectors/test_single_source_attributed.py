from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import single_source_attributed
from apps.claims.analysis.judges import judge_candidates
from apps.claims.analysis.types import AttributionKind, Severity
from tests.unit.builders import article, said, story


def find(*articles):
    built = story(*articles)
    candidates = single_source_attributed.find_candidates(built)
    judged = judge_candidates(single_source_attributed.SLUG, candidates)
    rows = [
        finding
        for cluster in built.clusters
        for finding in single_source_attributed.find(cluster, built)
    ]
    return list({finding.claims: finding for finding in (*judged, *rows)}.values())


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


WIRE = (
    "The ferry company will sell the Mina to a yard in Norrey.",
    "The harbour board said the pier would be mended by March.",
)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Deckhand Ola Brekke, who left in May, told us he had reported the leak in the stern to the office twice.",
            "Deckhand Ola Brekke",
        ),
        (
            "A welder at the yard, who asked not to be named, told the South that the hull plates had been cut too thin.",
            "A welder at the yard",
        ),
    ],
)
def test_what_somebody_told_one_outlet_alone(text, source):
    (finding,) = find(
        article("north", *WIRE), article("south", said(text, source=source, cue="told"))
    )

    assert source.split()[-1] in finding.explanation


@pytest.mark.parametrize(
    "text",
    [
        "The harbour board said the pier would be mended by March.",
        "“I like boats,” said Ada.",
        "He said so.",
    ],
)
def test_what_others_have_and_small_talk_is_no_single_source(text):
    assert (
        find(article("north", *WIRE), article("south", said(text, source="Ada", cue="said"))) == []
    )


STATEMENT = "“The ferry company owes its harbour crews nine weeks of wages and will pay them all before the fair.”"


@pytest.mark.parametrize(
    ("words", "source", "found"),
    [
        (STATEMENT, "Ana Duarte", 1),
        (STATEMENT, "Tomas Roe", 0),
        (
            "“My grandmother used to bake for everybody on that pier and nobody ever thanked her for it.”",
            "Ana Duarte",
            0,
        ),
        ("“The company owes our crews wages.”", "Ana Duarte", 0),
    ],
)
def test_a_statement_on_the_matter_by_somebody_only_one_outlet_names(words, source, found):
    built = story(
        article(
            "north",
            "Tomas Roe runs the ferry company, whose crews struck on Sunday.",
            "They have waited nine weeks.",
            "Wages are late all over the harbour.",
            "Nobody can say what the fair will pay.",
        ),
        article(
            "south",
            said(f"{words} said {source}.", source=source, cue="said", kind=AttributionKind.DIRECT),
            f"{source} spoke to the crews.",
        ),
    )

    assert len(list(single_source_attributed.find_in_story(built))) == found
