"""The filters beside a search, with how many of its hits each value has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from rapidfuzz.distance import Levenshtein

from apps.articles.models import Article, Outlet
from apps.claims.finding_titles import all_titles, title_of
from apps.claims.presentation import SEVERITIES
from apps.claims.search_filters import PARAMETERS, STATES, SearchFilters
from apps.claims.templatetags.claims import severity_words, state_words

# Names shown of a filter whose values nobody can list: those with most hits, and those chosen.
_MOST_NAMES = 12
# Letters of a name in which one may be a slip: "Ann" and "Jan" are two names.
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a filter. *count* is None when it was not counted; *perhaps* are other
    values that may be the same person, spelled otherwise."""

    value: str
    label: str
    count: int | None = None
    is_chosen: bool = False
    perhaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values; *is_open* takes any other name as well."""

    parameter: str
    title: str
    values: tuple[FacetValue, ...]
    is_open: bool = False


# A select from the first word on: anything else is taken for a change to be put down in history.
# LATERAL and OFFSET keep it at a look-up for each hit: the planner, which cannot know how many
# hits there are, would read whole tables instead.
# Of claims: how many sentences of them have each value. Of articles: how many articles.
_COUNT = """
    SELECT * FROM (WITH hits AS (
        SELECT claim_id AS id, sentence_id AS hit, article_id, speaker
          FROM claims_claimwords WHERE claim_id = ANY (%(claims)s)
         UNION ALL
        SELECT NULL, article.id, article.id, '' FROM articles_article AS article
         WHERE article.id = ANY (%(articles)s)
    ), about AS (
        SELECT hits.hit, finding.kind, finding.severity,
               coalesce(decision.value, CASE WHEN judged THEN 'judged' ELSE 'open' END) AS state
          FROM hits
         CROSS JOIN LATERAL (SELECT finding_id FROM claims_finding_claims
                              WHERE claim_id = hits.id OFFSET 0) AS link
          JOIN claims_finding AS finding ON finding.id = link.finding_id
          LEFT JOIN claims_findingdecision AS decision
            ON decision.story_id = finding.story_id AND decision.finding_key = finding.key
         CROSS JOIN LATERAL (SELECT EXISTS (
               SELECT FROM claims_verdict AS verdict
                WHERE verdict.story_id = finding.story_id AND verdict.finding_key = finding.key
                  AND (NOT verdict.is_blind OR verdict.reviewer_id IS NOT NULL OR EXISTS (
                       SELECT FROM claims_verdict AS other
                        WHERE other.story_id = finding.story_id
                          AND other.finding_key = finding.key
                          AND other.author_id <> verdict.author_id))) AS judged OFFSET 0) AS review
         WHERE NOT EXISTS (SELECT FROM claims_mutedkind AS muted WHERE muted.kind = finding.kind
                              AND (muted.story_id IS NULL OR muted.story_id = finding.story_id))
    )
    SELECT 'outlet', outlet.slug, outlet.name, count(DISTINCT hits.hit)
      FROM hits JOIN articles_article AS article ON article.id = hits.article_id
      JOIN articles_outlet AS outlet ON outlet.id = article.outlet_id
     GROUP BY outlet.slug, outlet.name
     UNION ALL
    SELECT 'origin', outlet.slug, outlet.name, count(DISTINCT hits.hit)
      FROM hits JOIN claims_origin_articles AS member ON member.article_id = hits.article_id
      JOIN claims_origin AS origin ON origin.id = member.origin_id
      JOIN articles_article AS source ON source.id = origin.source_id
      JOIN articles_outlet AS outlet ON outlet.id = source.outlet_id
     WHERE EXISTS (SELECT FROM claims_origin_articles AS other
                    WHERE other.origin_id = origin.id AND other.article_id <> origin.source_id)
     GROUP BY outlet.slug, outlet.name
     UNION ALL
    (SELECT 'speaker', speaker, speaker, count(DISTINCT hit) FROM hits WHERE speaker <> ''
      GROUP BY speaker ORDER BY 4 DESC, 2 LIMIT %(names)s)
     UNION ALL
    (SELECT 'place', place.canonical, place.canonical, count(DISTINCT hits.hit)
       FROM hits
      CROSS JOIN LATERAL (SELECT canonical FROM claims_mention
                           WHERE claim_id = hits.id AND kind = 'place' OFFSET 0) AS place
      GROUP BY place.canonical ORDER BY 4 DESC, 2 LIMIT %(names)s)
     UNION ALL
    SELECT 'kind', kind, kind, count(DISTINCT hit) FROM about GROUP BY kind
     UNION ALL
    SELECT 'severity', severity, severity, count(DISTINCT hit) FROM about GROUP BY severity
     UNION ALL
    SELECT 'state', state, state, count(DISTINCT hit) FROM about GROUP BY state
    ) AS counted (facet, value, label, hits)
