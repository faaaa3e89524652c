"""Who goes back to whom: what joins two articles, what does not, and what is shown of it."""

from __future__ import annotations

import re

import pytest

from apps.articles.text.origins import find_origins, find_wire_marks
from apps.articles.text.reuse import OriginInput, find_dependences, find_reuse
from apps.articles.text.spans import Span
from apps.articles.text.types import OriginDraft, Role, SegmentDraft

WIRE = """TARN HILL (KN) — A cable car stopped above the Tarn gorge on Saturday afternoon and left sixty-one passengers hanging for almost five hours, the operator said.
A bolt in the drive wheel had sheared off, and the spare engine failed to start, said Odile Marsh, who runs the lift company.
Mountain guides climbed along the cable and lowered the passengers one by one onto a meadow, where villagers waited with soup.
“Nobody cried until we were all on the grass, and then everybody did,” said a teacher who was on board with her pupils.
The lift was last inspected in February and no faults were found, according to the cantonal transport office.
It will stay closed until an engineer from the maker has taken the drive apart, Marsh said."""

# Told anew from top to bottom: about one run of five words in six is kept.
REWRITE = """Dozens of people spent Saturday afternoon dangling over the Tarn gorge after a cable car ground to a halt.
The sixty-one passengers hanging for almost five hours were freed in the end by mountain guides climbed out from both stations, who brought them down to a field and to hot soup.
Odile Marsh, the head of the lift company, blamed a broken part: a bolt in the drive wheel had sheared off, she explained, and a second motor would not run.
“Nobody cried until we were all on the grass, and then everybody did,” a teacher recalled.
In February no faults were found, according to the cantonal transport office. Until an engineer from the maker has had a look at the machinery, the cabins are not going anywhere."""

# Was there, heard the same two people, and shares nothing but what they said.
REPORT = """From the terrace of the inn you could see the cabin sway, small as a lantern, and count the ropes.
Our reporter stood with the parents. Nobody had told them why the thing had stopped.
“Nobody cried until we were all on the grass, and then everybody did,” the teacher of the stranded class told us when it was over.
Her pupils had sung for the first hour and slept through the last. Two of them mean to go up again as soon as they are let.
The company would say only that a wheel is broken and that it wants to know how."""


def article(name: str, text: str, **options: str) -> OriginInput:
    return OriginInput(name, text, **options)


def origins_of(*articles: OriginInput) -> list[OriginDraft]:
    sentences = {
        one.id: [(Span(m.start(), m.end()), m.group()) for m in re.finditer(r"[^\n]+", one.text)]
        for one in articles
    }
    return find_origins(articles, find_reuse(sentences))


def sets(origins: list[OriginDraft]) -> list[tuple[str, ...]]:
    return [origin.articles for origin in origins]


def test_a_thorough_rewrite_that_keeps_a_sixth_of_the_runs_is_joined():
    (shared,) = find_dependences([article("wire", WIRE), article("rewrite", REWRITE)], ())

    assert 0.13 <= max(shared.of_a, shared.of_b) <= 0.19
    assert sets(origins_of(article("wire", WIRE), article("rewrite", REWRITE))) == [
        ("wire", "rewrite")
    ]


def test_an_independent_report_that_quotes_the_same_statement_is_not_joined():
    origins = origins_of(
        article("wire", WIRE, outlet="Karst News"), article("own", REPORT, outlet="Gorge Echo")
    )

    assert sets(origins) == [("wire",), ("own",)]
    assert origins[1].reason == ("prints a quotation that Karst News has too, in a text of its own")


LONG_STATEMENT = (
    "We are sorry for every minute our guests had to wait up there, we will pay for all of it, "
    "and we will not open again before we know why the second engine did not start when it was needed"
)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", ",”"), ('"', ',"'), ("‘", ",’"), ("'", ",'")],
    ids=["curly", "straight", "single curly", "single straight"],
)
def test_a_long_statement_in_any_quotation_marks_joins_nobody(opening: str, closing: str):
    words = LONG_STATEMENT.replace("We are", "We’re" if "’" in closing else "We're", 1)
    quoted = f"{opening}{words}{closing}"

    origins = origins_of(
        article("a", f"{quoted} the lift company wrote.\nThe village was quiet on Sunday."),
        article("b", f"Guests heard it first.\n{quoted} its letter to them says."),
    )

    assert sets(origins) == [("a",), ("b",)]


@pytest.mark.parametrize("sign", ["“", '"'])
def test_a_statement_over_several_paragraphs_joins_nobody(sign: str):
    close = "”" if sign == "“" else '"'
    statement = (
        f"{sign}We are sorry for every minute our guests had to wait up there.\n"
        f"{sign}We will not open again before we know why the second engine did not start.{close}"
    )

    origins = origins_of(
        article("a", f"The company spoke on Sunday.\n{statement}"),
        article("b", f"A letter came by post.\n{statement}"),
    )

    assert sets(origins) == [("a",), ("b",)]


