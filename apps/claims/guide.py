"""The guided tour: steps on the real pages of a demonstration story.

A step is found by the words of the story, never by numbers of rows, which an analysis may
change. A step whose words or finding are not there is not shown: nothing is ever pointed at
that is not on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.articles.models import Article, Segment, Story
from apps.claims.counted_things import find_charts
from apps.claims.models import ClaimGroup, Finding

# The story is the one this article is in, whatever it is called by now.
FIRST_ARTICLE = "https://wire.northernpress.example.org/us/dunmore-mill-fire"
PARAMETER = "guide"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step leads: the address of a page, and the id of the element pointed at there."""

    address: str
    element: str


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step. *name* is its address, *find* says where it leads in the story as it stands;
    *permission* is what a person needs to do what it shows, "" for everybody."""

    name: str
    title: str | Promise
    text: str | Promise
    find: Callable[[Story], Place | None]
    permission: str = ""


@dataclass(frozen=True, slots=True)
class FoundStep:
    """A step in a person's guide. *number* begins at 1; *place* is None where the story does
    not show it (any more, or yet)."""

    number: int
    step: GuideStep
    place: Place | None

    @property
    def address(self) -> str:
        """The page of the step, with the guide on it and the element as its target."""
        if self.place is None:
            return reverse("claims:guide")
        joint = "&" if "?" in self.place.address else "?"
        return f"{self.place.address}{joint}{PARAMETER}={self.step.name}#{self.place.element}"


@dataclass(frozen=True, slots=True)
class GuideStrip:
    """The guide on a page: the step shown, and the names of those before and after it."""

    current: FoundStep
    total: int
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole guide for one person. *story* is None where the demonstration is not there;
    *is_coming* when its articles are, and wait to be read."""

    story: Story | None
    is_coming: bool = False
    steps: tuple[FoundStep, ...] = field(default=())

    @property
    def first(self) -> FoundStep | None:
        return next((found for found in self.steps if found.place is not None), None)


Person = User | AnonymousUser


def find_story() -> Story | None:
    """Return the story of the guide. One query."""
    article = (
        Article.objects.current()
        .filter(url=FIRST_ARTICLE, story__isnull=False)
        .select_related("story")
        .first()
    )
    return article.story if article is not None else None


def build_guide(person: Person) -> Guide:
    """Return all steps *person* may take, found in the story. About thirty queries."""
    story = find_story()
    if story is None:
        return Guide(None, is_coming=Article.objects.current().filter(url=FIRST_ARTICLE).exists())
    steps = steps_for(person)
    return Guide(
        story,
        steps=tuple(FoundStep(n, step, step.find(story)) for n, step in enumerate(steps, start=1)),
    )


def build_strip(person: Person, name: str) -> GuideStrip | None:
    """Return the guide as it stands on the page of the step called *name*.

    None for a step that is not there, or not for this person.
    """
    steps = steps_for(person)
    place_of = {step.name: place for place, step in enumerate(steps)}
    story = find_story() if name in place_of else None
    if story is None:
        return None
    at = place_of[name]
    place = steps[at].find(story)
    if place is None:
        return None
    return GuideStrip(
        FoundStep(at + 1, steps[at], place),
        len(steps),
        previous=steps[at - 1].name if at else "",
        next=steps[at + 1].name if at + 1 < len(steps) else "",
    )


def find_step(person: Person, name: str, *, backwards: bool = False) -> FoundStep | None:
    """Return the step called *name*, or the nearest one after it (before it, *backwards*)
    that the story shows; None when there is none."""
    story = find_story()
    numbered = list(enumerate(steps_for(person), start=1))
    if backwards:
        numbered.reverse()
    names = [step.name for _, step in numbered]
    if story is None or name not in names:
        return None
    for number, step in numbered[names.index(name) :]:
        place = step.find(story)
        if place is not None:
            return FoundStep(number, step, place)
    return None


def steps_for(person: Person) -> Sequence[GuideStep]:
    return [step for step in STEPS if not step.permission or person.has_perm(step.permission)]


# --- where the steps lead --------------------------------------------------------------------


def _overview(story: Story) -> Place | None:
    if not Finding.objects.filter(story=story).exists():
        return None
    return Place(reverse("claims:overview", args=[story.slug]), "differs-title")


def _deaths(story: Story) -> Place | None:
    """The row in which six and seven dead stand beside each other."""
    row = ClaimGroup.objects.filter(story=story).order_by("position")
    for words in ("Seven people are dead", "Six workers died"):
        row = row.filter(pk__in=_rows_with(story, words))
    found = row.first()
    return (
        Place(reverse("claims:story", args=[story.slug]), f"row-{found.pk}")
        if found is not None
        else None
    )


def _rows_with(story: Story, words: str) -> list[int]:
    return list(
        ClaimGroup.objects.filter(
            story=story, alignments__claim__quote__contains=words
        ).values_list("pk", flat=True)
    )


def _count(story: Story) -> Finding | None:
    """The finding on how many died: between outlets, or else inside the one article that
    prints seven and six."""
    return _finding(story, "number_conflict", "Seven", "Six") or _finding(
        story, "internal_conflict", "Seven"
    )


def _toll(story: Story) -> Place | None:
    return _card(_count(story))


def _chart(story: Story) -> Place | None:
    found = _count(story)
    keys = find_charts(story, found.key) if found is not None else ()
    if not keys:
        return None
    return Place(reverse("claims:numbers", args=[story.slug]) + "?things=all", f"counted-{keys[0]}")


