"""Why two claims were put in one row, in words a reader understands."""

from __future__ import annotations

from collections.abc import Mapping

from apps.claims.analysis.frames import find_frames
from apps.claims.analysis.meanings import meaning_vectors
from apps.claims.analysis.pairing import days_meet
from apps.claims.analysis.semantic import CLOSENESS
from apps.claims.analysis.stems import content_stem, is_content_word, stem
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.types import Reason
from apps.claims.analysis.units import Unit, Weights

# Features a reason's words depend on, whatever they weigh.
EXPLAINING = frozenset({"reuse", "quotes", "quote_run"})
_MOST_REASONS = 3
_MOST_WORDS = 3
_MOST_NAMES = 2
_PARTICIPANTS = frozenset({"person", "organisation", "group", "event"})
_PLACES = frozenset({"place"})
# Rarity in the story times rarity in English below which a word is left out.
_LEAST_WORTH = 0.25
# Words nearer than this are told to a reader as alike.
_ALIKE = 0.55
_MEASURED = {
    "money": "the same sum of money",
    "percent": "the same percentage",
    "measure": "the same measure",
    "rate": "the same rate",
    "age": "the same age",
}
# Of less than this share in the log-odds nothing is said, unless nothing else speaks.
_LEAST_SHARE = 0.08

# Which features speak for which reason; what is not here explains nothing to a reader.
_FEATURES_BY_CODE = {
    "reuse": ("reuse", "bigrams"),
    "quote": ("quotes", "quote_run", "speaker"),
    "quantity": (
        "same_number",
        "same_head",
        "same_large_number",
        "large_number_near",
        "numbers_near",
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
    "meaning": (CLOSENESS,),
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
        "meaning_least",
        "meaning_most",
        "meaning_rarest",
        "meaning_whole",
    ),
}


def explain_pair(
    a: Unit,
    b: Unit,
    weights: Weights,
    features: Mapping[str, float],
    contributions: Mapping[str, float],
) -> tuple[Reason, ...]:
    """Return up to three reasons, the weightiest first; never none.

    *features* need only be those of ``EXPLAINING``. *contributions* are the parts of the
    log-odds each feature brought; a reason's weight is its share of all that spoke for the link.
    """
    texts = {
        "reuse": _reuse_text(features),
        "quote": _quote_text(a, b, features),
        "quantity": _quantity_text(a, b),
        "event": _event_text(a, b, weights),
        "participants": _names_text(a, b),
        "place": _place_text(a, b),
        "time": "the same day" if days_meet(a.days, b.days) else "",
        "meaning": "close in meaning" if contributions.get(CLOSENESS, 0.0) > 0.0 else "",
        "words": _words_text(a, b, weights) or _meaning_text(a, b, weights),
    }
    spoken = {
        code: max(0.02, sum([max(0.0, contributions.get(name, 0.0)) for name in names]))
        for code, names in _FEATURES_BY_CODE.items()
        if texts[code]
    }
    if not spoken:
        return (Reason("words", "worded alike", 1.0),)
    whole = sum(spoken.values())
    reasons = [Reason(code, texts[code], round(value / whole, 3)) for code, value in spoken.items()]
    ordered = sorted(reasons, key=lambda reason: (-reason.weight, reason.code))
    strong = [reason for reason in ordered if reason.weight >= _LEAST_SHARE]
    return tuple((strong or ordered)[:_MOST_REASONS])


def _reuse_text(features: Mapping[str, float]) -> str:
    reuse = features.get("reuse", 0.0)
    if reuse >= 0.999:
        return "the same sentence, word for word"
    return "the same sentence, edited" if reuse > 0.0 else ""


def _quote_text(a: Unit, b: Unit, features: Mapping[str, float]) -> str:
    same_words = max(features.get("quotes", 0.0), features.get("quote_run", 0.0)) >= 0.5
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
            if x.type in _MEASURED or y.type in _MEASURED or not x.same_head(y):
                continue
            frames = x.frames & y.frames
            if frames not in words:
                words[frames] = _shared_act(a, b, frames)
            event = words[frames]
            thing = "people" if x.head == "people" else _surface(a, x.head)
            text = f"both count {thing} {event}".strip()
            if len(text) > len(best):
                best = text
    if best:
        return best
    for x in a.counts:
        for y in b.counts:
            if x.type == y.type and x.unit == y.unit and x.low == y.low and x.high == y.high:
                return _MEASURED.get(x.type, "the same number")
    return ""


