"""Learn who-says-what from annotated articles and write the weights the product reads.

    python -m training.attribution.train ARTICLES.jsonl.gz --output apps/claims/analysis/weights/attribution.npz

Articles are lines of {"text", "attributions": [{"source", "cue", "content"}]} with lists of
[start, end) character offsets. Parsing them once takes about 100 s per million words and
is kept in --parsed. Only weights are written: no word of the articles.

Three hashed linear models, plain numpy: *cue* (is this word the head of a cue: logistic),
*content* and *source* (which candidate: softmax over the candidates of a cue), and *keep*
(will the whole attribution be right: logistic, on cross-validated answers of the others).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import DocBin

from apps.articles.text.language import load_pipeline, parse_text
from apps.claims.analysis.attribution_candidates import Ranges, find_contents, find_sources
from apps.claims.analysis.attribution_features import (
    content_features,
    cue_context,
    cue_features,
    is_cue_candidate,
    source_features,
)
from apps.claims.analysis.attribution_model import keep_features, seen_feature
from apps.claims.analysis.linear import hash_feature
from apps.claims.analysis.quotations import find_quotations
from apps.claims.analysis.syntax import Syntax, build_syntax

_ATTRS = ["LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START", "SPACY"]
_RANK = {"VERB": 0, "NOUN": 1, "AUX": 2, "ADJ": 2, "ADV": 3}
SIZES = {"cue": 1 << 17, "content": 1 << 17, "source": 1 << 16, "keep": 1 << 13}

SEEN = 1 << 15


def read_records(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_syntax(records: Sequence[dict[str, Any]], parsed: Path | None) -> Iterator[Syntax]:
    """Yield the parse of each record, from *parsed* if it exists, and write it otherwise."""
    nlp = load_pipeline()
    if parsed is not None and parsed.exists():
        docs = list(DocBin().from_disk(parsed).get_docs(nlp.vocab))
    else:
        docs = []
        kept = DocBin(attrs=_ATTRS)
        for record in records:
            starts = [match.start() for match in re.finditer(r"[^\n]+", record["text"])]
            docs.append(parse_text(nlp, record["text"], starts))
            kept.add(docs[-1])
        if parsed is not None:
            kept.to_disk(parsed)
    for record, doc in zip(records, docs, strict=True):
        yield build_syntax(doc, find_quotations(record["text"]))


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


def cue_head(syntax: Syntax, tokens: set[int]) -> int:
    """Return the head of a cue's tokens, -1 when none could be a cue."""
    roots = [i for i in tokens if syntax.heads[i] not in tokens or syntax.heads[i] == i]
    usable = [i for i in roots if is_cue_candidate(syntax, i)] or [
        i for i in tokens if is_cue_candidate(syntax, i)
    ]
    return min(usable, key=lambda i: (_RANK.get(syntax.pos[i], 4), i), default=-1)


def expand(syntax: Syntax, ranges: Ranges) -> set[int]:
    return {
        i
        for first, last in ranges
        for i in range(first, last + 1)
        if syntax.pos[i] != "PUNCT" and syntax.words[i].strip()
    }


