"""Rows and their links as a comparison found them: only what changed is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from apps.articles.models import Story
from apps.claims.analysis.types import ClusterDraft, LinkDraft, Reason
from apps.claims.models import Alignment, ClaimGroup

_BATCH = 1000
# Scores, 0 to 1, that differ by no more say the same.
_SAME_SCORE = 0.1


def store_groups(
    story: Story, clusters: Sequence[ClusterDraft], pk_of: Mapping[str, int]
) -> dict[str, ClaimGroup]:
    """Store the rows; those that are as they were before are not written at all."""
    known = {group.key: group for group in ClaimGroup.objects.filter(story=story)}
    drafts = [
        ClaimGroup(story=story, key=cluster.key, title=cluster.title, position=position)
        for position, cluster in enumerate(clusters)
    ]
    written = ClaimGroup.objects.bulk_create(
        [
            draft
            for draft in drafts
            if draft.key not in known
            or (draft.title, draft.position) != (known[draft.key].title, known[draft.key].position)
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["story", "key"],
        update_fields=["title", "position"],
    )
    groups = {**known, **{group.key: group for group in written}}
    _store_alignments(story, clusters, groups, pk_of)
    return {cluster.key: groups[cluster.key] for cluster in clusters}


def _store_alignments(
    story: Story,
    clusters: Sequence[ClusterDraft],
    group_of: Mapping[str, ClaimGroup],
    pk_of: Mapping[str, int],
) -> None:
    """Store why each claim is in its row; a row of the same claims keeps what it has."""
    stored: dict[int, list[Alignment]] = defaultdict(list)
    for alignment in Alignment.objects.filter(group__story=story).order_by("group", "position"):
        stored[alignment.group_id].append(alignment)
    new: list[Alignment] = []
    kept: list[int] = []
    for cluster in clusters:
        group = group_of[cluster.key]
        drafts = list(_alignments(cluster, group, pk_of))
        if _links_hold(stored[group.pk], drafts):
            kept.append(group.pk)
        else:
            new += drafts
    claim_pks = [alignment.claim_id for alignment in new]
    Alignment.objects.filter(
        (Q(group__story=story) & ~Q(group__in=kept)) | Q(claim__in=claim_pks)
    ).delete()
    Alignment.objects.bulk_create(new, batch_size=_BATCH)


def _links_hold(stored: Sequence[Alignment], drafts: Sequence[Alignment]) -> bool:
    """Whether a row's links still say what a new comparison would say of them.

    Every article that joins a story makes some of its words less rare, and all scores a
    little other: that alone is no reason to write every link of a large story again.
    """
    return len(stored) == len(drafts) and all(
        old.claim_id == new.claim_id
        and (old.linked_to_id is None) == (new.linked_to_id is None)
        and old.position == new.position
        and old.is_confirmed == new.is_confirmed
        and abs(old.score - new.score) <= _SAME_SCORE
        for old, new in zip(stored, drafts, strict=True)
    )


def _alignments(
    cluster: ClusterDraft, group: ClaimGroup, pk_of: Mapping[str, int]
) -> Iterable[Alignment]:
    """Yield why each claim is in the row: its link to a claim nearer to the row's first one."""
    links: dict[str, list[LinkDraft]] = defaultdict(list)
    for link in cluster.links:
        links[link.a].append(link)
        links[link.b].append(link)
    first = cluster.claims[0]
    reached: dict[str, tuple[str, LinkDraft] | None] = {first.id: None}
    queue = [first.id]
    for claim_id in queue:
        for link in links[claim_id]:
            other = link.b if link.a == claim_id else link.a
            if other not in reached:
                reached[other] = (claim_id, link)
                queue.append(other)
    for position, claim in enumerate(cluster.claims):
        known = reached.get(claim.id)
        yield Alignment(
            group=group,
            claim_id=pk_of[claim.id],
            position=position,
            linked_to_id=pk_of[known[0]] if known else None,
            score=min(1.0, max(0.0, known[1].score)) if known else 1.0,
            reasons=[_reason_json(reason) for reason in known[1].reasons]
            if known
            else [_reason_json(Reason("first", "the first to say it", 1.0))],
            is_confirmed=known[1].confirmed if known else False,
        )


def _reason_json(reason: Reason) -> dict[str, str | float]:
    return {"code": reason.code, "text": reason.text, "weight": reason.weight}
