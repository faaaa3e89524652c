from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.articles.text.canonical import canonical_url, text_digest

PAGE = "https://star.example/news/bridge-falls"


@pytest.mark.parametrize(
    "variant",
    [
        "http://star.example/news/bridge-falls",
        "https://www.star.example/news/bridge-falls/",
        "HTTPS://Star.Example/news/bridge-falls",
        "https://star.example:443/news/bridge-falls#comments",
        "https://m.star.example/news/bridge-falls?utm_source=x&utm_medium=y",
        "https://amp.star.example/news/bridge-falls/amp/",
        "https://star.example/news/bridge-falls?outputType=amp",
        "https://star.example//news/bridge-falls?fbclid=abc",
        "https://www.google.com/amp/s/star.example/news/bridge-falls/amp",
        "https://star-example.cdn.ampproject.org/c/s/star.example/news/bridge-falls",
        "star.example/news/bridge-falls",
        " https://star.example/news/bridge-falls ",
        "https://star.example/news/bridge-falls/index.html",
        "https://star.example/news/bridge%2Dfalls",
    ],
)
def test_variants_of_an_address_are_one_page(variant: str) -> None:
    assert canonical_url(variant) == canonical_url(PAGE) == PAGE


@pytest.mark.parametrize(
    "other",
    [
        "https://star.example/news/bridge-falls-2",
        "https://star.example/News/bridge-falls",
        "https://star.example/news/bridge-falls?page=2",
        "https://star.example:8080/news/bridge-falls",
        "https://sport.star.example/news/bridge-falls",
        "https://star.example/news/amplifier",
        "https://star.example/",
    ],
)
def test_other_pages_stay_apart(other: str) -> None:
    assert canonical_url(other) != PAGE


def test_the_order_of_parameters_does_not_matter() -> None:
    assert canonical_url("https://a.example/x?b=2&a=1") == canonical_url(
        "https://a.example/x?a=1&b=2"
    )


@pytest.mark.parametrize(
    "text",
    ["", "not an address", "mailto:a@b.example", "ftp://star.example/x", "http://[::1", "https://"],
)
def test_what_is_no_web_address_comes_back_as_it_is(text: str) -> None:
    assert canonical_url(f" {text} ") == text


@given(
    st.one_of(
        st.text(), st.text().map("https://a.example/".__add__), st.text().map("https://".__add__)
    )
)
def test_a_canonical_address_is_canonical(text: str) -> None:
    once = canonical_url(text)

    assert canonical_url(once) == once


def test_a_digest_changes_with_one_character() -> None:
    assert text_digest("a b") != text_digest("a  b")
    assert text_digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert len(text_digest("\ud800")) == 64
