"""A story on paper, and its claims and findings as plain text."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from apps.articles.models import Story
from apps.claims.apparatus import build_apparatus, build_entry, judge
from apps.claims.clean_text import write_apparatus, write_entry, write_finding
from apps.claims.columns import build_columns
from apps.claims.comparison import NoSuchFinding, filters_from, find_finding
from apps.claims.models import ClaimGroup
from apps.claims.presentation import Filters
from apps.claims.progress import build_progress
from apps.claims.views.people import get_user

# Paper wants all of them on one page, a reader who looks whether it is worth it does not wait.
CLAIMS_AT_ONCE = 40
READINGS_AT_ONCE = 160


@require_safe
@login_required
def apparatus(request: HttpRequest, slug: str) -> HttpResponse:
    """The critical apparatus, of the claims the address asks for."""
    story = get_object_or_404(Story, slug=slug)
    filters = _filters(request)
    is_whole = request.GET.get("claims") == "all"
    at_once = {} if is_whole else {"most": CLAIMS_AT_ONCE, "cells": READINGS_AT_ONCE}
    context = {
        "story": story,
        "apparatus": build_apparatus(story, filters, **at_once),
        "choices": [
            (words, filters.as_query(**(_ALL | changes)), _shows(filters, _ALL | changes))
            for words, changes in _choices(get_user(request).get_username())
        ],
        "query": filters.as_query(),
        "address": request.build_absolute_uri(request.path),
        "now": timezone.now(),
        "progress": build_progress(story),
        "section": "stories",
    }
    return render(request, "claims/apparatus.html", context)


@require_safe
@login_required
def apparatus_text(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as plain text."""
    story = get_object_or_404(Story, slug=slug)
    page = reverse("claims:apparatus", args=[slug])
    return _plain(
        write_apparatus(
            build_apparatus(story, _filters(request)),
            title=story.title,
            address=request.build_absolute_uri(page),
        )
    )


@require_safe
@login_required
def row_text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One claim as plain text with its sources."""
    story = get_object_or_404(Story, slug=slug)
    columns = build_columns(story)
    try:
        entry = build_entry(story, pk, columns)
    except ClaimGroup.DoesNotExist as error:
        raise Http404(str(error)) from error
    page = reverse("claims:row", args=[slug, pk])
    return _plain(
        write_entry(entry, columns, title=story.title, address=request.build_absolute_uri(page))
    )


@require_safe
@login_required
def finding_text(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One finding as plain text with its sources."""
    story = get_object_or_404(Story, slug=slug)
    try:
        found = find_finding(story, key)
    except NoSuchFinding as error:
        raise Http404(str(error)) from error
    page = reverse("claims:finding", args=[slug, key])
    return _plain(
        write_finding(
            judge(story, found),
            build_columns(story),
            title=story.title,
            address=request.build_absolute_uri(page),
        )
    )


def _filters(request: HttpRequest) -> Filters:
    """Return the filters of the matrix, but in the order of the story unless asked otherwise."""
    query = request.GET.copy()
    query.setdefault("sort", "position")
    return filters_from(query)


# What each of the choices sets, as it is where all claims are shown.
_ALL: dict[str, object] = {
    "shared_only": False,
    "only_differences": False,
    "state": "all",
    "done_by": "",
    "done_since": None,
}


def _choices(username: str) -> list[tuple[str, dict[str, object]]]:
    """Return what can be printed, in words, with what that changes: claims, or what people
    made of them, to be handed over."""
    today = timezone.localdate()
    return [
        (gettext("Several outlets, or a finding"), {"shared_only": True}),
        (gettext("Only what differs"), {"shared_only": True, "only_differences": True}),
        (gettext("All claims"), {}),
        (gettext("Only what was decided or judged"), {"state": "decided"}),
        (gettext("by me"), {"state": "decided", "done_by": username}),
        (gettext("today"), {"state": "decided", "done_since": today}),
        (
            gettext("by me today"),
            {"state": "decided", "done_by": username, "done_since": today},
        ),
    ]


def _shows(filters: Filters, asked: dict[str, object]) -> bool:
    return all(getattr(filters, name) == value for name, value in asked.items())


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
