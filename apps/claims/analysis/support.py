"""How far a text backs every word of a statement, as named numbers a word.

A word is backed when the text has it, or a word for the same event or thing, and the more
so when its neighbours stand beside it there too. Numbers and names must be there as such.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from apps.claims.analysis.amounts import Amount, find_amounts, interval
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.rarity import rarity
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import level

# Matches a word with its hyphens and apostrophes; the words evaluators count.
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_WINDOW = 4
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()


@dataclass(frozen=True, slots=True)
class StatementWord:
    """A word of a statement: its place, and what speaks for its being backed."""

    start: int
    end: int
    features: dict[str, float] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Support:
    """The words of a statement in order, and what holds of it as a whole."""

    words: tuple[StatementWord, ...]
    whole: dict[str, float] = field(hash=False)


class _Text:
    """The article's words by place, read once for all words of the statement."""

    def __init__(self, text: str) -> None:
        self.sentences = [part for part in _SENTENCE_END.split(text) if part.strip()]
        self.keys: list[list[str]] = [
            [level(m.group()) for m in _WORD.finditer(part)] for part in self.sentences
        ]
        self.roots: list[list[str]] = [[root(key) for key in keys] for keys in self.keys]
        self.flat = [stem for roots in self.roots for stem in roots]
        self.present = set(self.flat) | {
            part for keys in self.keys for key in keys for part in key.split("-")
        }
        self.present |= {
            root(part)
            for keys in self.keys
            for key in keys
            if "-" in key
            for part in key.split("-")
        }
        self.beginnings = {stem[:5] for stem in self.present if len(stem) > 4}
        self.frames = {frame for stem in self.present for frame in frames_of_stem(stem)}
        self.synonyms = {number for stem in self.present for number in synonym_sets(stem)}
        self.pairs = {(a, b) for roots in self.roots for a, b in pairwise(roots)}
        self.places: dict[str, list[int]] = defaultdict(list)
        for at, stem in enumerate(self.flat):
            self.places[stem].append(at)
        self.sentence_sets = [set(roots) for roots in self.roots]
        self.amounts: list[Amount] = find_amounts(text)
        self.capitals = Counter(
            root(level(m.group())) for m in _WORD.finditer(text) if m.group()[:1].isupper()
        )
        self.runs = self._runs()

    def _runs(self) -> set[tuple[str, str, str]]:
        return {
            (a, b, c)
            for roots in self.roots
            for a, b, c in zip(roots, roots[1:], roots[2:], strict=False)
        }

    def has(self, stem: str) -> bool:
        return stem in self.present

    def has_kin(self, stem: str) -> bool:
        """Whether a word of the same event, thing or beginning stands in the text."""
        return (
            (len(stem) > 5 and stem[:5] in self.beginnings)
            or any(frame in self.frames for frame in frames_of_stem(stem))
            or any(number in self.synonyms for number in synonym_sets(stem))
        )


def read_support(article: str, statement: Doc) -> Support:
    """Return what speaks for every word of *statement* being backed by *article*."""
    text = _Text(article)
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(statement.text)]
    keys = [level(word) for _, _, word in words]
    roots = [root(key) for key in keys]
    labels = _labels(statement, words)
    content = [key not in word_set("function_words") for key in keys]
    amounts = find_amounts(statement.text)
    backed = [_is_backed(text, key, stem) for key, stem in zip(keys, roots, strict=True)]
    lower = statement.text == statement.text.lower()
    home = _home(text, roots, content)
    features: list[dict[str, float]] = []
    for i, (start, end, word) in enumerate(words):
        features.append(
            _word_features(
                text,
                i,
                word,
                keys,
                roots,
                labels,
                content,
                backed,
                amounts,
                (start, end),
                home,
                lower=lower,
            )
        )
    for i, own in enumerate(features):
        own.update(_neighbourhood(features, content, i))
    whole = _whole(text, features, keys, roots, content, statement)
    single = float(whole["sentences"] == 1.0)
    for own in features:
        own["single"] = single
        own["single absent"] = single * own["absent"]
        own["single far"] = single * own["content"] * (1.0 - own["near"])
        own["single number"] = single * own["number"]
        own["single name"] = single * own["name"]
        own["share absent"] = whole["share absent"]
        own["copied"] = whole["in runs"]
        own["far"] = own["content"] * (1.0 - own["near"])
    return Support(
        tuple(
            StatementWord(start, end, own)
            for (start, end, _), own in zip(words, features, strict=True)
        ),
        whole,
    )


