"""What was found, ready to be shown: words with marks, who says it where, what is found about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from apps.articles.models import Article, Segment
from apps.articles.moments import label_moment
from apps.articles.text.spans import Span
from apps.articles.text.types import READ_ROLES
from apps.claims.finding_titles import title_of
from apps.claims.models import Claim, Finding, FindingDecision, MutedKind, Origin
from apps.claims.pieces import cut
from apps.claims.presentation import Piece
from apps.claims.search_words import CONFIG, Term, find_marked, find_tokens

# Characters of an article shown before and after the first word that was looked for.
_BEFORE, _AFTER = 120, 260
_SEVERITY = {"high": 0, "medium": 1, "low": 2}
_STATES = {"confirm": "confirmed", "dismiss": "dismissed"}


@dataclass(frozen=True, slots=True)
class FoundFinding:
    """A finding about a hit. *state* is "open", "confirmed" or "dismissed"."""

    story_slug: str
    key: str
    title: str
    severity: str
    state: str


@dataclass(frozen=True, slots=True)
class Where:
    """The article something was found in. *goes_back_to* is the outlet it copies, "" for none."""

    article_id: int
    outlet: str
    published_label: str
    published_at: datetime | None
    imported_at: datetime
    story_slug: str
    story: str
    goes_back_to: str

    @property
    def appeared_at(self) -> datetime:
        """When it was published; when it came in, where nobody knows."""
        return self.published_at or self.imported_at


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. *pieces* are its words, those looked for marked "differs"; *href* where
    they stand; *speaker* whom they are pinned on and *voice* how.

    Of a speaker *count* are the sentences and *outlets* who quotes them. *key* stays the
    same when an article is analysed again.
    """

    key: str
    pieces: tuple[Piece, ...]
    href: str
    where: Where
    title: tuple[Piece, ...] = ()
    voice: str = ""
    speaker: str = ""
    group_id: int | None = None
    findings: tuple[FoundFinding, ...] = ()
    count: int = 0
    outlets: tuple[str, ...] = ()


class Marks:
    """Marks the words of texts a search was for, by the stems the database gives them.

    Costs one query, none when no words were looked for.
    """

    def __init__(
        self, terms: Sequence[Term], instead: Mapping[str, Sequence[str]], texts: Iterable[str]
    ) -> None:
        words: set[str] = set()
        starts: set[str] = set()
        for term in terms:
            if term.is_excluded:
                continue
            words.update(term.words)
            if term.is_start:
                starts.add(term.words[-1])
            for other in instead.get(term.words[0], ()) if term.can_be_misspelt else ():
                (starts if other.endswith("*") else words).add(other.rstrip("*"))
        self._starts = tuple(sorted(starts))
        self._stems: dict[str, str] = {}
        self._wanted: frozenset[str] = frozenset()
        if words:
            told = {token.folded for text in texts for token in find_tokens(text)}
            self._stems = _find_stems(told | words)
            self._wanted = frozenset(self._stems[word] for word in words if word in self._stems)

    def spans_in(self, text: str) -> list[Span]:
        if not self._wanted and not self._starts:
            return []
        tokens = find_marked(find_tokens(text), self._stems, self._wanted, self._starts)
        return [Span(token.start, token.end) for token in tokens]

    def cut(self, text: str) -> tuple[Piece, ...]:
        """Return *text* in pieces that together are *text*."""
        return cut(text, [(span, "differs") for span in self.spans_in(text)])

    def cut_around(self, text: str) -> tuple[Piece, ...]:
        """Return the part of *text* around the first mark; dots stand for what is left out."""
        spans = self.spans_in(text)
        first = spans[0].start if spans else 0
        start, end = max(0, first - _BEFORE), min(len(text), first + _AFTER)
        if start:
            start = text.find(" ", start, first) + 1 or start
        if end < len(text):
            end = max(text.rfind(" ", first, end), spans[0].end if spans else first + 1)
        pieces = cut(text[start:end], [(span, "differs") for span in spans], offset=start)
        before = (Piece("… "),) if start else ()
        return (*before, *pieces, *((Piece(" …"),) if end < len(text) else ()))


