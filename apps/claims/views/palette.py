"""Going somewhere by typing a few letters."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.articles.models import Story
from apps.claims.palette import find_places
from apps.claims.presentation import read_words
from config.htmx import HtmxHttpRequest, wants_partial


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def go(request: HtmxHttpRequest) -> HttpResponse:
    """Where one can go, as a page or as what the dialog shows."""
    query = read_words(request.GET.get("q"))
    slug = read_words(request.GET.get("story"))
    story = Story.objects.filter(slug=slug).first() if slug else None
    groups = find_places(query, story, request.user.has_perm)
    context = {"groups": groups, "query": query, "story": story}
    template = "claims/_places.html" if wants_partial(request) else "claims/go.html"
    return render(request, template, context)
