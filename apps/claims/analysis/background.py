"""Earlier events told as background: "In 2019 the old works closed. The union sued and lost."

Such a passage reads like the news itself (somebody is convicted, homes are flooded, a
union sues) but is about another event. It opens with a sentence in the past tense whose
own date has a year and lies well before publication, and runs on, in its paragraph, over
sentences without a date or a present tense of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from apps.articles.text.types import Role
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


def find_episodes(article: ArticleDraft) -> dict[int, float]:
    """Return, by sentence index, how surely it tells an earlier event: ``ALONE`` or ``SURE``.

    Sentences of the news itself are left out; so is everything where the day of
    publication is not known.
    """
    if article.published is None:
        return {}
    before = (article.published.day - _EARLIER).isoformat()
    outermost = _outermost(article.claims)
    found: dict[int, float] = {}
    opened: int | None = None
    told_year = False
    segment = -1
    for index, facts in enumerate(article.sentences):
        if facts.sentence.role is not Role.BODY:
            continue
        if facts.sentence.segment != segment:
            segment, opened, told_year = facts.sentence.segment, None, False
        claim = outermost.get(index)
        if claim is None:
            opened = None
            continue
        old = [item for item in facts.dates if _is_earlier(item, before)]
        if _opens(claim, old, before):
            opened, found[index] = index, ALONE
        elif opened is not None and _runs_on(claim, facts.dates, before):
            found[opened] = found[index] = SURE
        elif told_year and _BACK.match(claim.text):
            opened, found[index] = index, SURE
        else:
            opened = None
        told_year = bool(old) or opened is not None
    return found


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
