"""By which of its words an article is looked for among the sketches of all others."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

# Words that half the archive uses find half the archive: an article is looked for by its
# rarer ones, of which it has enough.
_SEARCHED_ARTICLES = 1000
_FEWEST_TERMS = 6


def find_rare_terms(terms: Sequence[str]) -> list[str]:
    """Return those of *terms* by which an archive of any size is searched quickly.

    The database counts, whenever it gathers statistics, what share of sketches hold each
    common term. The rarest terms are taken first, until about ``_SEARCHED_ARTICLES``
    articles have one of them. Without statistics, as in a new archive, all are taken.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT common.term, common.share * greatest(class.reltuples, 0)
              FROM pg_stats AS stats
              JOIN pg_class AS class ON class.oid = to_regclass(stats.tablename),
                   unnest(stats.most_common_elems::text::text[], stats.most_common_elem_freqs)
                       AS common (term, share)
             WHERE stats.schemaname = current_schema() AND stats.tablename = 'claims_articlesketch'
               AND stats.attname = 'terms' AND common.term = ANY(%s::text[])
            """,
            [list(terms)],
        )
        articles_of = dict(cursor.fetchall())
    chosen: list[str] = []
    expected = 0.0
    for term in sorted(terms, key=lambda term: articles_of.get(term, 0.0)):
        expected += articles_of.get(term, 0.0)
        if expected > _SEARCHED_ARTICLES and len(chosen) >= _FEWEST_TERMS:
            break
        chosen.append(term)
    return chosen
