"""Everything that writes outlets, stories, articles and the labelled parts of their texts.

Saving an article defers its analysis in the same transaction, by the name of the task:
who analyses, articles do not know.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from apps.articles.importers import Rejection
from apps.articles.models import (
    Article,
    ImportBatch,
    ImportItem,
    Outlet,
    RoleCorrection,
    Segment,
    Sentence,
    Story,
    Upload,
    UploadItem,
)
from apps.articles.text.canonical import canonical_url, text_digest
from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, RawArticle, Role, SegmentDraft, SentenceDraft

logger = logging.getLogger(__name__)

UNKNOWN_OUTLET = "Unknown outlet"
# How long a report waits for its confirmation.
UPLOAD_LIFETIME = timedelta(days=1)

# Imports take turns: two at once could each find that the text isn't here yet.
_IMPORT_LOCK = 0x7661_7269


# --- importing -----------------------------------------------------------------------------


@transaction.atomic
def import_batch(
    *,
    kind: str,
    items: Iterable[RawArticle | Rejection],
    user: User | None = None,
) -> ImportBatch:
    """Save what an importer found, each item on its own, and say what became of it.

    Use `open_batch` and `import_item` where each article should stay saved if the process
    is killed half-way.
    """
    batch = open_batch(kind=kind, user=user)
    for item in items:
        import_item(batch=batch, item=item)
    return batch


def open_batch(*, kind: str, user: User | None = None) -> ImportBatch:
    return ImportBatch.objects.create(kind=kind, created_by=user)


@transaction.atomic
def discard_empty_batch(*, batch: ImportBatch) -> bool:
    """Delete *batch* if nothing new came of it; return whether it was."""
    if batch.items.exclude(result=ImportItem.Result.ALREADY_HERE).exists():
        return False
    batch.delete()
    return True


@transaction.atomic
def import_item(*, batch: ImportBatch, item: RawArticle | Rejection) -> ImportItem:
    """Save one article, or record why there is none."""
    if isinstance(item, Rejection):
        return ImportItem.objects.create(
            batch=batch,
            position=batch.items.count(),
            name=item.name,
            result=ImportItem.Result.REJECTED,
            message=item.message,
        )
    return import_article(raw=item, batch=batch)


@transaction.atomic
def import_article(*, raw: RawArticle, batch: ImportBatch) -> ImportItem:
    """Save *raw* as a new article, as a new version of one, or find that it is already here.

    The same words of the same outlet, whatever the white space between them, are the same
    article. The same address with other words is a new version: it takes the story, the
    outlet unless one is stated, and the corrections whose words it still has; the earlier
    version stays and is no longer current. Analysis is deferred with the save.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
    url = canonical_url(raw.url) if raw.url else ""
    previous = (
        Article.objects.current().select_related("outlet", "story").filter(url=url).first()
        if url
        else None
    )
    outlet = find_outlet(raw.outlet) or (previous.outlet if previous is not None else None)
    if outlet is None:
        outlet = _create_outlet(name=raw.outlet or UNKNOWN_OUTLET)
    digest = digest_words(raw.text)
    same = (
        outlet.articles.filter(words_digest=digest)
        .order_by("-is_current", "-version", "pk")
        .select_related("outlet")
        .first()
    )
    if same is not None:
        return _record(batch, raw, ImportItem.Result.ALREADY_HERE, same, describe_same(same))
    article = Article(
        outlet=outlet,
        batch=batch,
        name=raw.name,
        external_id=raw.external_id,
        url=url,
        title=raw.title,
        text=raw.text,
        text_digest=text_digest(raw.text),
        words_digest=digest,
        **_published_fields(raw.published),
    )
    if previous is not None:
        _replace_version(article, previous)
    article.save(force_insert=True)
    if previous is not None:
        _carry_corrections(previous, article)
        _mark_stale(article.story_id)
    defer_analysis(article=article)
    if previous is None:
        return _record(batch, raw, ImportItem.Result.SAVED, article, " ".join(raw.notes))
    message = (
        f"Version {article.version} of this article: the address is the same, the text is not."
    )
    return _record(batch, raw, ImportItem.Result.NEW_VERSION, article, message)


def describe_same(article: Article) -> str:
    """Say which article has the same words."""
    title = article.title or article.name
    if article.is_current:
        return f"The same text is already here: {article.outlet}, “{title}”."
    return (
        f"The same text is already here as version {article.version} of {article.outlet}, “{title}”; "
        "a later version has replaced it."
    )


