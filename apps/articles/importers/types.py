"""What every importer takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from apps.articles.text.types import RawArticle


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that holds no article: its *name* and a *message* that says what to do."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read. *articles* is the most that one call yields, None for no bound.

    *file_bytes* bounds one text or HTML file, and one line of a ``.jsonl`` file.
    """

    file_bytes: int = 5_000_000
    text_characters: int = 1_000_000
    articles: int | None = None


Reader = Callable[[str, BinaryIO, Limits], Iterator[RawArticle | Rejection]]


@dataclass(frozen=True, slots=True)
class Importer:
    """Turns one format into `RawArticle`s.

    *suffixes* are lower case and begin with a dot. *read* raises `ArticleRejected` when
    the whole file is no article. *looks_like*, where there is one, is asked about the first
    bytes of a file and decides before the name does.
    """

    slug: str
    title: str
    suffixes: tuple[str, ...]
    read: Reader
    looks_like: Callable[[bytes], bool] | None = None


def format_size(size: int) -> str:
    """Return a number of bytes as a person says it: "52.4 MB", "310 kB", "12 bytes"."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB".replace(".0 MB", " MB")
    if size >= 1_000:
        return f"{size // 1_000} kB"
    return f"{size} bytes"
