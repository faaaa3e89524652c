"""Where a clause is denied: "not", "never", "no door", "few people", "neither … nor"."""

from __future__ import annotations

from apps.claims.analysis.syntax import Syntax

_NEGATORS = frozenset(
    "not n't n’t no never neither nor none nobody nothing without cannot nowhere hardly scarcely".split()
)
_NEGATING_DEPS = frozenset(
    {"advmod", "neg", "det", "aux", "cc", "cc:preconj", "discourse", "mark", "case"}
)
# "Not only" adds, "no less than" counts.
_NOT_NEGATING = frozenset({"only", "just", "least", "less", "more", "fewer", "later", "doubt"})
_NOBODY = frozenset({"nobody", "none", "nothing", "neither", "few", "nowhere"})
_NO = frozenset({"no", "neither", "not", "hardly", "scarcely", "few", "little"})
ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj"})
_NONE_OF = frozenset({"no", "little", "insufficient", "scant"})


def find_negations(syntax: Syntax, root: int) -> list[list[int]]:
    """Return the negations of the clause of *root*, each as the tokens that make it.

    A negation counts on the predicate itself, its auxiliary, its subject or its object
    ("no door was locked", "found no link"), not deep inside a modifier ("a man with no
    licence was held"). Two of them cancel each other.
    """
    found: list[list[int]] = []
    for child in syntax.children[root]:
        word, dep = syntax.lower[child], syntax.deps[child]
        if word in _NEGATORS and dep in _NEGATING_DEPS:
            if child + 1 >= len(syntax) or syntax.lower[child + 1] not in _NOT_NEGATING:
                found.append([child])
        elif dep in ARGUMENTS:
            if word in _NOBODY and not _has_article(syntax, child):
                found.append([child])
                continue
            denying = next(
                (
                    grand
                    for grand in syntax.children[child]
                    if syntax.lower[grand] in _NO and _denies_phrase(syntax, grand, child)
                ),
                -1,
            )
            if denying >= 0:
                found.append([denying])
        elif dep == "advmod" and word in {"longer", "more"}:
            if any(syntax.lower[grand] == "no" for grand in syntax.children[child]):
                found.append(list(range(syntax.left[child], child + 1)))
    return found


def find_noun_negation(syntax: Syntax, noun: int) -> int:
    """Return the word that denies a noun ("*no* evidence that …"), -1 for none."""
    if syntax.pos[noun] != "NOUN":
        return -1
    return next(
        (
            child
            for child in syntax.children[noun]
            if child < noun and syntax.lower[child] in _NONE_OF
        ),
        -1,
    )


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
