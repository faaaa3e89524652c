"""Sentences kept in English are shown in the reader's language, whole or part by part."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from apps.articles.models import ROLE_CHOICES
from apps.articles.phrases import is_phrase, say
from apps.articles.text.cues import read_cues
from apps.articles.text.origins import find_origins
from apps.articles.text.reuse import OriginInput
from apps.articles.text.types import Role
from apps.claims.analysis.detectors import DETECTORS
from apps.claims.finding_titles import EXPLANATIONS, TITLES

ROOT = Path(__file__).resolve().parent.parent.parent
# Where the parts of a page are labelled: their sentences begin small and have no signs of patterns.
LABELLING = (
    "back", "footers", "front", "furniture", "items", "pictures", "roles", "tail", "topics",
    "visitors",
)  # fmt: skip
REFUSING = ("ArticleRejected", "Rejection")
# Stands for whatever the code puts in: a figure fits where a name does, not the reverse.
VALUE = "7"


def _trees(folder: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _sentences(node: ast.AST) -> Iterator[str]:
    """Yield what a literal says, something put in for what it leaves open; both ends of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _sentences(node.body)
        yield from _sentences(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        said = [""]
        for value in node.values:
            inner = value.value if isinstance(value, ast.FormattedValue) else value
            ways = list(_sentences(inner)) or [VALUE]
            said = [before + way for before in said for way in ways]
        yield from said


def _refusals() -> Iterator[tuple[str, str]]:
    for folder in ("apps/articles", "apps/claims"):
        for name, tree in _trees(folder):
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSING:
                    for sentence in _sentences(node.args[-1]) if node.args else ():
                        yield name, sentence


def test_every_reason_not_to_read_something_can_be_said_in_another_language() -> None:
    # A kind of file is a phrase of its own.
    found = [(name, said.replace("This is 7", "This is a PDF")) for name, said in _refusals()]

    assert len(found) > 30
    assert [pair for pair in found if " " in pair[1] and not is_phrase(pair[1])] == []


def test_every_kind_of_file_that_is_no_text_can_be_said_in_another_language() -> None:
    decoding = importlib.import_module("apps.articles.importers.decoding")

    assert [kind for _, kind in decoding._FORMATS if not is_phrase(kind)] == []


def test_every_reason_for_the_part_of_a_page_can_be_said_in_another_language() -> None:
    found = []
    for name in LABELLING:
        path = ROOT / "apps/articles/text" / f"{name}.py"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
                  for part in ast.walk(node) if part is not node}  # fmt: skip
        lists = {id(node.func.value) for node in ast.walk(tree) if isinstance(node, ast.Call)
                 and isinstance(node.func, ast.Attribute)}  # fmt: skip
        for node in ast.walk(tree):
            if id(node) in inside | lists or not isinstance(node, ast.Constant | ast.JoinedStr):
                continue
            found += [(name, said) for said in _sentences(node) if _is_reason(said)]

    assert len(found) > 80
    assert [pair for pair in found if not is_phrase(pair[1])] == []


def _is_reason(said: str) -> bool:
    """Whether a literal is a sentence for readers: small, of several words, not a pattern or a docstring."""
    words = said.replace(VALUE, "").split()
    return (
        len(words) > 2
        and said[0].islower()
        and not set("\\[](){}|^$*?+\n") & set(said)
        and not said.endswith(".")
    )


def test_every_evidence_of_a_common_origin_can_be_said_in_another_language() -> None:
    text = " ".join(f"word{number}" for number in range(90))
    quote = "“We have never seen the harbour frozen as hard as this in my life,” she said."
    articles = [
        OriginInput("1", f"ROME (Reuters) - {text}. {quote}", "Echo", "2025-03-01"),
        OriginInput("2", f"ROME (Reuters) - {text}. {quote}", "Post", "2025-03-02"),
        OriginInput("3", f"Nothing like it was told before. {quote}", "Mail", "2025-03-02"),
        OriginInput("4", "Nobody saw a thing on the quay.", "Star", "2025-03-02"),
    ]

    reasons = [origin.reason for origin in find_origins(articles, [])]

    assert len(reasons) == 3
    assert [reason for reason in reasons if not is_phrase(reason)] == []


def test_every_meaning_of_a_cue_can_be_said_in_another_language() -> None:
    assert [cue.meaning for cue in read_cues() if not is_phrase(cue.meaning)] == []


def test_every_title_of_a_finding_is_marked_for_translation() -> None:
    assert [detector.title for detector in DETECTORS] == list(TITLES)
    assert [detector.explanation for detector in DETECTORS] == list(EXPLANATIONS)


