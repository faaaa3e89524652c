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
# What each detector says of itself, in their order.
EXPLANATIONS = (
    gettext_noop(
        "Outlets count the same thing for the same event and the values have nothing in common."
    ),
    gettext_noop("The numbers can all be true at once; one of them says less."),
    gettext_noop(
        "A part against a whole, another population, or another period: both numbers can be true."
    ),
    gettext_noop("Inside one article, numbers given as parts do not add up to the total."),
    gettext_noop(
        "A later report of the same outlet, or a later count, replaces the earlier figure."
    ),
    gettext_noop(
        "The same happening is dated differently, and the dates have no day, or no hour, in common."
    ),
    gettext_noop(
        "Something is told as under way or ahead that, by the article's own date or words, is over."
    ),
    gettext_noop(
        "Planned or done, proposed or adopted, investigated or charged: the outlets have the matter at different steps."
    ),
    gettext_noop("One thing is put in two places: another direction, a wider or another region."),
    gettext_noop("Two spellings of what is very likely one name."),
    gettext_noop("The same speech is printed in quotation marks with different words."),
    gettext_noop("One outlet prints fewer of the words that were said; those it prints agree."),
    gettext_noop("The same quoted words are attributed to different people."),
    gettext_noop("One outlet says who claims it; another prints the same as plain fact."),
    gettext_noop("The same statement is attributed to different sources."),
    gettext_noop(
        "One outlet limits the statement (“may”, “reportedly”, “whether”); another prints it without the limit."
    ),
    gettext_noop(
        "One outlet asserts what another denies, or they say opposite things of one matter."
    ),
    gettext_noop("A modifier or an object is different, and with it what is claimed."),
    gettext_noop(
        "One outlet states a cause, a motive or a culprit that the others leave open or do not have."
    ),
    gettext_noop("One outlet alone prints this and names no source for it."),
    gettext_noop("One outlet alone reports this; it says who told it."),
    gettext_noop(
        "The article covers the matter and lacks what independent others, or its own source text, carry."
    ),
    gettext_noop("Two places of one article cannot both be right."),
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
