"""Saying what belongs in a row of the matrix."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from apps.articles.models import Story
from apps.claims import actions
from apps.claims.comparison import build_row
from apps.claims.forms import AlignmentForm
from apps.claims.models import AlignmentDecision
from apps.claims.progress import build_progress
from apps.claims.views.people import get_user
from config.htmx import HtmxHttpRequest

COMPARED_AGAIN = "The story is being compared again."


@require_POST
@login_required
@permission_required("claims.add_alignmentdecision", raise_exception=True)
def align(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Keep a reading in its row, or out of it; the story is compared again."""
    story = get_object_or_404(Story, slug=slug)
    form = AlignmentForm(request.POST, story=story)
    if not form.is_valid() or form.chosen is None or form.other is None:
        return _answer(
            request, story, " ".join(map(str, form.non_field_errors())) or "Choose one of the two."
        )
    user = get_user(request)
    if form.value == AlignmentDecision.Value.ACCEPT:
        actions.confirm_alignment(story=story, claim=form.chosen, other=form.other, user=user)
        return _answer(request, story, f"Kept in this row. {COMPARED_AGAIN}", form)
    actions.refuse_row(story=story, claim=form.chosen, user=user)
    return _answer(request, story, f"Taken out of this row. {COMPARED_AGAIN}", form)


def _answer(
    request: HtmxHttpRequest, story: Story, status: str, form: AlignmentForm | None = None
) -> HttpResponse:
    if not request.htmx:
        messages.info(request, status)
        return redirect(story)
    context: dict[str, object] = {
        "story": story,
        "status": status,
        "progress": build_progress(story),
    }
    if form is not None and form.chosen is not None:
        row = build_row(story, form.chosen.alignment.group_id)
        readings = [reading for cell in row.cells for reading in cell.readings]
        context["row"] = row
        context["reading"] = next(r for r in readings if r.claim_id == form.chosen.pk)
    response = render(request, "claims/_aligned.html", context)
    if form is None or form.chosen is None:
        # Nothing was decided: the reading stays as it is, only the status line speaks.
        return reswap(response, "none")
    return retarget(response, f"#reading-{form.chosen.pk}")
