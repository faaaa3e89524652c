"""What a web server does with its memory while it answers: two habits of Python that cost pages
a third of their time, and how they are left."""

from __future__ import annotations

import gc
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Words of eight bytes. Python takes room for calls in pieces that hold what is asked for, doubled
# from 16 kB up: one for 320 kB is 512 kB large, so 190 kB are left for all calls inside.
_ROOM = 40_000


def keep_startup() -> None:
    """Take what is loaded by now out of the search for garbage: it stays as long as the process.

    Looking through all of it takes 100 ms, and every sixth large page had to wait for that.
    """
    gc.collect()
    gc.freeze()


def give_room(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer each request with room for all the calls it takes.

    Python gives a piece of room for calls back to the system as soon as the first call in it
    ends. Where that falls into the loop of a template, each round asks the system for memory and
    returns it: up to 6,000 page faults and 50 ms for a part of the matrix, by chance of how deep
    the template stands. Made in one piece, large enough, it is taken once.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    # Nothing is put there: it is asked for, so that what follows finds room behind it.
    respond.__code__ = respond.__code__.replace(co_stacksize=_ROOM)
    return respond
