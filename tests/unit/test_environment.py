"""Environment variables are read strictly: nonsense stops the start instead of becoming a guess."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import read_choice, read_flag, read_list, read_number, read_required


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("Yes", True), ("off", False), ("0", False)]
)
def test_a_flag_is_read_in_any_usual_spelling(
    monkeypatch: pytest.MonkeyPatch, written: str, meant: bool
) -> None:
    monkeypatch.setenv("SOME_FLAG", written)

    assert read_flag("SOME_FLAG", default=not meant) is meant


def test_an_empty_flag_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_FLAG", "")

    assert read_flag("SOME_FLAG", default=True) is True


def test_a_misspelt_flag_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_FLAG", "ture")

    with pytest.raises(ImproperlyConfigured, match="SOME_FLAG='ture'"):
        read_flag("SOME_FLAG", default=False)


@pytest.mark.parametrize("written", ["0", "101", "ten", "1.5", "-3"])
def test_a_number_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("SOME_NUMBER", written)

    with pytest.raises(ImproperlyConfigured, match="from 1 to 100"):
        read_number("SOME_NUMBER", default=5, lowest=1, highest=100)


def test_a_list_has_no_empty_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_LIST", "north.example, ,south.example,")

    assert read_list("SOME_LIST") == ["north.example", "south.example"]


def test_an_unknown_choice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_CHOICE", "blue")

    with pytest.raises(ImproperlyConfigured, match="red, green"):
        read_choice("SOME_CHOICE", choices=("red", "green"), default="red")


def test_a_missing_variable_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOME_SECRET", raising=False)

    with pytest.raises(ImproperlyConfigured, match="because of this"):
        read_required("SOME_SECRET", why="because of this")
