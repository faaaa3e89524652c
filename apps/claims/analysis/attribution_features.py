"""Features of cues, contents and sources: strings that a hashed linear model weighs."""

from __future__ import annotations

from dataclasses import dataclass

from apps.claims.analysis.attribution_candidates import (
    Ranges,
    clause_range,
    find_subject,
    own_subject,
)
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.syntax import Syntax

_FUNCTION_AUX = frozenset({"aux", "aux:pass", "cop"})


def is_cue_candidate(syntax: Syntax, index: int) -> bool:
    """Return whether a token could be the head of a cue at all."""
    pos = syntax.pos[index]
    if pos in {"VERB", "NOUN"}:
        return True
    if pos in {"ADJ", "ADV"}:
        return len(syntax.words[index]) > 3
    if syntax.words[index] == ":":
        return True
    return syntax.lower[index] in {"according", "per", "like"} or (
        pos == "AUX" and syntax.deps[index] not in _FUNCTION_AUX
    )


def _kind_of(syntax: Syntax, index: int) -> str:
    """Return what a noun phrase's head is: a pronoun, a named person, people …"""
    if index < 0:
        return "none"
    if syntax.pos[index] == "PRON":
        return "pron-" + syntax.lower[index]
    if syntax.ents[index]:
        return "ent-" + syntax.ents[index]
    if syntax.lemmas[index] in read_words("people"):
        return "people"
    if syntax.pos[index] == "PROPN":
        return "propn"
    return syntax.pos[index]


def quote_context(syntax: Syntax, cue: int) -> str:
    begin, end = syntax.bounds[syntax.sentence[cue]]
    if syntax.quote[cue] >= 0:
        return "in"
    before = any(syntax.quote[index] >= 0 for index in range(begin, cue))
    after = any(syntax.quote[index] >= 0 for index in range(cue + 1, end))
    near_before = any(syntax.words[index] in '"”' for index in range(max(begin, cue - 6), cue))
    near_after = any(syntax.words[index] in '"“' for index in range(cue + 1, min(end, cue + 8)))
    return f"{'B' if near_before else 'b' if before else '-'}{'A' if near_after else 'a' if after else '-'}"


def tail_of(syntax: Syntax, cue: int) -> str:
    """Return how the cue's clause stands in its sentence: "T" after a comma at the end
    ("…, the mayor said."), "M" between commas, "H" at the start before one, "" else."""
    first, last = clause_range(syntax, cue)
    begin, end = syntax.bounds[syntax.sentence[cue]]
    place = first - 1
    while place >= begin and (syntax.words[place] in "\"”’'" or not syntax.words[place].strip()):
        place -= 1
    comma_before = place >= begin and syntax.words[place] in {",", "?", "!", "—", "–", "--"}
    marks = [
        index
        for index in range(last + 1, min(end, last + 14))
        if syntax.words[index] in {",", ".", ";", ":", "“", '"'}
    ]
    stops = bool(marks) and (syntax.words[marks[0]] == "." or marks[0] >= end - 2)
    if comma_before:
        return "T" if stops or end - last <= 8 else "M"
    return (
        "H"
        if first - begin <= 1 and marks and syntax.words[marks[0]] in {",", ":", "“", '"'}
        else ""
    )


