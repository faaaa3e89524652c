"""What we make of it: claims, groups and findings (rebuilt by machines), decisions, verdicts
and notes (kept for people).

Rebuilt rows may vanish at any time, so what people decide never points at them: it is kept
by story and key, or by the words it was made for. A story or an article that people's work
hangs on cannot be deleted; what hangs on it is withdrawn first, by those who made it.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, HashIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.articles.models import ROLE_CHOICES, Article, Sentence, Story, quote_trigger
from apps.claims.analysis.types import (
    AttributionKind,
    ClaimDraft,
    Outcome,
    Polarity,
    QuantityType,
    Severity,
    Voice,
)
from apps.claims.edition_models import edition_triggers
from apps.claims.stored_drafts import claim_from_json

# Django finds an app's models here.
from apps.claims.word_models import ArticleWords, ClaimWords, KnownWord  # noqa: F401
from config.numbers import read_number

SEVERITY_ORDER = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


def _choices(values: type) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]  # type: ignore[attr-defined]  # StrEnum


def _claim_quote_trigger(name: str) -> pgtrigger.Trigger:
    """Refuse a span of a claim whose stored words are not the claim's at that place.

    Compared with the claim's own words: looking into the whole text for every number and
    name would cost a long article its time.
    """
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.After,
        declare=[("words", "text")],
        func="""
            SELECT substring(quote FROM NEW.start - start + 1 FOR NEW."end" - NEW.start) INTO words
              FROM claims_claim WHERE id = NEW.claim_id AND start <= NEW.start;
            IF words IS DISTINCT FROM NEW.quote THEN
                RAISE EXCEPTION 'the words at [%, %) of claim % are not the quote',
                    NEW.start, NEW."end", NEW.claim_id;
            END IF;
            RETURN NEW;
        """,
    )


# --- rebuilt by analysis -----------------------------------------------------------------


class ClaimQuerySet(models.QuerySet["Claim"]):
    def for_alignment(self) -> ClaimQuerySet:
        """All that ``as_draft`` needs, in text order, in one query."""
        return self.order_by("article_id", "position")


class Claim(models.Model):
    """One checkable statement with its words.

    *key* stays the same when the same words are found again. *details* holds what only
    alignment and detectors need (words, spans, dates) and is never filtered on.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="claims")
    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="claims")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts"
    )
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=32, db_index=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    role = models.TextField(choices=ROLE_CHOICES)
    attribution_kind = models.TextField(
        choices=_choices(AttributionKind), default=AttributionKind.NONE.value
    )
    source = models.TextField(blank=True, default="")
    source_resolved = models.TextField(blank=True, default="")
    cue = models.TextField(blank=True, default="")
    content = models.TextField(blank=True, default="")
    voice = models.TextField(choices=_choices(Voice), default=Voice.STATED.value)
    polarity = models.TextField(choices=_choices(Polarity), default=Polarity.POSITIVE.value)
    predicate = models.TextField(blank=True, default="")
    subject = models.TextField(blank=True, default="")
    object = models.TextField(blank=True, default="")
    details = models.JSONField(default=dict, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="claim_span_not_empty"),
            models.UniqueConstraint(
                fields=["article", "position"], name="claim_position_once_per_article"
            ),
            models.CheckConstraint(
                condition=Q(source="") | ~Q(attribution_kind="none"),
                name="claim_source_needs_an_attribution",
            ),
            models.CheckConstraint(
                condition=Q(source="") | ~Q(cue="") | Q(attribution_kind__in=["direct", "mixed"]),
                name="claim_source_needs_a_cue",
            ),
        ]
        indexes = [HashIndex(fields=["source_resolved"], name="claim_source")]
        triggers = [quote_trigger("claim_quote_is_the_text")]

    def __str__(self) -> str:
        return self.quote[:80]

    def as_draft(self) -> ClaimDraft:
        """Return the value this row was stored from. Costs no query."""
        return claim_from_json(self.details, article=str(self.article_id))


