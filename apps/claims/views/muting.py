"""Keeping a kind of finding out of sight, and showing it again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from apps.articles.models import Story
from apps.claims import actions
from apps.claims.finding_titles import is_kind, title_of
from apps.claims.views.people import get_user, go_back
from config.htmx import HtmxHttpRequest


@require_POST
@login_required
@permission_required("claims.add_mutedkind", raise_exception=True)
def mute(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Mute a kind of finding, or show it again; in the story, or everywhere by those who may."""
    story = get_object_or_404(Story, slug=slug)
    kind, everywhere = request.POST.get("kind", ""), "everywhere" in request.POST
    if not is_kind(kind):
        return HttpResponseBadRequest(gettext("There is no such kind of finding: reload the page."))
    if everywhere and not request.user.has_perm("claims.mute_everywhere"):
        raise PermissionDenied(gettext("Only an admin mutes a kind of finding in all stories."))
    if request.POST.get("act") == "unmute":
        actions.unmute_kind(story=story, kind=kind, everywhere=everywhere, user=get_user(request))
        said = gettext("Shown again: %(kind)s.") % {"kind": title_of(kind)}
    else:
        actions.mute_kind(story=story, kind=kind, everywhere=everywhere, user=get_user(request))
        said = gettext("Muted: %(kind)s. The page says so above the rows; undo shows it again.") % {
            "kind": title_of(kind)
        }
    messages.info(request, said)
    if request.htmx:
        # Every row may lose a finding: the page is made anew.
        return HttpResponseClientRefresh()
    return go_back(request, story.get_absolute_url())


@require_POST
@login_required
@permission_required("claims.mute_everywhere", raise_exception=True)
def mute_everywhere(request: HtmxHttpRequest, kind: str) -> HttpResponse:
    """Mute a kind of finding in all stories from the page about it, or show it again."""
    if not is_kind(kind):
        raise Http404(f"there is no kind of finding called {kind}")
    if request.POST.get("act") == "unmute":
        actions.show_everywhere(kind=kind)
        said = gettext("Shown again in all stories: %(phrase)s")
    else:
        actions.mute_everywhere(kind=kind, user=get_user(request))
        said = gettext("Muted in all stories: %(phrase)s")
    messages.info(request, said % {"phrase": title_of(kind)})
    return go_back(request, reverse("claims:finding_kind", args=[kind]))
