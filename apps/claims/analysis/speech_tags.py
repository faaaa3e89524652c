"""Sentences that end with who said it, where the parser took the statement for a noun phrase.

"A battery overheated in the hall, Quint said": read as "the battery (that was) overheated …
said", with the speaker hung on somewhere. A sentence that ends with a verb of saying has
its statement before the comma, so the tree is put right before anything is read from it.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

_SAYING = frozenset(
    "say add tell note report announce warn explain state write claim confirm".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# A past tense that looks like a participle is taken for one.
_PARTICIPLE = "VBN"
_CLAUSES = frozenset({"ccomp", "parataxis"})
_OF_NAMES = frozenset("DET PROPN NOUN ADJ PART ADP NUM PRON CCONJ".split())
_LONGEST_SPEAKER = 14
_CLOSING = "\"”’'.!?"


def mend_speech_tags(
    words: Sequence[str],
    lemmas: Sequence[str],
    pos: Sequence[str],
    bounds: Sequence[tuple[int, int]],
    tags: MutableSequence[str],
    deps: MutableSequence[str],
    heads: MutableSequence[int],
) -> None:
    """Make what stands before ", X said." a clause of its own, in place.

    Only where the parser found no clause there; a statement in quotation marks has none
    to mend. *bounds* are the (first, after last) tokens of sentences.
    """
    for first, after in bounds:
        last = after - 1
        while last > first and (not words[last].strip() or words[last] in _CLOSING):
            last -= 1
        if lemmas[last] not in _SAYING or tags[last] not in _FINITE or heads[last] != last:
            continue
        comma = last - 1
        while comma > first and words[comma] != ",":
            comma -= 1
        if not 1 < last - comma <= _LONGEST_SPEAKER or comma <= first:
            continue
        if any(pos[token] not in _OF_NAMES for token in range(comma + 1, last)):
            continue
        if any(heads[token] == last and deps[token] in _CLAUSES for token in range(first, comma)):
            continue
        verb = _stray_verb(words, tags, deps, heads, first, comma)
        if verb >= 0:
            _put_right(tags, deps, heads, first, verb, comma, last)


def _stray_verb(
    words: Sequence[str],
    tags: Sequence[str],
    deps: Sequence[str],
    heads: Sequence[int],
    first: int,
    comma: int,
) -> int:
    """Return the verb hung on the noun that is really its subject, -1 for none."""
    for verb in range(first + 1, comma):
        noun = heads[verb]
        if deps[verb] != "acl" or not first <= noun < verb or "," in words[noun:verb]:
            continue
        own = [token for token in range(first, comma) if heads[token] == noun]
        # "In a report published on Monday": no subject.
        if any(deps[token] == "case" for token in own):
            continue
        helped = any(heads[token] == verb and deps[token].startswith("aux") for token in own)
        if tags[verb] in _FINITE or (tags[verb] == _PARTICIPLE and not helped):
            return verb
    return -1


def _put_right(
    tags: MutableSequence[str],
    deps: MutableSequence[str],
    heads: MutableSequence[int],
    first: int,
    verb: int,
    comma: int,
    last: int,
) -> None:
    noun = heads[verb]
    outside = [t for t in range(comma + 1, last) if not comma < heads[t] < last]
    speaker = outside[-1] if outside else last - 1
    for token in outside[:-1]:
        heads[token], deps[token] = speaker, "compound"
    heads[speaker], deps[speaker] = last, "nsubj"
    heads[verb], deps[verb] = last, "ccomp"
    heads[noun], deps[noun] = verb, "nsubj"
    if tags[verb] == _PARTICIPLE:
        tags[verb] = "VBD"
    for token in range(first, comma):
        if token not in {noun, verb} and not first <= heads[token] < comma:
            heads[token] = verb
