"""An article with what stands in its margin; what was set aside of a story's articles."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from apps.articles.date_sources import find_source
from apps.articles.models import Article, Story
from apps.claims import actions
from apps.claims.comparison import build_article_page
from apps.claims.forms import AnnotationForm, RelabelForm, RemarkForm
from apps.claims.models import Annotation
from apps.claims.presentation import ArticlePage, Paragraph
from apps.claims.progress import build_progress
from apps.claims.set_aside import build_set_aside, describe_set_aside
from apps.claims.steps_taken import find_steps
from apps.claims.versions import find_versions
from apps.claims.views.people import get_user, go_back
from config.htmx import HtmxHttpRequest
from config.numbers import read_number


@require_safe
@login_required
def article(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Article.objects.select_related("outlet", "story"), pk=pk)
    return _render_article(request, found, _start_note(found, request.GET.get("note", "")))


@require_safe
@login_required
def article_state(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Whether an article is still being read; the page asks again and again until it is not."""
    found = get_object_or_404(Article.objects.select_related("story").defer("text"), pk=pk)
    if not request.htmx:
        return redirect(found)
    context = {"article": found, "is_read": _is_read(found), "polled": True}
    return render(request, "claims/_article_state.html", context)


def _is_read(article: Article) -> bool:
    """Whether nothing is under way that will change the page of *article*."""
    if article.state in (Article.State.WAITING, Article.State.ANALYSING):
        return False
    return article.story is None or not article.is_current or build_progress(article.story).is_done


@require_POST
@login_required
@permission_required("claims.add_annotation", raise_exception=True)
def annotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a note on words of an article."""
    found = get_object_or_404(Article.objects.select_related("outlet", "story"), pk=pk)
    form = AnnotationForm(request.POST, article=found)
    if not form.is_valid():
        return _render_article(request, found, form)
    data = form.cleaned_data
    note = actions.annotate(
        article=found,
        start=data["start"],
        end=data["end"],
        note=data["note"],
        user=get_user(request),
    )
    return redirect(f"{found.get_absolute_url()}#note-{note.pk}")


@require_POST
@login_required
@permission_required("claims.delete_annotation", raise_exception=True)
def delete_note(request: HttpRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(Annotation.objects.select_related("article__story"), pk=pk)
    user = get_user(request)
    if note.author_id not in (None, user.pk) and not user.has_perm("articles.delete_article"):
        raise PermissionDenied(
            gettext("This note is somebody else's. Ask its author or an admin to remove it.")
        )
    try:
        actions.delete_annotation(annotation=note, user=user)
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.info(request, gettext("Note removed. Undo brings it back."))
    return redirect(note.article)


@require_POST
@login_required
@permission_required("claims.add_comment", raise_exception=True)
def answer_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a note on words of an article."""
    note = get_object_or_404(Annotation.objects.select_related("article__story"), pk=pk)
    form = RemarkForm(request.POST)
    try:
        actions.answer_note(
            annotation=note, text=form["text"].value() or "", user=get_user(request)
        )
    except ValueError as error:
        messages.error(request, str(error))
    return go_back(request, f"{note.article.get_absolute_url()}#note-{note.pk}")


@require_POST
@login_required
@permission_required("claims.change_annotation", raise_exception=True)
def resolve_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a note and say why."""
    note = get_object_or_404(Annotation.objects.select_related("article__story"), pk=pk)
    form = RemarkForm(request.POST)
    try:
        actions.resolve_note(
            annotation=note, because=form["text"].value() or "", user=get_user(request)
        )
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.info(request, gettext("Note resolved. Undo opens it again."))
    return go_back(request, f"{note.article.get_absolute_url()}#note-{note.pk}")


@require_safe
@login_required
def set_aside(request: HttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    context = {
        "story": story,
        "articles": build_set_aside(story),
        "progress": build_progress(story),
        "then": "set_aside",
        "page_of_steps": "set-aside",
        "steps": find_steps(story, request.user, page="set-aside"),
        "section": "stories",
    }
    return render(request, "claims/set_aside.html", context)


@require_POST
@login_required
@permission_required("articles.add_rolecorrection", raise_exception=True)
def relabel(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what some words of an article are, or take that back; the article is read again."""
    found = get_object_or_404(Article.objects.select_related("story"), pk=pk)
    form = RelabelForm(request.POST, article=found)
    if not form.is_valid():
        messages.error(
            request,
            " ".join(map(str, form.non_field_errors())) or gettext("There is no such label."),
        )
        return go_back(request, found.get_absolute_url())
    data = form.cleaned_data
    if data["role"]:
        actions.relabel(
            article=found,
            start=data["start"],
            end=data["end"],
            role=data["role"],
            user=get_user(request),
        )
    else:
        for correction in found.role_corrections.filter(start=data["start"], end=data["end"]):
            actions.withdraw_label(correction=correction, user=get_user(request))
    messages.success(request, gettext("Kept. The article is being read again."))
    return go_back(request, found.get_absolute_url())


def _start_note(found: Article, place: str) -> AnnotationForm:
    """Return an empty form, or one for the words at "start-end"."""
    start, end = map(read_number, place.partition("-")[::2])
    if start is None or end is None or not start < end <= len(found.text):
        return AnnotationForm(article=found)
    words = found.text[start:end]
    return AnnotationForm(article=found, initial={"start": start, "end": end, "words": words})


def _find_paragraph(page: ArticlePage, form: AnnotationForm) -> Paragraph | None:
    """Return the paragraph a note is begun on, beside which it is written."""
    place = read_number(form["start"].value())
    if place is None:
        return None
    return next(
        (
            paragraph
            for paragraph in page.paragraphs
            if paragraph.parts and paragraph.parts[0].start <= place < paragraph.parts[-1].end
        ),
        None,
    )


def _render_article(request: HttpRequest, found: Article, form: AnnotationForm) -> HttpResponse:
    others = (
        Article.objects.current().filter(story=found.story).exclude(pk=found.pk)
        if found.story is not None
        else Article.objects.none()
    )
    page = f"article-{found.pk}"
    shown = build_article_page(found)
    versions = find_versions(found)
    if versions.newer is not None and found.url:
        others = others.exclude(url=found.url)
    is_read = _is_read(found)
    context = {
        "article": found,
        "story": found.story,
        "page": shown,
        "is_read": is_read,
        "is_compared": is_read and found.is_current and found.story is not None,
        "versions": versions,
        "date_source": find_source(found),
        "others": others.select_related("outlet").defer("text").order_by("published_at", "pk"),
        "note_form": form,
        "written_at": _find_paragraph(shown, form),
        "set_aside": describe_set_aside(found),
        "section": "stories",
        "page_of_steps": page,
        "steps": find_steps(found.story, request.user, page=page) if found.story else [],
    }
    return render(request, "claims/article.html", context)
