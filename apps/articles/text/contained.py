"""Short sentences that another text keeps nearly whole and adds a clause to.

"The mill employs 310 people" in "The mill, which puts output first, employs 310 people": too
few words in common to say where the text comes from, enough to set the two beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Indel

from apps.articles.text.reuse import find_words
from apps.articles.text.spans import Span
from apps.articles.text.types import ReuseLink

# A sentence of fewer words stands in many others ("He did not").
_FEWEST_WORDS = 5
# Of so many words one may be another; so many pieces it may have been cut into.
_WORDS_PER_CHANGE = 8
_MOST_PIECES = 3
# Shorter words ("the", "was") are in every sentence: so many others have to be in common.
_LONG_WORD = 4
_FEWEST_LONG = 3

_Sentences = Sequence[tuple[Span, str]]


def find_contained(
    a: str, a_sentences: _Sentences, b: str, b_sentences: _Sentences, links: Iterable[ReuseLink]
) -> list[ReuseLink]:
    """Return pairs of sentences of the articles *a* and *b* one of which holds the other nearly
    whole and in order; none of a sentence that *links* have already. Each stands in one pair.
    """
    links = list(links)
    taken_a = {link.a_span for link in links}
    taken_b = {link.b_span for link in links}
    rest_a = [(span, _keys(text)) for span, text in a_sentences if span not in taken_a]
    rest_b = [(span, _keys(text)) for span, text in b_sentences if span not in taken_b]
    found = sorted(
        (
            (-_kept(ours, theirs), here, there)
            for here, ours in rest_a
            for there, theirs in rest_b
            if _holds(ours, theirs)
        ),
    )
    pairs: list[ReuseLink] = []
    for share, here, there in found:
        if here in taken_a or there in taken_b:
            continue
        taken_a.add(here)
        taken_b.add(there)
        pairs.append(ReuseLink(a=a, a_span=here, b=b, b_span=there, similarity=round(-share, 4)))
    return sorted(pairs, key=lambda link: (link.a_span, link.b_span))


def _keys(text: str) -> list[str]:
    return [word for word, _, _ in find_words(text)]


def _kept(a: Sequence[str], b: Sequence[str]) -> float:
    """Return which share of both lists is in common and in order, 0 to 1."""
    return Indel.normalized_similarity(a, b)


def _holds(a: Sequence[str], b: Sequence[str]) -> bool:
    shorter, longer = sorted((a, b), key=len)
    if not _FEWEST_WORDS <= len(shorter) < len(longer):
        return False
    long_words = {word for word in shorter if len(word) >= _LONG_WORD or word.isdecimal()}
    if len(long_words & set(longer)) < _FEWEST_LONG:
        return False
    kept = [code for code in Indel.opcodes(shorter, longer) if code.tag == "equal"]
    common = sum(code.src_end - code.src_start for code in kept)
    return len(kept) <= _MOST_PIECES and common >= len(shorter) - len(shorter) // _WORDS_PER_CHANGE
