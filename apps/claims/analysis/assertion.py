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
from dataclasses import dataclass, field

from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.predications import SUBJECTS, has_subject, is_verbal, shared_modifiers
from apps.claims.analysis.syntax import Syntax
from apps.claims.analysis.types import Polarity, Voice
from apps.claims.analysis.word_lists import groups_by_word

NEGATORS = frozenset(
    "not n't n’t no never neither nor none nobody nothing without cannot nowhere hardly scarcely".split()
)
_NEGATING_DEPS = frozenset(
    {"advmod", "neg", "det", "aux", "cc", "cc:preconj", "discourse", "mark", "case"}
)
# "Not only" adds, "no less than" counts.
_NOT_NEGATING = frozenset({"only", "just", "least", "less", "more", "fewer", "later", "doubt"})
_NOBODY = frozenset({"nobody", "none", "nothing", "neither", "few", "nowhere"})
_NO = frozenset({"no", "neither", "not", "hardly", "scarcely", "few", "little"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj"})
_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo", "sha"})
_MODALS = frozenset(
    "will 'll ’ll shall wo sha would 'd ’d could can may might must should ought need".split()
)
_MAY = frozenset({"may", "might", "could"})
_CONDITIONS = frozenset({"if", "unless", "provided", "lest"})
_INVERTED = frozenset({"had", "should", "were"})
_QUESTION_WORDS = frozenset("whether if how who whom whose what which why when where".split())
_SELF_CONTAINED = frozenset({"acl:relcl", "advcl:relcl", "appos", "parataxis", "advcl"})
_SAID_TO = frozenset(
    "believe think say understand rumour rumor report fear suspect allege suppose presume".split()
)
# "Is due on Friday", "was set for noon", "scheduled for May".
_FIXED_FOR = frozenset("due set schedule slate plan expect bill book earmark".split())
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


@dataclass(slots=True)
class _Walk:
    """What has been met on the way up."""

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


def read_assertion(
    syntax: Syntax, root: int, *, alleged: Mapping[int, Sequence[int]], is_question: bool = False
) -> Assertion:
    """Return how the clause of *root* is meant.

    *alleged* holds for the predicate of a clause the tokens in it that accuse ("allegedly").
    *is_question* says that the sentence ends with a question mark.
    """
    walk = _Walk()
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
            _share(syntax, token, walk, alleged, own=token == root)
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
            _embed(syntax, token, head, walk)
            _embed_in_noun_phrase(syntax, head, walk)
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


def _voice(walk: _Walk) -> Voice | None:
    if walk.denied:
        return Voice.DENIED
    if walk.alleged:
        return Voice.ALLEGED
    if walk.open:
        return Voice.CONDITIONAL
    return Voice.PLANNED if walk.planned else None


def _read_clause(
    syntax: Syntax, root: int, walk: _Walk, alleged: Mapping[int, Sequence[int]]
) -> None:
    """Count what the clause says of itself: negation, modals, plans, conditions."""
    children = syntax.children[root]
    _count_negations(syntax, root, walk)
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


def _read_verb(syntax: Syntax, root: int, walk: _Walk) -> None:
    """Count what the verb makes of the one below it: "fails to", "plans to", "is said to"."""
    lemma, children = syntax.lemmas[root], syntax.children[root]
    below = [
        c for c in children if syntax.deps[c] in {"xcomp", "ccomp", "advcl", "acl"} and c > root
    ]
    to = [c for c in below if any(syntax.lower[g] == "to" for g in syntax.children[c] if g < c)]
    passive = any(syntax.deps[child] in {"aux:pass", "cop"} for child in children)
    if lemma in read_words("negative_verbs") and any(syntax.deps[c] == "xcomp" for c in below):
        walk.flips += 1
        walk.limits.add(root)
    elif lemma in {"unable", "unwilling"} and below:
        walk.flips += 1
        walk.limits.add(root)
    elif to and passive and lemma in _SAID_TO:
        walk.alleged = True
        walk.limits.add(root)
    elif to and lemma in read_words("plan_verbs") and not passive:
        walk.limits.add(root)
        walk.planned = walk.planned or not any(syntax.lower[c] == "had" for c in children)
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


def _count_negations(syntax: Syntax, root: int, walk: _Walk) -> None:
    for child in syntax.children[root]:
        word, dep = syntax.lower[child], syntax.deps[child]
        if word in NEGATORS and dep in _NEGATING_DEPS:
            if child + 1 < len(syntax) and syntax.lower[child + 1] in _NOT_NEGATING:
                continue
            walk.flips += 1
            walk.limits.add(child)
        elif dep in _ARGUMENTS:
            if word in _NOBODY and not _has_article(syntax, child):
                walk.flips += 1
                walk.limits.add(child)
                continue
            for grand in syntax.children[child]:
                if syntax.lower[grand] in _NO and _denies_phrase(syntax, grand, child):
                    walk.flips += 1
                    walk.limits.add(grand)
                    break
        elif dep == "advmod" and any(
            syntax.lower[g] == "no" and word in {"longer", "more"} for g in syntax.children[child]
        ):
            walk.flips += 1
            walk.limits.update(range(syntax.left[child], child + 1))


def _denies_phrase(syntax: Syntax, word: int, noun: int) -> bool:
    """Say whether *word* denies its noun: "no link", "few people", "not all"; "a few" does not."""
    text = syntax.lower[word]
    if syntax.deps[word] not in {"det", "amod", "advmod", "cc:preconj", "nummod"}:
        return False
    if word + 1 < len(syntax) and syntax.lower[word + 1] in _NOT_NEGATING:
        return False
    if text in {"few", "little"}:
        return not _has_article(syntax, noun)
    if text in {"hardly", "scarcely"}:
        return syntax.lower[noun].startswith("any")
    return word < noun


def _has_article(syntax: Syntax, noun: int) -> bool:
    left = syntax.left[noun]
    return syntax.lower[left] in {"a", "the", "these", "those", "his", "her", "their", "its"} or (
        left > 0 and syntax.lower[left - 1] == "a"
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


def _share(
    syntax: Syntax,
    token: int,
    walk: _Walk,
    alleged: Mapping[int, Sequence[int]],
    *,
    own: bool,
) -> None:
    """Hand on what the first of several verbs has and the later ones leave out.

    "Would raise wages and extend leave": both would. "Did not sign or send": neither.
    """
    first = syntax.heads[token]
    if not own or has_subject(syntax, token):
        return
    children = syntax.children[token]
    own_auxiliary = any(syntax.deps[c] in {"aux", "aux:pass", "cop"} for c in children if c < token)
    bare = syntax.tags[token] in {"VB", "VBN", "VBG"} and not own_auxiliary
    joined = {syntax.lower[c] for c in children if syntax.deps[c] == "cc"}
    borrowed = _Walk()
    _read_clause(syntax, first, borrowed, {})
    negated = _Walk()
    _count_negations(syntax, first, negated)
    auxiliaries = {
        syntax.lower[c] for c in syntax.children[first] if syntax.deps[c] == "aux" and c < first
    }
    if bare and (not auxiliaries or syntax.tags[token] != "VBN" or auxiliaries - _MODALS):
        modals = {c for c in syntax.children[first] if syntax.lower[c] in _MODALS and c < first}
        if modals:
            walk.limits |= modals
            words = {syntax.lower[c] for c in modals}
            walk.planned = walk.planned or bool(words & _WILL)
            walk.open = walk.open or (
                bool(words & {"would"}) and not _is_reported_in_past(syntax, first)
            )
            walk.ahead = walk.ahead or borrowed.ahead
            walk.urged = walk.urged or bool(words & {"should", "ought"})
    if joined & {"or", "nor"} or (
        bare and "but" not in joined and syntax.tags[token] == "VB" == syntax.tags[first]
    ):
        # A negation at the verb is shared; one in its subject too, one in its object is not.
        shared = {c for c in negated.limits if c < first}
        if shared and negated.flips and not (joined & {"nor"} and walk.flips):
            walk.flips += 1
            walk.limits |= shared
    for edges in shared_modifiers(syntax, token):
        for place in range(edges[0], min(edges[1], edges[0] + 3) + 1):
            if place in alleged.get(first, ()):
                walk.alleged = True
                walk.limits.add(place)
    for child in syntax.children[first]:
        mark = _condition_mark(syntax, child) if syntax.deps[child] == "advcl" else -1
        if mark >= 0 and child < first:
            walk.open = True
            walk.limits.add(mark)
            walk.conditions.append((syntax.left[child], syntax.right[child]))


def _embed(syntax: Syntax, token: int, head: int, walk: _Walk) -> None:
    """Count what the word above makes of the statement below it."""
    groups = _groups(syntax, head)
    if token in walk.above:
        return
    above = _Walk()
    _count_negations(syntax, head, above)
    negated = bool(above.flips % 2) or _is_negated_noun(syntax, head, above)
    dep = syntax.deps[token]
    asked = dep in {"ccomp", "csubj", "csubj:pass"} and _asks(syntax, token)
    to = dep in {"xcomp", "acl"} and any(
        syntax.lower[c] == "to" for c in syntax.children[token] if c < token
    )
    walk.above.add(head)
    if dep == "xcomp" and syntax.lemmas[head] in read_words("negative_verbs"):
        walk.flips += 1 + above.flips
        walk.limits |= {head, *above.limits}
    elif (
        dep == "xcomp"
        and to
        and syntax.lemmas[head] in _SAID_TO
        and any(syntax.deps[child] == "aux:pass" for child in syntax.children[head])
    ):
        walk.alleged = True
        walk.limits.add(head)
    elif "doubt" in groups:
        # "No doubt that", "did not question that" leave nothing open.
        walk.open = walk.open or asked or not negated
        walk.limits |= {head, *above.limits} if walk.open else set()
    elif asked and (negated or "open" in groups or _opens(syntax, token)):
        walk.open = True
        walk.limits |= {head, *above.limits}
    elif "deny" in groups:
        walk.limits |= {head, *above.limits}
        if not negated:
            walk.denied = True
            walk.flips += 1
    elif "allege" in groups:
        walk.alleged = True
        walk.limits.add(head)
    elif "open" in groups:
        walk.open = True
        walk.limits |= {head, *above.limits}
    elif "find" in groups and negated:
        walk.flips += 1
        walk.limits |= {head, *above.limits}
    elif "expect" in groups or (to and syntax.lemmas[head] in read_words("plan_verbs")):
        walk.limits |= {head, *above.limits}
        if negated:
            walk.flips += 1
        if not _is_past(syntax, token):
            walk.planned = True
    elif "urge" in groups and _is_subjunctive(syntax, token):
        walk.urged = True
        walk.limits.add(head)
    elif negated and dep in {"ccomp", "acl", "csubj"} and "know" not in groups:
        # "Did not say that …", "has not confirmed …": neither said to be so nor not.
        walk.open = True
        walk.limits |= {head, *above.limits}
    if dep == "xcomp":
        walk.limits |= above.limits


def _embed_in_noun_phrase(syntax: Syntax, head: int, walk: _Walk) -> None:
    """Count "found no evidence that …": the denial sits on the noun or on its verb."""
    if syntax.pos[head] != "NOUN" or "find" not in _groups(syntax, head):
        return
    verb = syntax.heads[head]
    if verb == head or head not in walk.above or syntax.deps[head] not in _ARGUMENTS:
        return
    above = _Walk()
    _count_negations(syntax, verb, above)
    own = any(syntax.lower[c] in _NO for c in syntax.children[head] if c < head)
    if above.flips % 2 and not own:
        walk.flips += 1
    walk.limits |= above.limits
    walk.above.add(verb)


def _is_negated_noun(syntax: Syntax, head: int, above: _Walk) -> bool:
    if syntax.pos[head] != "NOUN":
        return False
    for child in syntax.children[head]:
        if child < head and syntax.lower[child] in {"no", "little", "insufficient", "scant"}:
            above.limits.add(child)
            return True
    return False


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
