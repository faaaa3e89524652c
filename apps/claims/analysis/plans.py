"""What is planned and what has been done, read from the words around a verb."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from apps.articles.text.spans import Span
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase

# How far behind "plans to" the planned verb may stand ("has a week to accept or refuse it").
_REACH = 5
_OBJECT = 8
_SHARED = 2
_PRESENT = dict(
    zip(
        (
            "met held won lost left sent paid built fell rose drew flew spoke began gave saw ran led sold bought"
        ).split(),
        (
            "meet hold win lose leave send pay build fall rise draw fly speak begin give see run lead sell buy"
        ).split(),
        strict=True,
    )
)
_NOT_VERBS = frozenset(
    {
        "be",
        "have",
        "do",
        "say",
        "take",
        "make",
        "get",
        "go",
        "come",
        "bring",
        "tell",
        "add",
        "begin",
        "start",
        "continue",
    }
)


def planned_verbs(tokens: tuple[Token, ...]) -> dict[str, Span]:
    """Return the stems of verbs that are still to happen, with the words that say so."""
    keys = [token.key for token in tokens]
    found: dict[str, Span] = {}
    at = 0
    while (place := find_phrase(keys[at:], word_set("plans"))) is not None:
        start, end = at + place[0], at + place[1]
        for i in range(end - 1, min(len(tokens), end + _REACH)):
            token = tokens[i]
            if _is_verb(token) and token.key not in word_set("function_words"):
                found.setdefault(_verb(token), Span(tokens[start].start, token.end))
                if i + 1 < len(tokens) and tokens[i + 1].key not in {"or", "and"}:
                    break
        at = end
    return found


def done_verbs(tokens: tuple[Token, ...]) -> dict[str, Span]:
    """Return the stems of verbs in the past that no plan, negation or "to" stands before."""
    planned = planned_verbs(tokens)
    found: dict[str, Span] = {}
    for at, token in enumerate(tokens):
        lead = {word.key for word in tokens[max(0, at - 2) : at]}
        if not _is_past(token) or lead & {
            "to",
            "will",
            "would",
            "not",
            "never",
            "no",
            "didn't",
            "was",
            "were",
            "be",
        }:
            continue
        stem = _verb(token)
        if stem not in planned:
            found.setdefault(stem, token.span)
    return found


def index_done(views: Iterable[SentenceView]) -> dict[str, list[SentenceView]]:
    """Return the sentences that report something done, by the stems of its verbs.

    Asked for every pair of sentences, a long page would take time without end.
    """
    by_verb: dict[str, list[SentenceView]] = {}
    for view in views:
        for verb in done_verbs(view.tokens):
            by_verb.setdefault(verb, []).append(view)
    return by_verb


def find_reports(
    plan: SentenceView, by_verb: Mapping[str, Sequence[SentenceView]]
) -> list[SentenceView]:
    """Return the sentences that :func:`planned_and_done` may find fulfil *plan*, in text order."""
    views = {
        view.index: view for verb in planned_verbs(plan.tokens) for view in by_verb.get(verb, ())
    }
    return [views[index] for index in sorted(views)]


def planned_and_done(plan: SentenceView, done: SentenceView) -> tuple[Span, Span] | None:
    """Return the words of a plan in one sentence and of its fulfilment in the other.

    The two must share the verb, a name, and one more telling word.
    """
    ahead = planned_verbs(plan.tokens)
    past = done_verbs(done.tokens) if ahead else {}
    for verb in sorted(ahead.keys() & past.keys()):
        if verb in _NOT_VERBS:
            continue
        ours = {token.stem for token in plan.tokens if token.content and _verb(token) != verb}
        theirs = {token.stem for token in done.tokens if token.content and _verb(token) != verb}
        names = {token.stem for token in plan.tokens if token.name} & {
            token.stem for token in done.tokens if token.name
        }
        if not names or len(ours & theirs) < _SHARED:
            continue
        if _same_object(_object(plan, ahead[verb]), _object(done, past[verb])):
            return ahead[verb], past[verb]
    return None


def _object(view: SentenceView, verb: Span) -> list[Token]:
    """Return the words after the verb, as far as the next verb goes."""
    words: list[Token] = []
    for token in view.tokens:
        if token.start < verb.end:
            continue
        if token.pos == "VERB" and words:
            break
        words.append(token)
    return words[:_OBJECT]


def _same_object(ours: list[Token], theirs: list[Token]) -> bool:
    """Whether what follows two verbs can be one thing: names agree, or other words do."""
    names, others = _names(ours), _names(theirs)
    if names and others:
        return bool(names & others)
    if not ours or not theirs:
        return True
    words = {token.stem for token in ours if token.content}
    rest = {token.stem for token in theirs if token.content}
    return bool(words & rest) or not words or not rest


def _names(tokens: list[Token]) -> frozenset[str]:
    """Return the names among *tokens*, titles and weekdays left out."""
    return frozenset(
        token.stem for token in tokens
        if token.name and token.key not in word_set("name_titles") and token.key not in word_set("calendar_words")
    )  # fmt: skip


def _is_verb(token: Token) -> bool:
    return token.pos in {"VERB", ""} and token.key.isalpha() and not token.name


def _is_past(token: Token) -> bool:
    if token.pos and token.pos != "VERB":
        return False
    return token.key.endswith("ed") or token.key in _PRESENT


def _verb(token: Token) -> str:
    if token.lemma and token.lemma != token.key:
        return root(token.lemma)
    return root(_PRESENT.get(token.key, token.key))
