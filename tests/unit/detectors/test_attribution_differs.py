from __future__ import annotations

from apps.claims.analysis.detectors import attribution_differs
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, said, story


def find(first, second):
    return list(
        attribution_differs.find_in_story(story(article("north", first), article("south", second)))
    )


def test_a_copy_that_names_another_source():
    (finding,) = find(
        said(
            "About 40 boats sank in the storm, the Sea Rescue Society said.",
            source="the Sea Rescue Society",
            cue="said",
        ),
        said(
            "About 40 boats sank in the storm, according to reports.",
            source="reports",
            cue="according to",
        ),
    )

    assert finding.outcome is Outcome.COMPATIBLE
    assert "Sea Rescue Society" in finding.explanation


def test_a_surname_names_the_same_source():
    assert (
        find(
            said(
                "About 40 boats sank in the storm, Minister Ada Roe said.",
                source="Minister Ada Roe",
                cue="said",
            ),
            said("About 40 boats sank in the storm, Roe said.", source="Roe", cue="said"),
        )
        == []
    )


def test_initials_name_the_same_source():
    def told(source: str, name: str):
        text = f"About 40 boats sank in the storm, {source} said."
        return said(text, source=source, cue="said", names=[(name, "organisation")])

    assert (
        find(told("the Coastal Rescue Society", "Coastal Rescue Society"), told("CRS", "CRS")) == []
    )
    assert (
        find(told("the Coastal Rescue Society", "Coastal Rescue Society"), told("NHB", "NHB")) != []
    )


def test_a_pronoun_stands_for_whom_the_article_named():
    (finding,) = find(
        said(
            "She said that about 40 boats sank in the storm.",
            source="She", resolved="Ada Roe", cue="said",
        ),
        said(
            "About 40 boats sank in the storm, harbour hands said.",
            source="harbour hands", cue="said",
        ),
    )  # fmt: skip

    assert "harbour hands" in finding.explanation


def test_a_source_named_more_fully_is_no_other_source():
    assert (
        find(
            said(
                "About 40 boats sank in the storm, a clerk said.",
                source="a clerk", cue="said",
            ),
            said(
                "About 40 boats sank in the storm, a clerk of the harbour office said.",
                source="the harbour office", cue="said",
            ),
        )
        == []
    )  # fmt: skip


def test_what_can_say_nothing_is_no_source():
    assert (
        find(
            said(
                "About 40 boats sank, the Sea Rescue Society said.",
                source="the Sea Rescue Society",
                cue="said",
            ),
            said("About 40 boats sank, her voyage ended.", source="her voyage", cue="ended"),
        )
        == []
    )
