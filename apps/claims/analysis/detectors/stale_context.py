"""Background that cannot be of the day the article was published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_ranges import days_of
from apps.claims.analysis.episodes import past_year_of
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import Detector, FindingDraft, Outcome, Severity, StoryDraft
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase, words_span

SLUG = "stale_context"
# "With contract talks due to open", "As voters go to the polls", "Ahead of the vote".
_WITH = frozenset({"with", "as", "ahead", "before", "while"})
_DUE = frozenset({"due to", "due in", "going to", "go to", "about to", "set to", "to open", "to start", "weeks away",
    "months away", "days away", "coming up", "around the corner", "yet to"})  # fmt: skip
_EARLY = 6
_NEAR = 3
# An occasion held within so many days is this round's, not one of years ago.
_ONE_ROUND = 240
_TERMS = frozenset({"election", "contract", "trial", "vote"})
_TERM_NOUNS = frozenset(
    root(word)
    for word in (
        "contract",
        "election",
        "vote",
        "trial",
        "season",
        "tournament",
        "budget",
        "referendum",
    )
)
_OVER = frozenset({"ratified", "signed", "losing", "lost", "winning", "won", "approved", "ended", "agreed", "settled",
    "concluded", "closed", "was elected", "were elected", "elected"})  # fmt: skip
# Matches "the 2024 campaign", "2023"; not "2,024".
_YEAR = re.compile(r"(?<![\d,.-])(20\d\d|19\d\d)(?![\d,-])")


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for article in story.articles:
        for sentence in index.sentences[article.id]:
            ongoing = _ongoing(sentence)
            if ongoing is None:
                continue
            yield from _past_year(index, sentence, ongoing)
            yield from _already_over(index, sentence, ongoing)
        yield from _ahead_and_over(index, article.id)


def _ongoing(sentence: SentenceView) -> tuple[Token, ...] | None:
    """Return the words that say something is under way or just ahead."""
    place = find_phrase([token.key for token in sentence.tokens], word_set("under_way"))
    return sentence.tokens[place[0] : place[1]] if place else None


def _past_year(
    index: StoryIndex, sentence: SentenceView, ongoing: tuple[Token, ...]
) -> Iterator[FindingDraft]:
    """Yield "as the 2024 season heats up" in an article of 2025."""
    published = index.year(sentence.article)
    text = index.articles[sentence.article].text
    if published is None:
        return
    for match in _YEAR.finditer(text, sentence.span.start, sentence.span.end):
        if int(match[1]) >= published or abs(match.start() - ongoing[0].start) > 60:
            continue
        claim = index.claim_at(sentence.article, sentence.span)
        if claim is not None:
            yield FindingDraft(
                kind=SLUG,
                outcome=Outcome.CONFLICT,
                severity=Severity.MEDIUM,
                claims=(claim.id,),
                explanation=(
                    f"{index.outlet(sentence.article)} prints "
                    f"{quote_span(index, sentence.article, sentence.span)} in an article of {published}."
                ),
                rule=f"“{match[1]}” is said to be under way, {published - int(match[1])} year(s) after it ended.",
                highlights=(mark(sentence.article, words_span(ongoing)),),
                confidence=0.75,
                changes_if="another date of publication than assumed",
                compared=(claim.text,),
            )
        return


def _already_over(
    index: StoryIndex, sentence: SentenceView, ongoing: tuple[Token, ...]
) -> Iterator[FindingDraft]:
    """Yield a campaign in full swing when the same article says the vote was held."""
    matters = {matter for matter in ("campaign", "election", "vote", "referendum", "trial", "tournament") if any(
        token.key.startswith(matter) for token in sentence.tokens
    )}  # fmt: skip
    if not matters:
        return
    article = index.articles[sentence.article]
    published = article.published
    for other in index.sentences[sentence.article]:
        keys = [token.key for token in other.tokens]
        if (
            other is sentence
            or abs(other.index - sentence.index) > 3
            or find_phrase(keys, word_set("is_over")) is None
        ):
            continue
        facts = article.sentences[other.index]
        past = [
            date for date in facts.dates
            if published and (days := days_of(date)) is not None and days.last < published.day
        ]  # fmt: skip
        if not past:
            continue
        a, b = (
            index.claim_at(sentence.article, words_span(ongoing)),
            index.claim_at(sentence.article, past[0].span),
        )
        if a is None or b is None:
            continue
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.CONFLICT,
            severity=Severity.MEDIUM,
            claims=tuple(dict.fromkeys((a.id, b.id))),
            explanation=(
                f"{index.outlet(sentence.article)} prints "
                f"{quote_span(index, sentence.article, words_span(ongoing), around=5)} and, in the same "
                f"article, {quote_span(index, sentence.article, past[0].span, around=5)}."
            ),
            rule=f"Under way when published ({published.iso[:10] if published else ''}), but over by {past[0].iso}.",
            highlights=(
                mark(sentence.article, words_span(ongoing)),
                mark(sentence.article, past[0].span),
            ),
            confidence=0.7,
            changes_if="if two different votes are meant",
            compared=(a.text, b.text),
        )
        return


def _ahead_and_over(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield a vote "due in May" beside "since losing the election last November"."""
    article = index.articles[article_id]
    published = article.published
    if published is None:
        return
    views = index.sentences[article_id]
    for view in views:
        ahead = _due(index, view)
        if ahead is None:
            continue
        matters = _occasions(view.tokens)
        for other in views:
            if (
                other is view
                or not 0 < abs(other.index - view.index) <= _NEAR
                or past_year_of(index, other)
            ):
                continue
            past = [
                date for date in article.sentences[other.index].dates
                if (days := days_of(date)) is not None and days.last < published.day
                and (published.day - days.last).days <= _ONE_ROUND
            ]  # fmt: skip
            shared = matters & _occasions(other.tokens)
            if not past or not shared or not _is_done(other, shared):
                continue
            a, b = index.claim_at(article_id, ahead), index.claim_at(article_id, past[0].span)
            if a is None or b is None:
                continue
            yield FindingDraft(
                kind=SLUG,
                outcome=Outcome.CONFLICT,
                severity=Severity.MEDIUM,
                claims=tuple(dict.fromkeys((a.id, b.id))),
                explanation=(
                    f"{index.outlet(article_id)} prints {quote_span(index, article_id, ahead, around=5)} and, in "
                    f"the same article, {quote_span(index, article_id, past[0].span, around=5)}."
                ),
                rule=f"Still to come in one place, over by {past[0].iso} in the other.",
                highlights=(mark(article_id, ahead), mark(article_id, past[0].span)),
                confidence=0.6,
                changes_if="if another round of it is meant",
                compared=(a.text, b.text),
            )
            break


def _due(index: StoryIndex, view: SentenceView) -> Span | None:
    """Return the words that put an occasion of the sentence ahead, at its beginning."""
    if not view.tokens or view.tokens[0].key not in _WITH:
        return None
    place = find_phrase([token.key for token in view.tokens], word_set("under_way") | _DUE)
    if place is None or place[0] > _EARLY:
        return None
    return words_span(view.tokens[0 : place[1]])


def _occasions(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Return what comes round in terms or once: votes by their frame, other things by name."""
    found: set[str] = set()
    for token in tokens:
        if token.pos and token.pos not in {"NOUN", "PROPN", "VERB"}:
            continue
        word = root(token.lemma or token.key)
        frames = frames_of_stem(word) & _TERMS
        found.update(frames)
        if frames or (token.pos == "NOUN" and word in _TERM_NOUNS):
            found.add(word)
    return frozenset(found)


def _is_done(view: SentenceView, shared: frozenset[str]) -> bool:
    keys = [token.key for token in view.tokens]
    return find_phrase(keys, word_set("is_over") | _OVER) is not None and bool(shared)


DETECTOR = Detector(
    SLUG,
    "Background out of date",
    "Something is told as under way that, by the article's own date or words, is over.",
    find_in_story=find_in_story,
)