def _labels(statement: Doc, words: Sequence[tuple[int, int, str]]) -> list[tuple[str, str, str]]:
    """Return (part of speech, dependency, entity) of the first parsed token of every word."""
    by_place = {token.idx: token for token in statement}
    labels: list[tuple[str, str, str]] = []
    for start, end, _ in words:
        token = next((by_place[at] for at in range(start, end) if at in by_place), None)
        labels.append(
            (token.pos_, token.dep_, token.ent_type_) if token is not None else ("", "", "")
        )
    return labels


def _is_backed(text: _Text, key: str, stem: str) -> bool:
    return text.has(stem) or text.has(key)


def _home(text: _Text, roots: list[str], content: list[bool]) -> int:
    """Return the index of the text's sentence that has most of the statement's words."""
    telling = {stem for stem, telling in zip(roots, content, strict=True) if telling}
    scores = [sum(rarity(stem) for stem in sorted(telling & found)) for found in text.sentence_sets]
    return max(range(len(scores)), key=lambda at: (scores[at], -at)) if scores else 0


def _number_backed(text: _Text, amount: Amount) -> float:
    low, high = interval(amount)
    best = 0.0
    for other in text.amounts:
        if amount.figure is not None and other.figure == amount.figure:
            return 1.0
        if (
            other.figure is not None
            and (low is None or other.figure >= low)
            and (high is None or other.figure <= high)
        ):
            best = max(best, 0.6)
    return best


def _word_features(
    text: _Text,
    i: int,
    word: str,
    keys: list[str],
    roots: list[str],
    labels: list[tuple[str, str, str]],
    content: list[bool],
    backed: list[bool],
    amounts: list[Amount],
    place: tuple[int, int],
    home: int,
    *,
    lower: bool,
) -> dict[str, float]:
    key, stem = keys[i], roots[i]
    pos, dep, ent = labels[i]
    absent = content[i] and not backed[i]
    kin = text.has_kin(stem)
    amount = next((a for a in amounts if a.core.start < place[1] and place[0] < a.core.end), None)
    is_number = key[:1].isdigit() or (
        amount is not None and amount.figure is not None and key in _number_words()
    )
    number_backed = _number_backed(text, amount) if amount is not None else float(backed[i])
    name = (
        pos == "PROPN"
        or ent in {"PERSON", "ORG", "LOC"}
        or (not lower and word[:1].isupper() and i > 0 and content[i])
    )
    left = (roots[i - 1], stem) in text.pairs if i else True
    right = (stem, roots[i + 1]) in text.pairs if i + 1 < len(roots) else True
    near = _near(text, i, roots, content)
    in_run = any(
        tuple(roots[j : j + 3]) in text.runs
        for j in range(max(0, i - 2), min(i + 1, len(roots) - 2))
    )
    at_home = bool(text.sentence_sets) and stem in text.sentence_sets[home]
    return {
        "content": float(content[i]),
        "absent": float(absent),
        "absent no kin": float(absent and not kin),
        "absent kin": float(absent and kin),
        "absent noun": float(absent and pos == "NOUN"),
        "absent verb": float(absent and pos == "VERB"),
        "absent adjective": float(absent and pos in {"ADJ", "ADV"}),
        "absent name": float(absent and name),
        "absent rare": rarity(stem) if absent and not name else 0.0,
        "number": float(is_number),
        "number absent": float(is_number and number_backed < 0.5 and not backed[i]),
        "number elsewhere": float(is_number and backed[i] and near < 0.3),
        "ordinal absent": float(key in _ORDINALS and not backed[i]),
        "name": float(name),
        "name backed": float(name and backed[i]),
        "name beside other": float(name and backed[i] and not left and not right),
        "left pair": float(left),
        "right pair": float(right),
        "in run": float(in_run),
        "near": near,
        "near content": near if content[i] else 0.0,
        "at home": float(at_home and content[i]),
        "not at home": float(content[i] and backed[i] and not at_home),
        "rarity": rarity(stem) if content[i] else 0.0,
        "verb": float(pos == "VERB"),
        "noun": float(pos == "NOUN"),
        "adjective": float(pos == "ADJ"),
        "root": float(dep == "ROOT"),
        "modifier": float(dep in {"amod", "compound", "nummod"}),
        "oblique": float(dep.startswith(("obl", "nmod"))),
        "first words": float(i < 3),
        "place": i / max(1, len(keys)),
        "capitals": float(text.capitals.get(stem, 0) > 0 and name),
    }


