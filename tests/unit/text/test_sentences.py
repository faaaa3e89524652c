from __future__ import annotations

import itertools
import re

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from apps.articles.text.roles import label_roles
from apps.articles.text.sentences import split_sentences
from apps.articles.text.spans import Span
from apps.articles.text.types import Role, SegmentDraft

# A parser's answer is built by hand: "¦" stands where the parser begins a sentence.
MARK = "¦"
TOKENIZE = spacy.blank("en")


def parsed(marked: str) -> Doc:
    text = marked.replace(MARK, "")
    starts, position = set(), 0
    for piece in marked.split(MARK)[:-1]:
        position += len(piece)
        starts.add(position)
    vocab = Vocab()
    words: list[str] = []
    spaces: list[bool] = []
    flags: list[bool] = []
    cuts = sorted(starts | {0, len(text)})
    for left, right in itertools.pairwise(cuts):
        for token in re.finditer(r"\w+|[^\w\s]|[^\S ]|  +| ", text[left:right]):
            if token[0] == " " and words and token.start() and not spaces[-1]:
                spaces[-1] = True
                continue
            words.append(token[0])
            spaces.append(False)
            flags.append(token.start() == 0)
    doc = Doc(vocab, words=words, spaces=spaces, sent_starts=flags)
    assert doc.text == text
    return doc


def sentences_of(marked: str, role: Role = Role.BODY) -> list[str]:
    doc = parsed(marked)
    segments = [SegmentDraft(Span(0, len(doc.text)), role, "for the test")]
    return [each.span.of(doc.text) for each in split_sentences(doc, segments)]


@pytest.mark.parametrize(
    "marked",
    [
        "“Why now?” ¦she asked.",
        "“Stop!” ¦Lund shouted from the bank.",
        "“Who signed this?” ¦the mayor, Ada Flint, asked.",
        "“We saw it fall—” ¦Lund said.",
        "He met Gov. ¦Ada Flint on Monday.",
        "It was led by J. ¦K. Ost for years.",
        "The mayor, George W. ¦Ost, left early.",
        "It began at 8 a.m. ¦Monday and ended at noon.",
        "The call came at 6 p.m. ¦local time.",
        "See No. ¦5 of the list.",
        "Divers (from Oslo. ¦Lund was one) searched the river.",
        "Bring tools, e.g. ¦a saw.",
        "The bridge fell, ¦the police said.",
        "She paused … ¦and went on.",
        "The firm, Ost & Co., ¦closed in 1990.",
        "The count: ¦212 people.",
        "1. ¦The bridge falls.",
    ],
)
def test_what_the_parser_cut_apart_is_one_sentence(marked: str) -> None:
    assert sentences_of(marked) == [marked.replace(MARK, "")]


@pytest.mark.parametrize(
    "marked",
    [
        "The bridge fell. ¦Divers came.",
        "“Nobody should be surprised.” ¦Hallett has said so for years.",
        "“I signed nothing. ¦Ask the town,” he said.",
        "He left at 8 a.m. ¦The others stayed.",
        "They chose plan B. ¦The first plan had failed.",
        "“It fell.” ¦“It was pushed.”",
        "She works for Ost Inc. ¦He does not.",
        "Why now? ¦Nobody knows.",
        "It is 12 km away. ¦iPhones did not work there.",
    ],
)
def test_what_the_parser_cut_rightly_stays_cut(marked: str) -> None:
    assert sentences_of(marked) == [part.strip() for part in marked.split(MARK)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell. The police came.", ["The bridge fell.", "The police came."]),
        ("It fell at noon.  Divers came.", ["It fell at noon.", "Divers came."]),
        ("“It fell.” The police came.", ["“It fell.”", "The police came."]),
        ("Is it safe? The town says so.", ["Is it safe?", "The town says so."]),
        ("Mr. The was there.", ["Mr. The was there."]),
        ("The U.S. The word is short.", ["The U.S. The word is short."]),
        ("It cost 2.5 million crowns.", ["It cost 2.5 million crowns."]),
    ],
)
def test_an_end_the_parser_overlooked_is_found(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


def test_a_closing_mark_stays_with_the_sentence_it_closes() -> None:
    assert sentences_of("He said: “It fell. It was old.¦” Nobody answered.") == [
        "He said: “It fell.",
        "It was old.”",
        "Nobody answered.",
    ]


@pytest.mark.parametrize("marks", ["“”", '""', "''", '“"', "“"])
def test_curly_straight_and_unbalanced_quotes_cut_no_speaker_off(marks: str) -> None:
    opening, closing = marks[0], marks[1:]
    text = f"{opening}It was old,{closing} said Ada Flint."

    assert sentences_of(text.replace("said", "¦said")) == [text]


def test_a_headline_is_one_sentence_without_a_full_stop() -> None:
    assert sentences_of("Bridge Falls ¦Into Alder, ¦Two Dead", Role.HEADLINE) == [
        "Bridge Falls Into Alder, Two Dead"
    ]


def test_a_sentence_never_crosses_a_segment() -> None:
    text = "Bridge falls\nTwo people died when it fell."
    doc = parsed(text)
    segments = [
        SegmentDraft(Span(0, 12), Role.HEADLINE, "for the test"),
        SegmentDraft(Span(13, len(text)), Role.BODY, "for the test"),
    ]

    found = split_sentences(doc, segments)

    assert [(each.span.of(text), each.segment, each.role) for each in found] == [
        ("Bridge falls", 0, Role.HEADLINE),
        ("Two people died when it fell.", 1, Role.BODY),
    ]


def test_a_quotation_over_two_paragraphs_is_a_sentence_in_each() -> None:
    text = "“It was old. It fell.\n“I saw it,” said Ada Flint."
    doc = parsed(text.replace("It fell", "¦It fell").replace("\n“I", "\n¦“I"))
    cut = text.index("\n")
    segments = [
        SegmentDraft(Span(0, cut), Role.BODY, ""),
        SegmentDraft(Span(cut + 1, len(text)), Role.BODY, ""),
    ]

    assert [each.span.of(text) for each in split_sentences(doc, segments)] == [
        "“It was old.",
        "It fell.",
        "“I saw it,” said Ada Flint.",
    ]


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(
        alphabet=st.one_of(
            st.sampled_from(" \n\r\t.?!…“”\"'()[]—,:;AaBb1😀ם\x00\u200b"),
            st.characters(codec="utf-8"),
        ),
        max_size=200,
    ),
    every=st.integers(1, 9),
)
def test_sentences_hold_every_visible_character_of_any_text(text: str, every: int) -> None:
    doc = TOKENIZE(text)
    for index in range(0, len(doc), every):
        doc[index].is_sent_start = True
    segments = label_roles(text)

    sentences = split_sentences(doc, segments)

    end = 0
    for each in sentences:
        assert each.span.start >= end
        assert not text[end : each.span.start].strip()
        assert segments[each.segment].span.contains(each.span)
        assert each.role is segments[each.segment].role
        end = each.span.end
    assert not text[end:].strip()
