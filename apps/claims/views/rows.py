"""Saying what belongs in a row of the matrix: one cell, several, whole rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from apps.articles.models import Story
from apps.claims import actions
from apps.claims.comparison import describe_reasons
from apps.claims.forms import AlignmentForm, RepairForm
from apps.claims.models import Alignment, AlignmentDecision, Claim, ClaimGroup
from apps.claims.row_cards import RowCard, build_row_card
from apps.claims.steps_taken import find_steps
from apps.claims.views.changes import render_changes
from apps.claims.views.people import get_user, go_back
from config.htmx import HtmxHttpRequest, wants_partial
from config.numbers import read_number

# What stands for a row as the page shows it, see ``stamps``.
_STAMP = re.compile(r"[0-9a-f]{8,16}")


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def row(request: HtmxHttpRequest, slug: str, pk: int) -> HttpResponse:
    """A row to be repaired: beside the matrix, or as a page of its own."""
    story = get_object_or_404(Story, slug=slug)
    card = _build_card(request, story, pk)
    context = _card_context(request, story, card)
    return render(
        request, "claims/_row_card.html" if wants_partial(request) else "claims/row.html", context
    )


@require_safe
@login_required
def why(request: HtmxHttpRequest, slug: str, pk: int, claim: int) -> HttpResponse:
    """Why a reading stands in its row, to be shown in its cell."""
    if not request.htmx:
        return redirect(f"{reverse('claims:row', args=[slug, pk])}?claim={claim}#pick-{claim}")
    found = get_object_or_404(
        Alignment.objects.select_related("group__story"),
        claim=claim,
        group=pk,
        group__story__slug=slug,
    )
    stamp = request.GET.get("stamp", "")
    context = {
        "story": found.group.story,
        "alignment": found,
        "reasons": describe_reasons(found),
        "stamp": stamp if _STAMP.fullmatch(stamp) else "",
    }
    return render(request, "claims/_why.html", context)


@require_POST
@login_required
@permission_required("claims.add_alignmentdecision", raise_exception=True)
def align(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Keep a reading in its row, or take it out of it."""
    story = get_object_or_404(Story, slug=slug)
    form = AlignmentForm(request.POST, story=story)
    if not form.is_valid() or form.chosen is None or form.other is None:
        return _say_no(request, story, _errors(form) or gettext("Choose one of the two."))
    user, claim = get_user(request), form.chosen
    source = claim.alignment.group_id
    try:
        if form.value == AlignmentDecision.Value.ACCEPT:
            actions.confirm_alignment(
                story=story, claim=claim, other=form.other, user=user, seen=form.seen
            )
            group_id = source
        else:
            group_id = actions.refuse_row(story=story, claim=claim, user=user, seen=form.seen).pk
    except ValueError as error:
        return _say_no(request, story, str(error))
    done = gettext("Kept in this row.") if group_id == source else gettext("Taken out of its row.")
    beside = {} if group_id == source else {group_id: source}
    return _say_done(request, story, done, claim, beside=beside, touched={source})


