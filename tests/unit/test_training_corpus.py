"""How the language model's training texts are made from treebanks."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import spacy

from training.pipeline.conllu import (
    NamedText,
    cut_contraction,
    gather_paragraphs,
    join_named,
    read_names,
    read_treebank,
)
from training.pipeline.documents import build_named_doc, build_parsed_doc
from training.pipeline.mentions import find_names, named_paragraphs
from training.pipeline.peoples import is_demonym
from training.pipeline.variation import (
    add_headlines,
    curl_quotes,
    curl_sentences,
    cut_chunks,
    make_headline,
    write_as_title,
)

NLP = spacy.blank("en")

TREEBANK = """\
# newdoc id = invented_news_kites
# global.Entity = GRP-etype-infstat
# newpar
# newpar_block = p (2 s)
# text = Mayor Ida Brand of Lower Elm doesn't fly "kites".
1	Mayor	mayor	NOUN	NN	Number=Sing	2	nmod:desc	_	Entity=(1-person-new
2	Ida	Ida	PROPN	NNP	Number=Sing	7	nsubj	_	_
3	Brand	Brand	PROPN	NNP	Number=Sing	2	flat	_	_
4	of	of	ADP	IN	_	6	case	_	_
5	Lower	Lower	PROPN	NNP	Number=Sing	6	compound	_	Entity=(2-place-new
6	Elm	Elm	PROPN	NNP	Number=Sing	2	nmod	_	Entity=2)1)
7-8	doesn't	_	_	_	_	_	_	_	_
7	does	do	AUX	VBZ	_	9	aux	_	_
8	n't	not	PART	RB	_	9	advmod	_	_
8.1	ever	ever	ADV	RB	_	_	_	9:advmod	_
9	fly	fly	VERB	VB	VerbForm=Inf	0	root	_	_
10	"	"	PUNCT	``	_	11	punct	_	SpaceAfter=No
11	kites	kite	NOUN	NNS	Number=Plur	9	obj	_	Entity=(3-object-new)|SpaceAfter=No
12	"	"	PUNCT	''	_	11	punct	_	SpaceAfter=No
13	.	.	PUNCT	.	_	9	punct	_	_

# text = The Danish court met in May.
1	The	the	DET	DT	_	3	det	_	Entity=(4-organization-new
2	Danish	Danish	ADJ	JJ	_	3	amod	_	_
3	court	court	NOUN	NN	_	4	nsubj	_	Entity=4)
4	met	meet	VERB	VBD	_	0	root	_	_
5	in	in	ADP	IN	_	6	case	_	_
6	May	May	PROPN	NNP	_	4	obl	_	Entity=(5-time-new)|SpaceAfter=No
7	.	.	PUNCT	.	_	4	punct	_	_

# newpar
# text = Rain fell.
1	Rain	rain	NOUN	NN	_	2	nsubj	_	_
2	fell	fall	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

"""
NAMES = """\
# newdoc id = invented
# text = Ask Orla Finch at Bellweather!
1	Ask	O	-	-
2	Orla	B-PER	-	-
3	Finch	I-PER	-	-
4	at	O	-	-
5	Bellweather	B-ORG	-	-
6	!	O	-	-

# text = Nothing here
1	Nothing	O	-	-
2	there	O	-	-

