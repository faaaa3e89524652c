"""Colleagues' accounts, for admins."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.claims import actions
from apps.claims.actions.colleagues import ROLES
from apps.claims.colleague_forms import AccountForm, ColleagueForm
from apps.claims.views.people import get_user


@never_cache  # a password may stand on it
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(("auth.add_user", "auth.change_user"), raise_exception=True)
def colleagues(request: HttpRequest) -> HttpResponse:
    """All accounts; a new one is made here and its password shown this once."""
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _render(request, form)
    added, password = actions.add_colleague(**form.cleaned_data)
    return _render(request, ColleagueForm(), told=added, password=password)


@never_cache
@require_POST
@login_required
@permission_required("auth.change_user", raise_exception=True)
def change_colleague(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an account another role or a new password, or let it sign in no longer, or again."""
    colleague = get_object_or_404(User, pk=pk)
    user, form = get_user(request), AccountForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Choose a role."))
        return redirect("claims:colleagues")
    act = form.cleaned_data["act"]
    try:
        if act == "password":
            password = actions.renew_password(colleague=colleague, by=user)
            return _render(request, ColleagueForm(), told=colleague, password=password)
        if act == "role":
            actions.change_role(colleague=colleague, role=form.cleaned_data["role"], by=user)
        else:
            actions.set_active(colleague=colleague, is_active=act == "resume", by=user)
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Saved: %(name)s.") % {"name": colleague.username})
    return redirect("claims:colleagues")


def _render(
    request: HttpRequest, form: ColleagueForm, *, told: User | None = None, password: str = ""
) -> HttpResponse:
    people = User.objects.prefetch_related("groups").order_by("-is_active", "username")
    context = {
        "form": form,
        "people": [(person, [group.name for group in person.groups.all()]) for person in people],
        "roles": ROLES,
        "told": told,
        "password": password,
    }
    return render(request, "claims/colleagues.html", context)