def test_an_apostrophe_hides_no_text_from_the_comparison():
    copied = "The owners' boat lay on its side in the reeds while the wardens' dog barked at it all day long"

    assert sets(origins_of(article("a", copied), article("b", copied))) == [("a", "b")]


def test_the_evidence_names_runs_order_sentences_quotations_and_marks():
    rewrite = WIRE.replace("TARN HILL (KN) — A", "GORGE (KN) — A").replace("Saturday ", "")

    (origin,) = origins_of(
        article("wire", WIRE, outlet="Karst News"), article("copy", rewrite, outlet="Gorge Echo")
    )

    assert "runs of five words outside quotations are the same in the same order" in origin.reason
    assert re.search(r"\(\d\d% of (Gorge Echo|Karst News)\)", origin.reason)
    assert "words on end" in origin.reason
    assert "sentences are copies or edited copies" in origin.reason
    assert "1 quotation is the same" in origin.reason
    assert "both name KN as their source" in origin.reason
    assert origin.reason.endswith("Karst News is named as the source by Gorge Echo")


def test_an_agency_s_own_dateline_is_not_told_as_a_credit_of_those_who_copy_it():
    rewrite = WIRE.replace("TARN HILL (KN) — A", "A").replace("Saturday ", "")

    (origin,) = origins_of(
        article("wire", WIRE, outlet="KN"), article("copy", rewrite, outlet="Gorge Echo")
    )

    assert origin.source == "wire"
    assert origin.reason.endswith("only KN itself marks the text as its own")


def test_of_texts_without_marks_and_dates_the_one_that_holds_the_others_is_the_source():
    first, second = WIRE.splitlines()[1:3], WIRE.splitlines()[4:6]
    whole = article("whole", "\n".join(WIRE.splitlines()[1:]), outlet="Karst News")

    (origin,) = origins_of(
        article("short", "\n".join(first), outlet="Elm Post"),
        whole,
        article("other", "\n".join(second), outlet="Elm Star"),
    )

    assert origin.source == "whole"
    assert origin.reason.endswith("the others' texts are contained in Karst News")


def test_two_equal_texts_without_a_date_have_no_known_direction():
    (origin,) = origins_of(article("a", WIRE), article("b", WIRE))

    assert origin.source is None


@pytest.mark.parametrize(
    ("early", "late"),
    [
        # Seven in the morning there is five in Greenwich.
        ("2032-06-05T07:00:00+02:00", "2032-06-05T06:30:00+00:00"),
        # Shortly before midnight there is the next morning in Greenwich.
        ("2032-06-05T23:00:00+00:00", "2032-06-05T22:30:00-05:00"),
        ("2032-06-05", "2032-06-06T01:00:00+00:00"),
    ],
)
def test_the_earlier_moment_is_the_source_whatever_the_zones(early: str, late: str):
    copy = WIRE.replace("TARN HILL (KN) — ", "")

    (origin,) = origins_of(
        article("late", copy, outlet="Elm Star", published=late),
        article("early", copy, outlet="Elm Post", published=early),
    )

    assert origin.source == "early"
    assert origin.reason.endswith("Elm Post was published first")


def credited(text: str, credit: str, outlet: str, role: Role = Role.CREDIT) -> OriginInput:
    whole = f"{text}\n{credit}"
    return OriginInput(
        outlet,
        whole,
        outlet=outlet,
        segments=(
            SegmentDraft(Span(0, len(text)), Role.BODY, "body"),
            SegmentDraft(Span(len(text) + 1, len(whole)), role, "credit"),
        ),
    )


@pytest.mark.parametrize(
    ("credit", "marks"),
    [
        ("With reporting by Karst News", {"Karst News"}),
        ("Karst News contributed to this report.", {"Karst News"}),
        ("Source: Reuters", {"Reuters"}),
        ("By Karst News", {"Karst News"}),
        ("© Karst News", {"Karst News"}),
        ("The Karst News building", set()),
        ("Text by Reuters", {"Reuters"}),
        # Its own byline, and somebody nobody knows.
        ("By Gorge Echo", set()),
        ("By Odile Marsh", set()),
    ],
)
def test_a_credit_may_name_another_outlet_of_the_story(credit: str, marks: set[str]):
    own = credited("The lift stands still.", credit, "Gorge Echo")

    assert find_wire_marks(own, outlets=["Karst News", "Gorge Echo"]) == marks


def test_an_outlet_that_others_credit_is_the_source_even_if_it_was_published_later():
    text = "\n".join(WIRE.splitlines()[1:])
    wire = OriginInput("wire", text, outlet="Karst News", published="2032-06-05T12:00:00+00:00")
    copy = credited(text, "With reporting by Karst News", "Gorge Echo")

    (origin,) = origins_of(copy, wire)

    assert origin.source == "wire"
