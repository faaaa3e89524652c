"""Fit the weights of the discrepancy and unsupported tasks, with cross-validated scores.

    python training/fit_pairs.py discrepancy discrepancy.dev.jsonl.gz
    python training/fit_pairs.py unsupported unsupported.dev.jsonl.gz

Writes ``apps/claims/analysis/lexicons/<task>_weights.json`` and, with ``--folds FILE``, the
out-of-fold predictions in the evaluator's format: the honest figures. Logistic regression
by Newton's method, ridge penalty on standardised features; no randomness.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from apps.articles.text.language import load_pipeline  # noqa: E402
from apps.claims.analysis.learned import LinearModel  # noqa: E402
from apps.claims.analysis.pair_weights import chance, log_odds  # noqa: E402
from apps.claims.analysis.predictions.unsupported import (  # noqa: E402
    SHARE_OF_WHOLE,
    STATEMENT_AT,
    join_words,
)
from apps.claims.analysis.sentence_pairs import compare_sentences  # noqa: E402
from apps.claims.analysis.support import Support, read_support, summarise  # noqa: E402

LEXICONS = ROOT / "apps" / "claims" / "analysis" / "lexicons"
FOLDS = 5
PAIR_PENALTY, WORD_PENALTY, STATEMENT_PENALTY = 3.0, 60.0, 100.0
# Headlines are few and of another kind than encyclopedia sentences: each counts more.
HEADLINE_WEIGHT = 4.0


def fit(rows, answers, penalty, weights=None):
    """Return the logistic regression of feature dictionaries against 0 and 1."""
    names = sorted(rows[0])
    matrix = np.array([[row[name] for name in names] for row in rows])
    target = np.array(answers, float)
    weight = np.ones(len(target)) if weights is None else np.array(weights, float)
    mean, spread = matrix.mean(0), matrix.std(0) + 1e-9
    scaled = np.c_[(matrix - mean) / spread, np.ones(len(matrix))]
    beta = np.zeros(scaled.shape[1])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-scaled @ beta))
        slope = scaled.T @ (weight * (guess - target)) + penalty * np.r_[beta[:-1], 0]
        curve = (scaled * (weight * guess * (1 - guess))[:, None]).T @ scaled + penalty * np.eye(
            len(beta)
        )
        beta -= np.linalg.solve(curve, slope)
    values = beta[:-1] / spread
    bias = beta[-1] - (beta[:-1] * mean / spread).sum()
    return LinearModel(
        round(float(bias), 4), {n: round(float(v), 4) for n, v in zip(names, values, strict=True)}
    )


def fold_of(group: str) -> int:
    return int(hashlib.md5(group.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def fit_discrepancy(records):
    compared = [compare_sentences(record["a"], record["b"]) for record in records]
    rows = [comparison.features for comparison in compared]
    answers = [record["label"] == "differs" for record in records]
    weights = [1.0 if record["source"] == "vitaminc" else HEADLINE_WEIGHT for record in records]
    folds = [fold_of(record["couple"] or record["id"]) for record in records]
    predictions = []
    for fold in range(FOLDS):
        inside = [i for i, other in enumerate(folds) if other != fold]
        model = fit(
            [rows[i] for i in inside],
            [answers[i] for i in inside],
            PAIR_PENALTY,
            [weights[i] for i in inside],
        )
        for i, other in enumerate(folds):
            if other == fold:
                score = chance(log_odds(model, rows[i]))
                label = "differs" if score > 0.5 else "same"
                predictions.append(
                    {
                        "id": records[i]["id"],
                        "label": label,
                        "score": score,
                        "kind": compared[i].kind,
                    }
                )
    return {"pair": fit(rows, answers, PAIR_PENALTY, weights)}, predictions


def fit_unsupported(records):
    nlp = load_pipeline()
    supports = [
        read_support(record["article"], doc)
        for record, doc in zip(
            records, nlp.pipe([record["statement"] for record in records]), strict=True
        )
    ]
    folds = [fold_of(record["article"][:200]) for record in records]
    answers = [record["label"] == "unsupported" for record in records]
    everything = list(range(len(records)))
    out_of_fold = {
        i: odds
        for fold in range(FOLDS)
        for i, odds in held_out(records, supports, folds, everything, fold)
    }
    predictions = []
    for fold in range(FOLDS):
        inside = [i for i in everything if folds[i] != fold]
        inner = {
            i: odds
            for other in range(FOLDS)
            if other != fold
            for i, odds in held_out(records, supports, folds, inside, other)
        }
        model = fit(
            [whole(supports[i], inner[i]) for i in inside],
            [answers[i] for i in inside],
            STATEMENT_PENALTY,
        )
        for i in (i for i in everything if folds[i] == fold):
            odds = log_odds(model, whole(supports[i], out_of_fold[i]))
            scores = [chance(value + SHARE_OF_WHOLE * odds) for value in out_of_fold[i]]
            spans = join_words(supports[i].words, scores) if chance(odds) > STATEMENT_AT else []
            predictions.append({"id": records[i]["id"], "spans": spans, "score": chance(odds)})
    word = fit_words(records, supports, everything)
    statement = fit(
        [whole(supports[i], out_of_fold[i]) for i in everything], answers, STATEMENT_PENALTY
    )
    return {"word": word, "statement": statement}, predictions


def held_out(records, supports, folds, members, fold):
    """Yield the log-odds of the words of one fold, from a model of the other *members*."""
    model = fit_words(records, supports, [i for i in members if folds[i] != fold])
    for i in members:
        if folds[i] == fold:
            yield i, [log_odds(model, word.features) for word in supports[i].words]


def fit_words(records, supports, members):
    rows = [word.features for i in members for word in supports[i].words]
    answers = [is_marked(records[i], word) for i in members for word in supports[i].words]
    return fit(rows, answers, WORD_PENALTY)


def is_marked(record, word) -> bool:
    return any(
        2 * (min(word.end, end) - max(word.start, start)) >= word.end - word.start
        for start, end in record["spans"]
    )


def whole(support: Support, odds) -> dict[str, float]:
    return summarise(support, [chance(value) for value in odds])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=["discrepancy", "unsupported"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=Path, help="write out-of-fold predictions here")
    options = parser.parse_args()
    opener = gzip.open if options.data.suffix == ".gz" else open
    with opener(options.data, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    fit_task = fit_discrepancy if options.task == "discrepancy" else fit_unsupported
    models, predictions = fit_task(records)
    stored = {
        "models": {name: {"bias": m.bias, "weights": m.weights} for name, m in models.items()}
    }
    path = LEXICONS / f"{options.task}_weights.json"
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    if options.folds:
        options.folds.write_text(
            "".join(json.dumps(p) + "\n" for p in predictions), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
