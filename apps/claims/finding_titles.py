"""What readers call each kind of finding."""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext, gettext_noop

# The detectors' own titles, for those who translate.
TITLES = (
    gettext_noop("Numbers conflict"),
    gettext_noop("Less exact number"),
    gettext_noop("Numbers of different scope"),
    gettext_noop("Parts do not make the whole"),
    gettext_noop("Replaced by a later report"),
    gettext_noop("Dates conflict"),
    gettext_noop("Background out of date"),
    gettext_noop("Status differs"),
    gettext_noop("Place differs"),
    gettext_noop("Name spelled differently"),
    gettext_noop("Quotation altered"),
    gettext_noop("Quotation cut"),
    gettext_noop("Quotation given to another speaker"),
    gettext_noop("Attribution lost"),
    gettext_noop("Other source named"),
    gettext_noop("Hedge dropped"),
    gettext_noop("Said and denied"),
    gettext_noop("Object differs"),
    gettext_noop("Cause added"),
    gettext_noop("Unsupported addition"),
    gettext_noop("Single source"),
    gettext_noop("Left out"),
    gettext_noop("Article disagrees with itself"),
)


@cache
def _titles() -> dict[str, str]:
    from apps.claims.analysis.detectors import DETECTORS

    return {detector.slug: detector.title for detector in DETECTORS}


def title_of(kind: str) -> str:
    """Return what readers call a kind of finding; the slug in words if its detector is gone."""
    return gettext(english_title_of(kind))


def english_title_of(kind: str) -> str:
    """Return the title in English, to be stored: whoever reads it has a language of their own."""
    return _titles().get(kind) or kind.replace("_", " ").capitalize()


def is_kind(kind: str) -> bool:
    """Say whether there is a detector of that name."""
    return kind in _titles()


def all_titles() -> dict[str, str]:
    """Return what readers call each kind of finding, by kind."""
    return {kind: gettext(title) for kind, title in _titles().items()}
