"""Doing to the rows at once what a person decided about them.

What is stored here is what the next comparison would store under that decision, as far as it
can be known without it: the rows keep their identity when it comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from apps.articles.models import Story
from apps.claims.analysis.keys import cluster_key
from apps.claims.analysis.row_titles import name_row
from apps.claims.models import Alignment, Claim, ClaimGroup, Finding

_FIRST = {"code": "first", "text": "the first to say it", "weight": 1.0}
_CONFIRMED = {"code": "decision", "text": "confirmed by a person", "weight": 1.0}
_LEFT = {"code": "row", "text": "was lined up with the others of this row", "weight": 1.0}
_FIELDS = ["group", "position", "linked_to", "score", "reasons", "is_confirmed"]


@dataclass(frozen=True, slots=True)
class Member:
    """A claim in a row, by its alignment, which brings the claim and its article along."""

    alignment: Alignment

    @property
    def claim(self) -> Claim:
        return self.alignment.claim

    @property
    def order(self) -> tuple[Any, ...]:
        """Where it stands in its row: by publication, then as told."""
        article = self.claim.article
        moment = article.published_at
        return (
            moment is None,
            moment.timestamp() if moment else 0.0,
            str(article.pk),
            self.claim.start,
            -self.claim.end,
        )


def place_claims(
    story: Story,
    moved: Sequence[Member],
    left: Sequence[Member],
    *,
    target: ClaimGroup | None,
    target_members: Sequence[Member],
    source: ClaimGroup | None = None,
    is_confirmed: bool = True,
) -> ClaimGroup:
    """Put *moved* claims into *target*, None: a new row beside *source*; *left* stay in that.

    A source that is left empty goes; its findings go along. Findings that compare what is
    now in two rows go, those about moved claims alone move. A fixed number of queries.
    Returns the row they are in.
    """
    if source is not None:
        _keep_rest(story, source, left, {member.claim.pk for member in moved})
    if target is None:
        first = min(moved, key=lambda member: member.order)
        target = ClaimGroup.objects.create(
            story=story,
            key=_free_key(story, first.claim),
            title="",
            position=source.position if source is not None else 0,
        )
    if source is not None:
        _move_findings(source, target, {member.claim.pk for member in moved})
    members = sorted((*moved, *target_members), key=lambda member: member.order)
    links = _confirmed_links(moved, target_members, members[0].claim) if is_confirmed else {}
    for position, member in enumerate(members):
        alignment = member.alignment
        joins = alignment.group_id != target.pk
        alignment.group = target
        alignment.position = position
        if position == 0:
            _make_first(alignment)
        elif member.claim.pk in links:
            alignment.linked_to = links[member.claim.pk]
            alignment.score, alignment.is_confirmed = 1.0, True
            alignment.reasons = [_CONFIRMED]
        elif joins or _has_lost_link(alignment, members):
            alignment.linked_to = members[0].claim
            alignment.is_confirmed, alignment.reasons = False, [_LEFT]
    Alignment.objects.bulk_update([member.alignment for member in members], _FIELDS)
    if source is not None and not left:
        source.delete()
    _name_row(story, target, members)
    return target


def _confirmed_links(
    moved: Sequence[Member], target_members: Sequence[Member], first: Claim
) -> dict[int, Claim]:
    """Return for each claim that a person put beside another one that other: what is moved
    stays together, and comes to the *first* claim of its new row or becomes that itself."""
    hub = moved[0].claim if target_members else first
    links = {member.claim.pk: hub for member in moved if member.claim.pk != hub.pk}
    if target_members:
        head = target_members[0].claim
        if hub.pk == first.pk:
            links[head.pk] = hub
        else:
            links[hub.pk] = head
    return links


def _keep_rest(
    story: Story, source: ClaimGroup, left: Sequence[Member], moved: Collection[int]
) -> None:
    """Let those that stay be a row without those that go."""
    if not left:
        return
    rest = sorted(left, key=lambda member: member.order)
    for position, member in enumerate(rest):
        alignment = member.alignment
        alignment.position = position
        if position == 0:
            _make_first(alignment)
        elif alignment.linked_to_id is None or alignment.linked_to_id in moved:
            alignment.linked_to = rest[0].claim
            alignment.is_confirmed, alignment.reasons = False, [_LEFT]
    Alignment.objects.bulk_update([member.alignment for member in rest], _FIELDS)
    _name_row(story, source, rest)


def _make_first(alignment: Alignment) -> None:
    alignment.linked_to = None
    alignment.score, alignment.is_confirmed = 1.0, False
    alignment.reasons = [_FIRST]


def _has_lost_link(alignment: Alignment, members: Sequence[Member]) -> bool:
    return alignment.linked_to_id not in {member.claim.pk for member in members}


def _name_row(story: Story, group: ClaimGroup, members: Sequence[Member]) -> None:
    """Name a row by its first claim, as a comparison will: so it finds this row again. What
    it is called in words follows from all of its claims."""
    key = cluster_key([members[0].claim.as_draft()])
    if group.key.partition("-")[0] != key:
        group.key = _free_key(story, members[0].claim)
    group.title = name_row([member.claim.as_draft() for member in members])
    group.save(update_fields=["key", "title"])


def _free_key(story: Story, first: Claim) -> str:
    key = cluster_key([first.as_draft()])
    taken = set(
        ClaimGroup.objects.filter(story=story, key__startswith=key).values_list("key", flat=True)
    )
    number = 1
    while (name := key if number == 1 else f"{key}-{number}") in taken:
        number += 1
    return name


def _move_findings(source: ClaimGroup, target: ClaimGroup, moved: Collection[int]) -> None:
    claims_of: dict[int, set[int]] = defaultdict(set)
    links = Finding.claims.through.objects.filter(finding__group=source)
    for finding_id, claim_id in links.values_list("finding_id", "claim_id"):
        claims_of[finding_id].add(claim_id)
    stays = Alignment.objects.filter(group=source).exclude(claim__in=moved)
    rest = set(stays.values_list("claim_id", flat=True))
    along = [pk for pk, claims in claims_of.items() if claims & set(moved) and not claims & rest]
    torn = [pk for pk, claims in claims_of.items() if claims & set(moved) and claims & rest]
    if rest:
        Finding.objects.filter(pk__in=along).update(group=target)
        Finding.objects.filter(pk__in=torn).delete()
    else:
        Finding.objects.filter(group=source).update(group=target)
