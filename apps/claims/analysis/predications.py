"""Who does what to whom: the subject, predicate, object and modifiers of a clause.

Over Universal Dependencies, with what a reader fills in: a conjunct has the first one's
subject, "to leave" that of the verb it hangs on, "who fled" the noun it describes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.articles.text.spans import Span, trim_span
from apps.claims.analysis.syntax import Syntax

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer")
_OBJECTS = ("obj", "obl", "obl:agent", "ccomp", "xcomp", "iobj")
_AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
# A verb form that describes, joins or introduces heads no clause: "the alleged thief", "including".
_NOT_CLAUSAL = _AUXILIARIES | {"amod", "case", "cc", "compound", "det", "fixed", "flat", "mark"}
_RELATIVE = frozenset({"acl:relcl", "advcl:relcl"})
_PRONOUNS = frozenset({"who", "which", "that", "whom"})
# What ends a noun phrase as the name of somebody: "Vance, the treasurer", "the man who fled".
_ASIDES = frozenset({"appos", "acl:relcl", "parataxis", "punct", "dep", "advcl", "advcl:relcl"})
# "The day he died", "the town where he died": no object of dying.
_WHEN_OR_WHERE = frozenset(
    "time day week month year moment night hour minute place way reason case extent".split()
)
_RELATIVE_ADVERBS = frozenset(
    {"where", "when", "why", "in", "at", "on", "for", "to", "by", "with", "whose"}
)
_OPENERS = frozenset({"case", "cc", "punct", "mark", "cc:preconj"})
_CIRCUMSTANCES = ("obl", "advmod", "advcl")
_LONGEST_CHAIN = 40
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Predication:
    """The parts of a statement as spans of the article.

    *subject* may stand outside the statement's own words, when it is shared ("left and
    blocked the road") or described ("who fled"). *modifiers* are phrases that say when,
    where, how or why, those shared with a first conjunct included, in text order.
    """

    predicate: Span
    subject: Span | None = None
    object: Span | None = None
    modifiers: tuple[Span, ...] = ()


def is_verbal(syntax: Syntax, token: int) -> bool:
    """Say whether *token* heads a clause: a verb, or a noun or adjective with a copula."""
    if syntax.pos[token] in {"VERB", "AUX"}:
        return syntax.deps[token] not in _NOT_CLAUSAL
    return any(syntax.deps[child] == "cop" for child in syntax.children[token])


def is_statement(syntax: Syntax, token: int) -> bool:
    """Say whether *token* heads a whole statement, not the infinitive or noun below a verb."""
    if not is_verbal(syntax, token):
        return False
    return has_subject(syntax, token) or syntax.deps[token] not in {"xcomp", "obj", "acl", "advcl"}


def has_subject(syntax: Syntax, token: int) -> bool:
    return any(syntax.deps[child] in SUBJECTS for child in syntax.children[token])


def lower_clause_words(syntax: Syntax, token: int) -> bool:
    """Say whether a reduced clause tells anything besides its verb and its subject."""
    return any(
        syntax.deps[child] not in SUBJECTS
        and syntax.deps[child] not in {"punct", "aux", "mark", "cc", "conj"}
        for child in syntax.children[token]
    )


def find_root(syntax: Syntax, first: int, after: int) -> int:
    """Return the token that tokens *first* to *after* (exclusive) hang on, -1 for none.

    A headline's bare noun gives way to the verb that is really its predicate: "Firm to
    build plant" and "Bank nor board responded" are read as a noun with a clause by
    parsers that saw few headlines.
    """
    best = -1
    for token in range(first, after):
        head = syntax.heads[token]
        if first <= head < after and head != token:
            continue
        if syntax.pos[token] == "SPACE":
            continue
        if best < 0:
            best = token
        if syntax.pos[token] in {"VERB", "AUX"} or has_subject(syntax, token):
            best = token
            break
    return best if best < 0 or is_verbal(syntax, best) else _headline_verb(syntax, best)


def _headline_verb(syntax: Syntax, noun: int) -> int:
    """Return the verb that a noun really is the subject of, else the noun."""
    nouns = [noun, *(c for c in syntax.children[noun] if syntax.deps[c] == "conj")]
    for owner in nouns:
        for child in syntax.children[owner]:
            if child < owner or syntax.deps[child] != "acl" or has_subject(syntax, child):
                continue
            if syntax.tags[child] in {"VBZ", "VBP", "VBD"} or any(
                syntax.tags[grand] == "MD" for grand in syntax.children[child]
            ):
                return child
            # "Toyama to build chip plant": nothing stands between the name and its verb.
            if syntax.lower[child - 1] == "to" and child == owner + 2:
                return child
    return noun


def predicate_of(syntax: Syntax, root: int) -> str:
    """Return the lemma of a predicate, with its particle; the noun of "was a member"."""
    if root < 0:
        return ""
    lemma = syntax.lemmas[root]
    for child in syntax.children[root]:
        if syntax.deps[child] == "compound:prt":
            return f"{lemma} {syntax.lower[child]}"
    return lemma


def subject_of(syntax: Syntax, root: int) -> int:
    """Return the head of the subject, said or understood; -1 when there is none."""
    for _ in range(_LONGEST_CHAIN):
        if root < 0:
            break
        dep, head = syntax.deps[root], syntax.heads[root]
        for child in syntax.children[root]:
            if syntax.deps[child] in SUBJECTS:
                if dep in _RELATIVE and syntax.lower[child] in _PRONOUNS:
                    return head
                return child
        if head == root:
            break
        if dep == "appos" or dep in _RELATIVE or dep == "acl":
            return head
        if dep == "xcomp":
            given = [c for c in syntax.children[head] if syntax.deps[c] == "obj" and c < root]
            if given:
                return given[0]
        elif dep not in {"conj", "advcl", "ccomp", "parataxis"} or (
            dep == "parataxis" and syntax.tags[root] not in {"VBG", "VBN"}
        ):
            break
        root = head
    return -1


def object_of(syntax: Syntax, root: int) -> int:
    """Return the head of what completes the predicate most closely, -1 for nothing."""
    if root < 0:
        return -1
    for dep in _OBJECTS:
        for child in syntax.children[root]:
            if syntax.deps[child] == dep:
                return child
    return -1


def build_predication(syntax: Syntax, root: int) -> Predication | None:
    """Return the parts of the statement whose predicate is *root*; None for no predicate."""
    if root < 0:
        return None
    chain = list(_verb_chain(syntax, root))
    first, last = _verb_group(syntax, root, chain)
    predicate = _span(syntax, first, last)
    if predicate is None:
        return None
    subject = subject_of(syntax, root)
    object_ = -1 if syntax.deps[root] == "appos" else _direct_object(syntax, chain)
    return Predication(
        predicate,
        None if subject < 0 else _span(syntax, *phrase_edges(syntax, subject)),
        None if object_ < 0 else _span(syntax, *phrase_edges(syntax, object_)),
        _modifiers(syntax, root, chain, range(first, last + 1), {subject, object_}),
    )


def phrase_edges(syntax: Syntax, head: int) -> tuple[int, int]:
    """Return the first and last token of a noun phrase without asides and prepositions."""
    first = syntax.left[head]
    while first < head and (
        syntax.deps[first] in _OPENERS or syntax.pos[first] in {"PUNCT", "SPACE"}
    ):
        # "Neither the bank": the word that denies it belongs to the phrase.
        if syntax.deps[first] == "cc:preconj":
            break
        first += 1
    last = head
    for child in syntax.children[head]:
        if child > head:
            left = syntax.left[child]
            if syntax.deps[child] in _ASIDES or (
                # "farmers, angered by the tax", "evidence that it leaked", "the river to crest".
                syntax.words[left] == "("
                or (
                    syntax.deps[child] == "acl"
                    and (
                        "," in (syntax.words[left], syntax.words[left - 1])
                        or syntax.tags[child] not in {"VBG", "VBN"}
                        or has_subject(syntax, child)
                    )
                )
            ):
                break
            last = syntax.right[child]
    opened = syntax.words.index("(", head, last + 1) if "(" in syntax.words[head : last + 1] else -1
    return first, last if opened <= head else opened - 1


def _verb_chain(syntax: Syntax, root: int) -> Iterator[int]:
    """Yield *root* and the verbs that it hands its object to: "plans to open"."""
    for _ in range(_DEEPEST):
        yield root
        root = next(
            (
                child
                for child in syntax.children[root]
                if child > root
                and syntax.deps[child] == "xcomp"
                and syntax.pos[child] == "VERB"
                and not has_subject(syntax, child)
            ),
            -1,
        )
        if root < 0:
            return


def _verb_group(syntax: Syntax, root: int, chain: list[int]) -> tuple[int, int]:
    """Return the first and last token of the predicate: auxiliaries to the last verb."""
    first = root
    copula = any(syntax.deps[child] == "cop" for child in syntax.children[root])
    for child in reversed(syntax.children[root]):
        if child >= root:
            continue
        if syntax.deps[child] in SUBJECTS:
            break
        if syntax.deps[child] in _AUXILIARIES:
            first = child
    if not copula:
        # Words between auxiliary and verb are part of it only without a subject among them.
        first = first if all(_is_inner(syntax, i, root) for i in range(first, root)) else root
    last = root
    verbs = set(chain)
    while last + 1 < len(syntax):
        following = last + 1
        if syntax.heads[following] in verbs and (
            following in verbs
            or syntax.deps[following] in {"compound:prt", "mark", "aux", "aux:pass", "cop"}
            or (syntax.deps[following] == "advmod" and syntax.lower[following] in {"not", "never"})
        ):
            last = following
        else:
            break
    # "plans carefully to …": a mark without its verb is left out.
    while last > root and syntax.deps[last] in {"mark", "advmod", "aux", "aux:pass"}:
        last -= 1
    return first, last


def _is_inner(syntax: Syntax, token: int, root: int) -> bool:
    if token == root or syntax.heads[token] == root:
        return syntax.deps[token] not in SUBJECTS
    return syntax.left[root] <= token < root


def _direct_object(syntax: Syntax, chain: list[int]) -> int:
    """Return the head of the object of the first verb that has one, -1 for none.

    A clause without an object that describes a noun takes the noun: "promises he made".
    """
    for dep in ("obj", "iobj"):
        for verb in chain:
            for child in syntax.children[verb]:
                if syntax.deps[child] == dep:
                    if syntax.deps[verb] in _RELATIVE and syntax.lower[child] in _PRONOUNS:
                        return syntax.heads[verb]
                    return child
    root = chain[0]
    if (
        syntax.deps[root] in _RELATIVE
        and syntax.lemmas[syntax.heads[root]] not in _WHEN_OR_WHERE
        and syntax.pos[root] == "VERB"
        and syntax.lower[syntax.left[root]] not in _RELATIVE_ADVERBS
    ):
        own = [child for child in syntax.children[root] if syntax.deps[child] in SUBJECTS]
        if any(
            syntax.deps[child] == "nsubj" and syntax.lower[child] not in _PRONOUNS for child in own
        ) and not any(syntax.lower[child] == "to" for child in syntax.children[root]):
            return syntax.heads[root]
    return -1


def _modifiers(
    syntax: Syntax, root: int, chain: list[int], group: range, taken: set[int]
) -> tuple[Span, ...]:
    nominal = syntax.pos[root] not in {"VERB", "AUX"}
    found: list[Span | None] = []
    for verb in chain:
        for child in syntax.children[verb]:
            dep = syntax.deps[child]
            if child in group or child in taken:
                continue
            if dep.startswith(_CIRCUMSTANCES) or (nominal and dep == "nmod" and child > root):
                found.append(_span(syntax, syntax.left[child], syntax.right[child]))
    found.extend(shared_spans(syntax, root))
    return tuple(sorted({span for span in found if span is not None}))


def shared_spans(syntax: Syntax, root: int) -> list[Span]:
    """Return the words of ``shared_modifiers``; nothing for no predicate (-1)."""
    if root < 0 or syntax.deps[root] != "conj":
        return []
    spans = [_span(syntax, *edges) for edges in shared_modifiers(syntax, root)]
    return [span for span in spans if span is not None]


def shared_modifiers(syntax: Syntax, root: int) -> list[tuple[int, int]]:
    """Return the edges of what stands before the first of several verbs and holds for all.

    "On Friday, cooks left and blocked the road": both happened on Friday. Not for a
    conjunct with a subject of its own.
    """
    found: list[tuple[int, int]] = []
    for _ in range(_LONGEST_CHAIN):
        head = syntax.heads[root]
        if syntax.deps[root] != "conj" or head == root or has_subject(syntax, root):
            break
        for child in syntax.children[head]:
            if child < head and syntax.deps[child].startswith(_CIRCUMSTANCES):
                found.append((syntax.left[child], syntax.right[child]))
        root = head
    return found


def _span(syntax: Syntax, first: int, last: int) -> Span | None:
    while first < last and syntax.pos[first] in {"PUNCT", "SPACE"}:
        first += 1
    while last > first and syntax.pos[last] in {"PUNCT", "SPACE"}:
        last -= 1
    return trim_span(syntax.text, syntax.starts[first], syntax.ends[last])