class Quantity(models.Model):
    """A number of a claim as an interval; empty bounds are open."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="quantities")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    low = models.DecimalField(max_digits=40, decimal_places=12, null=True, blank=True)
    high = models.DecimalField(max_digits=40, decimal_places=12, null=True, blank=True)
    unit = models.TextField(blank=True, default="")
    counted = models.TextField(blank=True, default="")
    head = models.TextField(blank=True, default="")
    type = models.TextField(choices=_choices(QuantityType))
    is_approximate = models.BooleanField(default=False)
    approximator = models.TextField(blank=True, default="")
    is_part = models.BooleanField(default=False)

    class Meta:
        ordering = ["claim", "start"]
        verbose_name_plural = "quantities"
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="quantity_span_not_empty"),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="quantity_low_not_above_high",
            ),
        ]
        triggers = [_claim_quote_trigger("quantity_quote_is_the_text")]

    def __str__(self) -> str:
        return self.quote


class Mention(models.Model):
    """A name in a claim, with the fullest form of the same entity in the article."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    kind = models.TextField()
    canonical = models.TextField()

    class Meta:
        ordering = ["claim", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="mention_span_not_empty")
        ]
        # Names have no upper length, and a B-tree refuses entries over 2.7 kB.
        indexes = [HashIndex(fields=["canonical"], name="mention_canonical")]
        triggers = [_claim_quote_trigger("mention_quote_is_the_text")]

    def __str__(self) -> str:
        return self.canonical


class ArticleSketch(models.Model):
    """What story assignment compares: the rare names, words, places and dates of an article.

    *terms* are its heaviest words, indexed, to find candidates without reading the archive;
    *mentions* are all names of the article with their canonical forms, as drafts.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="sketch")
    features = models.JSONField()
    terms = ArrayField(models.TextField(), default=list)
    mentions = models.JSONField(default=list)

    class Meta:
        indexes = [GinIndex(fields=["terms"], name="sketch_terms")]

    def __str__(self) -> str:
        return f"sketch of article {self.article_id}"


class ClaimGroup(models.Model):
    """One row of the comparison: claims that answer the same question."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="groups")
    key = models.CharField(max_length=32)
    title = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["story", "position"]
        constraints = [
            models.UniqueConstraint(fields=["story", "key"], name="group_key_once_per_story")
        ]
        triggers = edition_triggers()

    def __str__(self) -> str:
        return self.title


class Alignment(models.Model):
    """Why a claim is in its group. A claim is in one group; *reasons* is never empty.

    *reasons* is a list of ``{"code", "text", "weight"}``; *linked_to* the claim it was
    joined to, empty for the group's first claim. *position* orders a group's claims.
    """

    group = models.ForeignKey(ClaimGroup, on_delete=models.CASCADE, related_name="alignments")
    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="alignment")
    position = models.PositiveIntegerField(default=0)
    linked_to = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    score = models.FloatField()
    reasons = models.JSONField()
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["group", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=1), name="alignment_score_between_0_and_1"
            ),
            models.CheckConstraint(condition=~Q(reasons=[]), name="alignment_reasons_not_empty"),
        ]
        triggers = edition_triggers(
            "SELECT story_id FROM changed JOIN claims_claimgroup AS rows ON rows.id = group_id"
        )

    def __str__(self) -> str:
        return f"claim {self.claim_id} in group {self.group_id}"


