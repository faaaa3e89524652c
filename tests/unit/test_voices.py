"""What is said of a statement whose parts are put in different ways."""

from __future__ import annotations

from apps.articles.text.spans import Span
from apps.claims.voices import Voiced, tell_voices, weakest


def _voiced(start: int, end: int, voice: str, speaker: str = "") -> Voiced:
    return Voiced(start, end, voice, speaker)


def test_a_statement_of_one_piece_is_put_in_one_way() -> None:
    whole = _voiced(0, 100, "stated")

    assert tell_voices(whole, []) == (whole,)
    assert tell_voices(whole, [_voiced(20, 60, "stated")]) == (whole,)


def test_a_part_that_is_only_alleged_is_said_beside_the_fact() -> None:
    whole, held = _voiced(0, 100, "stated"), _voiced(16, 100, "alleged")

    assert tell_voices(whole, [held]) == (whole, held)


def test_a_number_in_what_others_report_is_theirs_and_the_rest_the_outlets() -> None:
    whole, reported = _voiced(0, 200, "stated"), _voiced(0, 80, "attributed", "reports")

    assert tell_voices(whole, [reported], [Span(22, 25)]) == (reported, whole)
    assert tell_voices(whole, [reported], [Span(150, 153)]) == (whole, reported)


def test_what_little_stands_around_an_allegation_with_a_number_is_an_aside() -> None:
    whole, held = _voiced(0, 160, "stated"), _voiced(24, 160, "alleged")

    assert tell_voices(whole, [held], [Span(30, 38)]) == (held,)


def test_an_allegation_with_a_number_leaves_much_of_its_sentence_a_fact() -> None:
    whole, held = _voiced(0, 160, "stated"), _voiced(60, 160, "alleged")

    assert tell_voices(whole, [held], [Span(70, 78)]) == (held, whole)


def test_an_aside_is_not_mentioned() -> None:
    whole, aside = _voiced(0, 100, "stated"), _voiced(40, 55, "attributed", "she")

    assert tell_voices(whole, [aside]) == (whole,)


def test_a_part_pinned_on_nobody_or_on_the_outlet_itself_is_not_mentioned() -> None:
    whole = _voiced(0, 100, "stated")

    assert tell_voices(whole, [_voiced(10, 90, "attributed", "We")]) == (whole,)
    assert tell_voices(whole, [_voiced(10, 90, "attributed")]) == (whole,)


def test_a_speaker_known_by_a_pronoun_only_is_not_named() -> None:
    (told,) = tell_voices(_voiced(0, 100, "attributed", "She"), [])

    assert told == _voiced(0, 100, "attributed")


def test_what_is_stated_inside_an_allegation_is_no_fact() -> None:
    whole, inside = _voiced(0, 100, "alleged"), _voiced(30, 80, "stated")

    assert tell_voices(whole, [inside], [Span(40, 42)]) == (whole,)
    assert weakest([whole, inside]) == whole


def test_each_way_is_said_once_and_parts_of_other_words_do_not_count() -> None:
    whole = _voiced(0, 100, "stated")
    parts = [
        _voiced(20, 70, "attributed", "Lind"),
        _voiced(30, 60, "attributed", "Lind"),
        _voiced(70, 100, "planned"),
        _voiced(120, 190, "denied"),
    ]

    assert [one.voice for one in tell_voices(whole, parts)] == ["stated", "attributed", "planned"]
