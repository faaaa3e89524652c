"""Learn what the optional sentence model adds to a pair's log-odds, and say what it brings.

    python -m training.alignment.semantic --model FOLDER --data DIR [--more-stories DIR ...] [--cache DIR] [--write]

*FOLDER* is what ``VARIORUM_SEMANTIC_MODEL`` would name. Everything else of the score is held
as it is: one weight is learned on top of it, from the labelled stories for rows, and from
the training topics for whole sentences (only to measure). Needs the extra ``semantic``.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from apps.articles.text.language import load_pipeline
from apps.claims.analysis import learned, semantic
from apps.claims.analysis.counterpart_ranks import COUNTERPART_FEATURES, rank_all
from apps.claims.analysis.pair_scores import Scorer
from apps.claims.analysis.predictions.alignment_stories import build_topic
from apps.claims.analysis.semantic import CLOSENESS, Closeness, Embedder
from apps.claims.sentence_model import SentenceModel
from training.alignment.fit import as_model, cached
from training.alignment.logistic import (
    Examples,
    Fitted,
    area_under_curve,
    average_precision,
    fit,
)
from training.alignment.rows import GoldStory, Labels, read_story
from training.alignment.topics import Split, must_find, read_split, spans_of

Array = npt.NDArray[np.float64]

WEIGHTS = Path(semantic.__file__).parent / "lexicons" / "semantic_weights.json"
NAMES = (CLOSENESS,)
# Log-odds no further from even than this leave a pair in doubt.
IN_DOUBT = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--more-stories", type=Path, nargs="*", default=[])
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    embed = SentenceModel(options.model)
    nlp = load_pipeline()
    folders = [
        folder
        for part in (options.data / "stories", *options.more_stories)
        for folder in sorted(part.iterdir())
        if (folder / "gold.json").is_file()
    ]
    stories = cached(
        options.cache, "stories.pkl", lambda: [read_story(nlp, folder) for folder in folders]
    )
    rows = learn_rows(stories, embed)
    if options.write:
        known = {"models": {"claims": rows.as_json()}}
        WEIGHTS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"wrote {WEIGHTS}")
    train, dev = (read_split(nlp, options.data, name, options.cache) for name in ("train", "dev"))
    measure_sentences(train, dev, embed)


def learn_rows(stories: Sequence[GoldStory], embed: Embedder) -> Fitted:
    """Return the weight for rows; prints what it brings to stories left out of learning it."""
    found = [story_examples(story, embed) for story in stories]
    without: list[float] = []
    with_it: list[float] = []
    labels: list[int] = []
    for place, left_out in enumerate(found):
        model = fit_one([part for other, part in enumerate(found) if other != place])
        without += left_out.offsets
        with_it += list(np.array(left_out.offsets) + model.odds(left_out.rows))
        labels += left_out.labels
    for name, scores in (("without", without), ("with", with_it)):
        print(
            f"rows {name}: AP {average_precision(np.array(scores), labels):.4f}"
            f"  AUC {area_under_curve(np.array(scores), labels):.4f}"
        )
    model = fit_one(found)
    print(f"rows: log-odds {model.bias:+.3f} {model.weights[0]:+.3f} x closeness")
    return model


def fit_one(parts: Sequence[Examples]) -> Fitted:
    """Return the weight, with the bias that lets pairs in doubt gain nothing on average.

    The fitted bias would be another one: it makes up for the true pairs the labels leave out.
    """
    examples = Examples(NAMES)
    for part in parts:
        examples.extend(part)
    fitted = fit(examples, l2=1.0, positive=frozenset(NAMES))
    doubtful = np.abs(np.array(examples.offsets)) <= IN_DOUBT
    middle = float(np.array(examples.rows)[doubtful, 0].mean())
    return Fitted(NAMES, -middle * float(fitted.weights[0]), fitted.weights)


def story_examples(story: GoldStory, embed: Embedder) -> Examples:
    """Return the judged candidate pairs: their cosine, on top of the log-odds they have now."""
    labels = Labels(story)
    scorer = Scorer(story.units, story.articles, story.reuse)
    closeness = Closeness([unit.claim.text for unit in story.units], embed)
    odds = scorer.look_twice(*scorer.find_candidates()).as_dict()
    examples = Examples(NAMES)
    for (i, j), value in odds.items():
        # A copy needs no judge of meaning, and would teach that only copies are close.
        if story.units[i].article == story.units[j].article or scorer.copies.get((i, j)):
            continue
        judged = labels.ask(i, j, reuse=0.0)
        if judged:
            examples.add([closeness.cosine(i, j)], judged[0], weight=judged[1], offset=value)
    return examples


def measure_sentences(train: Split, dev: Split, embed: Embedder) -> None:
    """Print what the feature brings to pairs within an event and to counterparts of *dev*."""
    for name in ("sentences", "counterparts"):
        examples = Examples(NAMES)
        for odds, cosines, labels in topic_pairs(train, name, embed):
            for value, cosine, label in zip(odds, cosines, labels, strict=True):
                examples.add([cosine], bool(label), offset=value)
        added = fit(examples, l2=1.0, positive=frozenset(NAMES))
        weight = as_model(added).weights[CLOSENESS]
        print(f"{name}: log-odds {added.bias:+.3f} {weight:+.3f} x closeness")
        for share in (0.0, 1.0):
            if name == "sentences":
                report_within(dev, embed, share * added.bias, share * weight)
            else:
                report_first(dev, embed, share * added.bias, share * weight)


def topic_pairs(
    split: Split, name: str, embed: Embedder
) -> list[tuple[list[float], list[float], list[int]]]:
    """Return log-odds, cosines and labels of query-candidate pairs, a list a topic."""
    found = []
    for topic, articles in split.articles.items():
        built = build_topic(articles)
        odds = built.score_sentences() if name == "sentences" else built.rank_counterparts().odds
        closeness = Closeness([unit.claim.text for unit in built.units], embed)
        values: list[float] = []
        cosines: list[float] = []
        labels: list[int] = []
        for query in split.queries[topic]:
            i = must_find(built, query["q"])
            answers, maybe = spans_of(query["answers"]), spans_of(query["maybe"])
            for j in built.by_article[query["doc"]]:
                start = built.units[j].claim.span.start
                if start in answers or start not in maybe:
                    values.append(float(odds[i, j]))
                    cosines.append(closeness.cosine(i, j))
                    labels.append(int(start in answers))
        found.append((values, cosines, labels))
    return found


def report_within(split: Split, embed: Embedder, bias: float, weight: float) -> None:
    scores: dict[str, list[tuple[float, int]]] = defaultdict(list)
    everything: list[tuple[float, int]] = []
    for topic, articles in split.articles.items():
        built = build_topic(articles)
        closeness = Closeness([unit.claim.text for unit in built.units], embed)
        odds = built.score_sentences()
        for pair in split.pairs[topic]:
            i, j = must_find(built, pair["a"]), must_find(built, pair["b"])
            odds[i, j] += bias + weight * closeness.cosine(i, j)
            scored = (built.story_odds(odds, i, j), pair["label"])
            odds[i, j] -= bias + weight * closeness.cosine(i, j)
            everything.append(scored)
            if pair["subtopic"]:
                scores[pair["subtopic"]].append(scored)
    areas = [
        area_under_curve(np.array([score for score, _ in found]), [label for _, label in found])
        for found in scores.values()
        if 0 < sum(label for _, label in found) < len(found)
    ]
    overall = average_precision(np.array([s for s, _ in everything]), [y for _, y in everything])
    print(f"  {'with' if weight else 'without'}: macro AUC {np.mean(areas):.4f}  AP {overall:.4f}")


def report_first(split: Split, embed: Embedder, bias: float, weight: float) -> None:
    model = learned.get_model("counterpart_ranks")
    hits: list[bool] = []
    for topic, articles in split.articles.items():
        built = build_topic(articles)
        odds = np.array(built.rank_counterparts().odds)
        closeness = Closeness([unit.claim.text for unit in built.units], embed)
        if weight:
            for i, a in enumerate(built.units):
                for j in range(i):
                    if a.article != built.units[j].article:
                        odds[i, j] += bias + weight * closeness.cosine(i, j)
                        odds[j, i] = odds[i, j]
        ranks = rank_all(built.units, odds, built.story)
        for query in split.queries[topic]:
            i = must_find(built, query["q"])
            answers = spans_of(query["answers"])
            best = max(
                built.by_article[query["doc"]],
                key=lambda j: sum(
                    model.weights[name] * value
                    for name, value in zip(COUNTERPART_FEATURES, ranks.features(i, j), strict=True)
                ),
            )
            hits.append(built.units[best].claim.span.start in answers)
    print(f"  {'with' if weight else 'without'}: counterpart first {np.mean(hits):.4f}")


if __name__ == "__main__":
    main()