def jaccard(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def source_right(gold: set[int], guess: set[int]) -> bool:
    if not gold or not guess:
        return not gold and not guess
    return 2 * len(gold & guess) / (len(gold) + len(guess)) >= 0.5


class Rows:
    """Feature rows of one model: hashed columns, a target each, and the group it is in."""

    def __init__(self, name: str) -> None:
        self.size = SIZES[name]
        self.columns: list[np.ndarray] = []
        self.targets: list[float] = []
        self.groups: list[int] = []
        self.folds: list[int] = []

    def add(self, features: list[str], target: float, group: int, fold: int) -> None:
        self.columns.append(
            np.fromiter(
                (hash_feature(f, self.size) for f in features), dtype=np.int32, count=len(features)
            )
        )
        self.targets.append(target)
        self.groups.append(group)
        self.folds.append(fold)


def fit(
    rows: Rows, mask: np.ndarray, *, listwise: bool, rounds: int, rate: float, penalty: float
) -> tuple[np.ndarray, float]:
    """Return (weights, bias) that minimise log loss over the rows in *mask*, by full-batch Adam."""
    picked = np.flatnonzero(mask)
    lengths = np.array([len(rows.columns[i]) for i in picked])
    columns = np.concatenate([rows.columns[i] for i in picked])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    owner = np.repeat(np.arange(len(picked)), lengths)
    targets = np.array([rows.targets[i] for i in picked])
    groups = np.unique(np.array([rows.groups[i] for i in picked]), return_inverse=True)[1]
    weights = np.zeros(rows.size)
    bias = 0.0
    first, second = np.zeros(rows.size + 1), np.zeros(rows.size + 1)
    for step in range(1, rounds + 1):
        scores = np.add.reduceat(weights[columns], starts) + bias
        if listwise:
            highest = np.full(groups.max() + 1, -np.inf)
            np.maximum.at(highest, groups, scores)
            powers = np.exp(scores - highest[groups])
            totals = np.bincount(groups, powers)
            errors = powers / totals[groups] - targets
            scale = 1.0 / (groups.max() + 1)
        else:
            errors = 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30))) - targets
            scale = 1.0 / len(picked)
        gradient = (
            np.bincount(columns, errors[owner], minlength=rows.size) * scale + penalty * weights
        )
        full = np.append(gradient, 0.0 if listwise else errors.sum() * scale)
        first = 0.9 * first + 0.1 * full
        second = 0.999 * second + 0.001 * full**2
        move = rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
        weights -= move[:-1]
        bias -= move[-1]
    return weights, bias


def pack(weights: np.ndarray, bias: float) -> tuple[np.ndarray, np.ndarray]:
    """Return int8 weights and [scale, bias]; the largest hundredth of a percent is cut off."""
    limit = (
        float(np.quantile(np.abs(weights[weights != 0]), 0.9995)) if (weights != 0).any() else 1.0
    )
    scale = limit / 127
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), np.array([scale, bias])


