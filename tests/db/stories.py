"""Stories for tests: invented, small, stored as analysis would store them, without a model.

Beside them who works on them, what they judge by, and what a page costs in queries.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.articles.models import Article, Outlet, Segment, Sentence, Story
from apps.articles.text.canonical import text_digest
from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.actions import give_verdict
from apps.claims.actions.decisions import EvidenceDraft
from apps.claims.analysis.keys import claim_key
from apps.claims.analysis.sketches import ArticleSketch as SketchDraft
from apps.claims.analysis.types import ClaimDraft
from apps.claims.models import (
    Alignment,
    ArticleSketch,
    Claim,
    ClaimGroup,
    Finding,
    FindingSpan,
    Mention,
    Origin,
    Quantity,
    Verdict,
)
from apps.claims.stored_drafts import claim_as_json

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
# What a verdict rests on where a test is about something else.
RECORD = EvidenceDraft(
    kind="primary",
    url="https://registry.example.org/ferries/12",
    excerpt="40 passengers, 3 crew",
    retrieved_on=date(2031, 5, 6),
)


def make_user(name: str = "wanda", role: str = "fact-checker") -> User:
    user = User.objects.create_user(name, password="long enough to pass")
    user.groups.add(Group.objects.get(name=role))
    return user


def client_of(user: User) -> Client:
    """Return a browser of their own in which *user* is signed in."""
    client = Client()
    client.force_login(user)
    return client


def make_story(title: str = "Ferry runs aground off Lisse Head") -> Story:
    number = Story.objects.count() + 1
    return Story.objects.create(title=title, slug=f"story-{number}")


def make_article(
    story: Story | None,
    outlet: str,
    sentences: Sequence[str],
    *,
    is_wire: bool = False,
    url: str = "",
    version: int = 1,
    hours: int = 0,
) -> Article:
    """Store an analysed article: a paragraph a sentence, a claim a sentence."""
    row, _ = Outlet.objects.get_or_create(
        name=outlet, defaults={"slug": outlet.lower().replace(" ", "-"), "is_wire": is_wire}
    )
    text = "\n\n".join(sentences)
    moment = NOON + timedelta(hours=hours)
    article = Article.objects.create(
        outlet=row,
        story=story,
        title=f"{outlet} on the story",
        url=url,
        version=version,
        text=text,
        text_digest=text_digest(text),
        words_digest=text_digest(" ".join(text.split())),
        published_iso=moment.isoformat(),
        published_source="stated",
        published_at=moment,
        state=Article.State.ANALYSED,
        analysed_at=moment,
        analysed_times=1,
    )
    spans = []
    start = 0
    for words in sentences:
        spans.append(Span(start, start + len(words)))
        start += len(words) + 2
    segments = Segment.objects.bulk_create(
        Segment(
            article=article,
            position=position,
            start=span.start,
            end=span.end,
            quote=span.of(text),
            role=Role.BODY.value,
            reason="reads like the story",
        )
        for position, span in enumerate(spans)
    )
    rows = Sentence.objects.bulk_create(
        Sentence(
            article=article,
            segment=segment,
            position=segment.position,
            start=segment.start,
            end=segment.end,
            quote=segment.quote,
            role=segment.role,
        )
        for segment in segments
    )
    Claim.objects.bulk_create(
        Claim(
            article=article,
            sentence=sentence,
            position=sentence.position,
            key=claim_key(str(article.pk), sentence.quote),
            start=sentence.start,
            end=sentence.end,
            quote=sentence.quote,
            role=sentence.role,
            details=claim_as_json(
                ClaimDraft(
                    id=f"{article.pk}.c{sentence.position + 1}",
                    article=str(article.pk),
                    sentence=sentence.position,
                    span=Span(sentence.start, sentence.end),
                    text=sentence.quote,
                    role=Role.BODY,
                )
            ),
        )
        for sentence in rows
    )
    return article


def make_version(old: Article, sentences: Sequence[str], *, hours: int = 1) -> Article:
    """Store a later text of *old* in its place: read is only the new one from then on."""
    old.url = old.url or f"https://{old.outlet.slug}.example/{old.pk}"
    old.is_current = False
    old.save(update_fields=["is_current", "url"])
    new = make_article(
        old.story,
        old.outlet.name,
        sentences,
        url=old.url,
        version=old.version + 1,
        hours=hours,
    )
    new.previous = old
    new.save(update_fields=["previous"])
    return new


def sketch_article(article: Article, names: Sequence[str], *, day: str) -> None:
    """Store what tells whether *article*, of that *day*, is about the same event as others.

    It speaks of *names*; the first three are names indeed, the first a place as well.
    """
    draft = SketchDraft(
        id=str(article.pk),
        terms=tuple((name, 3.0) for name in names),
        names=tuple((name, 3.0) for name in names[:3]),
        full=tuple(names[:1]),
        lead=tuple(names[:4]),
        places=tuple(names[:1]),
        days=(),
        published=day,
        spellings=tuple((name, name.capitalize()) for name in names),
    )
    ArticleSketch.objects.create(
        article=article, features=draft.as_json(), terms=list(draft.key_terms())
    )


def claim_of(article: Article, position: int = 0) -> Claim:
    return Claim.objects.select_related("article").get(article=article, position=position)


def make_row(story: Story, claims: Sequence[Claim], title: str = "") -> ClaimGroup:
    position = ClaimGroup.objects.filter(story=story).count()
    group = ClaimGroup.objects.create(
        story=story, key=f"row{position}", title=title or claims[0].quote[:60], position=position
    )
    Alignment.objects.bulk_create(
        Alignment(
            group=group,
            claim=claim,
            position=number,
            linked_to=claims[0] if number else None,
            score=0.8,
            reasons=[{"code": "participants", "text": "both name the ferry", "weight": 0.6}],
        )
        for number, claim in enumerate(claims)
    )
    return group


def make_finding(
    story: Story,
    group: ClaimGroup | None,
    claims: Sequence[Claim],
    *,
    key: str = "",
    kind: str = "number_conflict",
    outcome: str = "conflict",
    severity: str = "high",
    words: Sequence[str] = (),
    needs_person: str = "",
) -> Finding:
    """Store a finding; *words* are the words it compares, one for each claim."""
    position = Finding.objects.filter(story=story).count()
    finding = Finding.objects.create(
        story=story,
        group=group,
        key=key or f"finding{position}",
        kind=kind,
        outcome=outcome,
        severity=severity,
        explanation="One says 40, the other says 60.",
        rule="40 is outside 60–60.",
        confidence=0.8,
        position=position,
        needs_person=needs_person,
    )
    for claim in claims:  # one by one: Django adds several in the order of a set
        finding.claims.add(claim)
    for number, (claim, quote) in enumerate(zip(claims, words, strict=False)):
        start = claim.start + claim.quote.index(quote)
        FindingSpan.objects.create(
            finding=finding,
            article=claim.article,
            position=number,
            start=start,
            end=start + len(quote),
            quote=quote,
        )
    return finding


def make_counted_ferry(
    title: str = "Ferry runs aground off Lisse Head", *, key: str = "aboard", severity: str = "high"
) -> Story:
    """Store a story of two outlets, one of which says 40 and the other 60: finding *key*."""
    story = make_story(title)
    # No outlet has one text twice.
    end = f"It was bound for quay {Story.objects.count()}."
    north = make_article(story, "North Post", ["The ferry carried 40 people.", end])
    south = make_article(story, "South Mail", ["The ferry carried 60 people.", end], hours=1)
    claims = [claim_of(north), claim_of(south)]
    row = make_row(story, claims)
    make_finding(story, row, claims, key=key, severity=severity, words=["40", "60"])
    return story


def judge(
    story: Story,
    user: User,
    value: str = "disputed",
    *,
    key: str = "aboard",
    note: str = "",
    words: str = "",
    is_blind: bool = False,
    evidence: Sequence[EvidenceDraft] = (RECORD,),
) -> Verdict:
    """Give *user*'s verdict on the finding *key*, resting on RECORD unless said otherwise."""
    return give_verdict(
        story=story,
        finding_key=key,
        value=value,
        note=note,
        words=words,
        is_blind=is_blind,
        evidence=evidence,
        user=user,
    )


