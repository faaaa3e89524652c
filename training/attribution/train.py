"""Learn who-says-what from annotated articles and write the weights the product reads.

    OPENBLAS_NUM_THREADS=1 python -m training.attribution.train ARTICLES.jsonl.gz --output apps/claims/analysis/weights/attribution.npz

Articles are lines of {"text", "attributions": [{"source", "cue", "content"}]} with lists of
[start, end) character offsets. Only weights are written: no word of the articles.

Four scorers (hashed weights and a small hidden layer, plain numpy): *cue* (is this word the
head of a cue: logistic), *content* and *source* (which candidate: softmax over those of a
cue), and *keep* (is the whole of it right: logistic, on answers the others gave for articles
they had not seen).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.attribution_choices import (
    Choice,
    content_rows,
    content_templates,
    source_rows,
    source_templates,
)
from apps.claims.analysis.attribution_contents import find_contents
from apps.claims.analysis.attribution_features import (
    cue_rows,
    cue_templates,
    find_candidates,
    relate,
)
from apps.claims.analysis.attribution_model import (
    NEVER,
    SEEN,
    AttributionModel,
    likely_candidates,
    read_cues,
    seen_places,
)
from apps.claims.analysis.attribution_readings import keep_rows, keep_templates
from apps.claims.analysis.attribution_scorer import Scorer, Templates, pack_scorers
from apps.claims.analysis.attribution_sources import find_sources
from apps.claims.analysis.syntax import Codes, Places, Syntax, Vectors
from training.attribution.annotated import (
    Pinned,
    expand,
    is_source_right,
    jaccard,
    pin_annotations,
    read_records,
    read_syntax,
)
from training.attribution.fit import Settings, fit

FOLDS = 3
SEEN_SIZE = 1 << 15
# A word that is a cue more rarely than this is not asked for.
_RAREST = 0.01
# A verb seen so often and never as a cue is none.
_COMMON = 30
_FLOOR = 0.06
SETTINGS = {
    "cue": Settings(
        size=1 << 17, rate=0.003, inner_rate=0.001, decay=1e-5, epochs=10, batch=512, dropout=0.35
    ),
    "content": Settings(size=1 << 17, rate=0.004, decay=2e-4, epochs=8),
    "source": Settings(size=1 << 16, rate=0.003, decay=1e-4, epochs=12, dropout=0.3),
    "keep": Settings(size=1 << 13, rate=0.004, decay=1e-4, epochs=6, hidden=16),
}
TEMPLATES: dict[str, Callable[[], Templates]] = {
    "cue": cue_templates,
    "content": content_templates,
    "source": source_templates,
    "keep": keep_templates,
}


@dataclass(slots=True)
class Rows:
    """Training rows of one scorer; *groups* are the cues whose candidates compete."""

    rows: list[Codes] = field(default_factory=list)
    slots: list[Places] = field(default_factory=list)
    targets: list[npt.NDArray[np.float32]] = field(default_factory=list)
    groups: list[Places] = field(default_factory=list)
    articles: list[Places] = field(default_factory=list)

    def add(
        self,
        features: tuple[Codes, Places],
        targets: Sequence[float],
        *,
        first: int,
        article: int,
        groups: Sequence[int] = (),
    ) -> None:
        """Add rows of an article whose tokens begin at *first* among all vectors."""
        rows, slots = features
        self.rows.append(rows)
        self.slots.append(np.where(slots >= 0, slots + first, -1))
        self.targets.append(np.array(targets, dtype=np.float32))
        self.groups.append(np.array(groups, dtype=np.int64))
        self.articles.append(np.full(len(rows), article))

    def fit(self, name: str, vectors: Vectors, keep: Callable[[Places], Any]) -> Scorer:
        """Return the scorer fitted to the rows of the articles that *keep* chooses."""
        chosen = keep(np.concatenate(self.articles))
        groups = np.concatenate(self.groups)
        return fit(
            SETTINGS[name],
            TEMPLATES[name](),
            np.concatenate(self.rows)[chosen],
            np.concatenate(self.slots)[chosen],
            vectors,
            np.concatenate(self.targets)[chosen],
            groups[chosen] if len(groups) else None,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--parsed", type=Path, help="keep the parses here (FILE.spacy)")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    records = read_records(options.articles)
    texts = list(read_syntax(records, options.parsed))
    annotations = [
        pin_annotations(record, syntax, frozenset(find_candidates(syntax).tolist()))
        for record, syntax in zip(records, texts, strict=True)
    ]
    vectors, firsts = join_vectors(texts)
    seen = collect_seen(texts, annotations)
    rows = collect(texts, annotations, firsts, seen)
    fitted = {name: rows[name].fit(name, vectors, lambda article: article >= 0) for name in rows}
    print({name: sum(map(len, part.rows)) for name, part in rows.items()}, flush=True)
    crossed = [
        AttributionModel(
            seen, {name: rows[name].fit(name, vectors, _others(fold)) for name in rows}
        )
        for fold in range(FOLDS)
    ]
    keep = collect_keep(texts, annotations, firsts, crossed)
    fitted["keep"] = keep.fit("keep", vectors, lambda article: article >= 0)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {"seen": seen, **pack_scorers(fitted)}
    np.savez_compressed(options.output, **arrays)
    print(f"{options.output}: {options.output.stat().st_size / 1024:.0f} kB")


def _others(fold: int) -> Callable[[Places], Any]:
    return lambda article: article % FOLDS != fold


def join_vectors(texts: Iterable[Syntax]) -> tuple[Vectors, list[int]]:
    """Return the vectors of all texts, a row of zeros last, and where each text begins."""
    parts, firsts, first = [], [], 0
    for syntax in texts:
        parts.append(syntax.table.vectors[:-1])
        firsts.append(first)
        first += len(syntax)
    return np.vstack([*parts, np.zeros((1, parts[0].shape[1]), dtype=np.float32)]), firsts


def collect_seen(
    texts: Sequence[Syntax], annotations: Sequence[Sequence[Pinned]]
) -> npt.NDArray[np.int8]:
    """Return for pairs of lemma and part of speech, hashed, whether they are heads of cues."""
    total: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for syntax, pinned in zip(texts, annotations, strict=True):
        candidates = find_candidates(syntax)
        total.update(seen_places(syntax, candidates, SEEN_SIZE).tolist())
        heads = np.array(sorted({item.head for item in pinned if item.head >= 0}), dtype=np.int64)
        right.update(seen_places(syntax, heads, SEEN_SIZE).tolist())
    seen = np.zeros(SEEN_SIZE, dtype=np.int8)
    for place, count in total.items():
        if right[place] >= _RAREST * count:
            seen[place] = SEEN
        elif count >= _COMMON and not right[place]:
            seen[place] = NEVER
    return seen


def collect(
    texts: Sequence[Syntax],
    annotations: Sequence[Sequence[Pinned]],
    firsts: Sequence[int],
    seen: npt.NDArray[np.int8],
) -> dict[str, Rows]:
    """Return the training rows of *cue*, *content* and *source*."""
    rows = {"cue": Rows(), "content": Rows(), "source": Rows()}
    group = 0
    for article, (syntax, pinned) in enumerate(zip(texts, annotations, strict=True)):
        relations = relate(syntax)
        by_head: dict[int, Pinned] = {}
        for item in pinned:
            if item.head >= 0:
                by_head.setdefault(item.head, item)
        cues = likely_candidates(syntax, seen)
        first = firsts[article]
        rows["cue"].add(
            cue_rows(syntax, relations, cues),
            [float(cue in by_head) for cue in cues.tolist()],
            first=first,
            article=article,
        )
        for name, find, build, weigh in (
            ("content", find_contents, content_rows, _weigh_contents),
            ("source", find_sources, source_rows, _weigh_sources),
        ):
            choices: list[Choice] = []
            targets: list[float] = []
            groups: list[int] = []
            for head, item in sorted(by_head.items()):
                found = find(syntax, head)
                weights = weigh(item, [expand(syntax, ranges) for ranges in found])
                if not weights:
                    continue
                choices.extend(Choice(head, ranges, tuple(ways)) for ranges, ways in found.items())
                targets.extend(weights)
                groups.extend([group + head] * len(weights))
            if choices:
                rows[name].add(
                    build(syntax, relations, choices),
                    targets,
                    first=first,
                    article=article,
                    groups=groups,
                )
        group += len(syntax)
    return rows


def _weigh_contents(item: Pinned, found: Sequence[frozenset[int]]) -> list[float]:
    """Return the shares of the candidates nearest to the right one; none when all are far."""
    values = [jaccard(item.content, words) for words in found]
    if not values or max(values) < 0.5:
        return []
    near = [value >= max(values) - 0.02 for value in values]
    return [hit / sum(near) for hit in near]


def _weigh_sources(item: Pinned, found: Sequence[frozenset[int]]) -> list[float]:
    right = [is_source_right(item.source, words) for words in found]
    return [hit / sum(right) for hit in right] if any(right) else []


def collect_keep(
    texts: Sequence[Syntax],
    annotations: Sequence[Sequence[Pinned]],
    firsts: Sequence[int],
    crossed: Sequence[AttributionModel],
) -> Rows:
    """Return rows of *keep*: answers given by models that never saw the article, right or not."""
    rows = Rows()
    for article, (syntax, pinned) in enumerate(zip(texts, annotations, strict=True)):
        relations = relate(syntax)
        readings = read_cues(syntax, relations, crossed[article % FOLDS], floor=_FLOOR)
        if not readings:
            continue
        words = [expand(syntax, reading.content) for reading in readings]
        pairs = sorted(
            (-jaccard(words[mine], item.content), mine, its)
            for mine in range(len(readings))
            for its, item in enumerate(pinned)
            if 2 * len(words[mine] & item.content) >= len(words[mine])
        )
        hits = [0.0] * len(readings)
        taken: set[int] = set()
        matched: set[int] = set()
        for value, mine, its in pairs:
            if -value < 0.5 or mine in matched or its in taken:
                continue
            matched.add(mine)
            taken.add(its)
            source = expand(syntax, readings[mine].source)
            hits[mine] = float(is_source_right(pinned[its].source, source))
        rows.add(
            keep_rows(syntax, relations, readings), hits, first=firsts[article], article=article
        )
    return rows


if __name__ == "__main__":
    main()
