"""Places: what lies in what, and adjectives of countries."""

from __future__ import annotations

from apps.claims.analysis.places import contains, find_country_of, find_place


def test_a_city_lies_in_its_country_and_region():
    assert contains("Peru", "Lima") is True
    assert contains("South America", "Lima") is True


def test_a_country_does_not_lie_in_its_neighbour():
    assert contains("Chile", "Lima") is False


def test_an_unknown_place_is_not_judged():
    assert contains("Peru", "Dunmoreville-on-Sea") is None


def test_another_name_means_the_same_place():
    assert find_place("the U.S.") == find_place("United States")


def test_people_are_told_their_country():
    assert find_country_of("Peruvians") == "Peru"
    assert find_country_of("table") == ""
