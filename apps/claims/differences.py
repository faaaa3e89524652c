"""A story's open differences in the order an editor reads them, each told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from apps.claims.finding_views import Compared, severity_rank
from apps.claims.matrix_data import Outline
from apps.claims.presentation import FindingView

# What one article says of a visit is "inside one article" and "planned or done" at once.
_ONE_MATTER = (frozenset({"internal_conflict", "status_differs"}),)

# The words a finding compares, by article: most findings share articles, few share words.
_Places = Mapping[int, Sequence[Compared]]


def find_differences(outline: Outline, severity: str) -> list[FindingView]:
    """Return the open findings of *severity*: settled ones first, those more independent origins
    have to do with before others, then the surer. No query.

    Where two tell one difference the first of them stands for both: a copy differs from a third
    article in the words its original has, and one article's plan and deed are two findings.
    """
    origin_of = {column.article_id: column.origin for column in outline.columns}

    def order(pk: int) -> tuple[bool, int, float, int]:
        view = outline.findings.views[pk]
        origins = {origin_of[article] for article in outline.articles_about(pk)}
        return bool(view.needs_person), -len(origins), -view.confidence, pk

    opened = [
        pk
        for pk, view in outline.findings.views.items()
        if view.is_open and severity_rank(view.severity) == severity_rank(severity)
    ]
    places = {pk: _by_article(outline.findings.spans.get(pk, ())) for pk in opened}
    told: list[int] = []
    for pk in sorted(opened, key=order):
        if not any(_is_one_difference(outline, pk, known, origin_of, places) for known in told):
            told.append(pk)
    return [outline.findings.views[pk] for pk in told]


def _is_one_difference(
    outline: Outline, a: int, b: int, origin_of: Mapping[int, int], places: Mapping[int, _Places]
) -> bool:
    kinds = {outline.findings.views[pk].kind for pk in (a, b)}
    if len(kinds) > 1 and not any(kinds <= matter for matter in _ONE_MATTER):
        return False
    if outline.findings.views[a].is_omission:
        return False
    ours, theirs = places[a], places[b]
    return (
        any(_is_same_place(one, theirs) for spans in ours.values() for one in spans)
        and _are_of_one_text(ours, theirs, origin_of)
        and _are_of_one_text(theirs, ours, origin_of)
    )


def _by_article(spans: Iterable[Compared]) -> _Places:
    found: dict[int, list[Compared]] = defaultdict(list)
    for span in spans:
        found[span.article_id].append(span)
    return found


def _are_of_one_text(spans: _Places, others: _Places, origin_of: Mapping[int, int]) -> bool:
    """Whether each of *spans* is words of *others*, or of a text one of them goes back to."""
    elsewhere = {
        origin_of.get(article)
        for article, found in others.items()
        if not all(_is_same_place(other, spans) for other in found)
    }
    return all(
        origin_of.get(article) in elsewhere or all(_is_same_place(span, others) for span in found)
        for article, found in spans.items()
    )


def _is_same_place(span: Compared, others: _Places) -> bool:
    return any(
        span.start < other.end and other.start < span.end
        for other in others.get(span.article_id, ())
    )
