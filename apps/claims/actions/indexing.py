"""Storing what search looks in. It is made of what is stored already and may be made again any time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction

from apps.articles.models import Article, Segment
from apps.articles.text.types import READ_ROLES
from apps.claims.models import Claim, Mention
from apps.claims.search_words import CONFIG, find_known_words, find_trigrams, fold
from apps.claims.word_models import KnownWord

# PostgreSQL takes no more than 1 MB of different words; this is the longest book.
_MOST_CHARACTERS = 300_000
_BATCH = 200

_STORE_CLAIMS = f"""
    INSERT INTO claims_claimwords
           (claim_id, article_id, sentence_id, is_whole, is_quote, speaker, vector)
    SELECT claim.id, article_id, sentence_id, parent_id IS NULL,
           attribution_kind IN ('direct', 'mixed'), source_resolved,
           setweight(to_tsvector('{CONFIG}', said), 'A')
            || setweight(to_tsvector('{CONFIG}', speaker), 'B')
            || setweight(to_tsvector('{CONFIG}', places), 'C')
      FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS new (id, said, speaker, places)
      JOIN claims_claim AS claim ON claim.id = new.id
        ON CONFLICT (claim_id) DO UPDATE
       SET is_whole = excluded.is_whole, is_quote = excluded.is_quote,
           speaker = excluded.speaker, vector = excluded.vector
"""  # noqa: S608 - the name of a text search configuration is a constant of ours
_STORE_ARTICLE = f"""
    INSERT INTO claims_articlewords (article_id, vector)
    VALUES (%s, setweight(to_tsvector('{CONFIG}', %s), 'A') || setweight(to_tsvector('{CONFIG}', %s), 'B'))
        ON CONFLICT (article_id) DO UPDATE SET vector = excluded.vector
"""  # noqa: S608


@transaction.atomic
def index_article(*, article: Article) -> None:
    """Let search find *article* and its claims by the words they have now."""
    _index([article])


def index_missing() -> int:
    """Index the analysed articles that search doesn't know yet; return how many these were.

    There are some after an update from before there was a search; otherwise none.
    """
    missing = list(
        Article.objects.filter(words=None, state=Article.State.ANALYSED).values_list(
            "pk", flat=True
        )
    )
    for start in range(0, len(missing), _BATCH):
        with transaction.atomic():
            _index(Article.objects.filter(pk__in=missing[start : start + _BATCH]))
    return len(missing)


def _index(articles: Iterable[Article]) -> None:
    by_id = {article.pk: article for article in articles}
    told: dict[int, list[str]] = defaultdict(list)
    for segment in Segment.objects.filter(
        article__in=by_id, role__in=[role.value for role in READ_ROLES]
    ).order_by("article", "position"):
        told[segment.article_id].append(segment.quote)
    places: dict[int, list[str]] = defaultdict(list)
    for claim_id, place in Mention.objects.filter(
        claim__article__in=by_id, kind="place"
    ).values_list("claim_id", "canonical"):
        places[claim_id].append(place)
    claims = list(
        Claim.objects.filter(article__in=by_id)
        .order_by("pk")
        .values_list("pk", "quote", "source_resolved")
    )
    words: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute(
            _STORE_CLAIMS,
            [
                [pk for pk, _, _ in claims],
                [fold(quote)[:_MOST_CHARACTERS] for _, quote, _ in claims],
                [fold(speaker)[:_MOST_CHARACTERS] for _, _, speaker in claims],
                [fold(" ".join(places[pk]))[:_MOST_CHARACTERS] for pk, _, _ in claims],
            ],
        )
        for pk, article in sorted(by_id.items()):
            text = " ".join(told[pk])[:_MOST_CHARACTERS]
            title = article.title or article.name
            cursor.execute(_STORE_ARTICLE, [pk, fold(title), fold(text)[:_MOST_CHARACTERS]])
            words |= find_known_words(f"{title} {text}")
    known = set(KnownWord.objects.filter(word__in=words).values_list("word", flat=True))
    # In order: two articles that bring the same new words don't wait for each other in a circle.
    KnownWord.objects.bulk_create(
        (KnownWord(word=word, trigrams=find_trigrams(word)) for word in sorted(words - known)),
        ignore_conflicts=True,
        batch_size=1000,
    )