def add_quantity(
    claim: Claim,
    quote: str,
    low: int | Decimal | None,
    high: int | Decimal | None,
    *,
    type: str = "cardinal",
    **more: str,
) -> None:
    start = claim.start + claim.quote.index(quote)
    Quantity.objects.create(
        claim=claim,
        start=start,
        end=start + len(quote),
        quote=quote,
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        type=type,
        **more,
    )


def add_mention(claim: Claim, quote: str) -> None:
    start = claim.start + claim.quote.index(quote)
    Mention.objects.create(
        claim=claim,
        start=start,
        end=start + len(quote),
        quote=quote,
        kind="person",
        canonical=quote,
    )


def make_origin(story: Story, articles: Sequence[Article], source: Article | None) -> Origin:
    origin = Origin.objects.create(
        story=story,
        position=Origin.objects.filter(story=story).count(),
        source=source,
        reason="keeps most sentences word for word",
    )
    origin.articles.add(*articles)
    return origin


def make_matrix(outlets: int, rows: int) -> Story:
    """Store a story of *outlets* articles with *rows* rows, each with a finding."""
    story = make_story("A wide story")
    articles = [
        make_article(
            story,
            f"Outlet {number}",
            [
                f"Outlet {number} counted {row + number} boats in bay {story.pk}-{row}."
                for row in range(rows)
            ],
            hours=number,
        )
        for number in range(outlets)
    ]
    by_position: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(article__in=articles).order_by("article_id"):
        by_position.setdefault(claim.position, []).append(claim)
    groups = ClaimGroup.objects.bulk_create(
        ClaimGroup(story=story, key=f"row{row}", title=f"boats in bay {row}", position=row)
        for row in range(rows)
    )
    Alignment.objects.bulk_create(
        Alignment(
            group=group,
            claim=claim,
            position=number,
            linked_to=by_position[row][0] if number else None,
            score=0.7,
            reasons=[{"code": "place", "text": "same bay", "weight": 0.5}],
        )
        for row, group in enumerate(groups)
        for number, claim in enumerate(by_position[row])
    )
    findings = Finding.objects.bulk_create(
        Finding(
            story=story,
            group=group,
            key=f"finding{row}",
            kind="number_conflict",
            outcome="conflict",
            severity=("high", "medium", "low")[row % 3],
            explanation=f"Bay {row} is counted differently.",
            rule="the intervals do not meet",
            confidence=0.7,
            position=row,
        )
        for row, group in enumerate(groups)
    )
    Finding.claims.through.objects.bulk_create(
        Finding.claims.through(finding_id=finding.pk, claim_id=claim.pk)
        for row, finding in enumerate(findings)
        for claim in by_position[row][:2]
    )
    Quantity.objects.bulk_create(
        Quantity(
            claim=claim,
            start=claim.start + claim.quote.index("counted ") + 8,
            end=claim.start + claim.quote.index(" boats"),
            quote=claim.quote[claim.quote.index("counted ") + 8 : claim.quote.index(" boats")],
            low=1,
            high=1,
            type="cardinal",
            counted="boats",
        )
        for claims in by_position.values()
        for claim in claims
    )
    for article in articles:
        make_origin(story, [article], article)
    # Nothing else tells the planner in time that these tables are no longer small: it would
    # join them row by row for a minute.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return story


def count_queries(function: Callable[..., object], *arguments: object, **named: object) -> int:
    """Return how many queries a call of *function* takes."""
    with CaptureQueriesContext(connection) as queries:
        function(*arguments, **named)
    return len(queries)
