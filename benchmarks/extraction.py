"""Words a second of label + parse + extract, as a ratio to the bare pipeline in the same run.

    python benchmarks/extraction.py [--articles 60] [--rounds 3]

Bare is ``nlp.pipe`` over the same texts with spaCy's own batches. Rounds alternate, and the
median is taken, so that a neighbour's load falls on both. Memory is the most the process
ever had.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time

# As the worker runs: several threads for such small matrices only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from material import describe_machine, make_articles

from apps.articles.text.language import load_pipeline, parse_text
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
    sources = make_articles(options.articles)
    texts = [source.text for source in sources]
    words = sum(sum(not token.is_space for token in nlp.make_doc(text)) for text in texts)
    print(f"{len(texts)} articles, {words:,} tokens, {sum(map(len, texts)):,} characters")
    list(nlp.pipe(texts[:5]))
    bare: list[float] = []
    steps: dict[str, list[float]] = {"label": [], "parse": [], "extract": []}
    for _ in range(options.rounds):
        began = time.process_time()
        for _doc in nlp.pipe(texts):
            pass
        bare.append(time.process_time() - began)
        took = dict.fromkeys(steps, 0.0)
        for source in sources:
            start = time.process_time()
            segments = label_article(source)
            labelled = time.process_time()
            doc = parse_text(nlp, source.text, [segment.span.start for segment in segments])
            parsed = time.process_time()
            read_article(doc, source, segments)
            took["label"] += labelled - start
            took["parse"] += parsed - labelled
            took["extract"] += time.process_time() - parsed
        for step, seconds in took.items():
            steps[step].append(seconds)
    whole = [sum(seconds) for seconds in zip(*steps.values(), strict=True)]
    ratio = statistics.median(b / w for b, w in zip(bare, whole, strict=True))
    print(f"bare nlp.pipe          {words / statistics.median(bare):8,.0f} tokens/s")
    print(f"label + parse + extract{words / statistics.median(whole):8,.0f} tokens/s")
    for step, seconds in steps.items():
        share = statistics.median(s / b for s, b in zip(seconds, bare, strict=True))
        print(f"  {step:8} {share:.2f} of the time of bare")
    print(f"RATIO to bare nlp.pipe {ratio:.3f} (processor time, median of {options.rounds})")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
