"""The guided tour: all its steps, the way to each, and the strip it puts on other pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.articles.actions import NoDemonstration, save_demonstration
from apps.claims.guide import PARAMETER, build_guide, build_strip, find_step
from apps.claims.progress import build_progress
from apps.claims.views.people import get_user


@require_safe
@login_required
def guide(request: HttpRequest) -> HttpResponse:
    found = build_guide(get_user(request))
    context = {"tour": found, "progress": build_progress(found.story) if found.story else None}
    return render(request, "claims/guide.html", context)


@require_safe
@login_required
def step(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to the page of a step; past one the story does not show, to the next that it does."""
    found = find_step(get_user(request), name, backwards="back" in request.GET)
    return redirect(found.address if found is not None else "claims:guide")


@require_POST
@login_required
@permission_required("articles.add_article", raise_exception=True)
def begin(request: HttpRequest) -> HttpResponse:
    """Bring the demonstration stories in, for a site that has none."""
    try:
        save_demonstration(folder=settings.BASE_DIR / "seeds")
    except NoDemonstration:
        messages.error(request, _("The demonstration stories are not part of this installation."))
    return redirect("claims:guide")


def guide_strip(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the guide on whatever page a step leads to; nothing on any other."""
    name = request.GET.get(PARAMETER, "")
    if not name or not request.user.is_authenticated:
        return {}
    user = request.user
    others = request.GET.copy()
    del others[PARAMETER]
    return {
        "guide": SimpleLazyObject(lambda: build_strip(user, name)),
        "guide_closed": f"{request.path}{'?' if others else ''}{others.urlencode()}",
    }
