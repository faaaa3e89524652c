"""The critical apparatus of a story: numbered claims, readings with sigla, findings, verdicts.

It is made from the same rows as the matrix and takes the same filters from the address, but
gives claims in the order of the story, and readings of the same words once, with the letters
of all who print them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apps.articles.models import Story
from apps.claims.comparison import Comparison, build_comparison, build_row, is_asked_for
from apps.claims.models import Adjudication, Annotation, Verdict
from apps.claims.presentation import Cell, Column, Filters, FindingView, Reading, Row
from apps.claims.second_reading import SETTLED, find_standing


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording with the letters and outlets of those that print it; *reading* is that of
    the first."""

    sigla: tuple[str, ...]
    outlets: tuple[str, ...]
    reading: Reading


@dataclass(frozen=True, slots=True)
class Silence:
    """Why some have no reading, "left out" or "not covered", with their letters."""

    label: str
    sigla: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the verdicts on it, the earliest first, and what was decided between them
    if they differ; *said* are the outlets whose words these may judge, with their words on one
    line."""

    finding: FindingView
    verdicts: tuple[Verdict, ...]
    adjudication: Adjudication | None = None
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """Verdicts and decisions between them, by the finding's key."""

    verdicts: Mapping[str, Sequence[Verdict]]
    adjudications: Mapping[str, Adjudication]


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim of the apparatus. *number* counts from 1 in what is shown."""

    number: int
    row: Row
    variants: tuple[Variant, ...]
    silences: tuple[Silence, ...]
    findings: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Apparatus:
    """The whole of it, or its beginning. *story_findings* belong to no one claim; *found*
    counts the claims asked for, *total* all of the story; *notes* are on words of its articles."""

    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    story_findings: tuple[Judged, ...]
    filters: Filters
    found: int
    total: int
    independent_origins: int
    notes: tuple[Annotation, ...] = ()


def build_apparatus(
    story: Story, filters: Filters, *, most: int | None = None, cells: int | None = None
) -> Apparatus:
    """Return the claims of *story* that *filters* ask for, or the first *most* of them: of
    many articles fewer, about as many as have *cells*.

    Four queries more than the matrix, five where somebody noted something.
    """
    comparison: Comparison = build_comparison(story, filters, most=most, cells=cells)
    given = _load_given(story)
    here = {row.group_id for row in comparison.rows}
    return Apparatus(
        columns=comparison.columns,
        entries=tuple(
            _entry(number, _narrowed(_told_once(row, here), filters), comparison.columns, given)
            for number, row in enumerate(comparison.rows, start=1)
        ),
        story_findings=_judged(comparison.story_findings, given),
        filters=filters,
        found=comparison.found,
        total=comparison.total,
        independent_origins=comparison.independent_origins,
        notes=_find_notes(story, filters),
    )


def _find_notes(story: Story, filters: Filters) -> tuple[Annotation, ...]:
    """Return the notes on the story's articles: all, or those asked for by who made them when."""
    notes = Annotation.objects.of_story(story).to_be_listed()
    if filters.done_by:
        notes = notes.filter(author__username=filters.done_by)
    if filters.done_since is not None:
        notes = notes.filter(made_at__date__gte=filters.done_since)
    return tuple(notes)


def build_entry(story: Story, group_id: int, columns: Sequence[Column]) -> Entry:
    """Return one claim; *columns* are all of the story. Raises ``ClaimGroup.DoesNotExist``."""
    return _entry(1, build_row(story, group_id), columns, _load_given(story))


def judge(story: Story, finding: FindingView) -> Judged:
    """Return *finding* with the verdicts on it; three queries."""
    (judged,) = _judged([finding], _load_given(story, key=finding.key))
    return judged


