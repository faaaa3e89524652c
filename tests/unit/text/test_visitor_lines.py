from __future__ import annotations

import pytest

from apps.articles.text.cues import is_correction_notice
from apps.articles.text.roles import label_roles
from apps.articles.text.types import STORY_ROLES, Role
from tests.unit.text.visitor_lines import BODY, FURNITURE

ABOVE = (
    "Bridge falls into the Alder\n"
    "By Hetty Lomax\n"
    "The Alder bridge fell into the river on Monday, killing two people, the police said.\n"
    "Divers searched the river for a third car until dark, according to the police.\n"
)
BELOW = (
    "The bridge, built in 1931, had been closed for repairs twice in the past four years.\n"
    "“I heard it before I saw it,” said Ada Flint, who runs the ferry beside the bridge.\n"
)


def role_between(line: str) -> Role:
    return _role(f"{ABOVE}{line}\n{BELOW}", line)


def role_at_the_end(line: str) -> Role:
    return _role(f"{ABOVE}{BELOW}{line}\n", line)


def _role(text: str, line: str) -> Role:
    place = text.index(f"\n{line}\n") + 1
    return next(s.role for s in label_roles(text) if s.span.start <= place < s.span.end)


@pytest.mark.parametrize("line", FURNITURE)
def test_what_a_page_says_to_its_visitors_is_set_aside(line: str) -> None:
    assert role_at_the_end(line) not in STORY_ROLES | {Role.OTHER_STORY}
    assert role_between(line) not in STORY_ROLES | {Role.OTHER_STORY}


@pytest.mark.parametrize("line", BODY)
def test_a_report_that_uses_the_words_of_a_page_stays_body(line: str) -> None:
    assert role_between(line) in {Role.BODY, Role.HEADLINE if line.endswith("?") else Role.BODY}
    assert role_at_the_end(line) is Role.BODY


def _reason(line: str) -> str:
    text = f"{ABOVE}{BELOW}{line}\n"
    return next(s.reason for s in label_roles(text) if line in s.span.of(text))


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version of this article gave the wrong year for the bridge.",
        "CORRECTION (May 5): The bridge was built in 1931.",
        "Correction, May 5: The bridge was built in 1931, not in 1913.",
        "Clarification: The ferry is run by Ada Flint alone.",
        "This article was amended on 3 June 2031 to give the right year.",
        "This story has been corrected to show that the bridge was built in 1931.",
        "A correction was made on June 3: The bridge was built in 1931.",
        "Because of an editing error, an earlier version of this article misstated the year.",
    ],
)
def test_a_notice_of_a_correction_is_known_as_one(line: str) -> None:
    assert role_between(line) is role_at_the_end(line) is Role.BOILERPLATE
    assert is_correction_notice(_reason(line))


@pytest.mark.parametrize(
    "line",
    [
        "An earlier version of this bill was voted down by the council of Arden in March.",
        "Correction officers walked out of the county jail on Monday over unpaid hours.",
        "Correction, not punishment, is what the new prison is built for, its director said.",
        "The board has corrected the figures of a previous version of this budget twice.",
    ],
)
def test_a_report_on_what_is_corrected_is_no_notice(line: str) -> None:
    assert role_between(line) is role_at_the_end(line) is Role.BODY


def test_other_words_of_the_editors_are_no_correction() -> None:
    line = "This story was originally published on May 5."

    assert role_at_the_end(line) is Role.BOILERPLATE
    assert not is_correction_notice(_reason(line))


ITEM = (
    "Clara Dietz, the swimmer from Morra who won two medals in Lisbon, has retired at 24.\n"
    "She told the Morra Gazette that her shoulder would not heal before the summer games.\n"
)


@pytest.mark.parametrize("label", ["The Latest:", "ELSEWHERE", "In other news", "* * *", "Also:"])
def test_a_short_item_below_the_report_is_another_story(label: str) -> None:
    text = f"{ABOVE}{BELOW}{label}\n{ITEM}"

    assert {_role(text, line) for line in ITEM.splitlines()} == {Role.OTHER_STORY}
    assert _role(text, BELOW.splitlines()[1]) is Role.BODY


@pytest.mark.parametrize("label", ["The search:", "* * *", "Advertisement", "THE SEARCH"])
def test_what_a_report_goes_on_to_say_below_a_break_is_no_other_story(label: str) -> None:
    rest = (
        "Ada Flint took eleven people from the Alder to the quay before the divers came.\n"
        "The police said the bridge would stay closed until the third car had been found.\n"
    )
    text = f"{ABOVE}{BELOW}{label}\n{rest}"

    assert {_role(text, line) for line in rest.splitlines()} == {Role.BODY}


@pytest.mark.parametrize(
    "caption",
    [
        "Slideshow: A diver climbs out of the Alder. (Star/B. Ost)",
        "Picture 2: A diver's dog on the quay. Credit: reader Ina Rusk",
        "GALLERY 2/3 The third car. (Police handout)",
        "The bridge in better days. Archive picture, 2019.",
        "[Image: Candles on the quay. Source: Star/Ina Rusk]",
        "2. Candles on the quay. Picture by Ina Rusk",
        "Image 3 of 8: The pier at dawn",
        "The pier as it might look, seen from the quay. Illustration: Voss & Brand",
    ],
)
def test_captions_of_many_shapes_are_no_body(caption: str) -> None:
    assert role_between(caption) is Role.CAPTION
    assert role_at_the_end(caption) is Role.CAPTION


@pytest.mark.parametrize(
    "line",
    [
        "Star coverage of the river receives support from several foundations.",
        "The Star is a member of the Norland Press Council.",
        "Star, Box 7, Aldermouth.",
        "Tickets for the Star quiz, 4 crowns, from the front counter.",
        "Need help? Clip this coupon and bring it to the office.",
        "Readers' letters, page 12. Sport, pages 20-24.",
    ],
)
def test_what_an_outlet_says_of_itself_below_its_report_is_set_aside(line: str) -> None:
    text = f"The Star | News | Sport\n{ABOVE}{BELOW}{line}\n"

    assert _role(text, line) is Role.BOILERPLATE
