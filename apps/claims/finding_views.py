"""Findings with what people decided about them, as pages show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, gettext

from apps.articles.models import Story
from apps.articles.phrases import say
from apps.articles.text.spans import Span
from apps.claims.finding_titles import title_of
from apps.claims.kept_findings import get_kept
from apps.claims.models import (
    Adjudication,
    Assignment,
    Claim,
    Finding,
    FindingDecision,
    FindingSpan,
    MutedKind,
    Verdict,
)
from apps.claims.pieces import Mark, cut, whole_words
from apps.claims.presentation import FindingView, Muting, Piece
from apps.claims.second_reading import find_standing
from apps.claims.story_memory import recall
from config.people import shown_name

# What only one side has is "added"; everything else a finding compares "differs".
ADDING_KINDS = frozenset({"unsupported_addition", "single_source_attributed", "cause_added"})


# What a finding takes as it is kept, with the words it compares.
_FINDING_BYTES = 5_000


class NoSuchFinding(LookupError):
    """The story has no finding of that key, or no longer."""


class Compared(NamedTuple):
    """Words of an article that a finding compares; there may be thousands, so no more of them."""

    article_id: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class LoadedFindings:
    """A story's findings, with the spans each compares and the claims each is about.

    *muted* are the kinds people do not want to see in it, with how many there are of each;
    *rows* are those a finding tells of, its own first, where it is about claims of rows.
    """

    views: Mapping[int, FindingView]
    spans: Mapping[int, tuple[Compared, ...]]
    claims: Mapping[int, tuple[int, ...]]
    missing: Mapping[int, tuple[int, ...]]

    by_group: Mapping[int | None, tuple[int, ...]]
    muted: tuple[Muting, ...] = ()
    rows: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def in_group(self, group_id: int | None) -> list[tuple[int, FindingView]]:
        """Return the findings of a row with their row ids, the worst first; None: of no row."""
        return [(pk, self.views[pk]) for pk in self.by_group.get(group_id, ())]


NO_FINDINGS = LoadedFindings({}, {}, {}, {}, {})


@dataclass(frozen=True, slots=True)
class _Found:
    """The findings of a story as analysis left them: no view in it knows what people did."""

    views: Mapping[int, FindingView]
    spans: Mapping[int, tuple[Compared, ...]]
    claims: Mapping[int, tuple[int, ...]]
    missing: Mapping[int, tuple[int, ...]]
    counts: Mapping[str, int]


def load_findings(
    story: Story,
    outlet_of: Mapping[int, str],
    *,
    with_sides: bool = False,
    key: str = "",
    with_muted: bool = False,
    edition: UUID | None = None,
) -> LoadedFindings:
    """Return the findings of *story*, all or the one of *key*; four queries and four for the
    findings themselves, five with sides; one more where verdicts differ.

    *outlet_of* names the outlet of each article. They come by severity, then in the
    order analysis gave them. Sides are what a finding card shows: each outlet's words; how
    often readers confirmed findings of a kind is counted for it alone.
    Muted kinds are left out, unless one is asked for by its *key* or all *with_muted*.
    With the *edition* of the story, what analysis left is loaded once for it.
    """
    if key or with_sides:
        found = _find_found(story, outlet_of, with_sides=with_sides, key=key)
    else:
        found = recall(
            story,
            f"findings {get_language()}",
            edition and (edition, tuple(outlet_of.items())),
            lambda: _find_found(story, outlet_of),
            weigh=lambda all_found: _FINDING_BYTES * len(all_found.views),
        )
    muted = find_mutings(story, found.counts)
    hidden = set() if key or with_muted else {muting.kind for muting in muted}
    views = {
        pk: view
        for pk, view in _with_what_people_did(
            story, found.views, _count_decisions(story) if with_sides else {}
        ).items()
        if view.kind not in hidden
    }
    by_group: dict[int | None, list[int]] = defaultdict(list)
    for pk, view in views.items():
        by_group[view.group_id].append(pk)
    return LoadedFindings(
        by_group={group_id: tuple(pks) for group_id, pks in by_group.items()},
        views=views,
        spans=found.spans,
        claims=found.claims,
        missing=found.missing,
        muted=muted,
    )


def _find_found(
    story: Story, outlet_of: Mapping[int, str], *, with_sides: bool = False, key: str = ""
) -> _Found:
    """Four queries, five with sides."""
    findings = Finding.objects.filter(story=story, **({"key": key} if key else {})).order_by()
    rows = sorted(
        findings.defer("compared"), key=lambda row: (_SEVERITY[row.severity], row.position, row.pk)
    )
    spans: dict[int, list[Compared]] = defaultdict(list)
    for finding_id, article_id, start, end, quote in (
        FindingSpan.objects.filter(finding__in=findings.values("pk"))
        .order_by("finding_id", "position")
        .values_list("finding_id", "article_id", "start", "end", "quote")
    ):
        spans[finding_id].append(Compared(article_id, start, end, quote))
    claims = _pairs(Finding.claims.through, "claim_id", findings)
    missing = _pairs(Finding.missing_in.through, "article_id", findings)
    claim_rows: dict[int, Claim] = {}
    if with_sides:
        needed = {claim_id for ids in claims.values() for claim_id in ids}
        claim_rows = Claim.objects.defer("details").in_bulk(needed)
    views = {
        row.pk: FindingView(
            key=row.key,
            kind=row.kind,
            title=title_of(row.kind),
            outcome=row.outcome,
            severity=row.severity,
            explanation=row.explanation,
            rule=row.rule,
            changes_if=row.changes_if,
            needs_person=say(row.needs_person),
            confidence=row.confidence,
            state="open",
            reason="",
            note="",
            decided_by="",
            decided_at=None,
            confirmed_times=0,
            dismissed_times=0,
            group_id=row.group_id,
            sides=sides_of(row, claims[row.pk], spans[row.pk], claim_rows, outlet_of)
            if with_sides
            else (),
            missing_in=tuple(
                outlet_of[article_id] for article_id in missing[row.pk] if article_id in outlet_of
            ),
        )
        for row in rows
    }
    return _Found(
        views=views,
        spans={pk: tuple(found) for pk, found in spans.items()},
        claims={pk: tuple(ids) for pk, ids in claims.items()},
        missing={pk: tuple(ids) for pk, ids in missing.items()},
        counts=Counter(row.kind for row in rows),
    )


def _with_what_people_did(
    story: Story,
    views: Mapping[int, FindingView],
    decided: Mapping[tuple[str, str], int],
) -> dict[int, FindingView]:
    """Return *views* with decisions, verdicts and whose work each is; *decided* counts how often
    each kind was confirmed and dismissed. Three queries, one more where verdicts differ."""
    decisions = {
        decision.finding_key: decision
        for decision in FindingDecision.objects.filter(story=story).select_related("made_by")
    }
    verdicts: dict[str, list[Verdict]] = defaultdict(list)
    given = Verdict.objects.unsealed().filter(story=story).select_related("author", "reviewer")
    for verdict in given.order_by("pk"):
        verdicts[verdict.finding_key].append(verdict)
    settled = _find_adjudications(story) if any(map(_differ, verdicts.values())) else {}
    assigned = _find_assignees(story)
    touched = decisions.keys() | verdicts.keys() | assigned.keys()
    done: dict[int, FindingView] = {}
    for pk, view in views.items():
        if decided:
            view = replace(
                view,
                confirmed_times=decided.get((view.kind, "confirm"), 0),
                dismissed_times=decided.get((view.kind, "dismiss"), 0),
            )
        if view.key in touched:
            decision, judged = decisions.get(view.key), verdicts.get(view.key, [])
            assigned_to, assignee = assigned.get(view.key, ("", ""))
            view = replace(
                view,
                state=state_of(decision),
                reason=reason_of(decision),
                note=decision.note if decision else "",
                decided_by=shown_name(decision.made_by) if decision else "",
                decided_at=decision.made_at if decision else None,
                verdict=", ".join(dict.fromkeys(verdict.value for verdict in judged)),
                standing=find_standing(judged, settled.get(view.key)).state,
                acts=_find_acts(decision, judged, settled.get(view.key)),
                assigned_to=assigned_to,
                assignee=assignee,
            )
        done[pk] = view
    return done


def _differ(given: Sequence[Verdict]) -> bool:
    return len({verdict.value for verdict in given}) > 1


def _find_adjudications(story: Story) -> dict[str, Adjudication]:
    rows = Adjudication.objects.filter(story=story).select_related("made_by")
    return {row.finding_key: row for row in rows}


def _find_acts(
    decision: FindingDecision | None, given: Sequence[Verdict], settled: Adjudication | None
) -> tuple[tuple[str, datetime], ...]:
    """Return who did something with a finding that counts as reviewing it, and when."""
    done = [(decision.made_by, decision.made_at)] if decision is not None else []
    done += [(verdict.author, verdict.given_at) for verdict in given]
    done += [
        (verdict.reviewer, verdict.reviewed_at)
        for verdict in given
        if verdict.reviewed_at is not None
    ]
    if settled is not None:
        done.append((settled.made_by, settled.made_at))
    return tuple((who.get_username() if who is not None else "", at) for who, at in done)


def find_mutings(story: Story, counts: Mapping[str, int]) -> tuple[Muting, ...]:
    """Return the kinds muted in *story*, with *counts* of its findings; one query.

    A kind muted in all stories is said to be so, also where the story mutes it as well.
    """
    places = MutedKind.objects.filter(Q(story=story) | Q(story=None)).select_related("muted_by")
    found: dict[str, Muting] = {}
    for row in places:
        if row.kind not in found or row.story_id is None:
            found[row.kind] = Muting(
                kind=row.kind,
                title=title_of(row.kind),
                count=counts.get(row.kind, 0),
                everywhere=row.story_id is None,
                muted_by=shown_name(row.muted_by),
                muted_at=row.muted_at,
            )
    return tuple(sorted(found.values(), key=lambda muting: muting.title))


def find_finding(story: Story, key: str) -> FindingView:
    """Return a finding with each side's words. Raises ``NoSuchFinding``.

    One that analysis no longer makes, but that people decided, judged or had, is shown from
    what was kept of it.
    """
    outlets = story.articles.filter(is_current=True).values_list("pk", "outlet__name")
    loaded = load_findings(story, dict(outlets), with_sides=True, key=key)
    for view in loaded.views.values():
        return view
    decision = (
        FindingDecision.objects.filter(story=story, finding_key=key)
        .select_related("made_by")
        .first()
    )
    try:
        kept = get_kept(story, key)
    except LookupError as error:
        raise NoSuchFinding(key) from error
    decided = _count_decisions(story)
    assigned_to, assignee = _find_assignees(story).get(key, ("", ""))
    return FindingView(
        key=key,
        kind=kept.kind,
        title=title_of(kept.kind),
        outcome="",
        severity="",
        explanation=kept.explanation,
        rule=gettext("The texts were analysed again since, and this is no longer found in them."),
        changes_if="",
        confidence=0.0,
        state=state_of(decision),
        reason=reason_of(decision),
        note=decision.note if decision else "",
        decided_by=shown_name(decision.made_by) if decision else "",
        decided_at=decision.made_at if decision else None,
        confirmed_times=decided.get((kept.kind, "confirm"), 0),
        dismissed_times=decided.get((kept.kind, "dismiss"), 0),
        group_id=None,
        assigned_to=assigned_to,
        assignee=assignee,
    )


def _find_assignees(story: Story) -> dict[str, tuple[str, str]]:
    """Return by key whose work findings are: the account, and the name shown for it."""
    rows = Assignment.objects.filter(story=story).select_related("assignee")
    return {
        row.finding_key: (row.assignee.get_username(), shown_name(row.assignee)) for row in rows
    }


def state_of(decision: FindingDecision | None) -> str:
    """Return "open", "confirmed" or "dismissed"."""
    if decision is None:
        return "open"
    return "confirmed" if decision.value == FindingDecision.Value.CONFIRM else "dismissed"


def reason_of(decision: FindingDecision | None) -> str:
    if decision is None or decision.reason is None:
        return ""
    return str(FindingDecision.Reason(decision.reason).label)


_SEVERITY = {"high": 0, "medium": 1, "low": 2}


def severity_rank(severity: str) -> int:
    """Return 0 for high, 1 for medium, 2 for low, 3 for none."""
    return _SEVERITY.get(severity, 3)


def _count_decisions(story: Story) -> dict[tuple[str, str], int]:
    """How often people confirmed and dismissed each kind, over all stories; what was tried out on
    invented ones is counted for these alone."""
    decided = FindingDecision.objects.filter(story__is_demonstration=story.is_demonstration)
    rows = decided.values_list("kind", "value").annotate(Count("pk")).order_by()
    return {(kind, value): count for kind, value, count in rows}


def _pairs(through: type, column: str, findings: QuerySet[Finding]) -> dict[int, list[int]]:
    pairs: dict[int, list[int]] = defaultdict(list)
    rows = through.objects.filter(finding__in=findings.values("pk")).order_by("pk")  # type: ignore[attr-defined]
    for finding_id, other_id in rows.values_list("finding_id", column):
        pairs[finding_id].append(other_id)
    return pairs


def mark_of(kind: str, spans: Sequence[Compared | FindingSpan], article_id: int) -> str:
    """Return how a finding's words in an article are marked.

    Detectors name the side a reader would be misled by last: there words are "added".
    """
    adds = kind in ADDING_KINDS and bool(spans) and spans[-1].article_id == article_id
    return "added" if adds else "differs"


def marks_on(claim: Claim, spans: Sequence[Compared | FindingSpan], kind: str) -> list[Mark]:
    """Return the marks of a finding's words in *claim*; none where they are all of it."""
    inside = [
        Span(max(span.start, claim.start), min(span.end, claim.end))
        for span in spans
        if span.article_id == claim.article_id and span.start < claim.end and claim.start < span.end
    ]
    if whole_words(claim.quote, inside):
        return []
    mark = mark_of(kind, spans, claim.article_id)
    return [(span, mark) for span in inside]


def sides_of(
    finding: Finding,
    claim_ids: Iterable[int],
    spans: Sequence[Compared | FindingSpan],
    claims: Mapping[int, Claim],
    outlet_of: Mapping[int, str],
) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """Return each claim's words, and words that are compared but in none of the claims."""
    sides: list[tuple[str, tuple[Piece, ...]]] = []
    shown = [claims[claim_id] for claim_id in claim_ids if claim_id in claims]
    for claim in shown:
        outlet = outlet_of.get(claim.article_id)
        if outlet is not None:
            marks = marks_on(claim, spans, finding.kind)
            sides.append((outlet, cut(claim.quote, marks, offset=claim.start)))
    for span in spans:
        inside = any(
            claim.article_id == span.article_id
            and claim.start < span.end
            and span.start < claim.end
            for claim in shown
        )
        if not inside and span.article_id in outlet_of:
            sides.append((outlet_of[span.article_id], (Piece(span.quote),)))
    return tuple(sides)
