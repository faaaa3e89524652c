"""The read side of the reuse page: two articles beside each other, sentence by sentence.

Only where one sentence goes back to the other do they stand side by side, with the words
that were changed marked; what one has alone stands on its side alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations, groupby
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from apps.articles.models import Article, Segment, Sentence, Story
from apps.articles.phrases import say
from apps.articles.text.contained import find_contained
from apps.articles.text.origins import is_surmised
from apps.articles.text.reuse import Dependence, OriginInput, find_dependences, find_reuse
from apps.articles.text.spans import Span
from apps.articles.text.types import STORY_ROLES, ReuseLink, Role, SegmentDraft
from apps.claims.columns import build_column, build_columns, load_articles
from apps.claims.models import Origin
from apps.claims.pieces import cut, diff_words, plain_words
from apps.claims.presentation import Column, Piece
from apps.claims.story_memory import recall

# More pairs than this are found by choosing the two articles.
_MOST_PAIRS = 12
# What a pair of sentences or articles takes, about, as it is kept.
_PAIR_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence of one article with the words marked by which it differs from the other's."""

    role: str
    pieces: tuple[Piece, ...]
    href: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """*kind* is "same" (word for word), "edited", "apart" (each has the sentences of its
    run alone; one of them may be empty), or "folded": *count* sentences that are the same. *is_moved* when the sentence stands in
    another order; *is_joined* when two sentences of one side were one on the other: the second
    stands alone on its side, below the first."""

    kind: str
    left: Side | None = None
    right: Side | None = None
    is_moved: bool = False
    is_joined: bool = False
    count: int = 0
    left_run: tuple[Side, ...] = ()
    right_run: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class PairChoice:
    """Two articles of one origin, how many sentences they share, and the query that shows them."""

    left: Column
    right: Column
    shared: int
    query: str


@dataclass(frozen=True, slots=True)
class ReuseCounts:
    """How many sentences of the right article are the left one's, and how many are not."""

    same: int = 0
    edited: int = 0
    moved: int = 0
    left_only: int = 0
    right_only: int = 0

    @property
    def reused(self) -> int:
        return self.same + self.edited

    @property
    def right(self) -> int:
        return self.reused + self.right_only


@dataclass(frozen=True, slots=True)
class ArticleChoice:
    """An article to choose: its current text, or an earlier *version* (0: the current one).
    *read* says how often and when it was read last: a database that was made anew counts anew."""

    column: Column
    version: int = 0
    read: tuple[int, datetime | None] = (0, None)


@dataclass(frozen=True, slots=True)
class ReusePage:
    """Two articles. *direction* is "left" or "right" (the other goes back to it), "third"
    (both go back to *source*), "unknown" (one text, nobody knows which way), "version" or
    "none"; *reason* is the stored evidence of
    their origin, *is_surmised* when it only makes the direction likely, *dependence* what these
    two share. Without *rows* in common they are stacked.
    """

    left: ArticleChoice | None
    right: ArticleChoice | None
    rows: tuple[PairRow, ...]
    counts: ReuseCounts
    direction: str
    source: Column | None
    reason: str
    dependence: Dependence | None
    choices: tuple[ArticleChoice, ...]
    pairs: tuple[PairChoice, ...]
    only_changes: bool
    is_surmised: bool = False

    @property
    def is_stacked(self) -> bool:
        return not self.counts.reused

    def as_query(self, *, only_changes: bool) -> str:
        return pair_query(self.left, self.right, only_changes=only_changes)

    @property
    def changes_query(self) -> str:
        return self.as_query(only_changes=True)

    @property
    def all_query(self) -> str:
        return self.as_query(only_changes=False)

    @property
    def turned_query(self) -> str:
        return pair_query(self.right, self.left, only_changes=self.only_changes)


def pair_query(
    left: ArticleChoice | None, right: ArticleChoice | None, *, only_changes: bool = False
) -> str:
    pairs = [
        (name, str(choice.column.article_id))
        for name, choice in (("left", left), ("right", right))
        if choice is not None
    ]
    return urlencode([*pairs, ("show", "changes")] if only_changes else pairs)


