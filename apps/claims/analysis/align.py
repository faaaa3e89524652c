"""The same claim across articles: rows of the comparison, each link with its reasons.

Two lanes meet in one score: what the claims say (who did what, where, when, how many)
and how much of the wording was re-used. Candidate pairs come from an index, their
log-odds from weights learned offline, the rows from average-link grouping under the
decisions people made.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from apps.articles.text.types import STORY_ROLES, ReuseLink
from apps.claims.analysis.background import find_episodes
from apps.claims.analysis.candidates import MOST_PARTNERS
from apps.claims.analysis.decided import constraints, decided_claims
from apps.claims.analysis.grouping import average_link, spanning_pairs
from apps.claims.analysis.holdings import Floats
from apps.claims.analysis.keys import cluster_key
from apps.claims.analysis.levels import choose_claims
from apps.claims.analysis.pair_scores import NEVER, PairOdds, Scorer
from apps.claims.analysis.row_titles import most_central, name_row
from apps.claims.analysis.semantic import Embedder
from apps.claims.analysis.stems import content_stems
from apps.claims.analysis.types import (
    ArticleDraft,
    ClaimDraft,
    ClusterDraft,
    CounterpartDraft,
    Decision,
    LinkDraft,
    Reason,
)
from apps.claims.analysis.units import Unit, build_unit

# Log-odds of one half. Below this a row would be wrong too often for an
# editor to trust the matrix; chosen on the development stories, see benchmarks.
ALIGN_AT = 0.5
# Log-odds counted for a pair the index did not even propose.
_UNSEEN = -1.5
_LEAD_SENTENCES = 3
# More of what speaks for a pair must not carry strangers into a row.
_ENOUGH_FOR = 4.0
# Links of rows that an editor judged right and wrong, each story left out of the learning
# once: the rate grows more slowly than the log-odds say. See benchmarks/results.md.
_RATE_AT_EVEN = 0.24
_RATE_SLOPE = 0.61
# A pair below these log-odds is no counterpart worth a detector's look.
_COUNTERPART_AT = -2.5


@dataclass(frozen=True, slots=True)
class Alignment:
    """The rows of a story, and the pairs of claims that may answer one question.

    *counterparts* are of different articles, likeliest first, and need not share a row:
    a claim has one row but may be told apart in two of another article.
    """

    clusters: tuple[ClusterDraft, ...]
    counterparts: tuple[CounterpartDraft, ...]


def align_claims(
    articles: Sequence[ArticleDraft],
    *,
    reuse: Sequence[ReuseLink] = (),
    decisions: Sequence[Decision] = (),
    embed: Embedder | None = None,
) -> list[ClusterDraft]:
    """Return the rows of a story, see ``align_story``."""
    return list(align_story(articles, reuse=reuse, decisions=decisions, embed=embed).clusters)


def align_story(
    articles: Sequence[ArticleDraft],
    *,
    reuse: Sequence[ReuseLink] = (),
    decisions: Sequence[Decision] = (),
    embed: Embedder | None = None,
) -> Alignment:
    """Return the rows of a story, in the order their first claims appear, and counterparts.

    Articles are taken in the order given. Headlines, decks and body text take part,
    captions never. Where a sentence has claims inside claims, either the whole or its
    parts stand in rows, never both, and no sentence is lost. A claim nobody else makes is
    a row of its own. Accepted decisions hold even where the score speaks against them.
    *embed* is the optional sentence model.
    """
    units = build_units(articles)
    scorer = Scorer(units, articles, reuse, embed=embed)
    pairs = scorer.look_twice(*scorer.find_candidates())
    wanted = decided_claims(units, decisions)
    chosen = choose_claims(units, _likely(pairs, scorer), at_least=logit(ALIGN_AT), wanted=wanted)
    # Two different claims of one sentence never share a row.
    places = [(units[i].article, units[i].claim.sentence) for i in chosen]
    must, cannot, judged = constraints([units[i] for i in chosen], decisions)
    groups = average_link(
        len(chosen),
        _among_chosen(pairs, chosen),
        at_least=logit(ALIGN_AT),
        unseen=logit(ALIGN_AT) - _UNSEEN,
        most_partners=MOST_PARTNERS // 2,
        must=must,
        cannot=cannot,
        may_join=lambda a, b: {places[k] for k in a}.isdisjoint([places[k] for k in b]),
    )
    rows = [[chosen[k] for k in group] for group in groups]
    confirmed = {(chosen[i], chosen[j]) for i, j in judged}
    refused = {(chosen[i], chosen[j]) for i, j in cannot}
    return Alignment(
        tuple(_build_clusters(rows, scorer, pairs, confirmed)),
        tuple(_counterparts(units, pairs, refused)),
    )


def _likely(pairs: PairOdds, scorer: Scorer) -> dict[tuple[int, int], float]:
    """Return the pairs that speak for the level at which a sentence is shown.

    A copied sentence always fits its copy best as a whole; what level it is shown at is
    decided by those who told the same in their own words.
    """
    likely = pairs.only(pairs.odds >= logit(ALIGN_AT)).as_dict()
    return {pair: odds for pair, odds in likely.items() if not scorer.copies.get(pair)}


def _among_chosen(pairs: PairOdds, chosen: Sequence[int]) -> dict[tuple[int, int], float]:
    """Return the pairs of *chosen* units by their places in it, with what counts for rows."""
    place = np.full(pairs.count, -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    kept = np.flatnonzero((place[pairs.a] >= 0) & (place[pairs.b] >= 0))
    return PairOdds(
        len(chosen),
        place[pairs.a[kept]],
        place[pairs.b[kept]],
        np.minimum(_ENOUGH_FOR, pairs.odds[kept]),
    ).as_dict()


def _counterparts(
    units: Sequence[Unit], pairs: PairOdds, refused: set[tuple[int, int]]
) -> list[CounterpartDraft]:
    """Return the pairs that are not out of the question, likeliest first, ties in text order."""
    article = np.array([unit.article for unit in units], dtype=np.int64)
    across = article[pairs.a] != article[pairs.b]
    likely = pairs.only(across & (pairs.odds >= _COUNTERPART_AT))
    order = np.lexsort((likely.b, likely.a, -likely.odds))
    ids = [unit.claim.id for unit in units]
    likely = likely.only(order)
    if refused:
        pairs_left = zip(likely.a.tolist(), likely.b.tolist(), strict=True)
        likely = likely.only(np.array([pair not in refused for pair in pairs_left], dtype=np.bool_))
    rates = np.round(right_rate(likely.odds), 4).tolist()
    a, b = ([ids[i] for i in side.tolist()] for side in (likely.a, likely.b))
    # Tens of thousands of them.
    return list(map(CounterpartDraft._make, zip(a, b, rates, strict=True)))


def build_units(articles: Sequence[ArticleDraft]) -> list[Unit]:
    """Return a unit for every claim that may stand in a row, by article, then in text order."""
    units: list[Unit] = []
    for number, article in enumerate(articles):
        claims = sorted(
            (claim for claim in article.claims if claim.role in STORY_ROLES),
            key=lambda claim: (claim.span.start, -claim.span.end, claim.id),
        )
        sentences = sorted({claim.sentence for claim in claims})
        rank = {sentence: place for place, sentence in enumerate(sentences)}
        last = max(1, len(sentences) - 1)
        stems = [content_stems(claim) for claim in claims]
        context = _contexts([rank[claim.sentence] for claim in claims], stems)
        earlier = find_episodes(article)
        units.extend(
            build_unit(
                claim,
                words,
                article=number,
                order=order,
                depth=rank[claim.sentence] / last,
                lead=rank[claim.sentence] < _LEAD_SENTENCES,
                context=context[rank[claim.sentence]],
                earlier=earlier[claim.sentence].sure if claim.sentence in earlier else 0.0,
            )
            for order, (claim, words) in enumerate(zip(claims, stems, strict=True))
        )
    return units


def _contexts(
    ranks: Sequence[int], stems_by_claim: Sequence[Sequence[str]]
) -> list[frozenset[str]]:
    """Return the stems of the sentences before and after each sentence of an article; *ranks*
    are the places of the claims' sentences."""
    stems: list[set[str]] = [set() for _ in range(max(ranks, default=-1) + 1)]
    for rank, words in zip(ranks, stems_by_claim, strict=True):
        stems[rank].update(words)
    return [
        frozenset().union(*stems[max(0, place - 1) : place], *stems[place + 1 : place + 2])
        for place in range(len(stems))
    ]


