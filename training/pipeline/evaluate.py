"""Print what a pipeline scores on the test sets, and how fast it is beside another one.

    python -m training.pipeline.evaluate MODEL --against MODEL --speed --data FOLDER

FOLDER holds ``*-test.spacy`` files; those with a parse are scored as parses, those with
names as names. With --texts, the sentence ends in the ``.txt`` files of a folder that cannot
be right are counted, and shown with --show. Without --data it is ``docbins`` in the folder that VARIORUM_TREEBANKS
names. Scores of two pipelines stand beside each other, with the difference.

Speed is measured on one thread, a few texts with the one, the same with the other, in
turns, and reported as a ratio: machines vary by a factor of two from minute to minute.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from thinc.api import NumpyOps

from training.pipeline.scores import find_labels, find_odd_cuts, score_names, score_parses

BATCH = 64
SPEED_TURNS = 12
SPEED_WORDS = 4_000
COLUMNS = {
    "tag": "TAG",
    "pos": "POS",
    "features": "FEAT",
    "lemma": "LEMMA",
    "unlabelled": "UAS",
    "labelled": "LAS",
    "sentence": "SENT-F",
}


@dataclass(frozen=True, slots=True)
class Speeds:
    """Words a second of processor time, medians; *ratio* is the first to the second."""

    first: float
    second: float
    ratio: float


def load_for_measuring(folder: Path) -> Language:
    """Load a pipeline with numpy's matrix product, as the product does on one thread."""
    nlp = spacy.load(folder)
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            node.ops = ops
    return nlp


def evaluate_set(nlp: Language, path: Path) -> dict[str, dict[str, float]]:
    """Return scores in percent by row ("parse", "core", "PERSON" ...) and column."""
    gold = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    answers = list(nlp.pipe([doc.text for doc in gold], batch_size=BATCH))
    pairs = list(zip(gold, answers, strict=True))
    rows: dict[str, dict[str, float]] = {}
    if any(doc.has_annotation("DEP") for doc in gold):
        scores = asdict(score_parses(pairs))
        rows["parse"] = {title: scores[name] for name, title in COLUMNS.items()}
    labels = find_labels(gold)
    for row, name_scores in score_names(pairs, labels).items() if labels else ():
        rows[row] = {
            "P": name_scores.precision,
            "R": name_scores.recall,
            "F": name_scores.f,
            "gold": name_scores.gold,
        }
    return rows


def measure_speed(first: Language, second: Language, texts: Sequence[str]) -> Speeds:
    """Run both over the same *texts* in turns. Reading is warm, loading is not counted."""
    turns = [texts[start::SPEED_TURNS] for start in range(SPEED_TURNS)]
    seconds: dict[int, list[float]] = {0: [], 1: []}
    for nlp in (first, second):
        list(nlp.pipe(turns[0]))
    for turn, part in enumerate(turns):
        # Who begins changes, so that neither always finds the caches as the other left them.
        for which in (0, 1) if turn % 2 else (1, 0):
            begin = time.process_time()
            for _ in (first, second)[which].pipe(part, batch_size=BATCH):
                pass
            seconds[which].append(time.process_time() - begin)
    words = [sum(len(text.split()) for text in part) for part in turns]
    return Speeds(
        median(count / spent for count, spent in zip(words, seconds[0], strict=True)),
        median(count / spent for count, spent in zip(words, seconds[1], strict=True)),
        median(other / own for own, other in zip(seconds[0], seconds[1], strict=True)),
    )


def measure_parts(nlp: Language, texts: Sequence[str]) -> dict[str, float]:
    """Return microseconds of processor time per word, by component."""
    words = sum(len(text.split()) for text in texts)
    begin = time.process_time()
    docs: list[Doc] = [nlp.make_doc(text) for text in texts]
    spent = {"tokenizer": 1e6 * (time.process_time() - begin) / words}
    for name in nlp.pipe_names:
        begin = time.process_time()
        pipe: Any = nlp.get_pipe(name)  # spaCy types it as a plain function
        docs = list(pipe.pipe(docs, batch_size=BATCH))
        spent[name] = 1e6 * (time.process_time() - begin) / words
    return spent