def find_variants(cells: Iterable[tuple[Cell, Column]]) -> tuple[Variant, ...]:
    """Return each wording once, in the order of the columns; words differ when voice does.

    Who says the same words twice is named once.
    """
    said: dict[tuple[str, str, str], list[tuple[Column, Reading]]] = defaultdict(list)
    for cell, column in cells:
        for reading in cell.readings:
            words = " ".join("".join(piece.text for piece in reading.pieces).split())
            said[words, reading.voice, reading.attributed_to].append((column, reading))
    variants = []
    for found in said.values():
        columns = list(dict.fromkeys((column.sigil, column.outlet) for column, _ in found))
        variants.append(
            Variant(
                sigla=tuple(sigil for sigil, _ in columns),
                outlets=tuple(outlet for _, outlet in columns),
                reading=_on_paper(found[0][1]),
            )
        )
    return tuple(variants)


def _on_paper(reading: Reading) -> Reading:
    """Return *reading* with no words struck out: on paper they would seem to be withdrawn."""
    pieces = tuple(
        replace(piece, mark="differs") if piece.mark == "removed" else piece
        for piece in reading.pieces
    )
    return replace(reading, pieces=pieces, is_repeat=False)


def _entry(
    number: int,
    row: Row,
    columns: Sequence[Column],
    given: _Given,
) -> Entry:
    cells = list(zip(row.cells, columns, strict=True))
    silent: dict[str, list[str]] = defaultdict(list)
    for cell, column in cells:
        if not cell.readings:
            silent[cell.label].append(column.sigil)
    return Entry(
        number=number,
        row=row,
        variants=find_variants(cells),
        silences=tuple(Silence(label, tuple(sigla)) for label, sigla in silent.items()),
        findings=_judged(row.findings, given, _said(cells)),
    )


def _told_once(row: Row, here: Collection[int]) -> Row:
    """Return *row* without findings that another of the rows *here* is the one to tell."""
    return replace(
        row,
        findings=tuple(
            finding
            for finding in row.findings
            if finding.group_id == row.group_id or finding.group_id not in here
        ),
    )


def _narrowed(row: Row, filters: Filters) -> Row:
    """Return *row* with the findings that were decided alone, where these are asked for: what
    is handed over is not lost among the others."""
    if filters.state != "decided" and not filters.done_by and filters.done_since is None:
        return row
    return replace(
        row, findings=tuple(found for found in row.findings if is_asked_for(found, filters))
    )


def _said(cells: Iterable[tuple[Cell, Column]]) -> tuple[tuple[str, str], ...]:
    """Return what each outlet says, on one line each."""
    return tuple(
        (column.outlet, " ".join("".join(piece.text for piece in reading.pieces).split()))
        for cell, column in cells
        for reading in cell.readings
    )


def _judged(
    findings: Iterable[FindingView],
    given: _Given,
    said: tuple[tuple[str, str], ...] = (),
) -> tuple[Judged, ...]:
    return tuple(
        Judged(
            finding,
            verdicts := tuple(given.verdicts.get(finding.key, ())),
            _holding(verdicts, given.adjudications.get(finding.key)),
            finding.said or said,
        )
        for finding in findings
    )


def _holding(verdicts: Sequence[Verdict], adjudication: Adjudication | None) -> Adjudication | None:
    """Return *adjudication* unless it was made for other verdicts."""
    return adjudication if find_standing(verdicts, adjudication).state == SETTLED else None


def _load_given(story: Story, *, key: str = "") -> _Given:
    wanted: dict[str, Any] = {"story": story} | ({"finding_key": key} if key else {})
    verdicts: dict[str, list[Verdict]] = defaultdict(list)
    # What is to be read blind is told nobody on paper either.
    for verdict in (
        Verdict.objects.unsealed()
        .filter(**wanted)
        .select_related("author", "reviewer")
        .prefetch_related("evidence")
        .order_by("pk")
    ):
        verdicts[verdict.finding_key].append(verdict)
    decided = Adjudication.objects.filter(**wanted).select_related("made_by")
    return _Given(verdicts, {row.finding_key: row for row in decided})
