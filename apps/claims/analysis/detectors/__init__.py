"""The rules that look at a story and report differences: one file each, in this order.

The order is that of the pages that list rules; it does not change what is found.
"""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.detectors import (
    arithmetic_gap,
    attribution_differs,
    attribution_lost,
    cause_added,
    date_conflict,
    hedge_dropped,
    internal_conflict,
    name_variant,
    number_conflict,
    number_precision,
    number_scope,
    object_differs,
    omission,
    place_difference,
    polarity,
    quote_altered,
    quote_reattributed,
    quote_truncated,
    single_source_attributed,
    stale_context,
    status_differs,
    superseded,
    unsupported_addition,
)
from apps.claims.analysis.judges import judge_candidates
from apps.claims.analysis.keys import finding_key
from apps.claims.analysis.types import Detector, FindingDraft, Severity, StoryDraft

DETECTORS: tuple[Detector, ...] = (
    number_conflict.DETECTOR,
    number_precision.DETECTOR,
    number_scope.DETECTOR,
    arithmetic_gap.DETECTOR,
    superseded.DETECTOR,
    date_conflict.DETECTOR,
    stale_context.DETECTOR,
    status_differs.DETECTOR,
    place_difference.DETECTOR,
    name_variant.DETECTOR,
    quote_altered.DETECTOR,
    quote_truncated.DETECTOR,
    quote_reattributed.DETECTOR,
    attribution_lost.DETECTOR,
    attribution_differs.DETECTOR,
    hedge_dropped.DETECTOR,
    polarity.DETECTOR,
    object_differs.DETECTOR,
    cause_added.DETECTOR,
    unsupported_addition.DETECTOR,
    single_source_attributed.DETECTOR,
    omission.DETECTOR,
    internal_conflict.DETECTOR,
)

_BY_SEVERITY = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


def find_findings(story: StoryDraft) -> list[tuple[str | None, FindingDraft]]:
    """Return all findings of *story* with the key of the row each belongs to.

    The key is None for findings that belong to no single row. A finding is returned once
    however many rules or rows lead to it. Order: row, severity, kind, claims.
    """
    rows = {cluster.key: number for number, cluster in enumerate(story.clusters)}
    row_of_claim = {claim.id: cluster.key for cluster in story.clusters for claim in cluster.claims}
    found: dict[str, tuple[str | None, FindingDraft]] = {}
    for key, finding in _all_findings(story):
        row = key or _common_row(finding, row_of_claim)
        found.setdefault(
            finding_key(finding.kind, finding.compared or finding.claims), (row, finding)
        )
    return sorted(
        found.values(),
        key=lambda entry: (
            rows.get(entry[0] or "", len(rows)),
            _BY_SEVERITY[entry[1].severity],
            entry[1].kind,
            entry[1].claims,
            entry[1].explanation,
        ),
    )


def _all_findings(story: StoryDraft) -> Iterator[tuple[str | None, FindingDraft]]:
    for detector in DETECTORS:
        if detector.find is not None:
            for cluster in story.clusters:
                for finding in detector.find(cluster, story):
                    yield cluster.key, finding
        if detector.find_candidates is not None:
            for finding in judge_candidates(detector.slug, detector.find_candidates(story)):
                yield None, finding
        if detector.find_in_story is not None:
            for finding in detector.find_in_story(story):
                yield None, finding


def _common_row(finding: FindingDraft, row_of_claim: dict[str, str]) -> str | None:
    """Return the row most of the finding's claims stand in, the last one's on a tie."""
    rows = [row_of_claim[claim] for claim in finding.claims if claim in row_of_claim]
    return max(rows, key=lambda row: (rows.count(row), rows.index(row))) if rows else None