def _number_words() -> frozenset[str]:
    return frozenset(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty "
        "fifty hundred thousand million billion".split()
    )


def _near(text: _Text, i: int, roots: list[str], content: list[bool]) -> float:
    """Return which share of a word's telling neighbours stands near it in the text."""
    neighbours = [
        roots[j]
        for j in range(max(0, i - _WINDOW), min(len(roots), i + _WINDOW + 1))
        if j != i and content[j]
    ]
    if not neighbours or roots[i] not in text.places:
        return 0.0
    best = 0
    for at in text.places[roots[i]][:40]:
        around = set(text.flat[max(0, at - 2 * _WINDOW) : at + 2 * _WINDOW + 1])
        best = max(best, sum(stem in around for stem in neighbours))
    return best / len(neighbours)


def _neighbourhood(
    features: list[dict[str, float]], content: list[bool], i: int
) -> dict[str, float]:
    """Return how the words around are backed: what is not backed comes in phrases."""

    def at(j: int, name: str) -> float:
        return features[j][name] if 0 <= j < len(features) else 0.0

    before = next((j for j in range(i - 1, -1, -1) if content[j]), -1)
    after = next((j for j in range(i + 1, len(content)) if content[j]), len(content))
    return {
        "absent before": at(before, "absent"),
        "absent after": at(after, "absent"),
        "absent both": at(before, "absent") * at(after, "absent"),
        "adjacent absent": max(at(i - 1, "absent"), at(i + 1, "absent")),
        "near before": at(before, "near"),
        "near after": at(after, "near"),
        "number after": at(i + 1, "number absent"),
        "number before": at(i - 1, "number absent"),
    }


def _whole(
    text: _Text,
    features: list[dict[str, float]],
    keys: list[str],
    roots: list[str],
    content: list[bool],
    statement: Doc,
) -> dict[str, float]:
    telling = [own for own, is_telling in zip(features, content, strict=True) if is_telling]
    count = max(1, len(telling))
    total = sum(own["rarity"] for own in telling) or 1.0
    absent = sum(own["absent"] for own in telling)
    sentences = max(1, len(_SENTENCE_END.split(statement.text)))
    return {
        "share absent": absent / count,
        "weight absent": sum(own["rarity"] for own in telling if own["absent"]) / total,
        "absent words": min(6.0, absent),
        "absent names": min(3.0, sum(own["absent name"] for own in features)),
        "absent numbers": min(3.0, sum(own["number absent"] for own in features)),
        "absent no kin": min(5.0, sum(own["absent no kin"] for own in features)),
        "in runs": sum(own["in run"] for own in features) / max(1, len(features)),
        "pairs": sum(own["left pair"] for own in features) / max(1, len(features)),
        "near": sum(own["near"] for own in telling) / count,
        "least near": min((own["near"] for own in telling), default=1.0),
        "away from home": sum(own["not at home"] for own in telling) / count,
        "sentences": min(4.0, float(sentences)),
        "length": min(3.0, len(keys) / 25),
        "text length": min(3.0, len(text.flat) / 500),
    }


def summarise(support: Support, scores: Sequence[float]) -> dict[str, float]:
    """Return the numbers a whole statement is judged by: its own, and those of its words.

    *scores* is how likely each word is not backed, 0 to 1, in the order of the words.
    """
    ranked = sorted(scores, reverse=True)
    top = ranked[0] if ranked else 0.0
    single = float(support.whole["sentences"] == 1.0)
    return {
        **support.whole,
        "top": top,
        "top three": sum(ranked[:3]) / max(1, len(ranked[:3])),
        "top six": sum(ranked[:6]) / max(1, len(ranked[:6])),
        "mean": sum(ranked) / max(1, len(ranked)),
        "sum": min(3.0, sum(ranked) / 3),
        "many": min(6.0, float(sum(score > 0.3 for score in ranked))),
        "single": single,
        "single absent": single * support.whole["share absent"],
        "single near": single * support.whole["near"],
        "single top": single * top,
    }
