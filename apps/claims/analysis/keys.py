"""Names for claims, clusters and findings that stay the same when everything is rebuilt.

A key is made of words, never of row numbers: the same words found again meet the
decision a person made about them, and changed words do not inherit one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from apps.claims.analysis.types import ClaimDraft

# Bytes of the digest; 10 bytes (20 hex characters) make an accidental clash among a
# hundred million keys about as likely as one in 100 million.
_DIGEST_BYTES = 10
_SEPARATOR = "\x1f"
# Only typography is evened out: outlets switch between curly and straight marks when
# they re-publish, and a verdict should survive that but no other change of words.
_TYPOGRAPHY = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)


def plain_words(text: str) -> str:
    """Return *text* with straight quotes and dashes and single spaces; case is kept."""
    return " ".join(text.translate(_TYPOGRAPHY).split())


def claim_key(article: str, text: str) -> str:
    """Return 20 hex characters that name the words *text* in the article *article*.

    *article* is whatever names the article for good: its URL or its id.
    """
    return _digest("claim", (article, plain_words(text)))


def cluster_key(claims: Sequence[ClaimDraft]) -> str:
    """Return 20 hex characters that name the row made of *claims*.

    The row is named by its first claim alone, so a later article that joins a row leaves
    its name as it was. Raises ``ValueError`` for a row without claims.
    """
    if not claims:
        raise ValueError("a cluster needs at least one claim to have a key")
    return _digest("cluster", (claims[0].article, plain_words(claims[0].text)))


def finding_key(kind: str, compared: Sequence[str]) -> str:
    """Return 20 hex characters for what the detector *kind* said of the words *compared*.

    The order of the words does not matter: which outlet stands first may change.
    """
    return _digest(kind, sorted(plain_words(words) for words in compared))


def _digest(kind: str, parts: Iterable[str]) -> str:
    joined = _SEPARATOR.join((kind, *parts))
    return hashlib.blake2b(joined.encode(), digest_size=_DIGEST_BYTES).hexdigest()
