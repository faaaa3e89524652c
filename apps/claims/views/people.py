"""Who asks, and where they came from."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def get_user(request: HttpRequest) -> User:
    """Return who is signed in. ``TypeError`` for a view that forgot to ask for it."""
    if not isinstance(request.user, User):
        raise TypeError("only people who signed in decide")
    return request.user


def go_back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """Redirect to the page named in ``next`` if it is one of ours, else to *otherwise*."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(address if is_ours else otherwise)
