"""People's decisions go with their articles when these move to another story.

A decision belongs to a story and the key of a finding, or to the words of two claims. When
articles are moved, or stories merged or taken apart, the same words make the same findings
in another story: what was decided about them is carried there, and so is the way to undo it.
History says where the articles of a story were before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.articles.models import Article, Story
from apps.claims.models import (
    Adjudication,
    AlignmentDecision,
    Assignment,
    Comment,
    Finding,
    FindingDecision,
    UndoStep,
    Verdict,
)

_ArticleEvent = Article.pgh_event_model  # type: ignore[attr-defined]  # made by pghistory


def carry_matches(*, story: Story) -> None:
    """Take over what people decided about pairs of claims whose articles are both here now.

    Costs one query for a story whose articles were nowhere else.
    """
    earlier = _find_earlier_stories(story)
    if not earlier:
        return
    articles = _every_version(story)
    rows = AlignmentDecision.objects.filter(
        story__in=earlier, a_article__in=articles, b_article__in=articles
    )
    columns = ("a_article_id", "a_key", "b_article_id", "b_key")
    taken = set(AlignmentDecision.objects.filter(story=story).values_list(*columns))
    moved = {
        pk: tuple(pair)
        for pk, *pair in rows.order_by("-made_at", "-pk").values_list("pk", *columns)
        if tuple(pair) not in taken
    }
    AlignmentDecision.objects.filter(pk__in=_first_of_each(moved)).update(story=story)
    pairs = set(moved.values())
    for step in _steps(earlier, "alignment_decision", "alignment_decisions"):
        steps = step.row.get("rows", [step.row])
        if {tuple(one[column] for column in columns) for one in steps} <= pairs:
            for one in steps:
                one["story_id"] = story.pk
            _move(step, story)


def carry_judgements(*, story: Story, finding_keys: Collection[str]) -> None:
    """Take over what people decided and wrote about findings that are made here now.

    A finding that still stands where it was keeps what was said about it; where both stories
    have a decision, each keeps its own. Costs one query for a story whose articles were
    nowhere else.
    """
    earlier = _find_earlier_stories(story)
    if not earlier:
        return
    found = Finding.objects.filter(story__in=earlier, key__in=finding_keys)
    places = list(found.values_list("key", "story_id", "claims__article__story_id"))
    left = {key for key, place, now in places if now != place}
    standing = {key for key, _, _ in places} - left
    keys = set(finding_keys) - standing
    _carry(FindingDecision.objects.all(), "finding_decision", story, earlier, keys)
    _carry(Assignment.objects.all(), "assignment", story, earlier, keys)
    _carry(Verdict.objects.all(), "verdict", story, earlier, keys)
    # Whoever is on a side in this story does not decide between the verdicts that come to it.
    on_a_side = Verdict.objects.filter(
        Q(author=OuterRef("made_by")) | Q(reviewer=OuterRef("made_by")),
        story=story,
        finding_key=OuterRef("finding_key"),
    )
    _carry(Adjudication.objects.filter(~Exists(on_a_side)), "adjudication", story, earlier, keys)
    # Notes go with their article; so do the answers to them.
    Comment.objects.filter(story__in=earlier, annotation__article__story=story).update(story=story)
    remarks = Comment.objects.filter(
        story__in=earlier, finding_key__in=keys, annotation__isnull=True
    )
    ids = set(remarks.values_list("pk", flat=True))
    remarks.update(story=story)
    for step in _steps(earlier, "comment"):
        if step.row["id"] in ids:
            for values in (step.before, step.after):
                if values is not None:
                    values["story_id"] = story.pk
            _move(step, story)


# When the rows of each table were made, for where two stories have one on the same finding.
_MADE_AT = {
    "finding_decision": "made_at",
    "assignment": "assigned_at",
    "verdict": "given_at",
    "adjudication": "made_at",
}


def _carry(
    rows: QuerySet[Any],
    table: str,
    story: Story,
    earlier: Collection[int],
    keys: Collection[str],
) -> None:
    columns = ("finding_key", "author_id") if table == "verdict" else ("finding_key",)
    taken = set(rows.filter(story=story, finding_key__in=keys).values_list(*columns))
    found = rows.filter(story__in=earlier, finding_key__in=keys)
    found = found.order_by(f"-{_MADE_AT[table]}", "-pk")
    moved = {
        pk: tuple(name)
        for pk, *name in found.values_list("pk", *columns)
        if tuple(name) not in taken
    }
    rows.filter(pk__in=_first_of_each(moved)).update(story=story)
    names = set(moved.values())
    for step in _steps(earlier, table):
        if tuple(step.row[column] for column in columns) in names:
            step.row["story_id"] = story.pk
            _move(step, story)


def _find_earlier_stories(story: Story) -> set[int]:
    """Return the stories that articles of *story*, in any version, were in before."""
    events = _ArticleEvent.objects.filter(pgh_obj__in=_every_version(story), story__isnull=False)
    return set(events.exclude(story=story).values_list("story_id", flat=True).distinct())


def _every_version(story: Story) -> QuerySet[Article]:
    here = Article.objects.filter(story=story)
    urls = here.exclude(url="").values("url")
    return Article.objects.filter(Q(pk__in=here.values("pk")) | Q(url__in=urls))


def _first_of_each(rows: dict[int, tuple[object, ...]]) -> list[int]:
    """Return one row for each name, the first: two stories may have decided the same."""
    first: dict[tuple[object, ...], int] = {}
    for pk, name in rows.items():
        first.setdefault(name, pk)
    return list(first.values())


def _steps(earlier: Collection[int], *tables: str) -> Iterable[UndoStep]:
    return UndoStep.objects.filter(story__in=earlier, table__in=tables, undone_at__isnull=True)


def _move(step: UndoStep, story: Story) -> None:
    step.story = story
    step.save(update_fields=["story", "row", "before", "after"])
