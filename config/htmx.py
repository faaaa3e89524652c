"""What views need to know about htmx."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """A request with what `django_htmx`'s middleware adds."""

    htmx: HtmxDetails


def wants_partial(request: HtmxHttpRequest) -> bool:
    """Return whether the answer is a part of a page.

    On "back" with an empty history cache htmx sends `HX-Request` as well, but
    puts the answer in place of the whole page. Vary on both headers.
    """
    return (
        bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
    )
