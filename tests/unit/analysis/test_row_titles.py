"""What a row is called: a question, or words that take nobody's side; never a fragment."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.row_titles import GAP, MOST_CHARACTERS, most_central, name_row
from apps.claims.analysis.types import (
    Attribution,
    AttributionKind,
    ClaimDraft,
    DateDraft,
    Polarity,
    QuantityDraft,
    QuantityType,
    StatementKind,
    Voice,
)

LONG = (
    "The harbour board of Lisse Head voted late on Tuesday to close the northern pier to "
    "all ferries until engineers have looked at every one of its piles"
)
HARBOUR = Attribution(AttributionKind.INDIRECT, source="the harbour office", cue="said")


def claim(words: str, article: str = "north", **more: object) -> ClaimDraft:
    return ClaimDraft(
        id=f"{article}.{words[:9]}",
        article=article,
        sentence=0,
        span=Span(100, 100 + len(words)),
        text=words,
        role=Role.BODY,
        **more,  # type: ignore[arg-type]
    )


def counting(words: str, number: str, value: int, article: str, **more: object) -> ClaimDraft:
    """A claim whose *number* counts people."""
    start = 100 + words.index(number)
    quantity = QuantityDraft(
        Span(start, start + len(number)),
        number,
        Decimal(value),
        Decimal(value),
        QuantityType.CARDINAL,
        unit="people",
        head="people",
    )
    return claim(words, article, quantities=(quantity,), **more)


def dated(words: str, date: str, iso: str, article: str) -> ClaimDraft:
    start = 100 + words.index(date)
    return claim(words, article, dates=(DateDraft(Span(start, start + len(date)), date, iso),))


def stating(words: str, subject: str, predicate: str, article: str, **more: object) -> ClaimDraft:
    """A whole sentence that begins with its subject."""
    begin = 100 + words.index(predicate)
    facts: dict[str, object] = {
        "subject": subject.split()[-1].lower(),
        "predicate": predicate,
        "subject_span": Span(100, 100 + len(subject)),
        "predicate_span": Span(begin, begin + len(predicate)),
    }
    return claim(words, article, **(facts | more))


# --- numbers and dates -----------------------------------------------------------------------


def test_a_number_outlets_differ_on_is_asked_for():
    rows = [
        counting("40 people were on the ferry.", "40", 40, "north"),
        counting("Some 60 people were aboard the ferry then.", "Some 60", 60, "south"),
    ]

    assert name_row(rows) == "How many people were on the ferry?"


def test_a_number_all_tell_alike_stays():
    rows = [
        counting("40 people were on the ferry.", "40", 40, "north"),
        counting("Forty people were aboard the ferry then.", "Forty", 40, "south"),
    ]

    assert name_row(rows) == "40 people were on the ferry"


def test_a_number_in_the_middle_leaves_a_gap():
    rows = [
        counting("The ferry carried 40 people.", "40", 40, "north"),
        counting("There were sixty people on it, they say.", "sixty", 60, "south"),
    ]

    assert name_row(rows) == f"The ferry carried {GAP} people"


def test_hundreds_of_people_are_asked_for_without_their_of():
    rows = [
        counting("Hundreds of people were on the ferry.", "Hundreds", 200, "north"),
        counting("Some 60 people were aboard the old ferry.", "Some 60", 60, "south"),
    ]

    assert name_row(rows) == "How many people were on the ferry?"


def test_another_hundred_people_are_asked_for_without_their_another():
    rows = [
        counting("Another 40 people were hurt on the ferry.", "40", 40, "north"),
        counting("Some 60 people were hurt aboard the old ferry.", "Some 60", 60, "south"),
    ]

    assert name_row(rows) == "How many people were hurt on the ferry?"


def test_two_numbers_of_one_article_are_no_difference():
    rows = [
        counting("40 people were on the ferry.", "40", 40, "north"),
        counting("12 people of the crew were with them.", "12", 12, "north"),
        counting("Of 40 people on it nobody slept.", "40", 40, "south"),
    ]

    assert "40 people" in name_row(rows)


def test_a_day_outlets_differ_on_leaves_a_gap_and_the_same_word_does_not():
    differ = [
        dated("The pier was closed on Monday.", "Monday", "2031-05-05", "north"),
        dated("The northern pier was closed on Tuesday night.", "Tuesday", "2031-05-06", "south"),
    ]
    alike = [
        dated("The pier was closed last night.", "last night", "2031-05-05", "north"),
        dated("The northern pier was closed last night.", "last night", "2031-05-06", "south"),
    ]

    assert name_row(differ) == f"The pier was closed on {GAP}"
    assert name_row(alike) == "The pier was closed last night"


# --- what is stated here and not there -------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        {"voice": Voice.DENIED},
        {"voice": Voice.ALLEGED},
        {"polarity": Polarity.NEGATIVE},
        {"attribution": HARBOUR},
    ],
)
def test_what_one_states_and_another_does_not_is_asked(other):
    words = "The captain slept on the bridge that night."
    rows = [
        stating(words, "The captain", "slept", "north"),
        stating("The captain never slept on the bridge, it says.", "The captain", "slept", "south"),
    ]
    rows[1] = replace(rows[1], **other)

    assert name_row(rows) == "Whether the captain slept on the bridge that night?"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("A mate slept on the bridge that night.", "Whether a mate slept on the bridge that night?"),
        ("EU divers slept on the bridge that night.",
         "Whether EU divers slept on the bridge that night?"),
    ],
)  # fmt: skip
def test_a_question_keeps_the_capitals_of_a_name_alone(words, title):
    subject = " ".join(words.split()[:2])
    rows = [
        stating(words, subject, "slept", "north"),
        stating(words.replace("slept", "allegedly slept"), subject, "slept", "south",
                voice=Voice.ALLEGED),
    ]  # fmt: skip

    assert name_row(rows, rows[:1]) == title


def test_what_all_state_is_not_asked():
    rows = [
        stating("The captain slept on the bridge.", "The captain", "slept", "north"),
        stating("The captain slept up on the bridge.", "The captain", "slept", "south"),
    ]

    assert name_row(rows) == "The captain slept on the bridge"


def test_a_title_that_must_be_cut_does_not_ask_for_what_nobody_disputes():
    words = (
        "The captain slept on the bridge, where passengers heard the horn of a freighter that "
        "came out of the fog"
    )
    rows = [
        stating(words, "The captain", "slept", "north"),
        stating("The captain allegedly slept there.", "The captain", "slept", "south",
                voice=Voice.ALLEGED),
    ]  # fmt: skip

    assert name_row(rows, rows[:1]) == "The captain slept on the bridge…"


def test_what_is_denied_of_somebody_else_is_no_doubt():
    rows = [
        stating("The captain slept on the bridge.", "The captain", "slept", "north"),
        stating("The owner denied it all the day long.", "The owner", "denied", "south",
                voice=Voice.DENIED),
    ]  # fmt: skip

    assert name_row(rows) == "The captain slept on the bridge"


def test_a_title_never_states_what_the_article_pins_on_somebody():
    words = "The captain slept on the bridge until after dawn that day, the harbour office said."
    rows = [stating(words, "The captain", "slept", "north", attribution=HARBOUR)]
    short = "The captain slept, the harbour office said."

    assert name_row(rows).startswith("Whether the captain slept on the bridge")
    assert (
        name_row([stating(short, "The captain", "slept", "north", attribution=HARBOUR)])
        == "The captain slept, the harbour office said"
    )


# --- whose words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("readings", "title"),
    [
        (["The ferry carried many people.", "Some of the people were on the ferry that day."],
         "The ferry carried many people"),
        # A fragment of a sentence gives way to a whole one, and so does a pronoun.
        (["which sank at once off the head", "The old ferry sank within the hour."],
         "The old ferry sank within the hour"),
        (["She opened the new pier.", "Mayor Ada Lind opened the new northern pier."],
         "Mayor Ada Lind opened the new northern pier"),
        # Alone, a fragment is at least begun like a title.
        (["which sank at once off the head"], "Which sank at once off the head"),
        (["• Board closes the northern pier"], "Board closes the northern pier"),
        (["“The board will close the pier tonight,” Lind said."],
         "The board will close the pier tonight, Lind said"),
        (["The pier was closed\nfor\tgood."], "The pier was closed for good"),
        # Said so briefly that nobody knows what it is about.
        (["Lind said so.", "Lind said the pier would close."], "Lind said the pier would close"),
        # What somebody says of themselves names nobody.
        (["I closed the pier myself.", "The harbour board closed the northern pier."],
         "The harbour board closed the northern pier"),
        (["Was the pier closed?", "The harbour board closed the northern pier."],
         "The harbour board closed the northern pier"),
    ],
)  # fmt: skip
def test_the_shortest_reading_that_stands_alone_names_the_row(readings, title):
    assert name_row([claim(words, f"a{n}") for n, words in enumerate(readings)]) == title


def test_an_opinion_names_a_row_only_where_nothing_else_does():
    opinion = claim("It was a disgrace for everybody.", kind=StatementKind.EVALUATION)
    fact = claim("The harbour board of Lisse Head closed the pier.", "south")

    assert name_row([opinion, fact]) == "The harbour board of Lisse Head closed the pier"
    assert name_row([opinion]) == "It was a disgrace for everybody"


def test_what_is_all_quotation_is_shown_as_one():
    words = "The pier will be closed tonight"
    quoted = claim(words, quotes=(Span(100, 100 + len(words)),))

    assert name_row([quoted]) == "“The pier will be closed tonight”"


def test_a_headline_gives_way_to_a_sentence():
    headline = replace(claim("Ferry sinks off the head"), role=Role.HEADLINE)

    assert name_row([headline, claim("The old ferry sank off Lisse Head.", "south")]) == (
        "The old ferry sank off Lisse Head"
    )


def test_only_what_is_near_the_others_names_a_row():
    far, near, nearer = claim("It was cold."), claim("The pier was closed.", "b"), claim("C.", "c")

    assert most_central([(far, -9.0), (near, 1.0), (nearer, 2.0)]) == [near, nearer]
    assert name_row([far, near, nearer], [near]) == "The pier was closed"


# --- length ----------------------------------------------------------------------------------


def test_a_long_reading_is_cut_between_words_and_not_after_a_small_one():
    title = name_row([claim(LONG)])

    assert title == "The harbour board of Lisse Head voted late on Tuesday to close…"
    assert len(title) <= MOST_CHARACTERS


def test_a_long_reading_ends_at_a_clause_where_it_has_one():
    words = "The board closed the northern pier of Lisse Head, which had been damaged by a ferry"

    assert name_row([claim(words)]) == "The board closed the northern pier of Lisse Head…"


def test_a_long_reading_never_ends_before_its_verb():
    words = "The northern pier of Lisse Head harbour, which is old, was closed after a ferry hit it"
    subject = "The northern pier of Lisse Head harbour"

    title = name_row([stating(words, subject, "closed", "north")])

    assert title == "The northern pier of Lisse Head harbour, which is old, was closed…"


def test_a_title_never_ends_where_only_the_time_was_told():
    words = "On the first Tuesday of last March, the board closed the northern pier of Lisse Head"

    assert name_row([claim(words)]).startswith("On the first Tuesday of last March, the board")


def test_a_number_is_never_cut_at_its_comma():
    words = (
        "The board of the harbour at Lisse Head counted no fewer than 11,200 cracks in its piles"
    )

    assert "11" not in name_row([claim(words)]) or "11,200" in name_row([claim(words)])


@pytest.mark.parametrize("words", ["…", "x" * 300, "«»", '"', "“”"])
def test_odd_words_give_a_short_title_all_the_same(words):
    assert len(name_row([claim(words)])) <= MOST_CHARACTERS + 4


def test_a_row_without_claims_has_no_title():
    assert name_row([]) == ""