def digest_words(text: str) -> str:
    """Return a digest of the words of *text*, whatever white space stands between them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def find_outlet(name: str) -> Outlet | None:
    """Return the outlet of that name, upper and lower case alike; None for none or an empty name."""
    name = " ".join(name.split())
    return Outlet.objects.filter(name__iexact=name).order_by("pk").first() if name else None


def _create_outlet(*, name: str) -> Outlet:
    name = " ".join(name.split())
    return Outlet.objects.create(name=name, slug=_free_slug(Outlet, name, 80, "outlet"))


def _free_slug(model: type[Outlet] | type[Story], name: str, length: int, fallback: str) -> str:
    """Return a slug for *name* that no row has, with a number where it is taken."""
    slug = slugify(name)[: length - 8].strip("-") or fallback
    taken = set(model._default_manager.filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def _replace_version(article: Article, previous: Article) -> None:
    article.version = previous.version + 1
    article.previous = previous
    article.story = previous.story
    article.story_is_fixed = previous.story_is_fixed
    article.story_reasons = previous.story_reasons
    if not article.stated_published and previous.published_source == "stated":
        article.stated_published = previous.stated_published
        article.published_iso = previous.published_iso
        article.published_source = previous.published_source
        article.published_at = previous.published_at
    previous.is_current = False
    previous.save(update_fields=["is_current"])


def _carry_corrections(previous: Article, article: Article) -> None:
    """Copy the labels people gave to words that stand in the new text once."""
    for correction in previous.role_corrections.order_by("pk"):
        start = article.text.find(correction.quote)
        if start < 0 or article.text.find(correction.quote, start + 1) >= 0:
            continue
        RoleCorrection.objects.create(
            article=article,
            start=start,
            end=start + len(correction.quote),
            quote=correction.quote,
            role=correction.role,
            made_by=correction.made_by,
        )


def _record(
    batch: ImportBatch, raw: RawArticle, result: str, article: Article, message: str
) -> ImportItem:
    return ImportItem.objects.create(
        batch=batch,
        position=batch.items.count(),
        name=raw.name,
        result=result,
        message=message,
        article=article,
    )


def _published_fields(published: date | datetime | None) -> dict[str, Any]:
    if published is None:
        return {}
    iso = format_published(published)
    return {
        "stated_published": iso,
        "published_iso": iso,
        "published_source": "stated",
        "published_at": moment_of(iso),
    }


def format_published(published: date | datetime) -> str:
    """Return an ISO date, or a date-time with a zone: the site's where it had none."""
    if isinstance(published, datetime) and timezone.is_naive(published):
        published = timezone.make_aware(published)
    return published.isoformat()


def moment_of(iso: str) -> datetime:
    """Return when an ISO date-time was, or when its day began in the site's zone."""
    if len(iso) > 10:
        moment = datetime.fromisoformat(iso)
    else:
        moment = datetime.combine(date.fromisoformat(iso), time.min)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


# --- the draft between report and confirmation ----------------------------------------------


@transaction.atomic
def open_upload(
    *, kind: str, items: Sequence[tuple[RawArticle | Rejection, dict[str, Any]]], user: User
) -> Upload:
    """Keep what was read, with the report on each item, until it is confirmed.

    Earlier drafts that nobody confirmed within a day are deleted.
    """
    Upload.objects.filter(created_at__lt=timezone.now() - UPLOAD_LIFETIME).delete()
    upload = Upload.objects.create(owner=user, kind=kind)
    UploadItem.objects.bulk_create(
        _upload_item(upload, position, item, report)
        for position, (item, report) in enumerate(items)
    )
    return upload


def _upload_item(
    upload: Upload, position: int, item: RawArticle | Rejection, report: dict[str, Any]
) -> UploadItem:
    if isinstance(item, Rejection):
        return UploadItem(upload=upload, position=position, name=item.name, rejection=item.message)
    return UploadItem(
        upload=upload,
        position=position,
        name=item.name,
        outlet=item.outlet,
        title=item.title,
        url=item.url,
        stated_published="" if item.published is None else item.published.isoformat(),
        external_id=item.external_id,
        text=item.text,
        notes=list(item.notes),
        report=report,
    )


