"""Whoever comes to an empty page, in whatever role, finds what to do next there."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from tests.db.stories import add_quantity, claim_of, make_article, make_row, make_story, make_user

pytestmark = pytest.mark.django_db

ROLES = ("reader", "fact-checker", "editor", "admin")
STORY_PAGES = (
    "overview",
    "story",
    "numbers",
    "left_out",
    "timeline",
    "reuse",
    "set_aside",
    "apparatus",
    "story_articles",
    "story_history",
    "exports",
)
# Pages of the site, and what they are like when nothing fits what was asked for.
SITE_PAGES = (
    "/",
    "/?q=zeppelin",
    "/search/",
    "/search/?q=zeppelin",
    "/search/?q=zeppelin&in=speakers&outlet=nobody",
    "/guide/",
    "/help/findings/",
    "/settings/",
    "/colleagues/",
    "/imports/",
    "/upload/",
    "/desk/",
    "/desk/mine/",
    "/desk/unassigned/",
    "/desk/second-reading/",
    "/desk/disagreements/",
    "/desk/done/",
    "/go/",
    "/nothing/",
)
_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Blocks(HTMLParser):
    """Collects the empty-page blocks of a page, and the ways out of each and of its main part."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.blocks: list[tuple[str, bool]] = []
        self.ways = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        names = (dict(attrs).get("class") or "").split()
        self._open.append("empty" if "empty" in names else tag)
        if "empty" in names:
            self.blocks.append(("", False))
        # The tabs of a story lead to pages that are as empty.
        leads = tag == "button" or (tag == "a" and dict(attrs).get("href", "") not in ("", "#main"))
        if leads and "main" in self._open and "nav" not in self._open:
            self.ways += 1
            if "empty" in self._open:
                self.blocks[-1] = (self.blocks[-1][0], True)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if "empty" in self._open:
            self.blocks[-1] = (self.blocks[-1][0] + data, self.blocks[-1][1])


def dead_ends(client: Client, address: str, *statuses: int) -> list[str]:
    """Return what is wrong with the page at *address*: empty parts that lead nowhere, and a
    status other than 200 and *statuses*."""
    response = client.get(address, follow=True)
    found = _Blocks()
    found.feed(response.content.decode())
    wrong = [
        f"{address}: {' '.join(words.split())[:60]}" for words, leads in found.blocks if not leads
    ]
    if response.status_code not in (200, *statuses):
        wrong.append(f"{address}: {response.status_code}")
    if not found.ways and not found.blocks:
        wrong.append(f"{address}: nothing to go on with")
    return wrong


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_a_new_site_is_a_dead_end(client: Client, role: str) -> None:
    client.force_login(make_user("rhea", role))

    assert [wrong for address in SITE_PAGES for wrong in dead_ends(client, address, 403, 404)] == []


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_a_story_without_articles_is_a_dead_end(client: Client, role: str) -> None:
    story = make_story()
    client.force_login(make_user("rhea", role))
    pages = [reverse(f"claims:{name}", args=[story.slug]) for name in STORY_PAGES]

    assert [wrong for address in pages for wrong in dead_ends(client, address)] == []


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_a_story_with_one_article_is_a_dead_end(client: Client, role: str) -> None:
    story = make_story()
    article = make_article(story, "North Mail", ["It sank."])
    make_row(story, [claim_of(article)])
    client.force_login(make_user("rhea", role))
    pages = [reverse(f"claims:{name}", args=[story.slug]) for name in STORY_PAGES]
    asked = [f"{address}?q=zeppelin&kind=omission&by=nobody&show=alone" for address in pages]

    wrong = [wrong for address in (*pages, *asked) for wrong in dead_ends(client, address)]

    assert wrong == []


@pytest.mark.parametrize("show", ["all", "conflicts", "differences", "same", "alone"])
def test_no_choice_of_numbers_is_a_dead_end(client: Client, show: str) -> None:
    story = make_story()
    articles = [make_article(story, name, ["It had 40 seats."]) for name in ("A Mail", "B Mail")]
    for article in articles:
        add_quantity(claim_of(article), "40", 40, 40, counted="seats")
    make_row(story, [claim_of(article) for article in articles])
    client.force_login(make_user("rhea", "reader"))

    assert dead_ends(client, f"{reverse('claims:numbers', args=[story.slug])}?show={show}") == []
