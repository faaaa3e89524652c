"""Whether words name somebody who says something: the test before a source counts as one."""

from __future__ import annotations

from functools import cache

from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.types import Attribution, AttributionKind
from apps.claims.analysis.word_lists import groups_by_word, word_set

_NOBODY = frozenset({"she", "he", "they", "all", "several", "it", "we", "i", "you", "this", "that"})


def is_told(attribution: Attribution) -> bool:
    """Whether somebody *says* it. Wishes, plans and findings ("wants", "voted") are pinned on
    somebody too, but naming who has them is not naming a source."""
    if attribution.kind is AttributionKind.NONE:
        return False
    if attribution.kind in (AttributionKind.DIRECT, AttributionKind.MIXED):
        return True
    words = {word.strip(".,;:").lower() for word in attribution.cue.split()}
    verbs = word_set("telling_verbs")
    stems = _telling_stems()
    return not attribution.cue or any(word in verbs or root(word) in stems for word in words)


@cache
def _telling_stems() -> frozenset[str]:
    return frozenset(root(word) for word in word_set("telling_verbs"))


def is_source(words: str) -> bool:
    """Whether *words* can name a source: a name, people, or a body that speaks."""
    plain = plain_source(words).split()
    if not plain or (len(plain) == 1 and plain[0].lower() in _NOBODY):
        return False
    if any(word[:1].isupper() for word in plain[1:]) or (
        len(plain) == 1 and plain[0][:1].isupper()
    ):
        return True
    keys = {word.strip(",.").lower() for word in plain}
    people = any(
        "people" in groups_by_word("counted_things").get(key.removesuffix("s"), ()) for key in keys
    )
    return (
        people or bool(keys & word_set("speaking_bodies")) or bool(keys & word_set("lay_sources"))
    )


def plain_source(words: str) -> str:
    """Return the words of a source on one line without punctuation at the ends."""
    return " ".join(words.split()).strip(" ,;:.")
