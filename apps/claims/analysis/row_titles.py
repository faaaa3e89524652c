"""What a row is called: a question its readings answer, or words that take nobody's side.

The words are those of one reading. Numbers and dates on which the outlets differ are left out
of them ("How many people were aboard the ferry?"); where one outlet states what another
denies, only alleges or pins on somebody, the title asks whether it is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.types import (
    AttributionKind,
    ClaimDraft,
    DateDraft,
    Polarity,
    QuantityDraft,
    QuantityType,
    StatementKind,
    Voice,
)

MOST_CHARACTERS = 70
# Stands for words that are left out because outlets differ on them.
GAP = "[…]"
_HOW_MANY = "How many"
_OF = " of "
# "Another 212 people": asked for with the number.
_BEFORE_COUNT = frozenset({"", "another", "some", "the", "all"})
_APOSTROPHES = ("'", "’")
# Shorter readings ("Smith said so") name nothing.
_FEWEST_WORDS = 4
# With as much of a reading between quotation marks it is a quotation, and shown as one.
_MOST_QUOTED = 0.95

_LEADING = re.compile(r"^[\W_]+")
_SPACE = re.compile(r"\s+")
# A title may end before these: what follows explains, what stands before it is complete.
# "…, which opened in May"; not the comma of "1,200".
_CLAUSE = re.compile(
    r"(?:[;:]|[,\u2013\u2014](?!\d)|\s(?:who|which|that|where|after|before|while|amid|as|because)\b)"
)
_SHORTEST_CLAUSE = 30
# Words a cut title must not end with.
_DANGLING = frozenset(
    "a an and as at but by during for from her his in into is its nor of on or our over part "
    "such than that the their this to under was were when where which who will with".split()
)
# After these, what stands before the first comma says when or where, not what.
_OPENING = frozenset(
    "after amid as at before by despite during following for from if in on since though under "
    "when while with".split()
)
# What somebody must have read before to know who or what is meant.
_POINTING = frozenset(
    "he her hers here him his it its she that their them then there these they this those we".split()
)
_SELF = re.compile(r"\b(?:I|we|We|my|My|our|Our|us)\b")
# What others do not simply state. A plan is no doubt: it may have come true since.
_DOUBTED = frozenset({Voice.DENIED, Voice.ALLEGED})
# "two" is in everything.
_TRIVIAL = 2
# "six workers", "Seven people": a noun follows that can be asked for.
_COUNTED_NEXT = re.compile(r"^ [^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A claim as a title: *words* on one line, with gaps; *is_question* when it asks."""

    claim: ClaimDraft
    words: str
    is_question: bool
    is_quotation: bool

    @property
    def predicate(self) -> str:
        """The words of the verb, "" where nobody knows or a gap holds them."""
        span, claim = self.claim.predicate_span, self.claim
        if span is None or not claim.span.contains(span):
            return ""
        start = claim.span.start
        words = _SPACE.sub(" ", claim.text[span.start - start : span.end - start])
        return words if words in self.words else ""


def name_row(claims: Sequence[ClaimDraft], central: Sequence[ClaimDraft] = ()) -> str:
    """Return a short name for a row of *claims*, of at most 70 characters and an ending.

    The words are those of one of *central* (all when empty). A reading that begins like a
    sentence comes before a fragment, one that names its subject before one that begins with
    "she" or "this", a fact before an opinion, words of the article before a quotation; of
    several the shortest wins, then the first. What is cut off, at a clause or else at a word,
    is told by "…". "" without claims.
    """
    if not claims:
        return ""
    readings = [_read(claim, claims) for claim in central or claims]
    readings = [reading for reading in readings if reading.words] or readings
    disputed = [
        reading
        for reading in readings
        if _can_be_asked(reading)
        and _is_stated(reading.claim)
        # What is cut off may be just what is disputed.
        and len(_whether(reading)) <= MOST_CHARACTERS
        and _is_disputed(reading, claims)
    ]
    if disputed:
        return _ask(min(disputed, key=_standing))
    best = min(readings, key=_standing)
    title = _shorten(_begin(best.words), best.predicate)
    if best.is_quotation:
        return f"“{title}”"
    if best.is_question:
        return f"{title}?"
    if _says_more_than_it_did(title, best.claim) and _can_be_asked(best):
        return _ask(best)
    return title


