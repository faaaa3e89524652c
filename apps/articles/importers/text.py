"""Plain text: the file is the article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from apps.articles.importers.decoding import decode
from apps.articles.importers.types import Importer, Limits, Rejection, format_size
from apps.articles.text.types import ArticleRejected, RawArticle


def read_limited(stream: BinaryIO, limits: Limits) -> bytes:
    """Return all of *stream*. Raises `ArticleRejected` when it is empty or too large."""
    data = stream.read(limits.file_bytes + 1)
    if not data:
        raise ArticleRejected("The file is empty.")
    if len(data) > limits.file_bytes:
        raise ArticleRejected(
            f"The file is larger than {format_size(limits.file_bytes)}. Paste the article's text instead."
        )
    return data


def check_text(text: str, limits: Limits) -> None:
    """Raise `ArticleRejected` unless *text* has words, and not too many."""
    if not text.strip():
        raise ArticleRejected("There is no text in it, only white space.")
    if not any(character.isalnum() for character in text):
        raise ArticleRejected("There are no words in it.")
    if len(text) > limits.text_characters:
        raise ArticleRejected(
            f"The text has {len(text):,} characters; at most {limits.text_characters:,} are read. "
            "Bring in one article at a time."
        )


def stem(name: str) -> str:
    """Return a file's name without folders and without its last suffix."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.stem or path.name


def read(name: str, stream: BinaryIO, limits: Limits) -> Iterator[RawArticle | Rejection]:
    """Yield the one article of a text file. Line ends and spaces are kept."""
    text, notes = decode(read_limited(stream, limits))
    check_text(text, limits)
    yield RawArticle(text=text, name=name, outlet=stem(name), notes=notes)


IMPORTER = Importer(
    slug="text",
    title="Plain text",
    suffixes=(".txt", ".text"),
    read=read,
)
