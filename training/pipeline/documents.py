"""Turn treebank sentences and named texts into spaCy documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from training.pipeline.conllu import NamedText, Sentence


def build_parsed_doc(vocab: Vocab, sentences: Sequence[Sentence], separator: str) -> Doc:
    """Return *sentences* as one document, cut into words as in the treebank.

    *separator* stands between paragraphs; line ends become tokens, as spaCy's tokenizer
    makes them, that hang on the word before.
    """
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    lemmas: list[str] = []
    features: list[str] = []
    heads: list[int] = []
    relations: list[str] = []
    for number, sentence in enumerate(sentences):
        if number and not sentence.starts_paragraph:
            spaces[-1] = sentences[number - 1].space_after
        elif number and separator == " ":
            spaces[-1] = True
        elif number:
            spaces[-1] = False
            words.append(separator)
            spaces.append(False)
            tags.append("_SP")
            pos.append("SPACE")
            lemmas.append(separator)
            features.append("")
            heads.append(len(words) - 2)
            relations.append("dep")
        base = len(words)
        for index, word in enumerate(sentence.words):
            following = sentence.words[index + 1].start if index + 1 < len(sentence.words) else 0
            words.append(word.form)
            spaces.append(following > word.end)
            tags.append(word.tag)
            pos.append(word.pos)
            lemmas.append(word.lemma)
            features.append(word.features)
            heads.append(base + word.head)
            relations.append(word.relation)
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=pos,
        lemmas=lemmas,
        morphs=features,
        heads=heads,
        deps=relations,
    )


def build_named_doc(nlp: Language, named: NamedText) -> Doc:
    """Return the text cut into words by *nlp*'s tokenizer, with its names.

    A name whose end is inside a token takes the whole token. One that would then overlap
    an earlier one, or that begins or ends with white space, is left out.
    """
    doc = nlp.make_doc(named.text)
    spans: list[Span] = []
    for start, end, label in named.names:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is None or span[0].is_space or span[-1].is_space:
            continue
        if not spans or spans[-1].end <= span.start:
            spans.append(span)
    doc.set_ents(spans)
    return doc


def write_docs(path: Path, docs: Iterable[Doc]) -> None:
    """Write a DocBin, with one line on what is in it."""
    stored = DocBin(store_user_data=False)
    texts = tokens = names = 0
    for doc in docs:
        stored.add(doc)
        texts, tokens, names = texts + 1, tokens + len(doc), names + len(doc.ents)
    path.parent.mkdir(parents=True, exist_ok=True)
    stored.to_disk(path)
    print(f"{path.name}: {texts} texts, {tokens} tokens, {names} names", flush=True)


def read_docs(path: Path, vocab: Vocab) -> list[Doc]:
    """Return the documents of a DocBin, in order."""
    return list(DocBin().from_disk(path).get_docs(vocab))