def build_reuse_page(
    story: Story, *, left: str = "", right: str = "", only_changes: bool = False
) -> ReusePage:
    """Return two articles of *story* beside each other. Nine queries, whatever its size; five
    when they were set beside each other before, as they are read now.

    *left* and *right* are ids as the URL has them; without them, or with unknown ones, the
    two of one origin that share most are shown, else the first two articles.
    """
    articles = load_articles(story)
    columns = build_columns(story, articles)
    choices = _choices(columns, {article.pk: _read_last(article) for article in articles})
    by_id = {str(choice.column.article_id): choice for choice in choices}
    pairs = recall(
        story, "pairs", choices, lambda: _pairs_of_one_text(columns), weigh=lambda _: _PAIR_BYTES
    )
    first, second = by_id.get(left), by_id.get(right)
    if first is None or second is None or first is second:
        first, second = _default(pairs, choices, first)
    if first is None or second is None:
        return ReusePage(
            first, second, (), ReuseCounts(), "none", None, "", None, choices, pairs, only_changes
        )
    ids = [first.column.article_id, second.column.article_id]
    compared = recall(
        story,
        f"reuse {ids}",
        (first.read, second.read),
        lambda: _compare(ids),
        weigh=lambda found: _PAIR_BYTES * len(found.rows),
    )
    rows = compared.rows
    direction, source_id, reason, is_likely = _direction(story, first, second)
    return ReusePage(
        left=first,
        right=second,
        rows=tuple(_runs(_fold(rows) if only_changes else rows)),
        counts=compared.counts,
        direction=direction,
        source=next((c for c in columns if c.article_id == source_id), None),
        reason=reason,
        dependence=compared.dependence,
        choices=choices,
        pairs=pairs,
        only_changes=only_changes,
        is_surmised=is_likely,
    )


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two articles beside each other, sentence by sentence, and what they share."""

    rows: tuple[PairRow, ...]
    counts: ReuseCounts
    dependence: Dependence | None


def _compare(ids: Sequence[int]) -> _Compared:
    """Return the two articles of these numbers beside each other. Three queries."""
    sentences = _load_sentences(ids)
    left, right = ids
    texts = {str(pk): _texts(sentences[pk]) for pk in ids}
    links = find_reuse(texts)
    # Beside each other stand also those that say nothing about where the text comes from.
    contained = find_contained(str(left), texts[str(left)], str(right), texts[str(right)], links)
    rows = _build_rows(sentences[left], sentences[right], [*links, *contained])
    return _Compared(tuple(rows), _count(rows), _dependence(ids, links))


def _texts(sentences: Iterable[Sentence]) -> list[tuple[Span, str]]:
    return [(Span(sentence.start, sentence.end), sentence.quote) for sentence in sentences]


# --- choosing --------------------------------------------------------------------------------


def _read_last(article: Article) -> tuple[int, datetime | None]:
    return article.analysed_times, article.analysed_at


def _choices(
    columns: Sequence[Column], read: Mapping[int, tuple[int, datetime | None]]
) -> tuple[ArticleChoice, ...]:
    """Return the story's articles, *read* as this says, each followed by its earlier texts. One
    query."""
    urls = {column.url for column in columns if column.url}
    earlier: dict[str, list[ArticleChoice]] = {}
    for article in (
        Article.objects.filter(url__in=urls, is_current=False)
        .select_related("outlet")
        .defer("text")
        .order_by("-version")
    ):
        earlier.setdefault(article.url, []).append(
            ArticleChoice(build_column(article), article.version, _read_last(article))
        )
    found = []
    for column in columns:
        found.append(ArticleChoice(column, read=read[column.article_id]))
        found += earlier.get(column.url, []) if column.url else []
    return tuple(found)


def _pairs_of_one_text(columns: Sequence[Column]) -> tuple[PairChoice, ...]:
    """Return the pairs of one origin that share sentences, those that share most first."""
    origins = [list(found) for _, found in groupby(columns, key=lambda column: column.origin)]
    several = [members for members in origins if len(members) > 1]
    if not several:
        return ()
    sentences = _load_sentences([column.article_id for group in several for column in group])
    pairs = []
    links_of: dict[tuple[str, str], list[ReuseLink]] = defaultdict(list)
    texts: dict[str, list[tuple[Span, str]]] = {}
    for members in several:
        told = {str(column.article_id): _texts(sentences[column.article_id]) for column in members}
        texts |= told
        for link in find_reuse(told):
            links_of[link.a, link.b].append(link)
        for one, other in combinations(members, 2):
            count = len(links_of.get((str(one.article_id), str(other.article_id)), ()))
            if count:
                query = pair_query(ArticleChoice(one), ArticleChoice(other))
                pairs.append(PairChoice(one, other, count, query))
    shown = sorted(pairs, key=lambda pair: -pair.shared)[:_MOST_PAIRS]
    counted = []
    for pair in shown:
        a, b = str(pair.left.article_id), str(pair.right.article_id)
        contained = find_contained(a, texts[a], b, texts[b], links_of[a, b])
        counted.append(replace(pair, shared=pair.shared + len(contained)))
    return tuple(counted)


def _default(
    pairs: Sequence[PairChoice],
    choices: Sequence[ArticleChoice],
    wanted: ArticleChoice | None,
) -> tuple[ArticleChoice | None, ArticleChoice | None]:
    if wanted is not None:
        other = next((choice for choice in choices if choice is not wanted), None)
        return (wanted, other)
    if pairs:
        by_id = {choice.column.article_id: choice for choice in choices}
        return by_id[pairs[0].left.article_id], by_id[pairs[0].right.article_id]
    first = choices[0] if choices else None
    return first, choices[1] if len(choices) > 1 else None


def _direction(
    story: Story, left: ArticleChoice, right: ArticleChoice
) -> tuple[str, int | None, str, bool]:
    """Return how two texts hang together, the article both go back to, the evidence, and whether
    that only makes the direction likely."""
    if left.column.url and left.column.url == right.column.url:
        return "version", None, "", False
    origin = (
        Origin.objects.filter(story=story, articles=left.column.article_id)
        .filter(articles=right.column.article_id)
        .first()
    )
    if origin is None:
        return "none", None, "", False
    reason = say(origin.reason)
    is_dated = not (left.column.published_is_inferred or right.column.published_is_inferred)
    likely = is_surmised(origin.reason, is_dated=is_dated)
    if origin.source_id == left.column.article_id:
        return "left", origin.source_id, reason, likely
    if origin.source_id == right.column.article_id:
        return "right", origin.source_id, reason, likely
    return "unknown" if origin.source_id is None else "third", origin.source_id, reason, likely


# --- rows ------------------------------------------------------------------------------------


def _build_rows(
    left: Sequence[Sentence], right: Sequence[Sentence], links: Sequence[ReuseLink]
) -> list[PairRow]:
    """Return the sentences of both in order, linked ones beside each other.

    The order is the left article's; what only the right one has comes where it stands between
    sentences of both, after what only the left one has there.
    """
    place = {(s.start, s.end): number for number, s in enumerate(right)}
    left_place = {(s.start, s.end): number for number, s in enumerate(left)}
    beside = _best_links(links, left_place, place)
    shown: dict[int, int] = {}
    for number in sorted(beside):
        shown.setdefault(beside[number], number)
    firsts = [
        (number, beside[number]) for number in sorted(beside) if shown[beside[number]] == number
    ]
    in_order = _longest_rise([there for _, there in firsts])
    steady = {firsts[index][0] for index in in_order}
    split = _split_off(links, left_place, place, shown)
    # What the right has alone waits until the sentence before it has been shown.
    waiting: dict[int, list[Sentence]] = {}
    anchor = -1
    for number, sentence in enumerate(right):
        if number in shown or number in split:
            anchor = number if shown.get(number) in steady else anchor
        else:
            waiting.setdefault(anchor, []).append(sentence)
    rows: list[PairRow] = []
    pending = waiting.get(-1, [])
    for number, sentence in enumerate(left):
        there = beside.get(number)
        if there is None:
            rows.append(_only("left", sentence))
            continue
        if shown[there] != number:
            rows.append(PairRow("edited", left=_side(sentence, []), is_joined=True))
            continue
        if number in steady:
            rows += [_only("right", other) for other in pending]
            pending = waiting.get(there, [])
        rows.append(_pair(sentence, right[there], is_moved=number not in steady))
        rows += [
            PairRow("edited", right=_side(right[other], []), is_joined=True)
            for other, origin in sorted(split.items())
            if origin == number
        ]
    return rows + [_only("right", other) for other in pending]


def _best_links(
    links: Sequence[ReuseLink],
    left: Mapping[tuple[int, int], int],
    right: Mapping[tuple[int, int], int],
) -> dict[int, int]:
    """Return for each linked sentence of the left the most similar one of the right."""
    best: dict[int, tuple[float, int]] = {}
    for link in links:
        here = left[link.a_span.start, link.a_span.end]
        there = right[link.b_span.start, link.b_span.end]
        best[here] = max(best.get(here, (0.0, there)), (link.similarity, there))
    return {here: there for here, (_, there) in best.items()}


def _split_off(
    links: Sequence[ReuseLink],
    left: Mapping[tuple[int, int], int],
    right: Mapping[tuple[int, int], int],
    shown: Mapping[int, int],
) -> dict[int, int]:
    """Return the sentences of the right that are a part of one of the left whose best match
    is another: the left's was cut in two."""
    origins = set(shown.values())
    found: dict[int, int] = {}
    for link in links:
        here = left[link.a_span.start, link.a_span.end]
        there = right[link.b_span.start, link.b_span.end]
        if there not in shown and here in origins:
            found.setdefault(there, here)
    return found


