"""What a rewrite leaves out of the text it goes back to, passage by passage.

A rewrite that drops a denial, an acquittal or a "not yet" says more than its source did.
Any passage may go; how much its going changes is left to a judge, who reads the numbers
given here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.opposites import NEGATIONS
from apps.claims.analysis.rewording import is_source_edit, share_of_shorter
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex
from apps.claims.analysis.types import AttributionKind
from apps.claims.analysis.word_lists import word_groups, word_set
from apps.claims.analysis.wording import Edit, Token, find_phrase, words_span

# Below this share of the shorter sentence two wordings merely have words in common.
_COPIED = 0.55
# A dropped stretch takes this many words, of which so many carry meaning.
_CLAUSE, _TELLING = 3, 2
_SHORT = 10
_LONG = 30


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A passage of *source* that the rewrite *copy* lacks, and the sentence of the copy
    beside which it would stand. *part* says that the rest of its sentence was copied."""

    source: str
    copy: str
    sentence: SentenceView
    tokens: tuple[Token, ...]
    place: SentenceView
    part: bool
    features: dict[str, float]

    @property
    def span(self) -> Span:
        return words_span(self.tokens) if self.part else self.sentence.span


def find_left_out(index: StoryIndex) -> list[LeftOut]:
    """Return the passages that rewrites lack, by rewrite and in the order of its source;
    worked out once.

    Of several versions of one source text the one most was taken from is compared.
    """
    known = index.memo.get("left out")
    if known is None:
        known = index.memo["left out"] = list(_find(index))
    return cast("list[LeftOut]", known)


def _find(index: StoryIndex) -> Iterator[LeftOut]:
    by_articles: dict[tuple[str, str], list[CopyPair]] = defaultdict(list)
    for pair in index.copies:
        by_articles[pair.a.article, pair.b.article].append(pair)
    for copy in sorted(index.articles, key=index.rank.__getitem__):
        sources = index.originals_of(copy)
        if not sources:
            continue
        source = max(
            sources,
            key=lambda other: (
                index.copies_by_article_pair[frozenset((other, copy))],
                index.rank[other],
            ),
        )
        yield from _passages(index, source, copy, by_articles[source, copy])


def _passages(
    index: StoryIndex, source: str, copy: str, pairs: list[CopyPair]
) -> Iterator[LeftOut]:
    copied: dict[int, CopyPair] = {}
    for pair in pairs:
        known = copied.get(pair.a.index)
        if known is None or pair.diff.shared > known.diff.shared:
            copied[pair.a.index] = pair
    views = [view for view in index.sentences[source] if view.role is Role.BODY]
    kept = sum(view.index in copied for view in views) / max(1, len(views))
    for at, view in enumerate(views):
        taken = copied.get(view.index)
        if taken is not None and share_of_shorter(taken) >= _COPIED:
            for edit in taken.diff.edits:
                if _is_passage(edit):
                    features = _features(index, source, copy, view, edit.a, part=True)
                    features |= {"kept": kept, "replaced": float(len(edit.b) >= _CLAUSE)}
                    features |= {"after_copied": 1.0, "before_copied": float(edit.after > 0)}
                    yield LeftOut(source, copy, view, edit.a, taken.b, True, features)
            continue
        place = _neighbour(views, at, copied)
        if place is None or len(view.tokens) < _CLAUSE:
            continue
        features = _features(index, source, copy, view, view.tokens, part=False)
        # All its telling words in one sentence of the copy: it was moved, not dropped.
        if not _may_limit(features) or features["said_anyway"] >= 1.0:
            continue
        features |= {
            "kept": kept,
            "after_copied": float(at > 0 and views[at - 1].index in copied),
            "before_copied": float(at + 1 < len(views) and views[at + 1].index in copied),
        }
        yield LeftOut(source, copy, view, view.tokens, place, False, features)


def _may_limit(features: dict[str, float]) -> bool:
    """Whether a sentence has any word of denying or limiting, and is no refusal to comment."""
    cues = [name for name in features if name.startswith("is_") and name != "is_refusal"]
    return bool(features["negative"] or any(features[name] for name in cues)) and not (
        features["is_refusal"] and features["length"] <= _SHORT / _LONG
    )


def _is_passage(edit: Edit) -> bool:
    telling = sum(token.content for token in edit.a)
    return len(edit.a) >= _CLAUSE and telling >= _TELLING and len(edit.b) < 2 * len(edit.a)


def _neighbour(
    views: list[SentenceView], at: int, copied: dict[int, CopyPair]
) -> SentenceView | None:
    """Return the copy of the nearest sentence, the one before first."""
    for step in (-1, 1, -2, 2, -3, 3):
        if 0 <= at + step < len(views) and views[at + step].index in copied:
            return copied[views[at + step].index].b
    return None


def _features(
    index: StoryIndex,
    source: str,
    copy: str,
    view: SentenceView,
    tokens: tuple[Token, ...],
    *,
    part: bool,
) -> dict[str, float]:
    keys = [token.key for token in tokens]
    stems = frozenset(token.stem for token in tokens if token.content)
    span = words_span(tokens)
    claims = index.claims_in(view)
    quoted = sum(
        quote.overlap(span) for quote in {quote for claim in claims for quote in claim.quotes}
    )
    features = {
        f"is_{group}": float(find_phrase(keys, frozenset(phrases)) is not None)
        for group, phrases in word_groups("caveats").items()
    }
    negations = [at for at, key in enumerate(keys) if key in NEGATIONS]
    features |= {
        "negative": float(bool(negations)),
        "limits": float(
            find_phrase(keys, word_set("caveats")) is not None
            or (bool(negations) and len(keys) <= _SHORT)
        ),
        "quotation": min(1.0, quoted / max(1, len(span))),
        "told": float(any(claim.attribution.kind is not AttributionKind.NONE for claim in claims)),
        "source_only": float(part and is_source_edit(Edit(tokens, (), 0, 0, 0, 0))),
        "part": float(part),
        "length": min(1.0, len(tokens) / _LONG),
        "said_anyway": max(
            (len(stems & other.stems) / max(1, len(stems)) for other in index.sentences[copy]),
            default=0.0,
        ),
        "words_there": sum(
            any(stem in other.stems for other in index.sentences[copy]) for stem in stems
        )
        / max(1, len(stems)),
        "number": float(any(key[:1].isdigit() for key in keys)),
        "late": view.index / max(1, len(index.articles[source].sentences)),
    }
    return features