def _read(claim: ClaimDraft, claims: Sequence[ClaimDraft]) -> _Reading:
    gaps = sorted(
        [part.span for part in claim.quantities if _is_contested_number(part, claim, claims)]
        + [part.span for part in claim.dates if _is_contested_date(part, claim, claims)]
    )
    words, end = "", claim.span.start
    offset = claim.span.start
    is_question = False
    for gap in gaps:
        if gap.start < end or gap.end > claim.span.end:
            continue
        # "Monday's session" cannot do without the word.
        if claim.text[gap.end - offset :][:1] in _APOSTROPHES:
            continue
        before = claim.text[end - offset : gap.start - offset]
        after = claim.text[gap.end - offset :]
        begins = not words and _clean(before).lower() in _BEFORE_COUNT
        if begins and _is_count_at(gap, claim) and _COUNTED_NEXT.match(after):
            words, is_question = _HOW_MANY, True
            # "Hundreds of Venezuelans": how many Venezuelans.
            if after.startswith(_OF):
                end = gap.end + len(_OF) - 1
                continue
        else:
            words += before + GAP
        end = gap.end
    words = _clean(words + claim.text[end - offset :])
    quoted = sum(len(span) for span in claim.quotes)
    text = _clean(claim.text)
    return _Reading(
        claim,
        words,
        is_question,
        is_quotation=bool(claim.quotes) and quoted >= _MOST_QUOTED * len(text),
    )


def _is_count_at(span: Span, claim: ClaimDraft) -> bool:
    return any(
        part.span == span and part.type == QuantityType.CARDINAL for part in claim.quantities
    )


def _is_contested_number(
    number: QuantityDraft, claim: ClaimDraft, claims: Sequence[ClaimDraft]
) -> bool:
    """Whether another article gives such a number and nowhere the same value."""
    said: dict[str, bool] = {}
    for other in claims:
        if other.article != claim.article:
            for part in other.quantities:
                if _are_comparable(number, part) or _stand_alone(number, claim, part, other):
                    is_same = (part.low, part.high) == (number.low, number.high)
                    said[other.article] = said.get(other.article, False) or is_same
    return not all(said.values())


def _are_comparable(a: QuantityDraft, b: QuantityDraft) -> bool:
    if a.type != b.type or a.type == QuantityType.ORDINAL:
        return False
    return a.unit == b.unit and (bool(a.unit) or a.head == b.head)


def _stand_alone(a: QuantityDraft, claim: ClaimDraft, b: QuantityDraft, other: ClaimDraft) -> bool:
    """Whether both are counts of something, and the only ones of their claims: "38 vacant
    positions", "fewer than 40 slots"."""
    return all(
        part.type == QuantityType.CARDINAL
        and not part.unit
        and sum(one.type == QuantityType.CARDINAL for one in of.quantities) == 1
        for part, of in ((a, claim), (b, other))
    )


def _is_contested_date(date: DateDraft, claim: ClaimDraft, claims: Sequence[ClaimDraft]) -> bool:
    """Whether another article gives a day, month or year and nowhere one that fits."""
    said: dict[str, bool] = {}
    if not date.iso[:1].isdigit() or len(claim.dates) > 1:
        return False
    if any(quote.contains(date.span) for quote in claim.quotes):
        return False
    for other in claims:
        # Of several dates nobody can tell here which answers the question of the row.
        if other.article != claim.article and len(other.dates) == 1:
            for part in other.dates:
                if part.iso[:1].isdigit():
                    # "overnight" is another night in another day's paper, not a difference.
                    fits = part.iso.startswith(date.iso) or date.iso.startswith(part.iso)
                    fits = fits or part.text.lower() == date.text.lower()
                    said[other.article] = said.get(other.article, False) or fits
    return not all(said.values())


def _is_disputed(reading: _Reading, claims: Sequence[ClaimDraft]) -> bool:
    """Whether another article denies what *reading* states, only alleges it, pins it on
    somebody or says it is not so: of the same subject, or with the same number."""
    claim = reading.claim
    return any(
        other.article != claim.article
        and (
            other.voice in _DOUBTED
            or (_is_stated(other) and other.polarity != claim.polarity)
            or (bool(other.attribution.source) and other.predicate == claim.predicate)
        )
        and (
            (bool(claim.subject) and other.subject == claim.subject)
            or any(
                (a.low, a.high, a.unit) == (b.low, b.high, b.unit) and (a.low or 0) > _TRIVIAL
                for a in claim.quantities
                for b in other.quantities
            )
        )
        for other in claims
    )


