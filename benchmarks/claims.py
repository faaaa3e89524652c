"""How well sentences are taken apart into claims, on sentences labelled by hand.

    python benchmarks/claims.py [--part development|held_back] [--details] [--file FILE]

Each line of ``claims.jsonl`` is an invented sentence with the claims a careful reader finds
in it. A claim found is matched to the labelled one whose words it shares most (at least
60 % of both together), each once. Printed: how many labelled claims were found, how many
found ones are labelled, the same without whole sentences, and of the matched ones how
often voice, polarity, kind, source, subject, predicate, object and all limiting words
are right. Words of a subject, predicate or object are right when at least half of both
sides' words are shared.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import material  # noqa: F401  # makes the project importable

from apps.articles.text.language import load_pipeline, parse_text
from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, Role, SegmentDraft
from apps.claims.analysis.extract import extract_article
from apps.claims.analysis.types import ClaimDraft

_FILE = Path(__file__).with_name("claims.jsonl")
_MATCH = 0.6
_WORD = re.compile(r"[\w'’$-]+")
Json = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("development", "held_back"))
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--file", type=Path, default=_FILE)
    options = parser.parse_args()
    nlp = load_pipeline()
    rows = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines()]
    for part in [options.part] if options.part else ["development", "held_back"]:
        counts: Counter[str] = Counter()
        for row in rows:
            if row["part"] == part:
                text = row["text"]
                article = extract_article(
                    parse_text(nlp, text),
                    article_id="x",
                    outlet="x",
                    title="",
                    url="",
                    published=PublishedDate("2025-06-11", "stated"),
                    segments=[SegmentDraft(Span(0, len(text)), Role.BODY, "")],
                )
                _count(row, article.claims, counts, details=options.details)
        _print(part, counts)


def _count(
    row: Json, claims: tuple[ClaimDraft, ...], counts: Counter[str], *, details: bool
) -> None:
    text = row["text"]
    gold = [
        (Span(text.index(claim["text"]), text.index(claim["text"]) + len(claim["text"])), claim)
        for claim in row["claims"]
    ]
    pairs = sorted(
        (
            (-_likeness(span, claim.span), g, c)
            for g, (span, _) in enumerate(gold)
            for c, claim in enumerate(claims)
            if _likeness(span, claim.span) >= _MATCH
        ),
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, c in pairs:
        if g not in matched and c not in taken:
            matched[g] = c
            taken.add(c)
    wholes = sum(1 for claim in claims if not claim.parent)
    counts.update(
        gold=len(gold), found=len(claims), hit=len(matched),
        gold_below=len(gold) - 1, found_below=len(claims) - wholes,
        hit_below=len(matched) - (1 if matched else 0),
    )  # fmt: skip
    for g, (_, wanted) in enumerate(gold):
        if g not in matched:
            _say(details, row, "missed", wanted["text"])
            continue
        claim = claims[matched[g]]
        for name, got in _values(text, claim).items():
            if name not in wanted:
                continue
            counts[f"{name} of"] += 1
            if _agrees(name, wanted[name], got):
                counts[name] += 1
            else:
                _say(details, row, name, f"{wanted[name]!r} not {got!r} in “{claim.text[:70]}”")
    for c, claim in enumerate(claims):
        if c not in taken:
            _say(details, row, "extra", claim.text)


def _values(text: str, claim: ClaimDraft) -> Json:
    words = {
        name: "" if span is None else span.of(text)
        for name, span in (
            ("subject", claim.subject_span),
            ("predicate", claim.predicate_span),
            ("object", claim.object_span),
        )
    }
    inside = [claim.span, *claim.qualifiers]
    return {
        "voice": claim.voice.value,
        "polarity": claim.polarity.value,
        "kind": claim.kind.value,
        "source": claim.attribution.source,
        "qualifiers": [span.of(text) for span in claim.qualifiers]
        + [span.of(text) for span in inside[:1]],
        **words,
    }


def _agrees(name: str, wanted: Any, got: Any) -> bool:
    if name in {"voice", "polarity", "kind"}:
        return bool(wanted == got)
    if name == "qualifiers":
        # Words of the claim itself count: the reader has them before their eyes.
        return all(any(word.lower() in part.lower() for part in got) for word in wanted)
    a, b = (set(_WORD.findall(side.lower())) for side in (wanted, got))
    if name == "predicate" and a and b and a <= b:
        return True
    return a == b if not a or not b else len(a & b) >= 0.5 * max(len(a), len(b))


def _likeness(a: Span, b: Span) -> float:
    return a.overlap(b) / (max(a.end, b.end) - min(a.start, b.start))


def _say(details: bool, row: Json, what: str, words: str) -> None:
    if details:
        print(f"  {row['id']} {what:10} {words}")


def _print(part: str, counts: Counter[str]) -> None:
    print(f"{part}: {counts['gold']} claims labelled, {counts['found']} found")
    for level in ("", "_below"):
        recall = counts[f"hit{level}"] / max(1, counts[f"gold{level}"])
        precision = counts[f"hit{level}"] / max(1, counts[f"found{level}"])
        name = "below the sentence" if level else "all"
        score = 2 * recall * precision / max(1e-9, recall + precision)
        print(f"  {name:20} recall {recall:.3f}  precision {precision:.3f}  F {score:.3f}")
    for name in (
        "voice", "polarity", "kind", "source", "subject", "predicate", "object", "qualifiers",
    ):  # fmt: skip
        print(f"  {name:20} {counts[name] / max(1, counts[f'{name} of']):.3f}")


if __name__ == "__main__":
    main()
