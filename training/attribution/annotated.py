"""Annotated articles: reading them, parsing them once, and their spans as tokens."""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc, DocBin

from apps.articles.text.language import load_pipeline, parse_texts
from apps.claims.analysis.attribution_candidates import Ranges
from apps.claims.analysis.quotations import find_quotations
from apps.claims.analysis.syntax import Syntax, build_syntax

_ATTRS = ["LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START", "SPACY"]
_RANK = {"VERB": 0, "NOUN": 1, "AUX": 2, "ADJ": 2, "ADV": 3}
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Pinned:
    """An annotated attribution as tokens: the head of its cue (-1: none), content, source."""

    head: int
    content: frozenset[int]
    source: frozenset[int]


def read_records(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_syntax(records: Sequence[dict[str, Any]], parsed: Path | None) -> Iterator[Syntax]:
    """Yield the parse of each record, from *parsed* if it exists, and write it otherwise."""
    for record, doc in zip(records, _read_docs(records, parsed), strict=True):
        yield build_syntax(doc, find_quotations(record["text"]))


def _read_docs(records: Sequence[dict[str, Any]], parsed: Path | None) -> Iterator[Doc]:
    nlp = load_pipeline()
    if parsed is not None and parsed.exists():
        tensors = np.load(parsed.with_suffix(".npy"))
        place = 0
        for doc in DocBin().from_disk(parsed).get_docs(nlp.vocab):
            doc.tensor = tensors[place : place + len(doc)].astype(np.float32)
            place += len(doc)
            yield doc
        return
    kept, vectors = DocBin(attrs=_ATTRS), []
    texts = ((r["text"], [match.start() for match in _LINE.finditer(r["text"])]) for r in records)
    for doc in parse_texts(nlp, texts):
        if parsed is not None:
            kept.add(doc)
            vectors.append(np.asarray(doc.tensor).astype(np.float16))
        yield doc
    if parsed is not None:
        np.save(parsed.with_suffix(".npy"), np.vstack(vectors))
        kept.to_disk(parsed)


def pin_annotations(
    record: dict[str, Any], syntax: Syntax, candidates: frozenset[int]
) -> list[Pinned]:
    """Return the record's attributions as tokens, in the annotators' order."""
    pinned = []
    for item in record["attributions"]:
        cue = tokens_in(syntax, item["cue"], marks=True)
        pinned.append(
            Pinned(
                _head_of(syntax, cue, candidates),
                frozenset(tokens_in(syntax, item["content"])),
                frozenset(tokens_in(syntax, item["source"])),
            )
        )
    return pinned


def tokens_in(syntax: Syntax, spans: Sequence[Sequence[int]], *, marks: bool = False) -> set[int]:
    """Return the tokens at least half inside *spans*; punctuation only with *marks*."""
    found: set[int] = set()
    for start, end in spans:
        index = bisect_right(syntax.ends, start)
        while index < len(syntax) and syntax.starts[index] < end:
            first, last = syntax.starts[index], syntax.ends[index]
            inside = 2 * (min(last, end) - max(first, start)) >= last - first
            if inside and syntax.words[index].strip() and (marks or syntax.pos[index] != "PUNCT"):
                found.add(index)
            index += 1
    return found


def _head_of(syntax: Syntax, tokens: set[int], candidates: frozenset[int]) -> int:
    """Return the head of a cue's tokens, -1 when none could be a cue."""
    roots = [i for i in tokens if syntax.heads[i] not in tokens or syntax.heads[i] == i]
    usable = [i for i in roots if i in candidates] or [i for i in tokens if i in candidates]
    return min(usable, key=lambda i: (_RANK.get(syntax.pos[i], 4), i), default=-1)


def expand(syntax: Syntax, ranges: Ranges) -> frozenset[int]:
    """Return the words of token ranges, without marks and white space."""
    return frozenset(
        i
        for first, last in ranges
        for i in range(first, last + 1)
        if syntax.pos[i] != "PUNCT" and syntax.words[i].strip()
    )


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def is_source_right(gold: frozenset[int], guess: frozenset[int]) -> bool:
    if not gold or not guess:
        return not gold and not guess
    return 2 * len(gold & guess) / (len(gold) + len(guess)) >= 0.5
