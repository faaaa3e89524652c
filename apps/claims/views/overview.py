"""A story at a glance."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.articles.models import Story
from apps.claims import actions
from apps.claims.matrix_data import load_outline
from apps.claims.overview import MOST_SHOWN, keys_of, overview_of
from apps.claims.progress import build_progress
from apps.claims.related import find_related
from apps.claims.views.people import get_user
from config.htmx import HtmxHttpRequest


@require_safe
@login_required
def overview(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The overview, which remembers that this person looked; a page fetched ahead is no look."""
    story = get_object_or_404(Story, slug=slug)
    outline = load_outline(story)
    visit = None
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):
        visit = actions.remember_visit(owner=get_user(request), story=story, seen=keys_of(outline))
    context = {
        "story": story,
        "overview": overview_of(outline, visit),
        "most": MOST_SHOWN,
        "related": find_related(story),
        "progress": build_progress(story),
        "then": "overview",
        "section": "stories",
    }
    return render(request, "claims/overview.html", context)
