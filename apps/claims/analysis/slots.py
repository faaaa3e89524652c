"""Which numbers of two claims answer the same question: the gate before any comparison.

A conflict is only ever called between numbers that count the same thing, of the same
event, at the same time. Whatever is not clearly so is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from apps.articles.text.spans import Span
from apps.claims.analysis.episodes import past_year_of
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.intervals import can_both_be_true, is_change
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.types import ClaimDraft, QuantityDraft, QuantityType
from apps.claims.analysis.word_lists import groups_by_word, word_groups, word_set
from apps.claims.analysis.wording import Token, find_phrase

# How far from a number, in words, an event word still tells what the number counts.
_REACH = 12
_NEAR = 7
SAME_SLOT = 3.0
# What claims of different rows need: more, since nothing else says they belong together.
ACROSS_ROWS = 3.5
# Less is enough where nothing is called a conflict.
COMPATIBLE_SLOT = 2.5
# "Of the injured, 15 …", "Among them, two …": the number is a part of what follows.
_PART_LEADS = frozenset({"of", "among"})
_TOLLS = frozenset({"dying", "injury", "missing", "trapped", "presence", "evacuation"})
_SCALES = frozenset(
    {"hundred", "thousand", "million", "billion", "trillion", "percent", "dollars", "cents"}
)
# Measured things that need no noun beside them to be one slot.
_UNIT_TYPES = frozenset({QuantityType.MONEY, QuantityType.PERCENT, QuantityType.MEASURE})


@dataclass(frozen=True, slots=True)
class NumberUse:
    """A quantity with what its sentence says about it.

    *nouns* are stems of the counted noun phrase, *head* its last; *classes* are what kind
    of thing that is (people, home, post …); *event* the frames of the nearest event word;
    *near* the stems close by; *years* the past years beside the number; *scope* words that
    widen or narrow what is counted ("combined", "across the border"); *past* the year of
    the earlier affair the sentence tells of, "" for the news itself.
    """

    claim: ClaimDraft
    quantity: QuantityDraft
    head: str
    nouns: frozenset[str]
    classes: frozenset[str]
    event: frozenset[str]
    near: frozenset[str]
    scope: str
    years: frozenset[str]
    past: str = ""

    @property
    def span(self) -> Span:
        return self.quantity.span


@dataclass(frozen=True, slots=True)
class SlotMatch:
    """How far two numbers answer one question; *score* below ``SAME_SLOT`` is no match.

    *scope* says why they may differ without a conflict, "" when nothing says so. *weakest*
    names what the match rests on least.
    """

    a: NumberUse
    b: NumberUse
    score: float
    scope: str = ""
    weakest: str = ""


@lru_cache(maxsize=4096)
def classes_of(noun: str) -> frozenset[str]:
    """Return what kinds of thing *noun* (a lower-case word or lemma) counts."""
    classes = groups_by_word("counted_things")
    return (
        classes.get(noun)
        or classes.get(noun.removesuffix("s"))
        or classes.get(noun.removesuffix("es"))
        or frozenset()
    )


def number_uses(index: StoryIndex, claim: ClaimDraft) -> list[NumberUse]:
    """Return the numbers of *claim* with their surroundings.

    Ordinals, ages and numbers that are part of a name ("Road 9") are left out.
    """
    tokens = index.tokens(claim)
    uses: list[NumberUse] = []
    past = past_year_of(index, index.sentence(claim))
    for quantity in claim.quantities:
        if quantity.type is QuantityType.ORDINAL or _counts_nothing(tokens, quantity):
            continue
        if quantity.low is None and quantity.high is None:
            continue
        use = _use(claim, quantity, tokens, _years_beside(index, claim, quantity))
        uses.append(replace(use, past=past))
    return uses


def _counts_nothing(tokens: tuple[Token, ...], quantity: QuantityDraft) -> bool:
    """Whether a bare number is an age after a name ("Ada Holm, 74, said") or part of a name."""
    if quantity.type is not QuantityType.CARDINAL or quantity.counted or quantity.unit:
        return False
    at = next((i for i, token in enumerate(tokens) if token.start >= quantity.span.start), 0)
    if not at or not quantity.text.strip().isdigit():
        return False
    before = tokens[at - 1]
    gap = quantity.span.start - before.end
    follows = tokens[at + 1].start - quantity.span.end if at + 1 < len(tokens) else 9
    named = before.name or before.pos == "PROPN"
    return (named and (gap == 1 or follows > 1)) or before.key == "aged"


def _years_beside(
    index: StoryIndex, claim: ClaimDraft, quantity: QuantityDraft
) -> frozenset[str]:
    """Return the past years said of one number: no other number stands between them."""
    now = index.year(claim.article)
    years: set[str] = set()
    for date in claim.dates:
        if not date.iso[:4].isdigit() or (now is not None and int(date.iso[:4]) >= now):
            continue
        low, high = sorted((date.span, quantity.span), key=lambda span: span.start)
        between = any(
            low.end <= other.span.start < high.start and other is not quantity
            for other in claim.quantities
        )
        if not between:
            years.add(date.iso[:4])
    return frozenset(years)


def _use(
    claim: ClaimDraft, quantity: QuantityDraft, tokens: tuple[Token, ...], years: frozenset[str]
) -> NumberUse:
    at = [i for i, token in enumerate(tokens) if quantity.span.overlaps(token.span)]
    first, last = (at[0], at[-1]) if at else (0, 0)
    counted = [word.lower().strip(".,") for word in quantity.counted.split()]
    head = (quantity.head or (counted[-1] if counted else "")).lower()
    if not head and quantity.type is QuantityType.CARDINAL:
        head = _noun_after(tokens, last)
    if any(
        token.pos == "VERB" and token.start >= quantity.span.end
        for token in _up_to(tokens, last, head)
    ):
        counted, head = [], ""
    words = [word for word in (*counted, head) if word]
    near = frozenset(
        token.stem
        for i, token in enumerate(tokens)
        if token.content and abs(i - (first if i < first else last)) <= _NEAR and not first <= i <= last
        and token.key[:1].isalpha()
        and token.key not in _SCALES
    )  # fmt: skip
    classes = frozenset().union(*(classes_of(word) for word in words[-2:]))
    if quantity.unit == "people":
        classes |= {"people"}
    if _is_magnitude(quantity, tokens, first):
        quantity = replace(quantity, type=QuantityType.MEASURE, unit="magnitude")
    if tokens[0].key in _PART_LEADS and not quantity.part_of:
        quantity = replace(quantity, part_of=True)
    event = _event(tokens, first, last)
    if event & _TOLLS and not classes and not counted:
        classes = frozenset({"people"})
    return NumberUse(
        claim=claim,
        quantity=quantity,
        head=root(head) if head else "",
        nouns=frozenset(root(word) for word in words if word not in word_set("function_words")),
        classes=classes,
        event=event,
        near=near,
        scope=_scope(tokens, first, last),
        years=years,
    )


def _up_to(tokens: tuple[Token, ...], last: int, head: str) -> tuple[Token, ...]:
    """Return the words between a number and the noun it is said to count.

    "Two dozen more needed treatment" counts no treatment: a verb stands between.
    """
    for i in range(last + 1, min(len(tokens), last + 6)):
        if head and head in {tokens[i].key, tokens[i].lemma}:
            return tokens[last + 1 : i]
    return ()


def _is_magnitude(quantity: QuantityDraft, tokens: tuple[Token, ...], first: int) -> bool:
    """Whether a bare number like 6.1 is the strength of a quake ("a shock put at 6.1")."""
    value = quantity.low
    if (
        quantity.type is not QuantityType.CARDINAL
        or quantity.counted
        or value is None
        or value != quantity.high
    ):
        return False
    if not 3 <= value < 10 or value == value.to_integral_value():
        return False
    lead = [token.lemma or token.key for token in tokens[max(0, first - 5) : first]]
    quake = any("earthquake" in frames_of_stem(root(word)) for word in lead)
    return quake and find_phrase(lead, ("at", "measure", "measuring", "register", "of")) is not None


def _noun_after(tokens: tuple[Token, ...], last: int) -> str:
    """Return the noun a bare number stands before, "" when another word comes first."""
    for token in tokens[last + 1 : last + 5]:
        if token.pos in {"NOUN", "PROPN"} or classes_of(token.key):
            return token.key
        if token.pos not in {"ADJ", "NOUN", "PROPN"}:
            return ""
    return ""


def _event(tokens: tuple[Token, ...], first: int, last: int) -> frozenset[str]:
    """Return the frames of the event word nearest to the number, of the earlier on a tie."""
    keys = [token.key for token in tokens]
    lemmas = [root(token.lemma or token.key) for token in tokens]
    for question, phrases in word_groups("count_questions").items():
        place = find_phrase(keys[max(0, first - _NEAR) : last + _REACH], phrases)
        if place is not None:
            return frozenset({question})
    best: tuple[int, int] | None = None
    found: frozenset[str] = frozenset()
    # Only events that come with a count; every frame would tie a number to its setting.
    counted_events = word_set("counted_events")
    for i, token in enumerate(tokens):
        if first <= i <= last:
            continue
        frames = frames_of_stem(lemmas[i]) | frames_of_stem(root(token.key))
        if token.name and token.pos == "PROPN":
            continue
        frames &= counted_events
        if not frames:
            continue
        distance = first - i if i < first else i - last
        if distance > _REACH:
            continue
        key = (distance, 0 if i > last else 1)
        if best is None or key < best:
            best, found = key, frames
    return found


def _scope(tokens: tuple[Token, ...], first: int, last: int) -> str:
    start = max(0, first - 8)
    keys = [token.key for token in tokens[start : last + 8]]
    place = find_phrase(keys, word_set("scope_words"))
    return " ".join(keys[place[0] : place[1]]) if place else ""


def match_slots(
    index: StoryIndex, a: NumberUse, b: NumberUse, *, in_one_row: bool, copied: bool = False
) -> SlotMatch | None:
    """Return how far *a* and *b* count the same thing, None when they plainly do not.

    *in_one_row* says that alignment put both claims in one row; *copied* that the two
    numbers stand at the same place of a sentence and its copy.
    """
    qa, qb = a.quantity, b.quantity
    if not _same_kind(qa, qb) or _other_time(a, b):
        return None
    score, weakest, scope = 0.0, "", ""
    if copied:
        score += 3.0
    if in_one_row:
        score += 0.5
    shared = len(a.near & b.near)
    if a.event and b.event:
        if a.event & b.event:
            score += 2.0
            # How many died or were hurt is one question for a whole event.
            if a.event & b.event & _TOLLS and "people" in a.classes & b.classes:
                score += 0.5
        elif qa.type is QuantityType.CARDINAL and (
            (a.event | b.event) <= _TOLLS or a.head != b.head or shared < 3
        ):
            return None
    if a.head and a.head == b.head:
        score += 2.0
    elif a.nouns & b.nouns and not (a.classes and b.classes and not a.classes & b.classes):
        score += 1.0
    elif a.classes & b.classes:
        score += 1.0 if a.classes & b.classes <= {"people"} else 2.0
        if not a.event & b.event:
            weakest = "what is counted has different names"
    elif a.classes and b.classes:
        return None
    elif qa.type is QuantityType.CARDINAL and a.head and b.head and not a.event & b.event:
        return None
    elif qa.type is QuantityType.CARDINAL and not a.event & b.event:
        score -= 1.0
        weakest = "only one side names what is counted"
    if qa.unit == "magnitude" and ("aftershock" in a.near) != ("aftershock" in b.near):
        return None
    if qa.type in _UNIT_TYPES and qa.unit and qa.unit == qb.unit:
        score += 3.5 if qa.unit == "magnitude" else 0.5
    score += min(2.0, 0.75 * shared)
    if shared >= 2:
        score += shared / min(len(a.near), len(b.near))
    if _from_same(qa, qb):
        score += 1.0
    if (qa.part_of and b.scope) or (qb.part_of and a.scope):
        return None
    if qa.part_of != qb.part_of and a.head != b.head:
        scope = "one number is a part of a larger group"
        score += 1.0 if in_one_row else 0.0
    elif a.scope != b.scope:
        scope = f"“{a.scope or b.scope}” sets another scope"
    elif a.head and a.head == b.head and _narrower(a, b):
        scope = f"one side counts only {_narrower(a, b)}"
    return SlotMatch(a, b, score, scope, weakest)


def _from_same(a: QuantityDraft, b: QuantityDraft) -> bool:
    """Whether both are changes from one value: "from $2 to $2.75", "from $2 to $2.50"."""
    return is_change(a) and is_change(b) and a.low == b.low


def _narrower(a: NumberUse, b: NumberUse) -> str:
    """Return the words that narrow what only one side counts, "" when none or both do."""
    ours, theirs = _modifiers(a), _modifiers(b)
    if bool(ours) == bool(theirs):
        return ""
    use = a if ours else b
    return use.quantity.counted


def _modifiers(use: NumberUse) -> frozenset[str]:
    words = [word.lower() for word in use.quantity.counted.split()[:-1]]
    loose = word_set("function_words") | {"other", "others", "people"}
    return frozenset(word for word in words if word not in loose and not classes_of(word))


def _same_kind(a: QuantityDraft, b: QuantityDraft) -> bool:
    if a.type is not b.type or _is_share(a) != _is_share(b):
        return False
    if a.type is QuantityType.MEASURE:
        if a.si is not None and b.si is not None:
            return a.si[0] == b.si[0]
        return a.unit == b.unit
    if a.type in (QuantityType.MONEY, QuantityType.RATE):
        return a.unit == b.unit
    return a.type is not QuantityType.AGE


def _is_share(quantity: QuantityDraft) -> bool:
    """Whether the number is a fraction of something ("nearly half of the homes")."""
    return quantity.high is not None and 0 < quantity.high < 1


def _other_time(a: NumberUse, b: NumberUse) -> bool:
    """Whether the numbers are of different affairs, or of different past years.

    A year that only one side names rules out a contradiction, not a less exact telling.
    """
    if a.past != b.past or (a.years and b.years and not a.years & b.years):
        return True
    return a.years != b.years and not can_both_be_true(a.quantity, b.quantity)
