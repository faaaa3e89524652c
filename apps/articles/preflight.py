"""READ side of importing: what would become of an upload, before anything is saved."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten
from typing import Any

from django.db.models.functions import Left
from django.utils.translation import gettext, ngettext, ngettext_lazy

from apps.articles.actions import describe_same, digest_words
from apps.articles.date_sources import describe_source
from apps.articles.importers.text import stem
from apps.articles.models import Article, Outlet, Story, UploadItem
from apps.articles.text.canonical import canonical_url
from apps.articles.text.dates import find_published, quote_date
from apps.articles.text.roles import label_roles
from apps.articles.text.types import RawArticle, Role

# Stories are suggested from the newest articles and the beginnings of their texts.
_NEWEST = 400
_BEGINNING = 1500
# Lines with fewer words are labels: an agency, a date, "Advertisement".
_FEWEST_WORDS = 8
# The share of rare words two beginnings have in common from which one story is likely.
_LIKELY = 0.25
_FEWEST_SHARED = 3
# The share from which a text of the same outlet may be an earlier text of the same article.
_SAME_ARTICLE = 0.6
_LONGEST_HEADLINE = 300

# Matches "Dolsk" and "261"; not "the" or "It".
_TELLING = re.compile(r"\b(?:[^\W\d_a-z][\w’'-]{3,}|\d[\d.,]*\d)\b")

_NAMES = {
    Role.HEADLINE: ngettext_lazy("%(count)s headline", "%(count)s headlines", "count"),
    Role.DECK: ngettext_lazy("%(count)s deck", "%(count)s decks", "count"),
    Role.BYLINE: ngettext_lazy("%(count)s byline", "%(count)s bylines", "count"),
    Role.DATELINE: ngettext_lazy("%(count)s dateline", "%(count)s datelines", "count"),
    Role.BODY: ngettext_lazy("%(count)s paragraph", "%(count)s paragraphs", "count"),
    Role.CAPTION: ngettext_lazy("%(count)s caption", "%(count)s captions", "count"),
    Role.CREDIT: ngettext_lazy("%(count)s credit", "%(count)s credits", "count"),
    Role.TEASER: ngettext_lazy("%(count)s teaser", "%(count)s teasers", "count"),
    Role.BOILERPLATE: ngettext_lazy(
        "%(count)s piece of page furniture", "%(count)s pieces of page furniture", "count"
    ),
    Role.OTHER_STORY: ngettext_lazy(
        "%(count)s appended story", "%(count)s appended stories", "count"
    ),
}


def build_report(raw: RawArticle) -> dict[str, Any]:
    """Return what labelling finds in an article: JSON, stored with the draft.

    ``roles`` counts the segments of each role (of another story: the stories, not their
    segments) and ``repeats`` those with the words of an earlier one; ``date`` and
    ``date_source`` are None where no date is found, ``date_words`` what it was read in; ``words`` counts those that claims are
    looked for in, and ``all_words`` every word; ``headline`` is the first one, or empty.
    """
    segments = label_roles(raw.text, title=raw.title, outlet=raw.outlet)
    stated = raw.published
    published = find_published(raw.text, segments, stated=stated, url=raw.url)
    kept = (Role.HEADLINE, Role.DECK, Role.BODY)
    headlines = (s.span.of(raw.text) for s in segments if s.role == Role.HEADLINE)
    return {
        "headline": next(headlines, "")[:_LONGEST_HEADLINE],
        **count_parts([(s.role.value, s.duplicate_of is not None) for s in segments]),
        "date": None if published is None else published.iso,
        "date_source": None if published is None else published.source,
        "date_words": (
            ""
            if published is None or published.span is None
            else quote_date(raw.text, published.span)
        ),
        "words": sum(len(s.span.of(raw.text).split()) for s in segments if s.role in kept),
        "all_words": len(raw.text.split()),
    }


@dataclass(frozen=True, slots=True)
class Fate:
    """What would become of an item: *result* is a value of `ImportItem.Result`.

    *article* is the one that is here already, or the version that would be replaced;
    *also_at* an article of another outlet with the same words (then nothing but a file's name says
    that it is another outlet, if *result* is "already here"); *earlier* one of the same
    outlet that looks like an earlier text of this one, which a person may say it replaces.
    """

    result: str
    message: str = ""
    article: Article | None = None
    also_at: Article | None = None
    story: Story | None = None
    joins: str = ""
    earlier: Article | None = None


@dataclass(frozen=True, slots=True)
class ItemCheck:
    """One line of the report: the item, its form (None for what is rejected), and what is known.

    *outlet_is_guessed* when only the file's name says who published it.
    """

    item: UploadItem
    form: Any
    fate: Fate
    heading: str
    outlet_is_guessed: bool
    counts: str
    date: str
    beginning: str


def is_outlet_guessed(item: UploadItem) -> bool:
    """Whether only the file's name says who published it."""
    return item.outlet == stem(item.name)


