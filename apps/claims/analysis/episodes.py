"""Which sentences of an article tell of an earlier affair, not of the day's news.

"In 2019 the old company closed a works. 1,200 people lost their jobs." The second sentence
names no year, but it still tells of 2019. What such a passage counts, dates or plans is
never held against what other articles say of the news.
"""

from __future__ import annotations

import re
from typing import cast

from apps.articles.text.types import Role
from apps.claims.analysis.calendar_ranges import days_of
from apps.claims.analysis.story_index import SentenceView, StoryIndex

# A year counts as the time of a passage when it stands this early, in words.
_EARLY = 7
# What happened within this many days can still be the news itself.
RECENT = 180
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# "since 2019", "between 2017 and 2020" name a span that may reach to the news.
_SPANS = frozenset({"since", "until", "till", "from", "between", "to", "by", "through", "and"})
_BACK = frozenset({"then", "there", "that"})
_PRESENT = frozenset({"is", "are", "has", "have"})
_NOW = frozenset({"now", "today", "currently", "this"})


def past_years(index: StoryIndex, article_id: str) -> dict[int, str]:
    """Return for each sentence of an earlier affair, by its index, the year it tells of."""
    memo = index.memo.setdefault("past years", {})
    known = cast("dict[str, dict[int, str]]", memo)
    if article_id not in known:
        known[article_id] = _find(index, article_id)
    return known[article_id]


def past_year_of(index: StoryIndex, view: SentenceView | None) -> str:
    """Return the year of the earlier affair *view* tells of, "" for the news itself."""
    return "" if view is None else past_years(index, view.article).get(view.index, "")


def _find(index: StoryIndex, article_id: str) -> dict[int, str]:
    text = index.articles[article_id].text
    found: dict[int, str] = {}
    year, end = "", 0
    before: SentenceView | None = None
    for view in index.sentences[article_id]:
        starts_anew = view.role is not Role.BODY or "\n\n" in text[end : view.span.start]
        goes_on = bool(view.tokens) and view.tokens[0].key in _BACK
        if starts_anew and not goes_on:
            year = ""
        named = _named_year(index, view)
        if named:
            year = named
        elif goes_on and before is not None and not year:
            year = _named_year(index, before, anywhere=True)
        elif year and _is_now(index, view):
            year = ""
        if year:
            found[view.index] = year
        end, before = view.span.end, view
    return found


def _named_year(index: StoryIndex, view: SentenceView, *, anywhere: bool = False) -> str:
    """Return the past year a sentence opens with, or names *anywhere*; "" for none."""
    article = index.articles[view.article]
    published = article.published
    if published is None or (_is_present(view) and not anywhere):
        return ""
    dates = [(date, days_of(date)) for date in article.sentences[view.index].dates]
    past = ""
    for date, days in dates:
        if days is None:
            continue
        if (published.day - days.last).days <= RECENT:
            if anywhere:
                continue
            return ""
        at = next((i for i, token in enumerate(view.tokens) if token.span.overlaps(date.span)), -1)
        lead = view.tokens[at - 1].key if at > 0 else ""
        if (
            (anywhere or 0 <= at < _EARLY)
            and lead not in _SPANS
            and _YEAR.search(date.text)
            and not past
        ):
            past = str(days.first.year)
    return past


def _is_now(index: StoryIndex, view: SentenceView) -> bool:
    published = index.articles[view.article].published
    early = view.tokens[_EARLY - 1].end if len(view.tokens) >= _EARLY else view.span.end
    recent = published is not None and any(
        date.span.start < early
        and (days := days_of(date)) is not None
        and (published.day - days.last).days <= RECENT
        for date in index.articles[view.article].sentences[view.index].dates
    )
    return recent or bool(_NOW & {token.key for token in view.tokens[:3]}) or _is_present(view)


def _is_present(view: SentenceView) -> bool:
    """Whether the main verb, or a verb before it, stands in the present or present perfect."""
    for token in view.tokens:
        if token.pos not in {"VERB", "AUX"}:
            continue
        if token.key in _PRESENT or (
            bool(token.lemma) and token.key in {f"{token.lemma}s", f"{token.lemma}es"}
        ):
            return True
        if token.dep.lower() == "root" and token.pos == "VERB":
            return False
    return False
