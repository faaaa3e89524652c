"""The same claim across articles: rows of the comparison, each link with its reasons.

Two lanes meet in one score: what the claims say (who did what, where, when, how many)
and how much of the wording was re-used. Candidate pairs come from an index, their
log-odds from weights learned offline, the rows from average-link grouping under the
decisions people made.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from apps.articles.text.spans import Span
from apps.articles.text.types import STORY_ROLES, ReuseLink
from apps.claims.analysis.agreement import AGREEMENT_FEATURES, Agreement
from apps.claims.analysis.background import find_episodes
from apps.claims.analysis.candidates import MOST_PARTNERS, find_candidates
from apps.claims.analysis.decided import constraints, decided_claims
from apps.claims.analysis.grouping import average_link, spanning_pairs
from apps.claims.analysis.keys import cluster_key
from apps.claims.analysis.learned import agreement_weights, claim_weights
from apps.claims.analysis.levels import choose_claims
from apps.claims.analysis.pairing import FEATURES, Common, compare_units, days_meet
from apps.claims.analysis.paraphrases import Paraphrases
from apps.claims.analysis.reasons import explain_pair
from apps.claims.analysis.reuse_index import ReuseIndex
from apps.claims.analysis.semantic import CLOSENESS, Closeness, Embedder
from apps.claims.analysis.sketches import sketch_article
from apps.claims.analysis.stems import content_stems
from apps.claims.analysis.stories import SketchWeights, match_sketches
from apps.claims.analysis.types import (
    ArticleDraft,
    ClaimDraft,
    ClusterDraft,
    CounterpartDraft,
    Decision,
    LinkDraft,
    Reason,
)
from apps.claims.analysis.units import Unit, Weights, build_unit

# Log-odds of one half. Below this a row would be wrong too often for an
# editor to trust the matrix; chosen on the development stories, see benchmarks.
ALIGN_AT = 0.5
# Log-odds counted for a pair the index did not even propose.
_UNSEEN = -1.5
_NEVER = -8.0
# An article repeats itself less often than two articles say the same, and two claims of
# one article share names and words for no other reason than that.
_SAME_ARTICLE = 1.5
# Articles that hardly belong to one story (last year's fire, told beside this one's) need
# better evidence: this much log-odds at no likeness, nothing from _LIKE_ENOUGH on.
_UNLIKE_ARTICLES = 1.5
_LIKE_ENOUGH = 0.3
_LEAD_SENTENCES = 3
_TITLE_CHARACTERS = 70
_BULLETS = "•·*–—-, "


# Log-odds for two claims that count the same things in the same event, with numbers that
# can both be true. Set by reasoning: comparing counts is what rows are for, and a long
# sentence around the count must not hide it.
_COUNT_BOND = 2.0
# Having little in common says less against two claims of different articles than a good
# reason to keep them apart does: a paraphrase shares no word with some member of its row.
# So what was learned from words speaks against a pair by no more than this; and of what
# speaks for it, more than _ENOUGH_FOR must not carry strangers into a row.
_LEAST_LEARNED = -0.8
_ENOUGH_FOR = 4.0
# Links of rows that an editor judged right and wrong, each story left out of the learning
# once: the rate grows more slowly than the log-odds say. See benchmarks/results.md.
_RATE_AT_EVEN = 0.24
_RATE_SLOPE = 0.61
# A pair below these log-odds is no counterpart worth a detector's look.
_COUNTERPART_AT = -2.5
# Two stations of one journey are told in the same words.
_JOURNEYS = frozenset({"visit", "meeting"})
_ELSEWHERE = 2.0
# One tells an earlier event, the other the news: words they share are those of all such
# events, so that no likeness is enough.
_OTHER_EVENT = 8.0


class Scorer:
    """Log-odds that two claims of a story answer the same question, computed once a pair."""

    def __init__(
        self,
        units: Sequence[Unit],
        articles: Sequence[ArticleDraft],
        reuse: Sequence[ReuseLink],
        *,
        embed: Embedder | None = None,
    ) -> None:
        self.units = units
        self.weights = Weights(units)
        self.common = {unit.claim.id: Common(unit, self.weights) for unit in units}
        self.model = claim_weights()
        self._column = [self.model.weights.get(name, 0.0) for name in FEATURES]
        self._article_likeness = _ArticleLikeness(articles)
        self._reuse = ReuseIndex(reuse)
        self._known: dict[tuple[int, int], float] = {}
        self._partners: dict[int, dict[int, float]] = defaultdict(dict)
        self._paraphrases = Paraphrases(units, self.weights)
        self._told: dict[tuple[int, int], list[float]] = {}
        self._closeness = Closeness([unit.claim.text for unit in units], embed) if embed else None

    def prepare(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Compare the words of *pairs*, lower index first, many at a time."""
        partners: dict[int, list[int]] = defaultdict(list)
        for i, j in pairs:
            if (i, j) not in self._told:
                partners[i].append(j)
        for i, others in partners.items():
            rows = self._paraphrases.compare(i, others).tolist()
            self._told.update(((i, j), row) for j, row in zip(others, rows, strict=True))

    def features(self, i: int, j: int) -> list[float]:
        a, b = self.units[i], self.units[j]
        pair = (i, j) if i < j else (j, i)
        self.prepare([pair])
        return compare_units(
            a,
            b,
            self.weights,
            self.common,
            articles=self._article_likeness[a.article, b.article],
            reuse=self._reuse.similarity(a.claim, b.claim),
            paraphrase=self._told[pair],
        )

    def odds(self, i: int, j: int) -> float:
        pair = (i, j) if i < j else (j, i)
        if pair not in self._known:
            values = self.features(*pair)
            odds = self.model.bias + sum([w * v for w, v in zip(self._column, values, strict=True)])
            odds -= _ELSEWHERE * self.go_elsewhere(*pair)
            odds -= _OTHER_EVENT * _apart(self.units[i], self.units[j])
            if self.units[i].article == self.units[j].article:
                odds += _COUNT_BOND if self.counts_same(*pair) else -_SAME_ARTICLE
            self._keep(pair, odds)
        return self._known[pair]

    def _keep(self, pair: tuple[int, int], odds: float) -> None:
        i, j = pair
        self._known[pair] = self._partners[i][j] = self._partners[j][i] = odds

    def partners(self, i: int, among: AbstractSet[int]) -> list[tuple[int, float]]:
        """Return those of *among* whose pair with *i* was scored, with their log-odds."""
        return [(j, odds) for j, odds in self._partners[i].items() if j in among]

    def scored(self, members: Sequence[int]) -> dict[tuple[int, int], float]:
        """Return the log-odds of the pairs of *members* that were scored and may hold a row."""
        among = frozenset(members)
        return {
            (i, j): odds
            for i in members
            for j, odds in self.partners(i, among)
            if i < j and odds > _NEVER
        }

    def known_odds(self, i: int, j: int) -> float:
        """Return the log-odds of a pair that was scored, ``_NEVER`` for any other."""
        return self._known.get((i, j) if i < j else (j, i), _NEVER)

    def closeness_odds(self, i: int, j: int) -> float:
        """Return what the meaning of the whole claims adds; 0 without a sentence model."""
        return self._closeness.odds(i, j) if self._closeness else 0.0

    def counts_same(self, i: int, j: int) -> bool:
        """Say whether two units count the same things, on days that may be the same."""
        a, b = self.units[i], self.units[j]
        if _apart(a, b) > 0.0 or (a.days and b.days and not days_meet(a.days, b.days)):
            return False
        return any(x.counts_same(y) for x in a.counts for y in b.counts)

    def go_elsewhere(self, i: int, j: int) -> bool:
        """Say whether both tell of a visit or a meeting, in places that are not the same."""
        a, b = self.units[i], self.units[j]
        if not (_JOURNEYS & a.frames and _JOURNEYS & b.frames and a.places and b.places):
            return False
        return a.places.isdisjoint(b.places) and not self.counts_same(i, j)

    def is_reused(self, i: int, j: int) -> bool:
        """Say whether one unit is a copy, edited or not, of the other."""
        return self._reuse.similarity(self.units[i].claim, self.units[j].claim) > 0.0

    def look_twice(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], float]:
        """Return log-odds of *pairs* after ranks among each other are known; keeps them.

        Pairs of one article have no rank and keep their first log-odds.
        """
        self.prepare(pairs)
        first = {pair: self.odds(*pair) for pair in pairs}
        agreement = Agreement(self.units, first)
        model = agreement_weights()
        weights = [model.weights.get(name, 0.0) for name in AGREEMENT_FEATURES]
        for (i, j), value in first.items():
            if self.units[i].article != self.units[j].article:
                values = agreement.features(i, j)
                value = model.bias + sum([w * v for w, v in zip(weights, values, strict=True)])
                value = max(_LEAST_LEARNED, value)
                value += self.closeness_odds(i, j)
                likeness = self._article_likeness[self.units[i].article, self.units[j].article]
                value += _COUNT_BOND * self.counts_same(i, j)
                value -= _ELSEWHERE * self.go_elsewhere(i, j)
                value -= _OTHER_EVENT * _apart(self.units[i], self.units[j])
                value -= _UNLIKE_ARTICLES * max(0.0, 1.0 - likeness / _LIKE_ENOUGH)
            self._keep((i, j), value)
        return {pair: self._known[pair] for pair in pairs}

    def link(self, i: int, j: int, *, confirmed: bool) -> LinkDraft:
        """Return the link of two units with its reasons, in the order of the units."""
        i, j = min(i, j), max(i, j)
        values = self.features(i, j)
        closeness = self.closeness_odds(i, j)
        reasons = explain_pair(
            self.units[i],
            self.units[j],
            self.weights,
            dict(zip(FEATURES, values, strict=True)),
            {
                name: weight * value
                for name, weight, value in zip(FEATURES, self._column, values, strict=True)
            }
            | ({CLOSENESS: closeness} if closeness else {}),
        )
        if confirmed:
            reasons = (Reason("decision", "confirmed by a person", 1.0), *reasons)
        return LinkDraft(
            a=self.units[i].claim.id,
            b=self.units[j].claim.id,
            score=1.0 if confirmed else round(right_rate(self.odds(i, j)), 4),
            reasons=reasons,
            confirmed=confirmed,
        )


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
    candidates = build_units(articles)
    scorer = Scorer(candidates, articles, reuse, embed=embed)
    odds = scorer.look_twice(candidate_pairs(candidates, scorer, reuse))
    wanted = decided_claims(candidates, decisions)
    # A copied sentence always fits its copy best as a whole; what level it is shown at is
    # decided by those who told the same in their own words.
    told = {pair: value for pair, value in odds.items() if not scorer.is_reused(*pair)}
    chosen = choose_claims(candidates, told, at_least=logit(ALIGN_AT), wanted=wanted)
    place = {index: number for number, index in enumerate(chosen)}
    must, cannot = constraints([candidates[i] for i in chosen], decisions)
    groups = average_link(
        len(chosen),
        {
            (place[i], place[j]): min(_ENOUGH_FOR, value)
            for (i, j), value in odds.items()
            if i in place and j in place
        },
        at_least=logit(ALIGN_AT),
        unseen=logit(ALIGN_AT) - _UNSEEN,
        most_partners=MOST_PARTNERS // 2,
        must=must,
        cannot=cannot,
        may_join=lambda a, b: _may_share_row(
            candidates, [chosen[k] for k in a], [chosen[k] for k in b]
        ),
    )
    confirmed = {(chosen[i], chosen[j]) for i, j in must}
    used: set[str] = set()
    clusters = [
        _build_cluster([chosen[k] for k in group], scorer, confirmed, used) for group in groups
    ]
    refused = {(chosen[i], chosen[j]) for i, j in cannot}
    return Alignment(tuple(clusters), tuple(_counterparts(candidates, odds, refused)))


