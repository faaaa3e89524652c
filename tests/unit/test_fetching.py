"""The guard around fetching: which addresses are asked, and what ends an answer."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from apps.articles.fetching import Connect, fetch, find_public_addresses, is_public
from apps.articles.importers import Limits
from apps.articles.text.types import ArticleRejected

LIMITS = Limits(file_bytes=10_000)
PUBLIC = "http://news.example.org/a"


@contextmanager
def _server(answer: Callable[[bytes], bytes | Iterator[bytes]]) -> Iterator[Connect]:
    """Answer on this machine; yields a `Connect` that leads every host there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    data = answer(connection.recv(65_536))
                    try:
                        for part in [data] if isinstance(data, bytes) else data:
                            connection.sendall(part)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield lambda host, port: socket.create_connection(listening.getsockname())
        listening.shutdown(socket.SHUT_RDWR)


def _answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::7f00:1", False),
        ("::ffff:0:7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("64:ff9b::5db8:d70e", True),
        ("fec0::1", False),
        ("3fff::1", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool):
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433", "::1", "no.such.invalid"],
)
def test_names_and_spellings_of_this_machine_are_refused(host: str):
    with pytest.raises(ArticleRejected):
        find_public_addresses(host, 80)


@pytest.mark.parametrize(
    "url",
    [
        "file:/etc/passwd",
        "ftp://news.example.org/a",
        "gopher://news.example.org/",
        "//news.example.org/a",
        "http://",
        "http://news.example.org:8080/a",
        "http://news.example.org:99999/a",
        "http://user:secret@news.example.org/a",
        "https://news.example.org:80/",
        "javascript:alert(1)",
        "http://[::1",
        "http://ü..example.org/",
        f"http://{'ü' * 70}.example.org/",
    ],
)
def test_other_schemes_ports_and_passwords_are_refused_before_any_connection(url: str):
    def connect(host: str, port: int) -> socket.socket:
        raise AssertionError("connected")

    with pytest.raises(ArticleRejected):
        fetch(url, limits=LIMITS, connect=connect)


def test_a_page_is_fetched_with_what_it_says_of_itself():
    seen: list[bytes] = []

    def answer(request: bytes) -> bytes:
        seen.append(request)
        return _answer("café".encode("latin-1"), "Content-Type: text/html; charset=ISO-8859-1")

    with _server(answer) as connect:
        page = fetch("http://news.example.org/a b?q=ü#top", limits=LIMITS, connect=connect)

    assert (page.content, page.media_type, page.charset) == (b"caf\xe9", "text/html", "iso-8859-1")
    assert seen[0].startswith(b"GET /a%20b?q=%C3%BC HTTP/1.1\r\nHost: news.example.org\r\n")


def test_line_ends_in_an_address_make_no_second_request():
    seen: list[bytes] = []

    def answer(request: bytes) -> bytes:
        seen.append(request)
        return _answer(b"ok")

    with _server(answer) as connect:
        fetch("http://news.example.org/a\r\nX-Evil: 1", limits=LIMITS, connect=connect)

    assert b"\r\nX-Evil" not in seen[0]


def test_a_redirect_to_a_private_place_is_refused():
    with _server(
        lambda request: _answer(b"", "Location: http://127.0.0.1/admin", status="302 Found")
    ) as local:

        def connect(host: str, port: int) -> socket.socket:
            if host != "news.example.org":
                find_public_addresses(host, port)
            return local(host, port)

        with pytest.raises(ArticleRejected, match="not on the public Internet"):
            fetch(PUBLIC, limits=LIMITS, connect=connect)


@pytest.mark.parametrize("target", ["file:/etc/passwd", "http://news.example.org:22/"])
def test_a_redirect_to_another_scheme_or_port_is_refused(target: str):
    with (
        _server(lambda request: _answer(b"", f"Location: {target}", status="301 Moved")) as connect,
        pytest.raises(ArticleRejected),
    ):
        fetch(PUBLIC, limits=LIMITS, connect=connect)


def test_a_redirect_is_followed_and_the_last_address_kept():
    def answer(request: bytes) -> bytes:
        if request.startswith(b"GET /a "):
            return _answer(b"", "Location: /b", status="301 Moved Permanently")
        return _answer(b"here", "Content-Type: text/plain")

    with _server(answer) as connect:
        page = fetch(PUBLIC, limits=LIMITS, connect=connect)

    assert (page.url, page.content) == ("http://news.example.org/b", b"here")


def test_redirects_without_end_are_given_up():
    with (
        _server(lambda request: _answer(b"", "Location: /a", status="302 Found")) as connect,
        pytest.raises(ArticleRejected, match="without end"),
    ):
        fetch(PUBLIC, limits=LIMITS, connect=connect)


def test_a_missing_page_is_said_with_its_status():
    with (
        _server(lambda request: _answer(b"", status="404 Not Found")) as connect,
        pytest.raises(ArticleRejected, match=r"404 \(Not Found\)"),
    ):
        fetch(PUBLIC, limits=LIMITS, connect=connect)


@pytest.mark.parametrize(
    "answer",
    [
        _answer(b"a" * 20_000),
        _answer(gzip.compress(b"a" * 5_000_000), "Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + b"a" * 20_000,
    ],
)
def test_a_large_answer_is_refused_also_when_it_is_packed(answer: bytes):
    with (
        _server(lambda request: answer) as connect,
        pytest.raises(ArticleRejected, match="larger than 10 kB"),
    ):
        fetch(PUBLIC, limits=LIMITS, connect=connect)


@pytest.mark.parametrize(
    "answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"]
)
def test_an_answer_that_breaks_off_is_said(answer: bytes):
    with (
        _server(lambda request: answer) as connect,
        pytest.raises(ArticleRejected, match="broke off"),
    ):
        fetch(PUBLIC, limits=LIMITS, connect=connect)


def test_an_answer_that_trickles_in_is_cut_off():
    def trickle() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"
        while True:
            time.sleep(0.02)
            yield b"a"

    with _server(lambda request: trickle()) as connect:
        began = time.monotonic()
        with pytest.raises(ArticleRejected, match="took too long"):
            fetch(PUBLIC, limits=LIMITS, connect=connect, seconds=0.3)

    assert time.monotonic() - began < 20  # of three minutes
