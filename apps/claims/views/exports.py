"""What leaves a story: verdicts as a table and as data, and fact checks on pages of their own."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from apps.articles.models import Story
from apps.claims import actions
from apps.claims.actions.reading_verdicts import VerdictsRefused
from apps.claims.claim_reviews import Review, build_reviews, find_unnamed, review_json
from apps.claims.exchange_forms import ReadBackForm
from apps.claims.progress import build_progress
from apps.claims.verdict_exchange import csv_rows, export_verdicts, render_verdicts


@require_safe
@login_required
def exports(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to take along, and what is not yet fit to leave the house."""
    return _render(request, get_object_or_404(Story, slug=slug), ReadBackForm())


@require_POST
@login_required
@permission_required("auth.add_user", raise_exception=True)
def read_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Read what another installation wrote; whoever decided there may get an account here."""
    story = get_object_or_404(Story, slug=slug)
    form = ReadBackForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, story, form)
    try:
        done = actions.read_verdicts(story=story, document=form.cleaned_data["document"])
    except VerdictsRefused as error:
        form.add_error("document", gettext("Nothing was read. %(why)s") % {"why": error})
        return _render(request, story, form)
    told = gettext(
        "%(added)s added; %(same)s were here already; %(different)s are here, say something else"
        " and stay as they are."
    ) % {"added": done.added, "same": done.same, "different": done.different}
    if done.people:
        made = gettext("Accounts made, which cannot sign in: %(people)s.")
        told = f"{told} {made % {'people': ', '.join(done.people)}}"
    messages.success(request, told)
    return redirect("claims:exports", slug=slug)


def _render(request: HttpRequest, story: Story, form: ReadBackForm) -> HttpResponse:
    document = export_verdicts(story)
    standings = [finding["standing"]["state"] for finding in document["findings"]]
    reviews = build_reviews(story)
    context = {
        "story": story,
        "form": form,
        "verdicts": sum(len(finding["verdicts"]) for finding in document["findings"]),
        "waiting": standings.count("waiting"),
        "differing": standings.count("differ"),
        "reviews": reviews,
        "unnamed": find_unnamed(reviews),
        "is_public": settings.PUBLISH_REVIEWS,
        "publisher": _publisher(request),
        "is_publisher_named": bool(settings.PUBLISHER),
        "progress": build_progress(story),
        "section": "stories",
    }
    return render(request, "claims/exports.html", context)


@require_safe
@login_required
def verdicts_csv(request: HttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(csv_rows(export_verdicts(story)))
    # Without the mark some spreadsheets take it for another encoding.
    return _file(f"\ufeff{text.getvalue()}", "text/csv", f"{slug}-verdicts.csv")


@require_safe
@login_required
def verdicts_json(request: HttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    return _file(
        render_verdicts(export_verdicts(story)), "application/json", f"{slug}-verdicts.json"
    )


@require_safe
@login_required
def reviews_json(request: HttpRequest, slug: str) -> HttpResponse:
    """All fact checks of a story as one graph."""
    story = get_object_or_404(Story, slug=slug)
    graph = []
    for found in build_reviews(story):
        written = _written(request, story, found)
        del written["@context"]
        graph.append(written)
    document = {"@context": "https://schema.org", "@graph": graph}
    return _file(_rendered(document), "application/ld+json", f"{slug}-claimreview.jsonld")


@require_safe
def review(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """A fact check. Without signing in only where the site publishes them."""
    if not (settings.PUBLISH_REVIEWS or request.user.is_authenticated):
        return redirect_to_login(request.get_full_path())
    story, found = _get_review(slug, key)
    context = {
        "story": story,
        "review": found,
        "data": _written(request, story, found),
        "section": "stories",
    }
    return render(request, "claims/review.html", context)


@require_safe
def review_data(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """The same for machines alone."""
    if not (settings.PUBLISH_REVIEWS or request.user.is_authenticated):
        return redirect_to_login(request.get_full_path())
    story, found = _get_review(slug, key)
    return _file(
        _rendered(_written(request, story, found)), "application/ld+json", f"{slug}-{key}.jsonld"
    )


def _get_review(slug: str, key: str) -> tuple[Story, Review]:
    story = get_object_or_404(Story, slug=slug)
    found = build_reviews(story, key=key)
    if not found:
        raise Http404("no verdict on it that more than one person stands behind")
    return story, found[0]


def _written(request: HttpRequest, story: Story, found: Review) -> dict[str, Any]:
    page = reverse("claims:review", args=[story.slug, found.key])
    return review_json(
        found,
        address=request.build_absolute_uri(page),
        publisher=_publisher(request),
        site=request.build_absolute_uri("/"),
    )


def _publisher(request: HttpRequest) -> str:
    return settings.PUBLISHER or request.get_host()


def _rendered(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