def first_values(item: UploadItem, fate: Fate) -> dict[str, Any]:
    """Return what the form of *item* begins with. What is here already isn't ticked, and a guess
    from a file's name gives way to the outlet that has the text."""
    return {
        "keep": fate.result != "already here",
        "outlet": item.outlet
        if fate.also_at is None or fate.article is None
        else fate.also_at.outlet.name,
        "title": item.title,
        "url": item.url,
        "published": item.stated_published,
    }


def build_checks(
    items: Sequence[UploadItem], forms: Sequence[Any], fates: Mapping[int, Fate]
) -> list[ItemCheck]:
    """Return the report on an upload, in its order. *forms* are those of the items with a text,
    *fates* what `find_fates` says of these. No query."""
    texts = [item for item in items if not item.rejection]
    form_by_item = dict(zip([item.pk for item in texts], forms, strict=True))
    return [
        ItemCheck(
            item=item,
            form=form_by_item.get(item.pk),
            fate=fates.get(item.pk, Fate("rejected", item.rejection)),
            heading=item.title
            or item.report.get("headline")
            or _first_words(item.text)
            or item.name,
            outlet_is_guessed=is_outlet_guessed(item),
            counts=describe_counts(item.report),
            date=describe_date(item.report),
            beginning=item.text[:1200],
        )
        for item in items
    ]


def _first_words(text: str) -> str:
    """Return how the first line that is more than a label begins; "" without one.

    A text without a headline is told apart by its words, not by the name of its file.
    """
    for line in text.splitlines():
        words = line.split()
        if len(words) >= _FEWEST_WORDS:
            return shorten(" ".join(words), 90, placeholder="…")
    return ""


def count_parts(parts: Sequence[tuple[str, bool]]) -> dict[str, dict[str, int]]:
    """Count the parts of a page, given in its order as role and whether they repeat one.

    Returns "roles" and "repeats" as in a report: the same numbers before saving and after.
    """
    roles = Counter(role for role, _ in parts)
    repeats = Counter(role for role, is_repeat in parts if is_repeat)
    other = [role for role, _ in groupby(parts, key=lambda part: part[0])]
    if roles[Role.OTHER_STORY.value]:
        roles[Role.OTHER_STORY.value] = other.count(Role.OTHER_STORY.value)
        del repeats[Role.OTHER_STORY.value]
    return {"roles": dict(roles), "repeats": dict(repeats)}


def describe_counts(report: dict[str, Any]) -> str:
    """Say what labelling found: "12 paragraphs, 20 captions (10 of them repeats)"."""
    roles, repeats = report.get("roles", {}), report.get("repeats", {})
    parts = []
    for role, counted in _NAMES.items():
        count = roles.get(role.value, 0)
        if not count:
            continue
        part = counted % {"count": count}
        again = repeats.get(role.value, 0)
        if again:
            part += " " + ngettext(
                "(%(count)s of them a repeat)", "(%(count)s of them repeats)", again
            ) % {"count": again}
        parts.append(part)
    return ", ".join(parts)


def describe_date(report: dict[str, Any]) -> str:
    """Say where the date comes from: "15 Mar 2025, read in a caption", "no date found"."""
    if not report:
        return ""
    if report.get("date") is None:
        return gettext("no date found")
    return describe_source(str(report["date"]), str(report["date_source"]))


