"""Rows of a matrix under the names they share.

A row stands under the name that most rows have in common with it. A name in one row alone
gathers nothing, and one in more than half of them is the story, not a part of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, gettext_noop

from apps.claims.models import ClaimGroup, Mention

OTHER = gettext_noop("Other claims")


def find_topics(rows: Sequence[ClaimGroup]) -> dict[int, str]:
    """Return the topic of each of *rows*, by its number: a name, or ``OTHER``. One query."""
    names: dict[int, set[str]] = defaultdict(set)
    mentions = Mention.objects.filter(claim__alignment__group__in=[row.pk for row in rows])
    for pk, name in mentions.order_by().values_list("claim__alignment__group_id", "canonical"):
        names[pk].add(name)
    shared = Counter(name for found in names.values() for name in found)
    topics = {}
    for row in rows:
        fitting = [name for name in names[row.pk] if 1 < shared[name] <= max(2, len(rows) / 2)]
        topics[row.pk] = min(fitting, key=lambda name: (-shared[name], name), default=OTHER)
    # What no other row chose gathers nothing either.
    chosen = Counter(topics.values())
    return {pk: topic if chosen[topic] > 1 else OTHER for pk, topic in topics.items()}


def gather(rows: Sequence[ClaimGroup], topics: Mapping[int, str]) -> list[ClaimGroup]:
    """Return *rows* topic by topic: topics in the order of their first row, rows in theirs."""
    places: dict[str, int] = {}
    for row in rows:
        places.setdefault(topics[row.pk], len(places))
    places[OTHER] = len(places)
    return sorted(rows, key=lambda row: places[topics[row.pk]])


def find_starts(rows: Sequence[ClaimGroup], topics: Mapping[int, str]) -> dict[int, str]:
    """Return for each first row of a topic what stands above it; *rows* are gathered."""
    counts = Counter(topics[row.pk] for row in rows)
    starts: dict[int, str] = {}
    previous = ""
    for row in rows:
        topic = topics[row.pk]
        if topic != previous:
            name = gettext(topic) if topic == OTHER else topic
            starts[row.pk] = f"{name} ({counts[topic]})"
        previous = topic
    return starts
