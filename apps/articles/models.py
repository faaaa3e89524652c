"""What was published: outlets, stories, articles, and the labelled parts of their texts.

Nothing here knows that claims exist. An article's text is never changed after it was
saved (a database trigger refuses it); a corrected text is a new version.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from apps.articles.text.types import Role

ROLE_CHOICES = [
    (Role.HEADLINE.value, gettext_lazy("headline")),
    (Role.DECK.value, gettext_lazy("deck")),
    (Role.BYLINE.value, gettext_lazy("byline")),
    (Role.DATELINE.value, gettext_lazy("dateline")),
    (Role.BODY.value, gettext_lazy("body")),
    (Role.CAPTION.value, gettext_lazy("caption")),
    (Role.CREDIT.value, gettext_lazy("credit")),
    (Role.TEASER.value, gettext_lazy("teaser")),
    (Role.BOILERPLATE.value, gettext_lazy("boilerplate")),
    (Role.OTHER_STORY.value, gettext_lazy("other story")),
]


def role_label(role: str) -> str:
    """Return what part of the page a role is, in words."""
    return gettext(role.replace("_", " "))


class Outlet(models.Model):
    """Who publishes. *is_wire* outlets stand first in a comparison."""

    name = models.TextField(unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    homepage = models.URLField(blank=True, default="")
    is_wire = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StoryQuerySet(models.QuerySet["Story"]):
    def with_articles(self) -> StoryQuerySet:
        """Only stories that have at least one current article."""
        return self.filter(articles__is_current=True).distinct()


class Story(models.Model):
    """The articles about one event; the unit of comparison.

    *title_is_fixed* is set when a person named it, so analysis keeps the name.
    *stale_since* is when its articles last changed; a comparison older than that is due.
    *failure* is why the last comparison came to nothing, in words a person can act on.
    """

    title = models.TextField()
    slug = models.SlugField(max_length=120, unique=True)
    title_is_fixed = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)
    stale_since = models.DateTimeField(null=True, blank=True)
    compared_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True, default="")

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("claims:story", args=[self.slug])


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def with_counts(self) -> ImportBatchQuerySet:
        """Add what the list of imports shows: its first items, how many there are, and how many
        new articles wait. The newest first: an order of the model's own is lost in grouping."""
        items = ImportItem.objects.select_related("article__outlet").defer("article__text")
        first = models.Prefetch("items", items.order_by("position")[:3], to_attr="first_items")
        counted = self.order_by("-created_at", "-pk").select_related("created_by")
        return counted.prefetch_related(first).annotate(
            item_count=models.Count("items", distinct=True),
            unfinished_count=models.Count(
                "articles", filter=Q(articles__state__in=["waiting", "analysing"]), distinct=True
            ),
            failed_count=models.Count(
                "articles", filter=Q(articles__state="failed"), distinct=True
            ),
        )


class ImportBatch(models.Model):
    """One act of bringing articles in: an upload, a paste, a command, a feed."""

    class Kind(models.TextChoices):
        UPLOAD = "upload", gettext_lazy("Upload")
        PASTE = "paste", gettext_lazy("Paste")
        URL = "url", gettext_lazy("Url")
        FEED = "feed", gettext_lazy("Feed")
        COMMAND = "command", gettext_lazy("Command")
        SEED = "seed", gettext_lazy("Seed")

    kind = models.TextField(choices=Kind.choices)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        return f"{self.kind} of {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("articles:batch", args=[self.pk])


class ArticleQuerySet(models.QuerySet["Article"]):
    def current(self) -> ArticleQuerySet:
        """Only the newest version of each article."""
        return self.filter(is_current=True)

    def unfinished(self) -> ArticleQuerySet:
        """Articles whose analysis is still to come or under way."""
        return self.filter(state__in=[Article.State.WAITING, Article.State.ANALYSING])


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(
        condition=pghistory.AnyChange("story", "story_is_fixed", "title", "outlet")
    ),
    pghistory.DeleteEvent(),
    fields=["story", "story_is_fixed", "title", "outlet", "url", "version"],
    model_name="ArticleEvent",
    append_only=True,
)
class Article(models.Model):
    """One published text of one outlet.

    *text* is exactly what came in; every span counts code points of it. *published_iso*
    keeps the precision of the source (a day or a moment); *published_at* is for sorting.
    *previous* is the version it replaces; only the newest is current. *words_digest* leaves
    white space out: the same text with other line ends is the same article.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Waiting")
        ANALYSING = "analysing", gettext_lazy("Analysing")
        ANALYSED = "analysed", gettext_lazy("Analysed")
        FAILED = "failed", gettext_lazy("Failed")

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="articles")
    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles"
    )
    story_is_fixed = models.BooleanField(default=False)
    story_reasons = models.JSONField(default=list, blank=True)
    batch = models.ForeignKey(
        ImportBatch, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles"
    )
    name = models.TextField(blank=True, default="")
    external_id = models.TextField(blank=True, default="")
    url = models.TextField(blank=True, default="")
    title = models.TextField(blank=True, default="")
    text = models.TextField()
    text_digest = models.CharField(max_length=64, db_index=True)
    words_digest = models.CharField(max_length=64, db_index=True)
    stated_published = models.TextField(blank=True, default="")
    published_iso = models.TextField(blank=True, default="")
    published_source = models.TextField(blank=True, default="")
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next"
    )
    is_current = models.BooleanField(default=True, db_index=True)
    state = models.TextField(choices=State.choices, default=State.WAITING, db_index=True)
    failure = models.TextField(blank=True, default="")
    analysed_at = models.DateTimeField(null=True, blank=True)
    analysed_times = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField(auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["published_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="article_text_not_empty"),
            models.UniqueConstraint(
                fields=["outlet", "text_digest"], name="article_text_once_per_outlet"
            ),
            models.UniqueConstraint(
                fields=["url", "version"], condition=~Q(url=""), name="article_version_once_per_url"
            ),
            models.UniqueConstraint(
                fields=["url"],
                condition=Q(is_current=True) & ~Q(url=""),
                name="article_one_current_version_per_url",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="article_text_never_changes",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange("text", "text_digest"),
                func="RAISE EXCEPTION 'an article''s text never changes: save a new version';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.title or self.name}"

    def get_absolute_url(self) -> str:
        return reverse("claims:article", args=[self.pk])


def quote_trigger(name: str) -> pgtrigger.Trigger:
    """Refuse a span whose stored words are not the article's words at that place."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.After,
        declare=[("words", "text")],
        func="""
            SELECT substring(text FROM NEW.start + 1 FOR NEW."end" - NEW.start) INTO words
              FROM articles_article WHERE id = NEW.article_id;
            IF words IS DISTINCT FROM NEW.quote THEN
                RAISE EXCEPTION 'the words at [%, %) of article % are not the quote',
                    NEW.start, NEW."end", NEW.article_id;
            END IF;
            RETURN NEW;
        """,
    )


