"""Whether a sentence really says that one of its clauses is so.

"The fire was set" is said by "the fire was set" and by "police know the fire was set", not by
"if the fire was set", "police did not say whether the fire was set" or "he denied that the
fire was set". What stands above a clause is walked through from the clause upwards, and
each verb, noun or negation on the way changes how the clause is meant.

Method: relative polarity along the path to the root, after Nairn, Condoravdi and Karttunen,
"Computing relative polarity for textual inference" (2006), and Lotan, Stern and Dagan,
"TruthTeller" (2013), over Universal Dependencies and with the voices of a newsroom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.claims.analysis.embedding import SAID_TO, Walk, embed
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.negation import find_negations
from apps.claims.analysis.predications import SUBJECTS, has_subject, is_verbal, shared_modifiers
from apps.claims.analysis.syntax import Syntax
from apps.claims.analysis.types import Polarity, Voice

_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo", "sha"})
_MODALS = frozenset(
    "will 'll ’ll shall wo sha would 'd ’d could can may might must should ought need".split()
)
_MAY = frozenset({"may", "might", "could"})
_CONDITIONS = frozenset({"if", "unless", "provided", "lest"})
_INVERTED = frozenset({"had", "should", "were"})
_SELF_CONTAINED = frozenset({"acl:relcl", "advcl:relcl", "appos", "parataxis", "advcl"})
# "Is due on Friday", "was set for noon", "scheduled for May".
_FIXED_FOR = frozenset("due set schedule slate plan expect bill book earmark".split())
# Acts that are over once they are told; "agrees to meet" in a headline looks ahead.
_SETTLING = frozenset({"agree", "decide"})
_LONGEST_WALK = 40


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a clause is meant.

    *voice* is DENIED, ALLEGED, CONDITIONAL (also: asked, left open) or PLANNED, None when
    the clause is plainly said to be so. *is_ahead* says that it tells what is to come,
    *is_urged* that it tells what ought to be. *above* are the tokens walked through whose
    meaning has been counted; *limits* the tokens, by index, that limit the clause wherever
    they stand in the sentence, *conditions* the (first, last) tokens of its conditions.
    """

    polarity: Polarity
    voice: Voice | None
    is_ahead: bool
    is_urged: bool
    above: frozenset[int]
    limits: frozenset[int]
    conditions: tuple[tuple[int, int], ...]


def read_assertion(
    syntax: Syntax, root: int, *, alleged: Mapping[int, Sequence[int]], is_question: bool = False
) -> Assertion:
    """Return how the clause of *root* is meant.

    *alleged* holds for the predicate of a clause the tokens in it that accuse ("allegedly").
    *is_question* says that the sentence ends with a question mark.
    """
    walk = Walk()
    token = root
    if root >= 0:
        _read_clause(syntax, root, walk, alleged)
        if is_question and _is_asked(syntax, root):
            walk.open = True
    for _ in range(_LONGEST_WALK):
        if token < 0 or syntax.heads[token] == token:
            break
        head, dep = syntax.heads[token], syntax.deps[token]
        if dep == "conj" and is_verbal(syntax, head):
            if token == root:
                _share(syntax, token, walk, alleged)
            token = head
            continue
        if dep == "advcl" and _condition_mark(syntax, token) >= 0:
            walk.open = True
            walk.limits.add(_condition_mark(syntax, token))
        if dep in _SELF_CONTAINED or dep.startswith(("nmod", "obl")):
            # What is told about somebody in passing holds whatever is denied of them; only
            # a whole reported statement carries its asides with it.
            break
        if dep == "acl" and syntax.tags[token] in {"VBN", "VBG"} and not has_subject(syntax, token):
            break
        if dep in {"ccomp", "xcomp", "csubj", "csubj:pass", "acl"}:
            embed(syntax, token, walk)
        token = head
    return Assertion(
        Polarity.NEGATIVE if walk.flips % 2 else Polarity.POSITIVE,
        _voice(walk),
        (walk.ahead or walk.planned) and not walk.over,
        walk.urged,
        frozenset(walk.above),
        frozenset(walk.limits),
        tuple(walk.conditions),
    )


def _voice(walk: Walk) -> Voice | None:
    if walk.denied:
        return Voice.DENIED
    if walk.alleged:
        return Voice.ALLEGED
    if walk.open:
        return Voice.CONDITIONAL
    return Voice.PLANNED if walk.planned else None


