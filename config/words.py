"""What scripts say, in the reader's language: a script of its own that browsers keep."""

from __future__ import annotations

import hashlib
from functools import cache

import django
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

_YEAR = 365 * 24 * 60 * 60

# Without packages it would bring the words of Django's administration along. Ours lie in LOCALE_PATHS,
# which it always reads.
_catalogue = JavaScriptCatalog.as_view(packages=["config"])


@cache
def version_of(language: str) -> str:
    """Return what changes in the script's address when its words do."""
    digest = hashlib.sha256(django.get_version().encode())
    for folder in settings.LOCALE_PATHS:
        path = folder / language / "LC_MESSAGES" / "djangojs.mo"
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@require_safe
@cache_control(max_age=_YEAR, immutable=True, private=True)
def words(request: HttpRequest, language: str, version: str) -> HttpResponseBase:
    """Return `gettext` and its kin for scripts. *version* only makes the address change."""
    if language not in dict(settings.LANGUAGES):
        raise Http404(language)
    with translation.override(language):
        return _catalogue(request)
