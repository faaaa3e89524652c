"""What a reader may choose for themselves."""

from __future__ import annotations

from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.claims import actions
from apps.claims.forms import ReaderSettingsForm
from apps.claims.reader_settings import find_settings
from apps.claims.views.people import get_user, go_back
from config.htmx import HtmxHttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HtmxHttpRequest) -> HttpResponse:
    """The page of settings; the switches in the menu post here as well, one setting each."""
    user = get_user(request)
    form = ReaderSettingsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = actions.change_settings(owner=user, **form.changes())
        if request.htmx:
            context = {"reader_settings": chosen, "changed": next(iter(form.changes()), "")}
            return render(request, "claims/_switches.html", context)
        if chosen.language in dict(site.LANGUAGES):
            translation.activate(chosen.language)  # what is said next is said in the new language
        messages.success(request, _("Saved."))
        return go_back(request, otherwise=request.path)
    context = {"form": form, "chosen": find_settings(user), "languages": site.LANGUAGES}
    return render(request, "claims/settings.html", context)
