"""From files, folders and uploads to articles: which importer reads what."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from apps.articles.importers import html, jsonl, text
from apps.articles.importers.decoding import replace_unstorable
from apps.articles.importers.folder import META, Meta, find_files, parse_meta, read_folder_meta
from apps.articles.importers.jsonl import add_meta
from apps.articles.importers.types import Importer, Limits, Rejection
from apps.articles.text.types import ArticleRejected, RawArticle

# In the order they are asked. The last one reads whatever no other claims.
IMPORTERS: tuple[Importer, ...] = (jsonl.IMPORTER, html.IMPORTER, text.IMPORTER)

_HEAD = 2048


def choose_importer(name: str, head: bytes) -> Importer:
    """Return the importer for a file by its first bytes, then its suffix; plain text otherwise."""
    suffix_of = name.lower().endswith
    for importer in IMPORTERS:
        if suffix_of(importer.suffixes) and importer is not text.IMPORTER:
            return importer
    for importer in IMPORTERS:
        if importer.looks_like is not None and importer.looks_like(head):
            return importer
    return text.IMPORTER


def read_stream(
    name: str, stream: BinaryIO, *, limits: Limits | None = None
) -> Iterator[RawArticle | Rejection]:
    """Yield what one file holds. *stream* is at its start and can seek. Never raises on its content."""
    limits = limits or Limits()
    if name.lower().endswith(".json"):
        yield Rejection(
            name, "A .json file is not read. Write JSON lines (.jsonl): an article a line."
        )
        return
    head = stream.read(_HEAD)
    stream.seek(0)
    found = choose_importer(name, head).read(name, stream, limits)
    while True:
        try:
            item = next(found, None)
        except ArticleRejected as error:
            yield Rejection(name, str(error))
            return
        if item is None:
            return
        yield item


def read_files(
    paths: Iterable[str | Path], *, limits: Limits | None = None
) -> Iterator[RawArticle | Rejection]:
    """Yield the articles of files and folders, in the order given, a folder's by name.

    A ``meta.json`` beside a file gives what the file can't. What can't be read is a
    `Rejection` in its place; the rest goes on. `RawArticle.name` is the path below the
    folder that was named, or the file's name.
    """
    limits = limits or Limits()
    metas: dict[Path, Meta] = {}
    for path in map(Path, paths):
        if path.is_dir():
            yield from _read_folder(path, metas, limits)
        elif path.is_file():
            yield from _load_meta(path.parent, metas)
            yield from _read_file(path, path.name, metas, limits)
        else:
            yield Rejection(_show(path), "There is no such file or folder. Check the path.")


def _show(path: str | Path) -> str:
    """Return a path as text that can be printed and stored, whatever bytes it is made of."""
    return replace_unstorable(str(path))[0]


def _read_folder(
    folder: Path, metas: dict[Path, Meta], limits: Limits
) -> Iterator[RawArticle | Rejection]:
    seen: set[Path] = set()
    yield from _load_meta(folder, metas)
    try:
        for path in find_files(folder):
            yield from _load_meta(path.parent, metas)
            seen.add(path)
            yield from _read_file(path, path.relative_to(folder).as_posix(), metas, limits)
    except PermissionError as error:
        yield Rejection(
            _show(error.filename or folder), "This folder can't be opened. Check its permissions."
        )
    for place in sorted({folder, *(path.parent for path in seen)}):
        for path in [place / name for name in metas[place].articles_by_file]:
            if path in seen:
                continue
            if path.parent != place or path.name in {"", ".", ".."}:
                yield Rejection(
                    _show(path), f"A {META} describes the files of its own folder only."
                )
            elif not path.is_file():
                yield Rejection(
                    _show(path), f"{META} names this file, but it is not in the folder."
                )
            else:
                seen.add(path)
                yield from _read_file(path, path.relative_to(folder).as_posix(), metas, limits)
    if not seen:
        yield Rejection(_show(folder), "This folder holds no text or HTML files.")


def _load_meta(folder: Path, metas: dict[Path, Meta]) -> Iterator[Rejection]:
    if folder not in metas:
        metas[folder], rejection = read_folder_meta(folder)
        if rejection is not None:
            yield rejection


def _read_file(
    path: Path, name: str, metas: dict[Path, Meta], limits: Limits
) -> Iterator[RawArticle | Rejection]:
    try:
        stream = path.open("rb")
    except OSError as error:
        yield Rejection(
            _show(path), f"It can't be opened ({error.strerror}). Check its permissions."
        )
        return
    with stream:
        for item in read_stream(_show(name), stream, limits=limits):
            yield _with_meta(item, path.name, metas[path.parent])


def _with_meta(item: RawArticle | Rejection, file_name: str, meta: Meta) -> RawArticle | Rejection:
    stated = meta.articles_by_file.get(file_name)
    if stated is None or isinstance(item, Rejection):
        return item
    return add_meta(item, *stated)


def read_upload(
    files: Iterable[tuple[str, BinaryIO]], *, limits: Limits | None = None
) -> Iterator[RawArticle | Rejection]:
    """Yield the articles of uploaded files, in their order, a ``meta.json`` among them applied.

    At most ``limits.articles`` items are yielded; then one `Rejection` says so.
    """
    limits = limits or Limits()
    meta = Meta()
    others: list[tuple[str, BinaryIO]] = []
    rejections: list[Rejection] = []
    for name, stream in ((_show(name), stream) for name, stream in files):
        if name.rsplit("/", 1)[-1].lower() != META:
            others.append((name, stream))
            continue
        try:
            meta = parse_meta(stream.read(limits.file_bytes))
        except ArticleRejected as error:
            rejections.append(Rejection(name, str(error)))
    yield from rejections
    items = (
        _with_meta(item, name.rsplit("/", 1)[-1], meta)
        for name, stream in others
        for item in read_stream(name, stream, limits=limits)
    )
    yield from islice(items, limits.articles)
    following = next(items, None) if limits.articles is not None else None
    if following is not None:
        yield Rejection(
            following.name,
            f"At most {limits.articles} articles are taken at once. Bring in this and what follows in another go.",
        )


def read_paste(content: str, *, meta: RawArticle, limits: Limits | None = None) -> RawArticle:
    """Return the article that was pasted, with what the person stated about it in *meta*.

    Browsers send every line end of a form as CR LF, whatever was pasted, so that is undone.
    A pasted page source is read as a page. Raises `ArticleRejected`.
    """
    limits = limits or Limits()
    content = content.replace("\r\n", "\n")
    if html.looks_like_html(content[:_HEAD].encode(errors="replace")):
        read: Iterator[RawArticle | Rejection] = html.read(
            meta.name, io.BytesIO(content.encode(errors="replace")), limits
        )
        return add_meta(next(item for item in read if isinstance(item, RawArticle)), meta)
    body, notes = replace_unstorable(content)
    text.check_text(body, limits)
    return add_meta(RawArticle(text=body, name=meta.name, notes=notes), meta)
