"""Let the teacher add the layers that training texts lack.

    python -m training.pipeline.relabel CORPUS TEACHER LABELLED --articles ARTICLES.jsonl.gz

Gold layers stay: texts with a gold parse get names, texts with names get a parse. The
machine-made parses keep their sentences and lemmas, and get the teacher's tree and tags.
*Articles* are lines of {"text"}; they are labelled whole, as the product reads them.
Lemmas are what was there; where none were, the lemmatizer learns nothing from the text.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import torch
from spacy.language import Language
from spacy.tokens import Doc, Token

from training.pipeline.decoding import find_best_marks, find_best_tree
from training.pipeline.documents import read_docs, write_docs
from training.pipeline.encoding import Encoded, cut_batches, cut_window, encode_words
from training.pipeline.layers import (
    KEEPS_SENTENCES,
    ROOT,
    Answers,
    build_labelled,
    find_known_starts,
    find_starts,
)
from training.pipeline.teacher import Teacher, build_batch, load_teacher, load_tokenizer
from training.pipeline.tokenizer import build_blank

SETS = ("ewt", "gum", "headlines", "silver", "ner-gold", "ner-silver")


@torch.no_grad()
def ask(
    teacher: Teacher, texts: Sequence[Encoded], starts: Sequence[Sequence[int] | None]
) -> list[Answers]:
    """Return answers for *texts*; sentences begin at *starts* where those are known."""
    batch = build_batch(texts)
    words = teacher.read(batch)
    arcs = teacher.score_arcs(words, batch.is_word).numpy()
    chances = torch.softmax(teacher.start(words), -1)[..., 1].numpy()
    lengths = [len(text.words) for text in texts]
    begun: list[list[int]] = []
    heads: list[list[int]] = []
    for row, (length, known) in enumerate(zip(lengths, starts, strict=True)):
        found = find_starts(chances[row, :length]) if known is None else sorted({0, *known})
        begun.append(found)
        heads.append([])
        for low, high in pairwise((*found, length)):
            heads[-1] += (low + head for head in find_best_tree(arcs[row, low:high, low:high]))
    most = max(lengths)
    filled = torch.tensor([[*row, *range(len(row), most)] for row in heads])
    relations = teacher.score_relations(words, filled)
    # A root is one because of its place in the tree, whatever its best label.
    root = teacher.labels.relations.index(ROOT)
    relations[..., root] = float("-inf")
    best_relations = relations.argmax(-1).tolist()
    tags, forms = teacher.tag(words).argmax(-1).tolist(), teacher.form(words).argmax(-1).tolist()
    marks = torch.log_softmax(teacher.mark(words), -1).numpy()
    labels = teacher.labels
    return [
        Answers(
            tags=[labels.tags[index] for index in tags[row][:length]],
            forms=[labels.forms[index] for index in forms[row][:length]],
            heads=heads[row],
            relations=[
                ROOT if heads[row][word] == word else labels.relations[best_relations[row][word]]
                for word in range(length)
            ],
            marks=find_best_marks(marks[row, :length], labels.marks),
            starts=begun[row],
        )
        for row, length in enumerate(lengths)
    ]


def label_docs(
    docs: Iterable[Doc], teacher: Teacher, tokenizer: object, *, name: str
) -> Iterator[Doc]:
    """Yield *docs* with every layer, in order. Those without a word are left out."""
    parts = [
        (part, encoded)
        for doc in docs
        for part in cut_windows(doc, teacher, tokenizer)
        if (encoded := encode_words(list(part), tokenizer)).words
    ]
    labelled: dict[int, Doc] = {}
    for batch in cut_batches([encoded for _, encoded in parts]):
        answered = _label([parts[index] for index in batch], teacher, name=name)
        labelled.update(zip(batch, answered, strict=True))
    yield from (labelled[index] for index in range(len(parts)))


def _label(waiting: Sequence[tuple[Doc, Encoded]], teacher: Teacher, *, name: str) -> Iterator[Doc]:
    keeps = name in KEEPS_SENTENCES
    starts = [find_known_starts(doc, text.words) if keeps else None for doc, text in waiting]
    answers = ask(teacher, [text for _, text in waiting], starts)
    for (doc, text), one in zip(waiting, answers, strict=True):
        yield build_labelled(doc, text.words, one, name=name)


def cut_windows(doc: Doc, teacher: Teacher, tokenizer: object) -> Iterator[Doc]:
    """Yield *doc* in parts that the encoder can take, cut where a sentence begins.

    Where no sentence begins in the second half of a part, the part ends where it must.
    """
    start = 0
    while start < len(doc):
        tokens: list[Token] = list(cut_window(doc, start, tokenizer))
        end = start + max(1, len(tokens))
        if end < len(doc):
            encoded = encode_words(tokens, tokenizer)
            if doc.has_annotation("SENT_START"):
                begun = [token.i for token in tokens if token.is_sent_start]
            elif encoded.words:
                (answers,) = ask(teacher, [encoded], [None])
                begun = [encoded.words[index] for index in answers.starts]
            else:
                begun = []
            end = max((word for word in begun if word > start + len(tokens) // 2), default=end)
        yield doc[start:end].as_doc() if (start, end) != (0, len(doc)) else doc
        start = end


def read_articles(path: Path, nlp: Language) -> Iterator[Doc]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield nlp.make_doc(json.loads(line)["text"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--articles", default="", help="*.jsonl.gz with texts of news")
    parser.add_argument("--threads", type=int, default=3)
    parser.add_argument("--limit", type=int, help="texts of each set, to try it out")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    nlp, tokenizer = build_blank(), load_tokenizer()
    teacher = load_teacher(options.teacher)
    for name in SETS:
        path = options.corpus / f"{name}.spacy"
        if path.is_file():
            docs = read_docs(path, nlp.vocab)[: options.limit]
            labelled = label_docs(docs, teacher, tokenizer, name=name)
            write_docs(options.labelled / path.name, labelled)
    if options.articles:
        docs = list(read_articles(Path(options.articles), nlp))[: options.limit]
        labelled = label_docs(docs, teacher, tokenizer, name="articles")
        write_docs(options.labelled / "articles.spacy", labelled)


if __name__ == "__main__":
    main()
