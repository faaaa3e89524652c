"""Train the teacher on the gold parses and the gold names.

    python -m training.pipeline.teach CORPUS TEACHER --threads 3

Parses and names are in different texts, so each step learns from one kind. About 50
minutes on three cores. The seed fixes the order of texts; the last digits of the result
still depend on the machine and the number of threads.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
import torch
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional

from training.pipeline.documents import read_docs
from training.pipeline.encoding import Encoded, encode_doc
from training.pipeline.teacher import (
    Labels,
    Teacher,
    build_batch,
    load_tokenizer,
    save_teacher,
)

PARSED_SETS = ("ewt", "gum", "headlines")
NAMED_SETS = ("ner-gold",)
ROUNDS = 3
# Pieces in a batch, with those that only fill it up.
BATCH_PIECES = 1800
ENCODER_RATE, HEAD_RATE = 1e-4, 1.5e-3
WARM_UP, LOWEST_RATE = 200, 0.02
# How much a mistake counts; the tags are learned long before the tree.
LOSS_WEIGHTS = {"tag": 0.5, "form": 0.5, "start": 1.0, "arc": 1.0, "relation": 1.0, "mark": 1.0}
_IGNORED = -100
_REPORT_EVERY = 50


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text and what there is to learn from it, one list per head of the model."""

    text: Encoded
    answers: dict[str, list[str]]
    heads: list[int]
    starts: list[int]


def read_parse_lesson(doc: Doc, text: Encoded) -> Lesson:
    place = {word: index for index, word in enumerate(text.words)}
    words = [doc[word] for word in text.words]
    heads: list[int] = []
    for index, word in enumerate(words):
        head = word.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        heads.append(place.get(head.i, index))
    begun = {
        next((token.i for token in sentence if not token.is_space), -1) for sentence in doc.sents
    }
    return Lesson(
        text,
        {
            "tag": [word.tag_ for word in words],
            "form": [f"{word.pos_}|{word.morph}" for word in words],
            "relation": [word.dep_ for word in words],
        },
        heads,
        [int(word.i in begun) for word in words],
    )


def read_name_lesson(doc: Doc, text: Encoded) -> Lesson:
    words = [doc[word] for word in text.words]
    marks = [f"{w.ent_iob_}-{w.ent_type_}" if w.ent_type_ else "O" for w in words]
    return Lesson(text, {"mark": marks}, [], [])


def find_labels(lessons: Iterable[Lesson]) -> Labels:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for lesson in lessons:
        for kind, values in lesson.answers.items():
            found[kind].update(values)
    return Labels(*(tuple(sorted(found[kind])) for kind in ("tag", "form", "relation", "mark")))


def cut_batches(lessons: Sequence[Lesson], rng: random.Random) -> list[list[Lesson]]:
    """Return batches of texts of like length, in drawn order."""
    by_length = sorted(lessons, key=lambda one: len(one.text.pieces) + 30 * rng.random())
    batches: list[list[Lesson]] = [[]]
    longest = 0
    for lesson in by_length:
        longest = max(longest, len(lesson.text.pieces))
        if batches[-1] and (len(batches[-1]) + 1) * longest > BATCH_PIECES:
            batches.append([])
            longest = len(lesson.text.pieces)
        batches[-1].append(lesson)
    rng.shuffle(batches)
    return [batch for batch in batches if batch]


def plan_steps(
    parses: Sequence[Lesson], names: Sequence[Lesson], rng: random.Random
) -> list[list[Lesson]]:
    """Return the batches of all rounds: every parse in each round, a share of the names."""
    name_batches = cut_batches(names, rng)
    steps: list[list[Lesson]] = []
    for number in range(ROUNDS):
        one = [*cut_batches(parses, rng), *name_batches[number::ROUNDS]]
        rng.shuffle(one)
        steps += one
    return steps


def find_losses(
    teacher: Teacher, batch: Sequence[Lesson], ids: dict[str, dict[str, int]]
) -> dict[str, Tensor]:
    """Return the mean loss of each head that *batch* has answers for."""
    inputs = build_batch([lesson.text for lesson in batch])
    words = teacher.read(inputs)
    most = words.size(1)

    def fill(rows: Iterable[Sequence[int]]) -> Tensor:
        return torch.tensor([[*row, *[_IGNORED] * (most - len(row))] for row in rows])

    def loss(scores: Tensor, answers: Tensor) -> Tensor:
        return functional.cross_entropy(
            scores.flatten(0, 1), answers.flatten(), ignore_index=_IGNORED
        )

    def known(kind: str) -> Tensor:
        return fill([ids[kind][value] for value in lesson.answers[kind]] for lesson in batch)

    if "mark" in batch[0].answers:
        return {"mark": loss(teacher.mark(words), known("mark"))}
    heads = fill(lesson.heads for lesson in batch)
    return {
        "tag": loss(teacher.tag(words), known("tag")),
        "form": loss(teacher.form(words), known("form")),
        "start": loss(teacher.start(words), fill(lesson.starts for lesson in batch)),
        "arc": loss(teacher.score_arcs(words, inputs.is_word), heads),
        "relation": loss(teacher.score_relations(words, heads.clamp(min=0)), known("relation")),
    }


def train(teacher: Teacher, steps: Sequence[Sequence[Lesson]]) -> None:
    labels = teacher.labels
    ids = {
        kind: {value: number for number, value in enumerate(values)}
        for kind, values in (
            ("tag", labels.tags),
            ("form", labels.forms),
            ("relation", labels.relations),
            ("mark", labels.marks),
        )
    }
    inner = {id(weight) for weight in teacher.encoder.parameters()}
    heads = [weight for weight in teacher.parameters() if id(weight) not in inner]
    optimizer = torch.optim.AdamW(
        [
            {"params": list(teacher.encoder.parameters()), "lr": ENCODER_RATE},
            {"params": heads, "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / WARM_UP) * max(LOWEST_RATE, 1 - step / len(steps)),
    )
    begin, recent = time.monotonic(), dict[str, float]()
    teacher.train()
    for number, batch in enumerate(steps):
        losses = find_losses(teacher, batch, ids)
        optimizer.zero_grad()
        weighted = [LOSS_WEIGHTS[kind] * loss for kind, loss in losses.items()]
        torch.autograd.backward(torch.stack(weighted).sum())
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        for kind, loss in losses.items():
            recent[kind] = 0.98 * recent.get(kind, loss.item()) + 0.02 * loss.item()
        if number % _REPORT_EVERY == 0:
            shown = ", ".join(f"{kind} {value:.3f}" for kind, value in sorted(recent.items()))
            print(f"{number}/{len(steps)} {time.monotonic() - begin:.0f} s: {shown}", flush=True)
    teacher.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--threads", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, help="texts of each set, to try it out")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    rng = random.Random(options.seed)
    vocab, tokenizer = spacy.blank("en").vocab, load_tokenizer()

    def read_lessons(names: Sequence[str], read: Callable[[Doc, Encoded], Lesson]) -> list[Lesson]:
        return [
            read(doc, text)
            for name in names
            for doc in read_docs(options.corpus / f"{name}.spacy", vocab)[: options.limit]
            if (text := encode_doc(doc, tokenizer)) is not None
        ]

    parses = read_lessons(PARSED_SETS, read_parse_lesson)
    named = read_lessons(NAMED_SETS, read_name_lesson)
    print(f"{len(parses)} parsed texts, {len(named)} with names", flush=True)
    teacher = Teacher(find_labels([*parses, *named]))
    train(teacher, plan_steps(parses, named, rng))
    save_teacher(teacher, options.teacher)


if __name__ == "__main__":
    main()
