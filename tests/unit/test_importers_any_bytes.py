"""Whatever bytes come in, importers answer with articles that can be stored, or with reasons."""

from __future__ import annotations

import gzip
import io
import json
from functools import partial

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from apps.articles.importers import Rejection, read_stream
from apps.articles.importers.decoding import replace_unstorable

NAMES = st.sampled_from(
    ["a.txt", "a", "a.html", "a.jsonl", "a.jsonl.gz", "a.pdf", "a.json", ".txt"]
)
TEXTS = st.text(st.characters(), max_size=300)
WORDS = TEXTS.map(lambda text: text.encode("utf-8", errors="surrogatepass"))
PAGES = TEXTS.map(lambda text: f"<!doctype html><p>{text}</p>".encode("utf-8", errors="replace"))
LINES = st.dictionaries(
    st.sampled_from(["text", "html", "url", "published", "title", "id", "outlet"]),
    TEXTS | st.integers() | st.none() | st.lists(st.integers()),
).map(lambda record: json.dumps(record).encode())
# Without the time of day in it: what is tried must be the same when it is tried again.
PACKED = LINES.map(partial(gzip.compress, mtime=0))
BYTES = st.binary(max_size=600) | WORDS | PAGES | LINES | PACKED


@given(name=NAMES, data=BYTES)
@example(name="a.txt", data=b"\xff\xfe")
@example(name="a.txt", data=b"\xff\xfe\x00\xd8")
@example(name="a.jsonl", data=b'{"text": "\\ud800 x"}')
@example(name="a.html", data=b"<html>" + b"<p>" * 3)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_answered(name: str, data: bytes):
    for item in read_stream(name, io.BytesIO(data)):
        if isinstance(item, Rejection):
            assert item.name and item.message
            continue
        assert item.text.strip()
        for text in (item.text, item.name, item.outlet, item.title, item.url, item.external_id):
            assert replace_unstorable(text) == (text, ())


@given(text=TEXTS)
@example(text="\ufeffA")
@example(text="A\r\n\tB \u2028 \x85 C")
@settings(max_examples=300, deadline=None)
def test_utf8_text_comes_out_as_it_went_in(text: str):
    storable, _ = replace_unstorable(text.replace("<", "("))

    for item in read_stream("a.txt", io.BytesIO(storable.encode())):
        assert isinstance(item, Rejection) or item.text == storable.removeprefix("\ufeff")
