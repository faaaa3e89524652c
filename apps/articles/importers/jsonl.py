"""JSON lines, plain or gzipped: an article a line."""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from apps.articles.importers.dates import read_date
from apps.articles.importers.decoding import replace_unstorable
from apps.articles.importers.html import extract_article, host_of
from apps.articles.importers.text import check_text, stem
from apps.articles.importers.types import Importer, Limits, Rejection, format_size
from apps.articles.text.types import ArticleRejected, RawArticle

_GZIP = b"\x1f\x8b"
# Text packs to a fifth or a twentieth. What unpacks to more than this many times its size, and
# is large, was made to keep somebody busy.
_MOST_UNPACKED = 200
_UNPACKED_FREELY = 5_000_000


def read(name: str, stream: BinaryIO, limits: Limits) -> Iterator[RawArticle | Rejection]:
    """Yield the article of each line; a line that holds none is a `Rejection` with its number.

    Blank lines are passed over. Lines are UTF-8; a byte order mark is removed.
    """
    start = stream.read(2)
    stream.seek(0)
    lines = gzip.GzipFile(fileobj=stream) if start == _GZIP else stream
    found = False
    number = 0
    while True:
        number += 1
        try:
            line, is_too_long = _read_bounded(stream, lines, limits.file_bytes)
        except (EOFError, OSError, zlib.error) as error:
            yield Rejection(
                name, f"The file is damaged after line {number - 1} ({error}). Send it again."
            )
            return
        if not line:
            break
        where = f"{name}, line {number}"
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise ArticleRejected("The file is UTF-16. Save it as UTF-8.")
            line = line.removeprefix(codecs.BOM_UTF8)
        if is_too_long:
            found = True
            yield Rejection(where, f"The line is larger than {format_size(limits.file_bytes)}.")
            continue
        if not line.strip():
            continue
        found = True
        try:
            yield read_line(line, where=where, file_name=name, limits=limits)
        except ArticleRejected as error:
            yield Rejection(where, str(error))
    if not found:
        raise ArticleRejected("The file is empty.")


def _read_bounded(
    stream: BinaryIO, lines: BinaryIO | gzip.GzipFile, most: int
) -> tuple[bytes, bool]:
    """Return the next line, or the beginning of one longer than *most* bytes, which is passed over.

    Raises ``OSError`` where a small file unpacks to an enormous one.
    """
    line = part = lines.readline(most + 1)
    while True:
        unpacked = lines.tell()
        if unpacked > _UNPACKED_FREELY and unpacked > _MOST_UNPACKED * stream.tell():
            raise OSError(f"it unpacks to more than {_MOST_UNPACKED} times its size")
        if len(line) <= most or not part or part.endswith(b"\n"):
            return line, len(line) > most
        part = lines.readline(most)


def read_line(line: bytes, *, where: str, file_name: str, limits: Limits) -> RawArticle:
    """Return the article of one line. Raises `ArticleRejected` when there is none."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ArticleRejected("The line is not UTF-8. Save the file as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise ArticleRejected(f"The line is not JSON ({error}).") from error
    if not isinstance(record, dict):
        raise ArticleRejected('The line is not an object: write {"outlet": …, "text": …}.')
    meta, notes = read_meta(record)
    html, text = record.get("html"), record.get("text")
    if isinstance(text, str) and text.strip():
        text, more = replace_unstorable(text)
        check_text(text, limits)
        article = RawArticle(
            text=text, name=where, outlet=host_of(meta.url) or stem(stem(file_name)), notes=more
        )
    elif isinstance(html, str) and html.strip():
        html, more = replace_unstorable(html)
        article = extract_article(html, name=where, limits=limits, url=meta.url, notes=more)
    else:
        raise ArticleRejected('The line has neither "text" nor "html".')
    return add_meta(article, meta, notes)


def read_meta(record: dict[str, Any]) -> tuple[RawArticle, tuple[str, ...]]:
    """Return what a record states about an article (its text left empty), and notes.

    A value of the wrong kind is left out and said in a note.
    """
    notes: list[str] = []
    values: dict[str, str] = {}
    for key in ("id", "outlet", "url", "title", "published"):
        value = record.get(key)
        if value is None:
            continue
        if isinstance(value, int) and key == "id":
            value = str(value)
        if not isinstance(value, str):
            notes.append(f'"{key}" is not text and was left out.')
            continue
        values[key] = " ".join(replace_unstorable(value)[0].split())
    published = read_date(values.get("published", ""))
    if values.get("published") and published is None:
        notes.append(f'"{values["published"]}" is not a date like 2025-03-15 and was left out.')
    meta = RawArticle(
        text="",
        name="",
        outlet=values.get("outlet", ""),
        title=values.get("title", ""),
        url=values.get("url", ""),
        published=published,
        external_id=values.get("id", ""),
    )
    return meta, tuple(notes)


def add_meta(article: RawArticle, meta: RawArticle, notes: tuple[str, ...] = ()) -> RawArticle:
    """Return *article* with what *meta* states in place of what was read from the file."""
    return RawArticle(
        text=article.text,
        name=article.name,
        outlet=meta.outlet or article.outlet,
        title=meta.title or article.title,
        url=meta.url or article.url,
        published=meta.published if meta.published is not None else article.published,
        external_id=meta.external_id or article.external_id,
        notes=article.notes + notes,
    )


IMPORTER = Importer(
    slug="jsonl",
    title="JSON lines",
    suffixes=(".jsonl", ".jsonl.gz", ".ndjson"),
    read=read,
)
