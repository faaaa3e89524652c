"""Parts of pages that are drawn once for the same values, and with nothing but these."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import override

from apps.claims import drawn_parts
from apps.claims.drawn_parts import InAddresses, draw_part, forget_parts
from apps.claims.presentation import MarginMark, Piece
from apps.claims.reuse_view import PairRow, Side

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
CALL = re.compile(r'{% drawn "([^"]+)"')
APART = re.compile(r"^{# expects: [^#]*drawn apart #}")
MARK = MarginMark(
    anchor="m1",
    kind="shared",
    severity="high",
    label="also in 2 others",
    others=(("Post", "Yes."),),
)


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    forget_parts()


def _draw(mark: MarginMark = MARK) -> str:
    return draw_part("claims/_margin_marks.html", margin=(mark,), segment_id=7)


def test_the_same_values_are_drawn_once() -> None:
    first = _draw()

    assert _draw(replace(MARK)) is first
    assert "also in 2 others" in first


def test_what_differs_in_anything_is_drawn_anew() -> None:
    assert _draw() != _draw(replace(MARK, more=3))
    assert _draw() != _draw(replace(MARK, others=(("Post", "No."),)))


def test_a_difference_in_a_number_is_drawn_as_one() -> None:
    def draw(*, is_value: bool) -> str:
        side = Side("body", (Piece("40", "differs", is_value),), "/articles/7/#segment-1")
        row = PairRow("edited", left=side)
        return draw_part("claims/_pair_row.html", row=row, left=None, right=None)

    assert "mark--value" not in draw(is_value=False)
    assert "mark--value" in draw(is_value=True)


def test_each_language_has_its_own() -> None:
    first = _draw()
    with override("de"):
        other = _draw()

    assert "hoch" in other
    assert _draw() is first


def test_values_are_escaped() -> None:
    assert "<b>x" not in _draw(replace(MARK, label="<b>x"))


def test_what_was_not_used_for_longest_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = _draw()
    monkeypatch.setattr(drawn_parts, "_MOST", 1)

    _draw(replace(MARK, more=3))

    again = _draw()
    assert again == first
    assert again is not first


def test_a_part_drawn_apart_asks_for_nothing_it_is_not_given() -> None:
    called = {
        name for path in TEMPLATES.rglob("*.html") for name in CALL.findall(path.read_text("utf-8"))
    }
    apart = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if APART.search(path.read_text("utf-8"))
    }

    assert called == apart
    assert len(called) > 5
    for name in called:
        text = (TEMPLATES / name).read_text("utf-8")
        assert not re.search(r"\b(request|user|perms|csrf_token|messages)\b", text), name


def test_a_part_takes_the_name_of_a_story_not_the_story() -> None:
    assert hash(InAddresses("ferry")) == hash(InAddresses("ferry"))
    with pytest.raises(TypeError):
        draw_part("claims/_margin_marks.html", margin=[MARK], segment_id=7)  # type: ignore[arg-type]