def _read_clause(
    syntax: Syntax, root: int, walk: Walk, alleged: Mapping[int, Sequence[int]]
) -> None:
    """Count what the clause says of itself: negation, modals, plans, conditions."""
    children = syntax.children[root]
    for words_denying in find_negations(syntax, root):
        walk.flips += 1
        walk.limits.update(words_denying)
    modals = [child for child in children if syntax.lower[child] in _MODALS and child < root]
    walk.limits.update(modals)
    words = {syntax.lower[child] for child in modals}
    perfect = any(syntax.lemmas[child] == "have" and child < root for child in children)
    # "Threatened to strike unless …": the condition may hang on the infinitive.
    lower = [c for c in children if syntax.deps[c] == "xcomp"]
    for child in [*children, *(grand for c in lower for grand in syntax.children[c])]:
        if (
            syntax.deps[child].startswith(("advcl", "obl"))
            and (mark := _condition_mark(syntax, child)) >= 0
        ):
            walk.open = True
            walk.limits.add(mark)
            walk.conditions.append((syntax.left[child], syntax.right[child]))
    if any(syntax.lower[child] == "whether" and child < root for child in children):
        walk.open = True
    if words & _WILL:
        walk.planned = True
    elif words & {"would", "'d", "’d"}:
        if _is_reported_in_past(syntax, root) and not perfect:
            walk.planned = True
        else:
            walk.open = walk.open or not (words - {"'d", "’d"} == set() and perfect)
        walk.ahead = not perfect
    elif words & _MAY and not perfect and not walk.flips:
        walk.ahead = True
    elif words & {"should", "ought"}:
        # "The merger should close in May" looks ahead, "the minister should go" judges.
        dated = any(syntax.ents[child] in {"DATE", "TIME"} for child in children)
        walk.ahead, walk.urged = dated, not dated
    if alleged.get(root):
        walk.alleged = True
        walk.limits.update(alleged[root])
    _read_verb(syntax, root, walk)


def _read_verb(syntax: Syntax, root: int, walk: Walk) -> None:
    """Count what the verb makes of the one below it: "fails to", "plans to", "is said to"."""
    lemma, children = syntax.lemmas[root], syntax.children[root]
    below = [
        c for c in children if syntax.deps[c] in {"xcomp", "ccomp", "advcl", "acl"} and c > root
    ]
    to = [c for c in below if any(syntax.lower[g] == "to" for g in syntax.children[c] if g < c)]
    passive = any(syntax.deps[child] in {"aux:pass", "cop"} for child in children)
    # "Declined to comment" is also read as declining to a comment; "declined to 4%" is no refusal.
    undone = any(syntax.deps[child] == "xcomp" for child in below) or (
        syntax.lower[root + 1 : root + 2] == ["to"]
        and syntax.pos[root + 2 : root + 3] in (["NOUN"], ["VERB"])
    )
    if undone and lemma in read_words("negative_verbs"):
        walk.flips += 1
        walk.limits.add(root)
    elif lemma in {"unable", "unwilling"} and below:
        walk.flips += 1
        walk.limits.add(root)
    elif to and passive and lemma in SAID_TO:
        walk.alleged = True
        walk.limits.add(root)
    elif to and lemma in read_words("plan_verbs") and not passive:
        walk.limits.add(root)
        # That two sides have agreed is done; what they agreed to do is what is planned.
        settled = lemma in _SETTLING and syntax.tags[root] in {"VBD", "VBN"}
        over = any(syntax.lower[c] == "had" for c in children)
        walk.planned = walk.planned or not (over or settled)
    elif (
        lemma in read_words("plan_adjectives") and below and (passive or syntax.tags[root] == "VBN")
    ):
        walk.planned = True
        walk.over = any(syntax.lower[child] == "had" for child in children)
        walk.limits.add(root)
    elif lemma in _FIXED_FOR and passive and _is_dated(syntax, root):
        walk.planned = True
        walk.limits.add(root)
    elif lemma == "go" and to and syntax.tags[root] == "VBG":
        walk.planned = True
    elif lemma == "accuse" or (lemma in {"suspect", "allege"} and syntax.pos[root] == "VERB"):
        walk.alleged = True
        walk.limits.add(root)
    elif lemma in {"seem", "appear"} and below:
        walk.limits.add(root)
    # "Is to visit", "have yet to decide", and the headline's "Toyama to build".
    mark = next((c for c in children if syntax.lower[c] == "to" and c < root), -1)
    if mark >= 0:
        before = {syntax.lower[c] for c in children if c < mark} | {syntax.lower[mark - 1]}
        if "yet" in before:
            walk.flips += 1
            walk.limits.add(mark - 1)
        elif (
            before & {"is", "are", "was", "were"}
            or syntax.deps[root] == "ROOT"
            or _is_headline(syntax, root)
        ):
            walk.planned = True
            walk.limits.add(mark)
    if to and lemma in {"have", "be"} and any(syntax.lower[c] == "yet" for c in children):
        walk.flips += 1
        walk.limits.update(c for c in children if syntax.lower[c] == "yet")
    elif to and lemma == "be":
        walk.planned = True
        walk.limits.add(root)


