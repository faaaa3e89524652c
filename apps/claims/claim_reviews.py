"""Verdicts that more than one person stands behind, as the fact checks that leave the house.

In the vocabulary of schema.org: one ClaimReview for each finding, on a page of its own, with
every outlet known to say what was judged. A verdict rates nothing: it has a name, no number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext

from apps.articles.importers.html import is_web_address
from apps.articles.models import Article, Story
from apps.claims.analysis.keys import plain_words
from apps.claims.models import (
    Adjudication,
    Alignment,
    Claim,
    Finding,
    FindingDecision,
    Verdict,
)
from apps.claims.second_reading import SETTLED, find_standing

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Appearance:
    """An article that says what was judged, in its own words."""

    article: Article
    words: str


@dataclass(frozen=True, slots=True)
class Review:
    """A verdict that holds. *claim* are the words judged, or what the finding says when it is
    judged as a whole; *verdicts* those that say *value*, the earliest first. *published_at* is
    when a second person came to stand behind it, *changed_at* when somebody last said anything.
    """

    key: str
    claim: str
    is_whole: bool
    value: str
    verdicts: tuple[Verdict, ...]
    adjudication: Adjudication | None
    appearances: tuple[Appearance, ...]
    published_at: datetime
    changed_at: datetime

    @property
    def reader(self) -> User | None:
        """Who read it as the second one, or decided between verdicts; None for two authors."""
        if self.adjudication is not None:
            return self.adjudication.made_by
        return next((row.reviewer for row in self.verdicts if row.reviewer), None)


def build_reviews(story: Story, *, key: str = "") -> tuple[Review, ...]:
    """Return what of *story* is published, or of one finding, in the order it was judged.

    Eight queries, however much it is.
    """
    wanted: dict[str, Any] = {"story": story} | ({"finding_key": key} if key else {})
    given: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in (
        Verdict.objects.unsealed()
        .filter(**wanted)
        .select_related("author", "reviewer")
        .prefetch_related("evidence")
        .order_by("pk")
    ):
        given[verdict.finding_key].append(verdict)
    settled = {
        row.finding_key: row
        for row in Adjudication.objects.filter(**wanted).select_related("made_by")
    }
    said = _load_said(story, list(given))
    reviews = []
    for finding_key, verdicts in given.items():
        adjudication = settled.get(finding_key)
        standing = find_standing(verdicts, adjudication)
        if not standing.is_published:
            continue
        if standing.state != SETTLED:
            adjudication = None
        holding = [verdict for verdict in verdicts if verdict.value == standing.value]
        words = holding[0].words
        reviews.append(
            Review(
                key=finding_key,
                claim=words or holding[0].explanation,
                is_whole=not words,
                value=standing.value,
                verdicts=tuple(holding),
                adjudication=adjudication,
                appearances=said.find(finding_key, words),
                published_at=_published_at(verdicts, adjudication),
                changed_at=max(_moments(verdicts, adjudication)),
            )
        )
    return tuple(reviews)


def _published_at(verdicts: Sequence[Verdict], adjudication: Adjudication | None) -> datetime:
    if adjudication is not None:
        return adjudication.made_at
    if len(verdicts) > 1:
        return sorted(verdict.given_at for verdict in verdicts)[1]
    return verdicts[0].reviewed_at or verdicts[0].given_at


def _moments(verdicts: Sequence[Verdict], adjudication: Adjudication | None) -> list[datetime]:
    moments = [verdict.given_at for verdict in verdicts]
    moments += [verdict.reviewed_at for verdict in verdicts if verdict.reviewed_at]
    return moments + ([adjudication.made_at] if adjudication else [])


# --- who says it -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """Who says what beside the findings judged. *apart* holds for each claim those that a
    finding nobody dismissed sets against it; *confirmed* are claims somebody said belong in
    their row."""

    claims_of: Mapping[str, Sequence[Claim]]
    row_of: Mapping[str, Sequence[Claim]]
    apart: Mapping[int, set[int]]
    confirmed: set[int]

    def find(self, key: str, words: str) -> tuple[Appearance, ...]:
        """Return each article once that says *words*, in its words; all compared without any.

        Beside the very same words only those of its row that a person confirmed, and that no
        finding sets against it: a match of machines is not enough to say in public who said it.
        """
        compared = self.claims_of.get(key, ())
        if not words:
            return _once(compared)
        wanted = plain_words(words)
        around = [*compared, *self.row_of.get(key, ())]
        same = [claim for claim in around if plain_words(claim.quote) == wanted]
        against = {other for claim in same for other in self.apart.get(claim.pk, ())}
        known = {claim.pk for claim in same}
        agreed = [
            claim
            for claim in self.row_of.get(key, ())
            if known and claim.pk in self.confirmed and claim.pk not in against | known
        ]
        return _once([*same, *agreed])


def _once(claims: Iterable[Claim]) -> tuple[Appearance, ...]:
    """Return each article with its first words, the earliest article first."""
    found: dict[int, Claim] = {}
    for claim in claims:
        found.setdefault(claim.article_id, claim)
    ordered = sorted(
        found.values(),
        key=lambda claim: (
            claim.article.published_at is None,
            claim.article.published_at.timestamp() if claim.article.published_at else 0.0,
            claim.article_id,
        ),
    )
    return tuple(Appearance(claim.article, claim.quote) for claim in ordered)


def _load_said(story: Story, keys: Sequence[str]) -> _Said:
    """Five queries."""
    findings = list(Finding.objects.filter(story=story, key__in=keys).only("key", "group_id"))
    group_of = {row.key: row.group_id for row in findings if row.group_id is not None}
    links = Finding.claims.through.objects.filter(finding__in=findings).order_by("pk")
    rows = Alignment.objects.filter(group__in=set(group_of.values())).order_by("group", "position")
    aligned = list(rows.values_list("group_id", "claim_id", "is_confirmed"))
    compared = list(links.values_list("finding__key", "claim_id"))
    claims = (
        Claim.objects.filter(pk__in={pk for _, pk in compared} | {pk for _, pk, _ in aligned})
        .filter(article__is_current=True)
        .select_related("article__outlet")
        .defer("details", "article__text")
        .in_bulk()
    )
    claims_of: dict[str, list[Claim]] = defaultdict(list)
    for key, pk in compared:
        if pk in claims:
            claims_of[key].append(claims[pk])
    in_group: dict[int, list[Claim]] = defaultdict(list)
    for group_id, pk, _ in aligned:
        if pk in claims:
            in_group[group_id].append(claims[pk])
    return _Said(
        claims_of=claims_of,
        row_of={key: in_group[group_id] for key, group_id in group_of.items()},
        apart=_find_apart(story, claims),
        confirmed={pk for _, pk, is_confirmed in aligned if is_confirmed},
    )


def _find_apart(story: Story, claims: Mapping[int, Claim]) -> dict[int, set[int]]:
    dismissed = FindingDecision.objects.filter(story=story, value=FindingDecision.Value.DISMISS)
    links = Finding.claims.through.objects.filter(finding__story=story, claim__in=claims)
    links = links.exclude(finding__key__in=dismissed.values("finding_key"))
    together: dict[int, set[int]] = defaultdict(set)
    for finding_id, claim_id in links.values_list("finding_id", "claim_id"):
        together[finding_id].add(claim_id)
    apart: dict[int, set[int]] = defaultdict(set)
    for members in together.values():
        for claim_id in members:
            apart[claim_id] |= members - {claim_id}
    return apart


# --- as schema.org has it --------------------------------------------------------------------


def review_json(review: Review, *, address: str, publisher: str, site: str) -> Json:
    """Return *review* as a ClaimReview; *address* is that of its page, *site* of ours."""
    written: Json = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": address,
        "url": address,
        "datePublished": review.published_at.isoformat(),
        "dateModified": review.changed_at.isoformat(),
        "claimReviewed": review.claim,
        "author": {"@type": "Organization", "name": publisher, "url": site},
        "contributor": [_person(verdict.author) for verdict in review.verdicts],
        "reviewRating": {"@type": "Rating", "alternateName": review.value},
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{address}#claim",
            "text": review.claim,
            "appearance": [_appearance(found) for found in review.appearances],
        },
        "citation": [
            {
                "@type": "CreativeWork",
                **({"url": evidence.url} if is_web_address(evidence.url) else {}),
                **({"name": evidence.document} if evidence.document else {}),
                "text": evidence.excerpt,
            }
            for verdict in review.verdicts
            for evidence in verdict.evidence.all()
        ],
    }
    if review.reader is not None:
        written["editor"] = _person(review.reader)
    notes = [verdict.note for verdict in review.verdicts]
    notes += [review.adjudication.note] if review.adjudication else []
    if any(notes):
        written["reviewBody"] = "\n\n".join(filter(None, notes))
    dated = next((found for found in review.appearances if found.article.published_at), None)
    if dated is not None and not review.is_whole:
        written["itemReviewed"]["firstAppearance"] = _appearance(dated)
    return written


def public_name(user: User) -> str:
    """Return who signs a fact check: what an account is signed in with is nobody's to read."""
    return user.get_full_name() or gettext("a fact-checker")


def find_unnamed(reviews: Iterable[Review]) -> list[User]:
    """Return who signs *reviews* without a name of their own, in the order of accounts."""
    signing = {row.author for review in reviews for row in review.verdicts}
    signing |= {review.reader for review in reviews if review.reader is not None}
    return sorted((user for user in signing if not user.get_full_name()), key=lambda user: user.pk)


def _person(user: User) -> Json:
    return {"@type": "Person", "name": public_name(user)}


def _appearance(found: Appearance) -> Json:
    article = found.article
    written: Json = {
        "@type": "NewsArticle",
        "headline": article.title or article.name,
        "publisher": {"@type": "Organization", "name": article.outlet.name},
        "text": found.words,
    }
    if is_web_address(article.url):
        written["url"] = article.url
    if article.published_at is not None:
        written["datePublished"] = article.published_iso or article.published_at.isoformat()
    return written
