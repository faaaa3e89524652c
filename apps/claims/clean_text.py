"""Claims and findings as plain text with their sources: to be copied into a message or a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from apps.claims.apparatus import Apparatus, Entry, Judged, Variant
from apps.claims.models import Adjudication, Annotation, Verdict
from apps.claims.presentation import Column, FindingView, Piece
from apps.claims.templatetags.claims import (
    evidence_words,
    outcome_words,
    severity_words,
    state_words,
    verdict_words,
    voice_words,
    whose,
)
from config.people import shown_name


def write_apparatus(apparatus: Apparatus, *, title: str, address: str) -> str:
    """Return all of it: sources, claims in order, findings of no one claim, the address."""
    parts = [_line(title), _sources(apparatus.columns, with_sigla=True)]
    parts += [
        "\n".join([f"{entry.number}. {_line(entry.row.title)}", *_entry_lines(entry)])
        for entry in apparatus.entries
    ]
    if apparatus.story_findings:
        found = [line for judged in apparatus.story_findings for line in _finding_lines(judged)]
        parts.append("\n".join([gettext("About the story as a whole"), *found]))
    if apparatus.notes:
        notes = [line for note in apparatus.notes for line in _note_lines(note)]
        parts.append("\n".join([gettext("Notes on words"), *notes]))
    return _joined([*parts, address])


def _note_lines(note: Annotation) -> list[str]:
    """Return a note on words, its answers, and why it was resolved."""
    outlet, quote = _line(note.article.outlet.name), _line(note.quote)
    lines = [
        f"   * {outlet}: “{quote}” {_line(note.note)} ({_name(note.author)}, {_moment(note.made_at)})"
    ]
    lines += [
        f"     {_line(answer.text)} ({_name(answer.author)}, {_moment(answer.made_at)})"
        for answer in note.answers.all()
    ]
    if note.resolved_because:
        lines.append("     " + gettext("Resolved: %(why)s") % {"why": _line(note.resolved_because)})
    return lines


def write_entry(entry: Entry, columns: Sequence[Column], *, title: str, address: str) -> str:
    """Return one claim with the sources that say something in it, and its *address*."""
    said = {sigil for variant in entry.variants for sigil in variant.sigla}
    named = said | {sigil for silence in entry.silences for sigil in silence.sigla}
    return _joined(
        [
            "\n".join([_line(entry.row.title), *_entry_lines(entry)]),
            _sources([column for column in columns if column.sigil in named], with_sigla=True),
            f"{_line(title)}\n{address}",
        ]
    )


def write_finding(judged: Judged, columns: Sequence[Column], *, title: str, address: str) -> str:
    """Return one finding: what it says, both sides, decision, verdicts, sources, *address*."""
    finding = judged.finding
    outlets = {outlet for outlet, _ in finding.sides} | set(finding.missing_in)
    sides = [f"{_line(outlet)}: “{_words(pieces)}”" for outlet, pieces in finding.sides]
    if finding.missing_in:
        outlets_without = ", ".join(map(_line, finding.missing_in))
        sides.append(gettext("Not found in: %(outlets)s") % {"outlets": outlets_without})
    return _joined(
        [
            "\n".join([_kind(finding), _line(finding.explanation)]),
            "\n".join(sides),
            "\n".join(
                [gettext("Rule: %(rule)s") % {"rule": _line(finding.rule)}, *_judgement(judged)]
            ),
            _sources([column for column in columns if column.outlet in outlets], with_sigla=False),
            f"{_line(title)}\n{address}",
        ]
    )


def _entry_lines(entry: Entry) -> list[str]:
    lines = [_variant(variant) for variant in entry.variants]
    lines += [f"   {silence.label}: {' '.join(silence.sigla)}" for silence in entry.silences]
    return lines + [line for judged in entry.findings for line in _finding_lines(judged)]


def _variant(variant: Variant) -> str:
    reading = variant.reading
    value = f" [{_line(reading.value)}]" if reading.value else ""
    voice = _line(voice_words(reading))
    return f"   {' '.join(variant.sigla)}: “{_words(reading.pieces)}”{value} ({voice})"


def _finding_lines(judged: Judged) -> list[str]:
    finding = judged.finding
    about = f" {' '.join(finding.sigils)}" if finding.sigils else ""
    first = f"   * {_kind(finding)}{about}: {_line(finding.explanation)}"
    return [first, *(f"     {line}" for line in _judgement(judged))]


def _kind(finding: FindingView) -> str:
    said = [
        severity_words(finding.severity),
        outcome_words(finding.shown_outcome),
        _state(finding),
    ]
    return f"{finding.title} ({'; '.join(word for word in said if word)})"


def _state(finding: FindingView) -> str:
    return gettext("not reviewed") if finding.is_open else state_words(finding.shown_state)


def _judgement(judged: Judged) -> list[str]:
    """Return what people made of a finding, who and when."""
    finding, lines = judged.finding, []
    if finding.state != "open":
        state = state_words(finding.state)
        head = state[:1].upper() + state[1:]
        if finding.decided_by:
            head = gettext("%(state)s by %(name)s") % {
                "state": head,
                "name": _line(finding.decided_by),
            }
        when = f", {_moment(finding.decided_at)}" if finding.decided_at else ""
        why = "; ".join(_line(words) for words in (finding.reason, finding.note) if words)
        lines.append(f"{head}{when}{': ' if why else ''}{why}")
    if judged.adjudication is not None:
        lines.append(_decided(judged.adjudication))
    for verdict in judged.verdicts:
        lines += _verdict(verdict, judged)
    return lines


def _decided(adjudication: Adjudication) -> str:
    """Return which of several verdicts holds, who said so and why, on one line."""
    return gettext("Decided for “%(verdict)s” by %(name)s, %(when)s: %(why)s") % {
        "verdict": verdict_words(_line(adjudication.value)),
        "name": _name(adjudication.made_by),
        "when": _moment(adjudication.made_at),
        "why": _line(adjudication.note),
    }


def _verdict(verdict: Verdict, judged: Judged) -> list[str]:
    who = f"{_name(verdict.author)}, {_moment(verdict.given_at)}"
    if verdict.reviewer:
        who += gettext(", %(name)s agrees") % {"name": _name(verdict.reviewer)}
    value = verdict_words(_line(verdict.value))
    head = gettext("Verdict: %(verdict)s.") % {"verdict": value}
    if verdict.words:
        outlets = whose(verdict.words, judged.said)
        on = {"outlets": _line(outlets), "words": _line(verdict.words)}
        head += (
            " "
            + (gettext("On %(outlets)s: “%(words)s”.") if outlets else gettext("On: “%(words)s”."))
            % on
        )
    note = f" {_line(verdict.note)}" if verdict.note else ""
    evidence_line = gettext("Evidence: “%(words)s” %(where)s, %(kind)s, retrieved %(day)s")
    return [
        f"{head}{note} ({who})",
        *(
            evidence_line
            % {
                "words": _line(evidence.excerpt),
                "where": _line(evidence.url or evidence.document),
                "kind": evidence_words(evidence.kind),
                "day": date_format(evidence.retrieved_on),
            }
            for evidence in verdict.evidence.all()
        ),
    ]


def _sources(columns: Iterable[Column], *, with_sigla: bool) -> str:
    lines = []
    for column in columns:
        facts = [_line(column.outlet), f"“{_line(column.title)}”", column.published_label]
        if column.goes_back_to:
            facts.append(gettext("based on %(outlet)s") % {"outlet": _line(column.goes_back_to)})
        if column.url:
            facts.append(_line(column.url))
        lines.append(("   " + f"{column.sigil}  " * with_sigla) + ", ".join(facts))
    return "\n".join([gettext("Sources"), *lines]) if lines else ""


def _name(user: User | None) -> str:
    return _line(shown_name(user)) or gettext("somebody")


def _moment(moment: object) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")  # type: ignore[arg-type]


def _words(pieces: Iterable[Piece]) -> str:
    return _line("".join(piece.text for piece in pieces))


def _line(text: str) -> str:
    return " ".join(text.split())


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