def collect(
    records: Sequence[dict[str, Any]], parsed: Path | None, folds: int
) -> tuple[dict[str, Rows], list[dict[str, Any]]]:
    """Return the training rows, and for each gold or negative cue what *keep* needs to know."""
    rows = {name: Rows(name) for name in SIZES}
    group = 0
    for number, syntax in enumerate(read_syntax(records, parsed)):
        fold = number % folds
        gold: dict[int, list[tuple[set[int], set[int]]]] = {}
        for item in records[number]["attributions"]:
            head = cue_head(syntax, tokens_in(syntax, item["cue"], marks=True))
            if head >= 0:
                gold.setdefault(head, []).append(
                    (tokens_in(syntax, item["content"]), tokens_in(syntax, item["source"]))
                )
        for index in range(len(syntax)):
            if not is_cue_candidate(syntax, index):
                continue
            rows["cue"].add(cue_features(syntax, index), float(index in gold), number, fold)
        for head, pairs in sorted(gold.items()):
            content, source = pairs[0]
            context = cue_context(syntax, head)
            contents = list(find_contents(syntax, head).items())
            values = [jaccard(content, expand(syntax, ranges)) for ranges, _ in contents]
            if values and max(values) >= 0.5:
                best = max(values)
                near = [value >= best - 0.02 for value in values]
                for rank, (ranges, names) in enumerate(contents):
                    rows["content"].add(
                        content_features(syntax, context, ranges, names),
                        near[rank] / sum(near),
                        group,
                        fold,
                    )
            sources = list(find_sources(syntax, head).items())
            right = [source_right(source, expand(syntax, ranges)) for ranges, _ in sources]
            if any(right):
                for hit, (ranges, names) in zip(right, sources, strict=True):
                    rows["source"].add(
                        source_features(syntax, context, ranges, names),
                        hit / sum(right),
                        group,
                        fold,
                    )
            group += 1
    return rows, []


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--parsed", type=Path, help="keep the parses here (a spaCy DocBin)")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=150)
    options = parser.parse_args()
    records = read_records(options.articles)
    folds = 4
    rows, _ = collect(records, options.parsed, folds)
    settings: dict[str, dict[str, Any]] = {
        "cue": {"listwise": False, "rate": 0.05, "penalty": 2e-5},
        "content": {"listwise": True, "rate": 0.05, "penalty": 1.5e-4},
        "source": {"listwise": True, "rate": 0.05, "penalty": 1e-4},
    }
    models: dict[str, tuple[np.ndarray, float]] = {}
    crossed: list[dict[str, tuple[np.ndarray, float]]] = [{} for _ in range(folds)]
    for name, setting in settings.items():
        fold_of = np.array(rows[name].folds)
        print(name, len(rows[name].targets), "rows", flush=True)
        models[name] = fit(
            rows[name], np.ones(len(fold_of), bool), rounds=options.rounds, **setting
        )
        for fold in range(folds):
            crossed[fold][name] = fit(rows[name], fold_of != fold, rounds=options.rounds, **setting)
    seen = collect_seen(records, options.parsed)
    keep = collect_keep(records, options.parsed, crossed)
    print("keep", len(keep.targets), "rows,", int(sum(keep.targets)), "right", flush=True)
    models["keep"] = fit(
        keep,
        np.ones(len(keep.targets), bool),
        rounds=options.rounds,
        listwise=False,
        rate=0.05,
        penalty=1e-4,
    )
    arrays: dict[str, np.ndarray] = {}
    for name, (weights, bias) in models.items():
        arrays[f"{name}.weights"], arrays[f"{name}.scale"] = pack(weights, bias)
    arrays["seen.weights"], arrays["seen.scale"] = seen, np.array([1.0, 0.0])
    options.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.output, **arrays)
    print(f"{options.output}: {options.output.stat().st_size / 1024:.0f} kB")


def collect_seen(records: Sequence[dict[str, Any]], parsed: Path | None) -> np.ndarray:
    """Return a hashed table with 1 for each (lemma, part of speech) that was the head of a cue."""
    seen = np.zeros(SEEN, np.int8)
    for record, syntax in zip(records, read_syntax(records, parsed), strict=True):
        for item in record["attributions"]:
            head = cue_head(syntax, tokens_in(syntax, item["cue"], marks=True))
            if head >= 0:
                seen[hash_feature(seen_feature(syntax, head), SEEN)] = 1
    return seen


def collect_keep(
    records: Sequence[dict[str, Any]],
    parsed: Path | None,
    crossed: Sequence[dict[str, tuple[np.ndarray, float]]],
) -> Rows:
    """Return rows of *keep*: answers given by models that never saw the article, right or not."""
    from apps.claims.analysis.attribution_model import read_cues
    from apps.claims.analysis.linear import LinearModel

    rows = Rows("keep")
    fast = [
        {
            name: LinearModel(tuple(weights.tolist()), bias)
            for name, (weights, bias) in models.items()
        }
        for models in crossed
    ]
    for number, syntax in enumerate(read_syntax(records, parsed)):
        gold = [
            (tokens_in(syntax, item["content"]), tokens_in(syntax, item["source"]))
            for item in records[number]["attributions"]
        ]
        used: set[int] = set()
        guesses = read_cues(syntax, fast[number % len(fast)], floor=0.04)
        for guess in sorted(guesses, key=lambda g: -g.cue_probability):
            content, source = expand(syntax, guess.content), expand(syntax, guess.source)
            scored = [(jaccard(content, g[0]), i) for i, g in enumerate(gold) if i not in used]
            best, place = max(scored, default=(0.0, -1))
            hit = best >= 0.5 and source_right(gold[place][1], source)
            if best >= 0.5:
                used.add(place)
            rows.add(keep_features(syntax, guess), float(hit), number, 0)
    return rows


if __name__ == "__main__":
    main()
