"""What an act changed on the page it was done on: the rows concerned, and what stands around them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django_htmx.http import reswap

from apps.articles.models import Story
from apps.claims.progress import build_progress
from apps.claims.row_changes import build_changes, read_shown
from apps.claims.steps_taken import find_steps
from config.htmx import HtmxHttpRequest


def render_changes(
    request: HtmxHttpRequest,
    story: Story,
    status: str,
    *,
    problem: str = "",
    beside: Mapping[int, int] | None = None,
    touched: Collection[int] = (),
) -> HttpResponse:
    """Return the rows that are no longer as the page showed them, each to replace itself.

    *status* is read out; *problem* also stands in the card it was asked for from, which is
    closed otherwise.
    """
    story.refresh_from_db(fields=["stale_since", "compared_at", "failure"])
    shown = read_shown(request.POST)
    changes = (
        build_changes(story, shown, beside=beside, touched=touched) if shown is not None else None
    )
    context = {
        "story": story,
        "changes": changes,
        "status": status,
        "problem": problem,
        "in_card": request.POST.get("in") == "panel",
        "progress": build_progress(story),
        "steps": find_steps(story, request.user),
    }
    return reswap(render(request, "claims/_changes.html", context), "none")
