"""Bytes to text: which encoding, and which characters cannot be kept."""

from __future__ import annotations

import codecs
import re

from apps.articles.text.types import ArticleRejected

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_MARKS = (
    # UTF-32 first: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording or a film"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)

# "\x07" in "beep \x07" matches; "\t", "\r" and "\x1b" (colours of a terminal) do not.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Half of a pair, as "\ud83d" in JSON leaves it, cannot be written as UTF-8.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def find_binary_format(head: bytes) -> str | None:
    """Return what the first bytes of a file say it is ("a PDF"), None when it may be text."""
    for magic, kind in _FORMATS:
        if head.startswith(magic):
            return kind
    if head[4:8] == b"ftyp":
        return "a film"
    if head[:4] == b"RIFF":
        return "an image or a recording"
    return None


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of *data* and notes on what reading it took.

    In this order: a byte order mark (not part of the text), UTF-8, UTF-16 without a mark,
    UTF-8 with a few broken bytes, Windows-1252, and what charset-normalizer finds. Line
    ends stay as they are. Raises `ArticleRejected` when it is not text.
    """
    kind = find_binary_format(data[:16])
    if kind is not None:
        raise ArticleRejected(
            f"This is {kind}, not text. Save it as text, or paste the text instead."
        )
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return _finish(text, (f"Read as {name}; the byte order mark is not part of the text.",))
    try:
        return _finish(data.decode("utf-8"), ())
    except UnicodeDecodeError:
        pass
    encoding_without_mark = _find_utf16(data)
    if encoding_without_mark is not None:
        return _finish(data.decode(encoding_without_mark, errors="replace"), ("Read as UTF-16.",))
    if _looks_binary(data):
        raise ArticleRejected(
            "This file is not text. Save the article as text or HTML, or paste the text instead."
        )
    broken = data.decode("utf-8", errors="replace")
    errors = broken.count(REPLACEMENT)
    if errors * 4 <= sum(character > "\x7f" for character in broken) - errors:
        count = "1 byte was" if errors == 1 else f"{errors} bytes were"
        return _finish(broken, (f"{count} not valid UTF-8 and shown as {REPLACEMENT}.",))
    return _decode_legacy(data)


def _decode_legacy(data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    letters = sum(character.isalpha() for character in text)
    foreign = sum(character.isalpha() and character > "\x7f" for character in text)
    # Cyrillic or Greek read as Windows-1252 is nearly all accented letters; a Western
    # language is not. Statistics over a short text would guess a rarer code page.
    if text and foreign * 4 <= letters:
        return _finish(text, ("Read as Windows-1252.",))

    from charset_normalizer import from_bytes  # half a second: only when it is needed

    best = from_bytes(data).best()
    if best is None:
        raise ArticleRejected("The encoding of this file is not known. Save it as UTF-8.")
    return _finish(str(best), (f"Read as {best.encoding.replace('_', '-')}; check the accents.",))


def _finish(text: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if len(_CONTROL.findall(text)) * 10 > len(text):
        raise ArticleRejected(
            "This file is not text. Save the article as text or HTML, or paste the text instead."
        )
    text, more = replace_unstorable(text)
    return text, notes + more


def replace_unstorable(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace NUL and lone surrogates, one for one, so that every offset stays.

    A database cannot hold them. Returns the text and a note when there were any.
    """
    replaced, count = _UNSTORABLE.subn(REPLACEMENT, text)
    if not count:
        return text, ()
    characters = "1 character" if count == 1 else f"{count} characters"
    return replaced, (
        f"{characters} that cannot be stored (NUL and the like) shown as {REPLACEMENT}.",
    )


def _find_utf16(data: bytes) -> str | None:
    """Return the UTF-16 that text with every other byte zero is written in."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) * 10 > half * 7 and sample[::2].count(0) * 10 < half:
        return "utf-16-le"
    if sample[::2].count(0) * 10 > half * 7 and sample[1::2].count(0) * 10 < half:
        return "utf-16-be"
    return None


def _looks_binary(data: bytes) -> bool:
    """Return whether bytes that are no UTF-8 hold more control characters than text has."""
    sample = data[:20_000]
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    # A few stray ones in a short text are a fault of the text, not another format.
    return control * 50 > max(len(sample), 400)
