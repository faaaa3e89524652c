"""What readers call each kind of finding."""

from __future__ import annotations

from functools import cache


@cache
def _titles() -> dict[str, str]:
    from apps.claims.analysis.detectors import DETECTORS

    return {detector.slug: detector.title for detector in DETECTORS}


def title_of(kind: str) -> str:
    """Return what readers call a kind of finding; the slug in words if its detector is gone."""
    return _titles().get(kind) or kind.replace("_", " ").capitalize()


def is_kind(kind: str) -> bool:
    """Say whether there is a detector of that name."""
    return kind in _titles()


def all_titles() -> dict[str, str]:
    """Return what readers call each kind of finding, by kind."""
    return dict(_titles())