def _counterparts(
    units: Sequence[Unit], odds: Mapping[tuple[int, int], float], refused: set[tuple[int, int]]
) -> list[CounterpartDraft]:
    """Return the pairs that are not out of the question, likeliest first, ties in text order."""
    likely = [
        (-value, i, j)
        for (i, j), value in odds.items()
        if value >= _COUNTERPART_AT
        and units[i].article != units[j].article
        and (i, j) not in refused
    ]
    return [
        CounterpartDraft(units[i].claim.id, units[j].claim.id, round(right_rate(-value), 4))
        for value, i, j in sorted(likely)
    ]


def _apart(a: Unit, b: Unit) -> float:
    """Return how surely one unit tells an earlier event and the other the news."""
    return max(a.earlier, b.earlier) if min(a.earlier, b.earlier) == 0.0 else 0.0


def candidate_pairs(
    units: Sequence[Unit], scorer: Scorer, reuse: Sequence[ReuseLink]
) -> list[tuple[int, int]]:
    """Return the pairs of *units* worth scoring, lower index first, sorted."""
    return sorted(set(find_candidates(units, scorer.weights)) | _reused_pairs(units, reuse))


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
        context = _contexts(claims, rank)
        earlier = find_episodes(article)
        units.extend(
            build_unit(
                claim,
                article=number,
                order=order,
                depth=rank[claim.sentence] / last,
                lead=rank[claim.sentence] < _LEAD_SENTENCES,
                context=context[rank[claim.sentence]],
                earlier=earlier.get(claim.sentence, 0.0),
            )
            for order, claim in enumerate(claims)
        )
    return units