def _event_text(a: Unit, b: Unit, weights: Weights) -> str:
    """Say which words tell one event, the same verb or two that mean alike."""
    if a.predicate and a.predicate == b.predicate and _is_verb(a, a.predicate):
        return f"both say “{a.claim.predicate}”"
    best: tuple[float, str, str] | None = None
    ours_left, theirs_left = sorted(a.terms - b.terms), sorted(b.terms - a.terms)
    sets = {number: term for term in reversed(theirs_left) for number in synonym_sets(term)}
    for term in ours_left:
        for number in sorted(synonym_sets(term) & sets.keys()):
            if term not in a.names and sets[number] not in b.names:
                worth = min(weights.both.get(term, 1.0), weights.both.get(sets[number], 1.0))
                if best is None or worth > best[0]:
                    best = (worth, term, sets[number])
    # Two common words that may mean alike prove nothing to a reader.
    if best is None or best[0] < _LEAST_WORTH:
        return ""
    return f"“{_surface(a, best[1])}” and “{_surface(b, best[2])}” mean alike"


def _is_verb(unit: Unit, term: str) -> bool:
    return any(
        word.pos == "VERB" and term in (stem(word.lemma or word.text), stem(word.text))
        for word in unit.claim.words
    )


def _names_text(a: Unit, b: Unit) -> str:
    """Return the whole names both claims have; part of a name is not a name."""
    found = _shared_names(a, b, kinds=_PARTICIPANTS)
    return f"both name {_listed(found[:_MOST_NAMES])}" if found else ""


def _place_text(a: Unit, b: Unit) -> str:
    """Return the places both claims name; "both in" would say more than is known."""
    found = _shared_names(a, b, kinds=_PLACES)
    # A country stands in most claims of a story about it, and says the least.
    found = [name for name in found if not _is_initials(name)]
    return f"both name {_listed(found[:_MOST_NAMES])}" if found else ""


def _shared_names(a: Unit, b: Unit, *, kinds: frozenset[str]) -> list[str]:
    """Return the fullest forms of names in both claims, longest first, none inside another."""
    theirs = {mention.canonical.lower() for mention in b.claim.mentions}
    found: list[str] = []
    for mention in a.claim.mentions:
        name = " ".join(mention.canonical.split())
        if mention.kind in kinds and name[:1].isupper() and name.lower() in theirs:
            found.append(_without_possessive(name))
    ordered = sorted(dict.fromkeys(found), key=lambda name: (-len(name.split()), name))
    kept: list[str] = []
    for name in ordered:
        if not any(name in other for other in kept):
            kept.append(name)
    return kept


def _without_possessive(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s").strip(" ,;:")


def _is_initials(name: str) -> bool:
    return len(name.replace(".", "")) <= 2


def _listed(names: list[str]) -> str:
    return " and ".join(names)


def _words_text(a: Unit, b: Unit, weights: Weights) -> str:
    """Return the rarest words both claims use, in the order of the first claim."""
    shared = (a.terms & b.terms) - a.names - b.names
    rarest = sorted(shared, key=lambda term: (-weights.both.get(term, 1.0), term))[:_MOST_WORDS]
    telling = {term for term in rarest if weights.both.get(term, 1.0) >= _LEAST_WORTH}
    words = list(
        dict.fromkeys(
            word.text
            for word in (a.claim.words if telling else ())
            if content_stem(word.pos, word.lemma, word.text) in telling
        )
    )
    if not words:
        return ""
    return f"share the word{'s' if len(words) > 1 else ''} {', '.join(words[:_MOST_WORDS])}"


def _meaning_text(a: Unit, b: Unit, weights: Weights) -> str:
    """Return the two words nearest in meaning, rare ones first; none of them a name."""
    mine, theirs = (
        sorted(
            term for term in unit.terms - unit.names if weights.both.get(term, 1.0) >= _LEAST_WORTH
        )
        for unit in (a, b)
    )
    if not mine or not theirs:
        return ""
    near = meaning_vectors(mine) @ meaning_vectors(theirs).T
    place = int(near.argmax())
    x, y = mine[place // len(theirs)], theirs[place % len(theirs)]
    if x == y or near.max() < _ALIKE:
        return ""
    return f"words alike in meaning: {_surface(a, x)}, {_surface(b, y)}"


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


def _shared_act(a: Unit, b: Unit, frames: frozenset[str]) -> str:
    """Return what was done to the counted things, as a participle where a claim has one."""
    for unit in (a, b):
        for word in unit.claim.words:
            if (
                word.pos == "VERB"
                and word.text.lower().endswith(("ed", "en"))
                and not frames.isdisjoint(find_frames([stem(word.lemma or word.text)]))
            ):
                return word.text.lower()
    return ""
