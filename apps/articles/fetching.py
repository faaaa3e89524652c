"""Pages from the web, guarded: whoever gives an address must not reach our own network with it.

Only http and https on their usual ports; every address a name resolves to must be public;
the connection goes to the address that was checked, not to a second look-up; each redirect
starts over; size and time are bounded.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from apps.articles.importers.html import decode_html, extract_article, is_web_address
from apps.articles.importers.reading import read_stream
from apps.articles.importers.types import Limits, format_size
from apps.articles.text.types import ArticleRejected, RawArticle

SECONDS = 15.0
REDIRECTS = 5
ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
    "application/xml;q=0.9,text/plain;q=0.8"
)
USER_AGENT = "Variorum/0.1 (compares news coverage; fetches single pages when asked)"

# A name may have hundreds of addresses that do not answer; each costs its time.
_TRIES = 3
_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Addresses that some Pythons call global and that lead nowhere public: an IPv4 address in
# old clothes (::/96, ::ffff:0:0:0/96), a translation inside one network, site-local, examples.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "::/96",
        "::ffff:0:0:0/96",
        "64:ff9b:1::/48",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
        "192.88.99.0/24",
    )
)

Connect = Callable[[str, int], socket.socket]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered. *url* is the one after redirects; *charset* is empty if unstated."""

    url: str
    content: bytes
    media_type: str
    charset: str


def fetch_article(url: str, *, limits: Limits, connect: Connect | None = None) -> RawArticle:
    """Return the article at *url*. Raises `ArticleRejected` with what to do instead."""
    page = fetch(url, limits=limits, connect=connect or connect_public)
    if page.media_type in {"text/html", "application/xhtml+xml", ""}:
        html, notes = decode_html(page.content, charset=page.charset)
        return extract_article(html, name=url, limits=limits, url=page.url, notes=notes)
    if page.media_type == "text/plain":
        (item,) = read_stream(
            url.rstrip("/").rsplit("/", 1)[-1] or url, io.BytesIO(page.content), limits=limits
        )
        if isinstance(item, RawArticle):
            return RawArticle(
                text=item.text, name=url, outlet=item.outlet, url=page.url, notes=item.notes
            )
        raise ArticleRejected(item.message)
    raise ArticleRejected(
        f"This address holds {page.media_type}, not a page. Paste the text instead."
    )


def is_public(address: Address) -> bool:
    """Return whether *address* is one of the public Internet, also when it wraps another one."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped: list[ipaddress.IPv4Address] = []
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.sixtofour is not None:
            wrapped.append(address.sixtofour)
        if address.teredo is not None:
            wrapped.extend(address.teredo)
        if address in _NAT64:
            wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if not all(is_public(inner) for inner in wrapped):
            return False
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast


def find_public_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of *host*. Raises `ArticleRejected` if there is none or one isn't public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ArticleRejected(f"There is no host {host}. Check the address.") from error
    addresses = list(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in found))
    # One private address among public ones is how a guard is talked round.
    if not addresses or not all(is_public(ipaddress.ip_address(address)) for address in addresses):
        raise ArticleRejected("This address is not on the public Internet. Paste the text instead.")
    return addresses


def connect_public(host: str, port: int) -> socket.socket:
    """Return a connection to a checked address of *host*."""
    failure: OSError | None = None
    for address in find_public_addresses(host, port)[:_TRIES]:
        try:
            return socket.create_connection((address, port), timeout=SECONDS / 2)
        except OSError as error:
            failure = error
    raise ArticleRejected(f"{host} does not answer ({failure}). Try later, or paste the text.")


def fetch(
    url: str, *, limits: Limits, connect: Connect = connect_public, seconds: float = SECONDS
) -> Page:
    """Return what *url* answers, after at most five redirects, each checked like the first.

    *seconds* bound each answer as a whole, however slowly it trickles in. Raises
    `ArticleRejected`.
    """
    for _ in range(REDIRECTS + 1):
        answer = _ask(url, limits, connect, seconds)
        if isinstance(answer, Page):
            return answer
        url = answer
    raise ArticleRejected("This address leads from one to the next without end. Check it.")


def _ask(url: str, limits: Limits, connect: Connect, seconds: float) -> Page | str:
    """Return the page, or where the answer sends us."""
    if not is_web_address(url):
        raise ArticleRejected("Only whole http and https addresses are fetched.")
    parts = urlsplit(url)
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise ArticleRejected("This address has an impossible port. Check it.") from error
    if parts.username is not None or port != _PORTS[parts.scheme]:
        raise ArticleRejected(
            "Addresses with a port or a user name are not fetched. Paste the text instead."
        )
    host = _to_ascii(str(parts.hostname))
    path = _encode(parts.path or "/") + (f"?{_encode(parts.query)}" if parts.query else "")
    raw = connect(host, port)
    # A second handle on the same connection: closing it ends a read that would trickle for ever.
    handle = raw.dup()
    overdue = threading.Event()
    watch = threading.Timer(seconds, _cut, [handle, overdue])
    watch.daemon = True
    watch.start()
    try:
        answer = _exchange(raw, url, host, port, path, limits)
        if overdue.is_set():
            raise TimeoutError("cut off")
        return answer
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise ArticleRejected(
            f"The answer of {host} took too long. Try later, or paste the text."
            if overdue.is_set()
            else f"The answer of {host} broke off ({error or type(error).__name__}). Try later, or "
            "paste the text."
        ) from error
    finally:
        watch.cancel()
        handle.close()
        raw.close()


def _to_ascii(host: str) -> str:
    """Return *host* as it is looked up ("münchen.de" is "xn--mnchen-3ya.de")."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ArticleRejected(f"There is no host {host}. Check the address.") from error


