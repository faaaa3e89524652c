"""Folders, and the ``meta.json`` in them that gives what the files can't."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from apps.articles.importers.decoding import decode, replace_unstorable
from apps.articles.importers.jsonl import read_meta
from apps.articles.importers.types import Rejection
from apps.articles.text.types import ArticleRejected, RawArticle

META = "meta.json"

# In a folder these are taken for articles, or for what somebody thinks is one; notes,
# pictures and tables beside them are passed over without a word.
_READ = (".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".jsonl.gz", ".ndjson")
_DOCUMENTS = (".pdf", ".doc", ".docx", ".odt", ".rtf")


@dataclass(frozen=True, slots=True)
class Meta:
    """What a ``meta.json`` states, by file name, in its order."""

    articles_by_file: dict[str, tuple[RawArticle, tuple[str, ...]]] = field(default_factory=dict)


def parse_meta(data: bytes) -> Meta:
    """Return what a ``meta.json`` states. Raises `ArticleRejected` when it is not a list of objects."""
    text, _ = decode(data)
    try:
        records = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArticleRejected(
            f"It is not JSON ({error}); the files are read without it."
        ) from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ArticleRejected(
            'It is not a list of {"file": …, "outlet": …}; the files are read without it.'
        )
    meta = Meta()
    for position, record in enumerate(records, start=1):
        name = record.get("file")
        if not isinstance(name, str) or not name:
            raise ArticleRejected(f'Entry {position} has no "file"; the files are read without it.')
        meta.articles_by_file[name] = read_meta(record)
    return meta


def read_folder_meta(folder: Path) -> tuple[Meta, Rejection | None]:
    """Return the meta of *folder*, empty when it has none, and what is wrong with it."""
    path = folder / META
    if not path.is_file():
        return Meta(), None
    try:
        return parse_meta(path.read_bytes()), None
    except ArticleRejected as error:
        return Meta(), Rejection(replace_unstorable(str(path))[0], str(error))
    except OSError as error:
        return Meta(), Rejection(
            str(path), f"It can't be opened ({error.strerror}). Check its permissions."
        )


def find_files(folder: Path) -> Iterator[Path]:
    """Yield the files of *folder* that may be articles, then those of its subfolders, by name.

    Hidden files and folders are passed over; links to folders are not followed.
    """
    with os.scandir(folder) as listing:
        entries = sorted(
            (entry for entry in listing if not entry.name.startswith(".")),
            key=lambda entry: entry.name,
        )
    for entry in entries:
        if entry.is_file() and entry.name.lower().endswith(_READ + _DOCUMENTS):
            yield Path(entry.path)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from find_files(Path(entry.path))
