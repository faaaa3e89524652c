"""Claims, findings and decisions to look at. Nothing is changed here: machines rebuild the
one, people decide the other on the pages made for it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.claims.models import (
    AlignmentDecision,
    Annotation,
    Claim,
    ClaimGroup,
    Comment,
    Finding,
    FindingDecision,
    Verdict,
)


class LookOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Shows rows and changes none."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class RebuiltAdmin(LookOnlyAdmin):
    """Rows that go when their article or story goes, and never by themselves."""

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        match = request.resolver_match
        own_page = match is not None and (match.url_name or "").startswith("claims_")
        return not own_page and admin.ModelAdmin.has_delete_permission(self, request)


@admin.register(Claim)
class ClaimAdmin(RebuiltAdmin):
    list_display = ["quote", "article", "voice", "source_resolved", "predicate"]
    list_select_related = ["article__outlet"]
    list_filter = ["voice", "attribution_kind", "role"]
    search_fields = ["quote", "source_resolved"]
    exclude = ["details"]


@admin.register(ClaimGroup)
class ClaimGroupAdmin(RebuiltAdmin):
    list_display = ["title", "story", "position"]
    list_select_related = ["story"]
    search_fields = ["title", "story__title"]


@admin.register(Finding)
class FindingAdmin(RebuiltAdmin):
    list_display = ["explanation", "kind", "outcome", "severity", "story"]
    list_select_related = ["story"]
    list_filter = ["severity", "outcome", "kind"]
    search_fields = ["explanation", "key"]
    exclude = ["claims"]


@admin.register(FindingDecision)
class FindingDecisionAdmin(LookOnlyAdmin):
    list_display = ["explanation", "value", "reason", "kind", "made_by", "made_at", "story"]
    list_select_related = ["story", "made_by"]
    list_filter = ["value", "reason", "kind"]


@admin.register(AlignmentDecision)
class AlignmentDecisionAdmin(LookOnlyAdmin):
    list_display = ["a_quote", "b_quote", "value", "made_by", "made_at", "story"]
    list_select_related = ["story", "made_by"]
    list_filter = ["value"]


@admin.register(Verdict)
class VerdictAdmin(LookOnlyAdmin):
    list_display = ["explanation", "value", "author", "reviewer", "given_at", "story"]
    list_select_related = ["story", "author", "reviewer"]
    list_filter = ["value"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verdict]:
        """Leave out what is to be read blind: whoever looks may be its second reader."""
        return Verdict.objects.visible_to(request.user.pk).order_by(*self.get_ordering(request))


@admin.register(Annotation)
class AnnotationAdmin(LookOnlyAdmin):
    list_display = ["note", "quote", "article", "author", "made_at"]
    list_select_related = ["article__outlet", "author"]
    search_fields = ["note", "quote"]


@admin.register(Comment)
class CommentAdmin(LookOnlyAdmin):
    list_display = ["text", "author", "made_at", "resolved_because", "story"]
    list_select_related = ["story", "author"]
