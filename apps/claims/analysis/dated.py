"""What an article dates: a date or time of day, the deed it hangs on, and from which end.

"Inspectors last visited the dam in April 2023" dates a visit; "since May" gives the start of
something, "until May" its end, "by May" a deadline, "in May" the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.articles.text.spans import Span
from apps.claims.analysis.background import past_year_of
from apps.claims.analysis.calendar_ranges import Days, days_of
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.types import ClaimDraft, DateDraft, Word

_START = frozenset({"since", "from", "starting", "beginning", "effective"})
_END = frozenset({"until", "till", "through"})
_BY = frozenset({"by", "before"})
_NEGATED = frozenset({"no", "not", "never", "n't", "nothing", "nobody"})
_SPEECH = frozenset("say tell add write".split())
# Verbs that say a thing is dated, not what it is.
_LIGHT = frozenset(
    "be have do go come take make get hold happen occur set put give see must should".split()
)
_ABOUT = frozenset({"about", "around", "some", "nearly", "almost", "roughly", "approximately"})
_BESIDE = frozenset({"shortly", "just", "soon", "little", "minutes", "before", "after", "past"})
# Matches "T16:00" and "2026-04-19T08:40".
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
_HALF = re.compile(
    r"[ap]\.?\s?m\b|noon|midday|midnight|morning|afternoon|evening|night", re.IGNORECASE
)
# "Every Friday" dates no single happening.
_AGAIN = frozenset({"every", "each"})
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DETERMINERS = frozenset({"a", "the", "this", "that", "its", "his", "her", "their", "our"})
_NOW = frozenset({"today", "now", "this morning", "this afternoon", "this evening", "tonight"})
# Minutes two readings of a clock may lie apart without being two times, the second of "about".
_EXACT, _ROUND, _LOOSE = 9, 24, 44
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or time of day with what it dates.

    *days* are all ranges of days it may mean, empty for a bare time of day; *minute* is the
    time of day in minutes after midnight, None without one; *open_half* that it may mean
    either half of the day, *slack* the minutes it may be off. *deed* are the stems of the
    verb or noun it hangs on, *end* is "start", "end", "by" or "" for the whole. *ahead* says
    that it was still to come when published, *past* the year of the earlier affair told.
    """

    article: str
    view: SentenceView
    claim: ClaimDraft
    date: DateDraft
    days: tuple[Days, ...]
    minute: int | None
    open_half: bool
    slack: int
    deed: tuple[str, ...]
    end: str
    ahead: bool
    past: str

    def days_meet(self, other: Dated) -> bool:
        """Whether some reading of the two has a day in common; also when one names no day."""
        if not self.days or not other.days:
            return True
        return any(x.first <= y.last and y.first <= x.last for x in self.days for y in other.days)

    def minutes_apart(self, other: Dated) -> int:
        """Return how far the times of day lie apart beyond their slack; 0 without both."""
        if self.minute is None or other.minute is None:
            return 0
        turn = _DAY // 2 if self.open_half or other.open_half else _DAY
        apart = abs(self.minute - other.minute) % turn
        apart = min(apart, turn - apart)
        return max(0, apart - max(self.slack, other.slack))

    def clashes(self, other: Dated) -> bool:
        """Whether the two cannot date one happening: no day in common, or another hour."""
        return not self.days_meet(other) or self.minutes_apart(other) > 0

    def allows(self, other: Dated) -> bool:
        """Whether the other date lies on the side this bound leaves open: a deed before its
        deadline, something still going on after it began."""
        if not self.days or not other.days or self.end == other.end:
            return False
        if self.end == "start":
            return other.days[0].first > self.days[0].last
        return self.end in {"by", "end"} and other.days[0].last < self.days[0].first

    def days_apart(self, other: Dated) -> int:
        """Return the least number of days between the two, 0 when one names no day."""
        return min(
            (
                max(0, (y.first - x.last).days, (x.first - y.last).days)
                for x in self.days
                for y in other.days
            ),
            default=0,
        )


def dated_in(index: StoryIndex, article_id: str) -> list[Dated]:
    """Return what an article dates, in text order; the day of the report itself is left out."""
    return index.found_in("dated", article_id, _in_sentence)


