"""The settings of whoever reads, at hand in every request: language, appearance, shortcuts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from apps.claims.models import ReaderSettings


def find_settings(user: AbstractBaseUser | AnonymousUser) -> ReaderSettings:
    """Return the settings of *user*; the unsaved ones of a new reader when nothing was chosen.

    Costs one query for somebody who is signed in, none for others.
    """
    chosen = None
    if user.is_authenticated:
        chosen = ReaderSettings.objects.filter(owner_id=user.pk).first()
    return chosen or ReaderSettings()


def speak_their_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the reader's settings into the request and switch to the language they chose.

    Without a choice, or with one this site no longer has, the language stays what Django's
    own middleware read from the browser.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        chosen = find_settings(request.user)
        request.reader_settings = chosen  # type: ignore[attr-defined]  # for templates
        if chosen.language in dict(settings.LANGUAGES):
            translation.activate(chosen.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return respond
