"""Background that cannot be of the day the article was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from apps.articles.text.spans import Span
from apps.claims.analysis.background import past_year_of
from apps.claims.analysis.calendar_days import holiday, holiday_pattern
from apps.claims.analysis.calendar_ranges import days_of, show_day, show_days
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.steps import Step, steps_in
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.surroundings import likeness_around, surroundings_of
from apps.claims.analysis.types import (
    Candidate,
    DateDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import find_phrase, words_span

SLUG = "stale_context"
# An occasion held within so many days is this round's, not one of years ago.
_ONE_ROUND = 400
# What these last days brought is the news itself.
_DAYS = 3
# What is put ahead of an article has begun at most this long before: a day's slip is a weekday.
_SLIP = 14
# What is only weeks away is not so many days away.
_WEEKS_AWAY = 75
_LEAST = 0.5
_NEAREST = 2
_REACH = 8
_CLOSE = frozenset({"next", "soon", "about", "weeks", "days", "due", "away", "off", "going", "set"})
_BACK = frozenset({"that", "it", "she", "he", "they", "since", "then"})
# "Was due to end", "got under way", "the next week"; "has ten days to answer".
_LOOKED_BACK = frozenset({"was", "were", "got", "had", "the", "been"})
_SPANS = frozenset({"days", "weeks"})
# Present verbs that look ahead: "faces an election in May".
_LOOKS_AHEAD = frozenset(
    "will faces face awaits await looms expects expect hopes hope plans plan due upcoming".split()
)
_OVER = frozenset("was were had did won lost held".split())
# Matches "the 2024 campaign", "2023"; not "2,024".
_YEAR = re.compile(r"(?<![\d,.-])(20\d\d|19\d\d)(?![\d,-])")
# Matches "Easter rush only weeks away"; not "weeks before Easter".
_AWAY = r"[^.;]{0,40}?\b(?:days|weeks|a week|a fortnight|a month)\s(?:away|off)\b"


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield what an article tells as under way or ahead against its own date."""
    index = index_of(story)
    for article in story.articles:
        for view in index.sentences[article.id]:
            yield from _past_year(index, view)
            yield from _past_date(index, view)
            yield from _far_holiday(index, view)


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose what an article puts close ahead and, elsewhere, tells as over."""
    index = index_of(story)
    for article in story.articles:
        steps = [step for step in steps_in(index, article.id) if not past_year_of(index, step.view)]
        over = _told_as_over(index, article.id)
        for plan in steps:
            if not plan.ahead or not _is_close(plan) or _is_dated_right(index, plan.view):
                continue
            if any(True for _ in _past_year(index, plan.view)):
                continue
            others = [(view, span) for view, span in over if view is not plan.view]
            rated = [(_likeness(index, plan, view, span), view, span) for view, span in others]
            rated.sort(key=lambda each: (-_score(each[0]), each[2]))
            for features, view, span in rated[:_NEAREST]:
                yield from _candidate(index, plan, view, span, features)


def _is_close(plan: Step) -> bool:
    """Whether something is not only wished or weighed but due, about to begin, under way."""
    tokens = [t.key for t in plan.view.tokens if t.span.overlaps(plan.span)]
    lead = [t.key for t in plan.view.tokens if t.end <= plan.span.start][-1:]
    if set(lead) & _LOOKED_BACK or (tokens[-1:] == ["to"] and tokens[0] in _SPANS):
        return False
    return bool(_CLOSE & set(tokens)) or find_phrase(tokens, word_set("under_way")) is not None


def _is_dated_right(index: StoryIndex, view: SentenceView) -> bool:
    """Whether a sentence gives what it puts ahead a full date that was still to come."""
    article = index.articles[view.article]
    return article.published is not None and any(
        value.anchor is None and _YEAR.search(value.text) is not None
        and (days := days_of(value)) is not None
        and (article.published.day - days.last).days <= _DAYS
        for value in article.sentences[view.index].dates
    )  # fmt: skip


def _told_as_over(index: StoryIndex, article_id: str) -> list[tuple[SentenceView, Span]]:
    """Return the sentences that date something over, with the words.

    Articles are full of the past tense; without a date it tells what led up to the plan.
    """
    found = []
    for view in index.sentences[article_id]:
        dated = _past_day(index, view)
        if dated is not None and not past_year_of(index, view):
            found.append((view, dated.span))
    return found


def _likeness(index: StoryIndex, plan: Step, view: SentenceView, span: Span) -> dict[str, float]:
    lead = {token.key for token in view.tokens[:4]}
    around = likeness_around(
        surroundings_of(index, plan.view, plan.span), surroundings_of(index, view, span)
    )
    return {
        **around,
        "just_after": float(view.index == plan.view.index + 1),
        "dated": float(_past_day(index, view) is not None),
        "points_back": float(bool(lead & _BACK)),
    }


def _score(features: dict[str, float]) -> float:
    return (
        features["meant_near"]
        + features["meant_share"]
        + features["just_after"]
        + 0.5 * features["dated"]
    )


def _past_day(index: StoryIndex, view: SentenceView) -> DateDraft | None:
    """Return a date of the sentence that was over, and not for long, when it was published."""
    article = index.articles[view.article]
    published = article.published
    if published is None:
        return None
    for value in article.sentences[view.index].dates:
        days = days_of(value)
        if days is not None and _DAYS < (published.day - days.last).days <= _ONE_ROUND:
            return value
    return None


def _candidate(
    index: StoryIndex, plan: Step, view: SentenceView, span: Span, features: dict[str, float]
) -> Iterator[Candidate]:
    article_id = plan.view.article
    a, b = index.claim_at(article_id, plan.span), index.claim_at(article_id, span)
    if a is None or b is None:
        return
    over = _past_day(index, view)
    yield Candidate(
        FindingDraft(
            kind=SLUG,
            outcome=Outcome.CONFLICT,
            severity=Severity.MEDIUM,
            claims=tuple(dict.fromkeys((a.id, b.id))),
            explanation=(
                f"{index.outlet(article_id)} prints {quote_span(index, article_id, plan.span, around=5)} and, in "
                f"the same article, {quote_span(index, article_id, span, around=5)}."
            ),
            rule="Still to come in one place, "
            + (f"over by {show_days(over)} in the other." if over else "done in the other."),
            highlights=(mark(article_id, plan.span), mark(article_id, span)),
            changes_if="if two different occasions are meant",
            compared=(a.text, b.text),
        ),
        features,
        same_as=f"{article_id}:{plan.view.index}",
        doubt="the two may speak of different occasions",
    )


def _past_year(index: StoryIndex, view: SentenceView) -> Iterator[FindingDraft]:
    """Yield "as the 2024 season heats up" in an article of 2025."""
    published = index.year(view.article)
    place = find_phrase([token.key for token in view.tokens], word_set("under_way"))
    if published is None or place is None:
        return
    ongoing = words_span(view.tokens[place[0] : place[1]])
    text = index.articles[view.article].text
    for match in _YEAR.finditer(text, view.span.start, view.span.end):
        if int(match[1]) < published and abs(match.start() - ongoing.start) <= 60:
            years = published - int(match[1])
            rule = f"“{match[1]}” is said to be under way, {years} year(s) after it ended."
            yield from _alone(index, view, ongoing, rule)
            return


def _past_date(index: StoryIndex, view: SentenceView) -> Iterator[FindingDraft]:
    """Yield "faces an election in October 2025" in an article of 2026."""
    article = index.articles[view.article]
    if article.published is None:
        return
    for value in article.sentences[view.index].dates:
        days = days_of(value)
        if days is None or not _YEAR.search(value.text):
            continue
        if (article.published.day - days.last).days <= _SLIP:
            continue
        at = next((i for i, t in enumerate(view.tokens) if t.span.overlaps(value.span)), 0)
        lead = [token.key for token in view.tokens[max(0, at - _REACH) : at]]
        ahead = max((i for i, key in enumerate(lead) if key in _LOOKS_AHEAD), default=-1)
        after = lead[ahead + 1 :]
        if ahead < 0 or any(key in _OVER or key.endswith("ed") or key == "since" for key in after):
            continue
        rule = f"Told as still to come, {show_days(value)}, in an article of {show_day(article.published.iso[:10])}."
        yield from _alone(index, view, value.span, rule)


def _far_holiday(index: StoryIndex, view: SentenceView) -> Iterator[FindingDraft]:
    """Yield "with the Easter rush only weeks away" in an article of October."""
    published = index.articles[view.article].published
    text = index.articles[view.article].text
    if published is None:
        return
    for match in _weeks_away().finditer(text, view.span.start, view.span.end):
        name = match["name"]
        days = [
            (day - published.day).days
            for year in (published.day.year, published.day.year + 1)
            if (day := holiday(name, year)) is not None and day >= published.day
        ]
        if days and min(days) > _WEEKS_AWAY:
            rule = f"{name} was {min(days)} days away on {_shown(published.day)}."
            yield from _alone(index, view, Span(match.start(), match.end()), rule)
            return


@cache
def _weeks_away() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<name>{holiday_pattern()}){_AWAY}", re.IGNORECASE)


def _shown(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _alone(index: StoryIndex, view: SentenceView, span: Span, rule: str) -> Iterator[FindingDraft]:
    claim = index.claim_at(view.article, span)
    if claim is None:
        return
    published = index.articles[view.article].published
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.MEDIUM,
        claims=(claim.id,),
        explanation=(
            f"{index.outlet(view.article)} prints {quote_span(index, view.article, view.span)} "
            f"in an article of {published.day.year if published else 'no known date'}."
        ),
        rule=rule,
        highlights=(mark(view.article, span),),
        confidence=0.75,
        changes_if="another date of publication than assumed",
        compared=(claim.text,),
    )


DETECTOR = Detector(
    SLUG,
    "Background out of date",
    "Something is told as under way or ahead that, by the article's own date or words, is over.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
