"""What people decided about a story as one document that another installation reads back.

It holds everything people said about findings, with who and when: verdicts with their
evidence and second readers, what was decided between them, confirmations, dismissals and
remarks. Findings are named by key, which is the same wherever the same words are found.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from apps.articles.models import Story
from apps.claims.analysis.naming import shorten
from apps.claims.finding_sides import Sides, load_sides
from apps.claims.models import (
    Adjudication,
    Comment,
    Evidence,
    Finding,
    FindingDecision,
    Verdict,
)
from apps.claims.second_reading import find_standing, is_sealed

FORMAT = "variorum-verdicts/1"

Json = dict[str, Any]


def export_verdicts(story: Story, *, with_sealed: bool = False) -> Json:
    """Return what people decided about *story*, in the order of its findings; eleven queries.

    Verdicts that are still to be read blind are in it only *with_sealed*, and what was ever
    decided about them: whoever reads the document would have read them. Times are ISO 8601, in UTC.
    """
    verdicts = _by_key(
        Verdict.objects.filter(story=story)
        .select_related("author", "reviewer")
        .prefetch_related("evidence__added_by")
        .order_by("pk")
    )
    sealed: set[str] = set()
    if not with_sealed:
        sealed = {key for key, given in verdicts.items() if is_sealed(given[0], given)}
        verdicts = {key: given for key, given in verdicts.items() if key not in sealed}
    decisions = _by_key(FindingDecision.objects.filter(story=story).select_related("made_by"))
    settled = _by_key(
        Adjudication.objects.filter(story=story)
        .exclude(finding_key__in=sealed)
        .select_related("made_by")
    )
    remarks = _by_key(
        Comment.objects.filter(story=story, annotation__isnull=True)
        .select_related("author", "resolved_by")
        .order_by("made_at", "pk")
    )
    findings = {row.key: row for row in Finding.objects.filter(story=story)}
    keys = {key for rows in (verdicts, decisions, settled, remarks) for key in rows if rows[key]}
    ordered = sorted(
        keys, key=lambda key: (findings[key].position if key in findings else len(findings), key)
    )
    people: dict[str, str] = {}
    sides = load_sides(findings[key] for key in ordered if key in findings)
    exported = [
        {
            "key": key,
            **_finding(findings.get(key)),
            "compared": _compared(sides[findings[key].pk]) if key in findings else [],
            "decision": _decision(decisions[key][0], people) if key in decisions else None,
            "verdicts": [_verdict(verdict, people) for verdict in verdicts.get(key, ())],
            "adjudication": _adjudication(settled[key][0], verdicts.get(key, ()), people)
            if key in settled
            else None,
            "standing": _standing(verdicts.get(key, ()), settled.get(key, ())),
            "remarks": [_remark(remark, people) for remark in remarks.get(key, ())],
        }
        for key in ordered
    ]
    return {
        "format": FORMAT,
        "story": {"slug": story.slug, "title": story.title},
        "people": dict(sorted(people.items())),
        "findings": exported,
    }


def render_verdicts(document: Json) -> str:
    """Return *document* as it is written to a file."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _by_key(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.finding_key].append(row)
    return found


def _compared(sides: Sides) -> list[Json]:
    """Return the words a finding compares, with their outlets."""
    return [
        {"outlet": outlet, "words": "".join(piece.text for piece in pieces)}
        for outlet, pieces in sides
    ]


def _finding(finding: Finding | None) -> Json:
    """A finding that analysis no longer makes has no kind, only what people said of it."""
    if finding is None:
        return {"kind": None, "severity": None, "outcome": None, "explanation": None, "rule": None}
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "outcome": finding.outcome,
        "explanation": finding.explanation,
        "rule": finding.rule,
    }


def _decision(decision: FindingDecision, people: dict[str, str]) -> Json:
    reason = decision.reason
    return {
        "kind": decision.kind,
        "value": decision.value,
        "reason": None if reason is None else FindingDecision.Reason(reason).name.lower(),
        "note": decision.note,
        "explanation": decision.explanation,
        "by": _name(decision.made_by, people),
        "at": _time(decision.made_at),
    }


def _verdict(verdict: Verdict, people: dict[str, str]) -> Json:
    return {
        "value": verdict.value,
        "words": verdict.words,
        "note": verdict.note,
        "explanation": verdict.explanation,
        "is_blind": verdict.is_blind,
        "by": _name(verdict.author, people),
        "at": _time(verdict.given_at),
        "read_by": _name(verdict.reviewer, people),
        "read_at": _time(verdict.reviewed_at),
        "evidence": [_evidence(item, people) for item in verdict.evidence.all()],
    }


def _evidence(evidence: Evidence, people: dict[str, str]) -> Json:
    return {
        "kind": evidence.kind,
        "url": evidence.url,
        "document": evidence.document,
        "excerpt": evidence.excerpt,
        "retrieved_on": evidence.retrieved_on.isoformat(),
        "added_by": _name(evidence.added_by, people),
    }


