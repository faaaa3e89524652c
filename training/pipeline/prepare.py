"""Make the training and test sets from the treebanks: see ``training/README.md``.

    python -m training.pipeline.prepare TREEBANKS CORPUS --start models/en_news

TREEBANKS holds the CoNLL-U and IOB2 files, and in ``docbins`` what cannot be made here
again (``silver``, ``ner-silver``, ``ner-dev``: machine labels on news texts that may not
be passed on); without that folder the sets are left out. The *start* pipeline names the
dates, numbers and amounts that the gold corpora leave out, where they name nothing else.
Same input, same output.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from training.pipeline.conllu import (
    Document,
    NamedText,
    gather_paragraphs,
    join_named,
    open_lines,
    read_names,
    read_treebank,
)
from training.pipeline.documents import build_named_doc, build_parsed_doc, write_docs
from training.pipeline.mentions import named_paragraphs
from training.pipeline.names import NamePools, build_pools, swap_names
from training.pipeline.tokenizer import build_blank
from training.pipeline.variation import (
    SEPARATORS,
    add_headlines,
    curl_quotes,
    curl_sentences,
    cut_chunks,
    draw_separator,
    make_headline,
    write_as_title,
)

# GUM's genres whose texts are under no licence that forbids commercial use.
FREE_GENRES = frozenset("academic bio court interview news voyage speech textbook vlog".split())
# The development set of the parse: what is nearest to news, and part of EWT's.
DEV_GENRES = frozenset("news interview bio speech textbook voyage".split())
DEV_WEB_TEXTS = 90
FILLED_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL"})
CURLED_SHARE = 0.4
HEADED_SHARE = 0.35
# spaCy scores trees wrongly when texts without one come before those with one (it remembers
# the places of missing heads across texts): the numbers keep the order.
DEV_PARSES, DEV_NAMES = "dev/1-parse-dev", "dev/2-ner-dev"
# Sets read as they are, by the name of their file in "docbins".
NOT_MADE_HERE = {"silver": "silver", "ner-silver": "ner-silver", "ner-dev": DEV_NAMES}
# A text for names has as many paragraphs as stay below one of these lengths (characters).
_TEXT_LENGTHS = (200, 500, 1000, 1600)
_TEST_LENGTH = 1200
# One sentence of a text, for headlines.
_SENTENCE = re.compile(r"[^\n.?!]+[.?!]?")
_HEADLINE_WORDS = range(4, 14)

Paragraphs = tuple[NamedText, ...]


# --- parses ----------------------------------------------------------------------------


def build_training_parses(
    documents: Iterable[Document], nlp: Language, rng: random.Random
) -> Iterator[Doc]:
    """Yield the documents cut into chunks of one to twelve sentences."""
    for document in documents:
        for chunk in cut_chunks(document.sentences, rng):
            if rng.random() < CURLED_SHARE:
                chunk = curl_sentences(chunk)
            yield build_parsed_doc(nlp.vocab, chunk, draw_separator(rng))


def build_headed_parses(
    documents: Sequence[Document], nlp: Language, rng: random.Random
) -> Iterator[Doc]:
    """Yield the documents cut anew, a third of the chunks under headlines."""
    headlines = [
        line
        for document in documents
        for sentence in document.sentences
        if (line := make_headline(sentence)) is not None
    ]
    for document in documents:
        for chunk in cut_chunks(document.sentences, rng):
            if rng.random() < CURLED_SHARE:
                chunk = curl_sentences(chunk)
            if headlines and rng.random() < HEADED_SHARE:
                chunk = add_headlines(chunk, headlines, rng)
            yield build_parsed_doc(nlp.vocab, chunk, rng.choice(SEPARATORS[:2]))


def build_test_parses(documents: Iterable[Document], nlp: Language) -> Iterator[Doc]:
    """Yield the documents as they are, ten sentences at a time."""
    for document in documents:
        for chunk in cut_chunks(document.sentences, None):
            yield build_parsed_doc(nlp.vocab, chunk, SEPARATORS[0])


# --- names -----------------------------------------------------------------------------


def fill_labels(
    documents: Sequence[Paragraphs], nlp: Language, labels: frozenset[str]
) -> list[Paragraphs]:
    """Return *documents* with *nlp*'s names of *labels* where no name is yet."""
    filled: list[Paragraphs] = []
    for paragraphs in documents:
        answers = nlp.pipe([text.text for text in paragraphs])
        filled.append(
            tuple(_fill(text, doc, labels) for text, doc in zip(paragraphs, answers, strict=True))
        )
    return filled


