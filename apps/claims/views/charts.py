"""A story drawn: its numbers, its gaps, its time, and two articles beside each other."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.articles.models import Story
from apps.claims.left_out import build_left_out_page, left_out_filters_from
from apps.claims.numbers_view import build_numbers_page
from apps.claims.progress import build_progress
from apps.claims.reuse_view import build_reuse_page
from apps.claims.timeline import build_timeline
from config.htmx import HtmxHttpRequest, wants_partial
from config.numbers import read_number

# A picture has a line for each outlet: more than fill some windows need not come at once.
THINGS_AT_ONCE = 12
CLAIMS_AT_ONCE = 40
LANES_AT_ONCE = 80
TELLINGS_AT_ONCE = 160
CELLS_AT_ONCE = 400

NUMBERS_WORDS = (
    ("all", gettext_lazy("Counted by several origins")),
    ("conflicts", gettext_lazy("Conflicts")),
    ("differences", gettext_lazy("Any difference")),
    ("same", gettext_lazy("The same in several")),
    ("alone", gettext_lazy("One origin alone")),
)


def _first(request: HtmxHttpRequest) -> int:
    """Return how many things the page has that asks for those that follow; 0 for a whole page."""
    return (read_number(request.GET.get("from", "")) or 0) if wants_partial(request) else 0


def _render(request: HtmxHttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Return the page of that name, or to htmx the part of it that changes."""
    context |= {"section": "stories", "is_partial": wants_partial(request)}
    part = "_" if context["is_partial"] else ""
    return render(request, f"claims/{part}{name}.html", context)


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def numbers(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    first = _first(request)
    is_whole = request.GET.get("things") == "all"
    page = build_numbers_page(
        story,
        shown=request.GET.get("show", "all"),
        about=request.GET.get("about", ""),
        first=first,
        **({} if is_whole else {"most": THINGS_AT_ONCE, "lanes": LANES_AT_ONCE}),
    )
    if first:
        return render(request, "claims/_counted_things.html", {"story": story, "page": page})
    context = {
        "story": story,
        "page": page,
        "choices": [(value, words, page.counts[value]) for value, words in NUMBERS_WORDS],
        "progress": build_progress(story),
        "then": "numbers",
    }
    return _render(request, "numbers", context)


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def left_out(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    first = _first(request)
    is_whole = request.GET.get("rows") == "all"
    page = build_left_out_page(
        story,
        left_out_filters_from(request.GET),
        first=first,
        **({} if is_whole else {"most": CLAIMS_AT_ONCE, "cells": CELLS_AT_ONCE}),
    )
    if first:
        return render(request, "claims/_presence_rows.html", {"story": story, "page": page})
    context = {
        "story": story,
        "page": page,
        "choices": [("", gettext("Anybody"), page.filters.as_query(by=""))]
        + [
            (slug, outlet, page.filters.as_query(by=slug))
            for slug, outlet in dict.fromkeys(
                (teller.column.outlet_slug, teller.column.outlet) for teller in page.tellers
            )
        ],
        "gaps_query": page.filters.as_query(everything=False),
        "all_query": page.filters.as_query(everything=True),
        "progress": build_progress(story),
        "then": "left_out",
    }
    return _render(request, "left_out", context)


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def timeline(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    first = _first(request)
    page = build_timeline(
        story,
        first=first,
        tellings=None if request.GET.get("events") == "all" else TELLINGS_AT_ONCE,
    )
    if first:
        rows = {"story": story, "page": page, "events": page.events, "has_axis": True}
        return render(request, "claims/_event_rows.html", rows)
    context = {
        "story": story,
        "page": page,
        "progress": build_progress(story),
        "then": "timeline",
    }
    return _render(request, "timeline", context)


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def reuse(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    page = build_reuse_page(
        story,
        left=request.GET.get("left", ""),
        right=request.GET.get("right", ""),
        only_changes=request.GET.get("show") == "changes",
    )
    context = {
        "story": story,
        "page": page,
        "progress": build_progress(story),
        "then": "reuse",
    }
    return _render(request, "reuse", context)
