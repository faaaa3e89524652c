"""Compare parsed documents with gold ones, token by token and name by name.

A token is its place in the text. A token that the pipeline cuts differently is wrong in
every respect, and so is one whose head is cut differently. White space does not count.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

Place = tuple[int, int]

# What universal NER corpora share. Countries and cities are LOC here.
CORE_LABELS = frozenset({"PERSON", "ORG", "LOC"})
# Matches "home.", "home.”", "said:", "home…)"; not "home", "Mr".
_FINAL = re.compile(r"[.?!:;…][)\]”’\"']*$|[”\"][.,]?$")
# Matches "he said", "Brand told"; not "He walked".
_SAID = re.compile(r"(?:[A-Z]\w+|he|she|they|police|officials?) (?:said|says|told|added|wrote)\b")
_SAME_LABEL = {"GPE": "LOC", "FAC": "LOC"}


@dataclass(frozen=True, slots=True)
class ParseScores:
    """F-scores in percent, punctuation included."""

    tag: float
    pos: float
    features: float
    lemma: float
    unlabelled: float
    labelled: float
    sentence: float
    tokens: int


@dataclass(frozen=True, slots=True)
class NameScores:
    """Precision, recall and F in percent; *gold* is how many names there are to find."""

    precision: float
    recall: float
    f: float
    gold: int


def score_parses(pairs: Iterable[tuple[Doc, Doc]]) -> ParseScores:
    """Score (gold, predicted) documents of the same text.

    Raises ``ValueError`` when the texts of a pair differ.
    """
    right: Counter[str] = Counter()
    in_gold = in_answer = gold_sentences = answer_sentences = 0
    for gold, answer in pairs:
        _check_same_text(gold, answer)
        gold_tokens, answer_tokens = _tokens_by_place(gold), _tokens_by_place(answer)
        in_gold += len(gold_tokens)
        in_answer += len(answer_tokens)
        for place, token in gold_tokens.items():
            other = answer_tokens.get(place)
            if other is None:
                continue
            same_head = _head_place(token) == _head_place(other)
            right["tag"] += token.tag_ == other.tag_
            right["pos"] += token.pos_ == other.pos_
            right["features"] += str(token.morph) == str(other.morph)
            right["lemma"] += token.lemma_ == other.lemma_
            right["unlabelled"] += same_head
            right["labelled"] += same_head and token.dep_ == other.dep_
        wanted, found = _sentence_places(gold), _sentence_places(answer)
        gold_sentences += len(wanted)
        answer_sentences += len(found)
        right["sentence"] += len(wanted & found)

    def f(name: str) -> float:
        return 200 * right[name] / max(1, in_gold + in_answer)

    return ParseScores(
        tag=f("tag"),
        pos=f("pos"),
        features=f("features"),
        lemma=f("lemma"),
        unlabelled=f("unlabelled"),
        labelled=f("labelled"),
        sentence=200 * right["sentence"] / max(1, gold_sentences + answer_sentences),
        tokens=in_gold,
    )


def score_names(pairs: Iterable[tuple[Doc, Doc]], labels: frozenset[str]) -> dict[str, NameScores]:
    """Score names whose label is among *labels*; exact places, one key per label.

    The key "core" joins persons, organisations and places, "all" every label. Names with
    another label are neither asked for nor held against the pipeline. Raises
    ``ValueError`` when the texts of a pair differ.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for gold, answer in pairs:
        _check_same_text(gold, answer)
        wanted, found = _names(gold, labels), _names(answer, labels)
        for name in wanted | found:
            kind = "right" if name in wanted & found else "missed" if name in wanted else "false"
            for key in (name[2], "all", *(["core"] if name[2] in CORE_LABELS else [])):
                counts[key][kind] += 1
    return {key: _name_scores(counts[key]) for key in sorted(counts)}


def find_odd_cuts(doc: Doc) -> list[tuple[str, str]]:
    """Return the sentence ends that cannot be right, each as the words on both sides.

    Within a line: after which no sentence ends (no mark, colon or closing quotation mark),
    before a small letter, a quotation mark alone, and a quotation cut from who said it.
    Needs no gold; only what is surely wrong is counted.
    """
    sentences = [sentence for sentence in doc.sents if sentence.text.strip()]
    odd: list[tuple[str, str]] = []
    for one, other in pairwise(sentences):
        before, after = one.text.rstrip(), other.text.strip()
        if "\n" in doc.text[one.start_char + len(before) : other.start_char]:
            continue
        if (
            not _FINAL.search(before)
            or after[0].islower()
            or not any(letter.isalnum() for letter in after)
            or (before[-1] in ',”"' and _SAID.match(after))
        ):
            odd.append((before[-30:], after[:30]))
    return odd


def find_labels(docs: Iterable[Doc]) -> frozenset[str]:
    """Return the labels that names of *docs* have."""
    return frozenset(_label(name.label_) for doc in docs for name in doc.ents)


def _check_same_text(gold: Doc, answer: Doc) -> None:
    if gold.text != answer.text:
        raise ValueError(f"not the same text: {gold.text[:40]!r} and {answer.text[:40]!r}")


def _tokens_by_place(doc: Doc) -> dict[Place, Token]:
    return {_place(token): token for token in doc if not token.is_space}


def _place(token: Token) -> Place:
    return token.idx, token.idx + len(token)


def _head_place(token: Token) -> Place:
    head = token.head
    while head.is_space and head.head.i != head.i:
        head = head.head
    return _place(head)


def _sentence_places(doc: Doc) -> set[Place]:
    places = set()
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            places.add((words[0].idx, words[-1].idx + len(words[-1])))
    return places


def _label(label: str) -> str:
    return _SAME_LABEL.get(label, label)


def _names(doc: Doc, labels: frozenset[str]) -> set[tuple[int, int, str]]:
    found = {(name.start_char, name.end_char, _label(name.label_)) for name in doc.ents}
    return {name for name in found if name[2] in labels}


def _name_scores(counts: Counter[str]) -> NameScores:
    precision = counts["right"] / max(1, counts["right"] + counts["false"])
    recall = counts["right"] / max(1, counts["right"] + counts["missed"])
    f = 2 * precision * recall / (precision + recall) if counts["right"] else 0.0
    return NameScores(100 * precision, 100 * recall, 100 * f, counts["right"] + counts["missed"])
