"""How often a detector's candidates are right, learned from stories an editor marked.

A detector proposes differences with named features; a logistic regression for each
detector says how often such candidates are findings. What is sure enough is reported as
it is, what is likely but not sure goes to a person, the rest is dropped. The weights are
learned offline by ``python -m training.findings.fit``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp
from pathlib import Path

from apps.claims.analysis.types import Candidate, FindingDraft, Outcome, Severity

_FILE = Path(__file__).parent / "weights" / "judges.json"
# A finding that lists more claims than these cannot be taken in.
_MOST_CLAIMS = 8
# More often right than not: from this rate on a question with much at stake is to be looked
# into first, and shown as such.
_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic regression over named features, and the rates at which it reports.

    *sure_at* and *show_at* are rates from 0 to 1: from *sure_at* on a candidate is
    reported as drafted, from *show_at* on it needs a person, the likeliest *most_shown* of
    a story.
    """

    bias: float
    weights: Mapping[str, float]
    sure_at: float
    show_at: float
    most_shown: int = 4

    def rate(self, features: Mapping[str, float]) -> float:
        """Return how often candidates like this one are right, 0 to 1."""
        odds = self.bias + sum(
            weight * features.get(name, 0.0) for name, weight in self.weights.items()
        )
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))


# Before a detector was ever taught: everything it proposes is shown to a person.
UNTAUGHT = Judge(0.0, {}, 1.1, 0.5)


@lru_cache(maxsize=1)
def _judges() -> dict[str, Judge]:
    raw = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        slug: Judge(
            float(model["bias"]),
            {name: float(weight) for name, weight in model["weights"].items()},
            float(model["sure_at"]),
            float(model["show_at"]),
            int(model.get("most_shown", 4)),
        )
        for slug, model in raw["judges"].items()
    }


def get_judge(slug: str) -> Judge:
    """Return the judge of the detector *slug*, ``UNTAUGHT`` when it has learned nothing yet."""
    return _judges().get(slug, UNTAUGHT)


def judge_candidates(slug: str, candidates: Iterable[Candidate]) -> Iterator[FindingDraft]:
    """Yield what of *candidates* is reported, each difference once, likeliest first.

    Candidates of one difference (``same_as``) become one finding: the likeliest speaks,
    the claims and highlights of the others join it.
    """
    judge = get_judge(slug)
    rated = sorted(
        ((judge.rate(candidate.features), candidate) for candidate in candidates),
        key=lambda entry: (-entry[0], entry[1].finding.claims),
    )
    groups: dict[str, list[tuple[float, Candidate]]] = {}
    for number, (rate, candidate) in enumerate(rated):
        if rate >= judge.show_at:
            groups.setdefault(candidate.same_as or f"#{number}", []).append((rate, candidate))
    shown = 0
    for group in groups.values():
        rate, best = group[0]
        shown += rate < judge.sure_at
        if shown > judge.most_shown:
            # The groups come likeliest first: a person's time is not spent on what is left.
            break
        # What is only likely does not hide behind what is sure.
        least = judge.sure_at if rate >= judge.sure_at else judge.show_at
        joined = [candidate for r, candidate in group if r >= least]
        finding = replace(_join(joined), confidence=round(rate, 2))
        if rate >= judge.sure_at:
            yield finding
            continue
        first = rate >= _LIKELY and any(candidate.at_stake for candidate in joined)
        yield _for_a_person(finding, best.doubt, Severity.MEDIUM if first else Severity.LOW)


def _join(candidates: list[Candidate]) -> FindingDraft:
    lead = candidates[0].finding
    claims = list(lead.claims)
    highlights = list(lead.highlights)
    for candidate in candidates[1:]:
        new = [claim for claim in candidate.finding.claims if claim not in claims]
        if len(claims) + len(new) > _MOST_CLAIMS:
            break
        claims += new
        highlights += [mark for mark in candidate.finding.highlights if mark not in highlights]
    return replace(lead, claims=tuple(claims), highlights=tuple(highlights))


def _for_a_person(finding: FindingDraft, doubt: str, severity: Severity) -> FindingDraft:
    return replace(
        finding,
        outcome=Outcome.COMPATIBLE if finding.outcome is Outcome.CONFLICT else finding.outcome,
        severity=severity,
        needs_person=doubt or "the two may speak of different things",
    )
