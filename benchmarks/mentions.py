"""How well names are found and linked, against labelled texts.

    python benchmarks/mentions.py FILE.jsonl [--errors]

A line a text: ``{"id", "text", "entities": [{"name", "type": "PERSON|ORG|LOC|NORP|EVENT",
"mentions": [[start, end], …]}], "pairs_apart": [[words, words], …]}``; spans leave titles
out. Prints precision and recall of exact spans, how many of those have the right kind,
precision and recall of links (pairs of mentions found on both sides), B-cubed over all
mentions, entities called by their full name, and pairs that were made one though they are two.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import material  # noqa: F401  # makes the project importable

from apps.articles.text.language import load_pipeline, parse_texts
from apps.claims.analysis.mentions import find_mentions

KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "LOC": "place",
    "NORP": "group",
    "EVENT": "event",
}
Place = tuple[int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", action="store_true", help="print every wrong or missed link")
    options = parser.parse_args()
    lines = options.file.read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    counts: dict[str, float] = defaultdict(float)
    docs = parse_texts(load_pipeline(), ((case["text"], ()) for case in cases))
    for case, doc in zip(cases, docs, strict=True):
        found = {
            (mention.span.start, mention.span.end): (mention.kind, mention.canonical)
            for mention in find_mentions(doc)
        }
        count_case(case, found, counts, errors=options.errors)
    for name, right, all_ in (
        ("spans precision", "both", "found"),
        ("spans recall", "both", "labelled"),
        ("kind", "kind", "both"),
        ("links precision", "linked both", "linked found"),
        ("links recall", "linked both", "linked labelled"),
        ("b-cubed precision", "cubed found", "found"),
        ("b-cubed recall", "cubed labelled", "labelled"),
        ("full names", "named", "entities"),
        ("made one though two", "joined", "apart"),
    ):
        print(f"{name:20} {counts[right] / max(1, counts[all_]):.3f}  of {counts[all_]:.0f}")


def count_case(
    case: Mapping[str, Any],
    found: Mapping[Place, tuple[str, str]],
    counts: dict[str, float],
    *,
    errors: bool,
) -> None:
    """Add what is right, found and labelled in one text to *counts*."""
    text = case["text"]
    label: dict[Place, int] = {}
    for number, entity in enumerate(case["entities"]):
        label.update((tuple(span), number) for span in entity["mentions"])
        names = [found[tuple(span)][1] for span in entity["mentions"] if tuple(span) in found]
        counts["entities"] += bool(names)
        counts["named"] += bool(names) and Counter(names).most_common(1)[0][0] == entity["name"]
    both = sorted(label.keys() & found.keys())
    for side, number in (("found", len(found)), ("labelled", len(label)), ("both", len(both))):
        counts[side] += number
    counts["kind"] += sum(
        found[place][0] == KINDS[case["entities"][label[place]]["type"]] for place in both
    )
    for a, b in combinations(both, 2):
        wanted, given = label[a] == label[b], found[a] == found[b]
        counts["linked labelled"] += wanted
        counts["linked found"] += given
        counts["linked both"] += wanted and given
        if errors and wanted != given:
            what = "missed" if wanted else "wrong"
            print(case["id"], what, text[slice(*a)], found[a], text[slice(*b)], found[b])
    for mine, theirs, side in ((found, label, "found"), (label, found, "labelled")):
        counts[f"cubed {side}"] += shared(mine, theirs)
    for one, other in case.get("pairs_apart", ()):
        counts["apart"] += 1
        counts["joined"] += any(
            found[a] == found[b] and label[a] != label[b]
            for a in both if text[slice(*a)] == one
            for b in both if text[slice(*b)] == other
        )  # fmt: skip


def shared(mine: Mapping[Place, Any], theirs: Mapping[Place, Any]) -> float:
    """Return the sum over *mine* of how much of a mention's group the other side shares.

    Method: B-cubed, Bagga and Baldwin, "Algorithms for Scoring Coreference Chains".
    """
    ours, others = groups(mine.items()), groups(theirs.items())
    return sum(
        len(ours[group] & others[theirs[place]]) / len(ours[group])
        for place, group in mine.items()
        if place in theirs
    )


def groups(pairs: Iterable[tuple[Place, Any]]) -> dict[Any, set[Place]]:
    found: dict[Any, set[Place]] = defaultdict(set)
    for place, group in pairs:
        found[group].add(place)
    return found


if __name__ == "__main__":
    main()
