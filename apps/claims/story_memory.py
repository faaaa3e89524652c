"""What a process keeps in mind of stories from one request to the next.

Only what machines rebuild, and only as long as the database names the edition it was worked out
of (``StoryEdition``): so it is right in every process, whoever changed the story. What people
decide is never in it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from uuid import UUID

from apps.articles.models import Story
from apps.claims.edition_models import StoryEdition

T = TypeVar("T")

# Bytes, about: what all that is kept may take together; what was used last stays.
_MOST = 100_000_000


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: Hashable
    value: Any
    weigh: Callable[[Any], int]


_kept: OrderedDict[tuple[int, str], _Kept] = OrderedDict()
_lock = threading.Lock()


def find_edition(story: Story) -> UUID | None:
    """Return the edition of *story*'s rows and findings, None as long as it never had any.

    One query. Ask before what is to be kept is read: then that is never older than its edition.
    """
    found = StoryEdition.objects.filter(pk=story.pk).values_list("edition", flat=True)
    return found.first()


def recall(
    story: Story,
    name: str,
    stamp: Hashable,
    build: Callable[[], T],
    *,
    weigh: Callable[[T], int],
) -> T:
    """Return what *build* makes of *story*, as it was made before if *stamp* is the same.

    *stamp* names all that it is made of; None keeps nothing. Nobody may change what is returned.
    *weigh* says about how many bytes it takes; it may become more.
    """
    if stamp is None:
        return build()
    key = (story.pk, name)
    with _lock:
        known = _kept.get(key)
        if known is not None and known.stamp == stamp:
            _kept.move_to_end(key)
            return cast(T, known.value)
    value = build()
    with _lock:
        _kept[key] = _Kept(stamp, value, weigh)
        _kept.move_to_end(key)
        # Weighed once, however much has to go: all others wait for it.
        taken = sum(one.weigh(one.value) for one in _kept.values())
        while taken > _MOST and len(_kept) > 1:
            _, oldest = _kept.popitem(last=False)
            taken -= oldest.weigh(oldest.value)
    return value


def forget_all() -> None:
    """Be as a process that just started."""
    with _lock:
        _kept.clear()