def test_every_doubt_that_is_left_to_a_person_can_be_said_in_another_language() -> None:
    found: set[str] = set()
    for _, tree in _trees("apps/claims/analysis"):
        named = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            doubts: list[ast.AST] = []
            if isinstance(node, ast.keyword) and node.arg in ("doubt", "needs_person"):
                doubts = [node.value]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Candidate":
                doubts = node.args[3:4]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_ask":
                doubts = node.args[1:2]
            elif isinstance(node, ast.FunctionDef) and node.name == "weakest_link":
                doubts = [
                    one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value
                ]
            for doubt in doubts:
                place = named.get(doubt.id, doubt) if isinstance(doubt, ast.Name) else doubt
                found.update(filter(None, _sentences(place)))

    assert len(found) > 16
    assert [said for said in found if not is_phrase(said)] == []


def test_every_act_that_can_be_undone_can_be_said_in_another_language() -> None:
    found = []
    for name, tree in _trees("apps/claims/actions"):
        for node in ast.walk(tree):
            labels: list[ast.AST] = []
            if isinstance(node, ast.Assign):
                labels = [
                    value
                    for target in node.targets
                    for one, value in _pairs(target, node.value)
                    if getattr(one, "id", "") == "label"
                ]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "remember":
                labels = node.args[2:3]
            found += [(name, said) for label in labels for said in _sentences(label)]

    # What begins with a verb of several stands among the examples below.
    told = [(name, said) for name, said in found if not said.startswith(VALUE)]
    assert len(told) > 12
    assert [pair for pair in told if not is_phrase(_quoted(pair[1]))] == []


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value


def _quoted(label: str) -> str:
    """Return a label with what the code puts in for its parts: quoted words, a role, a kind."""
    label = label.replace("Muted 7", "Muted in this story")
    if label.startswith(("Labelled", "Muted", "Shown again")):
        return label.removesuffix(VALUE) + ("caption" if "Labelled" in label else "Single source")
    if label.startswith(("Left to", "Confirmed the row")):
        return label.replace(VALUE, f"“{VALUE}”")
    return label


def test_every_role_of_a_part_has_a_name_readers_understand() -> None:
    assert [value for value, _ in ROLE_CHOICES] == [role.value for role in Role]


@pytest.mark.parametrize(
    "said",
    [
        "names where a picture comes from: “photo by”",
        "ends with a picture credit and speaks of a picture; stands beside another caption",
        "text of the report; repeats an earlier part of the page",
        "18 runs of five words outside quotations are the same in the same order (58% of the "
        "Courier, Lisse), 30 words on end, 3 sentences are copies or edited copies; the Courier, "
        "Lisse was published first",
        "Read as UTF-16. 2 bytes were not valid UTF-8 and shown as �.",
        "113 runs of five words outside quotations are the same (48% of Echo), 24 words on end; Echo "
        "is named as the source by Post and Herald",
        "3 sentences are copies or edited copies; only Echo itself marks the text as its own",
        "both count people rescued",
        "Muted in this story: Numbers conflict",
        "Confirmed: 60 against 64",
        "Dismissed: 60 against 64",
        "Kept together: “60 were rescued” and “dozens were saved”",
        "Kept apart: “60 were rescued” and “dozens were saved”",
        "Left to analysis: “60 were rescued” and “dozens were saved”, with 2 more",
        "Split off: “60 were rescued” and 2 more",
        "Taken out of its row: “60 were rescued”",
        "Merged the row of “60 were rescued” to “dozens were saved”",
        "Split off: “Ferry aground” and 3 more",
        "Moved to “The ferry”: “Ferry aground”",
        "Verdict “supported”: 60 against 64",
        "Verdict “our own word”: 60 against 64",
        "Labelled “Photo: Ana Roe” as other story",
        "Moved “60 were rescued” and 2 more to “dozens were saved”",
    ],
)
def test_a_sentence_made_of_several_phrases_is_known(said: str) -> None:
    assert is_phrase(said)


@pytest.mark.parametrize(
    "said", ["", "The harbour froze.", "Muted in this story: Nobody knows", "Dolsk; Merrow"]
)
def test_what_no_phrase_fits_stays_as_it_is(said: str) -> None:
    with translation.override("de"):
        assert say(said) == said


def test_phrases_stand_in_phrases_but_not_without_end() -> None:
    two = "asks for money or support and offers help: “Give”"
    endless = "offers help and " * 2000 + "offers help"

    with translation.override("de"):
        assert say(two) != two
        assert say(endless) == endless


def test_english_readers_get_the_sentence_as_it_was_kept() -> None:
    assert say("the same sentence, edited") == "the same sentence, edited"
