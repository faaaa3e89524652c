"""What a figure counts, read off a parse built by hand."""

from __future__ import annotations

from apps.articles.text.spans import Span
from apps.claims.analysis.quantities import find_quantities
from tests.unit.analysis.docs import build_doc


def only(doc):
    (found,) = find_quantities(doc, Span(0, len(doc.text)))
    return found


def test_the_noun_after_the_figure_is_counted():
    doc = build_doc(
        ("41", "NUM", "nummod", 2),
        ("unpaid", "ADJ", "amod", 2),
        ("cooks", "NOUN", "nsubj", 3, "cook"),
        ("left", "VERB", "ROOT", 3, "leave"),
        (".", "PUNCT", "punct", 3),
    )

    found = only(doc)

    assert (found.counted, found.head, found.part_of) == ("unpaid cooks", "cook", False)


def test_a_number_hung_on_the_adjective_still_counts_the_noun():
    doc = build_doc(
        ("41", "NUM", "nummod", 1),
        ("unpaid", "ADJ", "amod", 2),
        ("cooks", "NOUN", "nsubj", 3, "cook"),
        ("left", "VERB", "ROOT", 3, "leave"),
    )

    assert only(doc).head == "cook"


def test_of_the_dead_is_a_part_of_them():
    doc = build_doc(
        ("Nine", "NUM", "nsubj:pass", 5),
        ("of", "ADP", "case", 3),
        ("the", "DET", "det", 3),
        ("dead", "ADJ", "nmod", 0),
        ("were", "AUX", "aux:pass", 5, "be"),
        ("found", "VERB", "ROOT", 5, "find"),
    )

    found = only(doc)

    assert (found.counted, found.unit, found.part_of) == ("dead", "people", True)


def test_a_bare_figure_takes_the_predicate_noun():
    doc = build_doc(
        ("Nine", "NUM", "nsubj", 2),
        ("were", "AUX", "cop", 2, "be"),
        ("Peruvians", "PROPN", "ROOT", 2, "Peruvian"),
    )

    found = only(doc)

    assert (found.counted, found.unit) == ("Peruvians", "people")


def test_a_bare_figure_that_died_counts_people():
    doc = build_doc(("Six", "NUM", "nsubj", 1), ("died", "VERB", "ROOT", 1, "die"))

    assert only(doc).unit == "people"


def test_a_bare_figure_that_rose_counts_nobody():
    doc = build_doc(("Six", "NUM", "nsubj", 1), ("rose", "VERB", "ROOT", 1, "rise"))

    assert only(doc).unit == ""


def test_including_marks_a_part():
    doc = build_doc(
        ("They", "PRON", "nsubj", 1),
        ("left", "VERB", "ROOT", 1, "leave"),
        (",", "PUNCT", "punct", 5),
        ("including", "ADP", "case", 5),
        ("two", "NUM", "nummod", 5),
        ("cooks", "NOUN", "obl", 1, "cook"),
    )

    assert only(doc).part_of


def test_dates_and_names_given_to_skip_are_no_quantities():
    doc = build_doc(
        ("In", "ADP", "case", 1), ("1998", "NUM", "obl", 2), ("rain", "NOUN", "ROOT", 2)
    )

    assert find_quantities(doc, Span(0, len(doc.text)), skip=[Span(3, 7)]) == []


def test_one_that_could_say_is_nobody():
    doc = build_doc(
        ("One", "NUM", "nsubj", 2), ("could", "AUX", "aux", 2), ("argue", "VERB", "ROOT", 2)
    )

    assert find_quantities(doc, Span(0, len(doc.text))) == []


def test_one_for_each_of_the_dead_counts_no_dead_and_one_for_the_road_is_one():
    def found(*behind: str) -> list[str]:
        words = [(word, "DET", "det", 0) for word in behind]
        doc = build_doc(("one", "NUM", "ROOT", 0), ("for", "ADP", "case", 0), *words)
        return [quantity.text for quantity in find_quantities(doc, Span(0, len(doc.text)))]

    assert found("each", "of", "the", "dead") == found("every", "victim") == []
    assert found("the", "road") == ["one"]