class Segment(models.Model):
    """A labelled part of an article's text. Rebuilt by analysis; see RoleCorrection."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="segments")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    role = models.TextField(choices=ROLE_CHOICES)
    reason = models.TextField()
    by_person = models.BooleanField(default=False)
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="duplicates"
    )

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="segment_span_not_empty"),
            models.UniqueConstraint(
                fields=["article", "position"], name="segment_position_once_per_article"
            ),
        ]
        triggers = [quote_trigger("segment_quote_is_the_text")]

    def __str__(self) -> str:
        return f"{self.role} [{self.start}, {self.end})"


class Sentence(models.Model):
    """A sentence of an article. *quantities* and *dates* are those found in it, as exported."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sentences")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="sentences")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    role = models.TextField(choices=ROLE_CHOICES)
    quantities = models.JSONField(default=list, blank=True)
    dates = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="sentence_span_not_empty"),
            models.UniqueConstraint(
                fields=["article", "position"], name="sentence_position_once_per_article"
            ),
        ]
        triggers = [quote_trigger("sentence_quote_is_the_text")]

    def __str__(self) -> str:
        return self.quote[:80]


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class RoleCorrection(models.Model):
    """A person's label for some words of an article. Outlives every analysis."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="role_corrections")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    role = models.TextField(choices=ROLE_CHOICES)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["article", "start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="role_correction_span_not_empty"
            ),
            models.UniqueConstraint(
                fields=["article", "start", "end"], name="role_correction_once_per_span"
            ),
        ]
        triggers = [quote_trigger("role_correction_quote_is_the_text")]

    def __str__(self) -> str:
        return f"{self.role}: {self.quote[:60]}"


class ImportItem(models.Model):
    """One file, line or address of a batch, and what became of it."""

    class Result(models.TextChoices):
        SAVED = "saved", gettext_lazy("Saved")
        NEW_VERSION = "new version", gettext_lazy("New Version")
        ALREADY_HERE = "already here", gettext_lazy("Already Here")
        REJECTED = "rejected", gettext_lazy("Rejected")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    name = models.TextField()
    result = models.TextField(choices=Result.choices)
    message = models.TextField(blank=True, default="")
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_items"
    )

    class Meta:
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "position"], name="import_item_position_once_per_batch"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.result}"


class Upload(models.Model):
    """What a person is about to bring in, kept between the report and the confirmation.

    Nothing of it is an article yet; it is deleted when confirmed, or after a day.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    kind = models.TextField(choices=ImportBatch.Kind.choices)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.created_at:%Y-%m-%d %H:%M}"


class UploadItem(models.Model):
    """An article to be, or with *rejection* why there is none. *report* is what was counted."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    name = models.TextField()
    outlet = models.TextField(blank=True, default="")
    title = models.TextField(blank=True, default="")
    url = models.TextField(blank=True, default="")
    stated_published = models.TextField(blank=True, default="")
    external_id = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    notes = models.JSONField(default=list, blank=True)
    rejection = models.TextField(blank=True, default="")
    report = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["upload", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "position"], name="upload_item_position_once_per_upload"
            ),
            models.CheckConstraint(
                condition=Q(text="", rejection__gt="") | Q(text__gt="", rejection=""),
                name="upload_item_has_text_or_a_rejection",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Feed(models.Model):
    """An RSS or Atom address that is read regularly."""

    url = models.URLField(unique=True, max_length=2000)
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="feeds")
    is_active = models.BooleanField(default=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url
