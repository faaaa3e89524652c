"""What the scores of a language pipeline count as right."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from training.pipeline.evaluate import format_table_row
from training.pipeline.scores import find_odd_cuts, score_names, score_parses

VOCAB = spacy.blank("en").vocab
LABELS = frozenset({"PERSON", "LOC"})


def _doc(words, heads, deps, *, spaces=None, starts=None):
    doc = Doc(VOCAB, words=words, spaces=spaces, heads=heads, deps=deps, tags=["NN"] * len(words))
    for index in starts or ():
        doc[index].is_sent_start = True
    return doc


def _named(words, *names):
    doc = Doc(VOCAB, words=words)
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in names]
    return doc


def test_a_label_counts_only_at_the_right_head():
    gold = _doc(["Bakers", "went", "home"], [1, 1, 1], ["nsubj", "ROOT", "advmod"])
    answer = _doc(["Bakers", "went", "home"], [1, 1, 0], ["obj", "ROOT", "advmod"])

    scores = score_parses([(gold, answer)])

    assert scores.unlabelled == pytest.approx(200 / 3)
    assert scores.labelled == pytest.approx(100 / 3)


def test_a_token_cut_differently_is_wrong_and_so_is_what_hangs_on_it():
    gold = _doc(["e-mail", "came"], [1, 1], ["nsubj", "ROOT"], spaces=[True, False])
    answer = _doc(
        ["e", "-", "mail", "came"],
        [3, 2, 0, 3],
        ["nsubj", "punct", "flat", "ROOT"],
        spaces=[False, False, True, False],
    )

    scores = score_parses([(gold, answer)])

    assert scores.tokens == 2
    assert scores.tag == pytest.approx(100 * 2 * 1 / (2 + 4))


def test_white_space_tokens_do_not_count():
    gold = _doc(["Rain", "\n\n", "Sun"], [0, 0, 2], ["ROOT", "dep", "ROOT"], spaces=[False] * 3)
    answer = _doc(["Rain", "\n\n", "Sun"], [0, 2, 2], ["ROOT", "dep", "ROOT"], spaces=[False] * 3)

    scores = score_parses([(gold, answer)])

    assert (scores.tokens, scores.labelled, scores.sentence) == (2, 100, 100)


def test_a_sentence_is_right_when_both_its_ends_are():
    gold = _doc(["Rain", "Sun", "Wind"], [0, 1, 1], ["ROOT", "ROOT", "dep"])
    answer = _doc(["Rain", "Sun", "Wind"], [0, 1, 2], ["ROOT", "ROOT", "ROOT"])

    assert score_parses([(gold, answer)]).sentence == pytest.approx(200 * 1 / (2 + 3))


def test_a_name_needs_its_exact_words_and_label():
    gold = _named(["Ida", "Brand", "left", "Orly"], (0, 2, "PERSON"), (3, 4, "LOC"))
    answer = _named(["Ida", "Brand", "left", "Orly"], (0, 1, "PERSON"), (3, 4, "LOC"))

    scores = score_names([(gold, answer)], LABELS)

    assert scores["LOC"].f == 100
    assert (scores["PERSON"].precision, scores["PERSON"].recall) == (0, 0)
    assert scores["core"].gold == 2


def test_names_with_labels_the_test_set_lacks_are_not_held_against_the_pipeline():
    gold = _named(["Ida", "left", "Monday"], (0, 1, "PERSON"))
    answer = _named(["Ida", "left", "Monday"], (0, 1, "PERSON"), (2, 3, "DATE"))

    assert score_names([(gold, answer)], LABELS)["all"].f == 100


def test_scores_of_different_texts_are_refused():
    with pytest.raises(ValueError, match="not the same text"):
        score_parses([(_named(["Rain"]), _named(["Sun"]))])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["Mr"], ["Brand", "left", "."]),
        (["Rain", "fell", "."], ["on", "kites", "."]),
        (["“", "Rain", ".", "”"], ["he", "said", "."]),
        (["Rain", "."], ["”"]),
    ],
)
def test_sentence_ends_that_cannot_be_right_are_found(before, after):
    doc = Doc(VOCAB, words=before + after, sent_starts=_starts(before) + _starts(after))

    assert len(find_odd_cuts(doc)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["Rain", "."], ["He", "said", "so", "."]),
        (["“", "Rain", ".", "”"], ["He", "left", "."]),
        (["Kites", "banned", "\n"], ["rain", "fell"]),
        (["He", "said", ":"], ["“", "Rain", ".", "”"]),
    ],
)
def test_sentence_ends_that_may_be_right_are_left_alone(before, after):
    doc = Doc(VOCAB, words=before + after, sent_starts=_starts(before) + _starts(after))

    assert find_odd_cuts(doc) == []


def _starts(words):
    return [True] + [False] * (len(words) - 1)


def test_a_row_of_the_model_card_has_the_other_pipelines_score_in_brackets():
    names = {"core": {"P": 70.0, "R": 60.04, "F": 64.6, "gold": 9}}
    other = {"core": {"P": 60.0, "R": 60.0, "F": 60.0, "gold": 9}}

    assert (
        format_table_row("letters", names, other)
        == "| letters | 70.0 (60.0) | 60.0 (60.0) | 64.6 (60.0) |"
    )