def test_a_measure_is_converted():
    doc = build_doc(
        ("It", "PRON", "nsubj", 1),
        ("sank", "VERB", "ROOT", 1),
        ("2", "NUM", "nummod", 3),
        ("km", "NOUN", "obj", 1),
    )

    found = only(doc)

    assert found.si == ("m", 2000, 2000)


def found_in(*rows):
    doc = build_doc(*rows)
    return find_quantities(doc, Span(0, len(doc.text)))


def test_one_of_the_best_counts_nothing_and_one_cook_counts():
    best = found_in(
        ("one", "NUM", "nsubj", 4),
        ("of", "ADP", "case", 3),
        ("the", "DET", "det", 3),
        ("best", "NOUN", "nmod", 0),
        ("left", "VERB", "ROOT", 4),
    )
    cook = found_in(
        ("one", "NUM", "nummod", 1), ("cook", "NOUN", "nsubj", 2), ("left", "VERB", "ROOT", 2)
    )

    assert (best, [found.head for found in cook]) == ([], ["cook"])


def test_a_figure_after_a_name_between_commas_is_an_age():
    (found,) = found_in(
        ("Orla", "PROPN", "nsubj", 4),
        (",", "PUNCT", "punct", 2),
        ("58", "NUM", "appos", 0),
        (",", "PUNCT", "punct", 2),
        ("left", "VERB", "ROOT", 4),
    )

    assert (found.type.value, found.unit) == ("age", "years")


def test_a_figure_hung_on_a_name_is_a_part_of_it():
    assert (
        found_in(
            ("the", "DET", "det", 1),
            ("Corvina", "PROPN", "nsubj", 3),
            ("5", "NUM", "nummod", 1),
            ("sank", "VERB", "ROOT", 3),
        )
        == []
    )


def test_a_score_is_no_count_and_a_vote_is():
    score = found_in(
        ("Rovers", "PROPN", "nsubj", 1), ("won", "VERB", "ROOT", 1), ("3-1", "NUM", "obj", 1)
    )
    vote = found_in(
        ("council", "NOUN", "nsubj", 1), ("voted", "VERB", "ROOT", 1), ("3-1", "NUM", "obj", 1)
    )

    assert (len(score), len(vote)) == (0, 2)


def test_the_other_two_are_two_of_what_was_counted_before():
    first, second = found_in(
        ("Three", "NUM", "nummod", 1),
        ("cooks", "NOUN", "nsubj", 2, "cook"),
        ("fled", "VERB", "ROOT", 2, "flee"),
        (",", "PUNCT", "punct", 6),
        ("another", "DET", "det", 5),
        ("two", "NUM", "nsubj", 6),
        ("slept", "VERB", "conj", 2, "sleep"),
    )

    assert (second.head, second.unit) == (first.head, "people")


def test_a_crowd_counts_people_whatever_follows():
    (found,) = found_in(
        ("a", "DET", "det", 1),
        ("crowd", "NOUN", "nsubj", 4),
        ("of", "ADP", "case", 3),
        ("900", "NUM", "nmod", 1),
        ("left", "VERB", "ROOT", 4),
    )

    assert (found.head, found.unit) == ("crowd", "people")


def test_a_measure_of_something_says_of_what():
    (found,) = found_in(
        ("20", "NUM", "nummod", 1),
        ("tonnes", "NOUN", "nsubj", 4),
        ("of", "ADP", "case", 3),
        ("gravel", "NOUN", "nmod", 1),
        ("fell", "VERB", "ROOT", 4),
    )

    assert (found.counted, found.unit) == ("gravel", "tonnes")


def test_a_simple_one_is_no_count():
    assert (
        found_in(
            ("a", "DET", "det", 2),
            ("simple", "ADJ", "amod", 2),
            ("one", "NUM", "obj", 3),
            ("left", "VERB", "ROOT", 3),
        )
        == []
    )


def test_the_number_of_a_paragraph_or_a_club_counts_nothing():
    paragraph = found_in(("4)", "NUM", "dep", 1), ("wait", "VERB", "ROOT", 1))
    club = found_in(
        ("Group", "PROPN", "nsubj", 3),
        ("of", "ADP", "case", 2),
        ("20", "NUM", "nmod", 0),
        ("met", "VERB", "ROOT", 3),
    )

    assert paragraph == club == []
