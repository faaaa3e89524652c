from __future__ import annotations

import pytest

from apps.claims.analysis.predictions.discrepancy import predict


def label(a: str, b: str) -> str:
    (answer,) = predict(None, [{"id": "1", "a": a, "b": b}])
    return answer["label"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Seven hurt in Oslo tram crash", "Nine hurt in Oslo tram crash"),
        (
            "The ferry carried 40 people.",
            "The ferry, built in Bergen, carried 55 people on Sunday.",
        ),
        ("Mina Osei was born in Accra.", "Osei was born in Kumasi, Ghana."),
    ],
)
def test_another_number_or_name_is_another_fact(a: str, b: str):
    assert label(a, b) == "differs"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Seven hurt in Oslo tram crash", "7 hurt as tram crashes in Oslo"),
        (
            "The ferry carried more than 40 people.",
            "The ferry, built in Bergen, carried 55 people on Sunday.",
        ),
        ("Mina Osei was born in Accra.", "Osei was born in Accra, Ghana."),
    ],
)
def test_the_same_fact_in_other_words_is_the_same(a: str, b: str):
    assert label(a, b) == "same"
