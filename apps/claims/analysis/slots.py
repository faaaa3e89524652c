"""Which numbers of two claims answer the same question: the gate before any comparison.

A conflict is only ever called between numbers that count the same thing, of the same
event, at the same time. Whatever is not clearly so is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from apps.articles.text.spans import Span
from apps.claims.analysis.background import past_year_of
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.intervals import can_both_be_true, is_change, reading
from apps.claims.analysis.lone_periods import find_lone_periods
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.types import ClaimDraft, QuantityDraft, QuantityType
from apps.claims.analysis.word_lists import groups_by_word, word_groups, word_set
from apps.claims.analysis.wording import Token, find_phrase

# How far from a number, in words, an event word still tells what the number counts.
_REACH = 12
_NEAR = 7
_ACROSS_COMMA = 2
# A claim with more numbers is a table or a text without full stops.
_MOST_NUMBERS = 40
# Sums, shares and measures have no noun of their own: their subject may stand further off.
_WIDE = 10
SAME_SLOT = 3.0
# "Of the injured, 15 …", "Among them, two …": the number is a part of what follows.
_PART_LEADS = frozenset({"of", "among"})
# "Two lives" are lost, taken, claimed.
_LIVES = frozenset({"life", "lives"})
_SPENT = frozenset(root(word) for word in ("lose", "take", "claim", "cost", "end"))
# Words of too many meanings to say by themselves what a number counts.
_UNSURE_EVENTS = frozenset(
    {"held", "hold", "book", "books", "lost", "lose", "catch", "caught", "free", "recover"}
)
_ASKED = frozenset(root(word) for word in ("want", "seek", "ask", "demand", "offer", "request"))
_THEM = frozenset({"them", "those", "these", "whom", "us"})
# What stands between a number and the verb it is the subject of.
_AUXILIARIES = frozenset(
    "was were is are be been being has have had also later still already now so far".split()
)
# Matches "the worst since 1974, when " before "41 people died".
_WHEN = re.compile(r"\b((?:1[5-9]|20)\d\d),?\s+when\b[^.;:!?]*$")
_WHEN_REACH = 90
_JOINTS = frozenset({" ", ", ", " and ", ", and "})
_PART = "one number is a part of a larger group"
_DASHES = frozenset({"-", "–"})
_ONE_AS_PRONOUN = frozenset({"for", "another", "by"})
_OWNED = frozenset({"our", "my", "his", "her", "its", "their", "your"})
_PERIODS = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})
_TOLLS = frozenset({"dying", "injury", "missing", "trapped", "presence", "evacuation"})
_SCALES = frozenset(
    {"hundred", "thousand", "million", "billion", "trillion", "percent", "dollars", "cents"}
)
# Heads that say no more of whom is counted than that they are people.
_ANYONE = frozenset(root(word) for word in ("people", "person", "man", "woman", "individual"))
# Measured things that need no noun beside them to be one slot.
_UNIT_TYPES = frozenset({QuantityType.MONEY, QuantityType.PERCENT, QuantityType.MEASURE})


@dataclass(frozen=True, slots=True)
class Idea:
    """A word beside a number with what may stand for it: synonym sets, frames of an event."""

    stem: str
    synonyms: frozenset[int]
    frames: frozenset[str]

    def likeness(self, other: Idea) -> float:
        """Return 1 for one word, less for a synonym, least for two words of one frame."""
        if self.stem == other.stem:
            return 1.0
        if self.synonyms & other.synonyms:
            return 0.8
        return 0.5 if self.frames & other.frames else 0.0


@dataclass(frozen=True, slots=True)
class NumberUse:
    """A quantity with what its sentence says about it.

    *nouns* are stems of the counted noun phrase, *head* its last; *classes* are what kind
    of thing that is (people, home, post …); *event* the frames of the nearest event word;
    *near* the stems close by, *ideas* those
    with their synonyms and frames, *wide* the same over the whole sentence; *years* the past years beside the number; *scope* words that
    widen or narrow what is counted ("combined", "across the border"); *per* the period of a rate; *past* the year of
    the earlier affair the sentence tells of, "" for the news itself.
    """

    claim: ClaimDraft
    quantity: QuantityDraft
    head: str
    nouns: frozenset[str]
    classes: frozenset[str]
    event: frozenset[str]
    near: frozenset[str]
    ideas: tuple[Idea, ...]
    wide: tuple[Idea, ...]
    scope: str
    years: frozenset[str]
    per: str = ""
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
    text = index.articles[claim.article].text
    view = index.sentence(claim)
    past = past_year_of(index, view)
    lone = [
        period for period in find_lone_periods(text, claim.span)
        if not any(period.span.overlaps(other.span) for other in claim.quantities if other.counted)
    ]  # fmt: skip
    for quantity in [*_joined(text, claim.quantities[:_MOST_NUMBERS]), *lone]:
        if quantity.type is QuantityType.ORDINAL or _counts_nothing(text, tokens, quantity):
            continue
        if quantity.low is None and quantity.high is None:
            continue
        use = _use(text, claim, quantity, tokens, _years_beside(index, claim, quantity))
        if quantity.type in _UNIT_TYPES and view is not None:
            use = replace(use, wide=ideas_of(_beside(view.tokens, quantity, _WIDE)))
        uses.append(replace(use, past=past))
    return uses


def single_people(index: StoryIndex, claim: ClaimDraft) -> list[NumberUse]:
    """Return one for each person told by age to have died, been hurt or gone missing."""
    tokens = index.tokens(claim)
    text = index.articles[claim.article].text
    past = past_year_of(index, index.sentence(claim))
    uses: list[NumberUse] = []
    for quantity in claim.quantities:
        if quantity.type is QuantityType.AGE and quantity.head:
            one = replace(
                quantity,
                type=QuantityType.CARDINAL,
                low=Decimal(1),
                high=Decimal(1),
                unit="people",
                si=None,
            )
            use = _use(text, claim, one, tokens, frozenset())
            if use.event & _TOLLS and "people" in use.classes:
                uses.append(replace(use, past=past))
    return uses


def _joined(text: str, quantities: tuple[QuantityDraft, ...]) -> list[QuantityDraft]:
    """Return *quantities* with "four years and six months" made one."""
    joined: list[QuantityDraft] = []
    for quantity in quantities:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.type is quantity.type is QuantityType.MEASURE
            and _base(last)[0] == _base(quantity)[0]
            and last.unit != quantity.unit
            and text[last.span.end : quantity.span.start] in _JOINTS
        ):
            joined[-1] = _sum(text, last, quantity)
        else:
            joined.append(quantity)
    return joined


def _base(quantity: QuantityDraft) -> tuple[str, Decimal | None, Decimal | None]:
    """Return a measure in the unit others of its dimension are converted to."""
    return quantity.si or (quantity.unit, quantity.low, quantity.high)


def _sum(text: str, a: QuantityDraft, b: QuantityDraft) -> QuantityDraft:
    span = Span(a.span.start, b.span.end)
    first, second = _base(a), _base(b)
    low = None if first[1] is None or second[1] is None else first[1] + second[1]
    high = None if first[2] is None or second[2] is None else first[2] + second[2]
    return replace(a, span=span, text=span.of(text), si=(first[0], low, high))


def _counts_nothing(text: str, tokens: tuple[Token, ...], quantity: QuantityDraft) -> bool:
    """Whether a bare number is an age after a name ("Ada Holm, 74, said"), part of a name
    ("Road 9"), of a score ("7-4"), or the "one" of "one for each"."""
    if quantity.type is not QuantityType.CARDINAL or quantity.counted:
        return False
    start, end = quantity.span.start, quantity.span.end
    if text[start - 1 : start] in _DASHES and text[start - 2 : start - 1].isdigit():
        return True
    if text[end : end + 1] in _DASHES and text[end + 1 : end + 2].isdigit():
        return True
    at = next((i for i, token in enumerate(tokens) if token.start >= start), 0)
    after = next((token for token in tokens[at:] if token.start >= end), None)
    if quantity.text.lower() == "one" and after is not None and after.key in _ONE_AS_PRONOUN:
        return True
    if not at or not quantity.text.strip().isdigit():
        return False
    before = tokens[at - 1]
    named = before.name or before.pos == "PROPN"
    alone = start - before.end == 1 or after is None or after.start - end > 1
    return (named and alone) or before.key == "aged"


def _years_beside(index: StoryIndex, claim: ClaimDraft, quantity: QuantityDraft) -> frozenset[str]:
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
    start = quantity.span.start
    told = _WHEN.search(index.articles[claim.article].text[max(0, start - _WHEN_REACH) : start])
    if told is not None and (now is None or int(told[1]) < now):
        years.add(told[1])
    return frozenset(years)


def _use(
    text: str,
    claim: ClaimDraft,
    quantity: QuantityDraft,
    tokens: tuple[Token, ...],
    years: frozenset[str],
) -> NumberUse:
    at = [i for i, token in enumerate(tokens) if quantity.span.overlaps(token.span)]
    first, last = (at[0], at[-1]) if at else (0, 0)
    counted = [word.lower().strip(".,") for word in quantity.counted.split()]
    head = (quantity.head or (counted[-1] if counted else "")).lower()
    if not head and quantity.type is QuantityType.CARDINAL:
        head = _noun_after(tokens, last)
    after = [token.key for token in tokens[last + 1 : last + 3]]
    if any(
        token.pos == "VERB" and token.start >= quantity.span.end
        for token in _up_to(tokens, last, head)
    ) or (after[:1] == ["of"] and set(after[1:]) & _THEM):
        # "Five of them" are counted by what stands elsewhere.
        counted, head = [], ""
    words = [word for word in (*counted, head) if word]
    beside = _beside(tokens, quantity, _NEAR)
    near = frozenset(token.stem for token in beside)
    classes = frozenset().union(*(classes_of(word) for word in words[-2:]))
    if quantity.unit == "people":
        classes |= {"people"}
    if _is_magnitude(quantity, tokens, first):
        quantity = replace(quantity, type=QuantityType.MEASURE, unit="magnitude")
    if tokens[0].key in _PART_LEADS and not quantity.part_of:
        quantity = replace(quantity, part_of=True)
    # "Two of our neighbours died" gives the whole, not a part.
    if quantity.part_of and [token.key for token in tokens[last + 1 : last + 2]] == ["of"]:
        quantity = replace(
            quantity, part_of=tokens[min(last + 2, len(tokens) - 1)].key not in _OWNED
        )
    event = _event(text, tokens, first, last, frozenset(words))
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
        ideas=ideas_of(beside),
        wide=ideas_of(beside),
        scope=_scope(tokens, first, last),
        years=years,
        per=_per(text, tokens, last),
    )


def _per(text: str, tokens: tuple[Token, ...], last: int) -> str:
    """Return the period of a rate: "day" for "4 million a day", "" for a plain number."""
    for i in range(last + 1, min(len(tokens) - 1, last + 5)):
        word = tokens[i + 1].lemma or tokens[i + 1].key
        if tokens[i].key in {"a", "an", "per", "each", "every"} and word in _PERIODS:
            return (
                ""
                if any(mark in text[tokens[last].end : tokens[i].start] for mark in ",;:.")
                else word
            )
    return ""


def _beside(tokens: tuple[Token, ...], quantity: QuantityDraft, reach: int) -> list[Token]:
    """Return the telling words at most *reach* words before or after a number."""
    at = [i for i, token in enumerate(tokens) if quantity.span.overlaps(token.span)] or [0]
    return [
        token for i, token in enumerate(tokens[max(0, at[0] - reach) : at[-1] + reach + 1], max(0, at[0] - reach))
        if token.content and not at[0] <= i <= at[-1]
        and token.key[:1].isalpha() and token.key not in _SCALES
        and token.key not in word_set("calendar_words")
    ]  # fmt: skip


def ideas_of(tokens: list[Token]) -> tuple[Idea, ...]:
    """Return the words of *tokens* with what may stand for them, each once."""
    ideas: dict[str, Idea] = {}
    for token in tokens:
        word = root(token.lemma or token.key)
        frames = frozenset() if token.name else frames_of_stem(word)
        synonyms = frozenset() if token.name else synonym_sets(word)
        ideas.setdefault(word, Idea(word, synonyms, frames))
    return tuple(ideas.values())


def likeness(a: tuple[Idea, ...], b: tuple[Idea, ...]) -> float:
    """Return how many words beside two numbers say the same, synonyms counting less."""
    return min(_found_in(a, b), _found_in(b, a)) if a and b else 0.0


def _found_in(a: tuple[Idea, ...], b: tuple[Idea, ...]) -> float:
    """Return the sum over *a* of the likeness of its nearest counterpart in *b*."""
    stems = {idea.stem for idea in b}
    synonyms = frozenset().union(*[idea.synonyms for idea in b])
    frames = frozenset().union(*[idea.frames for idea in b])
    return sum(
        [
            1.0
            if idea.stem in stems
            else 0.8
            if not idea.synonyms.isdisjoint(synonyms)
            else 0.5
            if not idea.frames.isdisjoint(frames)
            else 0.0
            for idea in a
        ]
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


def _event(
    text: str, tokens: tuple[Token, ...], first: int, last: int, counted: frozenset[str]
) -> frozenset[str]:
    """Return the frames of the event word nearest to the number, of the earlier on a tie."""
    keys = [token.key for token in tokens]
    lemmas = [root(token.lemma or token.key) for token in tokens]
    done = _done_to(tokens, last)
    if done:
        return done
    start = max(0, first - _NEAR)
    commas = [
        i for i in range(start, first) if "," in text[tokens[i].end : tokens[i + 1].start]
    ]  # fmt: skip
    start = commas[-1] + 1 if commas else start
    for question, phrases in word_groups("count_questions").items():
        place = find_phrase(keys[start : last + _REACH], phrases)
        if place is not None:
            return frozenset({question})
    if counted & _LIVES and _SPENT & set(lemmas):
        return frozenset({"dying"})
    best: tuple[int, int] | None = None
    found: frozenset[str] = frozenset()
    # Only events that come with a count; every frame would tie a number to its setting.
    counted_events = word_set("counted_events")
    for i, token in enumerate(tokens):
        if first <= i <= last:
            continue
        frames = frames_of_stem(lemmas[i]) | frames_of_stem(root(token.key))
        if not token.lemma:
            frames |= frames_of_stem(root(token.key.removesuffix("d")))
        if token.name and token.pos == "PROPN":
            continue
        frames &= counted_events
        if not frames or token.key in _UNSURE_EVENTS:
            continue
        # "600 houses" are not sheltered by being houses; "6 dead" are dead.
        if token.key in counted and not frames & _TOLLS:
            continue
        distance = first - i if i < first else i - last
        if distance > _REACH:
            continue
        # "Of the 90 people aboard, 40 were saved": a comma parts what is counted from the rest,
        # an "and" what was said before: "six died and 23 were hurt".
        between = (
            text[token.end : tokens[first].start]
            if i < first
            else text[tokens[last].end : token.start]
        )
        apart = "," in between or (i < first and " and " in between)
        distance += _ACROSS_COMMA if apart else 0
        key = (distance, 0 if i > last else 1)
        if best is None or key < best:
            best, found = key, frames
    return found


def _done_to(tokens: tuple[Token, ...], last: int) -> frozenset[str]:
    """Return the frames of the verb a bare number is the subject of: "118 were rescued"."""
    for token in tokens[last + 1 : last + 5]:
        if token.key in _AUXILIARIES:
            continue
        if token.pos != "VERB":
            return frozenset()
        frames = frames_of_stem(root(token.lemma or token.key)) | frames_of_stem(root(token.key))
        return frames & word_set("counted_events")
    return frozenset()


def _scope(tokens: tuple[Token, ...], first: int, last: int) -> str:
    start = max(0, first - 8)
    keys = [token.key for token in tokens[start : last + 8]]
    place = find_phrase(keys, word_set("scope_words"))
    return " ".join(keys[place[0] : place[1]]) if place else ""


def match_slots(
    index: StoryIndex,
    a: NumberUse,
    b: NumberUse,
    *,
    in_one_row: bool,
    copied: bool = False,
    sole: bool = False,
) -> SlotMatch | None:
    """Return how far *a* and *b* count the same thing, None when they plainly do not.

    *in_one_row* says that alignment put both claims in one row; *copied* that the two
    numbers stand at the same place of a sentence and its copy; *sole* that neither claim
    has another number of the kind.
    """
    qa, qb = a.quantity, b.quantity
    if not _same_kind(qa, qb) or _other_time(a, b) or a.per != b.per:
        return None
    score, weakest = 0.0, ""
    if _is_asked(a) != _is_asked(b) and not can_both_be_true(qa, qb):
        # What one side asks for is mostly not what was agreed or paid.
        score -= 1.5
    if copied:
        score += 3.0
    if in_one_row:
        score += 0.5
        if sole:
            score += 1.0
    near = likeness(a.ideas, b.ideas)
    shared = max(near, likeness(a.wide, b.wide))
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
    elif (
        qa.type is QuantityType.CARDINAL
        and (a.event | b.event) & _TOLLS
        and not (a.head and a.head == b.head and a.head not in _ANYONE)
        and not (in_one_row and not (a.head and b.head))
    ):
        # How many died is never answered by how many work there.
        return None
    if a.head and a.head == b.head:
        score += 1.0 if a.classes == {"people"} and a.head in _ANYONE else 2.0
    elif a.nouns & b.nouns and not (a.classes and b.classes and not a.classes & b.classes):
        score += 1.0
    elif a.classes & b.classes:
        score += 1.0 if a.classes & b.classes <= {"people"} else 2.0
        if not a.event & b.event:
            weakest = "what is counted has different names"
    elif a.event & b.event & {"layoff"} and a.classes | b.classes <= {"people", "post"}:
        # Who loses a job and which job is lost are one count.
        score += 1.0
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
    if _telling_value(qa) and reading(qa) == reading(qb):
        score += 1.5
    if near >= 1.5:
        score += 1.5 * near / min(len(a.ideas), len(b.ideas))
    if _from_same(qa, qb):
        score += 1.0
    if (qa.part_of and b.scope) or (qb.part_of and a.scope):
        return None
    scope = scope_between(index, a, b)
    if scope == _PART and in_one_row:
        score += 1.0
    return SlotMatch(a, b, score, scope, weakest)


def scope_between(index: StoryIndex, a: NumberUse, b: NumberUse) -> str:
    """Return why two numbers may differ without a conflict, "" when nothing says so."""
    if a.quantity.part_of != b.quantity.part_of and (a.head != b.head or not a.head):
        # "Of the 90 aboard, 40 were saved" counts what "40 were saved" counts.
        if not a.claim.predicate or a.claim.predicate != b.claim.predicate:
            return _PART
    if a.scope != b.scope:
        return f"“{a.scope or b.scope}” sets another scope"
    if a.head and a.head == b.head and (narrower := _narrower(index, a, b)):
        return f"one side counts only {narrower}"
    return ""


def can_be_compared(a: QuantityDraft, b: QuantityDraft) -> bool:
    """Whether two numbers are of one type and one unit, whatever they count."""
    return _same_kind(a, b)


def only_people(use: NumberUse) -> bool:
    """Whether what is counted says no more than that they are people."""
    return use.head in _ANYONE


def _telling_value(quantity: QuantityDraft) -> bool:
    """Whether a number is so exact that another of the same value is hardly another number."""
    value = quantity.low
    if value is None or value != quantity.high:
        return False
    return len(str(value.normalize()).replace(".", "").split("E")[0].strip("0")) >= 3


def _is_asked(use: NumberUse) -> bool:
    return use.quantity.type in _UNIT_TYPES and any(idea.stem in _ASKED for idea in use.wide)


def _from_same(a: QuantityDraft, b: QuantityDraft) -> bool:
    """Whether both are changes from one value: "from $2 to $2.75", "from $2 to $2.50"."""
    return is_change(a) and is_change(b) and a.low == b.low


def _narrower(index: StoryIndex, a: NumberUse, b: NumberUse) -> str:
    """Return the words that narrow what only one side counts, "" when none or both do."""
    ours, theirs = _modifiers(a), _modifiers(b)
    if bool(ours) == bool(theirs):
        return ""
    use, other = (a, b) if ours else (b, a)
    view = index.sentence(other.claim)
    around = {token.key for token in view.tokens} if view else set()
    # "Three Ashdale pickets" are no fewer than the pickets outside Ashdale depot.
    return "" if (ours or theirs) <= around else use.quantity.counted


def _modifiers(use: NumberUse) -> frozenset[str]:
    words = [word.lower() for word in use.quantity.counted.split()[:-1]]
    loose = word_set("function_words") | {"other", "others", "people"}
    return frozenset(word for word in words if word not in loose and not classes_of(word))


def _same_kind(a: QuantityDraft, b: QuantityDraft) -> bool:
    if a.type is not b.type or _is_share(a) != _is_share(b):
        return False
    if a.type is QuantityType.MEASURE:
        return _base(a)[0] == _base(b)[0]
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