def _adjudication(
    settled: Adjudication, verdicts: Sequence[Verdict], people: dict[str, str]
) -> Json:
    """*holds* says whether it was made for the verdicts as they are."""
    return {
        "value": settled.value,
        "note": settled.note,
        "explanation": settled.explanation,
        "holds": find_standing(verdicts, settled).state == "settled",
        "by": _name(settled.made_by, people),
        "at": _time(settled.made_at),
    }


def _standing(verdicts: Sequence[Verdict], settled: Sequence[Adjudication]) -> Json:
    standing = find_standing(verdicts, next(iter(settled), None))
    return {"state": standing.state, "value": standing.value or None}


def _remark(remark: Comment, people: dict[str, str]) -> Json:
    return {
        "text": remark.text,
        "by": _name(remark.author, people),
        "at": _time(remark.made_at),
        "resolved_because": remark.resolved_because,
        "resolved_by": _name(remark.resolved_by, people),
    }


def _name(user: User | None, people: dict[str, str]) -> str | None:
    """Return the account's name, and keep what people call it in *people*."""
    if user is None:
        return None
    people[user.get_username()] = user.get_full_name()
    return user.get_username()


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


# --- as a table ------------------------------------------------------------------------------

CSV_COLUMNS = (
    "story",
    "finding",
    "kind",
    "severity",
    "outcome",
    "explanation",
    "compared",
    "judged",
    "verdict",
    "note",
    "author",
    "given_at",
    "second_reader",
    "read_at",
    "evidence",
    "standing",
    "holds",
    "decided_by",
    "decided_at",
    "decided_because",
    "finding_decision",
    "finding_decision_by",
    "finding_decision_at",
    "finding_decision_note",
    "remarks",
)
# What a spreadsheet takes for the beginning of a formula.
_SIGNS = "=+\\-@＝＋－＠"
_FORMULA = re.compile(rf"[\t\r\n]|\s*[{_SIGNS}]")
# Matches what stands before the sign in "40; =1+1", "40;\"=1+1", "a line\n-1"; not in "40 =1+1".
# Where a semicolon parts cells, as in much of Europe, a spreadsheet begins anew behind it.
_NEXT_CELL = re.compile(rf'([;\r\n](?:[^\S\r\n]|")*)(?=[{_SIGNS}])')


def csv_rows(document: Json) -> list[list[str]]:
    """Return a line for each verdict of *document*, after the one that names the columns.

    What a spreadsheet would calculate has an apostrophe before it.
    """
    rows = [list(CSV_COLUMNS)]
    for finding in document["findings"]:
        for verdict in finding["verdicts"]:
            cells = _cells(document["story"]["slug"], finding, verdict)
            rows.append([as_plain_cell(cells[column]) for column in CSV_COLUMNS])
    return rows


def as_plain_cell(value: object) -> str:
    """Return *value* as a cell that no spreadsheet calculates; None is empty."""
    text = "" if value is None else str(value)
    # Some look past white space at the beginning.
    begins = "'" if _FORMULA.match(text) else ""
    return begins + _NEXT_CELL.sub(r"\1'", text)


def _cells(story: str, finding: Json, verdict: Json) -> Mapping[str, object]:
    decision, settled = finding["decision"] or {}, finding["adjudication"] or {}
    if not settled.get("holds"):
        settled = {}
    return {
        "story": story,
        "finding": finding["key"],
        "kind": finding["kind"],
        "severity": finding["severity"],
        "outcome": finding["outcome"],
        "explanation": finding["explanation"] or verdict["explanation"],
        "compared": "\n".join(f"{side['outlet']}: {side['words']}" for side in finding["compared"]),
        "judged": verdict["words"],
        "verdict": verdict["value"],
        "note": verdict["note"],
        "author": verdict["by"],
        "given_at": verdict["at"],
        "second_reader": verdict["read_by"],
        "read_at": verdict["read_at"],
        "evidence": "\n".join(
            f"{item['kind']}: “{item['excerpt']}” {item['url'] or item['document']}"
            f" ({item['retrieved_on']})"
            for item in verdict["evidence"]
        ),
        "standing": finding["standing"]["state"],
        "holds": finding["standing"]["value"],
        "decided_by": settled.get("by"),
        "decided_at": settled.get("at"),
        "decided_because": settled.get("note"),
        "finding_decision": decision.get("value"),
        "finding_decision_by": decision.get("by"),
        "finding_decision_at": decision.get("at"),
        "finding_decision_note": "; ".join(
            filter(None, (decision.get("reason"), decision.get("note")))
        ),
        "remarks": "\n".join(
            f"{remark['by'] or ''} {remark['at']}: {shorten(remark['text'], length=500)}"
            for remark in finding["remarks"]
        ),
    }
