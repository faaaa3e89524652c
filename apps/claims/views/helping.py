"""Help: what each kind of finding reports and what it leaves alone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.claims.finding_help import find_help, help_by_group
from apps.claims.finding_titles import title_of
from apps.claims.models import MutedKind


@require_safe
@login_required
def kinds(request: HttpRequest) -> HttpResponse:
    """All kinds of finding."""
    return render(
        request, "claims/help_kinds.html", {"groups": help_by_group(), "mutings": _find_mutings()}
    )


@require_safe
@login_required
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of finding."""
    found = find_help(kind)
    if found is None:
        raise Http404(f"there is no kind of finding called {title_of(kind)}")
    return render(
        request, "claims/help_kind.html", {"help": found, "mutings": _find_mutings(kind=kind)}
    )


def _find_mutings(**of: str) -> list[tuple[str, MutedKind]]:
    """Return what is muted, with the title of its kind: in all stories first, then in single ones."""
    rows = MutedKind.objects.filter(**of).select_related("story", "muted_by")
    ordered = rows.order_by(F("story").asc(nulls_first=True), "kind")
    return [(title_of(muted.kind), muted) for muted in ordered]
