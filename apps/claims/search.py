"""The read side of search: claims, quotes, articles and speakers, with filters and facets.

A search is its address. What it finds is looked at up to ``MOST_HITS``: pages, counts and
facets are of these, so that no search, however wide, costs more than that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from apps.articles.models import Article
from apps.claims.models import Finding, FindingDecision, Origin, Verdict
from apps.claims.search_facets import Facet, build_facets, chosen_values
from apps.claims.search_filters import SEARCHED, SearchFilters
from apps.claims.search_hits import (
    Hit,
    build_article_hits,
    build_claim_hits,
    build_speaker_hits,
    visible_findings,
)
from apps.claims.search_spelling import read_terms
from apps.claims.search_words import (
    CONFIG,
    Term,
    as_tsquery,
    as_weighted_phrase,
    fold,
    parse_search,
)
from apps.claims.word_models import ClaimWords

PAGE_SIZE = 25
MOST_HITS = 1000
# As near as PostgreSQL counts it: rank is divided by the logarithm of a text's length.
_BY_LENGTH = 1
# The words of a claim's speaker alone. They have an index of their own: that of all words does
# not know which part a word stands in, so a common one would be looked up in every claim.
_NAMES = Func(
    F("vector"),
    template="ts_filter(%(expressions)s, '{b}'::\"char\"[])",
    output_field=SearchVectorField(),
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many were found; *is_least* when there may be more that were not looked at."""

    number: int = 0
    is_least: bool = False

    def __str__(self) -> str:
        return f"{self.number}+" if self.is_least else str(self.number)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits. *counts* are hits by what is searched.

    *spellings* is what was looked for in place of words nothing has; *missing* are articles
    search doesn't know yet; *chosen* is what narrows the search, with the query string of the
    search without it.
    """

    filters: SearchFilters
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    counts: Mapping[str, Count] = field(default_factory=dict)
    spellings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    previous: str = ""
    next: str = ""
    missing: int = 0

    @property
    def total(self) -> int:
        return self.counts.get(self.filters.searched, Count()).number

    @property
    def first(self) -> int:
        """The number of the first hit shown."""
        return (self.filters.page - 1) * PAGE_SIZE + 1

    @property
    def has_more(self) -> bool:
        """Whether there may be more hits than were looked at."""
        return self.counts.get(self.filters.searched, Count()).is_least


@dataclass(frozen=True, slots=True)
class _Asked:
    """A search ready to be run. *has_words* is False when only filters ask for something."""

    filters: SearchFilters
    terms: tuple[Term, ...] = ()
    instead: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def has_words(self) -> bool:
        return bool(self.terms)

    def as_query(self) -> SearchQuery:
        text = as_tsquery(self.terms, instead=self.instead)
        return SearchQuery(text, config=CONFIG, search_type="raw")


@dataclass(frozen=True, slots=True)
class _Found:
    hits: tuple[Hit, ...]
    total: Count
    claims: tuple[int, ...] = ()
    articles: tuple[int, ...] = ()


def build_search(filters: SearchFilters) -> SearchPage:
    """Return a page of hits; up to seventeen queries, however much there is to find.

    Nothing is found when nothing is asked for.
    """
    missing = Article.objects.current().filter(words=None).count()
    if filters.is_empty:
        facets = build_facets(filters, claims=(), articles=())
        return SearchPage(
            filters=filters,
            facets=facets,
            chosen=chosen_values(filters, facets),
            missing=missing,
        )
    asked = _read(filters)
    first = (filters.page - 1) * PAGE_SIZE
    found = _find(asked, first, PAGE_SIZE)
    facets = build_facets(filters, claims=found.claims, articles=found.articles)
    typed = {term.words[0]: term.typed for term in asked.terms}
    return SearchPage(
        filters=filters,
        hits=found.hits,
        facets=facets,
        chosen=chosen_values(filters, facets),
        counts={
            what: found.total if what == filters.searched else _count(asked, what)
            for what in SEARCHED
        },
        spellings=tuple((typed[word], tuple(others)) for word, others in asked.instead.items()),
        previous=(filters.as_query(page=filters.page - 1) or "page=1") if filters.page > 1 else "",
        next=filters.as_query(page=filters.page + 1)
        if first + PAGE_SIZE < found.total.number
        else "",
        missing=missing,
    )


def find_newest(filters: SearchFilters, *, most: int) -> tuple[Hit, ...]:
    """Return the hits of a search that came in last, for feeds, by publication, newest first.

    What comes in late is among them however old it is: a feed that left it out would hide it.
    """
    hits = () if filters.is_empty else _find(_read(filters), 0, most, arrived=True).hits
    return tuple(sorted(hits, key=lambda hit: hit.where.appeared_at, reverse=True))


def _read(filters: SearchFilters) -> _Asked:
    read = read_terms(parse_search(filters.query), is_exact=filters.is_exact)
    return _Asked(filters, read.terms, read.instead)


# --- what fits -------------------------------------------------------------------------------


def _articles(filters: SearchFilters) -> QuerySet[Article]:
    """Return the articles left by the filters that are about articles."""
    articles = Article.objects.current()
    if filters.outlets:
        articles = articles.filter(outlet__slug__in=filters.outlets)
    if filters.story:
        articles = articles.filter(story__slug=filters.story)
    if filters.since:
        articles = articles.filter(published_at__date__gte=filters.since)
    if filters.until:
        articles = articles.filter(published_at__date__lte=filters.until)
    if filters.origins:
        going_back = Origin.objects.filter(source__outlet__slug__in=filters.origins)
        articles = articles.filter(pk__in=going_back.values("articles"))
    if filters.without_copies:
        members = Origin.articles.through.objects.filter(origin__source__isnull=False)
        copies = members.exclude(origin__source_id=F("article_id"))
        articles = articles.exclude(pk__in=copies.values("article_id"))
    return articles.order_by()


def _claims(filters: SearchFilters) -> QuerySet[ClaimWords]:
    """Return the claims left by all filters, whatever words are looked for."""
    if filters.is_about_articles:
        claims = ClaimWords.objects.filter(article__in=_articles(filters))
    else:
        claims = ClaimWords.objects.filter(article__is_current=True)
    for names, weight in ((filters.speakers, "B"), (filters.places, "C")):
        if names:
            phrases = [phrase for name in names if (phrase := as_weighted_phrase(name, weight))]
            text = " | ".join(f"({phrase})" for phrase in phrases)
            claims = claims.filter(vector=SearchQuery(text, config=CONFIG, search_type="raw"))
    if filters.least is not None or filters.most is not None:
        claims = claims.filter(
            pk__in=RawSQL(
                "SELECT claim_id FROM claims_quantity WHERE (low IS NOT NULL OR high IS NOT NULL)"
                " AND numrange(coalesce(nullif(low, 0), high), coalesce(high, low), '[]')"
                " && numrange(%s, %s, '[]')",
                [filters.least, filters.most],
            )
        )
    if filters.is_about_findings:
        about = Finding.claims.through.objects.filter(finding__in=_findings(filters))
        claims = claims.filter(pk__in=about.values("claim_id"))
    return claims.order_by()


def _findings(filters: SearchFilters) -> QuerySet[Finding]:
    found = visible_findings()
    if filters.kinds:
        found = found.filter(kind__in=filters.kinds)
    if filters.severities:
        found = found.filter(severity__in=filters.severities)
    if filters.states:
        decided = FindingDecision.objects.filter(
            story=OuterRef("story_id"), finding_key=OuterRef("key")
        )
        judged = Verdict.objects.unsealed().filter(
            story=OuterRef("story_id"), finding_key=OuterRef("key")
        )
        of_state = {
            "open": ~Exists(decided) & ~Exists(judged),
            "confirmed": Q(Exists(decided.filter(value="confirm"))),
            "dismissed": Q(Exists(decided.filter(value="dismiss"))),
        }
        wanted = Q()
        for state in filters.states:
            wanted |= Q(of_state[state])
        found = found.filter(wanted)
    return found


def _matching_claims(asked: _Asked, what: str) -> QuerySet[ClaimWords]:
    claims = _claims(asked.filters)
    if what == "quotes":
        claims = claims.filter(is_quote=True)
    if what == "speakers":
        claims = claims.exclude(speaker="")
    if not asked.has_words:
        return claims
    if what == "speakers":
        return claims.alias(names=_NAMES).filter(names=asked.as_query())
    return claims.filter(vector=asked.as_query())


def _matching_articles(asked: _Asked) -> QuerySet[Article]:
    articles = _articles(asked.filters)
    if asked.has_words:
        articles = articles.filter(words__vector=asked.as_query())
    if asked.filters.is_about_claims:
        articles = articles.filter(pk__in=_claims(asked.filters).values("article_id"))
    return articles


def _count(asked: _Asked, what: str) -> Count:
    """Return how many there are among the first ``MOST_HITS`` met. One query."""
    values: list[int | str]
    if what == "articles":
        values = list(_matching_articles(asked).values_list("pk", flat=True)[:MOST_HITS])
    else:
        column = "speaker" if what == "speakers" else "sentence_id"
        values = list(_matching_claims(asked, what).values_list(column, flat=True)[:MOST_HITS])
    return Count(len(set(values)), len(values) == MOST_HITS)


# --- what is found ---------------------------------------------------------------------------


def _find(asked: _Asked, first: int, most: int, *, arrived: bool = False) -> _Found:
    shown = slice(first, first + most)
    if asked.filters.searched == "articles":
        return _find_articles(asked, shown, arrived)
    if asked.filters.searched == "speakers":
        return _find_speakers(asked, shown, arrived)
    return _find_claims(asked, shown, arrived)


def _in_order(
    rows: QuerySet[Any], asked: _Asked, arrived: bool, *, article: str = ""
) -> QuerySet[Any]:
    if arrived:
        return rows.order_by(f"-{article}imported_at", "-pk")
    published = F(f"{article}published_at")
    if asked.filters.sort == "oldest":
        return rows.order_by(published.asc(nulls_last=True), "pk")
    newest = published.desc(nulls_last=True)
    if asked.filters.sort == "best" and asked.has_words:
        vector = F("vector") if article else F("words__vector")
        rank = SearchRank(vector, asked.as_query(), normalization=_BY_LENGTH)
        return rows.order_by(rank.desc(), newest, "-pk")
    return rows.order_by(newest, "-pk")


def _find_claims(asked: _Asked, shown: slice, arrived: bool) -> _Found:
    """Find claims, or the quotes among them; several claims of one sentence are one hit."""
    rows = _matching_claims(asked, asked.filters.searched)
    rows = _in_order(rows, asked, arrived, article="article__")
    claims = []
    by_sentence: dict[int, int] = {}
    for pk, sentence_id, is_whole in rows.values_list("pk", "sentence_id", "is_whole")[:MOST_HITS]:
        claims.append(pk)
        # The widest of them is shown, in the place of the best.
        if sentence_id not in by_sentence or is_whole:
            by_sentence[sentence_id] = pk
    wanted = list(by_sentence.values())[shown]
    hits = build_claim_hits(wanted, asked.terms, asked.instead)
    return _Found(hits, Count(len(by_sentence), len(claims) == MOST_HITS), claims=tuple(claims))


def _find_articles(asked: _Asked, shown: slice, arrived: bool) -> _Found:
    rows = _in_order(_matching_articles(asked), asked, arrived)
    found = list(rows.values_list("pk", flat=True)[:MOST_HITS])
    hits = build_article_hits(found[shown], asked.terms, asked.instead)
    return _Found(hits, Count(len(found), len(found) == MOST_HITS), articles=tuple(found))


def _find_speakers(asked: _Asked, shown: slice, arrived: bool) -> _Found:
    """Find who claims are pinned on, those with most of them first; spellings alike are one."""
    rows = _in_order(_matching_claims(asked, "speakers"), asked, arrived, article="article__")
    claims_of: dict[str, list[int]] = defaultdict(list)
    name_of: dict[str, str] = {}
    claims = []
    for pk, name in rows.values_list("pk", "speaker")[:MOST_HITS]:
        claims.append(pk)
        key = fold(name) or name
        name_of.setdefault(key, name)
        claims_of[key].append(pk)
    keys = list(claims_of)
    if not arrived:
        keys.sort(key=lambda key: (-len(claims_of[key]), key))
    names = {name_of[key]: claims_of[key] for key in keys[shown]}
    hits = build_speaker_hits(names, asked.terms, asked.instead)
    return _Found(hits, Count(len(claims_of), len(claims) == MOST_HITS), claims=tuple(claims))