def _cause(story: Story) -> Place | None:
    """The paragraph that states as a fact what the agency says is being examined."""
    segment = _segment(story, "A forklift battery overheated in the dyeing hall")
    if segment is None or _segment(story, "examining whether a forklift battery") is None:
        return None
    return Place(reverse("claims:article", args=[segment.article_id]), f"segment-{segment.pk}")


def _copy(story: Story) -> Place | None:
    ids = {
        name: Article.objects.current()
        .filter(story=story, outlet__name=name)
        .values_list("pk", flat=True)
        .first()
        for name in ("Northern Press", "Daily Glance")
    }
    if None in ids.values():
        return None
    left, right = ids.values()
    address = reverse("claims:reuse", args=[story.slug])
    return Place(f"{address}?left={left}&right={right}", "reuse-says")


def _remark(story: Story) -> Place | None:
    """A finding about what one outlet alone says of its own accord."""
    return _card(_finding(story, "unsupported_addition", "long put output before people"))


def _verdict(story: Story) -> Place | None:
    found = _count(story)
    card = _card(found)
    return Place(card.address, f"verdict-{found.key}") if card and found else None


def _desk(story: Story) -> Place | None:
    return Place(reverse("claims:desk"), "desk-tabs")


def _school(story: Story) -> Place | None:
    """Another story at the end of a page, which was set aside."""
    segment = _segment(story, "close Alder Street Elementary")
    if segment is None or segment.role == "body":
        return None
    return Place(reverse("claims:set_aside", args=[story.slug]), f"segment-{segment.pk}")


def _upload(story: Story) -> Place | None:
    return Place(reverse("articles:upload"), "paste")


def _finding(story: Story, kind: str, *words: str) -> Finding | None:
    """Return the surest finding of *kind* that compares each of *words*."""
    found = Finding.objects.filter(story=story, kind=kind)
    for word in words:
        found = found.filter(Q(spans__quote__contains=word))
    return found.order_by("-confidence", "pk").first()


def _card(found: Finding | None) -> Place | None:
    if found is None:
        return None
    address = reverse("claims:finding", args=[found.story.slug, found.key])
    return Place(address, f"finding-{found.key}")


def _segment(story: Story, words: str) -> Segment | None:
    return (
        Segment.objects.filter(
            article__story=story, article__is_current=True, quote__contains=words
        )
        .order_by("article", "position")
        .first()
    )


# --- the steps -------------------------------------------------------------------------------

STEPS: tuple[GuideStep, ...] = (
    GuideStep(
        "overview",
        _("A story at a glance"),
        _(
            "Four outlets report one fire, from three independent origins. Each line here names "
            "one difference and quotes both sides. Nothing says who is right."
        ),
        _overview,
    ),
    GuideStep(
        "row",
        _("One row, one question"),
        _(
            "“Six workers died” and “Seven people are dead” stand in one row, one column for each "
            "outlet. What differs is marked; an empty cell says why it is empty."
        ),
        _deaths,
    ),
    GuideStep(
        "finding",
        _("Every finding explains itself"),
        _(
            "It quotes the words compared and gives the rule with its arithmetic, how sure it is, "
            "and what would change it. Help on its kind is one click away."
        ),
        _toll,
    ),
    GuideStep(
        "numbers",
        _("Numbers can be seen"),
        _(
            "The same counts on one axis. Where nothing fits both there is a gap; “about” and “over” "
            "are drawn as the open or rounded ends they are."
        ),
        _chart,
    ),
    GuideStep(
        "article",
        _("Read one article against the others"),
        _(
            "“A forklift battery overheated”, says this one. The agency it copied says that "
            "investigators are examining whether it did. The margin tells you so while you read."
        ),
        _cause,
    ),
    GuideStep(
        "reuse",
        _("Who copied whom"),
        _(
            "The two articles are one text. What was cut and added on the way is marked, and a copy "
            "is never counted as a second source."
        ),
        _copy,
    ),
    GuideStep(
        "decide",
        _("Decide, and undo"),
        _(
            "One outlet alone says this, without a source. Confirm the finding or dismiss it with a "
            "reason; whatever you do can be undone, and no later analysis forgets it."
        ),
        _remark,
        "claims.add_findingdecision",
    ),
    GuideStep(
        "verdict",
        _("A verdict rests on evidence"),
        _(
            "How many died? Give a verdict with the document you rely on and its words. Somebody "
            "else reads it a second time."
        ),
        _verdict,
        "claims.add_verdict",
    ),
    GuideStep(
        "desk",
        _("Your work over all stories"),
        _(
            "What is assigned to you, what nobody has taken, what waits for a second reader and where "
            "two readings disagree. Take a finding with a button, or the key a."
        ),
        _desk,
        "claims.add_verdict",
    ),
    GuideStep(
        "set-aside",
        _("What was not taken as the story"),
        _(
            "A school board’s vote stood on the same page as the fire: it was set aside, with the "
            "reason. If that was a mistake, put it back and it is read again."
        ),
        _school,
        "articles.add_rolecorrection",
    ),
    GuideStep(
        "upload",
        _("Now bring in your own"),
        _(
            "Paste an article, drop files or name an address. A report says what will be saved and "
            "what set aside before anything is saved."
        ),
        _upload,
        "articles.add_article",
    ),
)
