"""Earlier events told as background: "In 2019 the old works closed. The union sued and lost."

Such a passage reads like the news itself (somebody is convicted, homes are flooded, a
union sues) but is about another event. It opens with a sentence in the past tense whose
own date has a year and lies well before publication, and runs on, in its paragraph, over
sentences without a date or a present tense of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

from apps.articles.text.types import Role
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.types import ArticleDraft, ClaimDraft, DateDraft, Word

# Younger than this it is still the same story: an arrest, its charges and its trial.
_EARLIER = timedelta(days=300)
# How surely a sentence is about an earlier event: alone it may be a step of this one.
ALONE = 0.3
SURE = 1.0

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_BACK = re.compile(
    r"^\W*(?:back\s+)?(?:then|at (?:that|the) time|that (?:year|day|time|summer|winter|spring|autumn|fall)"
    r"|in those days|after(?:wards?| that)|(?:months|weeks|a year|two years) later)\b",
    re.IGNORECASE,
)
# Words before a date that make it the start or the end of something that lasts.
# An event is opened by its date: "In 2019 the works closed", "The last strike, in 2016, lasted".
_EARLY = 8
_LASTING = frozenset({"since", "until", "till", "by", "of"})
_INNER = frozenset({"acl", "acl:relcl", "relcl", "advcl", "ccomp", "xcomp"})
_PRESENT = frozenset(
    {"is", "are", "am", "has", "have", "will", "'s", "’s", "'re", "’re", "'ll", "'ve"}
)
_FINITE = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Episode:
    """What a sentence of an earlier event belongs to: *sure* is ``ALONE`` or ``SURE``, *year*
    the year the passage names."""

    sure: float
    year: str


def past_year_of(index: StoryIndex, view: SentenceView | None) -> str:
    """Return the year of the earlier event *view* tells of, "" for the news itself."""
    if view is None:
        return ""
    memo = index.memo.setdefault("episodes", {})
    known = cast("dict[str, dict[int, Episode]]", memo)
    if view.article not in known:
        known[view.article] = find_episodes(index.articles[view.article])
    episode = known[view.article].get(view.index)
    return episode.year if episode is not None else ""


def find_episodes(article: ArticleDraft) -> dict[int, Episode]:
    """Return the sentences that tell an earlier event, by their index.

    Sentences of the news itself are left out; so is everything where the day of
    publication is not known.
    """
    if article.published is None:
        return {}
    before = (article.published.day - _EARLIER).isoformat()
    outermost = _outermost(article.claims)
    found: dict[int, Episode] = {}
    opened: int | None = None
    year = ""
    segment = -1
    for index, facts in enumerate(article.sentences):
        if facts.sentence.role is not Role.BODY:
            continue
        if facts.sentence.segment != segment:
            segment, opened, year = facts.sentence.segment, None, ""
        claim = outermost.get(index)
        if claim is None:
            opened = None
            continue
        old = [item for item in facts.dates if _is_earlier(item, before)]
        told = _year_in(old)
        if _opens(claim, old, before):
            opened, year = index, told
            found[index] = Episode(ALONE, year)
        elif opened is not None and _runs_on(claim, facts.dates, before):
            year = told or year
            found[opened] = replace(found[opened], sure=SURE)
            found[index] = Episode(SURE, year)
        elif year and _BACK.match(claim.text):
            opened, year = index, told or year
            found[index] = Episode(SURE, year)
        else:
            opened, year = None, told
    return found


def _year_in(dates: Sequence[DateDraft]) -> str:
    """Return the year the first of *dates* names, "" without dates."""
    return next((match[0] for item in dates if (match := _YEAR.search(item.text))), "")


def _outermost(claims: Sequence[ClaimDraft]) -> Mapping[int, ClaimDraft]:
    """Return the longest claim of each sentence."""
    found: dict[int, ClaimDraft] = {}
    for claim in claims:
        known = found.get(claim.sentence)
        if known is None or len(claim.span) > len(known.span):
            found[claim.sentence] = claim
    return found


def _is_earlier(item: DateDraft, before: str) -> bool:
    last = item.iso.rpartition("/")[2]
    return bool(_YEAR.search(item.text)) and last[:4].isdigit() and last[:10] < before[: len(last)]


def _opens(claim: ClaimDraft, old: Sequence[DateDraft], before: str) -> bool:
    if len(claim.dates) > len(old) and any(not _is_earlier(d, before) for d in claim.dates):
        return False
    return any(_is_own_date(claim.words, item) for item in old) and not any(
        _is_present_verb(word) for word in claim.words if not word.quoted
    )


def _runs_on(claim: ClaimDraft, dates: Sequence[DateDraft], before: str) -> bool:
    if any(not _is_earlier(item, before) and not _is_lasting(claim, item) for item in dates):
        return False
    return not _is_present(claim.words)


def _is_lasting(claim: ClaimDraft, item: DateDraft) -> bool:
    """Say whether the words before a date make it a bound: "since", "as of"; or "that day"."""
    before = [word.text.lower() for word in claim.words if word.end <= item.span.start][-1:]
    return bool(before and before[0] in _LASTING) or item.text.lower().startswith("that ")


def _is_own_date(words: Sequence[Word], item: DateDraft) -> bool:
    """Say whether a date says when the main clause happened, not one inside it."""
    inside = [i for i, word in enumerate(words) if item.span.start <= word.start < item.span.end]
    if not inside or inside[0] > _EARLY:
        return False
    if inside[0] and words[inside[0] - 1].text.lower() in _LASTING - {"of"}:
        return False
    place, seen = inside[0], set(inside)
    while words[place].head in seen and words[place].head != place:
        place = words[place].head
        if len(seen) > len(words):
            break
        seen.add(place)
        if place == words[place].head:
            break
    while words[place].head != place:
        if place not in inside and words[place].dep in _INNER:
            return False
        seen.add(place)
        place = words[place].head
        if place in seen:
            break
    return True


def _is_present(words: Sequence[Word]) -> bool:
    """Say whether the main clause is in the present, the perfect or the future."""
    roots = [i for i, word in enumerate(words) if word.head == i or word.dep.lower() == "root"]
    for root in roots[:1]:
        helpers = [w for w in words if w.head == root and w.dep.split(":")[0] in ("aux", "cop")]
        if any(word.text.lower() in _PRESENT for word in helpers):
            return True
        if helpers:
            return False
        return _is_present_verb(words[root])
    return False


def _is_present_verb(word: Word) -> bool:
    text, lemma = word.text.lower(), word.lemma.lower()
    return word.pos in _FINITE and (text in _PRESENT or text in (f"{lemma}s", f"{lemma}es"))
