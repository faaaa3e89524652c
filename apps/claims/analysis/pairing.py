"""What two claims have in common, as named numbers from 0 to 1.

The same numbers feed the scorer (weights learned offline) and the reasons a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from apps.claims.analysis.paraphrases import NO_PARAPHRASE, PARAPHRASE_FEATURES
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.units import Unit, Weights, total

# Order of the columns; the weights file names them, so the order may change freely.
FEATURES = (
    "term_cosine",
    "term_covered",
    "general_cosine",
    "general_covered",
    "rarest_term",
    "soft_covered",
    "soft_share",
    "synonyms",
    "rarest_synonym",
    "bigrams",
    "near_words",
    "near_covered",
    "frames",
    "frames_covered",
    "names",
    "names_covered",
    "names_differ",
    "places",
    "predicate",
    "predicate_frame",
    "subject",
    "object",
    "roles_cross",
    "same_number",
    "same_large_number",
    "large_number_near",
    "numbers_near",
    "same_head",
    "counted_event",
    "head_numbers_meet",
    "head_numbers_differ",
    "same_unit",
    "both_count",
    "numbers_one_sided",
    "same_day",
    "days_differ",
    "both_clock",
    "quotes",
    "quote_run",
    "quote_one_sided",
    "speaker",
    "speakers_differ",
    "reuse",
    "context",
    "both_lead",
    "one_lead",
    "both_headline",
    "depth_gap",
    "length_ratio",
    "short",
    "articles",
    *PARAPHRASE_FEATURES,
)

# A synonym proves less than the word itself.
_SYNONYM_SHARE = 0.8
# Numbers this near may be one number, rounded.
_NEARLY = 0.9
# Types whose unit says what is measured even where no noun does.
_UNIT_TYPES = frozenset({"money", "percent", "measure", "rate", "age"})


class Common:
    """Sums that belong to one unit, kept so that a pair costs only its intersection."""

    __slots__ = (
        "context",
        "frame",
        "general",
        "gram",
        "name",
        "norm",
        "norm_general",
        "norm_gram",
        "term",
    )

    def __init__(self, unit: Unit, weights: Weights) -> None:
        self.term = total(weights.both, unit.terms) or 1e-9
        self.general = total(weights.general, unit.terms) or 1e-9
        self.gram = total(weights.gram, unit.grams) or 1e-9
        self.context = total(weights.both, unit.context) or 1e-9
        self.frame = total(weights.frame, unit.frames) or 1e-9
        self.name = total(weights.term, unit.names) or 1e-9
        self.norm = sqrt(sum([weights.both.get(t, 1.0) ** 2 for t in unit.terms])) or 1e-9
        self.norm_general = (
            sqrt(sum([weights.general.get(t, 1.0) ** 2 for t in unit.terms])) or 1e-9
        )
        self.norm_gram = sqrt(sum([weights.gram.get(g, 1.0) ** 2 for g in unit.grams])) or 1e-9


def compare_units(
    a: Unit,
    b: Unit,
    weights: Weights,
    common: Mapping[str, Common],
    *,
    articles: float = 1.0,
    reuse: float = 0.0,
    paraphrase: Sequence[float] = NO_PARAPHRASE,
) -> list[float]:
    """Return the numbers of ``FEATURES`` for the pair; symmetric in *a* and *b*.

    *articles* is how alike the two articles are, *reuse* how much one sentence is a copy
    of the other, both 0 to 1. *paraphrase* are the numbers of ``PARAPHRASE_FEATURES``,
    *common* holds the sums of both claims by claim id.
    """
    ca, cb = common[a.claim.id], common[b.claim.id]
    terms = a.terms & b.terms
    both = [weights.both[t] for t in terms]
    general = [weights.general[t] for t in terms]
    shared = sum(both)
    shared_general = sum(general)
    soft, rarest_synonym = _synonym_weight(a, b, terms, weights)
    grams = [weights.gram[g] for g in a.grams & b.grams]
    shared_grams = sum(grams)
    shared_frames = total(weights.frame, a.frames & b.frames)
    names = a.names & b.names
    shared_names = total(weights.term, names)
    bigrams = len(a.bigrams & b.bigrams)
    meets = differs = same_value = counted_event = same_unit = large = large_near = False
    near = 0.0
    for x in a.counts:
        for y in b.counts:
            if x.low == y.low and x.high == y.high and x.low is not None and x.unit == y.unit:
                same_value = True
                large = large or x.is_telling()
            if x.type == y.type and (x.unit == y.unit or not x.unit or not y.unit):
                nearness = x.nearness(y)
                near = max(near, nearness)
                large_near = large_near or (
                    nearness >= _NEARLY and x.is_telling() and y.is_telling()
                )
            if x.unit == y.unit and x.type == y.type and x.type in _UNIT_TYPES:
                same_unit = True
            if x.same_head(y):
                counted_event = counted_event or not x.frames.isdisjoint(y.frames)
                if x.meets(y):
                    meets = True
                else:
                    differs = True
    quotes = a.quoted & b.quoted
    least_quoted = min(len(a.quoted), len(b.quoted))
    la, lb = len(a.terms) or 1, len(b.terms) or 1
    return [
        sum([w * w for w in both]) / (ca.norm * cb.norm),
        shared / min(ca.term, cb.term),
        sum([w * w for w in general]) / (ca.norm_general * cb.norm_general),
        shared_general / min(ca.general, cb.general),
        max(both, default=0.0),
        (shared + soft) / min(ca.term, cb.term),
        (shared + soft) / max(ca.term, cb.term),
        min(1.0, soft / 2.0),
        rarest_synonym,
        min(1.0, bigrams / 3.0),
        sum([w * w for w in grams]) / (ca.norm_gram * cb.norm_gram),
        shared_grams / min(ca.gram, cb.gram),
        shared_frames / (ca.frame + cb.frame - shared_frames),
        shared_frames / min(ca.frame, cb.frame) if a.frames and b.frames else 0.0,
        min(1.0, shared_names / 2.0),
        shared_names / min(ca.name, cb.name) if a.names and b.names else 0.0,
        float(bool(a.names) and bool(b.names) and not names),
        float(not a.places.isdisjoint(b.places)),
        float(bool(a.predicate) and a.predicate == b.predicate),
        float(a.predicate != b.predicate and not a.predicate_frames.isdisjoint(b.predicate_frames)),
        float(bool(a.subject) and a.subject == b.subject),
        float(bool(a.object) and a.object == b.object),
        float(
            (bool(a.subject) and (a.subject == b.object))
            or (bool(a.object) and a.object == b.subject)
        ),
        float(same_value),
        float(large),
        float(large_near),
        near,
        float(not a.heads.isdisjoint(b.heads)),
        float(counted_event),
        float(meets),
        float(differs and not meets),
        float(same_unit),
        float(bool(a.counts) and bool(b.counts)),
        float(bool(a.counts) != bool(b.counts)),
        float(days_meet(a.days, b.days)),
        float(bool(a.days) and bool(b.days) and not days_meet(a.days, b.days)),
        float(a.clock and b.clock),
        len(quotes) / least_quoted if least_quoted >= 2 else 0.0,
        len(a.quote_runs & b.quote_runs) / min(len(a.quote_runs), len(b.quote_runs))
        if a.quote_runs and b.quote_runs
        else 0.0,
        float((len(a.quoted) >= 2) != (len(b.quoted) >= 2)),
        float(not a.speaker.isdisjoint(b.speaker)),
        float(bool(a.speaker) and bool(b.speaker) and a.speaker.isdisjoint(b.speaker)),
        reuse,
        total(weights.both, a.context & b.context) / max(ca.context, cb.context),
        float(a.lead and b.lead),
        float(a.lead != b.lead),
        float(a.headline and b.headline),
        abs(a.depth - b.depth),
        min(la, lb) / max(la, lb),
        1.0 / min(la, lb),
        articles,
        *paraphrase,
    ]


def _synonym_weight(
    a: Unit, b: Unit, shared: frozenset[str], weights: Weights
) -> tuple[float, float]:
    """Return the summed and the greatest weight of words matched by a synonym, not by themselves."""
    if a.synonyms.isdisjoint(b.synonyms):
        return 0.0, 0.0
    found: list[float] = []
    a_rest, b_rest = a.terms - shared, b.terms - shared
    # Of several words of one set the heaviest counts, whatever order a set is walked in.
    heaviest_last = sorted(b_rest, key=lambda term: (weights.both[term], term))
    b_sets = {number: term for term in heaviest_last for number in synonym_sets(term)}
    for term in sorted(a_rest):
        best = 0.0
        for number in synonym_sets(term):
            other = b_sets.get(number)
            if other is not None:
                value = min(weights.both[term], weights.both[other], weights.synonym[number])
                best = max(best, value)
        if best:
            found.append(_SYNONYM_SHARE * best)
    return sum(found), max(found, default=0.0)


def days_meet(a: Iterable[str], b: Iterable[str]) -> bool:
    """Say whether some date of *a* can be the same day as one of *b*.

    A coarser date holds a finer one (2025-03 and 2025-03-15), a range its days.
    """
    return any(_day_meets(x, y) for x in a for y in b)


def _day_meets(x: str, y: str) -> bool:
    x_first, x_last = _bounds(x)
    y_first, y_last = _bounds(y)
    return x_first <= y_last and y_first <= x_last


def _bounds(iso: str) -> tuple[str, str]:
    """Return first and last day as text that sorts; *iso* may be coarse or a range."""
    first, _, last = iso.partition("/")
    last = last or first
    return (
        first[:10] + "-01-01"[len(first) - 10 :] if len(first) < 10 else first[:10],
        last[:10] + "-12-31"[len(last) - 10 :] if len(last) < 10 else last[:10],
    )
