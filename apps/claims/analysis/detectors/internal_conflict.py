"""Two places of one article that cannot both be right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.background import past_year_of
from apps.claims.analysis.clashes import exclude_each_other
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.intervals import can_both_be_true, is_misprint, reading
from apps.claims.analysis.number_comparison import (
    explain_gap,
    number_words,
    told_numbers,
    uses_in,
)
from apps.claims.analysis.opposites import NEGATIONS, find_negation
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.plans import find_reports, index_done, planned_and_done
from apps.claims.analysis.slots import NumberUse, can_be_compared, match_slots
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    ClaimDraft,
    DateDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.wholes import find_instances
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase, words_span

SLUG = "internal_conflict"
_SURE = 3.5
# Shorter numbers differ by a digit without being misprints of one another.
_LONG = 1000
# A thing in more sentences of an article than these is what it is about.
_FEW = 3
_EVERY = frozenset({"every", "all", "each"})
_HALF_HOUR = 30  # minutes
# Questions about all and one of them, of one article.
_MOST_ASKED = 2
_MEASURES = frozenset(
    root(word)
    for word in "foot feet inch yard mile metre meter kilometre knot ton degree minute hour day".split()
)
_MORE = frozenset(
    {
        "other",
        "others",
        "more",
        "further",
        "additional",
        "new",
        "serious",
        "major",
        "immediate",
        "longer",
        "civilian",
    }
)
_TOLLS = {"dying": "dead", "injury": "injured"}
# What nobody may be said to have suffered or done, beside some who have.
_NOBODY = frozenset({"dying", "injury", "arrest"})
# Matches "six candles were burning, one for each of the dead"; not "one for each other".
_EACH = re.compile(
    r"\bone for (?:each|every(?:one)?)(?: one)? of (?:the|those) (\w+)", re.IGNORECASE
)


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for article in story.articles:
        found = [finding for rule in _RULES for finding in rule(index, article.id)]
        yield from found
        known = {_sentences(index, article.id, finding) for finding in found}
        yield from _whole_and_one(index, article.id, known)


def _sentences(index: StoryIndex, article_id: str, finding: FindingDraft) -> frozenset[int]:
    """Return which sentences of the article a finding marks."""
    return frozenset(
        view.index
        for view in index.sentences[article_id]
        if any(view.span.overlaps(highlight.span) for highlight in finding.highlights)
    )


def _tolls(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield two totals of one count: "kills 31" in the headline, "29 died" in the body."""
    uses = [
        use
        for use in uses_in(index, article_id)
        if use.event & _TOLLS.keys() and not use.quantity.part_of
    ]
    for a, b in combinations(uses, 2):
        match = match_slots(index, a, b, in_one_row=a.claim.role is not b.claim.role)
        if (
            match is None
            or match.scope
            or match.score < _SURE + 0.5
            or can_both_be_true(a.quantity, b.quantity)
        ):
            continue
        # Two totals in two sentences of the body are mostly two groups; a headline sums up.
        if a.claim.role is b.claim.role:
            continue
        yield _clash(
            index,
            a,
            b.span,
            number_words(index, b),
            explain_gap(a.quantity, b.quantity),
            b.claim.id,
        )