def find_fates(items: Sequence[UploadItem]) -> dict[int, Fate]:
    """Return, by item, whether it is new, a new version or already here, and its likely story.

    The words of an article under another outlet's name are a new article where the outlet was
    stated, and already here where it was only guessed. Costs four queries for any number of items.
    """
    digests = {item.pk: digest_words(item.text) for item in items}
    urls = {item.pk: canonical_url(item.url) for item in items if item.url}
    here: dict[str, list[Article]] = {}
    for article in (
        Article.objects.filter(words_digest__in=set(digests.values()))
        .select_related("outlet", "story")
        .defer("text")
        .order_by("-is_current", "-version", "pk")
    ):
        here.setdefault(article.words_digest, []).append(article)
    current_by_url = {
        article.url: article
        for article in Article.objects.current()
        .filter(url__in=set(urls.values()))
        .select_related("outlet", "story")
        .defer("text")
    }
    likely = _find_near(items)
    seen: dict[tuple[str, str], UploadItem] = {}
    fates: dict[int, Fate] = {}
    for item in items:
        same = here.get(digests[item.pk], [])
        previous = current_by_url.get(urls.get(item.pk, ""))
        outlet = _fold(item.outlet) or (_fold(previous.outlet.name) if previous is not None else "")
        own = next((article for article in same if _fold(article.outlet.name) == outlet), None)
        if own is None and same and is_outlet_guessed(item):
            own = also_at = same[0]
        else:
            also_at = None
        twin = seen.setdefault((digests[item.pk], outlet), item)
        if own is not None:
            fates[item.pk] = Fate("already here", describe_same(own), own, also_at, story=own.story)
        elif twin is not item:
            fates[item.pk] = Fate(
                "already here",
                gettext("The same text as %(name)s of this upload; it is kept once.")
                % {"name": twin.name},
            )
        elif previous is not None:
            message = gettext(
                "Version %(number)s of an article that is here: the same address, another text."
            ) % {"number": previous.version + 1}
            fates[item.pk] = Fate("new version", message, previous, story=previous.story)
        else:
            near = likely.get(item.pk, _Near())
            fates[item.pk] = Fate(
                "saved",
                also_at=same[0] if same else None,
                story=(same[0].story if same else None) or near.story,
                joins=near.joins,
                earlier=near.earlier,
            )
    return fates


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _telling_words(text: str) -> set[str]:
    return {match.casefold() for match in _TELLING.findall(text)}


@dataclass(frozen=True, slots=True)
class _Near:
    """What an item resembles: a story, other items (in words), an earlier text of its own."""

    story: Story | None = None
    joins: str = ""
    earlier: Article | None = None


def _find_near(items: Sequence[UploadItem]) -> dict[int, _Near]:
    """Return, by item, the story its names and numbers point to, or the items of this upload.

    A guess for the report; analysis reads the whole text and decides. Names and numbers
    weigh more the fewer of the articles have them. Demonstration stories take in nothing.
    """
    if not items:
        return {}
    newest = list(
        Article.objects.current()
        .filter(story__isnull=False, story__is_demonstration=False)
        .select_related("story", "outlet")
        .annotate(beginning=Left("text", _BEGINNING))
        .only("title", "name", "story__title", "story__slug", "outlet__name")
        .order_by("-imported_at")[:_NEWEST]
    )
    of_items = {item.pk: _telling_words(f"{item.title} {item.text[:_BEGINNING]}") for item in items}
    of_articles = {
        article.pk: _telling_words(f"{article.title} {article.beginning}")  # type: ignore[attr-defined]
        for article in newest
    }
    counts = Counter(
        word for words in (*of_items.values(), *of_articles.values()) for word in words
    )
    total = len(of_items) + len(of_articles)

    weights = {word: math.log(1 + total / count) for word, count in counts.items()}
    whole = {
        id(words): sum(weights[word] for word in words)
        for words in (*of_items.values(), *of_articles.values())
    }

    def likeness(a: set[str], b: set[str]) -> float:
        shared = a & b
        if len(shared) < _FEWEST_SHARED:
            return 0.0
        return sum(weights[word] for word in shared) / min(whole[id(a)], whole[id(b)])

    def find_earlier(item: UploadItem) -> Article | None:
        own = [article for article in newest if _fold(article.outlet.name) == _fold(item.outlet)]
        words = of_items[item.pk]
        best = max(own, key=lambda article: likeness(words, of_articles[article.pk]), default=None)
        if best is None or likeness(words, of_articles[best.pk]) < _SAME_ARTICLE:
            return None
        return best

    likely: dict[int, _Near] = {}
    for together in _find_components(
        items, lambda a, b: likeness(of_items[a.pk], of_items[b.pk]) >= _LIKELY
    ):
        best, number = max(
            (
                (likeness(of_items[item.pk], of_articles[article.pk]), -number)
                for item in together
                for number, article in enumerate(newest)
            ),
            default=(0.0, 0),
        )
        story = newest[-number].story if best >= _LIKELY else None
        others = len(together) - 1
        joins = ""
        if others:
            joins = ngettext(
                "probably one with %(count)s other of this upload",
                "probably one with %(count)s others of this upload",
                others,
            ) % {"count": others}
        for item in together:
            likely[item.pk] = _Near(story, joins, find_earlier(item))
    return likely


def _find_components(
    items: Sequence[UploadItem], are_alike: Callable[[UploadItem, UploadItem], bool]
) -> list[list[UploadItem]]:
    """Return *items* in groups that hang together, directly or through others."""
    left = list(items)
    groups = []
    while left:
        group = [left.pop(0)]
        for member in group:
            near = [item for item in left if are_alike(member, item)]
            left = [item for item in left if item not in near]
            group.extend(near)
        groups.append(group)
    return groups


def list_outlets() -> list[str]:
    """Return the names of all outlets, for a list to choose from."""
    return list(Outlet.objects.values_list("name", flat=True))
