"""Words a second of label + parse + extract, as a ratio to the bare pipeline in the same run.

    python benchmarks/extraction.py [--articles 60] [--rounds 3]

Bare is ``nlp.pipe`` over the same texts with spaCy's own batches: of the pipeline as we
load it (RATIO), and of the same folder as ``spacy.load`` gives it, which is slower. Rounds
alternate, and the median is taken, so that a neighbour's load falls on both. Memory is the
most the process ever had.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import statistics
import time

# As the worker runs: several threads for such small matrices only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import spacy
from material import describe_machine, make_articles
from spacy.language import Language

from apps.articles.text.language import MODEL_FOLDER, load_pipeline, parse_texts
from apps.claims.analysis.article_input import ArticleInput
from apps.claims.analysis.pipeline import label_article, read_article


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(describe_machine())
    began = time.perf_counter()
    nlp = load_pipeline()
    print(f"load {time.perf_counter() - began:.2f} s")
    plain = spacy.load(os.environ.get("VARIORUM_MODEL") or MODEL_FOLDER)
    sources = make_articles(options.articles)
    texts = [source.text for source in sources]
    words = sum(sum(not token.is_space for token in nlp.make_doc(text)) for text in texts)
    print(f"{len(texts)} articles, {words:,} tokens, {sum(map(len, texts)):,} characters")
    measure_bare(nlp, texts[:5])
    bare: list[float] = []
    as_loaded: list[float] = []
    steps: dict[str, list[float]] = {"label": [], "parse": [], "extract": []}
    for _ in range(options.rounds):
        bare.append(measure_bare(nlp, texts))
        as_loaded.append(measure_bare(plain, texts))
        for step, seconds in measure_reading(nlp, sources).items():
            steps[step].append(seconds)
    whole = [sum(seconds) for seconds in zip(*steps.values(), strict=True)]
    print(f"bare nlp.pipe          {words / statistics.median(bare):8,.0f} tokens/s")
    print(f"label + parse + extract{words / statistics.median(whole):8,.0f} tokens/s")
    for step, took in steps.items():
        print(f"  {step:8} {compare(took, bare):.2f} of the time of bare")
    print(
        f"RATIO to bare nlp.pipe {1 / compare(whole, bare):.3f}, to that of plain spacy.load"
        f" {1 / compare(whole, as_loaded):.3f} (processor time, median of {options.rounds})"
    )
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure_bare(nlp: Language, texts: list[str]) -> float:
    """Return the seconds of processor time that ``nlp.pipe`` takes."""
    gc.collect()
    began = time.process_time()
    for _doc in nlp.pipe(texts):
        pass
    return time.process_time() - began


def measure_reading(nlp: Language, sources: list[ArticleInput]) -> dict[str, float]:
    """Return the seconds of each step as ``read_articles`` takes them, one batch after another."""
    gc.collect()
    began = time.process_time()
    segments = [label_article(source) for source in sources]
    labelled = time.process_time()
    starts = ([segment.span.start for segment in parts] for parts in segments)
    docs = parse_texts(nlp, zip((source.text for source in sources), starts, strict=True))
    extract = 0.0
    for doc, source, parts in zip(docs, sources, segments, strict=True):
        parsed = time.process_time()
        read_article(doc, source, parts)
        extract += time.process_time() - parsed
    return {
        "label": labelled - began,
        "parse": time.process_time() - labelled - extract,
        "extract": extract,
    }


def compare(seconds: list[float], others: list[float]) -> float:
    """Return the median of the ratios round by round."""
    return statistics.median(a / b for a, b in zip(seconds, others, strict=True))


if __name__ == "__main__":
    main()
