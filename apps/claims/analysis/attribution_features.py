"""Features of cues: columns of codes for many words at once, which a scorer combines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.attribution_scorer import Templates, make_templates
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.syntax import (
    AFTER_SPEECH,
    BLANK,
    BREAK,
    CLOSING,
    LONG,
    OPENER,
    OPENING,
    PAUSE,
    STOP,
    Codes,
    Places,
    Syntax,
    code_of,
)

Flags = npt.NDArray[np.bool_]

# Groups of labels, a bit each.
SUBJECT, PASSIVE, CCOMP, XCOMP, OBJECT, PARATAXIS, OBLIQUE, ADVERBIAL, RELATIVE = (
    1 << bit for bit in range(9)
)
AGENT, OWNER, AUXILIARY, CASE, MARK, PARTICLE, ADVERB, DETERMINER, ADJECTIVE, UP, LINK, NMOD = (
    1 << bit for bit in range(9, 21)
)
_BITS = {
    "nsubj": SUBJECT, "nsubj:pass": SUBJECT | PASSIVE, "nsubj:outer": SUBJECT, "csubj": SUBJECT, "csubj:pass": SUBJECT,
    "aux:pass": PASSIVE | AUXILIARY, "aux": AUXILIARY, "cop": AUXILIARY, "ccomp": CCOMP | UP, "xcomp": XCOMP | UP,
    "obj": OBJECT, "parataxis": PARATAXIS | UP, "obl": OBLIQUE, "nmod": NMOD, "advcl": ADVERBIAL | UP, "acl": RELATIVE,
    "acl:relcl": RELATIVE, "obl:agent": AGENT, "nmod:poss": OWNER, "case": CASE, "mark": MARK, "compound:prt": PARTICLE,
    "advmod": ADVERB, "det": DETERMINER, "amod": ADJECTIVE, "conj": UP | LINK,
}  # fmt: skip
_COMPLEMENTS = CCOMP | XCOMP | OBJECT | PARATAXIS | OBLIQUE | ADVERBIAL | RELATIVE | PASSIVE


@dataclass(frozen=True, slots=True)
class Relations:
    """What the features ask of every token of a text, computed once.

    *bits* are the groups of a token's own label, *below* those of its children. The rest
    are places of tokens, -1 for none; *kind* says what a noun phrase's head is.
    """

    bits: Places
    below: Places
    subject: Places
    far_subject: Places
    object: Places
    oblique: Places
    complement: Places
    case: Places
    mark: Places
    auxiliary: Places
    particle: Places
    adverb: Places
    owner: Places
    agent: Places
    kind: Codes
    reports: Codes
    first: Places
    last: Places
    tail: Codes
    context: Codes


def relate(syntax: Syntax) -> Relations:
    table = syntax.table
    size = len(syntax)
    bit_of = {dep: _BITS.get(dep, 0) for dep in set(syntax.deps)}
    bits = np.array([bit_of[dep] for dep in syntax.deps], dtype=np.int64)
    places = np.arange(size)
    child = np.flatnonzero(table.heads != places)
    parent = table.heads[child]
    child_bits = bits[child]
    below = np.zeros(size, dtype=np.int64)
    np.bitwise_or.at(below, parent, child_bits)

    def first_child(wanted: int) -> Places:
        chosen = np.flatnonzero(child_bits & wanted)[::-1]
        found = np.full(size + 1, -1, dtype=np.int64)
        found[parent[chosen]] = child[chosen]
        return found

    subject = first_child(SUBJECT)
    auxiliary = first_child(AUXILIARY)
    reports = _is_one_of(table.lemma, "reporting_verbs").astype(np.uint32)
    kind = _kinds(syntax)
    first, last = _clause_edges(syntax, child, parent, child_bits, subject)
    return Relations(
        bits=np.append(bits, 0),
        below=np.append(below, 0),
        subject=subject,
        far_subject=_far_subjects(syntax, subject, bits),
        object=first_child(OBJECT),
        oblique=first_child(OBLIQUE | NMOD),
        complement=first_child(CCOMP | XCOMP | RELATIVE),
        case=first_child(CASE),
        mark=first_child(MARK),
        auxiliary=auxiliary,
        particle=first_child(PARTICLE),
        adverb=first_child(ADVERB),
        owner=first_child(OWNER),
        agent=first_child(AGENT),
        kind=kind,
        reports=reports,
        first=first,
        last=last,
        tail=_tails(syntax, first, last),
        context=_quote_contexts(syntax),
    )


@cache
def _codes_of(name: str) -> Codes:
    return np.array(sorted(code_of(word) for word in read_words(name)), dtype=np.uint32)


def _is_one_of(codes: Codes, name: str) -> Flags:
    return np.isin(codes, _codes_of(name))


def _kinds(syntax: Syntax) -> Codes:
    """Return what the head of a noun phrase is: a pronoun, a named person, people …"""
    table = syntax.table
    kind = np.where(table.ent > 0, table.ent, table.pos)
    people = _is_one_of(table.lemma, "people") & (table.ent == 0)
    kind = np.where(people, np.uint32(code_of("people")), kind)
    kind = np.where(table.pos == code_of("PRON"), table.lower ^ np.uint32(0x5BD1E995), kind)
    return np.append(kind, np.uint32(0)).astype(np.uint32)


def _far_subjects(syntax: Syntax, subject: Places, bits: Places) -> Places:
    """Return each token's subject, looked for up through coordinated and open clauses."""
    heads = syntax.table.heads
    found = subject.copy()
    here = np.arange(len(syntax))
    open_ = np.flatnonzero(found[:-1] < 0)
    at = here[open_]
    for _ in range(5):
        label = bits[at]
        relative = (label & RELATIVE) > 0
        found[open_[relative]] = heads[at[relative]]
        going = (label & UP > 0) & (heads[at] != at)
        open_, at = open_[going], heads[at[going]]
        owned = subject[at]
        found[open_[owned >= 0]] = owned[owned >= 0]
        open_, at = open_[owned < 0], at[owned < 0]
        if not len(open_):
            break
    return found


