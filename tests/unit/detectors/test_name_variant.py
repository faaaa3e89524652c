from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import name_variant
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, said, story


def find(first: str, second: str, kind: str = "person"):
    return list(
        name_variant.find_in_story(
            story(
                article("north", said(f"{first} spoke at the harbour.", names=[(first, kind)])),
                article("south", said(f"{second} left early.", names=[(second, kind)])),
            )
        )
    )


def test_two_spellings_of_one_name():
    (finding,) = find("Marshal Dolina Quarle", "Dolena Quarle")

    assert finding.outcome is Outcome.SAME


def test_two_people_with_one_surname_are_not_one_name():
    assert find("Anna Quarle", "Peter Quarle") == []


def test_a_country_and_its_people_are_not_two_spellings():
    assert find("Bolivia", "Bolivian", kind="place") == []


def test_a_name_from_another_alphabet_is_spelt_in_two_ways():
    (finding,) = find("Naim Qassari", "Naim Kassari")

    assert finding.outcome is Outcome.SAME


def test_two_people_one_outlet_tells_apart_are_not_two_spellings():
    both = said("Jon Halder met John Halder.", names=[("Jon Halder", "person"), ("John Halder", "person")])  # fmt: skip
    other = said("John Halder left early.", names=[("John Halder", "person")])

    assert list(name_variant.find_in_story(story(article("north", both), article("south", other)))) == []  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Captain Marit Quarle", "Captain Marion Quarle", "person"),
        ("Harvane Shipping", "Harvain Shipping", "organisation"),
    ],
)
def test_a_title_or_the_rest_of_the_name_shows_that_one_is_meant(first, second, kind):
    (finding,) = find(first, second, kind)

    assert finding.outcome is Outcome.SAME


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Captain Marit Quarle", "Judge Marion Quarle", "person"),
        ("Captain Marit Quarle", "Captain Peter Quarle", "person"),
        ("Northern Shipping", "Northeast Shipping", "organisation"),
        ("Harvane Shipping", "Harvane Trading", "organisation"),
        ("Council Housing", "Councils Housing", "organisation"),
    ],
)
def test_other_titles_given_names_and_bodies_are_not_one(first, second, kind):
    assert find(first, second, kind) == []


def test_a_people_in_singular_and_plural_is_no_spelling():
    assert find("Venturan", "Venturans", kind="group") == []