@transaction.atomic
def confirm_upload(*, upload: Upload, corrections: Mapping[int, Mapping[str, Any]]) -> ImportBatch:
    """Save the articles of a draft as corrected, all or none, and delete the draft.

    *corrections* are, by item, ``keep``, ``outlet``, ``title``, ``url`` and ``published``;
    what isn't kept is left out. Raises `Upload.DoesNotExist` when it was confirmed before.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    found: list[RawArticle | Rejection] = []
    for item in upload.items.all():
        if item.rejection:
            found.append(Rejection(item.name, item.rejection))
            continue
        values = corrections[item.pk]
        if not values["keep"]:
            continue
        found.append(
            RawArticle(
                text=item.text,
                name=item.name,
                outlet=values["outlet"],
                title=values["title"],
                url=values["url"],
                published=values["published"],
                external_id=item.external_id,
                notes=tuple(item.notes),
            )
        )
    batch = import_batch(kind=upload.kind, items=found, user=upload.owner)
    upload.delete()
    return batch


@transaction.atomic
def discard_upload(*, upload: Upload) -> None:
    upload.delete()


# --- the state of an article ----------------------------------------------------------------


def defer_analysis(*, article: Article) -> None:
    """Put the analysis of *article* into the queue; once, however often it is asked for."""
    _defer("analyse_article", f"article-{article.pk}", article_id=article.pk)


def defer_comparison(*, story_id: int) -> None:
    """Put the comparison of a story into the queue; once, however often it is asked for."""
    _defer("compare_story", f"story-{story_id}", story_id=story_id)


def _defer(task: str, lock: str, **arguments: int) -> None:
    try:
        # Its own savepoint: a refused job would otherwise abort the whole transaction.
        with transaction.atomic():
            app.configure_task(task, lock=lock, queueing_lock=lock).defer(**arguments)
    except AlreadyEnqueued:
        logger.debug("%s %s is already in the queue", task, arguments)


@transaction.atomic
def set_state(*, article: Article, state: str) -> Article:
    """Say how far the analysis of *article* is; an earlier failure is forgotten."""
    article.state = state
    article.failure = ""
    fields = ["state", "failure"]
    if state == Article.State.ANALYSED:
        article.analysed_at = timezone.now()
        article.analysed_times = F("analysed_times") + 1
        fields += ["analysed_at", "analysed_times"]
    article.save(update_fields=fields)
    if state == Article.State.ANALYSED:
        article.refresh_from_db(fields=["analysed_times"])
    return article


@transaction.atomic
def mark_failed(*, article: Article, message: str) -> Article:
    """Keep why the analysis of *article* failed, in words a person can act on."""
    article.state = Article.State.FAILED
    article.failure = message
    article.save(update_fields=["state", "failure"])
    return article


@transaction.atomic
def retry_article(*, article: Article) -> Article:
    """Analyse *article* again from the start."""
    set_state(article=article, state=Article.State.WAITING)
    defer_analysis(article=article)
    return article


# --- what reading a text gives --------------------------------------------------------------


@transaction.atomic
def replace_reading(
    *,
    article: Article,
    segments: Sequence[SegmentDraft],
    sentences: Sequence[SentenceDraft],
    published: PublishedDate | None,
    details: Sequence[tuple[list[Any], list[Any]]] = (),
) -> list[Sentence]:
    """Put new segments and sentences in place of the old; return the sentences in text order.

    *details* are the quantities and dates of each sentence, in the same order. What was
    made of the old sentences goes with them. Of people's work nothing is touched.
    """
    article.sentences.all().delete()
    article.segments.all().delete()
    corrections = find_corrections(article)
    rows = Segment.objects.bulk_create(
        Segment(
            article=article,
            position=position,
            start=draft.span.start,
            end=draft.span.end,
            quote=draft.span.of(article.text),
            role=draft.role,
            reason=draft.reason,
            by_person=any(
                role == draft.role and span.contains(draft.span) for span, role in corrections
            ),
        )
        for position, draft in enumerate(segments)
    )
    repeats = []
    for row, draft in zip(rows, segments, strict=True):
        if draft.duplicate_of is not None:
            row.duplicate_of = rows[draft.duplicate_of]
            repeats.append(row)
    Segment.objects.bulk_update(repeats, ["duplicate_of"])
    found = details or [([], [])] * len(sentences)
    stored = Sentence.objects.bulk_create(
        Sentence(
            article=article,
            segment=rows[sentence.segment],
            position=position,
            start=sentence.span.start,
            end=sentence.span.end,
            quote=sentence.span.of(article.text),
            role=sentence.role,
            quantities=quantities,
            dates=dates,
        )
        for position, (sentence, (quantities, dates)) in enumerate(
            zip(sentences, found, strict=True)
        )
    )
    if published is not None and not article.stated_published:
        article.published_iso = published.iso
        article.published_source = published.source
        article.published_at = moment_of(published.iso)
        article.save(update_fields=["published_iso", "published_source", "published_at"])
    return stored


def find_corrections(article: Article) -> list[tuple[Span, Role]]:
    """Return the labels people gave, the earliest first: where two overlap, the later one counts."""
    return [
        (Span(correction.start, correction.end), Role(correction.role))
        for correction in article.role_corrections.order_by("made_at", "pk")
    ]


@transaction.atomic
def relabel_segment(
    *, article: Article, start: int, end: int, role: str, user: User
) -> RoleCorrection:
    """Store a person's label for the words at ``[start, end)`` and analyse the article again.

    Raises `ValueError` for a place outside the text or a role there is none of.
    """
    span = Span(start, end)
    if end > len(article.text):
        raise ValueError(
            f"span [{start}, {end}) goes beyond the text of {len(article.text)} characters"
        )
    correction, _ = RoleCorrection.objects.update_or_create(
        article=article,
        start=start,
        end=end,
        defaults={"quote": span.of(article.text), "role": Role(role).value, "made_by": user},
    )
    _mark_stale(article.story_id)
    defer_analysis(article=article)
    return correction


@transaction.atomic
def undo_relabel(*, correction: RoleCorrection) -> RoleCorrection | None:
    """Take a person's label back: the label given before it, or the machine's, counts again.

    Undoing once more goes one label further back. Returns the correction as it was
    before, None when there was none.
    """
    article = correction.article
    earlier = _find_earlier_roles(correction)
    _mark_stale(article.story_id)
    defer_analysis(article=article)
    if not earlier:
        correction.delete()
        return None
    correction.role = earlier[-1]
    correction.save(update_fields=["role", "made_at"])
    return correction


def _find_earlier_roles(correction: RoleCorrection) -> list[str]:
    """Return the labels before the present one, the earliest first, without those undone."""
    events = RoleCorrection.pgh_event_model.objects.filter(pgh_obj_id=correction.pk)  # type: ignore[attr-defined]
    roles: list[str] = []
    for role in events.order_by("pgh_id").values_list("role", flat=True):
        if len(roles) > 1 and roles[-2] == role:
            roles.pop()
        elif not roles or roles[-1] != role:
            roles.append(role)
    return roles[:-1]


# --- stories --------------------------------------------------------------------------------


@transaction.atomic
def create_story(*, article: Article) -> Story:
    """Make a story that begins with *article*, and put the article in it."""
    title = article.title or article.name or f"Article {article.pk}"
    is_demonstration = article.batch is not None and article.batch.kind == ImportBatch.Kind.SEED
    story = Story.objects.create(
        title=title, slug=_free_slug(Story, title, 120, "story"), is_demonstration=is_demonstration
    )
    return assign_story(article=article, story=story, reasons=["the first article of its story"])


@transaction.atomic
def assign_story(*, article: Article, story: Story, reasons: Sequence[str]) -> Story:
    """Put *article* into *story* for *reasons*, unless a person has decided where it belongs.

    Returns the story the article is in.
    """
    if article.story_is_fixed and article.story is not None:
        return article.story
    if article.story_id != story.pk:
        _mark_stale(article.story_id)
    article.story = story
    article.story_reasons = list(reasons)
    article.save(update_fields=["story", "story_reasons"])
    _mark_stale(story.pk)
    return story


@transaction.atomic
def name_story(*, story: Story, title: str, by_person: bool = False) -> Story:
    """Name a story; what a person named keeps its name when analysis would rename it."""
    if story.title_is_fixed and not by_person:
        return story
    story.title = title
    story.title_is_fixed = story.title_is_fixed or by_person
    story.save(update_fields=["title", "title_is_fixed", "changed_at"])
    return story


@transaction.atomic
def move_to_story(*, article: Article, story: Story | None, user: User) -> Story:
    """Move *article* where a person says it belongs, into a story of its own for None.

    Both stories are compared again, and analysis will not move the article back. Moving
    it again undoes this; history keeps every move.
    """
    before = article.story_id
    article.story_is_fixed = False
    if story is None:
        story = create_story(article=article)
    article.story = story
    article.story_is_fixed = True
    article.story_reasons = [f"moved here by {user.get_username()}"]
    article.save(update_fields=["story", "story_is_fixed", "story_reasons"])
    for story_id in {before, story.pk} - {None}:
        _mark_stale(story_id)
        defer_comparison(story_id=story_id)  # type: ignore[arg-type]  # None is taken out above
    return story


@transaction.atomic
def merge_stories(*, into: Story, others: Iterable[Story], user: User) -> Story:
    """Move every article of *others* into *into*.

    The emptied stories stay, out of sight, because people's decisions hang on them.
    """
    for other in others:
        if other.pk == into.pk:
            continue
        for article in other.articles.select_related("batch"):
            move_to_story(article=article, story=into, user=user)
    return into


@transaction.atomic
def split_story(*, articles: Sequence[Article], user: User) -> Story:
    """Move *articles* out into a story of their own, named after the first."""
    first, *others = articles
    story = move_to_story(article=first, story=None, user=user)
    for article in others:
        move_to_story(article=article, story=story, user=user)
    return story


def _mark_stale(story_id: int | None) -> None:
    if story_id is not None:
        Story.objects.filter(pk=story_id).update(
            stale_since=timezone.now(), changed_at=timezone.now()
        )
