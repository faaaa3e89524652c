from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from apps.articles.text import language
from apps.articles.text.language import load_pipeline, parse_text, parse_texts

# Nothing here depends on what a model tags: the tokenizer alone shows what is kept.
NLP: Language = spacy.blank("en")

PAGE = "Bridge falls\n\nTwo people died. Divers didn't find more.\r\n\tThe end\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        PAGE,
        "a\x00b",
        "tab\tand\r\nbreaks\r",
        "  two  spaces  ",
        "😀" * 700,
        '"' * 900,
        "x" * 700,
        "\u202eabc",
        "\ufeffa",
    ],
)
@pytest.mark.parametrize("length", [7, 100, 20_000])
def test_a_parse_holds_exactly_the_text(text: str, length: int) -> None:
    assert parse_text(NLP, text, [0, 3, 5], piece_length=length).text == text


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(max_size=120),
    starts=st.lists(st.integers(-3, 150), max_size=6),
    length=st.integers(1, 60),
)
def test_any_text_in_pieces_of_any_length_keeps_its_characters(
    text: str, starts: list[int], length: int
) -> None:
    doc = parse_text(NLP, text, starts, piece_length=length)

    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text


def test_a_lone_surrogate_is_read_as_a_replacement_character() -> None:
    assert parse_text(NLP, "a \ud800 b").text == "a \ufffd b"


@pytest.mark.parametrize("text", [PAGE, "Top story\nIt fell  down.\n\n \tSo.", "A x. B\n“C”"])
def test_a_text_cut_at_its_lines_has_the_tokens_of_the_whole(text: str) -> None:
    lines = [at for at in range(1, len(text)) if text[at - 1] == "\n" and not text[at].isspace()]

    whole, cut = parse_text(NLP, text), parse_text(NLP, text, lines)

    assert [(token.text, token.norm_) for token in whole] == [
        (token.text, token.norm_) for token in cut
    ]
    assert {token.idx for token in cut if token.is_sent_start} == {0, *lines}


def test_a_token_and_a_sentence_begin_where_they_are_told_to() -> None:
    doc = parse_text(NLP, "Top storyThe bridge fell.", [9])

    assert [token.text for token in doc if token.is_sent_start] == ["Top", "The"]


def test_exceptions_of_the_tokenizer_keep_their_meaning() -> None:
    doc = parse_text(NLP, "They didn't.")

    assert [token.norm_ for token in doc] == [token.norm_ for token in NLP("They didn't.")]


def test_a_long_text_is_cut_where_a_segment_starts() -> None:
    text = "One two three. " * 20 + "\n" + "Four five six. " * 20
    start = text.index("Four")

    pieces = list(language._cut_pieces(text, [start], 400))

    assert pieces == [(0, start), (start, len(text))]


def test_a_text_without_a_place_to_cut_is_cut_anyway() -> None:
    assert list(language._cut_pieces("x" * 25, [], 10)) == [(0, 10), (10, 20), (20, 25)]


def test_an_address_is_one_piece_and_a_run_of_quotes_is_not() -> None:
    address = "https://star.example/" + "a" * 400

    assert list(language._cut_long_words(f"see {address} now", 0, 429)) == [f"see {address} now"]
    assert len(list(language._cut_long_words('"' * 450, 0, 450))) == 3


def test_texts_are_parsed_in_order() -> None:
    assert [doc.text for doc in parse_texts(NLP, [("a b", [0]), ("", []), ("c", [])])] == [
        "a b",
        "",
        "c",
    ]


def test_the_pipeline_is_loaded_once_and_has_what_analysis_needs() -> None:
    nlp = load_pipeline()

    assert nlp is load_pipeline()
    assert {"tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"} <= set(
        nlp.pipe_names
    )


def test_pieces_join_to_one_parse_with_heads_in_their_own_piece() -> None:
    text = "Two people died when the bridge fell. Divers searched the river until dark. " * 12

    doc = parse_text(load_pipeline(), text, piece_length=200)

    assert doc.text == text
    assert doc.has_annotation("DEP")
    assert all(token.sent.start <= token.head.i < token.sent.end for token in doc)


def read(doc: Doc) -> list[tuple[str, str, int, str]]:
    return [(token.tag_, token.lemma_, token.head.i, token.ent_type_) for token in doc]


def test_a_text_reads_the_same_alone_and_in_a_batch() -> None:
    nlp = load_pipeline()
    texts = [PAGE, "Yes.", "", "Ilse Brandt, who runs the ferry, said on Tuesday it was late. " * 9]

    together = list(parse_texts(nlp, [(text, [14]) for text in texts]))

    assert [read(doc) for doc in together] == [read(parse_text(nlp, text, [14])) for text in texts]


def test_layers_that_read_words_give_the_same_numbers_alone_and_in_a_batch() -> None:
    nlp = load_pipeline()
    texts = ["Yes.", "The ferry was late.", "Ilse Brandt, who runs it, said on Tuesday so."]

    together = [doc.tensor for doc in nlp.pipe(texts)]

    assert all(
        numbers.tobytes() == nlp(text).tensor.tobytes()
        for text, numbers in zip(texts, together, strict=True)
    )


def test_a_pipeline_for_reading_refuses_to_be_trained() -> None:
    nlp = load_pipeline()

    with pytest.raises(ValueError, match="cannot be trained"):
        nlp.get_pipe("tagger").model([nlp.make_doc("Yes.")], is_train=True)  # type: ignore[attr-defined]  # it has one


def test_the_same_text_reads_the_same_whatever_was_read_before() -> None:
    nlp = load_pipeline()
    first = read(parse_text(nlp, PAGE, [14]))
    parse_text(nlp, "Something else entirely was said in Oslo on Monday, and nobody wrote it down.")

    assert read(parse_text(nlp, PAGE, [14])) == first