class Origin(models.Model):
    """Articles of a story that go back to one text."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="origins")
    position = models.PositiveIntegerField()
    source = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    articles = models.ManyToManyField(Article, related_name="origins")
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["story", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "position"], name="origin_position_once_per_story"
            )
        ]

    def __str__(self) -> str:
        return f"origin {self.position} of {self.story_id}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def still_open(self) -> FindingQuerySet:
        """Those nobody has decided or judged yet, of kinds that nobody muted. What is judged
        to be read blind counts as open, as long as nobody else may see it."""
        decided = FindingDecision.objects.filter(
            story=OuterRef("story_id"), finding_key=OuterRef("key")
        )
        muted = MutedKind.objects.filter(
            Q(story=None) | Q(story=OuterRef("story_id")), kind=OuterRef("kind")
        )
        judged = Verdict.objects.unsealed().filter(
            story=OuterRef("story_id"), finding_key=OuterRef("key")
        )
        return self.filter(~Exists(decided), ~Exists(muted), ~Exists(judged))


class Finding(models.Model):
    """What a detector reports about a group or a story. Rebuilt; decisions meet it by *key*.

    *compared* are the words its key is made of. *needs_person* says what the rule could not
    settle; such a finding is shown as a question and never as a conflict.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="findings")
    group = models.ForeignKey(
        ClaimGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="findings"
    )
    key = models.CharField(max_length=32)
    kind = models.TextField(db_index=True)
    outcome = models.TextField(choices=_choices(Outcome))
    severity = models.TextField(choices=_choices(Severity), db_index=True)
    explanation = models.TextField()
    rule = models.TextField()
    changes_if = models.TextField(blank=True, default="")
    needs_person = models.TextField(blank=True, default="")
    confidence = models.FloatField()
    position = models.PositiveIntegerField()
    compared = models.JSONField(default=list, blank=True)
    claims = models.ManyToManyField(Claim, related_name="findings")
    missing_in = models.ManyToManyField(Article, related_name="missing_findings", blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["story", "position"]
        constraints = [
            models.UniqueConstraint(fields=["story", "key"], name="finding_key_once_per_story"),
            models.CheckConstraint(condition=~Q(rule=""), name="finding_rule_not_empty"),
            models.CheckConstraint(
                condition=~Q(explanation=""), name="finding_explanation_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(needs_person="") | ~Q(outcome="conflict"),
                name="finding_that_needs_a_person_is_no_conflict",
            ),
        ]
        triggers = edition_triggers()

    def __str__(self) -> str:
        return self.explanation[:80]


class FindingSpan(models.Model):
    """Words a finding compares."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="spans")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()

    class Meta:
        ordering = ["finding", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="finding_span_not_empty")
        ]
        triggers = [quote_trigger("finding_span_quote_is_the_text")]

    def __str__(self) -> str:
        return self.quote[:80]


# --- kept for people -----------------------------------------------------------------------


class SavedSearch(models.Model):
    """A search a person named, as the query of its address. Deleted ones can be brought back."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.TextField()
    query = models.TextField()
    saved_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name"),
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(deleted_at=None),
                name="saved_search_name_once_per_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StoryVisit(models.Model):
    """What a person saw of a story when they looked: to say what came since.

    *seen* are the keys of articles, rows and findings of the last visit, *seen_before* those
    of the one before. Looking again soon is the same visit.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="story_visits"
    )
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="visits")
    seen_at = models.DateTimeField()
    seen = models.JSONField(default=dict)
    seen_before_at = models.DateTimeField(null=True, blank=True)
    seen_before = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "story"], name="story_visit_once_per_owner")
        ]

    def __str__(self) -> str:
        return f"visit of {self.owner_id} to story {self.story_id}"


class ReaderSettings(models.Model):
    """How a person wants their pages, in every browser they use; without a row, as a new one is.

    *language* is a code of ``LANGUAGES``, blank for what the browser asks for.
    """

    class Appearance(models.TextChoices):
        AUTOMATIC = "automatic", _("automatic")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="reader_settings",
    )
    language = models.TextField(blank=True, default="")
    appearance = models.TextField(choices=Appearance.choices, default=Appearance.AUTOMATIC)
    shortcuts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(appearance__in=["automatic", "light", "dark"]),
                name="reader_settings_appearance_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"settings of {self.owner_id}"

    @property
    def next_appearance(self) -> str:
        """The appearance that follows this one when they are walked through."""
        values = self.Appearance.values
        return str(values[(values.index(self.appearance) + 1) % len(values)])


class FeedKey(models.Model):
    """The secret part of a person's feed addresses: who knows it reads what that person reads."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="feed_key",
    )
    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"feed key of {self.owner_id}"


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class AlignmentDecision(models.Model):
    """A must-link or cannot-link, kept by the words of the two claims.

    The pair is stored with the smaller ``(article, key)`` first, so that it is one row
    whichever side it was made from. The keys are ``claim_key`` of the quotes. *note* is
    why, in the person's own words, if they gave any. *is_implied* where a reading was put
    into a row and the other one was there already: held together, judged by nobody.
    """

    class Value(models.TextChoices):
        ACCEPT = "accept"
        REFUSE = "refuse"

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="alignment_decisions")
    a_article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    a_key = models.CharField(max_length=32)
    a_quote = models.TextField()
    b_article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    b_key = models.CharField(max_length=32)
    b_quote = models.TextField()
    value = models.TextField(choices=Value.choices)
    is_implied = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["story", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "a_article", "a_key", "b_article", "b_key"],
                name="alignment_decision_once_per_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.a_quote[:40]} / {self.b_quote[:40]}"


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class FindingDecision(models.Model):
    """A reader's confirmation or dismissal of a finding, met again by its key.

    *explanation* is copied from the finding, so that it can be read after that is gone.
    """

    class Value(models.TextChoices):
        CONFIRM = "confirm"
        DISMISS = "dismiss"

    class Reason(models.IntegerChoices):
        """Why a finding was dismissed; the numbers are the keys 1 to 7."""

        NOT_SAME_CLAIM = 1, _("Not about the same thing")
        TRIVIAL = 2, _("Trivial difference")
        EXPLAINED_BY_TIME = 3, _("Explained by time of writing")
        READ_WRONGLY = 4, _("The words were misread")
        NOT_THE_STORY = 5, _("Not part of the story")
        KNOWN = 6, _("Known and dealt with")
        OTHER = 7, _("Other")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="finding_decisions")
    finding_key = models.CharField(max_length=32)
    kind = models.TextField(db_index=True)
    value = models.TextField(choices=Value.choices)
    reason = models.PositiveSmallIntegerField(choices=Reason.choices, null=True, blank=True)
    note = models.TextField(blank=True, default="")
    explanation = models.TextField(blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["story", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "finding_key"], name="finding_decision_once_per_finding"
            ),
            models.CheckConstraint(
                condition=Q(value="confirm") | Q(reason__isnull=False),
                name="dismissal_needs_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.finding_key}"


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class MutedKind(models.Model):
    """A kind of finding that people do not want to see, in one story or, without, anywhere.

    Its findings are still made and can be looked at: nothing is lost by muting.
    """

    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.CASCADE, related_name="muted_kinds"
    )
    kind = models.TextField()
    muted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    muted_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["story", "kind"]
        permissions = [("mute_everywhere", "Can mute a kind of finding in all stories")]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "kind"], nulls_distinct=False, name="kind_muted_once_per_story"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.story or 'all stories'}"


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class Assignment(models.Model):
    """Whose work a finding is, met again by its key; one person at a time.

    *explanation* is copied from the finding, so that it can be read after that is gone.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="assignments")
    finding_key = models.CharField(max_length=32)
    kind = models.TextField()
    explanation = models.TextField(blank=True, default="")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    assigned_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["story", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "finding_key"], name="finding_assigned_to_one_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding_key} to {self.assignee_id}"


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def unsealed(self) -> VerdictQuerySet:
        """Leave out those to be read blind that nobody else has judged yet."""
        return self.filter(self._is_open())

    def visible_to(self, user_id: int | None) -> VerdictQuerySet:
        """Those anybody may see, and this person's own."""
        return self.filter(self._is_open() | Q(author_id=user_id))

    @staticmethod
    def _is_open() -> Q:
        others = Verdict.objects.filter(
            story=OuterRef("story_id"), finding_key=OuterRef("finding_key")
        ).exclude(author=OuterRef("author_id"))
        return Q(is_blind=False) | Q(reviewer__isnull=False) | Q(Exists(others))


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class Verdict(models.Model):
    """A fact-checker's judgement of a finding, with evidence; no verdict without any.

    *reviewer* is never the author. *words* are those of the claim judged, empty when it is
    the finding as a whole; they and *explanation* are copied, so that the verdict can be
    read after the finding is gone. One that *is_blind* is sealed: only its author sees it
    until somebody else has judged the same finding.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="verdicts")
    finding_key = models.CharField(max_length=32)
    value = models.TextField()
    note = models.TextField(blank=True, default="")
    explanation = models.TextField()
    words = models.TextField(blank=True, default="")
    is_blind = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verdicts"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviewed_verdicts",
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(auto_now=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["story", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "finding_key", "author"], name="verdict_once_per_author"
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")),
                name="verdict_reviewer_is_not_the_author",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="verdict_has_evidence",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT 1 FROM claims_verdict WHERE id = NEW.id)
                       AND NOT EXISTS (SELECT 1 FROM claims_evidence WHERE verdict_id = NEW.id) THEN
                        RAISE EXCEPTION 'a verdict needs evidence'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_has_evidence';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} on {self.finding_key}"


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class Evidence(models.Model):
    """What a verdict rests on: an address or a document, and the words quoted from it."""

    class Kind(models.TextChoices):
        PRIMARY = "primary"
        SECONDARY = "secondary"

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="evidence")
    kind = models.TextField(choices=Kind.choices)
    url = models.URLField(max_length=2000, blank=True, default="")
    document = models.TextField(blank=True, default="")
    excerpt = models.TextField()
    retrieved_on = models.DateField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )

    class Meta:
        ordering = ["verdict", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(document=""), name="evidence_names_where_it_is"
            ),
            models.CheckConstraint(condition=~Q(excerpt=""), name="evidence_quotes_words"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="last_evidence_stays",
                operation=pgtrigger.Delete | pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT 1 FROM claims_verdict WHERE id = OLD.verdict_id)
                       AND NOT EXISTS (SELECT 1 FROM claims_evidence WHERE verdict_id = OLD.verdict_id)
                    THEN
                        RAISE EXCEPTION 'a verdict needs evidence'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_has_evidence';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.url or self.document


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class Adjudication(models.Model):
    """Which of several verdicts that differ holds, said by somebody who gave none of them
    and, as ``adjudicate`` asks, agreed to none.

    *settled* are the verdicts it was made for, as ``author:value``: others than these are
    another question, and it says nothing about them.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="adjudications")
    finding_key = models.CharField(max_length=32)
    value = models.TextField()
    note = models.TextField()
    explanation = models.TextField(blank=True, default="")
    settled = ArrayField(models.TextField())
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="adjudications"
    )
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["story", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "finding_key"], name="adjudication_once_per_finding"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="adjudication_needs_a_reason"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="adjudicator_gave_no_verdict",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM claims_verdict WHERE story_id = NEW.story_id
                           AND finding_key = NEW.finding_key AND author_id = NEW.made_by_id
                    ) THEN
                        RAISE EXCEPTION 'whoever gave one of the verdicts does not decide between them'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'adjudicator_gave_no_verdict';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} on {self.finding_key}"


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def of_story(self, story: Story) -> AnnotationQuerySet:
        """Those on articles that are in *story* now, in the order of its texts."""
        return self.filter(article__story=story).order_by("article", "start", "pk")

    def unresolved(self) -> AnnotationQuerySet:
        return self.filter(resolved_because="")

    def to_be_listed(self) -> AnnotationQuerySet:
        """Bring what a list or a page says of a note; two queries."""
        rows = self.select_related("author", "resolved_by", "article__outlet", "article__story")
        return rows.defer("article__text").prefetch_related("answers__author")


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class Annotation(models.Model):
    """A note on words of an article, anchored by version, quote, prefix, suffix and place.

    *article* is the version it was made on. If its words cannot be found in a later
    version it is shown as orphaned, never moved to other words.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="annotations")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.TextField(blank=True, default="")
    suffix = models.TextField(blank=True, default="")
    note = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    resolved_because = models.TextField(blank=True, default="")
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["article", "start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="annotation_span_not_empty"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="annotation_note_not_empty"),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True) | ~Q(resolved_because=""),
                name="resolving_a_note_needs_a_reason",
            ),
        ]
        triggers = [quote_trigger("annotation_quote_is_the_text")]

    def __str__(self) -> str:
        return self.note[:80]


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
)
class Comment(models.Model):
    """A remark about a finding, resolved with a reason; or an answer to a note on words."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="comments")
    finding_key = models.CharField(max_length=32, blank=True, default="")
    annotation = models.ForeignKey(
        Annotation, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    text = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    made_at = models.DateTimeField(auto_now_add=True)
    resolved_because = models.TextField(blank=True, default="")
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["story", "made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_text_not_empty"),
            models.CheckConstraint(
                condition=Q(finding_key="", annotation__isnull=False)
                | (~Q(finding_key="") & Q(annotation__isnull=True)),
                name="comment_is_on_a_finding_or_a_note",
            ),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True) | ~Q(resolved_because=""),
                name="resolving_needs_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class UndoStepQuerySet(models.QuerySet["UndoStep"]):
    def to_undo(self, story: Story, user_id: int | None) -> UndoStepQuerySet:
        """What a person did on *story* and has not undone, the last first."""
        mine = self.filter(story=story, made_by=user_id, undone_at__isnull=True)
        return mine.order_by("-pk")

    def seen_on(self, page: str) -> UndoStepQuerySet:
        """Those whose effect a page shows: "article-7" for that of an article, "set-aside";
        "" for one that shows all of the story, nothing for any other word."""
        if not page:
            return self
        if page == "set-aside":
            return self.filter(table="role_correction")
        name, _, written = page.partition("-")
        number = read_number(written)
        if name != "article" or number is None:
            return self.none()
        noted = Q(before__article_id=number) | Q(after__article_id=number)
        labelled = Q(table="role_correction", row__article_id=number)
        notes = list(Annotation.objects.filter(article=number).values_list("pk", flat=True))
        answered = Q(table="comment", after__annotation_id__in=notes)
        return self.filter(labelled | Q(noted, table="annotation") | answered)


class UndoStep(models.Model):
    """One act of a person on a story, with what was there before it.

    *before* and *after* are the row's values (see ``actions``), None where there was no row.
    Undoing puts *before* back, as long as the row is still what the act made of it; if it
    is not, the step counts as undone without a change.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="undo_steps")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    made_at = models.DateTimeField(auto_now_add=True)
    label = models.TextField()
    table = models.TextField()
    row = models.JSONField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = UndoStepQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["story", "made_by", "-id"],
                condition=Q(undone_at__isnull=True),
                name="undo_step_next",
            )
        ]

    def __str__(self) -> str:
        return self.label