def _longest_rise(values: Sequence[int]) -> list[int]:
    """Return the indexes of a longest rising part of *values*: what stands in one order."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        if at == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[at] = value
            ends[at] = index
        before.append(ends[at - 1] if at else -1)
    rise: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        rise.append(index)
        index = before[index]
    return rise[::-1]


def _pair(left: Sentence, right: Sentence, *, is_moved: bool) -> PairRow:
    is_same = plain_words(left.quote) == plain_words(right.quote)
    ours, theirs = ([], []) if is_same else diff_words(left.quote, right.quote)
    return PairRow(
        kind="same" if is_same else "edited",
        left=_side(left, ours),
        right=_side(right, theirs),
        is_moved=is_moved,
    )


def _only(kind: str, sentence: Sentence) -> PairRow:
    side = _side(sentence, [])
    return PairRow(
        kind, left=side if kind == "left" else None, right=side if kind == "right" else None
    )


def _side(sentence: Sentence, marks: Iterable[tuple[Span, str]]) -> Side:
    return Side(
        role=sentence.role if sentence.role != Role.BODY else "",
        pieces=cut(sentence.quote, marks),
        href=f"{reverse('claims:article', args=[sentence.article_id])}#segment-{sentence.segment_id}",
    )


def _fold(rows: Sequence[PairRow]) -> list[PairRow]:
    """Return *rows* with runs of sentences that are the same as one row each."""
    folded: list[PairRow] = []
    for is_same, run in groupby(rows, key=lambda row: row.kind == "same" and not row.is_moved):
        members = list(run)
        folded += [PairRow("folded", count=len(members))] if is_same else members
    return folded


def _runs(rows: Sequence[PairRow]) -> list[PairRow]:
    """Return *rows* with neighbouring sentences that one side has alone as one row."""
    joined: list[PairRow] = []
    for is_apart, run in groupby(rows, key=lambda row: row.kind in ("left", "right")):
        members = list(run)
        if is_apart:
            lefts = tuple(row.left for row in members if row.left is not None)
            rights = tuple(row.right for row in members if row.right is not None)
            joined.append(PairRow("apart", left_run=lefts, right_run=rights))
        else:
            joined += members
    return joined


def _count(rows: Sequence[PairRow]) -> ReuseCounts:
    return ReuseCounts(
        same=sum(row.kind == "same" for row in rows),
        edited=sum(row.kind == "edited" and row.right is not None for row in rows),
        moved=sum(row.is_moved for row in rows),
        left_only=sum(row.kind == "left" for row in rows),
        right_only=sum(row.kind == "right" for row in rows),
    )


# --- loading ---------------------------------------------------------------------------------


def _load_sentences(articles: Sequence[int]) -> dict[int, list[Sentence]]:
    """Return the sentences of the story in each article, in order, repeats left out."""
    found: dict[int, list[Sentence]] = {pk: [] for pk in articles}
    rows = Sentence.objects.filter(
        article__in=articles,
        role__in=[role.value for role in STORY_ROLES],
        segment__duplicate_of=None,
    ).order_by("article", "position")
    for sentence in rows.defer("quantities", "dates"):
        found[sentence.article_id].append(sentence)
    return found


def _dependence(ids: Sequence[int], links: Sequence[ReuseLink]) -> Dependence | None:
    """Return what the two texts share, None for nothing. Two queries."""
    segments: dict[int, list[SegmentDraft]] = {pk: [] for pk in ids}
    rows = Segment.objects.filter(Q(article__in=ids), duplicate_of=None).order_by("position")
    for segment in rows.only("article_id", "start", "end", "role", "reason"):
        segments[segment.article_id].append(
            SegmentDraft(Span(segment.start, segment.end), Role(segment.role), segment.reason)
        )
    texts = dict(Article.objects.filter(pk__in=ids).values_list("pk", "text"))
    found = find_dependences(
        [OriginInput(str(pk), texts[pk], segments=tuple(segments[pk])) for pk in ids], links
    )
    return found[0] if found else None
