"""What was done with one finding, or in a whole story, and by whom."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.articles.models import Story
from apps.claims.finding_history import build_history
from apps.claims.kept_findings import NothingKept, get_kept
from apps.claims.progress import build_progress
from apps.claims.story_history import KINDS, Asked, build_story_history
from apps.claims.views.people import get_user
from config.htmx import HtmxHttpRequest, wants_partial
from config.numbers import read_number


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


@require_safe
@login_required
@permission_required("claims.view_findingdecision", raise_exception=True)
def story_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who did what in a story, the newest first; by person and by kind in the address."""
    story = get_object_or_404(Story, slug=slug)
    context = {
        "story": story,
        "history": build_story_history(story, get_user(request), _read_asked(request)),
        "kinds": [(word, name) for word, (name, _) in KINDS.items()],
        "progress": build_progress(story),
        "section": "stories",
    }
    return render(request, "claims/story_history.html", context)


def _read_asked(request: HttpRequest) -> Asked:
    """Return what the address asks for; what makes no sense is left out."""
    who, page = (request.GET.get(name, "") for name in ("who", "page"))
    what = request.GET.get("what", "")
    return Asked(
        who=read_number(who, digits=9),
        what=what if what in KINDS else "",
        page=max(1, read_number(page, digits=9) or 1),
    )