def find_size(folder: Path) -> float:
    """Return the megabytes (10^6 bytes) of all files in *folder*."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def print_set(
    name: str,
    rows: dict[str, dict[str, float]],
    other: dict[str, dict[str, float]] | None,
) -> None:
    for row, scores in rows.items():
        cells = []
        for column, value in scores.items():
            if column == "gold":
                cells.append(f"({value:.0f} names)")
                continue
            cell = f"{column} {value:5.2f}"
            if other is not None:
                before = other.get(row, {}).get(column, 0.0)
                cell += f" (from {before:5.2f}, {value - before:+.2f})"
            cells.append(cell)
        print(f"{name:<14}{row:<10}", "  ".join(cells), flush=True)


def format_table_row(
    name: str, rows: dict[str, dict[str, float]], other: dict[str, dict[str, float]] | None
) -> str:
    """Return a row of the model card's tables: new score, and in brackets the other's.

    The table of trees has tags, UAS, LAS and sentence F; that of names P, R and F of
    persons, places and organisations.
    """
    row, columns = (
        ("parse", ("TAG", "UAS", "LAS", "SENT-F")) if "parse" in rows else ("core", "PRF")
    )
    cells = [name]
    for column in columns:
        before = "" if other is None else f" ({other[row][column]:.1f})"
        cells.append(f"{rows[row][column]:.1f}{before}")
    return f"| {' | '.join(cells)} |"


def print_odd_cuts(nlp: Language, folder: Path, *, show: bool) -> None:
    odd, sentences = list[tuple[str, str]](), 0
    for path in sorted(folder.rglob("*.txt")):
        doc = nlp(path.read_text(encoding="utf-8"))
        odd += find_odd_cuts(doc)
        sentences += sum(1 for sentence in doc.sents if sentence.text.strip())
    print(f"{len(odd)} odd cuts in {sentences} sentences of {folder}")
    for before, after in odd if show else ():
        print(f"    {before!r} | {after!r}")


def read_speed_texts(vocab_of: Language, paths: Sequence[Path]) -> list[str]:
    """Return texts of about ``SPEED_WORDS`` words a turn, an even sample of all *paths*."""
    texts = [
        doc.text for path in paths for doc in DocBin().from_disk(path).get_docs(vocab_of.vocab)
    ]
    words = sum(len(text.split()) for text in texts)
    step = max(1, words // (SPEED_TURNS * SPEED_WORDS))
    return texts[::step]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--against", type=Path, help="the pipeline to compare with")
    parser.add_argument("--data", type=Path, help="folder of *-test.spacy files")
    parser.add_argument("--only", default="", help="only sets whose name contains this")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument(
        "--texts", type=Path, help="folder of *.txt to look for odd sentence ends in"
    )
    parser.add_argument("--table", action="store_true", help="print rows of the model card")
    parser.add_argument("--show", action="store_true", help="print the odd sentence ends")
    options = parser.parse_args()
    if options.data is None:
        if "VARIORUM_TREEBANKS" not in os.environ:
            parser.error("say --data FOLDER or set VARIORUM_TREEBANKS")
        options.data = Path(os.environ["VARIORUM_TREEBANKS"]) / "docbins"
    paths = [
        path for path in sorted(options.data.glob("*-test.spacy")) if options.only in path.name
    ]
    if not paths:
        parser.error(f"no *-test.spacy in {options.data}")

    nlp = load_for_measuring(options.model)
    other = None if options.against is None else load_for_measuring(options.against)
    for path in paths:
        name = path.name.removesuffix("-test.spacy")
        rows = evaluate_set(nlp, path)
        before = None if other is None else evaluate_set(other, path)
        if options.table:
            print(format_table_row(name, rows, before), flush=True)
        else:
            print_set(name, rows, before)
    for model in (nlp, other) if options.texts is not None else ():
        if model is not None:
            print_odd_cuts(model, options.texts, show=options.show)
    print(f"size {find_size(options.model):.1f} MB")
    if options.speed:
        texts = read_speed_texts(nlp, paths)
        if other is not None:
            speeds = measure_speed(nlp, other, texts)
            print(
                f"speed {speeds.first:.0f} words/s, other {speeds.second:.0f}, "
                f"ratio {speeds.ratio:.3f}"
            )
        for model, folder in ((nlp, options.model), (other, options.against)):
            if model is not None:
                parts = measure_parts(model, texts)
                print(
                    f"µs per word {sum(parts.values()):.0f}:",
                    ", ".join(f"{part} {spent:.0f}" for part, spent in parts.items()),
                    f"({folder})",
                )


if __name__ == "__main__":
    main()