def _fill(text: NamedText, doc: Doc, labels: frozenset[str]) -> NamedText:
    taken = {place for start, end, _ in text.names for place in range(start, end)}
    new = (
        (name.start_char, name.end_char, name.label_)
        for name in doc.ents
        if name.label_ in labels
        and "\n" not in name.text
        and taken.isdisjoint(range(name.start_char, name.end_char))
    )
    return NamedText(text.text, tuple(sorted((*text.names, *new))))


def cut_texts(documents: Iterable[Paragraphs], rng: random.Random | None) -> Iterator[NamedText]:
    """Yield texts of a few paragraphs, of drawn lengths; of one length for tests."""
    for paragraphs in documents:
        part, length = list[NamedText](), 0
        limit = rng.choice(_TEXT_LENGTHS) if rng else _TEST_LENGTH
        for text in paragraphs:
            if part and length + len(text.text) > limit:
                yield _join_drawn(part, rng)
                part, length = [], 0
                limit = rng.choice(_TEXT_LENGTHS) if rng else _TEST_LENGTH
            part.append(text)
            length += len(text.text)
        if part:
            yield _join_drawn(part, rng)


def _join_drawn(part: Sequence[NamedText], rng: random.Random | None) -> NamedText:
    if rng is None:
        return join_named(part, SEPARATORS[0])
    joined = join_named(part, draw_separator(rng))
    if rng.random() < CURLED_SHARE:
        return NamedText(curl_quotes(joined.text), joined.names)
    return joined


def find_headlines(texts: Iterable[NamedText], rng: random.Random) -> list[NamedText]:
    """Return sentences of four to thirteen words in Title Case, a few in capitals."""
    found: list[NamedText] = []
    for text in texts:
        for match in _SENTENCE.finditer(text.text):
            line = match[0].strip()
            start = match.start() + match[0].index(line) if line else 0
            if len(line.split()) not in _HEADLINE_WORDS or not line[0].isupper():
                continue
            end = start + len(line)
            if any(a < start < b or a < end < b for a, b, _ in text.names):
                continue
            line = line.removesuffix(".")
            names = tuple(
                (a - start, b - start, label)
                for a, b, label in text.names
                if a >= start and b <= start + len(line)
            )
            # Half of the lines without a name are enough.
            if not names and rng.random() < 0.5:
                continue
            written = write_as_title(line) if rng.random() < 0.9 else line.upper()
            if len(written) == len(line):
                found.append(NamedText(written, names))
    return found


def put_headlines(
    texts: Iterable[NamedText], headlines: Sequence[NamedText], rng: random.Random
) -> Iterator[NamedText]:
    """Yield *texts*, a third of them under one or two headlines."""
    for text in texts:
        if headlines and rng.random() < HEADED_SHARE:
            for _ in range(rng.choice((1, 1, 2))):
                line = rng.choice(headlines)
                text = join_named((line, text), rng.choice(("\n", "\n\n", "\n\n")))
        yield text


def build_training_names(
    documents: Sequence[Paragraphs], pools: NamePools, rng: random.Random
) -> Iterator[NamedText]:
    """Yield every document five times: three times as it is, twice with other names."""
    plain = list(cut_texts(documents, rng))
    swapped = [
        list(cut_texts((swap_names(paragraphs, pools, rng) for paragraphs in documents), rng))
        for _ in range(2)
    ]
    headlines = find_headlines((*plain, *swapped[0]), rng)
    yield from put_headlines(plain, headlines, rng)
    yield from plain
    yield from plain
    for texts in swapped:
        yield from put_headlines(texts, headlines, rng)


# --- files -----------------------------------------------------------------------------


def read_gum(folder: Path, part: str, genres: frozenset[str] = FREE_GENRES) -> list[Document]:
    documents = read_treebank(open_lines(folder / f"gum-{part}.conllu.gz"))
    return [document for document in documents if document.name.split("_")[1] in genres]


