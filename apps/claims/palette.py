"""Where a reader can go by typing a few letters: pages, outlets and kinds of findings of the
story at hand, other stories, and acts on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from apps.articles.models import Article, Story
from apps.claims.finding_titles import title_of
from apps.claims.models import Finding

# Enough to choose from at a glance; one more letter finds the rest.
_MOST = 8

STORY_PAGES = (
    ("story", gettext_noop("Comparison")),
    ("overview", gettext_noop("Overview")),
    ("numbers", gettext_noop("Numbers")),
    ("left_out", gettext_noop("Left out")),
    ("timeline", gettext_noop("Timeline")),
    ("reuse", gettext_noop("Reuse")),
    ("story_articles", gettext_noop("Articles of this story")),
    ("set_aside", gettext_noop("Set aside")),
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


def find_places(query: str, story: Story | None) -> tuple[PlaceGroup, ...]:
    """Return the places whose words hold every word of *query*, case aside, in groups.

    One query for stories, two more with a *story*. Empty groups are left out.
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
                Place(gettext(words), reverse(f"claims:{name}", args=[story.slug]))
                for name, words in STORY_PAGES
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
    add(gettext("Do"), [Place(gettext(words), **{kind: name}) for kind, name, words in ACTS])
    return tuple(groups)