def _cut(handle: socket.socket, overdue: threading.Event) -> None:
    # Before: whoever reads wakes up at once and asks why.
    overdue.set()
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It ended by itself in the same moment.
        return


def _encode(part: str) -> str:
    """Return a path or query with everything that may not stand in a request line escaped."""
    return "".join(
        character
        if character.isascii() and character.isprintable() and character not in ' "<>\\^`{|}'
        else "".join(f"%{byte:02X}" for byte in character.encode(errors="replace"))
        for character in part
    )


def _exchange(
    raw: socket.socket, url: str, host: str, port: int, path: str, limits: Limits
) -> Page | str:
    connection: http.client.HTTPConnection
    if url.lower().startswith("https:"):
        connection = http.client.HTTPSConnection(host, port)
        connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    else:
        connection = http.client.HTTPConnection(host, port)
        connection.sock = raw
    try:
        connection.request(
            "GET",
            path,
            headers={
                "User-Agent": USER_AGENT,
                "Accept": ACCEPT,
                "Accept-Encoding": "gzip",
            },
        )
        response = connection.getresponse()
        if response.status in {301, 302, 303, 307, 308} and response.getheader("Location"):
            return urljoin(url, str(response.getheader("Location")))
        if response.status != http.client.OK:
            raise ArticleRejected(
                f"The page answers {response.status} ({response.reason}). Check the address, or paste the text."
            )
        content = _read_bounded(response, limits.file_bytes)
        return Page(
            url=url,
            content=content,
            media_type=response.headers.get_content_type()
            if response.getheader("Content-Type")
            else "",
            charset=response.headers.get_content_charset("") or "",
        )
    finally:
        connection.close()


def _read_bounded(response: http.client.HTTPResponse, most: int) -> bytes:
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise ArticleRejected(
            f"The page is packed in a way that was not asked for ({encoding}). Paste the text."
        )
    content = response.read(most + 1)
    if len(content) <= most and response.length:
        # read() with a bound takes an early end for the end.
        raise http.client.IncompleteRead(content, response.length)
    if encoding != "identity":
        # The bound holds for what comes out as well: a small answer can unpack to gigabytes.
        content = zlib.decompressobj(wbits=31).decompress(content, most + 1)
    if len(content) > most:
        raise ArticleRejected(
            f"The page is larger than {format_size(most)}. Paste the article's text instead."
        )
    return content
