"""The list of stories, and one story as a matrix."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from apps.articles.models import Outlet, Story
from apps.articles.phrases import say
from apps.claims import actions
from apps.claims.actions.steps import ALIGNMENTS, MUTINGS, PLACES
from apps.claims.actions.undo import CannotUndo
from apps.claims.comparison import (
    KeptRows,
    build_comparison,
    build_story_list,
    filters_from,
    read_kept,
    story_filters_from,
)
from apps.claims.finding_titles import title_of
from apps.claims.presentation import SEVERITIES, Comparison, Filters
from apps.claims.progress import build_progress
from apps.claims.steps_taken import find_steps
from apps.claims.templatetags.claims import OUTCOME_WORDS, outcome_words, severity_words
from apps.claims.views.changes import render_changes
from apps.claims.views.people import get_user, go_back
from config.htmx import HtmxHttpRequest, wants_partial
from config.numbers import read_number
from config.people import shown_name

# What htmx takes as "stop asking".
STOP_POLLING = 286
# Pages besides the matrix that wait for a story, by the name of their address.
_WAITING_PAGES = (
    "left_out",
    "numbers",
    "overview",
    "reuse",
    "set_aside",
    "story_articles",
    "timeline",
)
# As many as fill a window, few enough to come at once; the others follow in larger parts.
ROWS_AT_ONCE = 12
ROWS_FOLLOWING = 40
# Of a wide matrix fewer rows come at once: what takes time is its cells.
CELLS_AT_ONCE = 120
CELLS_FOLLOWING = 160

SORT_WORDS = (
    ("severity", gettext_lazy("by severity")),
    ("position", gettext_lazy("as told")),
    ("origins", gettext_lazy("by origins")),
    ("time", gettext_lazy("by time")),
)
DIFF_WORDS = (
    ("words", gettext_lazy("words"), gettext_lazy("what differs, numbers, hedges, sources")),
    ("values", gettext_lazy("values"), gettext_lazy("numbers alone")),
    ("normalised", gettext_lazy("normalised"), gettext_lazy("what the numbers come to, large")),
    (
        "only",
        gettext_lazy("only differences"),
        gettext_lazy("rows with findings; the same words are not repeated"),
    ),
    ("off", pgettext_lazy("marking", "off"), gettext_lazy("the words alone")),
)
REST_WORDS = (
    ("all", gettext_lazy("all claims")),
    ("added", gettext_lazy("claims it lacks")),
    ("alone", gettext_lazy("claims it alone has")),
)
STATE_WORDS = (
    ("all", gettext_lazy("all")),
    ("open", gettext_lazy("open")),
    ("decided", gettext_lazy("decided or judged")),
    ("confirmed", gettext_lazy("confirmed")),
    ("dismissed", gettext_lazy("dismissed")),
)
LIST_SORT_WORDS = (
    ("newest", gettext_lazy("last changed first")),
    ("findings", gettext_lazy("most open findings")),
    ("outlets", gettext_lazy("most outlets")),
    ("title", gettext_lazy("title")),
)


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def story_list(request: HtmxHttpRequest) -> HttpResponse:
    context = {
        "story_list": build_story_list(story_filters_from(request.GET)),
        "severities": SEVERITIES,
        "sorts": LIST_SORT_WORDS,
        "section": "stories",
    }
    template = "claims/_stories.html" if wants_partial(request) else "claims/stories.html"
    return render(request, template, context)


@require_safe
@login_required
@vary_on_headers("HX-Request", "HX-History-Restore-Request", "Rows-Here")
def story(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The matrix. A long one comes in parts: the first with the page, the others, which
    the page asks for at once, from a row on; "rows=all" is all of it. Rows the page says it has
    are not sent again."""
    found = get_object_or_404(Story, slug=slug)
    filters = filters_from(request.GET)
    is_whole = request.GET.get("rows") == "all"
    first = read_number(request.GET.get("from", "")) or 0
    if first and wants_partial(request):
        comparison = build_comparison(
            found,
            filters,
            first=first,
            most=ROWS_FOLLOWING,
            cells=CELLS_FOLLOWING,
            may_repair=_may_repair(request),
        )
        context = {"story": found, "comparison": comparison}
        return render(request, "claims/_rows.html", context)
    kept = read_kept(request.headers.get("Rows-Here", "")) if wants_partial(request) else None
    context = _matrix_context(request, found, filters, is_whole=is_whole, kept=kept)
    template = "claims/_matrix_shown.html" if wants_partial(request) else "claims/story.html"
    return render(request, template, context)


