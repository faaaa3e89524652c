"""Places: what lies in what, and adjectives of countries."""

from __future__ import annotations

from apps.claims.analysis.places import (
    NamedPlace,
    contains,
    find_country_of,
    find_place,
    find_readings,
    read_places,
)


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


def test_a_name_of_several_places_has_several_readings():
    assert {place.kind for place in find_readings("Georgia")} == {"country", "state"}
    assert next(place.country for place in find_readings("Lima")) == "Peru"


def test_a_part_of_a_country_holds_its_cities():
    assert contains("Ontario", "Toronto") is True
    assert contains("Quebec", "Toronto") is False
    assert contains("Texas", "Travis County") is True


def test_a_large_country_nearby_does_not_outvote_the_place_behind_the_comma():
    read = read_places([NamedPlace("Paris", ("Texas",)), NamedPlace("France")])

    assert [place.within[0] for place in read["Paris"]] == ["Texas"]


def test_a_people_speaks_for_its_country():
    read = read_places([NamedPlace("Birmingham")], ["British"])

    assert [place.country for place in read["Birmingham"]] == ["United Kingdom"]


def test_a_name_no_gazetteer_has_is_not_read():
    assert read_places([NamedPlace("Dunmoreville-on-Sea")]) == {"Dunmoreville-on-Sea": ()}
