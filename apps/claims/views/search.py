"""Searching, what people keep of it, and searches as feeds."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from apps.claims import actions
from apps.claims.feeds import build_feed
from apps.claims.finding_titles import title_of
from apps.claims.models import FeedKey, MutedKind, SavedSearch
from apps.claims.saved_searches import load_saved_searches
from apps.claims.search import SearchPage, build_search
from apps.claims.search_facets import find_labels
from apps.claims.search_filters import (
    PARAMETERS,
    SEARCHED,
    describe,
    read_search,
    search_filters_from,
)
from apps.claims.views.people import get_user, go_back
from config.htmx import HtmxHttpRequest, wants_partial

SORT_WORDS = (
    ("best", gettext_lazy("best first")),
    ("newest", gettext_lazy("newest first")),
    ("oldest", gettext_lazy("oldest first")),
)


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def search(request: HtmxHttpRequest) -> HttpResponse:
    page = build_search(search_filters_from(request.GET))
    user = get_user(request)
    key = FeedKey.objects.filter(owner=user).first()
    query = page.filters.as_query(page=1)
    context = {
        "page": page,
        "tabs": [
            (what, page.filters.as_query(searched=what), page.counts.get(what)) for what in SEARCHED
        ],
        "name": _name_of(page),
        "query": query,
        "exact_query": page.filters.as_query(is_exact=True),
        "saved": load_saved_searches(user, query),
        "feed": request.build_absolute_uri(
            f"{reverse('claims:search_feed', args=[key.key])}?{query}"
        )
        if key
        else "",
        "muted": _find_muted(page.filters.kinds),
        "sorts": SORT_WORDS,
        "section": "search",
    }
    template = "claims/_search.html" if wants_partial(request) else "claims/search.html"
    return render(request, template, context)


def _find_muted(kinds: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Return kind, title and whether it is muted everywhere, of those of *kinds* that are."""
    muted: dict[str, bool] = {}
    if kinds:
        for kind, story in MutedKind.objects.filter(kind__in=kinds).values_list("kind", "story"):
            muted[kind] = muted.get(kind, False) or story is None
    return [(kind, title_of(kind), everywhere) for kind, everywhere in sorted(muted.items())]


def _name_of(page: SearchPage) -> str:
    labels = find_labels(page.facets)
    return describe(page.filters, lambda name, value: labels.get((PARAMETERS[name], value), value))


@require_POST
@login_required
def save_search(request: HtmxHttpRequest) -> HttpResponse:
    filters = read_search(request.POST.get("query", ""))
    name = " ".join(request.POST.get("name", "").replace("\0", " ").split())
    if filters.is_empty or not name:
        messages.error(
            request, gettext("A search to save needs a name, and something it looks for.")
        )
    else:
        saved = actions.save_search(
            owner=get_user(request), name=name, query=filters.as_query(page=1)
        )
        messages.success(request, gettext("Saved: %(name)s.") % {"name": saved.name})
    return _back_to_search(filters.as_query(page=1))


@require_POST
@login_required
def change_saved_search(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Delete a search of one's own, or bring it back."""
    saved = get_object_or_404(SavedSearch, pk=pk, owner=get_user(request))
    if request.POST.get("act") == "restore":
        actions.restore_search(search=saved)
        messages.success(request, gettext("Brought back: %(name)s.") % {"name": saved.name})
    else:
        actions.delete_search(search=saved)
        messages.info(
            request,
            gettext("Deleted: %(name)s. It can be brought back for a day.") % {"name": saved.name},
        )
    return go_back(request, reverse("claims:search"))


@require_POST
@login_required
def make_feed_key(request: HtmxHttpRequest) -> HttpResponse:
    """Give the person feed addresses, or new ones instead of those they have."""
    actions.make_feed_key(owner=get_user(request))
    messages.success(
        request,
        gettext("Your feed addresses are ready: under Feed, for each search. Older ones stopped."),
    )
    return _back_to_search(read_search(request.POST.get("query", "")).as_query(page=1))


def _back_to_search(query: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('claims:search')}{'?' if query else ''}{query}")


@require_safe
def search_feed(request: HtmxHttpRequest, key: str) -> HttpResponse:
    """A search as Atom, for whoever knows the key of somebody who may still sign in.

    No page of ours sends anybody away from here with the address, and nothing keeps it.
    """
    get_object_or_404(FeedKey, key=key, owner__is_active=True)
    filters = search_filters_from(request.GET)
    query = filters.as_query(page=1)
    document = build_feed(
        filters,
        title=describe(filters, lambda _, value: value),
        page=f"{reverse('claims:search')}{'?' if query else ''}{query}",
        absolute=request.build_absolute_uri,
    )
    response = HttpResponse(document, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