def right_rate(odds: Floats) -> Floats:
    """Return how often links of these log-odds are right, as shares of 1."""
    return np.asarray(
        1.0 / (1.0 + np.exp(-np.clip(_RATE_AT_EVEN + _RATE_SLOPE * odds, -30.0, 30.0)))
    )


def logit(probability: float) -> float:
    """Return a probability as log-odds."""
    return math.log(probability / (1.0 - probability))


def _build_clusters(
    rows: Sequence[Sequence[int]],
    scorer: Scorer,
    pairs: PairOdds,
    confirmed: set[tuple[int, int]],
) -> list[ClusterDraft]:
    """Return the rows with keys, titles and links; reasons are worked out for links alone."""
    number = np.full(len(scorer.units), -1, dtype=np.int64)
    for place, members in enumerate(rows):
        number[members] = place
    scored: list[dict[tuple[int, int], float]] = [{} for _ in rows]
    for (i, j), odds in pairs.among(number).as_dict().items():
        scored[number[i]][i, j] = odds
    spans = [
        spanning_pairs(
            members, {pair: odds for pair, odds in found.items() if odds > NEVER}, confirmed
        )
        for members, found in zip(rows, scored, strict=True)
    ]
    linked = [pair for span in spans for pair in span]
    odds_by_pair = pairs.get(linked)
    # Only people's decisions put claims together that were never compared.
    if len(odds_by_pair) < len(linked):
        odds_by_pair |= scorer.first_odds([pair for pair in linked if pair not in odds_by_pair])
    link_odds = np.array([odds_by_pair[pair] for pair in linked], dtype=np.float64)
    rates = dict(zip(linked, right_rate(link_odds).tolist(), strict=True))
    reasons = scorer.explain(linked)
    used: set[str] = set()
    clusters = []
    for members, found, span in zip(rows, scored, spans, strict=True):
        claims = tuple(scorer.units[i].claim for i in members)
        links = tuple(
            _link(scorer.units, pair, rates[pair], reasons[pair], pair in confirmed)
            for pair in span
        )
        title = _title(members, scorer.units, found)
        clusters.append(
            ClusterDraft(key=_key(claims, used), title=title, claims=claims, links=links)
        )
    return clusters