def _contexts(claims: Sequence[ClaimDraft], rank: Mapping[int, int]) -> list[frozenset[str]]:
    """Return the stems of the sentences before and after each sentence of an article."""
    stems: list[set[str]] = [set() for _ in rank]
    for claim in claims:
        stems[rank[claim.sentence]].update(content_stems(claim))
    return [
        frozenset().union(*stems[max(0, place - 1) : place], *stems[place + 1 : place + 2])
        for place in range(len(stems))
    ]


def probability(odds: float) -> float:
    """Return log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def right_rate(odds: float) -> float:
    """Return how often links of these log-odds are right, as a share of 1."""
    return probability(_RATE_AT_EVEN + _RATE_SLOPE * odds)


def logit(probability: float) -> float:
    """Return a probability as log-odds."""
    return math.log(probability / (1.0 - probability))


class _ArticleLikeness:
    """How likely each two articles of a story are one event, 0 to 1; computed when asked."""

    def __init__(self, articles: Sequence[ArticleDraft]) -> None:
        self._sketches = [sketch_article(article) for article in articles]
        self._weights = SketchWeights(self._sketches)
        self._known: dict[tuple[int, int], float] = {}

    def __getitem__(self, pair: tuple[int, int]) -> float:
        i, j = min(pair), max(pair)
        if i == j:
            return 1.0
        if (i, j) not in self._known:
            self._known[i, j] = probability(
                match_sketches(self._sketches[i], self._sketches[j], self._weights)
            )
        return self._known[i, j]


def _reused_pairs(units: Sequence[Unit], reuse: Sequence[ReuseLink]) -> set[tuple[int, int]]:
    by_article = _by_article(units)
    inside: dict[tuple[str, Span], list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for link in reuse:
        for article, span in ((link.a, link.a_span), (link.b, link.b_span)):
            if (article, span) not in inside:
                inside[article, span] = [
                    i for i in by_article.get(article, ()) if units[i].claim.span.overlaps(span)
                ]
        here, there = inside[link.a, link.a_span], inside[link.b, link.b_span]
        pairs.update((min(i, j), max(i, j)) for i in here for j in there)
    return pairs


def _by_article(units: Sequence[Unit]) -> dict[str, list[int]]:
    by_article: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        by_article[unit.claim.article].append(index)
    return by_article


def _may_share_row(units: Sequence[Unit], a: Sequence[int], b: Sequence[int]) -> bool:
    """Say whether two groups hold no two different claims of one sentence."""
    sentences = {(units[i].article, units[i].claim.sentence) for i in a}
    return all((units[j].article, units[j].claim.sentence) not in sentences for j in b)


def _build_cluster(
    members: Sequence[int], scorer: Scorer, confirmed: set[tuple[int, int]], used: set[str]
) -> ClusterDraft:
    units = scorer.units
    claims = tuple(units[i].claim for i in members)
    key = cluster_key(claims)
    # The same words twice in one article, in two rows: the second row needs its own name.
    repeat = 1
    while key in used:
        repeat += 1
        key = cluster_key([*claims[:0], _renamed(claims[0], repeat)])
    used.add(key)
    links = tuple(
        scorer.link(i, j, confirmed=(min(i, j), max(i, j)) in confirmed)
        for i, j in spanning_pairs(members, scorer.scored(members), confirmed)
    )
    return ClusterDraft(key=key, title=_title(members, scorer), claims=claims, links=links)


def _renamed(claim: ClaimDraft, repeat: int) -> ClaimDraft:
    return ClaimDraft(
        id=claim.id,
        article=claim.article,
        sentence=claim.sentence,
        span=claim.span,
        text=f"{claim.text} #{repeat}",
        role=claim.role,
    )


def _title(members: Sequence[int], scorer: Scorer) -> str:
    """Return the words of the claim nearest to all others of the row, cut to a short line.

    A claim that begins a sentence reads better than a part of one.
    """
    inside = frozenset(members)

    def nearness(i: int) -> float:
        scored = [odds for _, odds in scorer.partners(i, inside)]
        return math.fsum([*scored, _NEVER * (len(members) - 1 - len(scored))])

    central = max(
        members,
        key=lambda i: (
            scorer.units[i].claim.text[:1].isupper(),
            nearness(i),
            -len(scorer.units[i].claim.text),
            -i,
        ),
    )
    return shorten(scorer.units[central].claim.text)


def shorten(text: str) -> str:
    """Return *text* as one line of at most 70 characters, cut at a word, capital first."""
    line = " ".join(text.split()).lstrip(_BULLETS)
    if len(line) > _TITLE_CHARACTERS:
        cut = line[:_TITLE_CHARACTERS].rpartition(" ")[0] or line[: _TITLE_CHARACTERS - 1]
        line = cut.rstrip(" ,;:–—-(“\"'") + "…"
    return line[:1].upper() + line[1:]
