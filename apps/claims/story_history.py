"""Who did what in a story, and when: what was brought in, and every act of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from apps.articles.models import Article, Story
from apps.articles.phrases import say
from apps.claims.actions.steps import ALIGNMENTS, MUTINGS, PASSED_OVER, PLACES
from apps.claims.analysis.naming import shorten
from apps.claims.finding_titles import title_of
from apps.claims.models import MutedKind, UndoStep, Verdict
from apps.claims.second_reading import find_sealed, was_never_seen
from config.people import shown_name

PAGE_SIZE = 50

# What can be asked for: its word in the address, what readers call it, the tables it shows in.
_BROUGHT, _MUTED = "brought-in", "muted"
KINDS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    _BROUGHT: (gettext_lazy("Brought in"), ()),
    "moved": (gettext_lazy("Moved between stories"), (PLACES,)),
    "labels": (gettext_lazy("Labels of parts of a text"), ("role_correction",)),
    "rows": (gettext_lazy("Rows repaired"), ("alignment_decision", ALIGNMENTS)),
    "findings": (gettext_lazy("Findings decided"), ("finding_decision",)),
    "verdicts": (gettext_lazy("Verdicts"), ("verdict", "adjudication")),
    "assigned": (gettext_lazy("Assigned"), ("assignment",)),
    "notes": (gettext_lazy("Notes and remarks"), ("annotation", "comment")),
    _MUTED: (gettext_lazy("Muted kinds of finding"), ()),
}
_ARTICLE, _STEP, _MUTING = "article", "step", "muting"

_MutingEvent = MutedKind.pgh_event_model  # type: ignore[attr-defined]  # made by pghistory


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see: *who* is the number of an account, None for everybody;
    *what* a word of ``KINDS``, "" for all; *page* counts from 1."""

    who: int | None = None
    what: str = ""
    page: int = 1

    def as_query(self, *, page: int) -> str:
        parts = {"who": self.who, "what": self.what, "page": page if page > 1 else ""}
        return urlencode({name: value for name, value in parts.items() if value})


@dataclass(frozen=True, slots=True)
class Entry:
    """Something done. *who* is a name, "" where no person is known to have done it.

    *href* leads to what it was done to, "" where there is no page of it; *elsewhere* is the
    story in whose page it was done, where that is another one.
    """

    at: datetime
    who: str
    what: str
    href: str = ""
    undone_at: datetime | None = None
    elsewhere: Story | None = None


@dataclass(frozen=True, slots=True)
class StoryHistory:
    """One page of it, the newest first. *people* are number and name of all who did anything,
    *previous* and *next* queries, "" where there is no such page."""

    entries: tuple[Entry, ...]
    total: int
    people: tuple[tuple[int, str], ...]
    asked: Asked
    previous: str
    next: str


def build_story_history(story: Story, user: User, asked: Asked) -> StoryHistory:
    """Return what was done in *story*; a number of queries that does not grow with it.

    While a verdict is sealed to *user*, what it says is left out.
    """
    arms = _find_arms(story)
    people = _find_people(arms)
    kept = [
        rows.filter(who=asked.who) if asked.who is not None else rows
        for rows in _choose(arms, asked.what)
    ]
    total = sum(rows.count() for rows in kept)
    first = (asked.page - 1) * PAGE_SIZE
    columns = ("arm", "pk", "at", "who")
    found = [rows.order_by().values_list(*columns) for rows in kept]
    ordered = found[0].union(*found[1:], all=True).order_by("-at", "-pk")
    shown = list(ordered[first : first + PAGE_SIZE])
    return StoryHistory(
        entries=tuple(_build_entries(story, user, shown, people)),
        total=total,
        people=tuple(sorted(people.items(), key=lambda person: person[1].casefold())),
        asked=asked,
        previous=asked.as_query(page=asked.page - 1) if asked.page > 1 else "",
        next=asked.as_query(page=asked.page + 1) if first + PAGE_SIZE < total else "",
    )


def _find_arms(story: Story) -> dict[str, QuerySet[Any]]:
    """Return what the history is made of, each row with when and who.

    Muting is read from its own history: what holds in all stories was done in none of them.
    """
    here = {"rows": [{"story_id": story.pk}]}
    passed = Q(table=PLACES) & (Q(before__contains=here) | Q(after__contains=here))
    steps = UndoStep.objects.filter(Q(story=story) | passed).exclude(table=MUTINGS)
    everywhere = Q(story=None, pgh_created_at__gte=story.created_at)
    signed_in = Cast(KeyTextTransform("user", "pgh_context__metadata"), IntegerField())
    # Taken away outside a request, nobody is known to have done it.
    muter = Case(When(pgh_context=None, pgh_label="insert", then=F("muted_by")), default=signed_in)
    return {
        _ARTICLE: Article.objects.filter(story=story).annotate(
            arm=_name(_ARTICLE), at=F("imported_at"), who=F("batch__created_by")
        ),
        _STEP: steps.annotate(arm=_name(_STEP), at=F("made_at"), who=F("made_by")),
        _MUTING: _MutingEvent.objects.filter(Q(story=story) | everywhere)
        .exclude(pgh_label="update")
        .annotate(arm=_name(_MUTING), at=F("pgh_created_at"), who=muter),
    }


