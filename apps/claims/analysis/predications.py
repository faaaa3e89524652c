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
_OPENERS = frozenset({"case", "cc", "punct", "mark"})
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
        clauses = [
            child
            for child in syntax.children[owner]
            if child > owner
            and syntax.deps[child] in {"acl", "acl:relcl", "conj"}
            and is_verbal(syntax, child)
            and not has_subject(syntax, child)
        ]
        for child in clauses:
            if syntax.tags[child] in {"VBZ", "VBP", "VBD"} or any(
                syntax.tags[grand] == "MD" for grand in syntax.children[child]
            ):
                return child
            # "Toyama to build chip plant": nothing stands between the name and its verb.
            if syntax.lower[child - 1] == "to" and child == owner + 2:
                return child
        if not clauses:
            continue
        last = clauses[-1]
        aside = "," in (syntax.words[syntax.left[last]], syntax.words[syntax.left[last] - 1])
        # "The plant, built in 1987, closed in April": the aside has both its commas. "Man found
        # dead in river": a headline leaves its auxiliary out.
        bare = syntax.deps[owner] == "ROOT" and syntax.tags[last] == "VBN"
        if len(clauses) > 1 if aside else bare:
            return last
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
            return _bare_subject(syntax, root)
        if dep == "appos" or dep in _RELATIVE or dep == "acl":
            return head
        if dep == "conj" and not is_verbal(syntax, head) and not has_subject(syntax, head):
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


def _bare_subject(syntax: Syntax, root: int) -> int:
    """Return the noun before a main verb without a subject that was read as part of a name:
    "Storm flattens barns" as one compound; -1 for none."""
    if syntax.pos[root] != "VERB" or not syntax.children[root]:
        return -1
    child = max((c for c in syntax.children[root] if c < root), default=-1)
    named = child >= 0 and syntax.deps[child] in {"compound", "nmod", "nmod:unmarked", "flat"}
    return child if named and syntax.pos[child] in {"NOUN", "PROPN", "PRON"} else -1


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
    # "Voted on Monday to close the lido": what is voted is the closing, not the lido.
    split = next((verb for verb in chain if verb > last), -1)
    object_ = -1
    if syntax.deps[root] != "appos":
        object_ = _direct_object(syntax, [verb for verb in chain if verb <= last])
    if split >= 0 and object_ < 0:
        completion = _span(syntax, syntax.left[split], syntax.right[split])
    else:
        completion = None if object_ < 0 else _object_span(syntax, object_)
    return Predication(
        predicate,
        None if subject < 0 else _span(syntax, *phrase_edges(syntax, subject)),
        completion,
        _modifiers(
            syntax,
            root,
            [v for v in chain if v <= last],
            range(first, last + 1),
            {subject, object_},
        ),
    )


def _object_span(syntax: Syntax, head: int) -> Span | None:
    """Return the words of an object without the day that parsers hang on it: "ministers
    on Thursday"."""
    first, last = phrase_edges(syntax, head)
    for child in syntax.children[head]:
        if child > head and syntax.deps[child] == "nmod" and _is_time(syntax, child):
            last = min(last, syntax.left[child] - 1)
            break
    return _span(syntax, first, max(first, last))


def _is_time(syntax: Syntax, token: int) -> bool:
    return syntax.ents[token] in {"DATE", "TIME"}


def phrase_edges(syntax: Syntax, head: int) -> tuple[int, int]:
    """Return the first and last token of a noun phrase without asides and prepositions."""
    first = syntax.left[head]
    while first < head and (
        # The preposition of the phrase, not that of "at least 17 miners"; "neither" stays.
        (
            syntax.deps[first] in _OPENERS
            and syntax.heads[first] == head
            and not _bounds(syntax, first)
        )
        or syntax.pos[first] in {"PUNCT", "SPACE"}
        or syntax.tags[first] == "WRB"
    ):
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


def _bounds(syntax: Syntax, token: int) -> bool:
    """Say whether a preposition begins a number's bound: "up to 300 jobs", "over 40 homes"."""
    following = syntax.pos[token + 1] if token + 1 < len(syntax) else ""
    return following == "NUM" or syntax.lower[token + 1 : token + 2] in (
        ["to"],
        ["least"],
        ["most"],
    )


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
                # "Resumes Nov. 28", "fly home": when and where, not what.
                if (
                    syntax.deps[child] == dep
                    and syntax.pos[child] != "ADV"
                    and not _is_time(syntax, child)
                ):
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
            if (
                dep.startswith(_CIRCUMSTANCES)
                or (nominal and dep == "nmod" and child > root)
                or (dep == "obj" and (_is_time(syntax, child) or syntax.pos[child] == "ADV"))
            ):
                found.append(_span(syntax, syntax.left[child], syntax.right[child]))
    for taken_as in taken:
        if taken_as > root:
            for child in syntax.children[taken_as]:
                if child > taken_as and syntax.deps[child] == "nmod" and _is_time(syntax, child):
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
