"""Bringing articles in: the forms, the report before saving, and the progress after."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from apps.articles.actions import (
    confirm_upload as confirm,
)
from apps.articles.actions import (
    discard_upload,
    format_published,
    open_upload,
    retry_article,
)
from apps.articles.batches import build_batch
from apps.articles.fetching import fetch_article
from apps.articles.forms import AddressForm, FilesForm, ItemForm, PasteForm, upload_limits
from apps.articles.importers import Rejection, read_paste, read_upload
from apps.articles.models import Article, ImportBatch, ImportItem, Upload
from apps.articles.moments import label_iso, label_moment
from apps.articles.preflight import (
    build_checks,
    build_report,
    find_fates,
    first_values,
    list_outlets,
)
from apps.articles.text.types import ArticleRejected, RawArticle
from config.htmx import HtmxHttpRequest, wants_partial

# What htmx takes as "stop asking".
STOP_POLLING = 286

# A person waits for the report; what a huge upload leaves uncounted is said in it.
_REPORT_SECONDS = 15.0

View = Callable[..., HttpResponse]


def may_import(view: View) -> View:
    """Let in who may add articles; others are told whom to ask."""
    return login_required(permission_required("articles.add_article", raise_exception=True)(view))


FORMS: dict[str, type[PasteForm | FilesForm | AddressForm]] = {
    form.kind: form for form in (PasteForm, FilesForm, AddressForm)
}


@may_import
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The three ways in. What is sent is read and kept as a draft; no article is saved."""
    forms: dict[str, Any] = {kind: form(prefix=kind) for kind, form in FORMS.items()}
    if request.method == "POST" and request.POST.get("kind") in FORMS:
        kind = request.POST["kind"]
        form = forms[kind] = FORMS[kind](request.POST, request.FILES, prefix=kind)
        if form.is_valid():
            items = list(_read_form(form))
            if kind == "upload" or not isinstance(items[0], Rejection):
                draft = open_upload(kind=kind, items=_report_all(items), user=_user(request))
                return redirect("articles:confirm_upload", pk=draft.pk)
            form.add_error(None, items[0].message)
    context = {
        "forms": forms,
        "outlets": list_outlets(),
        "limits": upload_limits(),
        "section": "upload",
    }
    return render(request, "articles/upload.html", context)


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("only people who signed in import")
    return request.user


def _read_form(form: PasteForm | FilesForm | AddressForm) -> Iterable[RawArticle | Rejection]:
    limits = upload_limits()
    data = form.cleaned_data
    if isinstance(form, FilesForm):
        return read_upload(
            ((file.name or "file", file.file) for file in data["documents"]), limits=limits
        )
    try:
        if isinstance(form, AddressForm):
            return [fetch_article(data["address"], limits=limits)]
        meta = RawArticle(
            text="",
            name="pasted text",
            outlet=data["outlet"],
            title=data["title"],
            url=data["url"],
            published=data["published"],
        )
        return [read_paste(data["text"], meta=meta, limits=limits)]
    except ArticleRejected as error:
        return [Rejection("", str(error))]


def _report_all(
    items: Iterable[RawArticle | Rejection],
) -> list[tuple[RawArticle | Rejection, dict[str, Any]]]:
    """Return each item with what labelling finds in it, empty for those after the time is up."""
    until = time.monotonic() + _REPORT_SECONDS
    return [
        (
            item,
            {} if isinstance(item, Rejection) or time.monotonic() > until else build_report(item),
        )
        for item in items
    ]


@may_import
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The report on a draft, with what can be corrected; sent back, it saves."""
    draft = Upload.objects.filter(pk=pk, owner=_user(request)).first()
    if draft is None:
        return _tell_gone(request)
    items = list(draft.items.all())
    texts = [item for item in items if not item.rejection]
    data = request.POST if request.method == "POST" else None
    fates = find_fates(texts)
    forms = [
        ItemForm(data, prefix=str(item.pk), initial=first_values(item, fates[item.pk]))
        for item in texts
    ]
    # Every form is asked, so that every mistake is shown at once.
    is_right = data is not None and all([form.is_valid() for form in forms])  # noqa: C419
    is_ticked = is_right and (not texts or any(form.cleaned_data["keep"] for form in forms))
    if is_ticked:
        corrections = {item.pk: form.cleaned_data for item, form in zip(texts, forms, strict=True)}
        try:
            saved = confirm(upload=draft, corrections=corrections)
        except Upload.DoesNotExist:
            # A second click on the same button, and the first one has won.
            return _tell_gone(request)
        _tell_dates_not_taken(request, saved, corrections)
        return redirect(saved)
    checks = build_checks(items, forms, fates)
    context = {
        "upload": draft,
        "checks": checks,
        "readable": len(texts),
        "any_new": any(fate.result != "already here" for fate in fates.values()),
        "rejected": len(items) - len(texts),
        "is_unticked": is_right and not is_ticked,
        "outlets": list_outlets(),
        "section": "upload",
    }
    return render(request, "articles/confirm_upload.html", context)


def _tell_gone(request: HttpRequest) -> HttpResponse:
    messages.info(request, gettext("That report was confirmed already, or is more than a day old."))
    return redirect("articles:batches")


def _tell_dates_not_taken(
    request: HttpRequest, batch: ImportBatch, corrections: Mapping[int, Mapping[str, Any]]
) -> None:
    """Say of each article that was here already which date somebody gave it in vain."""
    kept = [values for values in corrections.values() if values["keep"]]
    lines = batch.items.exclude(result=ImportItem.Result.REJECTED).select_related("article__outlet")
    for values, line in zip(kept, lines.defer("article__text"), strict=True):
        given = values["published"]
        if line.result != ImportItem.Result.ALREADY_HERE or given is None or line.article is None:
            continue
        iso = format_published(given)
        if iso != line.article.published_iso:
            messages.warning(
                request,
                gettext("%(article)s keeps its date, %(kept)s; %(given)s was not taken.")
                % {
                    "article": line.article,
                    "kept": label_moment(line.article.published_iso, line.article.published_at),
                    "given": label_iso(iso),
                },
            )


@may_import
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    discard_upload(upload=get_object_or_404(Upload, pk=pk, owner=_user(request)))
    messages.info(request, gettext("Nothing was saved."))
    return redirect("articles:upload")


@login_required
@require_GET
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def batch(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What became of an import, article by article, until all are analysed."""
    progress = build_batch(get_object_or_404(ImportBatch, pk=pk))
    if wants_partial(request):
        status = STOP_POLLING if progress.is_done else 200
        return render(request, "articles/_batch.html", {"progress": progress}, status=status)
    return render(request, "articles/batch.html", {"progress": progress, "section": "upload"})


@may_import
@require_POST
def retry(request: HttpRequest, pk: int, article_pk: int) -> HttpResponse:
    found = get_object_or_404(ImportBatch, pk=pk)
    retry_article(article=get_object_or_404(Article, pk=article_pk, import_items__batch=found))
    return redirect(found)


@login_required
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """The latest imports, the newest first."""
    newest = ImportBatch.objects.with_counts()[:50]
    return render(request, "articles/batches.html", {"batches": newest, "section": "upload"})
