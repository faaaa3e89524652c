"""From bytes to articles: formats, encodings, and a clear answer for everything else."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from apps.articles.importers import (
    IMPORTERS,
    Limits,
    Rejection,
    read_files,
    read_paste,
    read_stream,
    read_upload,
)
from apps.articles.text.types import ArticleRejected, RawArticle


def _read(
    data: bytes, name: str = "post.txt", limits: Limits | None = None
) -> RawArticle | Rejection:
    (item,) = read_stream(name, io.BytesIO(data), limits=limits)
    return item


def _text(data: bytes, name: str = "post.txt") -> str:
    item = _read(data, name)
    assert isinstance(item, RawArticle), item
    return item.text


def _message(data: bytes, name: str = "post.txt", limits: Limits | None = None) -> str:
    item = _read(data, name, limits)
    assert isinstance(item, Rejection), item
    assert item.name == name
    return item.message


def test_importers_have_slugs_and_suffixes_of_their_own():
    suffixes = [suffix for importer in IMPORTERS for suffix in importer.suffixes]

    assert len({importer.slug for importer in IMPORTERS}) == len(IMPORTERS)
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)


# --- plain text and encodings ------------------------------------------------------------------


def test_a_text_file_is_kept_to_the_last_space():
    data = "Ferry sinks\r\n\r\n  Two “hurt”,\tsay officials. \n\n".encode()

    item = _read(data)

    assert item == RawArticle(text=data.decode(), name="post.txt", outlet="post")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_not_part_of_the_text(encoding: str):
    item = _read("Ferry “sinks” off Ålvik".encode(encoding))

    assert isinstance(item, RawArticle)
    assert item.text == "Ferry “sinks” off Ålvik"
    assert "byte order mark" in item.notes[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_known_without_its_mark(encoding: str):
    assert _text("The ferry sank off Ålvik.".encode(encoding)) == "The ferry sank off Ålvik."


def test_windows_quotes_are_read_as_windows_1252():
    item = _read("“It’s gone,” said the café’s owner — at 5 °C.".encode("cp1252"))

    assert isinstance(item, RawArticle)
    assert item.text == "“It’s gone,” said the café’s owner — at 5 °C."
    assert item.notes == ("Read as Windows-1252.",)


def test_cyrillic_is_not_taken_for_accented_latin():
    text = "Паром затонул у берегов посёлка в субботу утром, сообщили местные власти. " * 4

    item = _read(text.encode("cp1251"))

    assert isinstance(item, RawArticle)
    assert item.text == text
    assert "check the accents" in item.notes[0]


def test_one_broken_byte_does_not_spoil_a_utf8_file():
    item = _read("“Åre” and “Ålvik” — “both”".encode() + b"\x92s")

    assert isinstance(item, RawArticle)
    assert item.text == "“Åre” and “Ålvik” — “both”\N{REPLACEMENT CHARACTER}s"
    assert "1 byte was not valid UTF-8" in item.notes[0]


def test_nul_is_replaced_one_for_one_and_said():
    item = _read(b"The ferry\x00sank \x00 today")

    assert isinstance(item, RawArticle)
    assert item.text == "The ferry\N{REPLACEMENT CHARACTER}sank \N{REPLACEMENT CHARACTER} today"
    assert "2 characters that cannot be stored" in item.notes[0]


def test_a_stray_nul_in_a_short_text_of_another_encoding_is_no_binary_file():
    assert _text(b"The caf\xe9\x00 was shut.") == "The café\N{REPLACEMENT CHARACTER} was shut."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "only white space"),
        (b" \r\n\t \xc2\xa0\n", "only white space"),
        (b"--- *** ---", "no words"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "an image"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an Office document"),
        (b"{\\rtf1\\ansi Hello}", "an RTF document"),
        (gzip.compress(b"text", mtime=0), "a compressed file"),
        (bytes(range(256)) * 40, "not text"),
        (b"\x00\x01\x02\x03" * 500, "not text"),
    ],
)
def test_what_is_no_text_gets_a_clear_answer(data: bytes, words: str):
    assert words in _message(data)


def test_a_huge_file_is_refused_without_being_read():
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = 0) -> int:
            return 0

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            self.taken += len(buffer)
            buffer[:] = b"a" * len(buffer)
            return len(buffer)

    stream = Endless()

    (item,) = read_stream("big.txt", io.BufferedReader(stream))  # type: ignore[arg-type]

    assert isinstance(item, Rejection)
    assert "larger than 5 MB" in item.message
    assert stream.taken < 6_000_000


def test_a_text_may_be_as_long_as_the_limit_and_no_longer():
    limits = Limits(text_characters=20)

    assert isinstance(_read(b"a" * 20, limits=limits), RawArticle)
    assert "21 characters" in _message(b"a" * 21, limits=limits)


# --- pages -------------------------------------------------------------------------------------

PROSE = "".join(
    f"<p>The {ordinal} ferry of the morning left Port Orla with {count} people on board, the harbour office said.</p>"
    for ordinal, count in (("first", 41), ("second", 57), ("third", 12), ("fourth", 88))
)


def _page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Ferries | Post</title>{head}</head><body>{body}</body></html>"


ARTICLE = _page(
    "<nav><a href=/>Home</a><a href=/sea>Sea</a></nav>"
    f"<main><article><h1>Ferries leave on time</h1>{PROSE}</article></main>",
    '<meta property="og:site_name" content="Harbour Post">'
    '<link rel="canonical" href="https://harbour.example.org/ferries">'
    '<meta property="article:published_time" content="2025-03-15T08:30:00+01:00">',
)


def test_a_page_gives_its_text_title_outlet_address_and_date():
    item = _read(ARTICLE.encode(), "page.html")

    assert isinstance(item, RawArticle)
    assert item.text.startswith("Ferries leave on time")
    assert "with 88 people on board" in item.text
    assert "Home" not in item.text
    assert (item.title, item.outlet) == ("Ferries leave on time", "Harbour Post")
    assert item.url == "https://harbour.example.org/ferries"
    assert item.published == datetime(2025, 3, 15, 8, 30, tzinfo=timezone(timedelta(hours=1)))


def test_the_heading_of_a_page_stands_in_the_text_once():
    assert _text(ARTICLE.encode(), "page.html").count("Ferries leave on time") == 1


def test_a_page_without_metadata_is_named_after_its_file_and_has_no_date():
    item = _read(_page(f"<article>{PROSE}</article>").encode(), "evening_bell.html")

    assert isinstance(item, RawArticle)
    assert item.outlet == "evening_bell"
    assert item.published is None


def test_a_date_for_machines_is_found_in_linked_data():
    data = json.dumps({"@graph": [{"@type": "NewsArticle", "datePublished": "2025-03-15"}]})

    item = _read(
        _page(
            f"<article>{PROSE}</article>", f'<script type="application/ld+json">{data}</script>'
        ).encode(),
        "a.html",
    )

    assert isinstance(item, RawArticle)
    assert item.published == date(2025, 3, 15)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<nav><a href=/>Home</a></nav>",
        "<p>Please enable JavaScript to read this page.</p>",
        "<script>var a=1</script>",
    ],
)
def test_a_page_without_an_article_says_to_paste_the_text(body: str):
    assert (
        _message(_page(body).encode(), "page.html")
        == "This page has no article text. Paste the text instead."
    )


def test_a_page_saved_under_another_name_is_still_read_as_a_page():
    assert _text(ARTICLE.encode(), "page.txt").startswith("Ferries leave on time")


def test_a_text_that_speaks_of_tags_is_no_page():
    assert (
        _text(b"Write <b>bold</b> or <html> yourself.") == "Write <b>bold</b> or <html> yourself."
    )


def test_a_page_in_an_older_encoding_is_read_by_what_it_states():
    page = _page(
        f"<article>{PROSE.replace('Orla', 'Øre')}</article>", '<meta charset="iso-8859-1">'
    )

    assert "Port Øre" in _text(page.encode("cp1252"), "page.html")


@pytest.mark.parametrize(
    "body",
    ["<div>" * 20_000, "<p>" + "<b><i>" * 5_000 + "x", "<table><tr><td>" * 3_000, "<!--" * 9_000],
)
def test_a_hostile_page_is_rejected_and_not_raised(body: str):
    assert "Paste the text instead" in _message(_page(body).encode(), "page.html")


def test_reading_a_page_twice_gives_the_same():
    assert _read(ARTICLE.encode(), "a.html") == _read(ARTICLE.encode(), "a.html")


# --- JSON lines ----------------------------------------------------------------------------------


def _lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


RECORD = {
    "id": "x7",
    "outlet": "Harbour Post",
    "url": "https://harbour.example.org/f",
    "published": "2025-03-15T10:00:00Z",
    "title": "Ferry sinks",
    "text": "The ferry sank.",
}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_each_line_is_an_article(pack):
    items = list(
        read_stream("all.jsonl.gz", io.BytesIO(pack(_lines(RECORD, {"text": "Second text."}))))
    )

    assert items == [
        RawArticle(
            text="The ferry sank.",
            name="all.jsonl.gz, line 1",
            outlet="Harbour Post",
            title="Ferry sinks",
            url="https://harbour.example.org/f",
            published=datetime(2025, 3, 15, 10, tzinfo=UTC),
            external_id="x7",
        ),
        RawArticle(text="Second text.", name="all.jsonl.gz, line 2", outlet="all"),
    ]


def test_a_line_may_hold_a_page():
    (item,) = read_stream(
        "a.jsonl", io.BytesIO(_lines({"html": ARTICLE, "outlet": "Evening Bell"}))
    )

    assert isinstance(item, RawArticle)
    assert item.text.startswith("Ferries leave on time")
    assert item.outlet == "Evening Bell"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{not json}", "not JSON"),
        (b'["a"]', "not an object"),
        (b'{"outlet": "Post"}', 'neither "text" nor "html"'),
        (b'{"text": "  "}', 'neither "text" nor "html"'),
        (b'{"text": 5}', 'neither "text" nor "html"'),
        (b'{"text": "\xff\xfe"}', "not UTF-8"),
        (b'{"a":' * 60_000, "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: bytes, words: str):
    data = _lines(RECORD) + b"\n" + line + b"\n\n" + _lines(RECORD)

    first, bad, last = read_stream("a.jsonl", io.BytesIO(data))

    assert (
        isinstance(first, RawArticle)
        and isinstance(last, RawArticle)
        and isinstance(bad, Rejection)
    )
    assert bad.name == "a.jsonl, line 2"
    assert words in bad.message


def test_half_a_character_in_json_is_replaced_one_for_one():
    (item,) = read_stream("a.jsonl", io.BytesIO(b'{"text": "Ferry \\ud83d sinks"}'))

    assert isinstance(item, RawArticle)
    assert item.text == "Ferry \N{REPLACEMENT CHARACTER} sinks"


def test_a_value_of_the_wrong_kind_is_left_out_and_said():
    (item,) = read_stream(
        "a.jsonl",
        io.BytesIO(_lines({"text": "A text.", "published": "last Monday", "title": ["x"]})),
    )

    assert isinstance(item, RawArticle)
    assert item.published is None and item.title == ""
    assert item.notes == (
        '"title" is not text and was left out.',
        '"last Monday" is not a date like 2025-03-15 and was left out.',
    )


def test_a_page_made_to_keep_its_reader_busy_is_refused_at_once():
    attributes = " ".join(f'a{number}="x"' for number in range(50_000))
    page = f"<!doctype html><html><body><p {attributes}>{'word ' * 50}</body></html>"

    (item,) = read_stream("a.html", io.BytesIO(page.encode()))

    assert isinstance(item, Rejection) and "could not be read" in item.message


def test_a_picture_inside_a_page_is_not_taken_for_that():
    picture = '<img alt="A quay" src="data:image/png;base64,' + "iVBORw0KGgo=" * 20_000 + '">'
    words = "The ferry Alma ran aground off Lisse Head on Sunday with 40 people aboard. " * 6
    page = f"<!doctype html><html><body><article><p>{words}</p>{picture}</article></body></html>"

    (item,) = read_stream("a.html", io.BytesIO(page.encode()))

    assert isinstance(item, RawArticle) and "40 people" in item.text


@pytest.mark.parametrize("fill", [b" ", b" " * 99 + b"\n"])
def test_a_small_file_that_unpacks_to_an_enormous_one_is_given_up(fill: bytes):
    packed = gzip.compress(_lines(RECORD) + fill * (8_000_000 // len(fill)))

    *_, last = read_stream("a.jsonl.gz", io.BytesIO(packed))

    assert isinstance(last, Rejection) and "times its size" in last.message


def test_a_packed_file_that_breaks_off_inside_a_line_that_is_too_long_is_said():
    line = json.dumps({"text": random.Random(7).randbytes(30_000).hex()}).encode()
    data = gzip.compress(_lines(RECORD) + line)

    *_, last = read_stream(
        "a.jsonl.gz", io.BytesIO(data[: len(data) // 2]), limits=Limits(file_bytes=1_000)
    )

    assert isinstance(last, Rejection) and "damaged after line" in last.message


def test_a_damaged_archive_keeps_what_came_before():
    # Random enough that the first line is out of the buffer before the damage.
    data = gzip.compress(_lines(*[{**RECORD, "id": str(number)} for number in range(2_000)]))

    *articles, last = read_stream("a.jsonl.gz", io.BytesIO(data[: len(data) // 2]))

    assert articles and all(isinstance(item, RawArticle) for item in articles)
    assert isinstance(last, Rejection) and "damaged" in last.message


def test_a_huge_line_is_refused_and_the_next_one_read():
    limits = Limits(file_bytes=1_000)
    data = _lines({"text": "a" * 5_000}, RECORD)

    bad, good = read_stream("a.jsonl", io.BytesIO(data), limits=limits)

    assert isinstance(bad, Rejection) and "line is larger than 1 kB" in bad.message
    assert isinstance(good, RawArticle)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"\n\n", "empty"), ('{"text": "a"}'.encode("utf-16"), "UTF-16")],
)
def test_json_lines_without_a_line_get_a_clear_answer(data: bytes, words: str):
    assert words in _message(data, "a.jsonl")


# --- folders and uploads ---------------------------------------------------------------------------


def _write(folder: Path, **files: str | list[object]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / name.replace("__", ".")).write_text(text)
    return folder


def test_a_folder_is_read_by_name_with_what_its_meta_states(tmp_path: Path):
    meta: list[object] = [
        {
            "file": "b.txt",
            "outlet": "Evening Bell",
            "published": "2025-03-15",
            "title": "B",
            "id": "7",
        }
    ]
    _write(
        tmp_path,
        b__txt="Second text.",
        a__txt="First text.",
        meta__json=meta,
        notes__md="Not read.",
        gold__json="{}",
    )

    first, second = read_files([tmp_path])

    assert first == RawArticle(text="First text.", name="a.txt", outlet="a")
    assert second == RawArticle(
        text="Second text.",
        name="b.txt",
        outlet="Evening Bell",
        title="B",
        published=date(2025, 3, 15),
        external_id="7",
    )


def test_folders_in_folders_have_meta_of_their_own(tmp_path: Path):
    _write(tmp_path / "one", a__txt="First text.", meta__json=[{"file": "a.txt", "outlet": "One"}])
    _write(tmp_path / "two", a__txt="Second text.", meta__json=[{"file": "a.txt", "outlet": "Two"}])
    _write(tmp_path / ".hidden", a__txt="Hidden text.")

    items = list(read_files([tmp_path]))

    assert [(item.name, item.outlet) for item in items if isinstance(item, RawArticle)] == [
        ("one/a.txt", "One"),
        ("two/a.txt", "Two"),
    ]


def test_a_file_named_by_itself_is_read_with_the_meta_beside_it(tmp_path: Path):
    _write(tmp_path, a__txt="First text.", meta__json=[{"file": "a.txt", "outlet": "One"}])

    (item,) = read_files([tmp_path / "a.txt"])

    assert isinstance(item, RawArticle) and item.outlet == "One"


@pytest.mark.parametrize(
    ("meta", "words"),
    [
        ("{", "not JSON"),
        ('{"file": "a.txt"}', "not a list"),
        ('[{"outlet": "One"}]', 'no "file"'),
        ("[1]", "not a list"),
    ],
)
def test_files_are_read_without_a_meta_that_makes_no_sense(tmp_path: Path, meta: str, words: str):
    _write(tmp_path, a__txt="First text.", meta__json=meta)

    bad, good = read_files([tmp_path])

    assert isinstance(bad, Rejection) and bad.name.endswith("meta.json") and words in bad.message
    assert isinstance(good, RawArticle) and good.outlet == "a"


def test_what_is_not_there_is_named_and_the_rest_is_read(tmp_path: Path):
    _write(tmp_path / "full", a__txt="First text.", b__txt="", meta__json=[{"file": "c.txt"}])
    (tmp_path / "full" / "d.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "bare").mkdir()

    items = list(read_files([tmp_path / "missing.txt", tmp_path / "bare", tmp_path / "full"]))

    assert [item.name for item in items if isinstance(item, RawArticle)] == ["a.txt"]
    assert [
        (Path(item.name).name, item.message.split(".")[0])
        for item in items
        if isinstance(item, Rejection)
    ] == [
        ("missing.txt", "There is no such file or folder"),
        ("bare", "This folder holds no text or HTML files"),
        ("b.txt", "The file is empty"),
        ("d.pdf", "This is a PDF, not text"),
        ("c.txt", "meta"),
    ]


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "sub/a.txt", "..", "."])
def test_a_meta_cannot_bring_in_files_from_elsewhere(tmp_path: Path, name: str):
    _write(tmp_path, secret__txt="A secret text.")
    _write(tmp_path / "sub", a__txt="Another text.")
    folder = _write(tmp_path / "folder", a__txt="First text.", meta__json=[{"file": name}])

    article, refused = read_files([folder])

    assert isinstance(article, RawArticle) and article.text == "First text."
    assert isinstance(refused, Rejection) and "own folder only" in refused.message


def test_a_file_whose_name_is_no_text_can_be_read_and_stored(tmp_path: Path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("First text.")

    (item,) = read_files([tmp_path])

    assert isinstance(item, RawArticle)
    assert item.name == "caf\N{REPLACEMENT CHARACTER}.txt"
    assert item.outlet.encode() == "caf\N{REPLACEMENT CHARACTER}".encode()


def test_an_upload_takes_its_meta_from_among_its_files():
    files = [
        ("a.txt", b"First text."),
        ("meta.json", b'[{"file": "a.txt", "outlet": "Evening Bell"}]'),
    ]

    (item,) = read_upload((name, io.BytesIO(data)) for name, data in files)

    assert isinstance(item, RawArticle) and item.outlet == "Evening Bell"


def test_an_upload_stops_at_its_limit_and_says_so():
    files = [(f"{number}.txt", io.BytesIO(b"Some text.")) for number in range(5)]

    items = list(read_upload(files, limits=Limits(articles=3)))

    assert [item.name for item in items if isinstance(item, RawArticle)] == [
        "0.txt",
        "1.txt",
        "2.txt",
    ]
    assert (
        isinstance(items[-1], Rejection)
        and items[-1].name == "3.txt"
        and "At most 3" in items[-1].message
    )


def test_an_upload_at_its_limit_is_taken_whole():
    files = [(f"{number}.txt", io.BytesIO(b"Some text.")) for number in range(3)]

    assert all(
        isinstance(item, RawArticle) for item in read_upload(files, limits=Limits(articles=3))
    )


# --- pasted ------------------------------------------------------------------------------------------

STATED = RawArticle(text="", name="pasted text", outlet="Evening Bell", title="Ferry")


def test_a_pasted_text_gets_back_the_line_ends_the_browser_changed():
    item = read_paste("  Ferry sinks\r\n\r\nTwo hurt. ", meta=STATED)

    assert item.text == "  Ferry sinks\n\nTwo hurt. "
    assert (item.outlet, item.title, item.name) == ("Evening Bell", "Ferry", "pasted text")


def test_a_pasted_page_source_is_read_as_a_page():
    item = read_paste(ARTICLE.replace("\n", "\r\n"), meta=STATED)

    assert item.text.startswith("Ferries leave on time")
    assert item.outlet == "Evening Bell"


@pytest.mark.parametrize("content", ["", " \r\n ", "---"])
def test_a_paste_without_words_is_refused(content: str):
    with pytest.raises(ArticleRejected):
        read_paste(content, meta=STATED)
