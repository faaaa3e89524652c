"""Reading back what people decided about a story, from a document of another installation.

Nothing that is here is overwritten: what is the same is left, what says otherwise is counted
and stays as it is. Reading a document twice changes nothing the second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime

from apps.articles.models import Story
from apps.claims.actions.steps import insert_as_is
from apps.claims.models import Adjudication, Comment, Evidence, FindingDecision, Verdict
from apps.claims.second_reading import name_verdicts
from apps.claims.verdict_exchange import FORMAT, Json, export_verdicts

Moment = TypeVar("Moment", date, datetime)

# What no database takes; a half of a pair is no character.
_NOT_STORED = re.compile("[\0\ud800-\udfff]")


class VerdictsRefused(ValueError):
    """The document cannot be read; the message says where and why. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """How many things were *added*, were there already (*same*), or are here but say something
    else and stay (*different*); *people* are accounts made for their authors."""

    added: int = 0
    same: int = 0
    different: int = 0
    people: tuple[str, ...] = ()


@transaction.atomic
def read_verdicts(*, story: Story, document: object) -> ReadBack:
    """Store what *document* holds about *story*, with who and when. Raises ``VerdictsRefused``.

    People are met by the names of their accounts. For those who have none here one is made
    that cannot sign in: what they decided keeps their name.
    """
    reader = _Reader(story)
    reader.read(document)
    return ReadBack(reader.added, reader.same, reader.different, tuple(reader.made))