def _name(arm: str) -> Value:
    return Value(arm, output_field=CharField())


def _choose(arms: Mapping[str, QuerySet[Any]], what: str) -> list[QuerySet[Any]]:
    if not what:
        return list(arms.values())
    if what == _BROUGHT:
        return [arms[_ARTICLE]]
    if what == _MUTED:
        return [arms[_MUTING]]
    return [arms[_STEP].filter(table__in=KINDS[what][1])]


def _find_people(arms: Mapping[str, QuerySet[Any]]) -> dict[int, str]:
    """Return the names of all who did anything, by their numbers. Two queries."""
    first, *others = (rows.order_by().values_list("who") for rows in arms.values())
    numbers = {number for (number,) in first.union(*others) if number is not None}
    people = User.objects.filter(pk__in=numbers)
    return {person.pk: shown_name(person) for person in people}


def _build_entries(
    story: Story,
    user: User,
    shown: Sequence[tuple[str, int, datetime, int | None]],
    people: Mapping[int, str],
) -> Iterable[Entry]:
    numbers: dict[str, list[int]] = {_ARTICLE: [], _STEP: [], _MUTING: []}
    for arm, pk, _, _ in shown:
        numbers[arm].append(pk)
    articles = Article.objects.defer("text").select_related("outlet").in_bulk(numbers[_ARTICLE])
    steps = UndoStep.objects.select_related("story").in_bulk(numbers[_STEP])
    mutings = _MutingEvent.objects.in_bulk(numbers[_MUTING])
    verdicts = _find_verdicts(steps.values())
    for arm, pk, at, number in shown:
        who = people.get(number, "") if number is not None else ""
        if arm == _ARTICLE:
            yield Entry(at, who, _say_article(articles[pk]), articles[pk].get_absolute_url())
        elif arm == _MUTING:
            yield Entry(at, who, _say_muting(mutings[pk]))
        else:
            step = steps[pk]
            elsewhere = None if step.story_id == story.pk else step.story
            what = _say_step(step, user, verdicts)
            undone_at = None if PASSED_OVER in step.row else step.undone_at
            yield Entry(at, who, what, _place_of(step), undone_at, elsewhere)


def _find_verdicts(steps: Iterable[UndoStep]) -> dict[tuple[int, str], list[Verdict]]:
    """Return the verdicts that stand on findings of *steps*, by story and key. One query."""
    judged = [step for step in steps if step.table in KINDS["verdicts"][1]]
    found: dict[tuple[int, str], list[Verdict]] = {}
    rows = Verdict.objects.filter(
        story__in={step.story_id for step in judged},
        finding_key__in={step.row["finding_key"] for step in judged},
    )
    for verdict in rows:
        found.setdefault((verdict.story_id, verdict.finding_key), []).append(verdict)
    return found


def _say_article(article: Article) -> str:
    names = {
        "words": shorten(article.title or article.name),
        "outlet": article.outlet.name,
        "n": article.version,
    }
    if article.version > 1:
        return gettext("Brought in version %(n)s of “%(words)s”, %(outlet)s") % names
    return gettext("Brought in: “%(words)s”, %(outlet)s") % names


def _say_muting(event: Any) -> str:
    names = {"phrase": title_of(event.kind)}
    if event.pgh_label == "delete":
        if event.story_id is None:
            return gettext("Shown again in all stories: %(phrase)s") % names
        return gettext("Shown again in this story: %(phrase)s") % names
    if event.story_id is None:
        return gettext("Muted in all stories: %(phrase)s") % names
    return gettext("Muted in this story: %(phrase)s") % names


def _say_step(
    step: UndoStep, user: User, verdicts: Mapping[tuple[int, str], Sequence[Verdict]]
) -> str:
    """Return what was done, in words; of a verdict that is sealed to *user* not what it says."""
    if step.table not in KINDS["verdicts"][1] or step.after is None:
        return say(step.label)
    standing = verdicts.get((step.story_id, step.row["finding_key"]), [])
    is_hidden = bool(find_sealed(standing, user.pk))
    words = {"words": shorten(step.after.get("explanation", ""))}
    if step.table == "adjudication":
        return (
            gettext("Decided between verdicts: %(words)s") % words if is_hidden else say(step.label)
        )
    author = step.row["author_id"]
    is_blind = bool(step.after.get("is_blind"))
    is_unseen = is_hidden or was_never_seen(author, is_blind=is_blind, verdicts=standing)
    is_given = step.after.get("reviewer_id") is None
    if is_given and author != user.pk and is_unseen:
        return gettext("Gave a verdict: %(words)s") % words
    return say(step.label)


def _place_of(step: UndoStep) -> str:
    """Return the address of what a step was about, "" where there is no page of it."""
    values = step.after or step.before or {}
    key = step.row.get("finding_key") or values.get("finding_key")
    if key:
        return reverse("claims:finding", args=[step.story.slug, key])
    article = step.row.get("article_id") or values.get("article_id")
    return reverse("claims:article", args=[article]) if article else ""