"""


def _kites():
    (document,) = read_treebank(TREEBANK.splitlines())
    return document.sentences


def test_a_treebank_is_read_with_the_text_as_it_was_written():
    (document,) = read_treebank(TREEBANK.splitlines())

    assert document.name == "invented_news_kites"
    assert [sentence.text for sentence in document.sentences] == [
        'Mayor Ida Brand of Lower Elm doesn\'t fly "kites".',
        "The Danish court met in May.",
        "Rain fell.",
    ]
    assert [sentence.starts_paragraph for sentence in document.sentences] == [True, False, True]


def test_every_word_stands_where_it_says():
    for sentence in _kites():
        for word in sentence.words:
            assert sentence.text[word.start : word.end] == word.form


def test_heads_count_words_and_the_root_is_its_own():
    first, _, _ = _kites()

    assert first.words[1].head == 6 and first.words[8].head == 8
    assert first.words[8].relation == "ROOT"
    assert len(first.words) == 13


@pytest.mark.parametrize(
    ("form", "parts", "pieces"),
    [
        ("doesn't", ["does", "n't"], ["does", "n't"]),
        ("its", ["it", "'s"], ["it", "s"]),
        ("gonna", ["going", "to"], ["gonn", "a"]),
    ],
)
def test_a_contraction_is_cut_into_as_many_words_as_it_means(form, parts, pieces):
    assert cut_contraction(form, parts) == pieces


def test_names_are_found_in_annotated_mentions_without_titles():
    first, second, _ = _kites()

    names = [(first.text[start:end], label) for start, end, label in find_names(first)]

    assert names == [("Ida Brand", "PERSON"), ("Lower Elm", "LOC")]
    assert [(second.text[start:end], label) for start, end, label in find_names(second)] == [
        ("Danish", "NORP")
    ]


def test_paragraphs_keep_the_places_of_their_names():
    one, two = named_paragraphs(_kites())

    assert one.text.endswith('"kites". The Danish court met in May.')
    assert [one.text[start:end] for start, end, _ in one.names] == [
        "Ida Brand",
        "Lower Elm",
        "Danish",
    ]
    assert two == NamedText("Rain fell.", ())


def test_names_of_a_list_are_placed_in_the_text_and_a_line_that_differs_is_left_out():
    ((name, sentences),) = read_names(NAMES.splitlines())

    assert name == "invented"
    assert sentences == (
        NamedText("Ask Orla Finch at Bellweather!", ((4, 14, "PERSON"), (18, 29, "ORG"))),
    )


def test_paragraphs_of_a_list_have_eight_sentences():
    sentences = tuple(NamedText(f"Line {number}.", ((0, 4, "MISC"),)) for number in range(9))

    one, two = gather_paragraphs(sentences, " ")

    assert one.text.count("Line") == 8 and two.text == "Line 8."
    assert all(one.text[start:end] == "Line" for start, end, _ in one.names)


def test_a_document_keeps_the_treebanks_words_and_gets_a_token_for_a_line_end():
    doc = build_parsed_doc(NLP.vocab, _kites(), "\n\n")

    assert doc.text == (
        'Mayor Ida Brand of Lower Elm doesn\'t fly "kites". The Danish court met in May.\n\nRain fell.'
    )
    assert [sentence.text for sentence in doc.sents][1:] == [
        "The Danish court met in May.\n\n",
        "Rain fell.",
    ]
    assert doc[7].text == "n't" and doc[7].head.text == "fly"


def test_paragraphs_may_be_joined_by_a_space():
    assert "May. Rain" in build_parsed_doc(NLP.vocab, _kites(), " ").text


def test_a_name_that_ends_inside_a_token_takes_the_whole_token():
    doc = build_named_doc(NLP, NamedText("She left Elmstreet", ((9, 12, "LOC"),)))

    assert [name.text for name in doc.ents] == ["Elmstreet"]


@pytest.mark.parametrize(
    ("straight", "curled"),
    [
        ('"Yes", she said.', "“Yes”, she said."),
        ("It's the '90s, 'tis said", "It’s the ’90s, ’tis said"),
        ("a 'kite' flew", "a ‘kite’ flew"),
        ('5" of rain', "5” of rain"),
    ],
)
def test_quotation_marks_are_curled_in_place(straight, curled):
    assert curl_quotes(straight) == curled


def test_title_case_leaves_little_words_small_but_for_the_first():
    assert write_as_title("the price of a kite rises in May") == "The Price of a Kite Rises in May"


def test_a_headline_has_no_full_stop_and_stands_alone():
    _, second, third = _kites()

    line = make_headline(second)

    assert line is not None
    assert (line.text, line.starts_paragraph) == ("The Danish Court Met in May", True)
    assert make_headline(third) is None


def test_a_headline_goes_above_the_text():
    _, second, third = _kites()
    line = make_headline(second)

    texts = [
        sentence.text
        for sentence in add_headlines((third,), [line], random.Random(2))
        if sentence.starts_paragraph
    ]

    assert texts[0] == "The Danish Court Met in May" and texts[-1] == "Rain fell."


def test_curled_sentences_keep_their_words_in_place():
    first, *_ = curl_sentences(_kites())

    assert [word.form for word in first.words[9:12]] == ["“", "kites", "”"]
    with pytest.raises(ValueError, match="other length"):
        first.with_text("short")


def test_chunks_cover_all_sentences_in_order():
    sentences = [replace(_kites()[2], text=f"Rain {number} fell.") for number in range(30)]

    for rng in (random.Random(3), None):
        assert [s for chunk in cut_chunks(sentences, rng) for s in chunk] == sentences


def test_joined_texts_move_their_names():
    joined = join_named((NamedText("A", ()), NamedText("Oslo", ((0, 4, "LOC"),))), "\n")

    assert joined == NamedText("A\nOslo", ((2, 6, "LOC"),))


@pytest.mark.parametrize(
    "text", ["Danish", "Danes", "South Korean", "African-American", "Methodists"]
)
def test_words_for_peoples_and_faiths_are_known(text):
    assert is_demonym(text)


@pytest.mark.parametrize("text", ["Denmark", "South Station", "danish", "Orthodox", ""])
def test_what_is_no_people_is_not_taken_for_one(text):
    assert not is_demonym(text)