@require_POST
@login_required
@permission_required("claims.add_alignmentdecision", raise_exception=True)
def repair(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Move readings to another row or a row of their own, merge rows, confirm a whole row."""
    story = get_object_or_404(Story, slug=slug)
    form = RepairForm(request.POST, story=story)
    if not form.is_valid() or form.source is None:
        return _say_no(request, story, _errors(form), form.source)
    user, note, source = get_user(request), form.cleaned_data["note"], form.source
    try:
        if form.cleaned_data["act"] == RepairForm.CONFIRM:
            group = actions.confirm_row(
                story=story, group=source, user=user, seen=form.seen, note=note
            )
        else:
            group = actions.move_claims(
                story=story,
                claims=form.claims,
                to=form.target,
                user=user,
                seen=form.seen,
                note=note,
            )
    except ValueError as error:
        return _say_no(request, story, str(error), source)
    done = {
        RepairForm.MOVE: gettext("Moved."),
        RepairForm.OWN: gettext("In a row of its own now."),
        RepairForm.MERGE: gettext("One row now."),
        RepairForm.CONFIRM: gettext("Confirmed."),
    }[form.cleaned_data["act"]]
    beside = {group.pk: source.pk} if form.target is None and group != source else {}
    return _say_done(request, story, done, form.claims[0], beside=beside, touched={group.pk})


@require_POST
@login_required
@permission_required("claims.delete_alignmentdecision", raise_exception=True)
def withdraw(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Leave to analysis again what was decided about a row."""
    story = get_object_or_404(Story, slug=slug)
    sent = request.POST.get("decisions", "").split(",")[:1000]
    numbers = [number for one in sent if (number := read_number(one)) is not None]
    decisions = list(AlignmentDecision.objects.filter(story=story, pk__in=numbers).order_by("pk"))
    source = ClaimGroup.objects.filter(
        story=story, pk=read_number(request.POST.get("row", "")) or 0
    ).first()
    if len(decisions) != len(numbers) or not decisions:
        return _say_no(request, story, gettext("This decision was withdrawn already."), source)
    actions.withdraw_alignments(story=story, decisions=decisions, user=get_user(request))
    touched = {source.pk} if source is not None else set()
    done = gettext("Withdrawn: what belongs together is worked out again.")
    response = _say_done(request, story, done, None, touched=touched, stay_at=source)
    return trigger_client_event(response, "row-card-stale") if request.htmx else response


@require_POST
@login_required
def refresh(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The rows that are no longer as the page shows them, when a comparison has ended."""
    story = get_object_or_404(Story, slug=slug)
    if not request.htmx:
        return redirect(story)
    return render_changes(request, story, "")


# --- answers ---------------------------------------------------------------------------------


def _say_done(
    request: HtmxHttpRequest,
    story: Story,
    done: str,
    claim: Claim | None,
    *,
    beside: Mapping[int, int] | None = None,
    touched: Collection[int] = (),
    stay_at: ClaimGroup | None = None,
) -> HttpResponse:
    """Show what was done where it was done: the rows that changed, or the page of the row."""
    where = Alignment.objects.filter(claim=claim).select_related("claim").first() if claim else None
    if not request.htmx:
        messages.success(request, gettext("%(done)s Undo takes it back.") % {"done": done})
        group_id = where.group_id if where else stay_at.pk if stay_at else None
        if "next" in request.POST or group_id is None:
            return go_back(request, story.get_absolute_url())
        return redirect("claims:row", slug=story.slug, pk=group_id)
    response = render_changes(request, story, done, beside=beside or {}, touched=touched)
    if where is not None:
        place = {"row": where.group_id, "article": where.claim.article_id, "claim": where.claim_id}
        trigger_client_event(response, "row-repaired", place, after="settle")
    return response


def _say_no(
    request: HtmxHttpRequest, story: Story, why: str, group: ClaimGroup | None = None
) -> HttpResponse:
    """Say why nothing was done, with the rows as they are by now."""
    if not request.htmx:
        messages.error(request, why)
        if group is not None and ClaimGroup.objects.filter(pk=group.pk).exists():
            address = reverse("claims:row", args=[story.slug, group.pk])
            return redirect(address)
        return redirect(story)
    return render_changes(request, story, why, problem=why)


def _build_card(request: HtmxHttpRequest, story: Story, pk: int) -> RowCard:
    sent = request.GET.getlist("claim")[:1000]
    chosen = {number for one in sent if (number := read_number(one)) is not None}
    try:
        return build_row_card(story, pk, chosen=chosen, query=request.GET.get("q", ""))
    except ClaimGroup.DoesNotExist as error:
        raise Http404(str(error)) from error


def _card_context(request: HtmxHttpRequest, story: Story, card: RowCard) -> dict[str, object]:
    return {
        "story": story,
        "card": card,
        "row": card.row,
        "in_panel": request.GET.get("in") == "panel",
        "steps": find_steps(story, request.user),
        "section": "stories",
    }


def _errors(form: AlignmentForm | RepairForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
