"""What browser tests share: a story to read, and people signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from apps.articles.models import Segment, Story
from tests.db.stories import (
    add_quantity,
    claim_of,
    make_article,
    make_finding,
    make_origin,
    make_row,
    make_story,
    make_user,
)


@pytest.fixture(autouse=True)
def _console_stays_empty(console: list[str]) -> None:
    """Hold it to that in contexts a test opens by itself as well."""


@pytest.fixture
def ferry(transactional_db: None) -> Story:
    """Three outlets on one ferry, the third a rewrite of the first; three findings."""
    story = make_story()
    wire = make_article(
        story,
        "Coast Wire",
        [
            "The ferry carried 40 people when it struck the rocks.",
            "It sank at dawn, the harbour office said.",
            "“Nobody should have sailed that night,” said Orla Venn, the harbour master.",
        ],
        is_wire=True,
        url="https://coastwire.example/ferry",
    )
    mail = make_article(
        story,
        "South Mail",
        [
            "The ferry carried 60 people.",
            "It sank at dawn.",
            "The captain was asleep.",
            "Comments are closed.",
        ],
        hours=2,
    )
    copy = make_article(
        story,
        "Daily Echo",
        ["The ferry carried 40 people when it struck the rocks.", "It sank before dawn."],
        hours=3,
    )
    aboard = make_row(story, [claim_of(a) for a in (wire, mail, copy)], "How many were aboard")
    sinking = make_row(story, [claim_of(a, 1) for a in (wire, mail, copy)], "When it sank")
    asleep = make_row(story, [claim_of(mail, 2)], "What the captain did")
    make_row(story, [claim_of(wire, 2)], "What the harbour master said")
    for article in (wire, copy):
        add_quantity(claim_of(article), "40", 40, 40, counted="people")
    add_quantity(claim_of(mail), "60", 60, 60, counted="people")
    make_finding(story, aboard, [claim_of(wire), claim_of(mail)], key="aboard", words=["40", "60"])
    make_finding(
        story,
        sinking,
        [claim_of(wire, 1), claim_of(mail, 1)],
        key="office",
        kind="attribution_lost",
        outcome="unsupported",
        severity="medium",
        words=["the harbour office said"],
    )
    make_finding(
        story,
        asleep,
        [claim_of(mail, 2)],
        key="asleep",
        kind="unsupported_addition",
        outcome="unsupported",
        severity="low",
        words=["was asleep"],
    )
    make_origin(story, [wire, copy], wire)
    make_origin(story, [mail], mail)
    closed = Segment.objects.get(article=mail, position=3)
    closed.role, closed.reason = "boilerplate", "speaks of comments"
    closed.save()
    return story


@pytest.fixture
def sign_in(live_server: Any) -> Callable[..., None]:
    """Sign a new person in without the form: ``sign_in(context, role="editor")``, called as
    the role unless a *name* is given."""

    def sign_in(context: Any, *, role: str = "editor", name: str = "") -> None:
        client = Client()
        client.force_login(make_user(name or role.replace("-", ""), role))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in
