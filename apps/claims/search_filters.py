"""What a search asks for, as its address says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext, gettext_noop

from apps.claims.presentation import SEVERITIES, read_words
from apps.claims.search_words import fold
from config.numbers import read_number

SEARCHED = ("claims", "quotes", "articles", "speakers")
_IN_WORDS = {
    "quotes": gettext_noop("in quotes"),
    "articles": gettext_noop("in articles"),
    "speakers": gettext_noop("in speakers"),
}
SORTS = ("best", "newest", "oldest")
STATES = ("open", "confirmed", "dismissed")
# More values of one filter than this are not read; longer ones are cut.
_MOST_VALUES = 30
_LONGEST_VALUE = 120
_LARGEST = Decimal(10) ** 24


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """A search. Unknown values are dropped, so any address gives a page.

    Values of one filter are alternatives, filters are joined. *speakers* and *places* are
    found by their words ("Venn" finds "Orla Venn"); *origins* are outlets that others go back
    to; *least* and *most* bound a number that is stated; days are those of publication.
    *kinds*, *severities* and *states* are of one and the same finding.
    """

    query: str = ""
    searched: str = "claims"
    outlets: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    without_copies: bool = False
    story: str = ""
    speakers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    is_exact: bool = False
    sort: str = "best"
    page: int = 1

    def as_query(self, **changes: object) -> str:
        """Return this search as a query string, with *changes*; defaults are left out.

        Anything but another page begins at the first one.
        """
        if changes and "page" not in changes:
            changes["page"] = 1
        pairs: list[tuple[str, str]] = []
        for name, parameter in PARAMETERS.items():
            value = changes.get(name, getattr(self, name))
            if value == _DEFAULTS[name]:
                continue
            values = value if isinstance(value, tuple) else (value,)
            pairs.extend((parameter, _as_text(item)) for item in values)
        return urlencode(pairs)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for: another tab or order alone finds nothing."""
        return not self.as_query(searched="claims", sort="best", is_exact=False)

    @property
    def is_about_articles(self) -> bool:
        """Whether it leaves some articles out altogether."""
        return bool(
            self.outlets
            or self.origins
            or self.without_copies
            or self.story
            or self.since
            or self.until
        )

    @property
    def is_about_findings(self) -> bool:
        return bool(self.kinds or self.severities or self.states)

    @property
    def is_about_claims(self) -> bool:
        """Whether an article is found only if one of its claims is."""
        return bool(
            self.is_about_findings
            or self.speakers
            or self.places
            or self.least is not None
            or self.most is not None
        )


PARAMETERS: Mapping[str, str] = {
    "query": "q",
    "searched": "in",
    "outlets": "outlet",
    "origins": "origin",
    "without_copies": "no_copies",
    "story": "story",
    "speakers": "speaker",
    "places": "place",
    "kinds": "kind",
    "severities": "severity",
    "states": "state",
    "since": "since",
    "until": "until",
    "least": "least",
    "most": "most",
    "is_exact": "exact",
    "sort": "sort",
    "page": "page",
}
_DEFAULTS = {each.name: each.default for each in fields(SearchFilters)}


def search_filters_from(query: QueryDict) -> SearchFilters:
    """Return what an address asks for; what it cannot mean is dropped."""

    def all_of(parameter: str, known: tuple[str, ...] | None = None) -> tuple[str, ...]:
        words = (
            read_words(value, length=_LONGEST_VALUE)
            for value in query.getlist(parameter)[:_MOST_VALUES]
        )
        return tuple(dict.fromkeys(w for w in words if w and (known is None or w in known)))

    def one_of(parameter: str, known: tuple[str, ...]) -> str:
        value = query.get(parameter) or ""
        return value if value in known else known[0]

    page, typed = query.get("page") or "", read_words(query.get("q"))
    since, until = _read_day(query.get("since")), _read_day(query.get("until"))
    if since and until and until < since:
        since, until = until, since
    least, most = _read_number(query.get("least")), _read_number(query.get("most"))
    if least is not None and most is not None and most < least:
        least, most = most, least
    return SearchFilters(
        query=typed if fold(typed) else "",
        searched=one_of("in", SEARCHED),
        outlets=all_of("outlet"),
        origins=all_of("origin"),
        without_copies="no_copies" in query,
        story=read_words(query.get("story"), length=_LONGEST_VALUE),
        speakers=all_of("speaker"),
        places=all_of("place"),
        kinds=all_of("kind"),
        severities=all_of("severity", SEVERITIES),
        states=all_of("state", STATES),
        since=since,
        until=until,
        least=least,
        most=most,
        is_exact="exact" in query,
        sort=one_of("sort", SORTS),
        page=max(1, read_number(page, digits=4) or 1),
    )


def read_search(query: str) -> SearchFilters:
    """Return the search a query string asks for, at its first page and with defaults left out."""
    filters = search_filters_from(QueryDict(query[:4000].replace("\0", " ")))
    return search_filters_from(QueryDict(filters.as_query(page=1)))


def describe(filters: SearchFilters, words: Callable[[str, str], str]) -> str:
    """Return a search in words, to be its name: "ferry, in quotes, South Mail".

    *words* gives what readers call a value of a filter.
    """
    parts = [filters.query] if filters.query else []
    if filters.searched != "claims":
        parts.append(gettext(_IN_WORDS[filters.searched]))
    for name in ("outlets", "origins", "speakers", "places", "kinds", "severities", "states"):
        parts += [words(name, value) for value in getattr(filters, name)]
    if filters.since:
        parts.append(gettext("since %(day)s") % {"day": filters.since.isoformat()})
    if filters.until:
        parts.append(gettext("until %(day)s") % {"day": filters.until.isoformat()})
    if filters.least is not None:
        parts.append(gettext("from %(number)s") % {"number": f"{filters.least:f}"})
    if filters.most is not None:
        parts.append(gettext("to %(number)s") % {"number": f"{filters.most:f}"})
    return ", ".join(parts) or gettext("everything")


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "1"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _read_day(value: str | None) -> date | None:
    try:
        return parse_date((value or "").strip())
    except ValueError:  # "2031-02-30"
        return None


def _read_number(value: str | None) -> Decimal | None:
    """Return "1,250" or "2.5" as a number; None for anything else, and beyond what is stored."""
    plain = (value or "").replace(",", "").replace(" ", "")[:40]
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _LARGEST else None