def _clause_edges(
    syntax: Syntax, child: Places, parent: Places, child_bits: Places, subject: Places
) -> tuple[Places, Places]:
    """Return the first and last token of the words around each cue: "he has also said"."""
    size = len(syntax)
    first, last = np.arange(size), np.arange(size)
    near = (child_bits & (AUXILIARY | ADVERB) > 0) & (child < parent) & (parent - child <= 4)
    np.minimum.at(first, parent[near], child[near])
    has = np.flatnonzero(subject[:-1] >= 0)
    whose = subject[has]
    left, right = syntax.table.left[whose], syntax.table.right[whose]
    first[has] = np.minimum(first[has], left)
    last[has] = np.where(whose > has, np.maximum(last[has], right), last[has])
    return first, last


def _tails(syntax: Syntax, first: Places, last: Places) -> Codes:
    """Return how each word's clause stands in its sentence: 1 after a comma at the end
    ("…, the mayor said."), 2 between commas, 3 at the start before one, 0 else."""
    table, size = syntax.table, len(syntax)
    traits = np.append(table.traits, 0)
    places = np.arange(size)
    skipped = table.traits & (BLANK | AFTER_SPEECH) > 0
    solid = np.maximum.accumulate(np.where(skipped, -1, places))
    before = np.where(first > 0, solid[first - 1], -1)
    comma_before = (before >= table.begin) & (traits[before] & PAUSE > 0)
    breaks = np.where(table.traits & BREAK > 0, places, size)
    following = np.append(np.minimum.accumulate(breaks[::-1])[::-1], size)
    mark = following[last + 1]
    close = mark < np.minimum(table.end, last + 14)
    stops = close & ((traits[mark] & STOP > 0) | (mark >= table.end - 2))
    at_end = stops | (table.end - last <= 8)
    heads = (first - table.begin <= 1) & close & (traits[mark] & OPENER > 0)
    tail = np.where(comma_before, np.where(at_end, 1, 2), np.where(heads, 3, 0))
    return tail.astype(np.uint32)


def _quote_contexts(syntax: Syntax) -> Codes:
    """Return where quotations of the sentence are: 1 around the word, else bits for before
    (2, near 4) and after (8, near 16), plus 32."""
    table, size = syntax.table, len(syntax)
    quoted = table.quote >= 0
    if not quoted.any():
        return np.full(size, 32, dtype=np.uint32)
    places = np.arange(size)
    following = np.minimum(places + 1, table.end)

    def has(flags: Flags, low: Places, high: Places) -> Flags:
        total = np.concatenate([[0], np.cumsum(flags)])
        found: Flags = total[high] > total[low]
        return found

    closing, opening = table.traits & CLOSING > 0, table.traits & OPENING > 0
    bits = (
        2 * has(quoted, table.begin, places)
        + 4 * has(closing, np.maximum(table.begin, places - 6), places)
        + 8 * has(quoted, following, table.end)
        + 16 * has(opening, following, np.minimum(table.end, places + 8))
    )
    return np.where(quoted, 1, bits + 32).astype(np.uint32)


def find_candidates(syntax: Syntax) -> Places:
    """Return the tokens that could be the head of a cue at all, in text order."""
    table = syntax.table
    pos = table.pos
    is_word = (pos == code_of("VERB")) | (pos == code_of("NOUN"))
    is_word |= ((pos == code_of("ADJ")) | (pos == code_of("ADV"))) & (table.traits & LONG > 0)
    for word in _CUE_WORDS:
        is_word |= table.lower == code_of(word)
    helps = np.zeros(len(syntax), dtype=bool)
    for dep in _HELPS:
        helps |= table.dep == code_of(dep)
    is_word |= (pos == code_of("AUX")) & ~helps
    return np.flatnonzero(is_word)