def _says_more_than_it_did(title: str, claim: ClaimDraft) -> bool:
    """Whether *title* states plainly what the article pins on somebody."""
    return bool(claim.attribution.source) and claim.attribution.source not in title


def _is_stated(claim: ClaimDraft) -> bool:
    return claim.voice == Voice.STATED and claim.attribution.kind == AttributionKind.NONE


def _can_be_asked(reading: _Reading) -> bool:
    """Whether "whether" can stand before it: a whole sentence that begins with its subject."""
    claim = reading.claim
    return (
        claim.polarity == Polarity.POSITIVE
        and claim.role == Role.BODY
        and claim.form in ("sentence", "clause", "content")
        and claim.subject_span is not None
        and claim.subject_span.start == claim.span.start
        and bool(reading.predicate)
        and reading.predicate in _shorten(reading.words, reading.predicate)
        and not claim.quotes
        and not reading.is_question
        and _weakness(reading.words) == 0
        and not reading.words.endswith("?")
        and " whether " not in reading.words
    )


def _ask(reading: _Reading) -> str:
    return f"{_shorten(_whether(reading), reading.predicate)}?"


def _whether(reading: _Reading) -> str:
    first = next(iter(reading.claim.words), None)
    words = reading.words
    if (
        (first is not None and first.ent and first.pos == "PROPN")
        or words.startswith("I ")
        or (words[:2].isalpha() and words[:2].isupper())
    ):
        return f"Whether {words}"
    return f"Whether {words[:1].lower()}{words[1:]}"


def _standing(reading: _Reading) -> tuple[int, int, int]:
    weak = _weakness(reading.words)
    if reading.claim.kind == StatementKind.EVALUATION:
        weak += 2
    if reading.claim.quotes or reading.words.endswith("?"):
        weak += 1
    if reading.claim.role == Role.HEADLINE:
        weak += 1
    if reading.predicate and reading.predicate not in _shorten(reading.words, reading.predicate):
        weak += 1
    if _SELF.search(reading.words):
        weak += 1
    return weak, reading.words.count(GAP), len(reading.words)


def _clean(words: str) -> str:
    """Return *words* on one line, without bullets and quotation marks around them."""
    line = _SPACE.sub(" ", words).strip()
    if not line.startswith(GAP):
        line = _LEADING.sub("", line) if not line[:1].isalnum() else line
    if line.count("”") > line.count("“") or line.count('"') % 2:
        line = line.replace("”", "", 1) if "”" in line else line.replace('"', "", 1)
    return line.rstrip(" .,;:\u2013\u2014-")


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]


def _weakness(words: str) -> int:
    """Return how badly *words* stand alone: 0 well, 3 not at all."""
    first = words.split(" ", 1)[0]
    if words.count(" ") + 1 < _FEWEST_WORDS:
        return 3
    if first[:1].islower():
        return 2
    return int(first.lower() in _POINTING)


def _shorten(words: str, predicate: str = "") -> str:
    """Cut *words* at a clause, behind the verb where that is possible, or else at a word."""
    if len(words) <= MOST_CHARACTERS:
        return words
    verb = words.find(predicate) + len(predicate) if predicate else 0
    ends = [
        match.start()
        for match in _CLAUSE.finditer(words, _SHORTEST_CLAUSE, MOST_CHARACTERS + 1)
        if verb <= match.start() <= MOST_CHARACTERS
    ]
    if ends and words.split(" ", 1)[0].lower() not in _OPENING:
        kept = words[: ends[-1]].split(" ")
        while len(kept) > _FEWEST_WORDS and kept[-1].lower() in _DANGLING:
            kept.pop()
        return " ".join(kept).rstrip(" ,;:\u2013\u2014") + "…"
    kept = words[:MOST_CHARACTERS].split(" ")
    if len(kept) > 1:
        kept.pop()
    while len(kept) > 1 and kept[-1].lower().rstrip(",;:") in _DANGLING:
        kept.pop()
    return " ".join(kept).rstrip(" ,;:\u2013\u2014") + "…"


def most_central(nearness: Iterable[tuple[ClaimDraft, float]]) -> list[ClaimDraft]:
    """Return the half of a row nearest to the rest of it, at least two, in their order."""
    ranked = list(nearness)
    wanted = max(2, (len(ranked) + 1) // 2)
    nearest = sorted(range(len(ranked)), key=lambda i: (-ranked[i][1], i))[:wanted]
    return [ranked[i][0] for i in sorted(nearest)]
