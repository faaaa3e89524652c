"""Nothing an article may hold stops the pipeline, and every span stays exact.

``benchmarks/odd_inputs.py`` sends many thousands more.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from apps.articles.text.language import load_pipeline

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from odd_pipeline import compare_texts, find_inexact
from odd_texts import SHAPES, make_odd_text


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize("length", [30, 500])
def test_two_odd_articles_make_a_story_with_exact_spans(shape, length):
    texts = [make_odd_text(shape, number, length=length) for number in (1, 2)]

    comparison, _ = compare_texts(load_pipeline(), texts)

    assert list(find_inexact(comparison)) == []
    assert [article.text for article in comparison.articles] == [_stored(text) for text in texts]


def test_the_same_odd_text_twice_is_one_story_told_twice():
    text = make_odd_text("mixture", 3, length=800)

    comparison, _ = compare_texts(load_pipeline(), [text, text])

    assert list(find_inexact(comparison)) == []


@pytest.mark.parametrize("texts", [["", ""], ["", "The ferry sank at dawn."], ["\n", "“"]])
def test_an_empty_article_is_no_error(texts):
    comparison, _ = compare_texts(load_pipeline(), texts)

    assert list(find_inexact(comparison)) == []


def test_odd_texts_are_the_same_every_time():
    assert [make_odd_text(shape, 5, length=90) for shape in SHAPES] == [
        make_odd_text(shape, 5, length=90) for shape in SHAPES
    ]


def _stored(text: str) -> str:
    """Half a surrogate pair can be stored nowhere; it is read as U+FFFD."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def test_a_line_of_long_numbers_is_labelled_at_once():
    text = "9:45 pm 12 " + "9" * 40 + " x"
    began = time.process_time()

    compare_texts(load_pipeline(), [text, "The ferry sank at 9:15 on 3 May 2031."])

    assert time.process_time() - began < 5
