"""What an article dates: the happening a date belongs to, who took part, and from which end.

"Inspectors last visited the dam in April 2023" dates a visit by inspectors to a dam. Two
dates can only disagree when they date one happening in one way: "since May" gives its
start, "until May" its end, "in May" the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_ranges import Days, days_of
from apps.claims.analysis.episodes import RECENT, past_year_of
from apps.claims.analysis.frames import find_frames, frames_of_pairs, frames_of_stem
from apps.claims.analysis.slots import Idea, ideas_of, likeness
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.types import ClaimDraft, DateDraft, Word
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token

_START = frozenset({"since", "from", "starting", "beginning", "effective"})
_END = frozenset({"until", "till", "through"})
_BY = frozenset({"by", "before"})
_NEGATED = frozenset({"no", "not", "never", "n't", "nothing", "nobody"})
# Verbs that say a thing is dated, not what it is.
_LIGHT = frozenset(
    "be have do go come take make get hold happen occur set put give say tell report announce add know see must should".split()
)
_COMPLETED = frozenset({"complete", "finish", "finalize", "finalise", "conclude"})
_SHARED = 2.0
_SPEECH = frozenset("say tell report announce add state claim ask write reply".split())
_BEGIN = frozenset({"open", "begin", "start", "launch", "commence", "kick"})
_NOW = frozenset({"today", "now", "this morning", "this afternoon", "this evening", "tonight"})
_PRONOUNS = frozenset({"it", "they", "that", "this", "she", "he"})
_WINDOW = 6
_PARTICIPANTS = ("nsubj", "obj", "iobj", "obl", "nmod", "compound", "amod", "dobj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class Happening:
    """A dated happening.

    *deed* are the ideas of its verb or noun, *parts* of who and what took part, *words* of
    the whole sentence; *end* is "start", "end", "by" or "" for the whole; *readings* are
    all ranges of days the date may mean, *places* the places named close by; *begins* says
    that the deed is a beginning, *ahead* that it was still to come when published, *old*
    that it lay well back; *recalled* that the date itself opens a passage on an earlier
    affair, *past* the year of such a passage it stands in, else "".
    """

    article: str
    view: SentenceView
    claim: ClaimDraft
    date: DateDraft
    readings: tuple[Days, ...]
    end: str
    deed: tuple[Idea, ...]
    frames: frozenset[str]
    parts: tuple[Idea, ...]
    words: tuple[Idea, ...]
    places: frozenset[str]
    begins: bool
    ahead: bool
    old: bool
    recalled: bool
    past: str

    def meets(self, other: Happening) -> bool:
        """Whether some reading of the two dates has a day in common."""
        return any(
            x.first <= y.last and y.first <= x.last for x in self.readings for y in other.readings
        )


def happenings(index: StoryIndex, article_id: str) -> list[Happening]:
    """Return what an article dates, in text order; the day of the report itself is left out."""
    memo = cast("dict[str, list[Happening]]", index.memo.setdefault("happenings", {}))
    if article_id not in memo:
        memo[article_id] = [
            happening
            for at, view in enumerate(index.sentences[article_id])
            for happening in _in_sentence(
                index, view, index.sentences[article_id][at - 1] if at else None
            )
        ]
    return memo[article_id]


def is_one_happening(x: Happening, y: Happening, *, related: bool) -> bool:
    """Whether two dates are of one happening, dated from the same end.

    *related* says that the two sentences stand in one row or tell of one matter.
    """
    if x.past != y.past or not _same_end(x, y):
        return False
    if (x.recalled and not y.old) or (y.recalled and not x.old):
        return False
    if x.places and y.places and not x.places & y.places:
        return False
    parts = likeness(x.parts, y.parts)
    if x.end != y.end and "start" in (x.end, y.end):
        # "The trial opened in May", "it has run since June".
        return parts >= 0.8
    deed = likeness(x.deed, y.deed)
    if not deed and x.frames & y.frames:
        deed = 0.5
    if deed >= 0.8:
        return parts >= 0.8 or related
    if deed:
        return parts >= 1.5 or (related and (parts >= 0.5 or bool(x.deed and y.deed)))
    if not related:
        return False
    # "runs from Friday", "will move before Saturday": both date a start of the same thing.
    if x.end == y.end == "start" and parts >= 0.8:
        return True
    # "was completed in May" names its deed elsewhere: the sentences must share more.
    return not (x.deed and y.deed) and likeness(x.words, y.words) >= _SHARED


def _same_end(x: Happening, y: Happening) -> bool:
    if x.end == y.end:
        return True
    ends = {x.end, y.end}
    if ends == {"start", ""}:
        return x.begins if x.end == "" else y.begins
    # "closes by September", "closes in June": two plans, two ends.
    return ends == {"by", ""} and x.ahead and y.ahead


def _in_sentence(
    index: StoryIndex, view: SentenceView, before: SentenceView | None
) -> Iterator[Happening]:
    facts = index.articles[view.article].sentences[view.index]
    claims = index.claims_in(view)
    published = index.articles[view.article].published
    deeds: set[int] = set()
    found: list[tuple[int, Happening]] = []
    for value in facts.dates:
        readings = _readings(value)
        if not readings or (
            published
            and readings[0].first == readings[0].last == published.day
            and value.text.lower() in _NOW
        ):
            continue
        around = [claim for claim in claims if claim.span.overlap(value.span) == len(value.span)]
        if not around:
            continue
        claim = max(around, key=lambda claim: (bool(claim.words), len(claim.span), claim.id))
        if not claim.words:
            found.append((-1 - len(found), _unparsed(index, view, claim, value, readings)))
            continue
        deed = _deed(claim.words, value)
        if deed is None or claim.words[deed].lemma.lower() in _SPEECH:
            continue
        if deed in deeds:
            # Two dates of one verb: stops of a journey, a span, not one day.
            found = [(at, happening) for at, happening in found if at != deed]
            continue
        deeds.add(deed)
        shortest = min(around, key=lambda claim: (len(claim.span), claim.id))
        found.append(
            (deed, _happening(index, view, before, claim, shortest, value, readings, deed))
        )
    yield from (happening for _, happening in found)


def _unparsed(
    index: StoryIndex,
    view: SentenceView,
    claim: ClaimDraft,
    value: DateDraft,
    readings: tuple[Days, ...],
) -> Happening:
    """Return the happening of a claim no parser has seen: its predicate, the words around."""
    words = [token for token in view.tokens if token.content and not _is_calendar(token)]
    near = [token for token in _near(view, value) if token in words]
    verbs = {root(claim.predicate)} if claim.predicate else set()
    deed = [token for token in words if root(token.key) in verbs or token.stem in verbs]
    published, past = index.articles[view.article].published, past_year_of(index, view)
    return Happening(
        article=view.article,
        view=view,
        claim=index.row_claim(claim),
        date=value,
        readings=readings,
        end=_end(view, value),
        deed=ideas_of(deed[:1]) or tuple(Idea(verb, frozenset(), frozenset()) for verb in verbs),
        frames=find_frames(verbs).union(
            *(frames_of_pairs(verb, {root(token.key) for token in near}) for verb in verbs)
        ),
        parts=ideas_of([token for token in words if token not in deed]),
        words=ideas_of(words),
        places=_nearest_place(near, value),
        begins=claim.predicate in _BEGIN,
        ahead=published is not None and readings[0].first > published.day,
        old=published is not None and (published.day - readings[0].last).days > RECENT,
        recalled=bool(past) and past == str(readings[0].first.year),
        past="" if past == str(readings[0].first.year) else past,
    )


def _readings(value: DateDraft) -> tuple[Days, ...]:
    values = [value, *(DateDraft(value.span, value.text, iso) for iso in value.readings)]
    return tuple(dict.fromkeys(days for each in values if (days := days_of(each)) is not None))


def _deed(words: tuple[Word, ...], value: DateDraft) -> int | None:
    """Return the verb, or the noun of a happening, that a date hangs on."""
    inside = [i for i, word in enumerate(words) if value.span.overlaps(Span(word.start, word.end))]
    if not inside:
        return None
    at = next((i for i in inside if words[i].head not in inside), inside[0])
    seen: set[int] = set()
    while at not in seen:
        seen.add(at)
        word = words[at]
        if at not in inside and (word.pos == "VERB" or (word.pos == "NOUN" and _is_event(word))):
            return at
        if word.head == at:
            break
        at = word.head
    if at not in inside:
        return at
    verbs = [i for i, word in enumerate(words) if word.pos == "VERB"]
    return min(verbs, key=lambda i: (abs(i - inside[0]), i)) if verbs else None


def _is_event(word: Word) -> bool:
    return bool(frames_of_stem(root(word.lemma.lower())))


def _happening(
    index: StoryIndex,
    view: SentenceView,
    before: SentenceView | None,
    claim: ClaimDraft,
    shortest: ClaimDraft,
    value: DateDraft,
    readings: tuple[Days, ...],
    deed: int,
) -> Happening:
    by_start = {token.start: token for token in view.tokens}
    words = claim.words
    word = words[deed]
    particles = [
        other.lemma.lower()
        for other in words
        if other.head == deed and other.dep.startswith("compound")
    ]
    token = by_start.get(word.start)
    lemma = word.lemma.lower()
    light = lemma in _COMPLETED or (lemma in _LIGHT and not particles)
    own = _tokens(view, words, _participants(words, [deed], value))
    taking_part = own
    if word.pos == "NOUN" and word.head != deed:
        taking_part = _tokens(view, words, _participants(words, [deed, word.head], value))
    subject_is_pronoun = any(
        other.head == deed and other.dep.startswith("nsubj") and other.text.lower() in _PRONOUNS
        for other in words
    )
    if subject_is_pronoun and before is not None:
        taking_part += [token for token in before.tokens if token.pos in {"NOUN", "PROPN"}][:4]
    near = _near(view, value)
    # "The deal was completed": what is completed is the deed.
    done = [token for token in own if lemma in _COMPLETED and not token.name and _is_frame(token)]
    published, past = index.articles[view.article].published, past_year_of(index, view)
    return Happening(
        article=view.article,
        view=view,
        claim=index.row_claim(shortest),
        date=value,
        readings=readings,
        end=_end(view, value),
        deed=() if token is None else ideas_of(done if light else [token]),
        frames=_frames(word, particles, [*taking_part, *near])
        | frozenset().union(*(frames_of_stem(root(token.lemma or token.key)) for token in done)),
        parts=ideas_of(
            [token for token in taking_part if token.content and not _is_calendar(token)]
        ),
        places=frozenset(token.stem for token in own if token.ent == "LOC")
        or _nearest_place(near, value),
        words=ideas_of(
            [token for token in view.tokens if token.content and not _is_calendar(token)]
        ),
        ahead=published is not None and readings[0].first > published.day,
        begins=word.lemma.lower() in _BEGIN,
        old=published is not None and (published.day - readings[0].last).days > RECENT,
        recalled=bool(past) and past == str(readings[0].first.year),
        past="" if past == str(readings[0].first.year) else past,
    )


def _is_frame(token: Token) -> bool:
    return bool(frames_of_stem(root(token.lemma or token.key)))


def _frames(word: Word, particles: list[str], around: list[Token]) -> frozenset[str]:
    """Return the frames of the deed: of its word alone, and of its word with one beside it."""
    deed = root(word.lemma.lower())
    alone = find_frames([deed, *(root(part) for part in particles)])
    beside = {root(token.lemma or token.key) for token in around}
    return alone | frames_of_pairs(deed, beside)


def _tokens(view: SentenceView, words: tuple[Word, ...], places: list[int]) -> list[Token]:
    by_start = {token.start: token for token in view.tokens}
    return [by_start[words[i].start] for i in places if words[i].start in by_start]


def _participants(words: tuple[Word, ...], heads: list[int], value: DateDraft) -> list[int]:
    """Return who and what takes part: the words on the verb or noun, and their own modifiers."""
    found: list[int] = []
    level = list(heads)
    for _ in range(2):
        level = [
            i
            for i, word in enumerate(words)
            if word.head in level and i not in found and i not in heads
            and word.dep.startswith(_PARTICIPANTS)
            and not (value.span.start <= word.start < value.span.end)
        ]  # fmt: skip
        found.extend(level)
    return found


def _is_calendar(token: Token) -> bool:
    return token.key in word_set("calendar_words")


def _near(view: SentenceView, value: DateDraft) -> list[Token]:
    at = [i for i, token in enumerate(view.tokens) if value.span.overlaps(token.span)]
    if not at:
        return []
    return list(view.tokens[max(0, at[0] - _WINDOW) : at[-1] + _WINDOW + 1])


def _nearest_place(near: list[Token], value: DateDraft) -> frozenset[str]:
    """Return the words of the place named closest to a date, of the later on a tie."""
    at = next((i for i, token in enumerate(near) if value.span.overlaps(token.span)), 0)
    places = [i for i, token in enumerate(near) if token.ent == "LOC"]
    if not places:
        return frozenset()
    best = min(places, key=lambda i: (abs(i - at), -i))
    return frozenset(near[i].stem for i in places if abs(i - best) <= 1)


def _end(view: SentenceView, value: DateDraft) -> str:
    at = next((i for i, token in enumerate(view.tokens) if value.span.overlaps(token.span)), 0)
    lead = [token.key for token in view.tokens[max(0, at - 3) : at]]
    lead += value.text.lower().split()[:1]
    negated = bool(_NEGATED & {token.key for token in view.tokens[:at]})
    if _START & set(lead[-3:]):
        # "Not inspected since May": last inspected in May.
        return "" if negated and "since" in lead else "start"
    if _END & set(lead[-3:]):
        return "start" if negated else "end"
    if _BY & set(lead[-3:]):
        return "start" if negated and "before" in lead else "by"
    return ""