def read_ewt(folder: Path, part: str) -> list[Document]:
    return list(read_treebank(open_lines(folder / f"ewt-{part}.conllu.gz")))


def read_uner(folder: Path, part: str, separator: str = " ") -> list[Paragraphs]:
    documents = read_names(open_lines(folder / f"uner-ewt-{part}.iob2.gz"))
    return [gather_paragraphs(sentences, separator) for _, sentences in documents]


def name_gum(documents: Iterable[Document]) -> list[Paragraphs]:
    return [tuple(named_paragraphs(document.sentences)) for document in documents]


def prepare_parses(treebanks: Path, corpus: Path, nlp: Language) -> None:
    ewt, gum = read_ewt(treebanks, "train"), read_gum(treebanks, "train")
    write_docs(corpus / "ewt.spacy", build_training_parses(ewt, nlp, random.Random(0)))
    write_docs(corpus / "gum.spacy", build_training_parses(gum, nlp, random.Random(0)))
    write_docs(
        corpus / "headlines.spacy", build_headed_parses([*ewt, *gum], nlp, random.Random(11))
    )
    web = read_ewt(treebanks, "dev")
    random.Random(1).shuffle(web)
    near_news = read_gum(treebanks, "dev", DEV_GENRES)
    write_docs(
        corpus / f"{DEV_PARSES}.spacy",
        build_test_parses([*web[:DEV_WEB_TEXTS], *near_news], nlp),
    )
    news = frozenset({"news"})
    sets = {
        "ewt": read_ewt(treebanks, "test"),
        "gum": read_gum(treebanks, "test"),
        "gumnews": [*read_gum(treebanks, "test", news), *read_gum(treebanks, "dev", news)],
    }
    for name, documents in sets.items():
        write_docs(corpus / f"{name}-test.spacy", build_test_parses(documents, nlp))


def prepare_names(treebanks: Path, corpus: Path, nlp: Language, start: Language) -> None:
    gum = fill_labels(name_gum(read_gum(treebanks, "train")), start, FILLED_LABELS)
    # Universal NER has three labels; peoples are filled in too.
    uner = fill_labels(read_uner(treebanks, "dev"), start, FILLED_LABELS | {"NORP"})
    documents = [*gum, *uner]
    pools = build_pools(text for paragraphs in documents for text in paragraphs)
    texts = build_training_names(documents, pools, random.Random(7))
    write_docs(corpus / "ner-gold.spacy", (build_named_doc(nlp, text) for text in texts))
    gum_dev = fill_labels(name_gum(read_gum(treebanks, "dev")), start, FILLED_LABELS)
    dev = (build_named_doc(nlp, text) for text in cut_texts(gum_dev, None))
    # Replaced by the larger set with news, where that is there.
    write_docs(corpus / f"{DEV_NAMES}.spacy", dev)
    news = frozenset({"news"})
    sets = {
        "gumner": name_gum(read_gum(treebanks, "test")),
        "gumnewsner": name_gum(
            [*read_gum(treebanks, "test", news), *read_gum(treebanks, "dev", news)]
        ),
        "uner": read_uner(treebanks, "test"),
        # One sentence a line, as comments on the web often come.
        "unerlines": read_uner(treebanks, "test", "\n"),
    }
    for name, paragraphs in sets.items():
        tests = (build_named_doc(nlp, text) for text in cut_texts(paragraphs, None))
        write_docs(corpus / f"{name}-test.spacy", tests)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--start", type=Path, required=True, help="pipeline that names numbers")
    options = parser.parse_args()
    nlp = build_blank()
    start = spacy.load(
        options.start, exclude=["tagger", "morphologizer", "trainable_lemmatizer", "parser"]
    )
    prepare_parses(options.treebanks, options.corpus, nlp)
    prepare_names(options.treebanks, options.corpus, nlp, start)
    for name, place in NOT_MADE_HERE.items():
        ready = options.treebanks / "docbins" / f"{name}.spacy"
        if ready.is_file():
            shutil.copyfile(ready, options.corpus / f"{place}.spacy")
            print(f"{place}: as it is in {ready.parent}")
        else:
            print(f"{name}: not in {ready.parent}, goes on without")


if __name__ == "__main__":
    main()
