"""Which articles make a story, why each is here, and saying where it belongs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from apps.articles.models import Story
from apps.claims import actions
from apps.claims.forms import GatheringForm
from apps.claims.progress import build_progress
from apps.claims.related import find_related
from apps.claims.steps_taken import find_steps
from apps.claims.story_articles import build_story_articles
from apps.claims.views.people import get_user


@require_safe
@login_required
def story_articles(request: HttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    return _render(request, story)


@require_POST
@login_required
@permission_required(("articles.change_story", "articles.change_article"), raise_exception=True)
def gather(request: HttpRequest, slug: str) -> HttpResponse:
    """Move articles to another story or out into one of their own; merge another story in."""
    story = get_object_or_404(Story, slug=slug)
    form = GatheringForm(request.POST, story=story)
    if not form.is_valid():
        errors = [str(error) for found in form.errors.values() for error in found]
        return _render(request, story, problem=" ".join(errors))
    user = get_user(request)
    try:
        if form.cleaned_data["act"] == GatheringForm.MERGE and form.target is not None:
            actions.join_stories(into=story, other=form.target, user=user)
            where, done = (
                story,
                gettext("“%(story)s” is part of this story now.") % {"story": form.target.title},
            )
        else:
            where = actions.move_articles(
                story=story, articles=form.articles, to=form.target, user=user
            )
            done = gettext(
                "Moved to “%(story)s”. They stay there. Both stories are compared again."
            ) % {"story": where.title}
    except ValueError as error:
        return _render(request, story, problem=str(error))
    messages.success(request, gettext("%(done)s Undo takes it back.") % {"done": done})
    return redirect("claims:story_articles", slug=story.slug)


@require_POST
@login_required
@permission_required("claims.add_alignmentdecision", raise_exception=True)
def compare_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Have a story compared again, with all that people decided; the page shows how far it is."""
    story = get_object_or_404(Story, slug=slug)
    actions.compare_again(story)
    messages.info(request, gettext("The story is compared again. What people decided stays."))
    return redirect("claims:story_articles", slug=story.slug)


def _render(request: HttpRequest, story: Story, *, problem: str = "") -> HttpResponse:
    ticked = {value for value in request.POST.getlist("article") if value.isdecimal()}
    context = {
        "story": story,
        "page": build_story_articles(story, query=request.GET.get("q", "")),
        "ticked": ticked,
        "problem": problem,
        "related": find_related(story),
        "progress": build_progress(story),
        "steps": find_steps(story, request.user),
        "then": "story_articles",
        "section": "stories",
    }
    return render(request, "claims/story_articles.html", context)
