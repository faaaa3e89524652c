"""When an article was published, as stored."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone


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
