"""Which articles of a story are one text, who they go back to, and on what evidence.

An article goes back to another when it keeps runs of five words of it *outside quotation
marks*: two reporters in one room write down the same statement, in words of their own
around it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from apps.articles.text.reuse import (
    QUOTE,
    Dependence,
    OriginInput,
    find_dependences,
    find_words,
)
from apps.articles.text.types import OriginDraft, ReuseLink, Role

# Shares of one article's five-word runs, quotations left out, from which it goes back to
# the other: alone, and with a credit, a shared order or edited sentences beside it. A
# thorough rewrite keeps few runs, but in the same order and in many sentences;
# independent reports of one event share a handful of runs in one or two sentences.
_RUNS_ALONE = 0.12
_RUNS_WITH_EVIDENCE = 0.05
_FEWEST_RUNS = 6
_REWRITE_RUNS = 12
_REWRITE_SENTENCES = 3
_LONG_RUN = 9
_IN_ORDER = 0.8
# One article's share of the other is so many times the other's share of it: contained.
_CONTAINED = 1.5
# Shorter quotations are shared by chance ("no comment").
_QUOTED_WORDS = 4

# "(AP)" after a place at the start of a line; "(see map)" must not match.
_DATELINE_MARK = re.compile(r"^[^\n(]{2,60}\(([A-Z][A-Za-z]{1,11})\)\s*[-–—]", re.MULTILINE)
_AGENCIES = {
    "ap": "Associated Press",
    "afp": "Agence France-Presse",
    "dpa": "Deutsche Presse-Agentur",
    "efe": "Agencia EFE",
    "pa": "PA Media",
    "upi": "United Press International",
    "ansa": "ANSA",
    "tass": "TASS",
    "reuters": "Reuters",
    "bloomberg": "Bloomberg",
    "xinhua": "Xinhua",
    "kyodo": "Kyodo News",
    "yonhap": "Yonhap",
    "interfax": "Interfax",
}
_AGENCY_NAMES = {name.lower() for name in _AGENCIES.values()}
# "Associated Press contributed to this report"; "the Associated Press building" must not match.
_CREDIT = re.compile(
    r"(?:\b(?i:by|from|with|via|source:)|©)\s+(?:the\s+)?([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,3})\s*[.)]?$"
    r"|\b(?:the\s+)?([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,3})\s+contributed\b",
    re.MULTILINE,
)
_CREDIT_ROLES = (Role.BYLINE, Role.CREDIT, Role.BOILERPLATE)


def find_wire_marks(article: OriginInput, *, outlets: Iterable[str] = ()) -> frozenset[str]:
    """Return whom an article names as its source in a dateline or a credit.

    An agency by its full name where that is known, else by the mark itself; of *outlets*,
    those of the same story, any that a credit names. Never the article's own outlet by a
    credit: "by Elm Post" is a byline there.
    """
    marks = {
        _AGENCIES.get(match[1].lower(), match[1]) for match in _DATELINE_MARK.finditer(article.text)
    }
    known = _AGENCY_NAMES | {outlet.lower() for outlet in outlets if outlet}
    known.discard(article.outlet.lower())
    for segment in article.segments:
        if segment.role in _CREDIT_ROLES:
            for match in _CREDIT.finditer(segment.span.of(article.text)):
                name = (match[1] or match[2] or "").strip()
                if name.lower() in known:
                    marks.add(name)
    return frozenset(marks)


def find_origins(articles: Sequence[OriginInput], reuse: Sequence[ReuseLink]) -> list[OriginDraft]:
    """Return the articles in sets that go back to one text, each article in exactly one.

    Sets and the articles in them are in the order given. The source is the article the
    others go back to where that can be known: the agency's own text, the one published
    first, or the one that holds the others. Otherwise it is None. The reason names the
    evidence, and for an article on its own what it has in common with others all the same.
    """
    by_id = {article.id: article for article in articles}
    outlets = {article.outlet for article in articles}
    marks = {article.id: find_wire_marks(article, outlets=outlets) for article in articles}
    links = [
        link for link in find_dependences(articles, reuse) if _is_dependent(link, by_id, marks)
    ]
    root = {article.id: article.id for article in articles}

    def find(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    for link in links:
        root[find(link.b)] = find(link.a)
    members: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        members[find(article.id)].append(article.id)
    links_of: dict[str, list[Dependence]] = defaultdict(list)
    for link in links:
        links_of[find(link.a)].append(link)
    quotes = _SharedQuotes(articles)
    origins: list[OriginDraft] = []
    for first, names in members.items():
        if len(names) == 1:
            origins.append(OriginDraft((names[0],), names[0], _explain_alone(names[0], quotes)))
            continue
        own = links_of[first]
        source, why = _find_source([by_id[name] for name in names], own, marks)
        evidence = [*_evidence(own, by_id, marks, quotes), *([why] if why else [])]
        origins.append(OriginDraft(tuple(names), source, "; ".join(evidence)))
    return origins


class _SharedQuotes:
    """Which quotations of some length two articles both print, whatever marks they use."""

    def __init__(self, articles: Sequence[OriginInput]) -> None:
        self._name = {article.id: article.outlet or article.id for article in articles}
        self._of = {article.id: _quotations(article.text) for article in articles}
        self._printed_by: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for article in articles:
            for words in self._of[article.id]:
                self._printed_by[words].append(article.id)

    def count(self, a: str, b: str) -> int:
        return len(self._of[a] & self._of[b])

    def others(self, article: str) -> list[str]:
        """Return the outlets that print a quotation of *article* too, in the order given."""
        found = {other for words in self._of[article] for other in self._printed_by[words]}
        return list(
            dict.fromkeys(
                self._name[other]
                for other in self._of
                if other in found and self._name[other] != self._name[article]
            )
        )


def _quotations(text: str) -> frozenset[tuple[str, ...]]:
    found = (
        tuple(word for word, _, _ in find_words(match.group())) for match in QUOTE.finditer(text)
    )
    return frozenset(words for words in found if len(words) >= _QUOTED_WORDS)


def _explain_alone(article: str, quotes: _SharedQuotes) -> str:
    others = quotes.others(article)
    if not others:
        return "hardly any text in common with another article"
    listed = others[0] if len(others) == 1 else f"{', '.join(others[:-1])} and {others[-1]}"
    return f"prints a quotation that {listed} {'has' if len(others) == 1 else 'have'} too, in a text of its own"


def _evidence(
    links: Sequence[Dependence],
    by_id: Mapping[str, OriginInput],
    marks: Mapping[str, frozenset[str]],
    quotes: _SharedQuotes,
) -> list[str]:
    """Return what speaks for one text, told of the two articles that share most."""
    link = max(links, key=lambda found: (found.shared, found.sentences))
    order = " in the same order" if link.ordered >= _IN_ORDER else ""
    share = max(link.of_a, link.of_b)
    holder = by_id[link.a if link.of_a >= link.of_b else link.b]
    told = [
        f"{link.shared} runs of five words outside quotations are the same{order} "
        f"({share:.0%} of {holder.outlet or holder.id})"
    ]
    if link.longest >= _LONG_RUN:
        told.append(f"{link.longest} words on end")
    if link.sentences:
        told.append(
            _counted(
                link.sentences,
                "sentence is a copy or an edited copy",
                "sentences are copies or edited copies",
            )
        )
    shared = quotes.count(link.a, link.b)
    if shared:
        told.append(_counted(shared, "quotation is the same", "quotations are the same"))
    both = sorted(marks[link.a] & marks[link.b])
    if both:
        told.append(f"both name {both[0]} as their source")
    return [", ".join(told)]


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _is_dependent(
    link: Dependence, by_id: Mapping[str, OriginInput], marks: Mapping[str, frozenset[str]]
) -> bool:
    share = max(link.of_a, link.of_b)
    if link.shared < _FEWEST_RUNS:
        return False
    if share >= _RUNS_ALONE:
        return True
    if (
        link.shared >= _REWRITE_RUNS
        and link.sentences >= _REWRITE_SENTENCES
        and link.ordered >= _IN_ORDER
    ):
        return True
    credited = (
        bool(marks[link.a] & marks[link.b])
        or _is_named(by_id[link.a].outlet, marks[link.b])
        or _is_named(by_id[link.b].outlet, marks[link.a])
    )
    evidence = (
        credited + (link.ordered >= _IN_ORDER) + (link.longest >= _LONG_RUN) + (link.sentences >= 2)
    )
    return share >= _RUNS_WITH_EVIDENCE and evidence >= 3


def _find_source(
    articles: Sequence[OriginInput],
    links: Sequence[Dependence],
    marks: Mapping[str, frozenset[str]],
) -> tuple[str | None, str]:
    """Return the article the others go back to and how that is known, or (None, "")."""
    named = frozenset(name for found in marks.values() for name in found)
    own = [article for article in articles if _is_named(article.outlet, named)]
    if own and len({article.outlet for article in own}) == 1:
        # Of several versions the first: a rewrite of the second goes back to it too.
        first = _published_first(own) or own[0]
        crediting = [
            article.outlet or article.id
            for article in articles
            if article.outlet != first.outlet and _is_named(first.outlet, marks[article.id])
        ]
        if crediting:
            namers = " and ".join(dict.fromkeys(crediting))
            return first.id, f"{first.outlet} is named as the source by {namers}"
        return first.id, f"only {first.outlet} itself marks the text as its own"
    first_out = _published_first(articles)
    if first_out is not None:
        return first_out.id, f"{first_out.outlet or first_out.id} was published first"
    marked = [article for article in articles if marks[article.id]]
    if len(marked) == 1:
        return marked[0].id, f"only {marked[0].outlet or marked[0].id} carries an agency's mark"
    for article in articles:
        shares = [_shares(link, article.id) for link in links if article.id in (link.a, link.b)]
        if len(shares) == len(articles) - 1 and all(
            theirs >= _CONTAINED * ours for ours, theirs in shares
        ):
            others = "the other article's text is" if len(shares) == 1 else "the others' texts are"
            return article.id, f"{others} contained in {article.outlet or 'it'}"
    return None, ""


def is_surmised(reason: str, *, is_dated: bool) -> bool:
    """Say whether the *reason* of an origin, as ``find_origins`` gives it, names its source only by
    what is likely: one text holds the other, or came first by a date that is not *is_dated*.

    An agency's mark or a credit is sure whatever the dates.
    """
    why = reason.rpartition("; ")[2]
    return " contained in " in why or (why.endswith(" was published first") and not is_dated)


def _shares(link: Dependence, article: str) -> tuple[float, float]:
    """Return the shares of *article* and of the other that both have."""
    return (link.of_a, link.of_b) if link.a == article else (link.of_b, link.of_a)


def _published_first(articles: Sequence[OriginInput]) -> OriginInput | None:
    """Return the article that was surely published before all others, None when unsure."""
    for article in articles:
        if article.published and all(
            other is article or _is_before(article.published, other.published) for other in articles
        ):
            return article
    return None


def _is_named(outlet: str, names: Iterable[str]) -> bool:
    """Say whether *names* hold an outlet, by its name or its initials."""
    initials = "".join(word[0] for word in outlet.split() if word[:1].isupper()).lower()
    lowered = {name.lower() for name in names}
    return bool(outlet) and (
        outlet.lower() in lowered or (len(initials) > 1 and initials in lowered)
    )


def _is_before(a: str, b: str) -> bool:
    """Say whether ISO date(-time) *a* is surely earlier than *b*; never when one is unknown.

    Times of two zones are compared as moments, one without a zone counts as UTC. A bare
    day can not be ordered against a time of the same day.
    """
    if not a or not b:
        return False
    if len(a) > 10 and len(b) > 10:
        return _moment(a) < _moment(b)
    return a[:10] < b[:10]


def _moment(iso: str) -> datetime:
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
