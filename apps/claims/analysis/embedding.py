"""What a word makes of the statement below it: "denied that", "no evidence that", "hopes to"."""

from __future__ import annotations

from dataclasses import dataclass, field

from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.negation import ARGUMENTS, find_negations, find_noun_negation
from apps.claims.analysis.syntax import Syntax
from apps.claims.analysis.word_lists import groups_by_word

_QUESTION_WORDS = frozenset("whether if how who whom whose what which why when where".split())
# "Is believed to have fled" passes hearsay on.
SAID_TO = frozenset(
    "believe think say understand rumour rumor report fear suspect allege suppose presume".split()
)


@dataclass(slots=True)
class Walk:
    """What has been met on the way from a clause up to the sentence's own predicate.

    *flips* counts denials; *over* says that a plan is one of the past; *above* are the
    words whose effect has been counted, *limits* the tokens that limit the clause.
    """

    flips: int = 0
    denied: bool = False
    alleged: bool = False
    open: bool = False
    planned: bool = False
    ahead: bool = False
    over: bool = False
    urged: bool = False
    above: set[int] = field(default_factory=set)
    limits: set[int] = field(default_factory=set)
    conditions: list[tuple[int, int]] = field(default_factory=list)


def embed(syntax: Syntax, token: int, walk: Walk) -> None:
    """Count in *walk* what the word above *token* makes of the statement below it.

    Its class comes from ``embedding_words.txt``. A denial of the word itself is part of it:
    "did not say that" leaves open, "found no evidence that" denies, "did not realise that"
    changes nothing.
    """
    head = syntax.heads[token]
    if token in walk.above:
        return
    groups, dep = _groups(syntax, head), syntax.deps[token]
    denials = find_negations(syntax, head)
    noun = find_noun_negation(syntax, head)
    negated = len(denials) % 2 == 1 or noun >= 0
    limits = {
        head,
        *(place for denial in denials for place in denial),
        *([noun] if noun >= 0 else []),
    }
    asked = dep in {"ccomp", "csubj", "csubj:pass"} and _asks(syntax, token)
    to = dep in {"xcomp", "acl"} and any(
        syntax.lower[child] == "to" for child in syntax.children[token] if child < token
    )
    walk.above.add(head)
    if dep == "xcomp" and syntax.lemmas[head] in read_words("negative_verbs"):
        walk.flips += 1 + len(denials)
    elif dep == "xcomp" and to and _passes_on(syntax, head):
        walk.alleged = True
    elif "doubt" in groups:
        if negated and not asked:
            return
        walk.open = True
    elif asked and (negated or "open" in groups or _opens(syntax, token)):
        walk.open = True
    elif "deny" in groups:
        walk.denied = walk.denied or not negated
        walk.flips += not negated
    elif "allege" in groups:
        walk.alleged = True
    elif "open" in groups:
        walk.open = True
    elif "find" in groups and negated:
        walk.flips += 1
    elif "expect" in groups or (to and syntax.lemmas[head] in read_words("plan_verbs")):
        walk.flips += negated
        walk.planned = walk.planned or not _is_past(syntax, token)
    elif "urge" in groups and _is_subjunctive(syntax, token):
        walk.urged = True
    elif negated and dep in {"ccomp", "acl", "csubj"} and "know" not in groups:
        # "Did not say that …", "has not confirmed …": neither said to be so nor not.
        walk.open = True
    elif dep == "xcomp":
        limits.discard(head)
    else:
        limits.clear()
    walk.limits |= limits
    if "find" in groups:
        _embed_in_noun_phrase(syntax, head, walk, denied=noun >= 0)


def _embed_in_noun_phrase(syntax: Syntax, noun: int, walk: Walk, *, denied: bool) -> None:
    """Count "did not find evidence that …": the denial may sit on the verb above the noun."""
    verb = syntax.heads[noun]
    if syntax.pos[noun] != "NOUN" or verb == noun or syntax.deps[noun] not in ARGUMENTS:
        return
    denials = find_negations(syntax, verb)
    # "Found no evidence" is counted as the noun's.
    walk.flips += len(denials) % 2 == 1 and not denied
    walk.limits.update(place for denial in denials for place in denial)
    walk.above.add(verb)


def _passes_on(syntax: Syntax, verb: int) -> bool:
    return syntax.lemmas[verb] in SAID_TO and any(
        syntax.deps[child] == "aux:pass" for child in syntax.children[verb]
    )


def _groups(syntax: Syntax, token: int) -> frozenset[str]:
    return groups_by_word("embedding_words").get(syntax.lemmas[token], frozenset())


def _asks(syntax: Syntax, clause: int) -> bool:
    first = syntax.left[clause]
    return syntax.lower[first] in _QUESTION_WORDS or (
        first + 1 < clause and syntax.lower[first + 1] in _QUESTION_WORDS
    )


def _opens(syntax: Syntax, clause: int) -> bool:
    """Say whether the clause is a yes-or-no question: "whether", and "if" below a verb."""
    return syntax.lower[syntax.left[clause]] in {"whether", "if"}


def _is_past(syntax: Syntax, clause: int) -> bool:
    return syntax.tags[clause] == "VBD" or any(
        syntax.tags[child] == "VBD" and syntax.deps[child] in {"aux", "aux:pass", "cop"}
        for child in syntax.children[clause]
    )


def _is_subjunctive(syntax: Syntax, clause: int) -> bool:
    """Say whether the clause tells what ought to be: "that the base be closed", "to resign"."""
    finite = {syntax.tags[clause]} | {
        syntax.tags[child]
        for child in syntax.children[clause]
        if syntax.deps[child] in {"aux", "aux:pass", "cop"}
    }
    return not finite & {"VBD", "VBZ", "VBP"} or any(
        syntax.lower[child] == "should" for child in syntax.children[clause]
    )