def _key(claims: Sequence[ClaimDraft], used: set[str]) -> str:
    """Return the key of a row and note it in *used*.

    The same words twice in one article, in two rows: the second row needs its own name.
    """
    key = cluster_key(claims)
    repeat = 1
    while key in used:
        repeat += 1
        key = cluster_key([_renamed(claims[0], repeat)])
    used.add(key)
    return key


def _link(
    units: Sequence[Unit],
    pair: tuple[int, int],
    rate: float,
    reasons: tuple[Reason, ...],
    confirmed: bool,
) -> LinkDraft:
    if confirmed:
        reasons = (Reason("decision", "confirmed by a person", 1.0), *reasons)
    return LinkDraft(
        a=units[pair[0]].claim.id,
        b=units[pair[1]].claim.id,
        score=1.0 if confirmed else round(rate, 4),
        reasons=reasons,
        confirmed=confirmed,
    )


def _renamed(claim: ClaimDraft, repeat: int) -> ClaimDraft:
    return ClaimDraft(
        id=claim.id,
        article=claim.article,
        sentence=claim.sentence,
        span=claim.span,
        text=f"{claim.text} #{repeat}",
        role=claim.role,
    )


def _title(
    members: Sequence[int], units: Sequence[Unit], scored: Mapping[tuple[int, int], float]
) -> str:
    """Return what the row is called, in words of one of the claims nearest to its others."""
    odds_by_member: dict[int, list[float]] = {i: [] for i in members}
    for (i, j), odds in scored.items():
        odds_by_member[i].append(odds)
        odds_by_member[j].append(odds)

    def nearness(i: int) -> float:
        odds = odds_by_member[i]
        return math.fsum([*odds, NEVER * (len(members) - 1 - len(odds))])

    central = most_central((units[i].claim, nearness(i)) for i in members)
    return name_row([units[i].claim for i in members], central)
