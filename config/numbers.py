"""Numbers as addresses and forms send them."""

from __future__ import annotations


def read_number(value: object, *, digits: int = 12) -> int | None:
    """Return the whole number *value* writes in at most so many *digits*.

    None for anything else: nothing that people use is longer, and Python refuses to read what
    is very long.
    """
    written = str(value)
    is_number = written.isascii() and written.isdecimal() and len(written) <= digits
    return int(written) if is_number else None