def _misprints(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield one long number of one thing printed twice with other digits: 4,120 and 4,210 seats."""
    uses = [
        use for use in told_numbers(index, article_id)
        if use.head and not use.past and not use.years and not use.quantity.approximate
        and reading(use.quantity).exact and (use.quantity.low or 0) >= _LONG
    ]  # fmt: skip
    for a, b in combinations(uses, 2):
        if a.head != b.head or a.claim.sentence == b.claim.sentence:
            continue
        same_kind = can_be_compared(a.quantity, b.quantity)
        if same_kind and is_misprint(reading(a.quantity), reading(b.quantity)):
            yield _clash(
                index, a, b.span, number_words(index, b),
                explain_gap(a.quantity, b.quantity), b.claim.id,
            )  # fmt: skip


def _one_for_each(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    article = index.articles[article_id]
    for facts in article.sentences:
        span = facts.sentence.span
        match = _EACH.search(article.text, span.start, span.end)
        if match is None:
            continue
        counted = [
            quantity for quantity in facts.quantities
            if quantity.span.end <= match.start() and quantity.low == quantity.high and quantity.low is not None
        ]  # fmt: skip
        word = match[1].lower()
        if not counted:
            continue
        each = counted[0]
        for use in uses_in(index, article_id):
            about = any(
                word.startswith(name[:5]) for event, name in _TOLLS.items() if event in use.event
            )
            if (
                not about
                or span.overlaps(use.span)
                or use.quantity.part_of
                or not reading(use.quantity).exact
            ):
                continue
            if use.quantity.low != each.low and use.claim.role is Role.BODY:
                claim = index.claim_at(article_id, Span(each.span.start, match.end()))
                if claim is not None:
                    yield _clash(
                        index, use, Span(each.span.start, match.end()),
                        quote_span(index, article_id, Span(each.span.start, match.end())),
                        explain_gap(use.quantity, each), claim.id,
                    )  # fmt: skip
                break


def _none_and_some(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield "no injuries have been reported" beside "four people were treated"."""
    uses = [
        use for use in uses_in(index, article_id)
        if use.event & _NOBODY and "people" in use.classes and not use.past and use.claim.role is Role.BODY
        and use.quantity.low is not None and use.quantity.low > 0
    ]  # fmt: skip
    for view in index.sentences[article_id] if uses else ():
        if _of_the_past(index, view):
            continue
        for none, event in _nobody(view.tokens):
            some = next(
                (use for use in uses if event in use.event and not view.span.overlaps(use.span)),
                None,
            )
            claim = index.claim_at(article_id, none)
            if some is not None and claim is not None:
                yield _clash(
                    index, some, none, quote_span(index, article_id, none, around=3),
                    f"none is not {reading(some.quantity)}", claim.id,
                )  # fmt: skip
                break


def _of_the_past(index: StoryIndex, view: SentenceView) -> bool:
    """Whether it, or the sentence before, tells of a past year: "The flood of 1998 … Nobody died."."""
    if past_year_of(index, view):
        return True
    now = index.year(view.article)
    if now is None or not view.index:
        return False
    facts = index.articles[view.article].sentences[view.index - 1 : view.index + 1]
    return any(_tells_of_years_before(sentence.dates, now) for sentence in facts)


def _tells_of_years_before(dates: tuple[DateDraft, ...], now: int) -> bool:
    years = [date.iso[:4] for date in dates if date.iso[:4].isdigit()]
    return bool(years) and all(int(year) < now for year in years)


def _all_and_some_not(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield "every berth was taken" beside "the free berths": of all one thing, of some its opposite."""
    views = [view for view in index.sentences[article_id] if view.role is Role.BODY]
    for view in views:
        for thing, told in _of_all(view):
            for other in views:
                if other is view or past_year_of(index, view) != past_year_of(index, other):
                    continue
                for before, token in pairwise(other.tokens):
                    if root(token.lemma or token.key) != root(thing.lemma or thing.key):
                        continue
                    against = next(
                        (word for word in told if exclude_each_other(word, before)), None
                    )
                    a = index.claim_at(article_id, view.span)
                    b = index.claim_at(article_id, before.span)
                    if against is None or a is None or b is None:
                        continue
                    span = Span(before.start, token.end)
                    rule = f"“{against.text}” is told of every one, “{before.text}” of some."
                    yield _denied(index, a, Span(thing.start, against.end), b, span, rule)


def _of_all(view: SentenceView) -> Iterator[tuple[Token, tuple[Token, ...]]]:
    """Yield what "every" or "all the" stands before, with the words after it up to a "not"."""
    for at, token in enumerate(view.tokens):
        if token.key not in _EVERY:
            continue
        after = [word for word in view.tokens[at + 1 : at + 4] if word.content]
        if after and not any(word.key in NEGATIONS for word in view.tokens):
            yield after[0], tuple(word for word in view.tokens if word.start > after[0].end)


def _two_hours(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield two hours of one thing: "got the parcel shortly after nine", "the parcel … at noon".

    A thing that few sentences of the article name may still do two things in a day: a person
    is asked.
    """
    views = index.sentences[article_id]
    things = {view.index: _things(view) for view in views}
    counts = Counter(thing for held in things.values() for thing in held)
    timed = [(view, date) for view in views for date in _hours(index, view)]
    for (x, ours), (y, theirs) in combinations(timed, 2):
        shared = {thing for thing in things[x.index] & things[y.index] if counts[thing] <= _FEW}
        if x is y or not shared or abs(_minutes(ours) - _minutes(theirs)) < _HALF_HOUR:
            continue
        days = {date.iso[:10] for date in (ours, theirs) if not date.iso.startswith("T")}
        a, b = index.claim_at(article_id, ours.span), index.claim_at(article_id, theirs.span)
        if len(days) > 1 or a is None or b is None:
            continue
        rule = f"One thing, two hours in one article: {ours.text.strip()}, {theirs.text.strip()}."
        finding = _denied(index, a, ours.span, b, theirs.span, rule)
        yield _ask(finding, "two things may have happened to it at two hours")


def _things(view: SentenceView) -> frozenset[str]:
    """Return the roots of plain nouns in a sentence, units and hours left out."""
    return frozenset(
        root(token.lemma or token.key)
        for token in view.tokens
        if token.pos in {"NOUN", ""} and token.content and token.key.isalpha()
        and token.key not in word_set("calendar_words") and root(token.key) not in _MEASURES
    )  # fmt: skip


def _hours(index: StoryIndex, view: SentenceView) -> list[DateDraft]:
    dates = index.articles[view.article].sentences[view.index].dates
    return [date for date in dates if "T" in date.iso and "/" not in date.iso]


def _minutes(date: DateDraft) -> int:
    hour, _, minute = date.iso.split("T")[1].partition(":")
    return 60 * int(hour[:2]) + int(minute[:2] or 0)


def _none_and_grave(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield "no one was seriously hurt" beside somebody who is in intensive care."""
    views = [view for view in index.sentences[article_id] if view.role is Role.BODY]
    for view in views:
        none = next((span for span, event in _nobody(view.tokens) if event == "injury"), None)
        if none is None or _of_the_past(index, view):
            continue
        for other in views:
            place = find_phrase([token.key for token in other.tokens], word_set("grave_injuries"))
            if other is view or place is None or _of_the_past(index, other):
                continue
            if find_negation(other.tokens[: place[1]]) is not None:
                continue
            a, b = index.claim_at(article_id, none), index.claim_at(article_id, other.span)
            hurt = words_span(other.tokens[place[0] : place[1]])
            if a is not None and b is not None:
                yield _denied(
                    index,
                    a,
                    none,
                    b,
                    hurt,
                    "One place says nobody was hurt; another tells of somebody badly hurt.",
                )
                break


def _denied(
    index: StoryIndex, a: ClaimDraft, x: Span, b: ClaimDraft, y: Span, rule: str
) -> FindingDraft:
    article_id = a.article
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.MEDIUM,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(article_id)} prints {quote_span(index, article_id, x, around=3)} and "
            f"{quote_span(index, article_id, y, around=5)} in one article."
        ),
        rule=rule,
        highlights=(mark(article_id, x), mark(article_id, y)),
        confidence=0.65,
        changes_if="if the two places speak of different people or times",
        compared=(a.text, b.text),
    )


def _nobody(tokens: tuple[Token, ...]) -> Iterator[tuple[Span, str]]:
    """Yield the words that say nobody died or was hurt, and which; "no other deaths" is none."""
    for at, token in enumerate(tokens):
        if token.key not in {"no", "nobody", "none"}:
            continue
        after = tokens[at + 1 : at + 5]
        if after and after[0].key in _MORE:
            continue
        for word in after:
            if word.key in {"but", "who", "that"}:
                break
            # "No deaths" and "no one died", not "no doctor for the injured".
            fits = word is after[0] or after[0].key == "one" or token.key != "no"
            events = frames_of_stem(root(word.lemma or word.key)) & _NOBODY
            if events and fits:
                yield Span(token.start, word.end), sorted(events)[0]
                break


def _clash(
    index: StoryIndex, a: NumberUse, span: Span, words: str, gap: str, other: str
) -> FindingDraft:
    article_id = a.claim.article
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.MEDIUM,
        claims=tuple(dict.fromkeys((a.claim.id, other))),
        explanation=f"{index.outlet(article_id)} prints {number_words(index, a)} and {words} in one article.",
        rule=f"One count, two values in one article: {gap}.",
        highlights=(mark(article_id, a.span), mark(article_id, span)),
        confidence=0.7,
        changes_if="if the two places count different groups",
        compared=(a.claim.text, span.of(index.articles[article_id].text)),
    )


def _plan_and_report(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield a headline or deck that plans what the body reports as done."""
    views = index.sentences[article_id]
    by_verb = index_done(view for view in views if view.role is Role.BODY)
    for plan in views:
        if plan.role not in (Role.HEADLINE, Role.DECK):
            continue
        for done in find_reports(plan, by_verb):
            found = planned_and_done(plan, done)
            if found is None:
                continue
            x, y = found
            a, b = index.claim_at(article_id, x), index.claim_at(article_id, y)
            if a is None or b is None:
                continue
            yield FindingDraft(
                kind=SLUG,
                outcome=Outcome.CONFLICT,
                severity=Severity.MEDIUM,
                claims=tuple(dict.fromkeys((a.id, b.id))),
                explanation=(
                    f"{index.outlet(article_id)} prints {quote_span(index, article_id, x, around=3)} above "
                    f"the text and {quote_span(index, article_id, y, around=3)} in it."
                ),
                rule="What is still planned above the text has happened in it.",
                highlights=(mark(article_id, x), mark(article_id, y)),
                confidence=0.65,
                changes_if="if a second such event is planned",
                compared=(a.text, b.text),
            )
            break


def _whole_and_one(
    index: StoryIndex, article_id: str, known: set[frozenset[int]]
) -> Iterator[FindingDraft]:
    """Ask about "all four lifts were working" beside "the second lift, which had stuck"."""
    asked = 0
    for found in find_instances(index, article_id):
        pair = frozenset({found.whole.index, found.one.index})
        a, b = (
            index.claim_at(article_id, found.whole.span),
            index.claim_at(article_id, found.one.span),
        )
        if pair in known or a is None or b is None or asked == _MOST_ASKED:
            continue
        asked += 1
        known.add(pair)
        what = "all of them" if found.all else "none"
        rule = f"One place speaks of {what}, the other names one or some."
        finding = _denied(index, a, found.whole.span, b, found.one.span, rule)
        yield _ask(finding, "the second place may speak of something else than the first")


def _ask(finding: FindingDraft, doubt: str) -> FindingDraft:
    return replace(
        finding,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.LOW,
        confidence=0.4,
        needs_person=doubt,
    )


_RULES = (
    _tolls,
    _misprints,
    _one_for_each,
    _none_and_some,
    _none_and_grave,
    _all_and_some_not,
    _two_hours,
    _plan_and_report,
)

DETECTOR = Detector(
    SLUG,
    "Article disagrees with itself",
    "Two places of one article cannot both be right.",
    find_in_story=find_in_story,
)
