"""What one outlet alone prints without naming who told it, with what speaks for its being added.

Three kinds: words put into a sentence that was otherwise copied, sentences a rewrite has
beyond its source, and sentences of an article of its own that nobody else has. How much
an addition matters is left to a judge, who reads the numbers given here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.counterparts import find_counterparts
from apps.claims.analysis.opposites import find_negation
from apps.claims.analysis.rewording import share_of_shorter
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex
from apps.claims.analysis.word_lists import word_groups, word_set
from apps.claims.analysis.wording import Token, find_phrase, words_span

_COPIED, _MANY = 0.45, 8
# An added stretch has this many words, of which so many carry meaning.
_WORDS, _TELLING = 3, 2
_SHORTEST = 4
_LONG = 25
_SHORT = 10
# How much of a whole sentence must be found nowhere else, as a share of its telling words.
_NEW, _APART = 0.3, 0.7
_CUES = ("serious", "judging", "is_figure", "is_crowd", "is_nameless", "is_motive")
_WE = frozenset({"we", "us", "our", "ours"})
_QUOTES = '“”"‘«»'
_LEADS_ON = frozenset({"as", "in", "amid", "with", "leaving", "a", "who", "long", "what", "and"})


@dataclass(frozen=True, slots=True)
class Added:
    """Words of one article that no other has: a whole sentence or a part of it.

    *original* is the sentence the rest was copied from, None for whole sentences.
    """

    sentence: SentenceView
    tokens: tuple[Token, ...]
    original: SentenceView | None
    features: dict[str, float]

    @property
    def span(self) -> Span:
        part = len(self.tokens) < len(self.sentence.tokens)
        return words_span(self.tokens) if part else self.sentence.span


def find_added(index: StoryIndex) -> Iterator[Added]:
    """Yield what each article adds: words in its copied sentences, then whole sentences."""
    originals: dict[tuple[str, int], CopyPair] = {}
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article):
            continue
        key = (pair.b.article, pair.b.index)
        if key not in originals or pair.diff.similarity > originals[key].diff.similarity:
            originals[key] = pair
    for article_id in sorted(index.articles, key=index.rank.__getitem__):
        rewrite = bool(index.originals_of(article_id))
        views = index.sentences[article_id]
        body = [view for view in views if view.role is Role.BODY]
        for view in views:
            known = originals.get((article_id, view.index))
            late = body.index(view) / max(1, len(body) - 1) if view in body else 0.0
            common = {
                "rewrite": float(rewrite),
                "last": float(bool(body) and view is body[-1]),
                "place_in_text": late,
                "partisan": _partisan(index, article_id),
            }
            if known is not None and _is_copy(known, rewrite=rewrite):
                for edit in known.diff.edits:
                    telling = sum(token.content for token in edit.b)
                    if len(edit.b) >= _WORDS and telling >= _TELLING and len(edit.a) <= len(edit.b):
                        features = _features(index, view, edit.b, whole=False)
                        features |= common
                        features["replaces"] = len(edit.a) / len(edit.b)
                        if _is_more(features, telling):
                            yield Added(view, edit.b, known.a, features)
            elif known is None and view.role is Role.BODY and len(view.tokens) >= _SHORTEST:
                if rewrite and (scene := _scene(index, view)):
                    features = _features(index, view, scene, whole=False) | common
                    yield Added(view, scene, None, features)
                elif not (index.is_copied(view) or _is_speech(index, view)):
                    features = _features(index, view, view.tokens, whole=True) | common
                    if _is_anyones(index, view, features) and _is_new(features):
                        accuses = max(features["serious"], features["is_motive"])
                        features["party_accuses"] = accuses * features["partisan"] * (not rewrite)
                        yield Added(view, view.tokens, None, features)


def _is_copy(pair: CopyPair, *, rewrite: bool) -> bool:
    """Whether a sentence goes back to another: two outlets may share a few words by chance."""
    return share_of_shorter(pair) >= _COPIED and (rewrite or pair.diff.shared >= _MANY)


def _is_more(features: dict[str, float], telling: int) -> bool:
    """Whether added words tell something: two new ones, or one with a cue of colour."""
    new = round(features["new"] * telling)
    return new >= _TELLING or (new > 0 and any(features[name] for name in _CUES))


def _scene(index: StoryIndex, view: SentenceView) -> tuple[Token, ...]:
    """Return the words that say how somebody looked or sounded; empty when others have them."""
    place = find_phrase([token.key for token in view.tokens], word_set("demeanour"))
    if place is None:
        return ()
    words = view.tokens[place[0] : place[1]]
    span = words_span(words)
    quoted = any(quote.overlap(span) for claim in index.claims_in(view) for quote in claim.quotes)
    stems = frozenset(token.stem for token in words if token.content)
    return words if not quoted and index.only_in(view.article, stems) else ()


def _is_anyones(index: StoryIndex, view: SentenceView, features: dict[str, float]) -> bool:
    """Whether nobody is named for a statement: nobody at all, or "experts" and their like."""
    return not index.is_attributed(view) or bool(features["rewrite"] and features["is_nameless"])


def _is_new(features: dict[str, float]) -> bool:
    """Whether a sentence may be more than the plain reporting every article has of its own.

    A sentence of a rewrite may be new by having nothing in common with any other.
    """
    if not any(features[name] for name in _CUES):
        return bool(features["rewrite"]) and features["apart"] >= _APART
    accuses = bool(features["serious"] or features["is_motive"])
    return bool(features["rewrite"]) or accuses or features["new"] >= _NEW


def _features(
    index: StoryIndex, view: SentenceView, tokens: tuple[Token, ...], *, whole: bool
) -> dict[str, float]:
    keys = [token.key for token in tokens]
    stems = frozenset(token.stem for token in tokens if token.content)
    new = index.only_in(view.article, stems)
    span = words_span(tokens)
    words = span.of(index.articles[view.article].text)
    rewrite = bool(index.originals_of(view.article))
    # In a story of a fraud trial "fraud" accuses nobody anew.
    serious = any(
        token.stem in word_set("accusing_stems") and token.stem in new for token in tokens
    )
    # "Nobody was charged" accuses nobody.
    negative = find_negation(tokens) is not None
    nobody = negative and len(tokens) <= _SHORT
    judging = any(token.stem in word_set("judging_stems") for token in tokens)
    colour = {
        f"is_{group}": float(find_phrase(keys, frozenset(phrases)) is not None)
        for group, phrases in word_groups("colour").items()
    }
    shares = [
        len(stems & index.sentences[other][at].stems) / max(1, len(stems))
        for other, at in _sharing(index, view.article, stems)
    ]
    rate = rate_elsewhere(index, view) if whole else 0.0
    return colour | {
        "whole": float(whole),
        "whole_rewrite": float(whole and rewrite),
        "new": len(new) / max(1, len(stems)),
        "serious": float(serious and not nobody),
        "serious_alone": float(serious and not nobody and whole and not rewrite),
        "judging": float(judging),
        "judging_rewrite": float(judging and rewrite),
        "demeanour": float(rewrite and find_phrase(keys, word_set("demeanour")) is not None),
        "has_marks": float(any(sign in words for sign in _QUOTES)),
        "source_named": float(not whole and _names_source(index, view, span)),
        "has_number": float(any(key[:1].isdigit() for key in keys)),
        "has_name": float(any(token.name and token.pos in {"PROPN", ""} for token in tokens)),
        "denies": float(negative),
        "words": min(1.0, len(tokens) / _LONG),
        "told_elsewhere": rate,
        "apart": 1.0 - max(shares, default=0.0),
        "leads_on": float(not whole and keys[0] in _LEADS_ON),
        "we": float(whole and any(key in _WE for key in keys)),
    }


def _is_speech(index: StoryIndex, view: SentenceView) -> bool:
    return any(
        quote.overlap(view.span) * 2 > len(view.span)
        for claim in index.claims_in(view)
        for quote in claim.quotes
    ) or any(sign in view.span.of(index.articles[view.article].text) for sign in '“"«')


def _names_source(index: StoryIndex, view: SentenceView, span: Span) -> bool:
    """Whether the added words name a person or body as their own source."""
    for claim in index.claims_in(view):
        attribution = claim.attribution
        inside = is_told(attribution) and any(
            source.overlaps(span) for source in attribution.source_spans
        )
        if inside and any(word[:1].isupper() for word in attribution.source.split()):
            return True
    return False


def _sharing(
    index: StoryIndex, article_id: str, stems: frozenset[str]
) -> Iterator[tuple[str, int]]:
    """Yield the sentences of other outlets that share most of *stems*, one of each article."""
    for other in index.articles:
        if index.same_outlet(article_id, other):
            continue
        views = index.sentences[other]
        if views:
            yield other, max(range(len(views)), key=lambda at: len(stems & views[at].stems))


def rate_elsewhere(index: StoryIndex, view: SentenceView) -> float:
    """Return how surely another outlet has something of a sentence too, 0 to 1."""
    rates = _rates(index)
    return max((rates.get(claim.id, 0.0) for claim in index.claims_in(view)), default=0.0)


def _rates(index: StoryIndex) -> dict[str, float]:
    """Return for each claim how surely another outlet has it too, 0 to 1."""
    known = index.memo.get("best rate of a claim")
    if known is None:
        best: dict[str, float] = defaultdict(float)
        for pair in find_counterparts(index):
            if not index.same_outlet(pair.a.article, pair.b.article):
                for claim in (pair.a, pair.b):
                    best[claim.id] = max(best[claim.id], pair.rate)
        known = dict(best)
        index.memo["best rate of a claim"] = known
    return cast("dict[str, float]", known)


def _partisan(index: StoryIndex, article_id: str) -> float:
    """Return how much an article speaks as a party: of itself as "we", and in words that judge."""
    key = f"partisan {article_id}"
    known = index.memo.get(key)
    if known is None:
        views = [view for view in index.sentences[article_id] if not _is_speech(index, view)]
        own = index.only_in(article_id, word_set("accusing_stems"))
        loud = sum(
            any(
                token.key in _WE
                or token.stem in word_set("judging_stems")
                or (token.stem in word_set("accusing_stems") and token.stem in own)
                for token in view.tokens
            )
            for view in views
        )
        known = min(1.0, 2.0 * loud / max(1, len(views)))
        index.memo[key] = known
    return cast("float", known)