class _Reader:
    """One document being read: what is here already, and what was counted so far."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.people: dict[str, User] = {}
        self.names: Mapping[str, Any] = {}
        self.made: list[str] = []
        self.keys: set[str] = set()
        self.added = self.same = self.different = 0
        here = export_verdicts(story, with_sealed=True)
        self.here = {finding["key"]: finding for finding in here["findings"]}

    def read(self, document: object) -> None:
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise VerdictsRefused(f"This is no document of the format {FORMAT}.")
        self.names = _get(document, "people", dict, "document")
        for number, finding in enumerate(_get(document, "findings", list, "document")):
            self._read_finding(finding, f"findings[{number}]")

    def _read_finding(self, finding: object, where: str) -> None:
        key = _get(finding, "key", str, where)
        if not 0 < len(key) <= 32 or not key.replace("-", "").replace("_", "").isalnum():
            raise VerdictsRefused(f"{where}.key: {key!r} is no key of a finding.")
        if key in self.keys:
            raise VerdictsRefused(f"{where}: {key!r} is there twice.")
        self.keys.add(key)
        here = self.here.get(key, {})
        decision = _get(finding, "decision", dict | None, where)
        if decision is not None and self._is_new(decision, here.get("decision"), where):
            self._store_decision(key, decision, f"{where}.decision")
        known = {verdict["by"]: verdict for verdict in here.get("verdicts", ())}
        verdicts = _get(finding, "verdicts", list, where)
        for number, verdict in enumerate(verdicts):
            place = f"{where}.verdicts[{number}]"
            author = _get(verdict, "by", str, place)
            if self._is_new(verdict, known.get(author), place):
                self._store_verdict(key, verdict, place)
            known.setdefault(author, verdict)
        settled = _get(finding, "adjudication", dict | None, where)
        if settled is not None and self._is_new(settled, here.get("adjudication"), where):
            self._store_adjudication(key, settled, verdicts, f"{where}.adjudication")
        told: dict[tuple[str | None, str, str], Json] = {
            (one["by"], one["at"], one["text"]): one for one in here.get("remarks", ())
        }
        for number, remark in enumerate(_get(finding, "remarks", list, where)):
            place = f"{where}.remarks[{number}]"
            name = (
                _get(remark, "by", str | None, place),
                _time(remark, "at", place).isoformat(),
                _get(remark, "text", str, place),
            )
            if self._is_new(remark, told.get(name), place):
                self._store_remark(key, remark, place)
            told.setdefault(name, remark)

    def _is_new(self, given: Json, here: Json | None, where: str) -> bool:
        """Count *given*, and say whether it is to be stored."""
        if here is None:
            self.added += 1
        elif _plain(given, where) == _plain(here, where):
            self.same += 1
        else:
            self.different += 1
        return here is None

    def _store_decision(self, key: str, given: Json, where: str) -> None:
        value = _choice(given, "value", FindingDecision.Value.values, where)
        reason = _get(given, "reason", str | None, where)
        if (value == FindingDecision.Value.DISMISS) != (reason is not None):
            raise VerdictsRefused(f"{where}.reason: a dismissal has a reason, nothing else has.")
        if reason is not None and reason.upper() not in FindingDecision.Reason.names:
            raise VerdictsRefused(f"{where}.reason: {reason!r} is none of the reasons.")
        row = FindingDecision(
            story=self.story,
            finding_key=key,
            kind=_get(given, "kind", str, where),
            value=value,
            reason=None if reason is None else FindingDecision.Reason[reason.upper()].value,
            note=_get(given, "note", str, where),
            explanation=_get(given, "explanation", str, where),
            made_by=self._person(_get(given, "by", str | None, where), where),
            made_at=_time(given, "at", where),
        )
        insert_as_is(row)

    def _store_verdict(self, key: str, given: Json, where: str) -> None:
        author = self._person(_get(given, "by", str, where), where)
        reader = self._person(_get(given, "read_by", str | None, where), where)
        evidence = _get(given, "evidence", list, where)
        if author is None or author == reader:
            raise VerdictsRefused(f"{where}: a verdict is read by somebody other than its author.")
        if not evidence:
            raise VerdictsRefused(f"{where}.evidence: a verdict needs evidence.")
        if not _get(given, "value", str, where).strip():
            raise VerdictsRefused(f"{where}.value: a verdict says something.")
        row = Verdict(
            story=self.story,
            finding_key=key,
            value=given["value"],
            words=_get(given, "words", str, where),
            note=_get(given, "note", str, where),
            explanation=_get(given, "explanation", str, where),
            is_blind=_get(given, "is_blind", bool, where),
            author=author,
            reviewer=reader,
            reviewed_at=_time_or_none(given, "read_at", where),
            given_at=_time(given, "at", where),
        )
        insert_as_is(row)
        Evidence.objects.bulk_create(
            self._evidence(row, item, f"{where}.evidence[{number}]")
            for number, item in enumerate(evidence)
        )

    def _unsaved(self, given: Json, where: str) -> Verdict:
        """Return a verdict that was read, as far as it names who says what."""
        author = self._person(_get(given, "by", str, where), where)
        return Verdict(author=author, value=_get(given, "value", str, where))

    def _evidence(self, verdict: Verdict, given: object, where: str) -> Evidence:
        url, document = _get(given, "url", str, where), _get(given, "document", str, where)
        excerpt = _get(given, "excerpt", str, where)
        if not excerpt or not (url or document) or len(url) > 2000:
            raise VerdictsRefused(f"{where}: evidence names where it is, and quotes words of it.")
        return Evidence(
            verdict=verdict,
            kind=_choice(given, "kind", Evidence.Kind.values, where),
            url=url,
            document=document,
            excerpt=excerpt,
            retrieved_on=_day(given, "retrieved_on", where),
            added_by=self._person(_get(given, "added_by", str | None, where), where),
        )

    def _store_adjudication(self, key: str, given: Json, decided: list[Json], where: str) -> None:
        """One that held there is made for the verdicts it *decided* there: where others stand
        beside them here, it says nothing about those."""
        person = self._person(_get(given, "by", str, where), where)
        verdicts = list(Verdict.objects.filter(story=self.story, finding_key=key))
        if person is None or any(verdict.author_id == person.pk for verdict in verdicts):
            raise VerdictsRefused(f"{where}: whoever gave one of the verdicts does not decide.")
        if not _get(given, "note", str, where):
            raise VerdictsRefused(f"{where}.note: it says why.")
        holds = _get(given, "holds", bool, where)
        made_for = [self._unsaved(verdict, where) for verdict in decided if holds]
        if holds and given.get("value") not in {verdict.value for verdict in made_for}:
            raise VerdictsRefused(f"{where}.value: it is none of the verdicts.")
        row = Adjudication(
            story=self.story,
            finding_key=key,
            value=_get(given, "value", str, where),
            note=given["note"],
            explanation=_get(given, "explanation", str, where),
            settled=name_verdicts(made_for),
            made_by=person,
            made_at=_time(given, "at", where),
        )
        insert_as_is(row)

    def _store_remark(self, key: str, given: Json, where: str) -> None:
        because = _get(given, "resolved_because", str, where)
        resolver = self._person(_get(given, "resolved_by", str | None, where), where)
        if not _get(given, "text", str, where) or (resolver is not None and not because):
            raise VerdictsRefused(f"{where}: a remark has words, and is resolved with a reason.")
        row = Comment(
            story=self.story,
            finding_key=key,
            text=given["text"],
            author=self._person(_get(given, "by", str | None, where), where),
            resolved_because=because,
            resolved_by=resolver,
            made_at=_time(given, "at", where),
        )
        insert_as_is(row)

    def _person(self, name: str | None, where: str) -> User | None:
        if name is None:
            return None
        if name not in self.people:
            try:
                User._meta.get_field("username").run_validators(name)
            except ValidationError as error:
                raise VerdictsRefused(f"{where}: {name!r} is no account's name.") from error
            called = _get({"name": self.names.get(name, "")}, "name", str, f"people.{name}")
            person, was_made = User.objects.get_or_create(
                username=name,
                defaults={"is_active": False, "first_name": called[:150], "password": "!"},
            )
            if was_made:
                self.made.append(name)
            self.people[name] = person
        return self.people[name]


def _plain(given: Json, where: str) -> Json:
    """Return what is compared: times by what they mean, not by how they are written."""
    plain: Json = {}
    for name, value in given.items():
        if name in ("at", "read_at") and value is not None:
            plain[name] = _time(given, name, where)
        else:
            plain[name] = value
    return plain


def _get(given: object, name: str, kind: Any, where: str) -> Any:
    if not isinstance(given, dict) or name not in given:
        raise VerdictsRefused(f"{where}: {name} is missing.")
    if not isinstance(given[name], kind):
        raise VerdictsRefused(f"{where}.{name}: {given[name]!r} is not what stands there.")
    if isinstance(given[name], str) and _NOT_STORED.search(given[name]):
        raise VerdictsRefused(f"{where}.{name}: no database takes a NUL or half a character.")
    return given[name]


def _choice(given: object, name: str, values: list[str], where: str) -> str:
    value: str = _get(given, name, str, where)
    if value not in values:
        raise VerdictsRefused(f"{where}.{name}: {value!r} is none of {', '.join(values)}.")
    return value


def _time_or_none(given: object, name: str, where: str) -> datetime | None:
    written = _get(given, name, str | None, where)
    return None if written is None else _time(given, name, where)


def _time(given: object, name: str, where: str) -> datetime:
    moment = _parsed(given, name, where, parse_datetime, "time with a zone")
    if moment.tzinfo is None:
        raise VerdictsRefused(f"{where}.{name}: {moment.isoformat()!r} is no time with a zone.")
    return moment


def _day(given: object, name: str, where: str) -> date:
    return _parsed(given, name, where, parse_date, "day")


def _parsed(
    given: object, name: str, where: str, parse: Callable[[str], Moment | None], what: str
) -> Moment:
    written: str = _get(given, name, str, where)
    try:
        moment = parse(written)
    except ValueError:
        moment = None
    if moment is None:
        raise VerdictsRefused(f"{where}.{name}: {written!r} is no {what}.")
    return moment