def _find_stems(words: Iterable[str]) -> dict[str, str]:
    """Return the stem of each word."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word, (ts_lexize('{CONFIG}_stem', word))[1] FROM unnest(%s::text[]) AS asked (word)",  # noqa: S608
            [sorted(words)],
        )
        return {word: stem for word, stem in cursor.fetchall() if stem}


def build_claim_hits(
    claim_ids: Sequence[int], terms: Sequence[Term], instead: Mapping[str, Sequence[str]]
) -> tuple[Hit, ...]:
    """Return claims in the order given, with the findings about their sentences; six queries."""
    by_id = {
        claim.pk: claim
        for claim in Claim.objects.filter(pk__in=claim_ids)
        .select_related("article__outlet", "article__story", "alignment", "sentence")
        .defer("details", "article__text", "article__story_reasons")
    }
    claims = [by_id[pk] for pk in claim_ids if pk in by_id]
    marks = Marks(terms, instead, [claim.quote for claim in claims])
    findings = _load_findings([claim.sentence_id for claim in claims])
    places = _find_places([claim.article for claim in claims])
    return tuple(
        Hit(
            key=f"{claim.article_id}.{claim.key}",
            pieces=marks.cut(claim.quote),
            href=f"{reverse('claims:article', args=[claim.article_id])}#segment-{claim.sentence.segment_id}",
            where=places[claim.article_id],
            voice=claim.voice,
            speaker=claim.source_resolved,
            group_id=claim.alignment.group_id if hasattr(claim, "alignment") else None,
            findings=findings.get(claim.sentence_id, ()),
        )
        for claim in claims
    )


def build_article_hits(
    article_ids: Sequence[int], terms: Sequence[Term], instead: Mapping[str, Sequence[str]]
) -> tuple[Hit, ...]:
    """Return articles in the order given, each with the words around the first found."""
    by_id = {
        article.pk: article
        for article in Article.objects.filter(pk__in=article_ids)
        .select_related("outlet", "story")
        .defer("text", "story_reasons")
    }
    told: dict[int, list[str]] = defaultdict(list)
    roles = [role.value for role in READ_ROLES if role.value != "headline"]
    for segment in Segment.objects.filter(article__in=by_id, role__in=roles).order_by(
        "article", "position"
    ):
        told[segment.article_id].append(segment.quote)
    articles = [by_id[pk] for pk in article_ids if pk in by_id]
    titles = {
        article.pk: article.title or article.name or gettext("without a title")
        for article in articles
    }
    texts = {pk: " ".join(quotes) for pk, quotes in told.items()}
    marks = Marks(terms, instead, [*titles.values(), *texts.values()])
    places = _find_places(articles)
    return tuple(
        Hit(
            key=str(article.pk),
            pieces=marks.cut_around(texts.get(article.pk, "")),
            href=reverse("claims:article", args=[article.pk]),
            where=places[article.pk],
            title=marks.cut(titles[article.pk]),
        )
        for article in articles
    )


def build_speaker_hits(
    names: Mapping[str, Sequence[int]], terms: Sequence[Term], instead: Mapping[str, Sequence[str]]
) -> tuple[Hit, ...]:
    """Return speakers in the order given: *names* with the claims they are the source of.

    *where* is the newest article that names them, *pieces* what it has from them. *href* is
    left to the page, which knows what else is asked for.
    """
    name_of = {pk: name for name, ids in names.items() for pk in ids}
    told = (
        Claim.objects.filter(pk__in=list(name_of))
        .order_by(F("article__published_at").desc(nulls_last=True), "-article_id", "position")
        .values_list("pk", "sentence_id", "article__outlet__name")
    )
    by_name: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for pk, sentence_id, outlet in told:
        by_name[name_of[pk]].append((pk, sentence_id, outlet))
    # Of each only the newest claim is shown.
    shown = (
        Claim.objects.filter(pk__in=[found[0][0] for found in by_name.values()])
        .select_related("article__outlet", "article__story")
        .defer("details", "article__text", "article__story_reasons")
    )
    newest = {name_of[claim.pk]: claim for claim in shown}
    marks = Marks(terms, instead, names)
    places = _find_places([claim.article for claim in newest.values()])
    return tuple(
        Hit(
            key=name,
            pieces=(Piece(claim.quote),),
            href="",
            where=places[claim.article_id],
            title=marks.cut(name),
            speaker=name,
            voice=claim.voice,
            count=len({sentence_id for _, sentence_id, _ in by_name[name]}),
            outlets=tuple(dict.fromkeys(outlet for _, _, outlet in by_name[name])),
        )
        for name in names
        if (claim := newest.get(name))
    )


def visible_findings() -> QuerySet[Finding]:
    """Return the findings of kinds that nobody muted."""
    muted = MutedKind.objects.filter(
        Q(story=None) | Q(story=OuterRef("story_id")), kind=OuterRef("kind")
    )
    return Finding.objects.filter(~Exists(muted)).order_by()


def _load_findings(sentence_ids: Collection[int]) -> dict[int, tuple[FoundFinding, ...]]:
    """Return the findings about each sentence, the worst first; two queries."""
    rows = list(
        visible_findings()
        .filter(claims__sentence__in=sentence_ids)
        .values_list("claims__sentence_id", "story_id", "story__slug", "key", "kind", "severity", "position")
        .distinct()
    )  # fmt: skip
    decided = {
        (story_id, key): value
        for story_id, key, value in FindingDecision.objects.filter(
            story__in={row[1] for row in rows}, finding_key__in={row[3] for row in rows}
        ).values_list("story_id", "finding_key", "value")
    }
    found: dict[int, list[FoundFinding]] = defaultdict(list)
    for sentence_id, story_id, slug, key, kind, severity, _ in sorted(
        rows, key=lambda row: (_SEVERITY[row[5]], row[6])
    ):
        state = _STATES.get(decided.get((story_id, key), ""), "open")
        found[sentence_id].append(FoundFinding(slug, key, title_of(kind), severity, state))
    return {sentence_id: tuple(findings) for sentence_id, findings in found.items()}


def _find_places(articles: Iterable[Article]) -> dict[int, Where]:
    """Return where each article stands, with the outlet it copies; one query."""
    by_id = {article.pk: article for article in articles}
    copied = dict(
        Origin.articles.through.objects.filter(article__in=by_id, origin__source__isnull=False)
        .exclude(origin__source_id=F("article_id"))
        .values_list("article_id", "origin__source__outlet__name")
    )
    return {
        pk: Where(
            article_id=pk,
            outlet=article.outlet.name,
            published_label=label_moment(article.published_iso, article.published_at),
            published_at=article.published_at,
            imported_at=article.imported_at,
            story_slug=article.story.slug if article.story else "",
            story=article.story.title if article.story else "",
            goes_back_to=copied.get(pk, ""),
        )
        for pk, article in by_id.items()
    }
