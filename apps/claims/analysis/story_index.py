"""One story laid out for comparing: who came first, who copied, which words are where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import accumulate, islice
from typing import Generic, TypeVar, cast

from apps.articles.text.spans import Span
from apps.articles.text.types import STORY_ROLES
from apps.claims.analysis.copied_sentences import CopyPair, SentenceView, find_copies
from apps.claims.analysis.entities import link_entities, names_by_article
from apps.claims.analysis.name_forms import strip_titles
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.types import (
    ArticleDraft,
    ClaimDraft,
    ClusterDraft,
    EntityDraft,
    StoryDraft,
    Word,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import (
    Token,
    content_stems,
    find_tokens,
)

# Words that name a source even where no attribution was read.
_REPORTING = frozenset({"said", "says", "told", "according", "reports"})
# Names two articles share when they are about one event.
_COMMON_NAMES = 3
# A story of last year shares names with one article of this year's, hardly with two.
_ENOUGH_BETWEEN = 2
_MOST_BETWEEN = 40


__all__ = ["CopyPair", "Places", "SentenceView", "StoryIndex", "index_of"]

Item = TypeVar("Item")


class Places(Generic[Item]):
    """Finds which of *items* overlap a span, without going through them all.

    They come in the order they were given in, whatever their places.
    """

    def __init__(self, items: Sequence[Item], spans: Sequence[Span]) -> None:
        self._items = items
        ordered = sorted(range(len(items)), key=lambda at: (spans[at], at))
        self._at = ordered
        self._starts = [spans[at].start for at in ordered]
        self._ends = [spans[at].end for at in ordered]
        # The furthest end so far: a long span may begin long before the one asked for.
        self._furthest = list(accumulate(self._ends, max))

    def over(self, span: Span) -> list[Item]:
        low = bisect_right(self._furthest, span.start)
        high = bisect_left(self._starts, span.end)
        found = [self._at[i] for i in range(low, high) if self._ends[i] > span.start]
        return [self._items[at] for at in sorted(found)]


class StoryIndex:
    """Look-ups over one story that several detectors need; nothing is decided here."""

    def __init__(self, story: StoryDraft) -> None:
        self.story = story
        self.articles: dict[str, ArticleDraft] = {article.id: article for article in story.articles}
        self.rank: dict[str, int] = self._ranks()
        self._origins = {
            article_id: number
            for number, origin in reversed([*enumerate(story.origins)])
            for article_id in origin.articles
        }
        # By identity, kept together with the claim: two of one id may have other words.
        self._tokens: dict[int, tuple[ClaimDraft, tuple[Token, ...]]] = {}
        self._sentence_of: dict[int, tuple[ClaimDraft, SentenceView | None]] = {}
        self._attributed: dict[tuple[str, int], bool] = {}
        self._row_of: dict[int, tuple[ClaimDraft, ClusterDraft | None]] = {}
        self.claims: dict[str, ClaimDraft] = {}
        self.claims_of: dict[str, list[ClaimDraft]] = {}
        self.cluster_of: dict[str, ClusterDraft] = {}
        for article in story.articles:
            readable = [claim for claim in article.claims if claim.role in STORY_ROLES]
            self.claims_of[article.id] = readable
            self.claims.update((claim.id, claim) for claim in readable)
        listed = {claim.id for claims in self.claims_of.values() for claim in claims}
        for cluster in story.clusters:
            for claim in cluster.claims:
                self.claims.setdefault(claim.id, claim)
                self.cluster_of[claim.id] = cluster
                if claim.article in self.articles and claim.id not in listed:
                    listed.add(claim.id)
                    self.claims_of[claim.article].append(claim)
        self._claims_at = {
            article_id: Places(claims, [claim.span for claim in claims])
            for article_id, claims in self.claims_of.items()
        }
        self.sentences: dict[str, list[SentenceView]] = {
            article.id: self._sentences(article) for article in story.articles
        }
        self._sentences_at = {
            article_id: Places(sentences, [sentence.span for sentence in sentences])
            for article_id, sentences in self.sentences.items()
        }
        self.articles_by_stem: dict[str, set[str]] = defaultdict(set)
        for article_id, sentences in self.sentences.items():
            for sentence in sentences:
                for stem in sentence.stems:
                    self.articles_by_stem[stem].add(article_id)
        # What detectors share and only the first has to work out, by a name of its own.
        self.memo: dict[str, object] = {}
        self._names: dict[str, Counter[str]] = {}
        self._shared_names: dict[tuple[str, str], bool] = {}
        self._entities: tuple[EntityDraft, ...] | None = None
        self._entity_of: dict[tuple[str, str], EntityDraft] = {}
        self.copies: list[CopyPair] = list(find_copies(self.sentences, self.rank, story.reuse))
        self.copies_by_article_pair: Counter[frozenset[str]] = Counter(
            frozenset((pair.a.article, pair.b.article)) for pair in self.copies
        )

    # --- names ---------------------------------------------------------------------------

    @property
    def entities(self) -> tuple[EntityDraft, ...]:
        """Who and what the articles name, linked across them; worked out once."""
        if self._entities is None:
            ordered = sorted(self.story.articles, key=lambda article: self.rank[article.id])
            self._entities = tuple(link_entities(ordered))
            self._entity_of = names_by_article(self._entities)
        return self._entities

    def entity_named(self, article_id: str, name: str) -> EntityDraft | None:
        """Return who or what *name* stands for in an article, None for words that name nobody."""
        if not self.entities:
            return None
        plain = " ".join(name.split()).strip(" ,.;:")
        for words in (plain, strip_titles(plain), plain.removeprefix("the ").removeprefix("The ")):
            found = self._entity_of.get((article_id, words.lower()))
            if found is not None:
                return found
        return None

    # --- who, when -------------------------------------------------------------------

    def outlet(self, article_id: str) -> str:
        article = self.articles[article_id]
        return article.outlet or article.id

    def same_outlet(self, a: str, b: str) -> bool:
        return a == b or (
            bool(self.articles[a].outlet) and self.articles[a].outlet == self.articles[b].outlet
        )

    def same_origin(self, a: str, b: str) -> bool:
        """Whether both articles go back to one text (an article does with itself)."""
        return a == b or (self.origin_of(a) >= 0 and self.origin_of(a) == self.origin_of(b))

    def origin_of(self, article_id: str) -> int:
        """Return the number of the origin an article belongs to, -1 when not computed."""
        return self._origins.get(article_id, -1)

    def is_rewrite(self, a: str, b: str) -> bool:
        """Whether *b* is a rewrite of *a*: one origin, other outlet, *a* the earlier text."""
        if self.same_outlet(a, b) or self.rank[a] >= self.rank[b]:
            return False
        copied = self.copies_by_article_pair[frozenset((a, b))]
        return copied >= max(2, len(self.sentences[b]) // 4) or (
            self.same_origin(a, b) and copied >= 2
        )

    def are_copies(self, a: SentenceView, b: SentenceView) -> bool:
        """Whether one of two sentences is an edited copy of the other."""
        known = self.memo.get("copied sentences")
        if known is None:
            known = {frozenset((_place(pair.a), _place(pair.b))) for pair in self.copies}
            self.memo["copied sentences"] = known
        return frozenset((_place(a), _place(b))) in cast("set[frozenset[tuple[str, int]]]", known)

    def is_copied(self, sentence: SentenceView) -> bool:
        """Whether a sentence is a copy of one in another article, or has such a copy."""
        known = self.memo.get("sentences with copies")
        if known is None:
            known = {_place(view) for pair in self.copies for view in (pair.a, pair.b)}
            self.memo["sentences with copies"] = known
        return _place(sentence) in cast("set[tuple[str, int]]", known)

    def originals_of(self, article_id: str) -> list[str]:
        """Return the articles that *article_id* is a rewrite of, in the story's order."""
        return [
            other for other in self._copied_by(article_id) if self.is_rewrite(other, article_id)
        ]

    def _copied_by(self, article_id: str) -> list[str]:
        known = cast("dict[str, list[str]]", self.memo.setdefault("copied articles", {}))
        if not known:
            known.update((name, []) for name in self.articles)
            for one, other in map(sorted, self.copies_by_article_pair):
                known[one].append(other)
                known[other].append(one)
            place = {name: at for at, name in enumerate(self.articles)}
            for names in known.values():
                names.sort(key=place.__getitem__)
        return known[article_id]

    def same_event(self, a: str, b: str) -> bool:
        """Whether two articles can be about one event: they have names in common.

        A name that stands in several sentences of both counts twice, one named in passing
        once. An article with few names needs only one of them in the other. Two that share too
        few are of one event when two others share names with both. Same outlet: always.
        """
        if self.same_outlet(a, b) or self._share_names(a, b):
            return True
        between = islice(self.articles, _MOST_BETWEEN)
        joining = (c for c in between if self._share_names(a, c) and self._share_names(b, c))
        return len(list(islice(joining, _ENOUGH_BETWEEN))) == _ENOUGH_BETWEEN

    def _share_names(self, a: str, b: str) -> bool:
        key = (a, b) if a < b else (b, a)
        known = self._shared_names.get(key)
        if known is None:
            known = self._shared_names[key] = a != b and self._has_common_names(a, b)
        return known

    def _has_common_names(self, a: str, b: str) -> bool:
        ours, theirs = self._names_in(a), self._names_in(b)
        fewer = min(len(ours), len(theirs))
        needed = _COMMON_NAMES if fewer > 2 * _COMMON_NAMES else min(1, fewer)
        return (
            sum(min(ours[name], theirs[name], 2) for name in ours.keys() & theirs.keys()) >= needed
        )

    def _names_in(self, article_id: str) -> Counter[str]:
        """Return in how many sentences each name stands; calendar names and titles left out."""
        if article_id not in self._names:
            counts: Counter[str] = Counter()
            for sentence in self.sentences[article_id]:
                counts.update({
                    token.stem
                    for token in sentence.tokens
                    if token.name and token.content and token.key.isalpha()
                    and token.key not in word_set("calendar_words") and token.key not in word_set("name_titles")
                })  # fmt: skip
            self._names[article_id] = counts
        return self._names[article_id]

    def hours_between(self, a: str, b: str) -> float | None:
        """Return how many hours *b* was published after *a*; None without both dates.

        Dates without a time of day count as midday.
        """
        first, second = self._published(a), self._published(b)
        if first is None or second is None:
            return None
        if (first.tzinfo is None) != (second.tzinfo is None):
            first, second = first.replace(tzinfo=None), second.replace(tzinfo=None)
        return (second - first).total_seconds() / 3600

    def year(self, article_id: str) -> int | None:
        published = self._published(article_id)
        return published.year if published else None

    def _published(self, article_id: str) -> datetime | None:
        published = self.articles[article_id].published
        if published is None:
            return None
        iso = published.iso if "T" in published.iso else f"{published.iso[:10]}T12:00:00"
        return datetime.fromisoformat(iso)

    def _moment(self, article_id: str) -> float:
        """Return seconds since 1970; times without a zone are taken as UTC."""
        moment = self._published(article_id)
        if moment is None:
            return 0.0
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

    def _ranks(self) -> dict[str, int]:
        sources = {origin.source for origin in self.story.origins if origin.source}
        place = {article.id: at for at, article in reversed([*enumerate(self.story.articles)])}

        def moment(article: ArticleDraft) -> tuple[str, int, int]:
            published = article.published
            day = published.iso[:10] if published else "9999"
            return day, 0 if article.id in sources else 1, place[article.id]

        ordered = sorted(self.story.articles, key=moment)
        timed = all(article.published and "T" in article.published.iso for article in ordered)
        if timed:
            ordered.sort(key=lambda article: self._moment(article.id))
        ranks = {article.id: rank for rank, article in enumerate(ordered)}
        for origin in self.story.origins:
            if origin.source and origin.source in ranks:
                first = min(
                    ranks[article_id] for article_id in origin.articles if article_id in ranks
                )
                if ranks[origin.source] > first:
                    ranks = {
                        key: rank + (1 if first <= rank < ranks[origin.source] else 0)
                        for key, rank in ranks.items()
                        if key != origin.source
                    } | {origin.source: first}
        return ranks

    # --- words -----------------------------------------------------------------------

    def tokens(self, claim: ClaimDraft) -> tuple[Token, ...]:
        """Return the words of *claim* with the parser's labels where it has them."""
        known = self._tokens.get(id(claim))
        if known is None:
            text = self.articles[claim.article].text
            found = find_tokens(text, claim.span.start, claim.span.end)
            known = self._tokens[id(claim)] = (claim, tuple(self._labelled(found, claim.words)))
        return known[1]

    def row_of(self, claim: ClaimDraft) -> ClusterDraft | None:
        """Return the row *claim* stands in, itself or as part of a claim that does."""
        known = self._row_of.get(id(claim))
        if known is None:
            known = self._row_of[id(claim)] = (claim, self._find_row(claim))
        return known[1]

    def _find_row(self, claim: ClaimDraft) -> ClusterDraft | None:
        if claim.id in self.cluster_of:
            return self.cluster_of[claim.id]
        best: ClaimDraft | None = None
        for other in self._claims_over(claim.article, claim.span):
            if other.id in self.cluster_of and other.span.overlap(claim.span) * 2 > len(claim.span):
                if best is None or len(other.span) < len(best.span):
                    best = other
        return self.cluster_of[best.id] if best else None

    def row_claim(self, claim: ClaimDraft) -> ClaimDraft:
        """Return *claim* when it stands in a row, else the shortest claim around it that does."""
        around = [
            other
            for other in self._claims_over(claim.article, claim.span)
            if other.id in self.cluster_of and other.span.overlap(claim.span) * 2 > len(claim.span)
        ]
        if claim.id in self.cluster_of or not around:
            return claim
        return min(around, key=lambda other: (len(other.span), other.id))

    def sentence(self, claim: ClaimDraft) -> SentenceView | None:
        """Return the sentence *claim* stands in; None when it is not of a story role."""
        known = self._sentence_of.get(id(claim))
        if known is None:
            known = self._sentence_of[id(claim)] = (claim, self._find_sentence(claim))
        return known[1]

    def _find_sentence(self, claim: ClaimDraft) -> SentenceView | None:
        if claim.article not in self._sentences_at:
            return None
        for sentence in self._sentences_at[claim.article].over(claim.span):
            if sentence.span.overlap(claim.span) * 2 > len(claim.span):
                return sentence
        return None

    def claim_at(self, article_id: str, span: Span) -> ClaimDraft | None:
        """Return the shortest claim that holds most of *span*, else the one that overlaps most."""
        best: tuple[bool, int, int, str] | None = None
        found: ClaimDraft | None = None
        for claim in self._claims_over(article_id, span):
            overlap = claim.span.overlap(span)
            if not overlap:
                continue
            holds = overlap * 10 >= len(span) * 8
            key = (not holds, len(claim.span) if holds else -overlap, claim.span.start, claim.id)
            if best is None or key < best:
                best, found = key, claim
        return found

    def _claims_over(self, article_id: str, span: Span) -> list[ClaimDraft]:
        """Return the claims of an article that share a character with *span*, in its order."""
        return self._claims_at[article_id].over(span) if article_id in self._claims_at else []

    def found_in(
        self, name: str, article_id: str, find: Callable[[StoryIndex, SentenceView], Iterable[Item]]
    ) -> list[Item]:
        """Return what *find* finds in the sentences of an article, in text order; worked out
        once and kept under *name*."""
        known = cast("dict[str, list[Item]]", self.memo.setdefault(name, {}))
        if article_id not in known:
            known[article_id] = [
                item for view in self.sentences[article_id] for item in find(self, view)
            ]
        return known[article_id]

    def claims_in(self, sentence: SentenceView) -> list[ClaimDraft]:
        return [
            claim for claim in self._claims_over(sentence.article, sentence.span)
            if sentence.span.overlap(claim.span) * 2 > len(claim.span)
        ]  # fmt: skip

    def only_in(self, article_id: str, stems: frozenset[str]) -> frozenset[str]:
        """Return those of *stems* that no article of another outlet has."""
        return frozenset(
            stem for stem in stems
            if all(self.same_outlet(article_id, other) for other in self.articles_by_stem.get(stem, ()))
        )  # fmt: skip

    def is_attributed(self, sentence: SentenceView) -> bool:
        """Whether anybody is named as the source of something in *sentence*."""
        place = _place(sentence)
        known = self._attributed.get(place)
        if known is None:
            known = self._attributed[place] = any(
                is_told(claim.attribution) for claim in self.claims_in(sentence)
            ) or any(token.key in _REPORTING for token in sentence.tokens)
        return known

    def _sentences(self, article: ArticleDraft) -> list[SentenceView]:
        words: dict[int, Word] = {}
        for claim in article.claims:
            for word in claim.words:
                words.setdefault(word.start, word)
        views: list[SentenceView] = []
        for index, facts in enumerate(article.sentences):
            if facts.sentence.role not in STORY_ROLES:
                continue
            span = facts.sentence.span
            tokens = self._labelled(find_tokens(article.text, span.start, span.end), words)
            views.append(
                SentenceView(
                    article.id,
                    index,
                    span,
                    facts.sentence.role,
                    tuple(tokens),
                    content_stems(tokens),
                )
            )
        return views

    @staticmethod
    def _labelled(tokens: list[Token], words: dict[int, Word] | tuple[Word, ...]) -> list[Token]:
        by_start = words if isinstance(words, dict) else {word.start: word for word in words}
        labelled: list[Token] = []
        for token in tokens:
            word = by_start.get(token.start)
            if word is not None:
                token = Token(
                    token.start, token.end, token.text, token.key, token.stem, word.pos, word.ent, word.dep,
                    name=word.pos == "PROPN" or word.ent in {"PERSON", "ORG", "LOC", "NORP"} or token.name,
                    lemma=word.lemma.lower(),
                )  # fmt: skip
            labelled.append(token)
        return labelled


def _place(view: SentenceView) -> tuple[str, int]:
    return view.article, view.index


_last: StoryIndex | None = None


def index_of(story: StoryDraft) -> StoryIndex:
    """Return the index of *story*; the last one is kept, since every detector asks for it."""
    global _last
    if _last is None or _last.story is not story:
        _last = StoryIndex(story)
    return _last
