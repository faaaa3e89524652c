"""One form for each address and each text, so that the same thing is met again."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

# Matches "utm_source" and "fbclid", which tell where a reader came from; not "id" or "page".
_TRACKING = re.compile(
    r"\A(?:utm_\w+|at_\w+|mc_[ce]id|[a-z]{1,3}clid|msclkid|igshid|cmpid|ns_campaign|ocid|smid|sref|ref_src)\Z",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """Return one form for the ways an address is written.

    Scheme and host in lower case, no default port, fragment, tracking parameters or slash
    at the end. What is no whole http or https address comes back stripped, otherwise as it is.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = parts.hostname.rstrip(".")
    host = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(key)
    ]
    path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((scheme, host, path, urlencode(kept), ""))


def text_digest(text: str) -> str:
    """Return the SHA-256 of the exact text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
