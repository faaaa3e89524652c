"""What stands close together at the end of a page whose paragraphs have blank lines between them."""

from __future__ import annotations

import pytest

from apps.articles.text.roles import label_roles
from apps.articles.text.types import Role

REPORT = "\n\n".join(
    (
        "Ferry terminal to close for the winter",
        "The ferry terminal on Sorrel island will close on Monday for the winter, the harbour board said.",
        "The board wants to mend the pier, which a storm broke in two in the spring of last year.",
        "Islanders will have to take the mail boat, which carries 12 people and sails twice a week.",
        "“We asked for a bus to the north quay and got a timetable,” said Ada Flint, who runs the inn.",
        "The mayor, Tomas Roe, said the work would be done by March unless the ice came early.",
    )
)
DROPPED = frozenset({Role.TEASER, Role.BOILERPLATE, Role.OTHER_STORY, Role.BYLINE, Role.CREDIT})


def role_of(text: str, words: str) -> Role:
    place = text.index(words)
    return next(
        segment.role
        for segment in label_roles(text, outlet="The Sorrel Echo")
        if segment.span.start <= place < segment.span.end
    )


@pytest.mark.parametrize(
    "box",
    [
        "ELSEWHERE ON THE COAST\nChess club wins again: Hallow beat Minton by five games to three on Sunday night.\n© Sorrel Echo",
        "Now read on\nChess: Hallow beat Minton by five games to three on Sunday, their ninth win.\nPrivacy | Contact",
        "Our next seminar, Knots for Beginners, is on 3 May. Early-bird rate until Friday.\n© Sorrel Echo",
        "Weather on the hills: Dry and mild, with fog in the valleys and a light wind by noon.\nSign up for our newsletter",
        "BIG DEALS\nYou read this because you asked. Stop it here.\nPrivacy | Contact",
        "The Echo is listener-supported. Join us.",
        "The Echo’s print edition will appear a day late this week. Subscribers will not be charged.",
        "Prices delayed by 20 minutes. Nothing on this page is investment advice.",
        "POLL: Should the mayor pay for the pier?  Yes / No\nELSEWHERE: Hallow beat Minton by five games to three on Sunday.",
        "Tonight at 21.15: Who is afraid of bees?\nSorrel Echo, Quay Street 4 · Contact · Cookies",
        "The author sails with the harbour board's chairman.\nTell us: desk@sorrelecho.example",
        "The Echo is set by hand. Notices: 555-0107\nMore from the coast",
        "The Echo can be heard on 98.4.\n© Sorrel Echo",
    ],
)
def test_the_box_that_ends_a_page_is_no_part_of_the_report(box: str) -> None:
    text = f"{REPORT}\n\n{box}"

    for line in box.split("\n"):
        assert role_of(text, line) in DROPPED, line
    assert role_of(text, "The mayor, Tomas Roe") is Role.BODY


@pytest.mark.parametrize(
    "last",
    [
        "What happens next\nThe harbour board will meet the islanders on the pier on Thursday.\nSign up for our newsletter",
        "The price: a ticket on the mail boat will cost islanders four crowns this winter.",
        "The mail boat will carry no cars until the terminal opens again.\nSign up for our newsletter",
        "Asked about the ice, Roe said: “The pier will hold, the board will see to it.”\n© Sorrel Echo",
        "The harbour board will hear the islanders in May.\nCHESS: Hallow beat Minton.",
        "The author of the report on the pier, Lene Brandt, said the board had never asked her to the island.",
        "Copyright in the plans for the pier lies with the harbour board, its lawyer said.",
    ],
)
def test_the_end_of_the_report_is_no_box(last: str) -> None:
    text = f"{REPORT}\n\n{last}"
    sentence = max(last.split("\n"), key=len)

    assert role_of(text, sentence) is Role.BODY


def test_a_page_without_blank_lines_has_no_box_to_be_told_from_the_report() -> None:
    text = (
        REPORT.replace("\n\n", "\n")
        + "\nChess is played at the inn on Sundays while the ferry rests.\n© Sorrel Echo"
    )

    assert role_of(text, "Chess is played") is Role.BODY


@pytest.mark.parametrize(
    "line",
    ["Log in   Weather   Tide tables", "The Sorrel Echo, the paper of the outer islands"],
)
def test_the_outlets_own_lines_above_the_report(line: str) -> None:
    head, rest = REPORT.split("\n\n", 1)
    text = f"{head}\n{line}\n\n{rest}"

    assert role_of(text, line) in DROPPED


@pytest.mark.parametrize("credit", ["Still: Echo TV", "Photograph by the author"])
def test_a_line_that_ends_with_a_credit_is_a_caption(credit: str) -> None:
    text = f"{REPORT}\n\nAda Flint at the door of the inn. {credit}\n\nThe inn has nine rooms, and two of them were let this week."

    assert role_of(text, "Ada Flint at the door") is Role.CAPTION
    assert role_of(text, credit) is Role.CREDIT


def test_a_credit_that_names_an_archive() -> None:
    text = f"{REPORT}\n\nThe old pier, March 1998. Photo: Harbour Board archive"

    assert role_of(text, "The old pier") is Role.CAPTION