def _is_dated(syntax: Syntax, root: int) -> bool:
    return any(
        syntax.ents[child] in {"DATE", "TIME"} or syntax.lower[child] in {"tomorrow", "tonight"}
        for child in syntax.children[root]
        if child > root
    )


def _is_headline(syntax: Syntax, root: int) -> bool:
    head = syntax.heads[root]
    return (
        syntax.deps[root] == "acl"
        and syntax.deps[head] == "ROOT"
        and syntax.pos[head] in {"PROPN", "NOUN"}
        and head == root - 2
    )


def _condition_mark(syntax: Syntax, clause: int) -> int:
    """Return the "if" of an adverbial clause, its inverted verb ("had it rained"), else -1."""
    first = -1
    for child in syntax.children[clause]:
        if child > clause:
            break
        word = syntax.lower[child]
        if word in _CONDITIONS and syntax.deps[child] in {"mark", "advmod", "case"}:
            if word == "if" and child and syntax.lower[child - 1] in {"as", "even"}:
                return -1
            return child
        if word in _INVERTED and syntax.deps[child] in {"aux", "aux:pass", "cop"} and first < 0:
            first = child
        elif syntax.deps[child] in SUBJECTS:
            return first
    return -1


def _share(syntax: Syntax, token: int, walk: Walk, alleged: Mapping[int, Sequence[int]]) -> None:
    """Hand on what the first of several verbs has and the later ones leave out.

    "Would raise wages and extend leave": both would. "Did not sign or send": neither.
    """
    first = syntax.heads[token]
    if has_subject(syntax, token):
        return
    children = syntax.children[token]
    joined = {syntax.lower[child] for child in children if syntax.deps[child] == "cc"}
    bare = syntax.tags[token] in {"VB", "VBN", "VBG"} and not any(
        syntax.deps[child] in {"aux", "aux:pass", "cop"} for child in children if child < token
    )
    if bare:
        _share_modals(syntax, token, first, walk)
    both_infinitives = bare and syntax.tags[token] == "VB" == syntax.tags[first]
    if joined & {"or", "nor"} or (both_infinitives and "but" not in joined):
        # A negation at the verb or in its subject is shared, one in its object is not.
        denials = find_negations(syntax, first)
        shared = {place for denial in denials for place in denial if place < first}
        if shared and len(denials) % 2 and not ("nor" in joined and walk.flips):
            walk.flips += 1
            walk.limits |= shared
    for left, right in shared_modifiers(syntax, token):
        accusing = [place for place in alleged.get(first, ()) if left <= place <= right]
        walk.alleged = walk.alleged or bool(accusing)
        walk.limits.update(accusing)
    for child in syntax.children[first]:
        mark = _condition_mark(syntax, child) if syntax.deps[child] == "advcl" else -1
        if mark >= 0 and child < first:
            walk.open = True
            walk.limits.add(mark)
            walk.conditions.append((syntax.left[child], syntax.right[child]))


def _share_modals(syntax: Syntax, token: int, first: int, walk: Walk) -> None:
    """Hand on "will", "would", "may" of the first verb; "will be shut and has been sold" does not."""
    leading = [child for child in syntax.children[first] if child < first]
    auxiliaries = {syntax.lower[child] for child in leading if syntax.deps[child] == "aux"}
    if syntax.tags[token] == "VBN" and auxiliaries and not auxiliaries - _MODALS:
        return
    modals = {child for child in leading if syntax.lower[child] in _MODALS}
    words = {syntax.lower[child] for child in modals}
    walk.limits |= modals
    walk.planned = walk.planned or bool(words & _WILL)
    walk.open = walk.open or ("would" in words and not _is_reported_in_past(syntax, first))
    walk.ahead = walk.ahead or bool(words & (_MAY | {"would"}))
    walk.urged = walk.urged or bool(words & {"should", "ought"})


def _is_asked(syntax: Syntax, root: int) -> bool:
    token = root
    for _ in range(_LONGEST_WALK):
        if syntax.heads[token] == token:
            return True
        if syntax.deps[token] not in {"conj", "parataxis", "ccomp"}:
            return False
        token = syntax.heads[token]
    return False


def _is_reported_in_past(syntax: Syntax, root: int) -> bool:
    """Say whether "would" is the future as told in the past: "said it would close"."""
    head = syntax.heads[root]
    if syntax.deps[root] == "conj" and not has_subject(syntax, root):
        return _is_reported_in_past(syntax, head) if syntax.deps[head] != "conj" else False
    return (
        syntax.deps[root] == "ccomp"
        and syntax.tags[head] in {"VBD", "VBN"}
        and syntax.pos[head] == "VERB"
    )