def cue_features(syntax: Syntax, cue: int) -> list[str]:
    """Return what tells whether token *cue* is the head of a cue."""
    lemma, pos, dep, tag = syntax.lemmas[cue], syntax.pos[cue], syntax.deps[cue], syntax.tags[cue]
    head = syntax.heads[cue]
    children = syntax.children[cue]
    child_deps = {syntax.deps[child] for child in children}
    subject = own_subject(syntax, cue)
    far = subject if subject >= 0 else find_subject(syntax, cue)
    kind = _kind_of(syntax, subject)
    far_kind = _kind_of(syntax, far)
    quote = quote_context(syntax, cue)
    begin, end = syntax.bounds[syntax.sentence[cue]]
    comp = "".join(
        mark
        for mark, name in (
            ("c", "ccomp"),
            ("x", "xcomp"),
            ("o", "obj"),
            ("p", "parataxis"),
            ("l", "obl"),
            ("a", "advcl"),
            ("r", "acl"),
        )
        if name in child_deps
    )
    passive = "P" if "aux:pass" in child_deps or "nsubj:pass" in child_deps else ""
    features = [
        f"l={lemma}", f"w={syntax.lower[cue]}", f"p={pos}", f"t={tag}", f"d={dep}", f"ld={lemma}|{dep}", f"lc={lemma}|{comp}{passive}",
        f"lq={lemma}|{quote}", f"q={quote}|{pos}", f"c={comp}{passive}|{pos}", f"s={kind}|{pos}", f"ls={lemma}|{kind}", f"fs={far_kind}|{pos}|{dep}",
        f"lf={lemma}|{far_kind}", f"sc={kind}|{comp}|{pos}", f"sq={kind}|{quote}|{pos}", f"suf={lemma[-3:]}|{pos}", f"pre={lemma[:4]}|{pos}",
    ]  # fmt: skip
    if head != cue:
        features.append(f"h={syntax.lemmas[head]}|{dep}")
        features.append(f"lh={lemma}|{syntax.lemmas[head]}|{dep}")
        features.append(f"hp={syntax.pos[head]}|{dep}|{pos}")
    particle = ""
    for child in children:
        word = syntax.lower[child]
        if syntax.deps[child] == "compound:prt":
            particle = word
            features.append(f"prt={lemma} {word}")
        elif syntax.deps[child] == "obj":
            features.append(f"lo={lemma}|{syntax.lemmas[child]}")
            features.append(f"ok={_kind_of(syntax, child)}|{pos}")
            features.append(f"lok={lemma}|{_kind_of(syntax, child)}")
        elif syntax.deps[child] in {"obl", "nmod"}:
            case = next(
                (
                    syntax.lower[grand]
                    for grand in syntax.children[child]
                    if syntax.deps[grand] == "case"
                ),
                "",
            )
            features.append(f"lp={lemma}|{case}")
            features.append(f"lpk={lemma}|{case}|{_kind_of(syntax, child)}")
            features.append(f"pp={case}|{pos}|{comp}")
        elif syntax.deps[child] in {"ccomp", "acl", "xcomp"}:
            mark = next(
                (
                    syntax.lower[grand]
                    for grand in syntax.children[child]
                    if syntax.deps[grand] == "mark"
                ),
                "",
            )
            features.append(f"lm={lemma}|{syntax.deps[child]}|{mark}")
            features.append(f"mp={pos}|{syntax.deps[child]}|{mark}")
        elif syntax.deps[child] in {"aux", "aux:pass", "cop"}:
            features.append(f"aux={word}|{pos}")
            features.append(f"la={lemma}|{word}")
        elif syntax.deps[child] in {"nmod:poss", "det", "amod"}:
            features.append(f"nd={syntax.deps[child]}|{lemma}")
        elif syntax.deps[child] == "advmod":
            features.append(f"adv={word}|{pos}")
    if subject >= 0:
        features.append(f"sl={syntax.lemmas[subject]}|{pos}")
        features.append(f"so={'R' if subject > cue else 'L'}|{pos}")
        features.append(f"slc={syntax.lemmas[subject]}|{comp}")
    for offset in (-2, -1, 1, 2):
        place = cue + offset
        word = syntax.lower[place] if begin <= place < end else "^"
        features.append(f"n{offset}={word}")
        if abs(offset) == 1:
            features.append(f"ln{offset}={lemma}|{word}")
    features.append(f"pos={min(5, (cue - begin) // 4)}|{pos}")
    features.append(f"end={min(3, end - cue)}|{quote}|{pos}")
    features.append(f"len={min(8, (end - begin) // 6)}")
    reports = "R" if lemma in read_words("reporting_verbs") else ""
    tail = tail_of(syntax, cue)
    features += [
        f"rv={reports}|{pos}", f"rvc={reports}|{comp}|{pos}", f"rvk={reports}|{kind}|{pos}", f"rvq={reports}|{quote}|{pos}", f"tail={tail}|{reports}|{pos}",
        f"tailk={tail}|{far_kind}|{reports}", f"taill={tail}|{lemma}", f"tailq={tail}|{quote}|{reports}", f"rvd={reports}|{dep}|{pos}",
    ]  # fmt: skip
    features.append(f"line0={syntax.line[cue] == 0}|{pos}")
    features.append(f"r={dep == 'ROOT'}|{particle}|{pos}|{tag}")
    return features


@dataclass(frozen=True, slots=True)
class CueContext:
    """What content and source features need to know of a cue, computed once."""

    cue: int
    lemma: str
    pos: str
    dep: str
    quote: str
    tail: str
    complements: str
    reports: str
    has: str


def cue_context(syntax: Syntax, cue: int) -> CueContext:
    child_deps = {syntax.deps[child] for child in syntax.children[cue]}
    passive = "P" if "aux:pass" in child_deps or "nsubj:pass" in child_deps else ""
    complements = "".join(
        mark
        for mark, name in (("c", "ccomp"), ("x", "xcomp"), ("o", "obj"), ("p", "parataxis"))
        if name in child_deps
    )
    has = (
        ("S" if child_deps & {"nsubj", "nsubj:pass"} else "")
        + ("G" if "obl:agent" in child_deps else "")
        + ("D" if "nmod:poss" in child_deps else "")
    )
    return CueContext(
        cue,
        syntax.lemmas[cue],
        syntax.pos[cue],
        syntax.deps[cue],
        quote_context(syntax, cue),
        tail_of(syntax, cue),
        complements + passive,
        "R" if syntax.lemmas[cue] in read_words("reporting_verbs") else "",
        has + passive,
    )


