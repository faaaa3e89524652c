"""Distil a table of word vectors from the teacher: what a word mostly means to it.

    python -m training.pipeline.vectors LABELLED TEACHER VECTORS

Every word is read in all its places in the training texts; the mean of what the teacher's
encoder makes of it, cut down to a few dozen numbers by principal components, is its vector. Method: Bommasani, Davis and Cardie, "Interpreting Pretrained
Contextualized Representations via Reductions to Static Embeddings", ACL 2020. Keys are
lower-case words; VECTORS is a blank pipeline that ``spacy train`` takes them from.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vectors import Vectors
from spacy.vocab import Vocab

from training.pipeline.documents import read_docs
from training.pipeline.encoding import Encoded, cut_batches, encode_doc
from training.pipeline.teacher import Teacher, build_batch, load_teacher, load_tokenizer
from training.pipeline.tokenizer import build_blank

# 30,000 rows of 64 numbers of four bytes: 7.7 MB.
ROWS, WIDTH = 30_000, 64
# Rarer words have vectors that say more of the one place than of the word.
FEWEST = 2
# Numbers and addresses are known by their shape; each is rare and there are many.
_WORTH_A_ROW = re.compile(r"\D{1,24}")
# From here on a word counts no more when the components are found.
_FREQUENT = 50
_FARTHEST = 6.0


def count_words(docs: Iterable[Doc]) -> Counter[str]:
    return Counter(token.lower_ for doc in docs for token in doc if not token.is_space)


@torch.no_grad()
def average_words(
    teacher: Teacher, texts: Sequence[tuple[Doc, Encoded]], rows: dict[str, int]
) -> NDArray[np.float64]:
    """Return [row, width of the encoder]: the mean over the places of each word of *rows*."""
    sums = np.zeros((len(rows), int(teacher.encoder.config.hidden_size)))
    places = np.zeros(len(rows))
    for batch in cut_batches([text for _, text in texts]):
        vectors = teacher.read_meaning(build_batch([texts[index][1] for index in batch])).numpy()
        for row, index in enumerate(batch):
            doc, text = texts[index]
            known = [(rows.get(doc[word].lower_), place) for place, word in enumerate(text.words)]
            found = [(which, place) for which, place in known if which is not None]
            if found:
                which_rows, which_places = map(list, zip(*found, strict=True))
                np.add.at(sums, which_rows, vectors[row, which_places])
                np.add.at(places, which_rows, 1)
    return sums / np.maximum(places, 1)[:, None]


def reduce_width(
    table: NDArray[np.float64], counts: Sequence[int], width: int
) -> NDArray[np.float32]:
    """Return the first *width* principal components, of mean 0 and common spread 1.

    Frequent words weigh more, by the square root of their *counts*. Signs are fixed (the
    largest weight of a component is positive), so runs agree; outliers are cut.
    """
    weights = np.sqrt(np.minimum(np.array(counts, float), _FREQUENT))[:, None]
    centred = table - (weights * table).sum(0) / weights.sum()
    spread, axes = np.linalg.eigh((weights * centred).T @ centred)
    axes = axes[:, np.argsort(-spread)[:width]]
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])])
    reduced = centred @ axes
    scaled = reduced / np.sqrt((reduced**2).mean())
    cut: NDArray[np.float32] = np.clip(scaled, -_FARTHEST, _FARTHEST).astype(np.float32)
    return cut


def build_vectors(vocab: Vocab, words: Sequence[str], table: NDArray[np.float32]) -> Vectors:
    return Vectors(
        strings=vocab.strings,
        data=table,
        keys=[vocab.strings.add(word) for word in words],
        name="en_news_vectors",
        attr="LOWER",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("labelled", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--threads", type=int, default=3)
    parser.add_argument("--limit", type=int, help="texts of each set, to try it out")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    nlp, tokenizer = build_blank(), load_tokenizer()
    docs = [
        doc
        for path in sorted(options.labelled.glob("*.spacy"))
        for doc in read_docs(path, nlp.vocab)[: options.limit]
    ]
    counts = count_words(docs)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    words = [word for word in ranked if counts[word] >= FEWEST and _WORTH_A_ROW.fullmatch(word)][
        : options.rows
    ]
    texts = [(doc, text) for doc in docs if (text := encode_doc(doc, tokenizer)) is not None]
    rows = {word: row for row, word in enumerate(words)}
    means = average_words(load_teacher(options.teacher), texts, rows)
    table = reduce_width(means, [counts[word] for word in words], options.width)
    nlp.vocab.vectors = build_vectors(nlp.vocab, words, table)
    nlp.to_disk(options.vectors)
    covered = sum(counts[word] for word in words) / max(1, sum(counts.values()))
    print(f"{len(words)} words, {100 * covered:.1f} % of the texts, {table.nbytes / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
