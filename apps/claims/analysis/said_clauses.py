"""What was said, where the parser hung it on the wrong word.

"A battery overheated in the hall, Quint said": read as "the battery (that was) overheated …
said", with the speaker hung on somewhere. "Quint told people at the vigil that tests would take
a week": read as a vigil that tests would take. Such trees are put right before anything is
read from them.
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
_SPOKEN = _FINITE | {"VBN"}
# As in ``predications``, which reads the finished tree.
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
_OF_NOUNS = frozenset({"acl", "acl:relcl"})
# Whom or where it was told, and what stands in such a phrase: "at a vigil in the church".
_HEARD = frozenset({"iobj", "obl"})
_INSIDE = frozenset({"nmod", "appos", "conj"})
_LONGEST_TOLD = 30
_CLOSING = "\"”’'.!?"


def mend_said_clauses(
    words: Sequence[str],
    lemmas: Sequence[str],
    pos: Sequence[str],
    bounds: Sequence[tuple[int, int]],
    tags: MutableSequence[str],
    deps: MutableSequence[str],
    heads: MutableSequence[int],
) -> None:
    """Hang what is said on the verb of saying, in place.

    Only where that verb has no clause of its own yet: what stands before ", X said" at a
    sentence's end, and "that …" behind it. *bounds* are the (first, after last) tokens of
    sentences.
    """
    for first, after in bounds:
        saying = [token for token in range(first, after) if lemmas[token] in _SAYING]
        if not saying:
            continue
        _mend_before_speaker(words, pos, tags, deps, heads, first, after, saying[-1])
        for verb in saying:
            _mend_that_clause(words, lemmas, tags, deps, heads, verb, after)


def _mend_before_speaker(
    words: Sequence[str],
    pos: Sequence[str],
    tags: MutableSequence[str],
    deps: MutableSequence[str],
    heads: MutableSequence[int],
    first: int,
    after: int,
    last: int,
) -> None:
    """Make what stands before ", X said." a clause, where the sentence ends with *last*."""
    if any(
        words[token].strip() and words[token] not in _CLOSING for token in range(last + 1, after)
    ):
        return
    if tags[last] not in _FINITE or heads[last] != last:
        return
    comma = last - 1
    while comma > first and words[comma] != ",":
        comma -= 1
    if not 1 < last - comma <= _LONGEST_SPEAKER or comma <= first:
        return
    if any(pos[token] not in _OF_NAMES for token in range(comma + 1, last)):
        return
    if any(heads[token] == last and deps[token] in _CLAUSES for token in range(first, comma)):
        return
    verb = _stray_verb(words, tags, deps, heads, first, comma)
    if verb >= 0:
        _put_right(tags, deps, heads, first, verb, comma, last)


def _mend_that_clause(
    words: Sequence[str],
    lemmas: Sequence[str],
    tags: Sequence[str],
    deps: MutableSequence[str],
    heads: MutableSequence[int],
    verb: int,
    after: int,
) -> None:
    """Hang on *verb* the first "that" clause behind it that hangs on a noun in between.

    A clause with a subject besides its "that" tells nothing of the noun: "told the crew that
    the boat sank", not "told the crew that sank it".
    """
    if tags[verb] not in _SPOKEN:
        return
    behind = range(verb + 1, min(after, verb + _LONGEST_TOLD))
    own = {deps[token] for token in behind if heads[token] == verb}
    if own & _CLAUSES:
        return
    for mark in behind:
        clause = heads[mark]
        if words[mark].lower() != "that" or deps[mark] != "mark" or deps[clause] not in _OF_NOUNS:
            continue
        if any(heads[t] == clause and deps[t] in _SUBJECTS for t in range(mark + 1, clause)):
            noun = heads[clause]
            while verb < noun < mark and deps[noun] in _INSIDE:
                noun = heads[noun]
            heard = _HEARD | {"obj"} if lemmas[verb] == "tell" else _HEARD
            if verb < noun < mark and heads[noun] == verb and deps[noun] in heard:
                heads[clause], deps[clause] = verb, "ccomp"
        return


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
