"""Send odd texts through the whole pipeline, two to a story, and measure the growth of each shape.

    python benchmarks/odd_inputs.py --texts 2000           nothing may raise, every span exact
    python benchmarks/odd_inputs.py --growth 20000 100000  seconds at each length, and the exponent

Exit status 1 if anything raised or a span was not exact.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
import traceback
from collections.abc import Sequence

from material import describe_machine
from odd_pipeline import STEPS, compare_texts, find_inexact
from odd_texts import SHAPES, make_odd_text

from apps.articles.text.language import load_pipeline

LENGTHS = (1, 12, 60, 200, 600, 1500)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=0, metavar="N", help="how many texts")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="number of the first")
    parser.add_argument("--growth", type=int, nargs="+", default=[], metavar="LENGTH")
    parser.add_argument("--shape", choices=sorted(SHAPES), action="append", help="only this shape")
    options = parser.parse_args()
    print(describe_machine())
    shapes = options.shape or list(SHAPES)
    failed = send_many(shapes, options.first, options.texts) if options.texts else 0
    if options.growth:
        measure_growth(shapes, sorted(options.growth))
    return 1 if failed else 0


def send_many(shapes: Sequence[str], first: int, count: int) -> int:
    """Send texts *first* to *first* + *count*; print what raised and return how many did."""
    nlp = load_pipeline()
    failed = characters = 0
    slowest = (0.0, "")
    began = time.perf_counter()
    for number in range(first, first + count, 2):
        shape = shapes[number // 2 % len(shapes)]
        length = LENGTHS[number // 2 // len(shapes) % len(LENGTHS)]
        texts = [make_odd_text(shape, n, length=length) for n in (number, number + 1)]
        characters += sum(map(len, texts))
        start = time.perf_counter()
        try:
            comparison, _ = compare_texts(nlp, texts)
            wrong = list(find_inexact(comparison))
        except Exception:
            wrong = [traceback.format_exc()]
        slowest = max(slowest, (time.perf_counter() - start, f"{shape} {number} of {length}"))
        if wrong:
            failed += 1
            print(f"{shape} {number} of {length}: {wrong[0]}")
    print(
        f"{count} texts, {characters:,} characters in {time.perf_counter() - began:.0f} s:"
        f" {failed} pairs failed; slowest {slowest[0]:.2f} s ({slowest[1]})"
    )
    return failed


def measure_growth(shapes: Sequence[str], lengths: Sequence[int]) -> None:
    """Print for each shape the seconds at each length, and the exponent between first and last."""
    nlp = load_pipeline()
    compare_texts(nlp, ["Warm up.", "Warm up."])
    for shape in shapes:
        steps: list[dict[str, float]] = []
        for length in lengths:
            _, took = compare_texts(
                nlp, [make_odd_text(shape, number, length=length) for number in range(2)]
            )
            steps.append(took)
            shares = "  ".join(f"{step} {took[step]:.2f}" for step in STEPS)
            print(f"{shape:20} {length:>9,}: {sum(took.values()):7.2f} s   {shares}", flush=True)
        if len(lengths) > 1:
            ratio = math.log(lengths[-1] / lengths[0])
            growth = {
                step: math.log(max(steps[-1][step], 1e-4) / max(steps[0][step], 1e-4)) / ratio
                for step in STEPS
            }
            whole = math.log(sum(steps[-1].values()) / sum(steps[0].values())) / ratio
            worst = max(growth, key=lambda step: growth[step] * (steps[-1][step] > 0.2))
            print(f"{shape:20} exponent {whole:.2f}, steepest step {worst} {growth[worst]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
