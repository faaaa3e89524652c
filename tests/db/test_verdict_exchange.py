"""Verdicts as a file: nothing lost, nothing doubled, nothing calculated by a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.articles.models import Story
from apps.claims.actions import (
    adjudicate,
    comment,
    decide_finding,
    give_verdict,
    read_verdicts,
    resolve_comment,
    review_verdict,
    undo_last,
)
from apps.claims.actions.reading_verdicts import VerdictsRefused
from apps.claims.finding_history import build_history
from apps.claims.models import (
    Adjudication,
    Annotation,
    Comment,
    FindingDecision,
    UndoStep,
    Verdict,
)
from apps.claims.verdict_exchange import as_plain_cell, csv_rows, export_verdicts
from tests.db.stories import (
    RECORD,
    claim_of,
    judge,
    make_article,
    make_finding,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


_KEYS = ("aboard", "sank")


def _story() -> Story:
    story = make_story()
    north = make_article(story, "North Post", ["The ferry carried 40 people.", "It sank."])
    south = make_article(story, "South Mail", ["The ferry carried 60 people."], hours=1)
    group = make_row(story, [claim_of(north), claim_of(south)])
    both = [claim_of(north), claim_of(south)]
    make_finding(story, group, both, key="aboard", words=["40", "60"])
    make_finding(story, group, both, key="sank")
    make_finding(story, group, both, key="untouched")
    return story


@pytest.fixture
def story():
    """Everything people can say about findings, said once."""
    story = _story()
    wanda, otto, ida = make_user("wanda"), make_user("otto"), make_user("ida")
    wanda.first_name = "Wanda Wells"
    wanda.save()
    more = {"story": story, "finding_key": "aboard", "evidence": [RECORD]}
    give_verdict(
        **more,
        value="disputed",
        note="Two lists.",
        words="The ferry carried 60 people.",
        user=wanda,
    )
    give_verdict(**more, value="supported", user=otto)
    adjudicate(story=story, finding_key="aboard", value="supported", note="The log.", user=ida)
    once = give_verdict(
        story=story, finding_key="sank", value="unverifiable", evidence=[RECORD, RECORD], user=ida
    )
    review_verdict(verdict=once, user=otto)
    decide_finding(
        story=story, finding_key="sank", value="dismiss", reason=2, note="small", user=otto
    )
    remark = comment(story=story, finding_key="gone", text="Called the port.", user=wanda)
    resolve_comment(remark=remark, because="They called back.", user=otto)
    return story


def _empty(story: Story) -> None:
    """Forget what people did, as another installation never knew it."""
    for model in (Adjudication, Verdict, FindingDecision, Comment, Annotation, UndoStep):
        model.objects.all().delete()
    User.objects.all().delete()


def _written(story: Story) -> dict[str, object]:
    return json.loads(json.dumps(export_verdicts(story, with_sealed=True)))


# --- there and back --------------------------------------------------------------------------


def test_what_is_written_is_read_back_without_loss(story):
    document = _written(story)
    _empty(story)

    done = read_verdicts(story=story, document=document)

    assert _written(story) == document
    assert (done.added, done.same, done.different) == (6, 0, 0)
    assert set(done.people) == {"wanda", "otto", "ida"}


def test_history_tells_what_was_read_back_once(story):
    ida = User.objects.get(username="ida")
    comment(story=story, finding_key="sank", text="Still open.", user=ida)
    elsewhere = make_story("The same ferry, elsewhere")

    read_verdicts(story=elsewhere, document=_written(story))

    acts = {key: [act.what for act in build_history(elsewhere, key, ida)] for key in _KEYS}
    assert sorted(acts["sank"]) == [
        "dismissed it: Trivial difference",
        "gave the verdict “unverifiable”",
        "remarked",
    ]
    assert acts["aboard"].count("decided for “supported”") == 1


def test_reading_twice_changes_nothing(story):
    document = _written(story)
    _empty(story)
    read_verdicts(story=story, document=document)

    again = read_verdicts(story=story, document=document)

    assert (again.added, again.same, again.different) == (0, 6, 0)
    assert again.people == ()
    assert _written(story) == document


def test_who_has_no_account_here_gets_one_that_cannot_sign_in(story):
    document = _written(story)
    _empty(story)

    read_verdicts(story=story, document=document)

    wanda = User.objects.get(username="wanda")
    assert not wanda.is_active
    assert not wanda.has_usable_password()
    assert wanda.get_full_name() == "Wanda Wells"


def test_what_says_something_else_here_stays_and_is_counted(story):
    document = _written(story)
    Verdict.objects.filter(author__username="wanda").update(note="Three lists by now.")

    done = read_verdicts(story=story, document=document)

    assert (done.added, done.different) == (0, 1)
    assert Verdict.objects.get(author__username="wanda").note == "Three lists by now."


def test_when_things_were_decided_comes_along(story):
    earlier = datetime(2031, 5, 7, 9, 30, tzinfo=UTC)
    Verdict.objects.update(given_at=earlier)
    document = _written(story)
    _empty(story)

    read_verdicts(story=story, document=document)

    assert {verdict.given_at for verdict in Verdict.objects.all()} == {earlier}


def test_a_decision_between_verdicts_that_no_longer_holds_does_not_hold_here(story):
    Verdict.objects.filter(author__username="wanda").update(value="missing context")
    document = _written(story)
    _empty(story)

    read_verdicts(story=story, document=document)

    assert _written(story) == document
    (aboard, *_) = document["findings"]
    assert aboard["standing"] == {"state": "differ", "value": None}


def test_a_decision_between_verdicts_says_nothing_about_one_that_only_stands_here(story):
    document = _written(story)
    _empty(story)
    dora = make_user("dora")
    judge(story, dora, "unverifiable")

    read_verdicts(story=story, document=document)

    (aboard, *_) = _written(story)["findings"]
    assert len(aboard["verdicts"]) == 3
    assert aboard["standing"] == {"state": "differ", "value": None}


def test_what_is_to_be_read_blind_leaves_only_with_everything(story):
    Verdict.objects.filter(finding_key="sank").update(is_blind=True, reviewer=None)

    shown = {f["key"]: f["verdicts"] for f in export_verdicts(story)["findings"]}
    whole = {f["key"]: f["verdicts"] for f in _written(story)["findings"]}

    assert shown["sank"] == []
    assert len(whole["sank"]) == 1
    assert len(shown["aboard"]) == 2


def test_untouched_findings_are_not_in_it_and_those_gone_are(story):
    keys = [finding["key"] for finding in _written(story)["findings"]]

    assert keys == ["aboard", "sank", "gone"]


def _broken(document, *path, value):
    copy = deepcopy(document)
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copy


VERDICT = ("findings", 0, "verdicts", 0)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("format",), "variorum/1", "format"),
        (("findings",), None, "findings"),
        (("findings", 0, "key"), "../etc", "no key"),
        ((*VERDICT, "evidence"), [], "needs evidence"),
        ((*VERDICT, "by"), "a b", "no account"),
        ((*VERDICT, "by"), 7, "not what stands there"),
        ((*VERDICT, "read_by"), "wanda", "other than its author"),
        ((*VERDICT, "at"), "yesterday", "no time"),
        ((*VERDICT, "by"), "w" * 151, "no account"),
        ((*VERDICT, "note"), "a\ud800b", "NUL"),
        (("people", "wanda"), "Wanda\0", "NUL"),
        (("findings", 0, "adjudication", "value"), "unverifiable", "none of the verdicts"),
        ((*VERDICT, "at"), "2031-05-07T09:30:00", "no time"),
        ((*VERDICT, "note"), "a\0b", "NUL"),
        ((*VERDICT, "evidence", 0, "kind"), "hearsay", "none of"),
        ((*VERDICT, "evidence", 0, "retrieved_on"), "2031-02-30", "no day"),
        (("findings", 0, "adjudication", "by"), "wanda", "does not decide"),
        (("findings", 0, "adjudication", "note"), "", "says why"),
        (("findings", 1, "decision", "reason"), None, "a reason"),
        (("findings", 1, "decision", "reason"), "because", "none of the reasons"),
    ],
)
def test_a_document_that_breaks_the_rules_is_refused_whole(story, path, value, says):
    document = _broken(_written(story), *path, value=value)
    _empty(story)

    with pytest.raises(VerdictsRefused, match=says):
        read_verdicts(story=story, document=document)

    assert not Verdict.objects.exists() and not User.objects.exists()


@pytest.mark.parametrize("path", [VERDICT, ("findings", 1, "decision")])
def test_a_day_that_is_none_is_refused_also_beside_what_is_here(story, path):
    document = _broken(_written(story), *path, "at", value="2031-02-30T09:30:00+00:00")

    with pytest.raises(VerdictsRefused, match="no time"):
        read_verdicts(story=story, document=document)


def test_a_finding_or_verdict_that_is_there_twice_is_not_stored_twice(story):
    document = _written(story)
    _empty(story)
    first = document["findings"][0]
    twice = {**document, "findings": [{**first, "verdicts": first["verdicts"][:1] * 2}]}
    twice["findings"][0]["adjudication"] = None

    done = read_verdicts(story=story, document=twice)

    assert (done.added, done.same) == (1, 1)
    with pytest.raises(VerdictsRefused, match="twice"):
        read_verdicts(story=story, document={**document, "findings": [first, first]})


def test_commands_write_and_read(story, tmp_path: Path, capsys):
    file = tmp_path / "verdicts.json"
    call_command("export_verdicts", story.slug, "--output", str(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    _empty(story)
    capsys.readouterr()

    call_command("import_verdicts", str(file))
    first = capsys.readouterr().out
    call_command("import_verdicts", str(file), "--story", story.slug)

    assert "6 added" in first and "which cannot sign in: " in first
    assert "0 added, 6 were here already" in capsys.readouterr().out
    assert _written(story) == document


@pytest.mark.parametrize(
    ("content", "more", "says"),
    [
        ("no json", [], "no JSON"),
        ("{}", [], "no story"),
        ('{"story": {"slug": "elsewhere"}}', [], "elsewhere"),
        ("[]", ["--story", "story-1"], "no document"),
    ],
)
def test_a_file_that_is_none_is_said(story, tmp_path: Path, content, more, says):
    file = tmp_path / "verdicts.json"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=says):
        call_command("import_verdicts", str(file), *more)


def test_what_was_read_back_is_nobody_s_act_to_undo(story):
    document = _written(story)
    _empty(story)
    read_verdicts(story=story, document=document)

    with pytest.raises(ValueError, match="nothing"):
        undo_last(story=story, user=User.objects.get(username="wanda"))


# --- as a table ------------------------------------------------------------------------------


def test_the_table_has_a_line_for_each_verdict_with_who_and_when(story):
    rows = csv_rows(export_verdicts(story))
    lines = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

    assert [(line["finding"], line["author"], line["verdict"]) for line in lines] == [
        ("aboard", "wanda", "disputed"),
        ("aboard", "otto", "supported"),
        ("sank", "ida", "unverifiable"),
    ]
    assert lines[0]["standing"] == "settled" and lines[0]["holds"] == "supported"
    assert (lines[0]["decided_by"], lines[0]["decided_because"]) == ("ida", "The log.")
    assert lines[2]["second_reader"] == "otto" and lines[2]["read_at"]
    assert "40 passengers" in lines[0]["evidence"]
    assert lines[0]["judged"] == "The ferry carried 60 people."
    assert lines[2]["finding_decision_note"] == "trivial; small"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("＝1+1", "'＝1+1"),
        ("forty; =1+1", "forty; '=1+1"),
        ("forty;=1+1;-2", "forty;'=1+1;'-2"),
        ('forty;"=1+1"', 'forty;"\'=1+1"'),
        ("forty\n=1+1", "forty\n'=1+1"),
        ("forty\n  - or more", "forty\n  '- or more"),
        ("forty; fifty - or more", "forty; fifty - or more"),
        ("forty, =1+1", "forty, =1+1"),
        ("1 = 1", "1 = 1"),
        ("an e-mail@example.org", "an e-mail@example.org"),
        (None, ""),
    ],
)
def test_no_cell_is_a_formula(value, cell):
    assert as_plain_cell(value) == cell


def test_line_breaks_and_quotes_survive_the_table(story):
    Verdict.objects.filter(author__username="wanda").update(note='He said "40",\nthen 60; both')
    text = io.StringIO()
    csv.writer(text).writerows(csv_rows(export_verdicts(story)))
    text.seek(0)

    line = next(row for row in csv.DictReader(text) if row["author"] == "wanda")

    assert line["note"] == 'He said "40",\nthen 60; both'
