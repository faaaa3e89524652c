"""What pins a statement on somebody: words that report one, not deeds, wishes and things that show.

Annotated news marks every attitude as somebody's: "both sides signed a pact", "her trip will
conclude", "the firm plans to sell". A reader who sees "according to both sides" takes it that
they said so. Method: the verb, the complement it takes and the noun it is said of, loosely after
Levin, "English Verb Classes and Alternations" (1993).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from apps.articles.text.spans import Span
from apps.claims.analysis.attribution_candidates import SUBJECTS
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.syntax import Syntax
from apps.claims.analysis.types import Attribution, AttributionKind
from apps.claims.analysis.voice import has_cue
from apps.claims.analysis.word_lists import word_set

# What a verb reports; its other clauses are its aims, its times and what else was done.
_REPORTED = frozenset({"ccomp", "csubj", "csubj:pass"})
_INSERTED = frozenset({"parataxis", "advcl", "conj"})
# "Salutes as she lands", "spoke before they signed": when it was, not what was said.
_TIMES = frozenset({"as", "before", "after", "when", "while", "until", "once", "since", "because"})
_ASIDES = frozenset({"where", "when", "which", "who"})
_SOMEBODY = frozenset("i we you he she it they who our his her its their my".split())
_CALLING = frozenset("call brand label dub denounce hail slam".split())
# Bodies by name, things in a sentence: "the exchange of data shows".
_MEANING_MORE = frozenset("exchange front movement plant post reserve times trust works".split())
_NOTHING = frozenset({"no", "nothing", "little", "any"})
# Nouns for people by what they do that no list has: "commentator", "seismologist".
_DOERS = ("tor", "sor", "ist", "ian", "man", "woman", "person", "eer")


def pins_a_statement(syntax: Syntax, attribution: Attribution) -> bool:
    """Return whether *attribution* is about something said, not about any attitude.

    Kept: quoted words; what is said, told or denied; what somebody, a body or a paper promises,
    shows, knows, hopes or rules, where that is a clause of its own; accusations. Where nobody
    is named there is no source to be wrong about.
    """
    cue = attribution.cue
    if attribution.kind is not AttributionKind.INDIRECT or "according" in cue.lower():
        return True
    if has_cue(cue, "plain_speech") or has_cue(cue, "accusing"):
        return True
    if not attribution.source_spans:
        return has_cue(cue, "reporting_verbs")
    token = _top(syntax, attribution.cue_spans[0])
    below = {syntax.deps[child] for child in syntax.children[token]}
    # "By the sheriff's count": a noun, unless it is a verb the parser took for one.
    if syntax.pos[token] == "NOUN" and not below & SUBJECTS:
        return True
    source = _top(syntax, attribution.source_spans[0])
    if not _can_speak(syntax, source, has_cue(cue, "showing_verbs")):
        return False
    if has_cue(cue, "spoken_acts") or _is_one_of(syntax, source, word_set("telling_papers")):
        return True
    return (
        _calls(syntax, token)
        or _finds_nothing(syntax, token)
        or _reports_a_clause(syntax, token, attribution.content_spans)
    )


def _can_speak(syntax: Syntax, head: int, things_too: bool) -> bool:
    """Return whether a noun is people, a body or a paper: "her lawyer", "the survey", not "her
    trip". Where *things_too* can be what the verb tells, so that it does not tell them apart."""
    if syntax.pos[head] == "PRON":
        return syntax.lower[head] in _SOMEBODY
    if not things_too or syntax.pos[head] in {"PROPN", "NUM"}:
        return True
    return _is_one_of(syntax, head, _speaking()) or syntax.lemmas[head].endswith(_DOERS)


def _is_one_of(syntax: Syntax, token: int, words: frozenset[str]) -> bool:
    return syntax.lemmas[token] in words or syntax.lower[token] in words


@cache
def _speaking() -> frozenset[str]:
    lists = ("speaking_bodies", "lay_sources", "actors", "body_words", "telling_papers")
    plain = (read_words(name) for name in ("people", "roles", "titles", "company_nouns"))
    return frozenset().union(*plain, *(word_set(name) for name in lists)) - _MEANING_MORE


def _top(syntax: Syntax, span: Span) -> int:
    """Return the token of *span* that the others hang on, the last of several."""
    first = bisect_left(syntax.starts, span.start)
    last = max(first, bisect_left(syntax.starts, span.end) - 1)
    tops = [
        token
        for token in range(first, last + 1)
        if not first <= syntax.heads[token] <= last or syntax.heads[token] == token
    ]
    return next((token for token in tops if syntax.pos[token] not in {"PUNCT", "ADP"}), tops[0])


def _calls(syntax: Syntax, verb: int) -> bool:
    """Say whether something is called something: "called the bonds a gift", "what police call
    fraud", not "called the hospital"."""
    if syntax.lemmas[verb] not in _CALLING:
        return False
    below = syntax.children[verb]
    named = [child for child in below if syntax.deps[child] in {"obj", "iobj", "xcomp", "ccomp"}]
    asked = any(syntax.lower[child] in {"what", "which"} for child in below)
    return len(named) > 1 or asked or syntax.deps[verb] in {"acl:relcl", "csubj", "ccomp"}


def _finds_nothing(syntax: Syntax, verb: int) -> bool:
    """Say whether "found" has no thing for its object: "found no sign of fraud"."""
    return syntax.lemmas[verb] in {"find", "see"} and any(
        syntax.deps[child] == "obj"
        and any(
            syntax.lower[word] in _NOTHING for word in range(syntax.left[child], child + 1)
        )
        for child in syntax.children[verb]
    )  # fmt: skip


def _reports_a_clause(syntax: Syntax, cue: int, content: tuple[Span, ...]) -> bool:
    """Say whether what hangs on *cue* in *content*, or what *cue* is put into, is a clause with
    a subject of its own."""

    def is_content(token: int) -> bool:
        return any(span.start <= syntax.starts[token] < span.end for span in content)

    has_object = any(syntax.deps[child] == "obj" for child in syntax.children[cue])
    for child in syntax.children[cue]:
        if syntax.deps[child] in _REPORTED and is_content(child):
            below = syntax.children[child]
            subject = any(syntax.deps[word] in SUBJECTS for word in below)
            apart = any(
                syntax.lower[word] in _TIMES and syntax.deps[word] == "mark" for word in below
            )
            # "Will conclude her tour on Friday in Ostby, where she meets the mayor".
            aside = has_object and any(syntax.lower[word] in _ASIDES for word in below)
            return subject and not apart and not aside
        if syntax.deps[child] == "parataxis" and is_content(child):
            return True
    # "The fire, police believe, was set": what is said holds the one who says it.
    head = syntax.heads[cue]
    return syntax.deps[cue] in _INSERTED and head != cue and is_content(head)
