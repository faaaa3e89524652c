"""Parts of pages as they were drawn: a process draws a part once for the same values."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

from django.template import Context, Engine
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Bytes of what is kept, with what it is found by taken for as much again; what was used last stays.
_MOST = 50_000_000

_drawn: OrderedDict[Hashable, SafeString] = OrderedDict()
_lock = threading.Lock()
_size = 0


class InAddresses(NamedTuple):
    """What a part needs of a story: what addresses call it."""

    slug: str


def draw_part(template: str, **values: Hashable) -> SafeString:
    """Return *template* drawn with *values* and nothing else, in the reader's language.

    It is not given the page's context, so nothing that *values* do not say can be in it: who
    reads, what was asked for, a token of a form. What is equal must look the same, so *values*
    are texts, numbers and frozen values made of these; no rows of the database, which are
    equal as long as their number is.
    """
    global _size
    key = (template, get_language(), *values.items())
    with _lock:
        known = _drawn.get(key)
        if known is not None:
            _drawn.move_to_end(key)
            return known
    html = Engine.get_default().get_template(template).render(Context(values))
    with _lock:
        if key not in _drawn:
            _drawn[key] = html
            _size += 2 * sys.getsizeof(html)
        while _size > _MOST and len(_drawn) > 1:
            _, oldest = _drawn.popitem(last=False)
            _size -= 2 * sys.getsizeof(oldest)
    return html


def forget_parts() -> None:
    """Be as a process that just started."""
    global _size
    with _lock:
        _drawn.clear()
        _size = 0