@require_safe
@login_required
def progress(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """How far the story is; the page asks again and again until it is done."""
    found = get_object_or_404(Story, slug=slug)
    if not request.htmx:
        return redirect(found)
    state = build_progress(found)
    asked = request.GET.get("then", "")
    then = asked if asked in _WAITING_PAGES else ""
    context = {
        "story": found,
        "progress": state,
        "polled": True,
        "empty": "empty" in request.GET,
        "then": then,
        # The part of the page that waits is named after its address, and comes as it was asked for.
        "waiting": then.replace("_", "-"),
        "waiting_at": then
        and (request.htmx.current_url_abs_path or reverse(f"claims:{then}", args=[slug])),
    }
    status = STOP_POLLING if state.is_done else 200
    return render(request, "claims/_progress.html", context, status=status)


@require_POST
@login_required
@permission_required("claims.add_findingdecision", raise_exception=True)
def undo(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Undo what this person did last on the story; the filters come with the address."""
    found = get_object_or_404(Story, slug=slug)
    table = ""
    try:
        step = actions.undo_last(
            story=found, user=get_user(request), page=request.POST.get("page", "")
        )
        status, table = gettext("Undone: %(act)s") % {"act": say(step.label)}, step.table
    except CannotUndo as error:
        status = str(error)
    if not request.htmx:
        messages.info(request, status)
        return go_back(request, f"{found.get_absolute_url()}?{request.GET.urlencode()}")
    if table == PLACES:
        # Other articles make other columns: nothing of the page stays as it is.
        messages.info(request, status)
        return HttpResponseClientRefresh()
    if table != MUTINGS and "shown" in request.POST:
        response = render_changes(request, found, status)
        event = "row-card-stale" if table == ALIGNMENTS else "decisions-changed"
        return trigger_client_event(response, event)
    filters = filters_from(request.GET)
    context = _matrix_context(request, found, filters) | {"status": status}
    response = render(request, "claims/_undone.html", context)
    response["HX-Trigger"] = "decisions-changed"
    return response


def _matrix_context(
    request: HtmxHttpRequest,
    story: Story,
    filters: Filters,
    *,
    is_whole: bool = False,
    kept: KeptRows | None = None,
) -> dict[str, Any]:
    most, cells = (None, None) if is_whole else (ROWS_AT_ONCE, CELLS_AT_ONCE)
    comparison = build_comparison(
        story, filters, most=most, cells=cells, kept=kept, may_repair=_may_repair(request)
    )
    return {
        "story": story,
        "comparison": comparison,
        "progress": build_progress(story),
        "empty": not comparison.total,
        "choices": build_choices(story, comparison),
        "steps": find_steps(story, request.user),
        "section": "stories",
    }


def _may_repair(request: HtmxHttpRequest) -> bool:
    """Whether rows are shown with what moves their readings."""
    return bool(request.user.has_perm("claims.add_alignmentdecision"))


def build_choices(story: Story, comparison: Comparison) -> dict[str, Any]:
    """Return what each filter offers, as pairs of value and words. Two queries."""
    outlets = Outlet.objects.filter(articles__story=story, articles__is_current=True).distinct()
    return {
        "severities": [(value, severity_words(value)) for value in SEVERITIES],
        "kinds": sorted(
            ((kind, f"{title_of(kind)} ({count})") for kind, count in comparison.kinds.items()),
            key=lambda pair: pair[1],
        ),
        "outcomes": [(value, outcome_words(value)) for value in OUTCOME_WORDS if value != "same"],
        "outlets": outlets.values_list("slug", "name"),
        "sorts": SORT_WORDS,
        "states": STATE_WORDS,
        "assignees": sorted(
            (person.get_username(), shown_name(person))
            for person in User.objects.filter(assignments__story=story).distinct()
        ),
        "columns": [
            (column.name, f"{column.sigil} {column.outlet}")
            for column in sorted(
                comparison.columns, key=lambda column: (len(column.sigil), column.sigil)
            )
        ],
        "rests": REST_WORDS,
        "diffs": DIFF_WORDS,
        "diff_name": next(
            words for value, words, _ in DIFF_WORDS if value == comparison.filters.diff
        ),
        "other_copies": not comparison.filters.with_copies,
    }
