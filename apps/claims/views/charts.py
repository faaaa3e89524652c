"""A story's numbers as pictures with the words they rest on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.articles.models import Story
from apps.claims.numbers_view import build_numbers_page
from apps.claims.progress import build_progress
from config.htmx import HtmxHttpRequest, wants_partial

NUMBERS_WORDS = (
    ("all", "Counted by several"),
    ("conflicts", "Conflicts"),
    ("differences", "Any difference"),
    ("same", "The same everywhere"),
    ("alone", "One outlet alone"),
)


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def numbers(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    page = build_numbers_page(story, shown=request.GET.get("show", "all"))
    context = {
        "story": story,
        "page": page,
        "choices": [(value, words, page.counts[value]) for value, words in NUMBERS_WORDS],
        "progress": build_progress(story),
        "then": "numbers",
        "section": "stories",
    }
    template = "claims/_numbers.html" if wants_partial(request) else "claims/numbers.html"
    return render(request, template, context)
