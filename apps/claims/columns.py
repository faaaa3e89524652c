"""The columns of a comparison: a story's articles, wire first, copies beside their origin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from apps.articles.models import Article, Story
from apps.articles.moments import label_moment
from apps.articles.phrases import say
from apps.claims.models import Origin
from apps.claims.presentation import Column


def load_articles(story: Story) -> list[Article]:
    """Return the current articles of *story* with their outlets, without their texts."""
    return list(
        Article.objects.current().filter(story=story).select_related("outlet").defer("text")
    )


@dataclass(frozen=True, slots=True)
class Family:
    """Articles of one text: the one the others go back to, None when nobody knows which, and
    the outlet of each."""

    source_id: int | None
    reason: str
    outlets: Mapping[int, str]


def build_columns(story: Story, articles: Sequence[Article] | None = None) -> tuple[Column, ...]:
    """Return a column for each article of *story*. One query, a second without *articles*.

    Origins come in order: agencies first, then those that others copied, then by the time
    of their first article. In each, the article the others go back to stands first, the
    others by time.
    """
    articles = load_articles(story) if articles is None else articles
    by_id = {article.pk: article for article in articles}
    origins: list[tuple[Family | None, list[Article]]] = []
    placed: set[int] = set()
    for family in _load_families(story):
        members = [by_id[pk] for pk in family.outlets if pk in by_id]
        if members:
            origins.append((family, _in_order(members, family)))
            placed.update(article.pk for article in members)
    origins += [(None, [article]) for article in articles if article.pk not in placed]
    origins.sort(
        key=lambda pair: (
            not pair[1][0].outlet.is_wire,
            pair[0] is None or pair[0].source_id is None or len(pair[1]) == 1,
            _moment(pair[1][0]),
        )
    )
    columns: list[Column] = []
    for number, (origin, members) in enumerate(origins, start=1):
        for article in members:
            columns.append(build_column(article, number, origin, sigil_of(len(columns))))
    names = _name(article for _, members in origins for article in members)
    return tuple(replace(column, name=names[column.article_id]) for column in columns)


def _name(articles: Iterable[Article]) -> dict[int, str]:
    """Return what addresses call each of *articles*: by its outlet, so that a new version has
    the old one's name; by time where an outlet has several."""
    names: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for article in sorted(articles, key=_moment):
        slug = article.outlet.slug
        seen[slug] += 1
        names[article.pk] = slug if seen[slug] == 1 else f"{slug}~{seen[slug]}"
    return names


def _load_families(story: Story) -> list[Family]:
    """Return the origins of *story* in their order, without the texts of their articles."""
    found: dict[tuple[int, int | None, str], dict[int, str]] = defaultdict(dict)
    members = Origin.articles.through.objects.filter(origin__story=story)
    for origin_id, source_id, reason, article_id, outlet in members.order_by(
        "origin__position", "origin_id", "article_id"
    ).values_list(
        "origin_id", "origin__source_id", "origin__reason", "article_id", "article__outlet__name"
    ):
        found[origin_id, source_id, reason][article_id] = outlet
    return [Family(source, reason, outlets) for (_, source, reason), outlets in found.items()]


def sigil_of(position: int) -> str:
    """Return the letter of a column: A to Z, then AA, AB …"""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _in_order(articles: list[Article], origin: Family) -> list[Article]:
    """The article the others go back to, then agencies, then by time."""
    return sorted(
        articles,
        key=lambda article: (
            article.pk != origin.source_id,
            not article.outlet.is_wire,
            _moment(article),
        ),
    )


def _moment(article: Article) -> tuple[float, int]:
    moment = article.published_at
    return (moment.timestamp() if moment else float("inf"), article.pk)


def build_column(
    article: Article, number: int = 0, origin: Family | None = None, sigil: str = ""
) -> Column:
    """Return the column of *article*; without more, that of an article which stands in no story."""
    goes_back_to = same_text_as = ""
    if origin is not None and origin.source_id not in (None, article.pk):
        goes_back_to = origin.outlets.get(origin.source_id or 0, "")
    elif origin is not None and origin.source_id is None:
        same = {outlet for pk, outlet in origin.outlets.items() if pk != article.pk}
        same_text_as = ", ".join(sorted(same))
    return Column(
        article_id=article.pk,
        sigil=sigil,
        outlet=article.outlet.name,
        outlet_slug=article.outlet.slug,
        title=article.title or article.name,
        url=article.url,
        published_at=article.published_at,
        published_label=label_moment(article.published_iso, article.published_at),
        published_is_inferred=article.published_source.startswith("inferred"),
        state=article.state,
        is_wire=article.outlet.is_wire,
        origin=number,
        goes_back_to=goes_back_to,
        same_text_as=same_text_as,
        origin_reason=say(origin.reason) if origin is not None else "",
    )
