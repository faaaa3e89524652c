"""Where a reader can go by typing a few letters: pages, outlets and kinds of findings of the
story at hand, other stories, pages of the site, and acts on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from apps.articles.models import Article, Story
from apps.claims.finding_titles import title_of
from apps.claims.models import Finding

# Enough to choose from at a glance; one more letter finds the rest.
_MOST = 8

# Views, what they are called, and the permission without which they refuse a reader.
STORY_PAGES = (
    ("claims:story", gettext_noop("Comparison"), ""),
    ("claims:overview", gettext_noop("Overview"), ""),
    ("claims:numbers", gettext_noop("Numbers"), ""),
    ("claims:left_out", gettext_noop("Left out"), ""),
    ("claims:timeline", gettext_noop("Timeline"), ""),
    ("claims:reuse", gettext_noop("Reuse"), ""),
    ("claims:story_articles", gettext_noop("Articles of this story"), ""),
    ("claims:set_aside", gettext_noop("Set aside"), ""),
    ("claims:apparatus", gettext_noop("Print"), ""),
    ("claims:exports", gettext_noop("Export"), ""),
    ("claims:story_history", gettext_noop("History: who did what"), "claims.view_findingdecision"),
)
SITE_PAGES = (
    ("claims:stories", gettext_noop("Stories"), ""),
    ("claims:search", gettext_noop("Search"), ""),
    ("claims:desk", gettext_noop("Desk"), "claims.add_assignment"),
    ("articles:upload", gettext_noop("Add articles"), "articles.add_article"),
    ("articles:batches", gettext_noop("Imports"), ""),
    ("claims:colleagues", gettext_noop("Colleagues"), "auth.add_user"),
    ("claims:settings", gettext_noop("Settings"), ""),
    ("claims:guide", gettext_noop("Guided tour"), ""),
    ("claims:finding_kinds", gettext_noop("What findings mean"), ""),
    ("claims:finding_kinds#muted", gettext_noop("Muted kinds of finding"), ""),
)
# What scripts do on the page: nothing without them.
ACTS = (
    ("press", "w", gettext_noop("Fold or show copies")),
    ("press", "x", gettext_noop("Mark something else")),
    ("press", "u", gettext_noop("Undo")),
    ("do", "theme", gettext_noop("Appearance: automatic, light or dark")),
    ("do", "keys-switch", gettext_noop("Single-letter shortcuts on or off")),
    ("do", "keys-help", gettext_noop("Keyboard shortcuts")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of the palette leads; *do* and *press* name an act of the page instead."""

    words: str
    href: str = ""
    do: str = ""
    press: str = ""


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    title: str
    places: tuple[Place, ...]


def find_places(
    query: str, story: Story | None, may: Callable[[str], bool]
) -> tuple[PlaceGroup, ...]:
    """Return the places whose words hold every word of *query*, case aside, in groups.

    *may* says whether the reader has a permission. One query for stories, two more with a
    *story*. Empty groups are left out.
    """
    wanted = query.casefold().split()
    groups: list[PlaceGroup] = []

    def add(title: str, places: Iterable[Place]) -> None:
        found = [p for p in places if all(word in p.words.casefold() for word in wanted)]
        if found:
            groups.append(PlaceGroup(title, tuple(found[:_MOST])))

    if story is not None:
        here = story.get_absolute_url()
        add(
            gettext("This story"),
            [
                Place(gettext(words), reverse(view, args=[story.slug]))
                for view, words, permission in STORY_PAGES
                if not permission or may(permission)
            ],
        )
        articles = Article.objects.current().filter(story=story).order_by("outlet__name", "pk")
        outlets = list(articles.values_list("pk", "outlet__name", "outlet__slug"))
        add(
            gettext("Outlets"),
            [
                Place(
                    gettext("Read %(outlet)s") % {"outlet": name},
                    reverse("claims:article", args=[pk]),
                )
                for pk, name, _ in outlets
            ]
            + [
                Place(
                    gettext("Compare against %(outlet)s") % {"outlet": name},
                    f"{here}?against={pk}",
                )
                for pk, name, _ in outlets
            ]
            + [
                Place(gettext("Only %(outlet)s") % {"outlet": name}, f"{here}?outlet={slug}")
                for _, name, slug in outlets
            ],
        )
        kinds = Finding.objects.filter(story=story).order_by("kind").values_list("kind", flat=True)
        add(
            gettext("Findings"),
            [Place(title_of(kind), f"{here}?kind={kind}") for kind in kinds.distinct()],
        )
    matches = Q()
    for word in wanted:
        matches &= Q(title__icontains=word)
    stories = Story.objects.filter(matches).order_by("-pk").values_list("title", "slug")[:_MOST]
    add(
        gettext("Stories"),
        [Place(title, reverse("claims:story", args=[slug])) for title, slug in stories],
    )
    add(
        gettext("Pages"),
        [
            Place(gettext(words), _address(view))
            for view, words, permission in SITE_PAGES
            if not permission or may(permission)
        ],
    )
    add(gettext("Do"), [Place(gettext(words), **{kind: name}) for kind, name, words in ACTS])
    return tuple(groups)


def _address(view: str) -> str:
    """Return the address of a view, or of a place on its page: ``claims:finding_kinds#muted``."""
    name, hash_sign, place = view.partition("#")
    return f"{reverse(name)}{hash_sign}{place}"
