"""One finding: its card, a decision about it, a verdict on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from apps.articles.models import Story
from apps.claims import actions
from apps.claims.columns import build_columns
from apps.claims.comparison import NoSuchFinding, build_row, find_finding
from apps.claims.counted_things import CHARTED_KINDS
from apps.claims.desk import find_deciders, find_people
from apps.claims.desk_forms import AdjudicationForm, AssignForm
from apps.claims.finding_help import find_help
from apps.claims.forms import REOPEN, DecisionForm, RemarkForm, VerdictForm
from apps.claims.models import Adjudication, ClaimGroup, Comment, FindingDecision, Verdict
from apps.claims.presentation import FindingView
from apps.claims.row_changes import build_changes, read_shown
from apps.claims.second_reading import (
    DIFFER,
    find_sealed,
    find_sides,
    find_standing,
    stamp_verdicts,
)
from apps.claims.steps_taken import find_steps
from apps.claims.views.desk import answer_on_desk
from apps.claims.views.people import get_user
from config.htmx import HtmxHttpRequest, wants_partial
from config.people import shown_name

DONE = {
    "confirm": gettext_lazy("Confirmed."),
    "dismiss": gettext_lazy("Dismissed."),
    REOPEN: gettext_lazy("Open again."),
}


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def finding(request: HtmxHttpRequest, slug: str, key: str) -> HttpResponse:
    story, found = _get_finding(slug, key)
    return _render_card(request, story, found)


@require_POST
@login_required
@permission_required("claims.add_findingdecision", raise_exception=True)
def decide(request: HtmxHttpRequest, slug: str, key: str) -> HttpResponse:
    """Confirm or dismiss a finding, or open it again."""
    story, found = _get_finding(slug, key)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _render_card(request, story, found, decision_form=form)
    data, user = form.cleaned_data, get_user(request)
    if data["value"] == REOPEN:
        actions.withdraw_decision(story=story, finding_key=key, user=user)
    else:
        actions.decide_finding(
            story=story,
            finding_key=key,
            value=data["value"],
            reason=data["reason"],
            note=data["note"],
            user=user,
        )
    return _answer(request, slug, key, str(DONE[data["value"]]))


@require_POST
@login_required
@permission_required("claims.add_assignment", raise_exception=True)
def assign(request: HtmxHttpRequest, slug: str, key: str) -> HttpResponse:
    """Say whose work a finding is, or that it is nobody's."""
    story, _found = _get_finding(slug, key)
    form, user = AssignForm(request.POST), get_user(request)
    had = request.POST.get("had")
    try:
        if not form.is_valid():
            status = " ".join(str(error) for error in form.errors["to"])
        elif form.person is None:
            actions.give_back_finding(story=story, finding_key=key, user=user, had=had)
            status = gettext("Given back. Undo takes it again.")
        else:
            actions.assign_finding(
                story=story, finding_key=key, assignee=form.person, user=user, had=had
            )
            status = (
                gettext("Yours now: it stands on your Desk.")
                if form.person == user
                else gettext("Assigned to %(who)s.") % {"who": shown_name(form.person)}
            )
    except ValueError as error:
        status = str(error)
    if request.GET.get("in") == "desk":
        return answer_on_desk(request, story, key, status)
    return _answer(request, slug, key, status)


@require_POST
@login_required
@permission_required("claims.add_verdict", raise_exception=True)
def give_verdict(request: HtmxHttpRequest, slug: str, key: str) -> HttpResponse:
    """Judge the claim, with the evidence the judgement rests on."""
    story, found = _get_finding(slug, key)
    judged = _judged_words(story, key, get_user(request))
    form = VerdictForm(request.POST, said=found.said, judged=judged)
    if not form.is_valid():
        return _render_card(request, story, found, verdict_form=form)
    actions.give_verdict(
        story=story,
        finding_key=key,
        value=form.cleaned_data["value"],
        note=form.cleaned_data["note"],
        words=form.cleaned_data["words"],
        is_blind=form.cleaned_data["is_blind"],
        evidence=[form.evidence()],
        user=get_user(request),
    )
    return _answer(request, slug, key, gettext("Verdict saved."))


