from __future__ import annotations

import pytest

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
