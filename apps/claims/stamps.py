"""Short names for what stands in a row at a moment: whoever changes it says what they saw.

A page sends the stamp of a row along with what is done to it. If the row holds other claims
by now, somebody or a comparison was faster, and nothing is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

# Characters of the part that stands for the claims; the rest stands for what is said of them.
_CLAIMS = 8


def claims_stamp(claims: Iterable[int]) -> str:
    """Return 8 characters that stand for the claims with these numbers, in any order."""
    return _digest(",".join(map(str, sorted(claims))))


def row_stamp(claims: Iterable[int], shown: Iterable[object]) -> str:
    """Return 16 characters: those of the claims, then those of all else a row shows."""
    return claims_stamp(claims) + _digest("\x1f".join(map(str, shown)))


def holds_same_claims(stamp: str, claims: Iterable[int]) -> bool:
    """Whether *stamp*, of a row at an earlier moment, stands for just these claims."""
    return stamp[:_CLAIMS] == claims_stamp(claims)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_CLAIMS // 2).hexdigest()
