"""One address for one page, and one digest for one text."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_MOBILE_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.[^.]+)")
# Who sent the reader, not what is read.
_TRACKING = re.compile(
    r"(?:utm_\w+|ga_\w+|hsa_\w+|mc_[ce]id|fb_\w+|at_\w+|(?:fb|g|dc|y)clid|gclsrc|wbraid|gbraid|msclkid|twclid|ttclid|igshid|igsh|_hs\w+|"
    r"vero_\w+|oly_\w+|spm|smid|smtyp|cmp|cmpid|ocid|icid|ito|xtor|mkt_tok|ns_\w+|partner|ref|ref_src|ref_url|referrer|"
    r"source|sref|share|shared|via|taid|tpcc|campaign_id|emc|nlid|user_id|instance_id|segment_id|regi_id|"
    r"guccounter|guce_\w+|amp|outputtype|_amp|__twitter_impression|usqp|amp_js_v|amp_gsa|s_cid)",
    re.IGNORECASE,
)
# ".../story/amp", ".../story.amp.html", ".../amp/story" on hosts that publish so.
_AMP_END = re.compile(r"(?:/amp/?|\.amp(?=\.html?$)|\.amp$)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_AMP_CACHE = re.compile(
    r"^https?://(?:[\w.-]*\bgoogle\.[\w.]+/amp/(s/)?|[\w.-]+\.cdn\.ampproject\.org/[cvwi]+/(s/)?)(.+)$"
)
_SCHEMELESS = re.compile(r"^(?://)?(?=(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]|$))", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """Return the address under which *url* and its variants are one page.

    Left out: tracking parameters, fragments, AMP and mobile variants, "www.", default
    ports, a trailing slash, letter case of the host; "http" becomes "https", parameters
    are sorted. What is no web address comes back without surrounding white space.
    Applying it twice changes nothing. The result is for comparing: it may not open.
    """
    text = "".join(url.split())
    cached = _AMP_CACHE.match(text)
    if cached is not None:
        text = "https://" + cached[3]
    elif _SCHEMELESS.match(text):
        text = "https://" + text.removeprefix("//")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url.strip()
    host = parts.hostname.lower().rstrip(".")
    while shorter := _MOBILE_HOST.sub("", host):
        if shorter == host:
            break
        host = shorter
    if port is not None and port not in _DEFAULT_PORTS.values():
        host = f"{host}:{port}"
    path = re.sub(r"/{2,}", "/", parts.path)
    while (
        shorter := _INDEX.sub("/", _AMP_END.sub("", path) if _AMP_END.search(path[-9:]) else path)
    ) != path:
        path = shorter
    path = _normalise_escapes(path.rstrip("/"))
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    )
    return urlunsplit(("https", host, path, urlencode(kept), ""))


def _normalise_escapes(path: str) -> str:
    """Return *path* with every character escaped that must be and no other."""
    return "/".join(
        quote(
            unquote(part, errors="surrogateescape"), safe="!$&'()*+,;=:@~", errors="surrogateescape"
        )
        for part in path.split("/")
    )


def text_digest(text: str) -> str:
    """Return the SHA-256 of the exact text in hexadecimal; one changed character changes it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
