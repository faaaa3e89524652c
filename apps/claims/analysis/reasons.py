"""Why two claims were put in one row, in words a reader understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apps.claims.analysis.frames import find_frames
from apps.claims.analysis.pairing import days_meet
from apps.claims.analysis.stems import is_content_word, stem
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.types import Reason
from apps.claims.analysis.units import Unit, Weights

_MOST_REASONS = 4
_MOST_WORDS = 3

# Which features speak for which reason; what is not here explains nothing to a reader.
_FEATURES_BY_CODE = {
    "reuse": ("reuse", "bigrams"),
    "quote": ("quotes", "speaker"),
    "quantity": (
        "same_number",
        "same_head",
        "counted_event",
        "head_numbers_meet",
        "head_numbers_differ",
    ),
    "event": (
        "synonyms",
        "rarest_synonym",
        "frames",
        "frames_covered",
        "predicate",
        "predicate_frame",
        "object",
    ),
    "participants": ("names", "names_covered", "subject", "roles_cross"),
    "place": ("places",),
    "time": ("same_day",),
    "words": (
        "term_cosine",
        "term_covered",
        "general_cosine",
        "general_covered",
        "rarest_term",
        "soft_covered",
        "soft_share",
        "near_words",
        "near_covered",
    ),
}


def explain_pair(
    a: Unit,
    b: Unit,
    weights: Weights,
    features: Mapping[str, float],
    contributions: Mapping[str, float],
) -> tuple[Reason, ...]:
    """Return up to four reasons, the weightiest first; never none.

    *contributions* are the parts of the log-odds each feature brought; a reason's weight
    is its share of all that spoke for the link.
    """
    texts = {
        "reuse": _reuse_text(features),
        "quote": _quote_text(a, b, features),
        "quantity": _quantity_text(a, b),
        "event": _event_text(a, b, weights),
        "participants": _names_text(a, b, weights),
        "place": _shared_text("both in ", a, b, a.places & b.places, weights),
        "time": "the same day" if days_meet(a.days, b.days) else "",
        "words": _shared_text("share the words ", a, b, (a.terms & b.terms) - a.names, weights),
    }
    spoken = {
        code: max(0.02, sum(max(0.0, contributions.get(name, 0.0)) for name in names))
        for code, names in _FEATURES_BY_CODE.items()
        if texts[code]
    }
    if not spoken:
        return (Reason("words", "worded alike", 1.0),)
    whole = sum(spoken.values())
    reasons = [Reason(code, texts[code], round(value / whole, 3)) for code, value in spoken.items()]
    return tuple(sorted(reasons, key=lambda reason: (-reason.weight, reason.code))[:_MOST_REASONS])


def _reuse_text(features: Mapping[str, float]) -> str:
    reuse = features.get("reuse", 0.0)
    if reuse >= 0.999:
        return "the same sentence, word for word"
    return "the same sentence, edited" if reuse > 0.0 else ""


def _quote_text(a: Unit, b: Unit, features: Mapping[str, float]) -> str:
    same_words = features.get("quotes", 0.0) >= 0.5
    same_speaker = not a.speaker.isdisjoint(b.speaker)
    if same_words and same_speaker:
        return "same speaker and quote"
    if same_words:
        return "the same quoted words"
    return "the same speaker" if same_speaker else ""


def _quantity_text(a: Unit, b: Unit) -> str:
    best = ""
    words: dict[frozenset[str], str] = {}
    for x in a.counts:
        for y in b.counts:
            if not x.head or x.head != y.head:
                continue
            frames = x.frames & y.frames
            if frames not in words:
                words[frames] = _word_in_frames(a, frames)
            event = words[frames]
            thing = "people" if x.head == "people" else _surface(a, x.head)
            text = f"both count {thing} {event}".strip()
            places = _surfaces(a, sorted(a.places & b.places))
            if event and places:
                text += f" ({' '.join(places)})"
            if len(text) > len(best):
                best = text
    if best:
        return best
    values = [x for x in a.counts for y in b.counts if x.low == y.low and x.high == y.high]
    return "the same number" if values else ""


def _event_text(a: Unit, b: Unit, weights: Weights) -> str:
    """Say which different words name one thing; words they share are another reason."""
    if a.predicate and a.predicate == b.predicate:
        return f"both say “{a.claim.predicate}”"
    best: tuple[float, str, str] | None = None
    ours, theirs = sorted(a.terms - b.terms), sorted(b.terms - a.terms)
    sets = {number: term for term in reversed(theirs) for number in synonym_sets(term)}
    for term in ours:
        for number in sorted(synonym_sets(term)):
            if number in sets:
                worth = min(weights.both.get(term, 1.0), weights.both.get(sets[number], 1.0))
                if best is None or worth > best[0]:
                    best = (worth, term, sets[number])
    if best is None and a.predicate and b.predicate and a.predicate_frames & b.predicate_frames:
        best = (0.0, a.predicate, b.predicate)
    return f"“{_surface(a, best[1])}” and “{_surface(b, best[2])}” mean alike" if best else ""


def _names_text(a: Unit, b: Unit, weights: Weights) -> str:
    names = sorted(a.names & b.names, key=lambda name: (-weights.term.get(name, 1.0), name))[
        :_MOST_WORDS
    ]
    words = _surfaces(a, names)
    return f"both name {', '.join(words)}" if words else ""


def _shared_text(before: str, a: Unit, b: Unit, stems: Iterable[str], weights: Weights) -> str:
    rarest = sorted(stems, key=lambda term: (-weights.both.get(term, 1.0), term))[:_MOST_WORDS]
    words = _surfaces(a, rarest)
    return before + ", ".join(words) if words else ""


def _surfaces(unit: Unit, stems: Iterable[str]) -> list[str]:
    return [_surface(unit, term) for term in stems]


def _surface(unit: Unit, term: str) -> str:
    """Return the claim's own spelling of a stem, the stem when it stands in a longer name."""
    for word in unit.claim.words:
        if is_content_word(word) and term in (stem(word.lemma or word.text), stem(word.text)):
            return word.text
    for mention in unit.claim.mentions:
        for part in mention.canonical.split():
            if stem(part) == term:
                return part
    return term


def _word_in_frames(unit: Unit, frames: frozenset[str]) -> str:
    """Return the claim's first word that evokes one of *frames*, "" when none does alone."""
    if not frames:
        return ""
    for word in unit.claim.words:
        if is_content_word(word) and not frames.isdisjoint(
            find_frames([stem(word.lemma or word.text)])
        ):
            return word.text
    return ""