_CUE_WORDS = (":", "according", "per", "like")
_HELPS = ("aux", "aux:pass", "cop")
_CUE_COLUMNS = (
    "lemma", "lower", "pos", "tag", "dep", "hlemma", "hpos", "hdep", "comp", "kind", "fkind", "quote", "tail", "slemma",
    "side", "w-2", "w-1", "w+1", "w+2", "t-1", "t+1", "at", "left", "length", "reports", "olemma", "okind", "pcase",
    "pkind", "cmark", "cdep", "aux", "prt", "adv", "noun", "line0", "olower", "hreports", "annotator",
)  # fmt: skip
_CUE_SPECS = (
    "lemma", "lower", "pos", "tag", "dep", "lemma dep", "lemma comp", "lemma quote", "quote pos", "comp pos", "kind pos",
    "lemma kind", "fkind pos dep", "lemma fkind", "kind comp pos", "kind quote pos", "hlemma dep", "lemma hlemma dep",
    "hpos dep pos", "lemma prt", "lemma olemma", "okind pos", "lemma okind", "lemma pcase", "lemma pcase pkind",
    "pcase pos comp", "lemma cdep cmark", "pos cdep cmark", "aux pos", "lemma aux", "noun lemma", "adv pos", "slemma pos",
    "side pos", "slemma comp", "w-2", "w-1", "w+1", "w+2", "lemma w-1", "lemma w+1", "at pos", "left quote pos", "length",
    "reports pos", "reports comp pos", "reports kind pos", "reports quote pos", "tail reports pos", "tail fkind reports",
    "tail lemma", "tail quote reports", "reports dep pos", "line0 pos", "dep prt pos tag", "t-1 pos t+1", "hreports dep pos",
    "lemma tag dep", "lemma comp kind", "comp fkind pos", "hdep dep pos",
)  # fmt: skip


@cache
def cue_templates() -> Templates:
    return make_templates(_CUE_COLUMNS, _CUE_SPECS)


def _at(codes: Codes, places: Places) -> Codes:
    """Return the codes at *places*, 0 where there is no token (-1)."""
    return np.where(places >= 0, codes[places], np.uint32(0))


def cue_rows(syntax: Syntax, relations: Relations, cues: Places) -> tuple[Codes, Places]:
    """Return the columns and the tokens to look at of each of *cues*."""
    table = syntax.table
    zeros = np.zeros(len(cues), dtype=np.uint32)
    heads = np.where(table.heads[cues] == cues, -1, table.heads[cues])
    subject, far = relations.subject[cues], relations.far_subject[cues]
    object_, oblique = relations.object[cues], relations.oblique[cues]
    complement = relations.complement[cues]
    begin, end = table.begin[cues], table.end[cues]
    below = relations.below[cues]

    def beside(offset: int) -> Places:
        place = cues + offset
        return np.where((place >= begin) & (place < end), place, -1)

    columns = {
        "lemma": table.lemma[cues],
        "lower": table.lower[cues],
        "pos": table.pos[cues],
        "tag": table.tag[cues],
        "dep": table.dep[cues],
        "hlemma": _at(table.lemma, heads),
        "hpos": _at(table.pos, heads),
        "hdep": _at(table.dep, heads),
        "comp": below & _COMPLEMENTS,
        "kind": relations.kind[subject],
        "fkind": relations.kind[far],
        "quote": relations.context[cues],
        "tail": relations.tail[cues],
        "slemma": _at(table.lemma, subject),
        "side": np.where(subject < 0, 0, np.where(subject > cues, 1, 2)),
        "w-2": _at(table.lower, beside(-2)),
        "w-1": _at(table.lower, beside(-1)),
        "w+1": _at(table.lower, beside(1)),
        "w+2": _at(table.lower, beside(2)),
        "t-1": _at(table.tag, beside(-1)),
        "t+1": _at(table.tag, beside(1)),
        "at": np.minimum(5, (cues - begin) // 4),
        "left": np.minimum(3, end - cues),
        "length": np.minimum(8, (end - begin) // 6),
        "reports": relations.reports[cues],
        "olemma": _at(table.lemma, object_),
        "olower": _at(table.lower, object_),
        "okind": relations.kind[object_],
        "pcase": _at(table.lower, relations.case[oblique]),
        "pkind": relations.kind[oblique],
        "cmark": _at(table.lower, relations.mark[complement]),
        "cdep": _at(table.dep, complement),
        "aux": _at(table.lower, relations.auxiliary[cues]),
        "prt": _at(table.lower, relations.particle[cues]),
        "adv": _at(table.lower, relations.adverb[cues]),
        "noun": below & (OWNER | DETERMINER | ADJECTIVE),
        "line0": table.line[cues] == 0,
        "hreports": np.where(heads >= 0, relations.reports[heads], 2),
        "annotator": zeros,
    }
    rows = np.stack([columns[name].astype(np.uint32) for name in _CUE_COLUMNS], axis=1)
    slots = np.stack(
        [
            cues,
            heads,
            far,
            np.where(complement >= 0, complement, object_),
            oblique,
            beside(-1),
            beside(1),
        ],
        axis=1,
    )
    return rows, slots
