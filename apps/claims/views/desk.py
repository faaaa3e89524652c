"""The Desk: queues of findings across stories, and what changes in one where it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.articles.models import Story
from apps.claims.desk import (
    DIFFERING,
    DONE,
    MINE,
    MOST_COUNTED,
    QUEUES,
    SECOND,
    UNASSIGNED,
    build_desk,
    build_entry,
    count_queues,
    desk_filters_from,
    find_last_step,
    find_open_notes,
    find_people,
)
from apps.claims.finding_titles import all_titles
from apps.claims.presentation import SEVERITIES
from apps.claims.views.people import get_user, go_back
from config.htmx import HtmxHttpRequest, wants_partial

QUEUE_WORDS = {
    MINE: gettext_lazy("Mine"),
    UNASSIGNED: gettext_lazy("Unassigned"),
    SECOND: gettext_lazy("Second reading"),
    DIFFERING: gettext_lazy("Disagreements"),
    DONE: gettext_lazy("Done by me"),
}


@require_safe
@login_required
@permission_required("claims.add_assignment", raise_exception=True)
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def desk(request: HtmxHttpRequest, queue: str = MINE) -> HttpResponse:
    """One queue, with how much waits in each of them."""
    user = get_user(request)
    filters = desk_filters_from(queue, request.GET)
    found = build_desk(user, filters)
    context = {
        "desk": found,
        "tabs": _tabs(filters.queue, found.counts, filters.as_query()),
        "kinds": sorted(all_titles().items(), key=lambda pair: pair[1]),
        "severities": SEVERITIES,
        "people": find_people(),
        "step": find_last_step(user),
        "here": request.get_full_path(),
        "narrowed": filters.as_query(story=""),
        "notes": find_open_notes(filters.story),
        "section": "desk",
    }
    template = "claims/_desk.html" if wants_partial(request) else "claims/desk.html"
    return render(request, template, context)


def answer_on_desk(request: HtmxHttpRequest, story: Story, key: str, status: str) -> HttpResponse:
    """Show a finding of a queue as it is now, with what changed around it.

    It stays where it is until the queue is looked at again. Without htmx: back to the queue.
    """
    if not request.htmx:
        messages.info(request, status)
        return go_back(request, reverse("claims:desk"))
    user = get_user(request)
    queue, query = _queue_of(request)
    filters = desk_filters_from(queue, query)
    context: dict[str, Any] = {
        "entry": build_entry(user, story, key),
        "queue": filters.queue,
        "tabs": _tabs(filters.queue, count_queues(user, filters), filters.as_query()),
        "people": find_people(),
        "step": find_last_step(user),
        "here": request.htmx.current_url_abs_path or reverse("claims:desk"),
        "narrowed": filters.as_query(story=""),
        "status": status,
    }
    return render(request, "claims/_desk_changed.html", context)


def _queue_of(request: HtmxHttpRequest) -> tuple[str, dict[str, str]]:
    """Return the queue the page shows, as the form sent it."""
    names = ("story", "kind", "severity")
    sent = {name: request.POST.get(f"desk_{name}", "") for name in names}
    return request.POST.get("desk_queue", MINE), sent


def _tabs(
    queue: str, counts: dict[str, int] | Any, query: str
) -> list[tuple[str, str, object, str, bool]]:
    """Return address, slug, words, number and whether it is shown, of each queue."""
    return [
        (
            reverse("claims:desk") if name == MINE else reverse("claims:desk_queue", args=[name]),
            name,
            QUEUE_WORDS[name],
            f"{MOST_COUNTED}+" if counts[name] >= MOST_COUNTED else str(counts[name]),
            name == queue,
        )
        for name in QUEUES
    ]