def _in_sentence(index: StoryIndex, view: SentenceView) -> Iterator[Dated]:
    published = index.articles[view.article].published
    today = published.day if published else None
    claims = index.claims_in(view)
    for value in index.articles[view.article].sentences[view.index].dates:
        days, clock = _days(value), _CLOCK.search(value.iso)
        if not days and clock is None:
            continue
        if today and days and days[0].first == days[0].last == today and value.text.lower() in _NOW:
            continue
        around = [claim for claim in claims if claim.span.overlap(value.span) == len(value.span)]
        if not around:
            continue
        parsed = max(around, key=lambda claim: (bool(claim.words), len(claim.span), claim.id))
        deed = _deed(parsed, value)
        if set(deed) & _SPEECH:
            continue
        at = _place(view, value)
        lead = {token.key for token in view.tokens[max(0, at - 3) : at]}
        if lead & _AGAIN or _names_an_edition(view, value, at):
            continue
        past = past_year_of(index, view)
        yield Dated(
            article=view.article,
            view=view,
            claim=index.row_claim(min(around, key=lambda claim: (len(claim.span), claim.id))),
            date=value,
            days=days,
            minute=int(clock[1]) * 60 + int(clock[2]) if clock else None,
            open_half=clock is not None and int(clock[1]) <= 12 and not _HALF.search(value.text),
            slack=_LOOSE if lead & _BESIDE else _ROUND if lead & _ABOUT else _EXACT,
            deed=tuple(root(word) for word in deed if word not in _LIGHT),
            end=_end(view, value, at),
            ahead=bool(today and days and days[0].first > today),
            past="" if days and past == str(days[0].first.year) else past,
        )


def _days(value: DateDraft) -> tuple[Days, ...]:
    values = [value, *(DateDraft(value.span, value.text, iso) for iso in value.readings)]
    return tuple(dict.fromkeys(days for each in values if (days := days_of(each)) is not None))


def _names_an_edition(view: SentenceView, value: DateDraft, at: int) -> bool:
    """Whether a year is part of what a thing is called: "the 2019 season", "the Ports Act of 1911"."""
    if not _YEAR.fullmatch(value.text):
        return False
    before, after = view.tokens[max(0, at - 2) : at], view.tokens[at + 1 : at + 2]
    if before and after and after[0].pos in {"NOUN", "PROPN"}:
        return before[-1].key in _DETERMINERS
    return len(before) == 2 and before[1].key == "of" and before[0].name


def _place(view: SentenceView, value: DateDraft) -> int:
    return next((i for i, token in enumerate(view.tokens) if value.span.overlaps(token.span)), 0)


def _deed(claim: ClaimDraft, value: DateDraft) -> tuple[str, ...]:
    """Return the lemma of the verb, or the noun of a happening, that a date hangs on."""
    words = claim.words
    inside = [i for i, word in enumerate(words) if value.span.overlaps(Span(word.start, word.end))]
    if not inside:
        return (claim.predicate,) if claim.predicate else ()
    at = next((i for i in inside if words[i].head not in inside), inside[0])
    seen: set[int] = set()
    while at not in seen:
        seen.add(at)
        word = words[at]
        if at not in inside and (word.pos == "VERB" or (word.pos == "NOUN" and _is_event(word))):
            return (word.lemma.lower(),)
        if word.head == at:
            break
        at = word.head
    if at not in inside:
        return (words[at].lemma.lower(),)
    verbs = [i for i, word in enumerate(words) if word.pos == "VERB"]
    if not verbs:
        return ()
    return (words[min(verbs, key=lambda i: (abs(i - inside[0]), i))].lemma.lower(),)


def _is_event(word: Word) -> bool:
    return bool(frames_of_stem(root(word.lemma.lower())))


def _end(view: SentenceView, value: DateDraft, at: int) -> str:
    lead = [token.key for token in view.tokens[max(0, at - 3) : at]]
    lead += value.text.lower().split()[:1]
    negated = bool(_NEGATED & {token.key for token in view.tokens[:at]})
    if _START & set(lead):
        # "Not inspected since May": last inspected in May.
        return "" if negated and "since" in lead else "start"
    if _END & set(lead):
        return "start" if negated else "end"
    if _BY & set(lead):
        return "start" if negated and "before" in lead else "by"
    return ""
