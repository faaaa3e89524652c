"""What was done with one finding, and by whom."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.articles.models import Story
from apps.claims.finding_history import build_history
from apps.claims.kept_findings import NothingKept, get_kept
from apps.claims.views.people import get_user
from config.htmx import HtmxHttpRequest, wants_partial


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def history(request: HtmxHttpRequest, slug: str, key: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    acts = build_history(story, key, get_user(request))
    try:
        explanation = get_kept(story, key).explanation
    except NothingKept as error:
        if not acts:
            raise Http404(str(error)) from error
        explanation = ""
    context = {
        "story": story,
        "finding_key": key,
        "explanation": explanation,
        "acts": acts,
        "section": "stories",
    }
    template = "claims/_history.html" if wants_partial(request) else "claims/history.html"
    return render(request, template, context)