def content_features(
    syntax: Syntax, context: CueContext, ranges: Ranges, names: list[str]
) -> list[str]:
    """Return what tells whether *ranges* are what the cue reports."""
    cue, lemma, pos, dep = context.cue, context.lemma, context.pos, context.dep
    quote, tail, comp, reports = context.quote, context.tail, context.complements, context.reports
    first, last = ranges[0][0], ranges[-1][1]
    begin, end = syntax.bounds[syntax.sentence[cue]]
    size = sum(stop - start + 1 for start, stop in ranges)
    numbers = syntax.quote
    quoted = sum(
        1
        for start, stop in ranges
        for index in range(start, min(stop, start + 400) + 1)
        if numbers[index] >= 0
    )
    share = (
        "n"
        if quoted == 0
        else "f"
        if quoted >= 0.9 * size
        else "h"
        if quoted >= 0.4 * size
        else "l"
    )
    side = "R" if first > cue else "L" if last < cue else "B"
    gap = min(6, first - cue if first > cue else cue - last if last < cue else 0)
    length = min(7, size.bit_length())
    edge = f"{'b' if first <= begin + 1 else 'm'}{'e' if last >= end - 2 else 'm'}{side}"
    features = [
        f"side={side}|{gap}", f"len={length}", f"lenp={length}|{pos}", f"qs={share}|{quote}", f"qsl={share}|{quote}|{length}",
        f"se={edge}", f"seq={edge}|{quote}|{comp}", f"lside={lemma}|{side}", f"llen={lemma}|{length}", f"lqs={lemma}|{share}|{quote}",
        f"np={len(ranges)}|{quote}|{dep}", f"nr={len(ranges)}|{side}", f"tside={tail}|{edge}", f"trside={tail}|{reports}|{edge}",
        f"tq={tail}|{share}|{side}",
    ]  # fmt: skip
    top = _top(syntax, ranges)
    if top >= 0:
        features.append(f"top={syntax.pos[top]}|{syntax.deps[top]}|{pos}")
        features.append(f"topl={lemma}|{syntax.pos[top]}|{syntax.deps[top]}")
        features.append(f"toph={syntax.heads[top] == cue}|{syntax.deps[top]}|{pos}")
    before = syntax.words[first - 1] if first > 0 else "^"
    after = syntax.words[last + 1] if last + 1 < len(syntax) else "$"
    features += [
        f"fw={syntax.lower[first]}|{side}",
        f"bw={before}|{side}",
        f"aw={after}|{side}",
        f"lw={syntax.pos[last]}",
        f"bwaw={before}|{after}",
    ]
    for name in names:
        features += [
            f"n={name}", f"nl={name}|{lemma}", f"npd={name}|{pos}|{dep}", f"nc={name}|{comp}|{pos}", f"nq={name}|{quote}|{share}",
            f"ncq={name}|{comp}|{quote}", f"nlq={name}|{lemma}|{quote}", f"nlc={name}|{lemma}|{comp}", f"tn={tail}|{reports}|{name}",
            f"tnc={tail}|{reports}|{comp}|{name}|{context.has}", f"tnq={tail}|{reports}|{quote}|{name}",
        ]  # fmt: skip
    return features


def _top(syntax: Syntax, ranges: Ranges) -> int:
    """Return the token the ranges hang on, -1 when there is none near their start."""
    for start, stop in ranges:
        for index in range(start, min(stop, start + 200) + 1):
            head = syntax.heads[index]
            if (head < start or head > stop or head == index) and syntax.pos[index] != "PUNCT":
                return index
    return -1


def source_features(
    syntax: Syntax, context: CueContext, ranges: Ranges, names: list[str]
) -> list[str]:
    """Return what tells whether *ranges* (empty: nobody) are the source of the cue."""
    cue, lemma, pos, dep, has = context.cue, context.lemma, context.pos, context.dep, context.has
    if not ranges:
        return [
            "none", f"none|{lemma}", f"none|{pos}|{dep}|{has}", f"none|{lemma}|{has}", f"none|{has}",
            f"none|{context.quote}|{has}", f"none|{context.reports}|{has}|{pos}",
        ]  # fmt: skip
    first, last = ranges[0]
    head = _top(syntax, ranges)
    kind = _kind_of(syntax, head)
    side = "R" if first > cue else "L"
    gap = min(5, first - cue if first > cue else cue - last)
    quoted = "q" if syntax.quote[first] >= 0 and syntax.quote[first] != syntax.quote[cue] else ""
    features = [
        f"k={kind}|{pos}", f"kl={kind}|{lemma}", f"side={side}|{gap}|{pos}", f"q={quoted}", f"len={min(6, (last - first + 1).bit_length())}",
        f"fw={syntax.lower[first]}", f"hl={syntax.lemmas[head] if head >= 0 else ''}", f"tk={context.tail}|{context.reports}|{kind}|{side}",
    ]  # fmt: skip
    for name in names:
        features += [
            f"n={name}", f"nl={name}|{lemma}", f"nk={name}|{kind}", f"npd={name}|{pos}|{dep}", f"nh={name}|{has}|{pos}",
            f"nlk={name}|{lemma}|{kind}", f"nlh={name}|{lemma}|{has}", f"nq={name}|{quoted}", f"tn={context.tail}|{context.reports}|{name}",
        ]  # fmt: skip
    features.append(f"many={'|'.join(names[:3])}")
    return features
