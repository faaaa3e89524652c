"""Names taken apart, and when two can be one."""

from __future__ import annotations

import pytest

from apps.claims.analysis.name_forms import (
    fold,
    initials_of,
    is_acronym,
    letters_within,
    name_suffix,
    names_agree,
    names_vary,
    organisation_key,
    person_parts,
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Gov. Tilda Aronsen", ("tilda", "aronsen")),
        ("T.K. van der Brugge-Maes", ("t", "k", "brugge", "maes")),
        ("Ismail al-Darwish", ("ismail", "darwish")),
        ("Hugo Pereira Jr.", ("hugo", "pereira")),
        ("Zoë Müller", ("zoe", "muller")),
        ("Van Tulloch", ("van", "tulloch")),
    ],
)
def test_a_name_is_taken_apart(name: str, parts: tuple[str, ...]):
    assert person_parts(name) == parts


def test_diacritics_case_and_apostrophes_do_not_count():
    assert fold("ŁUKASZ O’Brien") == fold("Lukasz o'brien")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Tilda Aronsen", "Tilda M. Aronsen"),
        ("T. Aronsen", "Tilda Aronsen"),
        ("Bob Tennant", "Robert Tennant"),
        ("Inés Vidal", "Inés Vidal Crespo"),
        ("Mohammed Sabry", "Muhammad Sabry"),
    ],
)
def test_fuller_and_shorter_names_of_one_person_agree(a: str, b: str):
    assert names_agree(person_parts(a), person_parts(b))
    assert names_agree(person_parts(b), person_parts(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Tilda Aronsen", "Nils Aronsen"),
        ("Mario Vidal", "Maria Vidal"),
        ("Tilda M. Aronsen", "Tilda K. Aronsen"),
        ("Tilda Aronsen", "Tilda Tennant"),
        ("Julian Roy", "Julia Roy"),
    ],
)
def test_names_of_two_people_do_not_agree(a: str, b: str):
    assert not names_agree(person_parts(a), person_parts(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Naim Kassem", "Naim Qassem"),
        ("Dmitri Lysenkoy", "Dmitry Lysenkoi"),
        ("Anders Holmqvist", "Anders Holmkvist"),
        ("Greta Brandt", "Greta Brand"),
    ],
)
def test_spellings_of_one_name_are_told(a: str, b: str):
    assert names_vary(person_parts(a), person_parts(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Marta Lind", "Marta Lund-Berg"),
        ("Anton Rossi", "Anton Russo"),
        ("Paula Keane", "Paul Keane"),
        ("Karl Weber", "Karla Weber"),
    ],
)
def test_names_that_only_look_alike_are_not(a: str, b: str):
    assert not names_vary(person_parts(a), person_parts(b))


def test_father_and_son_are_told_by_what_follows_the_name():
    assert name_suffix("Hugo Pereira Sr.") == "sr"
    assert name_suffix("Hugo Pereira") == ""


def test_a_company_is_the_same_without_its_legal_form():
    assert organisation_key("The Halloran Freight Co.") == organisation_key("Halloran Freight")
    assert organisation_key("Halloran Freight") != organisation_key("Halloran Foods")


@pytest.mark.parametrize(
    ("long_form", "acronym"),
    [
        ("Northern Fisheries Board", "NFB"),
        ("Ministry of Public Works", "MoPW"),
        ("U.S. Harbor Authority", "HA"),
        ("Bank of Torland", "BOT"),
    ],
)
def test_an_acronym_stands_for_its_long_form(long_form: str, acronym: str):
    assert is_acronym(acronym)
    assert acronym.upper() in initials_of(long_form)


def test_an_acronym_of_other_letters_does_not():
    assert "NFA" not in initials_of("Northern Fisheries Board")
    assert not is_acronym("Ottawa")


def test_letters_inside_words_count_only_beside_the_long_form():
    assert letters_within("Torland Broadcasting", "TBC")
    assert "TBC" not in initials_of("Torland Broadcasting")
    assert not letters_within("Ingrid Lund", "SPD")
