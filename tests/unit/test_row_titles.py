"""What a row is called: short, readable, never a fragment when there is a sentence."""

from __future__ import annotations

import pytest

from apps.claims.row_titles import MOST_CHARACTERS, choose_title

LONG = (
    "The harbour board of Lisse Head voted late on Tuesday to close the northern pier to "
    "all ferries until engineers have looked at every one of its piles"
)


@pytest.mark.parametrize(
    ("readings", "title"),
    [
        (["The ferry carried 40 people.", "Some 40 people were on the ferry that day."],
         "The ferry carried 40 people"),
        # A fragment of a sentence gives way to a whole one, and so does a pronoun.
        (["which sank at once off the head", "The old ferry sank within the hour."],
         "The old ferry sank within the hour"),
        (["She opened the new pier.", "Mayor Ada Lind opened the new northern pier."],
         "Mayor Ada Lind opened the new northern pier"),
        # Alone, a fragment is at least begun like a title.
        (["which sank at once off the head"], "Which sank at once off the head"),
        (["• Board closes the northern pier"], "Board closes the northern pier"),
        (["“We close the pier tonight,” Lind said."], "We close the pier tonight, Lind said"),
        (["The pier was closed\nfor\tgood."], "The pier was closed for good"),
        # Said so briefly that nobody knows what it is about.
        (["Lind said so.", "Lind said the pier would close."], "Lind said the pier would close"),
    ],
)  # fmt: skip
def test_the_shortest_reading_that_stands_alone_names_the_row(readings, title):
    assert choose_title(readings) == title


def test_a_long_reading_is_cut_between_words_and_not_after_a_small_one():
    title = choose_title([LONG])

    assert title == "The harbour board of Lisse Head voted late on Tuesday to close…"
    assert len(title) <= MOST_CHARACTERS


def test_a_long_reading_ends_at_a_clause_where_it_has_one():
    words = "The board closed the northern pier of Lisse Head, which had been damaged by a ferry"

    assert choose_title([words]) == "The board closed the northern pier of Lisse Head…"


def test_a_title_never_ends_where_only_the_time_was_told():
    words = "On the first Tuesday of last March, the board closed the northern pier of Lisse Head"

    assert choose_title([words]).startswith("On the first Tuesday of last March, the board closed")


def test_a_number_is_never_cut_at_its_comma():
    words = (
        "The board of the harbour at Lisse Head counted no fewer than 11,200 cracks in its piles"
    )

    assert "11" not in choose_title([words]) or "11,200" in choose_title([words])


def test_a_row_without_readings_keeps_its_stored_title():
    assert choose_title([], "people aboard the ferry") == "People aboard the ferry"


@pytest.mark.parametrize("words", ["", "   ", "…", "x" * 300, "«»", '"'])
def test_odd_words_give_a_short_title_all_the_same(words):
    assert len(choose_title([words])) <= MOST_CHARACTERS + 1
