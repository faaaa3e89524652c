"""What each family of features brings: fit without it, compare on data not fitted on.

    python -m training.alignment.ablate --data DIR [--cache DIR]

Prints, for each family left out: the pooled AUC of pairs within one event and the average
precision of query-candidate pairs on the development topics (first look only), and the
mean average precision of the invented stories, each left out once.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from apps.articles.text.language import load_pipeline
from apps.claims.analysis.pairing import FEATURES
from apps.claims.analysis.paraphrases import PARAPHRASE_FEATURES
from training.alignment.fit import AGAINST, FOR, fit_sentences
from training.alignment.logistic import Examples, area_under_curve, average_precision, fit
from training.alignment.rows import claim_examples, read_story
from training.alignment.topics import read_split, sentence_examples

FAMILIES: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "shared words": (
        "term_cosine",
        "term_covered",
        "general_cosine",
        "general_covered",
        "rarest_term",
        "bigrams",
    ),
    "synonyms": ("soft_covered", "soft_share", "synonyms", "rarest_synonym"),
    "frames": ("frames", "frames_covered", "predicate_frame"),
    "near words": ("near_words", "near_covered"),
    "names and places": ("names", "names_covered", "names_differ", "places"),
    "meaning": PARAPHRASE_FEATURES,
    "who did what": ("predicate", "subject", "object", "roles_cross"),
    "numbers": (
        "same_number",
        "same_large_number",
        "numbers_near",
        "same_head",
        "counted_event",
        "head_numbers_meet",
        "head_numbers_differ",
        "same_unit",
        "both_count",
        "numbers_one_sided",
    ),
    "days and times": ("same_day", "days_differ", "both_clock"),
    "quotations": ("quotes", "quote_one_sided", "speaker", "speakers_differ"),
    "reuse": ("reuse",),
    "neighbours": ("context",),
    "position": ("both_lead", "one_lead", "both_headline", "depth_gap"),
    "length": ("length_ratio", "short"),
}


def without(examples: Examples, family: tuple[str, ...]) -> Examples:
    rows = np.array(examples.rows)
    rows[:, [FEATURES.index(name) for name in family]] = 0.0
    return Examples(
        examples.names, rows.tolist(), examples.labels, examples.weights, examples.offsets
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    nlp = load_pipeline()
    train, dev = (
        sentence_examples(read_split(nlp, options.data, name, options.cache))
        for name in ("train", "dev")
    )
    stories = [
        claim_examples(read_story(nlp, folder))
        for folder in sorted((options.data / "stories").iterdir())
        if (folder / "gold.json").is_file()
    ]
    print("| without | within an event, AUC | counterpart, AP | rows, AP |")
    print("|---|---|---|---|")
    for family, names in FAMILIES.items():
        within, asked = (without(part, names) for part in train)
        pairs, queries = (without(part, names) for part in dev)
        told = [without(part, names) for part in stories]
        sentences = fit_sentences(within, asked)
        counterparts = fit(asked, l2=20.0)
        reached = []
        for left_out, part in enumerate(told):
            rest = Examples(FEATURES)
            for number, other in enumerate(told):
                if number != left_out:
                    rest.extend(other)
            fitted = fit(rest, l2=80.0, prior=counterparts, positive=FOR, negative=AGAINST)
            reached.append(average_precision(fitted.odds(part.rows), part.labels))
        print(
            f"| {family} | {area_under_curve(sentences.odds(pairs.rows), pairs.labels):.4f}"
            f" | {average_precision(counterparts.odds(queries.rows), queries.labels):.4f}"
            f" | {np.mean(reached):.4f} |"
        )


if __name__ == "__main__":
    main()
