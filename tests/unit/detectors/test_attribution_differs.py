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


def handed_on(answer, *, told=False):
    """A wire text with a reservation of its own, and a rewrite that has *answer* in its place."""
    ending = ", Ada Roe said." if told else "."
    reserved = (
        "The crews are held in the old fort under the harbour law, "
        f"despite little proof shown by the state{ending}"
    )
    wire = article(
        "wire",
        said(reserved, source="Ada Roe" if told else "", cue="said" if told else ""),
        "The fort was built for nine hundred men and has two gates.",
    )
    rewrite = article(
        "rewrite",
        "The crews are held in the old fort under the harbour law.",
        answer,
        "The fort was built for nine hundred men and has two gates.",
        published="2024-05-02T15:00:00+00:00",
    )
    return list(
        attribution_differs.find_in_story(story(wire, rewrite, origins=[("wire", "rewrite")]))
    )


UNION = said(
    "The sailors' union said that no proof had come from anyone.",
    source="The sailors' union", cue="said",
)  # fmt: skip


def test_a_reservation_of_a_text_itself_that_its_rewrite_has_from_somebody():
    (finding,) = handed_on(UNION)

    assert finding.outcome is Outcome.COMPATIBLE
    assert "says “despite little proof shown by the state” itself" in finding.explanation
    assert "The sailors' union" in finding.explanation


def test_a_reservation_is_not_handed_on_by_other_words_nobody_or_from_somebody():
    assert handed_on(said("The union said it would sail.", source="The union", cue="said")) == []
    assert handed_on("No proof has come from anyone.") == []
    assert handed_on(UNION, told=True) == []
