"""The archive for administrators: what is here, what failed, and how to repair it.

What it changes goes through actions, like everything else. Articles come in through the
upload page, which the list of articles links to.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth.models import User
from django.db.models import Count, Field, Q, QuerySet, TextField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy, ngettext

from apps.articles.actions import (
    merge_stories,
    move_to_story,
    name_story,
    retry_article,
    split_story,
)
from apps.articles.forms import MoveForm
from apps.articles.models import (
    Article,
    Feed,
    ImportBatch,
    ImportItem,
    Outlet,
    RoleCorrection,
    Segment,
    Story,
)

# Titles are sentences; a list shows their beginnings.
_LONGEST = 70
# Columns without a limit on their length, of which people write one line.
_ONE_LINE: dict[type[Field[Any, Any]], dict[str, Any]] = {
    TextField: {"widget": AdminTextInputWidget}
}


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("only people who signed in use the administration")
    return request.user


@admin.register(Outlet)
class OutletAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    formfield_overrides = _ONE_LINE
    list_display = ["name", "is_wire", "homepage", "article_count"]
    list_editable = ["is_wire"]
    ordering = ["name"]
    list_filter = ["is_wire"]
    search_fields = ["name", "homepage"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        outlets: QuerySet[Outlet] = super().get_queryset(request)
        return outlets.annotate(
            article_count=Count("articles", filter=Q(articles__is_current=True))
        )

    @admin.display(description=gettext_lazy("articles"), ordering="article_count")
    def article_count(self, outlet: Outlet) -> int:
        return outlet.article_count  # type: ignore[attr-defined,no-any-return]  # annotated above


class ArticleInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Article
    fields = readonly_fields = ("link", "outlet", "published_iso", "version", "is_current", "state")
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("article"))
    def link(self, article: Article) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', article.get_absolute_url(), article.title or article.name
        )


@admin.register(Story)
class StoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    formfield_overrides = _ONE_LINE
    list_display = ["title", "article_count", "changed_at", "compared_at", "is_demonstration"]
    list_filter = ["is_demonstration", "changed_at"]
    search_fields = ["title", "articles__title"]
    fields = ["title", "slug", "title_is_fixed", "created_at", "changed_at", "compared_at"]
    readonly_fields = ["slug", "title_is_fixed", "created_at", "changed_at", "compared_at"]
    date_hierarchy = "created_at"
    inlines = [ArticleInline]
    actions = ["merge"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        stories: QuerySet[Story] = super().get_queryset(request)
        return stories.annotate(
            article_count=Count("articles", filter=Q(articles__is_current=True))
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=gettext_lazy("articles"), ordering="article_count")
    def article_count(self, story: Story) -> int:
        return story.article_count  # type: ignore[attr-defined,no-any-return]  # annotated above

    def save_model(
        self, request: HttpRequest, obj: Story, form: ModelForm[Story], change: bool
    ) -> None:
        if "title" in form.changed_data:
            name_story(story=obj, title=obj.title, by_person=True)

    @admin.action(
        description=gettext_lazy("Merge into the one with the most articles"),
        permissions=["change"],
    )
    def merge(self, request: HttpRequest, queryset: QuerySet[Story]) -> None:
        stories = list(queryset.order_by("-article_count", "pk"))  # type: ignore[misc]  # annotated
        if len(stories) < 2:
            self.message_user(
                request,
                gettext("Choose the stories that are one: two or more."),
                messages.WARNING,
            )
            return
        merge_stories(into=stories[0], others=stories[1:], user=_user(request))
        message = gettext("Merged into “%(story)s”; it is compared again now.")
        self.message_user(request, message % {"story": stories[0]})


class SegmentInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Segment
    fields = readonly_fields = ("role", "reason", "by_person", "quote")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    formfield_overrides = _ONE_LINE
    change_list_template = "admin/articles/article/change_list.html"
    list_display = [
        "title_or_name",
        "outlet",
        "short_story",
        "published_iso",
        "version",
        "state",
        "failure",
    ]
    list_display_links = ["title_or_name"]
    list_filter = ["state", "is_current", "outlet", "imported_at"]
    list_select_related = ["outlet", "story"]
    list_per_page = 50
    search_fields = ["title", "name", "url", "outlet__name", "story__title"]
    date_hierarchy = "published_at"
    autocomplete_fields = ["story", "outlet"]
    readonly_fields = [
        "pages",
        "url",
        "text",
        "published_iso",
        "published_source",
        "version",
        "previous",
        "is_current",
        "state",
        "failure",
        "analysed_at",
        "analysed_times",
        "imported_at",
        "batch",
        "name",
        "external_id",
        "story_reasons",
        "story_is_fixed",
    ]
    fields = ["title", "outlet", "story", *readonly_fields]
    inlines = [SegmentInline]
    actions = ["analyse_again", "move", "split"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = super().get_queryset(request)
        match = request.resolver_match
        # The list shows no text, and texts are long.
        is_list = match is not None and match.url_name == "articles_article_changelist"
        return articles.defer("text") if is_list else articles

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def title_or_name(self, article: Article) -> str:
        return Truncator(article.title or article.name).chars(_LONGEST)

    @admin.display(description=gettext_lazy("story"), ordering="story__title")
    def short_story(self, article: Article) -> str:
        return "" if article.story is None else Truncator(article.story.title).chars(_LONGEST)

    @admin.display(description=gettext_lazy("page"))
    def pages(self, article: Article) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', article.get_absolute_url(), gettext("Read it, with its marks")
        )

    def save_model(
        self, request: HttpRequest, obj: Article, form: ModelForm[Article], change: bool
    ) -> None:
        if {"title", "outlet"} & set(form.changed_data):
            super().save_model(request, obj, form, change)
            retry_article(article=obj)
        if "story" in form.changed_data:
            story = obj.story
            obj.refresh_from_db(fields=["story"])
            move_to_story(article=obj, story=story, user=_user(request))

    @admin.action(description=gettext_lazy("Analyse again"), permissions=["change"])
    def analyse_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        articles = list(queryset)
        for article in articles:
            retry_article(article=article)
        message = ngettext(
            "%(count)s article will be analysed again.",
            "%(count)s articles will be analysed again.",
            len(articles),
        )
        self.message_user(request, message % {"count": len(articles)})

    @admin.action(description=gettext_lazy("Move to a story"), permissions=["change"])
    def move(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        form = MoveForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_bound or not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": gettext("Move to a story"),
                "opts": self.model._meta,
                "articles": queryset.select_related("outlet"),
                "form": form,
            }
            return render(request, "admin/articles/article/move.html", context)
        story = form.cleaned_data["story"]
        articles = list(queryset.select_related("batch"))
        if story is None:
            story = split_story(articles=articles, user=_user(request))
        else:
            for article in articles:
                move_to_story(article=article, story=story, user=_user(request))
        message = gettext("Moved to “%(story)s”; what changed is compared again now.")
        self.message_user(request, message % {"story": story})
        return None

    @admin.action(description=gettext_lazy("Make a story of their own"), permissions=["change"])
    def split(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        story = split_story(articles=list(queryset.select_related("batch")), user=_user(request))
        self.message_user(
            request, gettext("“%(story)s” is a story of its own now.") % {"story": story}
        )


@admin.register(RoleCorrection)
class RoleCorrectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ["quote", "role", "article", "made_by", "made_at"]
    list_filter = ["role", "made_at"]
    list_select_related = ["article__outlet", "made_by"]
    search_fields = ["quote", "article__title"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ImportItemInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = ImportItem
    fields = readonly_fields = ("name", "result", "message", "article")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportItem]:
        return (
            super().get_queryset(request).select_related("article__outlet").defer("article__text")
        )


@admin.register(ImportBatch)
class ImportBatchAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ["created_at", "kind", "created_by", "progress"]
    list_filter = ["kind", "created_at"]
    list_select_related = ["created_by"]
    readonly_fields = ["kind", "created_by", "created_at", "progress"]
    inlines = [ImportItemInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, batch: ImportBatch) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("articles:batch", args=[batch.pk]),
            gettext("See its progress"),
        )


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ["url", "outlet", "is_active", "fetched_at", "failure"]
    list_filter = ["is_active", "outlet"]
    list_select_related = ["outlet"]
    search_fields = ["url", "outlet__name"]
    readonly_fields = ["fetched_at", "failure"]
    autocomplete_fields = ["outlet"]