@require_POST
@login_required
@permission_required("claims.add_verdict", raise_exception=True)
def review_verdict(request: HtmxHttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put one's name to somebody else's verdict as its second reader, or take one's own back."""
    story = get_object_or_404(Story, slug=slug)
    verdict = get_object_or_404(Verdict.objects.select_related("story"), pk=pk, story=story)
    user, key = get_user(request), verdict.finding_key
    if verdict.author_id == user.pk:
        if request.POST.get("act") != "withdraw":
            return _answer(
                request, slug, key, gettext("A verdict is read by somebody other than its author.")
            )
        actions.withdraw_verdict(verdict=verdict, user=user)
        return _answer(request, slug, key, gettext("Verdict taken back. Undo brings it back."))
    if request.POST.get("act") != "review":
        return _answer(request, slug, key, gettext("A verdict is taken back by its author."))
    own = Verdict.objects.filter(story=story, finding_key=key, author=user)
    said_otherwise = own.exclude(value=verdict.value).exists()
    try:
        actions.review_verdict(verdict=verdict, user=user, seen=request.POST.get("seen", ""))
    except ValueError as error:
        return _answer(request, slug, key, str(error))
    status = gettext("Your name stands beside the verdict.")
    if said_otherwise:
        status = gettext(
            "Your name stands beside the verdict, your own is taken back. Undo twice brings it back."
        )
    if request.GET.get("in") == "desk":
        return answer_on_desk(request, story, key, status)
    return _answer(request, slug, key, status)


@require_POST
@login_required
@permission_required("claims.add_adjudication", raise_exception=True)
def adjudicate(request: HtmxHttpRequest, slug: str, key: str) -> HttpResponse:
    """Decide between verdicts that differ, or take such a decision of one's own back."""
    story, found = _get_finding(slug, key)
    user = get_user(request)
    try:
        if request.POST.get("act") == "withdraw":
            actions.withdraw_adjudication(story=story, finding_key=key, user=user)
            return _answer(request, slug, key, gettext("Decision taken back. Undo brings it back."))
        # A sealed one is no choice: the answer would tell what it says.
        given = Verdict.objects.visible_to(user.pk).filter(story=story, finding_key=key)
        form = AdjudicationForm(
            request.POST, values=given.order_by("pk").values_list("value", flat=True)
        )
        if not form.is_valid():
            return _render_card(request, story, found, adjudication_form=form)
        seen = request.POST.get("seen", "")
        actions.adjudicate(story=story, finding_key=key, user=user, seen=seen, **form.cleaned_data)
    except ValueError as error:
        return _answer(request, slug, key, str(error))
    return _answer(request, slug, key, gettext("Decided between the verdicts."))


@require_POST
@login_required
@permission_required("claims.add_comment", raise_exception=True)
def remark(request: HtmxHttpRequest, slug: str, key: str) -> HttpResponse:
    """Keep a remark on a finding."""
    story, found = _get_finding(slug, key)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _render_card(request, story, found, remark_form=form)
    actions.comment(
        story=story, finding_key=key, text=form.cleaned_data["text"], user=get_user(request)
    )
    return _answer(request, slug, key, gettext("Remark saved."))


@require_POST
@login_required
@permission_required("claims.change_comment", raise_exception=True)
def resolve(request: HtmxHttpRequest, slug: str, pk: int) -> HttpResponse:
    """Close a remark and say why."""
    story = get_object_or_404(Story, slug=slug)
    # An answer to a note is no remark: the note is what is resolved.
    remarks = Comment.objects.filter(annotation__isnull=True).select_related("story")
    remark = get_object_or_404(remarks, pk=pk, story=story)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _answer(
            request,
            slug,
            remark.finding_key,
            gettext("Say why the remark is resolved, then it closes."),
        )
    actions.resolve_comment(
        remark=remark, because=form.cleaned_data["text"], user=get_user(request)
    )
    return _answer(
        request, slug, remark.finding_key, gettext("Remark resolved. Undo opens it again.")
    )


def _get_finding(slug: str, key: str) -> tuple[Story, FindingView]:
    story = get_object_or_404(Story, slug=slug)
    try:
        return story, find_finding(story, key)
    except NoSuchFinding as error:
        raise Http404(str(error)) from error


def _answer(request: HtmxHttpRequest, slug: str, key: str, status: str) -> HttpResponse:
    """Show the card as it is now, with what to say of it; without htmx, by way of its page."""
    if not request.htmx:
        messages.info(request, status)
        return redirect("claims:finding", slug=slug, key=key)
    try:
        story, found = _get_finding(slug, key)
    except Http404:
        # It was only kept for the decision that is now withdrawn.
        return HttpResponse("")
    return _render_card(request, story, found, status=status)


def _render_card(
    request: HtmxHttpRequest, story: Story, found: FindingView, **more: Any
) -> HttpResponse:
    context = {
        "story": story,
        "finding": found,
        "help": find_help(found.kind),
        "in_panel": request.GET.get("in") == "panel",
        "is_judging": "judge" in request.GET or "evidence" in request.GET,
        "is_offered": "evidence" in request.GET,
        "is_settling": "settle" in request.GET,
        "is_charted": found.kind in CHARTED_KINDS,
        "reasons": FindingDecision.Reason.choices,
        "people": find_people() if request.user.has_perm("claims.add_assignment") else [],
        "remarks": Comment.objects.filter(story=story, finding_key=found.key).select_related(
            "author", "resolved_by"
        ),
        "section": "stories",
    }
    offered = request.GET.get("evidence", "")
    context |= _second_reading(story, found, get_user(request), offered=offered) | more
    if not wants_partial(request):
        return render(request, "claims/finding.html", context | _row_context(story, found))
    if "status" in more and context["in_panel"]:
        context |= _beside_matrix(request, story, found)
    return render(
        request, "claims/_decided.html" if "status" in more else "claims/_finding.html", context
    )


def _second_reading(
    story: Story, found: FindingView, user: User, *, offered: str
) -> dict[str, Any]:
    """Return the verdicts *user* may see, and how all of them stand. Three queries, and one more
    where somebody else decides between them.

    *offered* is the number of one whose evidence the form is to hold.
    """
    given = list(
        Verdict.objects.filter(story=story, finding_key=found.key)
        .select_related("author", "reviewer")
        .prefetch_related("evidence")
        .order_by("pk")
    )
    rows = Adjudication.objects.filter(story=story, finding_key=found.key)
    adjudication = rows.select_related("made_by").first()
    sealed = find_sealed(given, user.pk)
    own = next((row for row in given if row.author_id == user.pk), None)
    seen = [row for row in given if row not in sealed]
    others = [row for row in seen if row.author_id != user.pk]
    standing = find_standing(given, adjudication)
    may_decide = user.pk not in find_sides(given) and user.has_perm("claims.add_adjudication")
    return {
        "verdicts": seen,
        "sealed": len(sealed),
        "standing": standing,
        # Whoever may not decide is told who does.
        "deciders": find_deciders(given) if standing.state == DIFFER and not may_decide else [],
        "may_decide": may_decide,
        "has_agreed": any(row.reviewer_id == user.pk for row in given),
        "adjudication": adjudication,
        "has_judged": own is not None,
        "own_value": own.value if own is not None else "",
        "others": others,
        "differing": list(dict.fromkeys(row.value for row in given)),
        "seen": stamp_verdicts(given),
        "verdict_form": VerdictForm(
            said=found.said,
            judged=next((row.words for row in given if row.author_id != user.pk), None),
            **_beforehand(own, next((row for row in others if str(row.pk) == offered), None)),
        ),
    }


def _beforehand(own: Verdict | None, offered: Verdict | None) -> dict[str, Any]:
    """Return what the form holds before anything is written, as its argument."""
    today = {"retrieved_on": timezone.localdate().isoformat()}
    if own is None:
        # Whoever judges on the evidence of another has looked at it today.
        return {"initial": _evidence_of(offered) | today}
    said = {"words": own.words, "value": own.value, "note": own.note, "is_blind": own.is_blind}
    # Who judges again changes what he said: an empty form would lose the evidence.
    return {"initial": today | said | _evidence_of(own)}


def _evidence_of(verdict: Verdict | None) -> dict[str, Any]:
    """Return the first piece of evidence of *verdict* as a form holds it, empty without one."""
    first = next(iter(verdict.evidence.all()), None) if verdict is not None else None
    if first is None:
        return {}
    return {
        "url": first.url,
        "document": first.document,
        "kind": first.kind,
        "excerpt": first.excerpt,
        "retrieved_on": first.retrieved_on.isoformat(),
    }


def _judged_words(story: Story, key: str, user: User) -> str | None:
    """Return the words somebody else judged, None when nobody did."""
    others = Verdict.objects.filter(story=story, finding_key=key).exclude(author=user)
    return others.order_by("pk").values_list("words", flat=True).first()


def _beside_matrix(request: HtmxHttpRequest, story: Story, found: FindingView) -> dict[str, Any]:
    """Return what changes in the matrix with a decision: the row, and what stands around it."""
    shown = read_shown(request.POST)
    touched = {found.group_id} if found.group_id is not None else set()
    return {
        "changes": build_changes(story, shown, touched=touched) if shown is not None else None,
        "steps": find_steps(story, request.user),
    }


def _row_context(story: Story, found: FindingView) -> dict[str, Any]:
    """Return the row the finding is about, with each article's readings beside its column.

    Nothing where no article tells it: until the next comparison it stands there without any.
    """
    if found.group_id is None:
        return {}
    try:
        row = build_row(story, found.group_id)
    except ClaimGroup.DoesNotExist:
        return {}
    readings = [
        (cell, column)
        for cell, column in zip(row.cells, build_columns(story), strict=True)
        if cell.kind != "not_covered"
    ]
    return {"row": row, "readings": readings}
