"""Signing in: after too many wrong passwords an account waits.

Counted in the web process's own memory, for each name and address it is asked from: nothing
to store, nothing to clean up, and no way to lock somebody else out from elsewhere. Several
processes count apart, which multiplies the allowance by their number and no more. Behind a
proxy all addresses are the proxy's, so the count is by name alone.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext

ATTEMPTS = 10
# Seconds from the first wrong password of a row until the account may be tried again.
WAIT = 10 * 60


def _key(request: HttpRequest | None, username: str) -> str:
    address = request.META.get("REMOTE_ADDR", "") if request is not None else ""
    # As hexadecimal: a cache takes no spaces and no odd letters in its keys.
    return "sign-in:" + f"{address} {username.casefold()[:150]}".encode().hex()[:200]


def is_waiting(request: HttpRequest | None, username: str) -> bool:
    """Tell whether *username* was tried too often from the address of *request*."""
    return int(cache.get(_key(request, username), 0)) >= ATTEMPTS


class PatientBackend(ModelBackend):
    """Django's own sign-in, which stops listening for a while after too many wrong passwords.

    It serves the product's sign-in page and that of the administration alike.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        name = username or ""
        if is_waiting(request, name):
            # The right password too: else guessing would go on, and only be told less.
            raise PermissionDenied
        user = super().authenticate(request, username=username, password=password, **credentials)
        key = _key(request, name)
        if user is not None:
            cache.delete(key)
            return user
        cache.add(key, 0, WAIT)
        cache.incr(key)
        return None


class SignInForm(AuthenticationForm):
    """The sign-in form, which says when waiting is all that helps."""

    def get_invalid_login_error(self) -> ValidationError:
        if is_waiting(self.request, self.cleaned_data.get("username") or ""):
            minutes = WAIT // 60
            return ValidationError(
                gettext(
                    "Too many wrong passwords for this name. Try again in %(minutes)s minutes,"
                    " or ask an admin for a new password."
                )
                % {"minutes": minutes},
                code="waiting",
            )
        return super().get_invalid_login_error()
