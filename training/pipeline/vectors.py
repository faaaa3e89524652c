"""Distil a table of word vectors from the teacher: what a word mostly means to it.

    python -m training.pipeline.vectors CORPUS TEACHER VECTORS

Every word is read in all its places in the training texts (at most some hundred); the
mean of what the teacher's encoder makes of it, cut down to a few dozen numbers by principal
components, is its vector. Method: Bommasani, Davis and Cardie, "Interpreting Pretrained
Contextualized Representations via Reductions to Static Embeddings", ACL 2020. Keys are
lower-case words; VECTORS is a blank pipeline that ``spacy train`` takes them from.
"""

from __future__ import annotations

import argparse
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
from training.pipeline.encoding import Encoded, encode_doc
from training.pipeline.relabel import cut_batches
from training.pipeline.teacher import Teacher, build_batch, load_teacher, load_tokenizer
from training.pipeline.tokenizer import build_blank

SETS = ("ewt", "gum", "silver", "ner-gold", "ner-silver")
# 24,000 rows of 80 numbers of four bytes: 7.7 MB.
ROWS, WIDTH = 24_000, 80
FEWEST, MOST_PLACES = 3, 200


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
        # Of a frequent word the first places are enough, and most texts hold new ones.
        vectors = teacher.read_meaning(build_batch([texts[index][1] for index in batch])).numpy()
        for row, index in enumerate(batch):
            doc, text = texts[index]
            for word, vector in zip(text.words, vectors[row], strict=False):
                which = rows.get(doc[word].lower_)
                if which is not None and places[which] < MOST_PLACES:
                    sums[which] += vector
                    places[which] += 1
    return sums / np.maximum(places, 1)[:, None]


def reduce_width(table: NDArray[np.float64], width: int) -> NDArray[np.float32]:
    """Return the first *width* principal components, of mean 0 and common spread 1.

    Component signs are fixed (the largest weight is positive), so runs agree.
    """
    centred = table - table.mean(0)
    spread, axes = np.linalg.eigh(centred.T @ centred / len(table))
    axes = axes[:, np.argsort(-spread)[:width]]
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])])
    reduced: NDArray[np.float32] = (centred @ axes).astype(np.float32)
    return reduced / reduced.std()


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
    parser.add_argument("corpus", type=Path)
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
        for name in SETS
        if (path := options.corpus / f"{name}.spacy").is_file()
        for doc in read_docs(path, nlp.vocab)[: options.limit]
    ]
    counts = count_words(docs)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    words = [word for word in ranked if counts[word] >= FEWEST][: options.rows]
    texts = [(doc, text) for doc in docs if (text := encode_doc(doc, tokenizer)) is not None]
    rows = {word: row for row, word in enumerate(words)}
    means = average_words(load_teacher(options.teacher), texts, rows)
    table = reduce_width(means, options.width)
    nlp.vocab.vectors = build_vectors(nlp.vocab, words, table)
    nlp.to_disk(options.vectors)
    covered = sum(counts[word] for word in words) / max(1, sum(counts.values()))
    print(f"{len(words)} words, {100 * covered:.1f} % of the texts, {table.nbytes / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