"""
_STATE_OF = {"confirm": "confirmed", "dismiss": "dismissed"}


def build_facets(
    filters: SearchFilters, *, claims: Sequence[int], articles: Sequence[int]
) -> tuple[Facet, ...]:
    """Return the filters with the counts of the hits given: ids of claims or of articles.

    Outlets, kinds, severities and states are all there, so that a second one can be chosen
    beside the first; of speakers and places those that most hits have. Two queries.
    """
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    names: dict[str, dict[str, str]] = defaultdict(dict)
    if claims or articles:
        with connection.cursor() as cursor:
            cursor.execute(
                _COUNT,
                {"claims": list(claims), "articles": list(articles), "names": _MOST_NAMES},
            )
            for facet, value, label, count in cursor.fetchall():
                value = _STATE_OF.get(value, value) if facet == "state" else value
                counts[facet][value] = count
                names[facet][value] = label
    told = Article.objects.current().filter(outlet=OuterRef("pk"))
    outlets = dict(Outlet.objects.filter(Exists(told)).values_list("slug", "name"))
    kinds = all_titles()
    built = [
        _closed("outlet", gettext("Outlet"), filters.outlets, outlets, counts, bool(claims or articles)),
        _closed(
            "severity", gettext("Severity"), filters.severities,
            {v: severity_words(v) for v in SEVERITIES}, counts, bool(claims),
        ),
        _closed(
            "state", gettext("Findings"), filters.states,
            {v: state_words(v) for v in STATES}, counts, bool(claims),
        ),
        _closed(
            "kind", gettext("Kind of finding"), filters.kinds,
            kinds | {kind: title_of(kind) for kind in (*filters.kinds, *counts["kind"])},
            counts, bool(claims),
        ),
        _with_namesakes(_open("speaker", gettext("Speaker"), filters.speakers, counts, names)),
        _open("place", gettext("Place"), filters.places, counts, names),
        _closed(
            "origin", gettext("Based on"), filters.origins,
            names["origin"] | {slug: outlets.get(slug, slug) for slug in filters.origins},
            counts, bool(claims or articles),
        ),
    ]  # fmt: skip
    return tuple(facet for facet in built if facet.values or facet.is_open)


def _closed(
    parameter: str,
    title: str,
    chosen: Sequence[str],
    labels: dict[str, str],
    counts: dict[str, dict[str, int]],
    is_counted: bool,
) -> Facet:
    """All values: severities and states in their order, others by name.

    Hits don't order them: choosing one must not move the others about.
    """
    found = counts[parameter]
    values = [
        FacetValue(
            value, label, found.get(value, 0) if is_counted else None, is_chosen=value in chosen
        )
        for value, label in labels.items()
    ]
    if parameter not in ("severity", "state"):
        values.sort(key=lambda v: v.label.casefold())
    return Facet(parameter, title, tuple(values))


def _open(
    parameter: str,
    title: str,
    chosen: Sequence[str],
    counts: dict[str, dict[str, int]],
    names: dict[str, dict[str, str]],
) -> Facet:
    """The names chosen, then those most hits have."""
    found = counts[parameter]
    values = [FacetValue(v, v, found.get(v), is_chosen=True) for v in chosen]
    values += [
        FacetValue(value, names[parameter][value], count)
        for value, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        if value not in chosen
    ]
    return Facet(parameter, title, tuple(values), is_open=True)


def _with_namesakes(facet: Facet) -> Facet:
    """Name with each speaker those that differ from it in one letter of one given name.

    Only said, never joined: two people may be called nearly the same.
    """
    return replace(
        facet,
        values=tuple(
            replace(
                value,
                perhaps=tuple(
                    other.label
                    for other in facet.values
                    if other.value != value.value and is_nearly_one_name(value.label, other.label)
                ),
            )
            for value in facet.values
        ),
    )


def is_nearly_one_name(one: str, other: str) -> bool:
    """Say whether two full names differ in one letter of one name that is not the last.

    "Dolores Quint" and "Delores Quint" do; "Ann Quint" and "Jan Quint" are too short to tell.
    """
    names, others = one.casefold().split(), other.casefold().split()
    if len(names) != len(others) or len(names) < 2 or names[-1] != others[-1]:
        return False
    unlike = [(a, b) for a, b in zip(names, others, strict=True) if a != b]
    return (
        len(unlike) == 1
        and min(map(len, unlike[0])) >= _SHORTEST_NAME
        and Levenshtein.distance(*unlike[0]) == 1
    )


def find_labels(facets: Sequence[Facet]) -> dict[tuple[str, str], str]:
    """Return what readers call each value of a filter, by parameter and value."""
    return {
        (facet.parameter, value.value): value.label for facet in facets for value in facet.values
    }


def chosen_values(filters: SearchFilters, facets: Sequence[Facet]) -> tuple[tuple[str, str], ...]:
    """Return what narrows a search down, each with the query string of the search without it."""
    labels = find_labels(facets)
    chosen: list[tuple[str, str]] = []
    for name in ("outlets", "severities", "states", "kinds", "speakers", "places", "origins"):
        values: tuple[str, ...] = getattr(filters, name)
        for value in values:
            left = tuple(other for other in values if other != value)
            label = labels.get((PARAMETERS[name], value), value)
            chosen.append((label, filters.as_query(**{name: left})))
    for name, words in (
        ("since", gettext("since %(day)s")),
        ("until", gettext("until %(day)s")),
        ("least", gettext("from %(number)s")),
        ("most", gettext("to %(number)s")),
        ("story", gettext("one story")),
    ):
        value = getattr(filters, name)
        if value not in (None, ""):
            nothing = "" if name == "story" else None
            said = {
                "day": value.isoformat() if isinstance(value, date) else "",
                "number": f"{value:f}" if isinstance(value, Decimal) else "",
            }
            chosen.append((words % said, filters.as_query(**{name: nothing})))
    if filters.without_copies:
        chosen.append((gettext("no copies"), filters.as_query(without_copies=False)))
    if filters.is_exact:
        chosen.append((gettext("exactly as typed"), filters.as_query(is_exact=False)))
    return tuple(chosen)
