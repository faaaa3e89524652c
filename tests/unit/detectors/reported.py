"""What a detector reports of a story: its own findings and what its judge lets through."""

from __future__ import annotations

from apps.claims.analysis.judges import judge_candidates
from apps.claims.analysis.types import Detector, FindingDraft, StoryDraft


def reported(detector: Detector, story: StoryDraft) -> list[FindingDraft]:
    found: list[FindingDraft] = []
    if detector.find_candidates is not None:
        found += judge_candidates(detector.slug, detector.find_candidates(story))
    if detector.find_in_story is not None:
        found += detector.find_in_story(story)
    return found
