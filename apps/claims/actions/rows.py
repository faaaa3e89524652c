"""What people decide about rows: which claims are one, and which are not.

An act is kept as must-links and cannot-links between the words of claims, which every later
comparison obeys, and it is done to the rows at once: whoever moves a reading sees it moved.
The comparison that follows finds the rows as they are and brings their findings up to date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from apps.articles.actions import defer_comparison
from apps.articles.actions.states import mark_stale
from apps.articles.models import Story
from apps.articles.phrases import say
from apps.claims.actions.placing import Member, place_claims
from apps.claims.actions.steps import ALIGNMENTS, PAIR, Values, remember, snapshot, store_pairs
from apps.claims.analysis.keys import claim_key
from apps.claims.analysis.naming import shorten
from apps.claims.models import Alignment, AlignmentDecision, Claim, ClaimGroup, UndoStep
from apps.claims.stamps import holds_same_claims
from config.people import shown_name

ACCEPT = AlignmentDecision.Value.ACCEPT
REFUSE = AlignmentDecision.Value.REFUSE
# How long ago somebody else's act may be to be named as what came in between.
_JUST_NOW = timedelta(hours=1)
_LABEL = 70

# Which words: an article and the key of a claim in it.
Words = tuple[int, str]


class RowChanged(ValueError):
    """A row is no longer what the person saw who changes it; the message says what came between."""


# --- one pair --------------------------------------------------------------------------------


@transaction.atomic
def confirm_alignment(
    *,
    story: Story,
    claim: Claim,
    other: Claim,
    user: User,
    seen: Mapping[int, str] | None = None,
) -> AlignmentDecision:
    """Keep two claims in one row from now on. ``RowChanged`` if the row is not as it was *seen*."""
    if seen:
        Story.objects.select_for_update().get(pk=story.pk)
        source, members = _find_row(story, [claim])
        _check_seen(story, user, {source: members}, seen)
    return _decide_alignment(story=story, claim=claim, other=other, value=ACCEPT, user=user)


def refuse_alignment(*, story: Story, claim: Claim, other: Claim, user: User) -> AlignmentDecision:
    """Keep two claims out of one row from now on."""
    return _decide_alignment(story=story, claim=claim, other=other, value=REFUSE, user=user)


@transaction.atomic
def _decide_alignment(
    *, story: Story, claim: Claim, other: Claim, value: AlignmentDecision.Value, user: User
) -> AlignmentDecision:
    if claim.pk == other.pk:
        raise ValueError(gettext("A claim is always in the row it is in: choose two claims."))
    if {claim.article.story_id, other.article.story_id} != {story.pk}:
        raise ValueError(gettext("Both claims must be of this story."))
    verb = "Kept together" if value == ACCEPT else "Kept apart"
    label = f"{verb}: {_words(claim)} and {_words(other)}"
    (decision,) = _decide(story, user, label, {_pair(claim, other): value}, [claim, other])
    if value == ACCEPT:
        _show_confirmed(claim, other)
    return decision


@transaction.atomic
def forget_alignment(*, story: Story, claim: Claim, other: Claim, user: User) -> None:
    """Leave it to analysis again whether two claims are one row."""
    (a_article, a_key), (b_article, b_key) = _pair(claim, other)
    decisions = AlignmentDecision.objects.filter(
        story=story, a_article=a_article, a_key=a_key, b_article=b_article, b_key=b_key
    )
    withdraw_alignments(story=story, decisions=list(decisions), user=user)


@transaction.atomic
def withdraw_alignments(
    *, story: Story, decisions: Sequence[AlignmentDecision], user: User
) -> None:
    """Leave it to analysis again what these decisions, anybody's, said; nothing without any."""
    if not decisions:
        return
    if {decision.story_id for decision in decisions} != {story.pk}:
        raise ValueError(gettext("All decisions must be of this story."))
    rows: Values = {
        "rows": [{column: getattr(one, column) for column in PAIR} for one in decisions]
    }
    before = snapshot(ALIGNMENTS, rows)
    AlignmentDecision.objects.filter(pk__in=[one.pk for one in decisions]).delete()
    first = decisions[0]
    label = f"Left to analysis: {_quoted(first.a_quote)} and {_quoted(first.b_quote)}"
    if len(decisions) > 1:
        label += f", with {len(decisions) - 1} more"
    remember(story, user, label, ALIGNMENTS, rows, before)
    take_confirmation_back(story=story, pairs=rows["rows"])
    compare_again(story)


# --- several at once -------------------------------------------------------------------------


@transaction.atomic
def refuse_row(
    *, story: Story, claim: Claim, user: User, seen: Mapping[int, str] | None = None
) -> ClaimGroup:
    """Take *claim* out of the row it is in, and keep it apart from every other claim there.

    Refusing one pair alone would let the claim take others of the row along. Returns its
    row from now on. Raises ``ValueError`` when it is alone, or not of this story.
    """
    return move_claims(story=story, claims=[claim], to=None, user=user, seen=seen)


@transaction.atomic
def confirm_row(
    *,
    story: Story,
    group: ClaimGroup,
    user: User,
    seen: Mapping[int, str] | None = None,
    note: str = "",
) -> ClaimGroup:
    """Keep all claims of a row together from now on. ``ValueError`` when there is only one."""
    story = Story.objects.select_for_update().get(pk=story.pk)
    members = _members(group)
    _check_seen(story, user, {group: members}, seen)
    first, *others = [member.claim for member in members]
    pairs = {_pair(first, other): ACCEPT for other in others if _key(other) != _key(first)}
    if not pairs:
        raise ValueError(gettext("This passage is alone in its row."))
    label = f"Confirmed the row of {_words(first)}"
    _decide(story, user, label, pairs, [member.claim for member in members], note=note)
    place_claims(story, members, [], target=group, target_members=[])
    return group


@transaction.atomic
def move_claims(
    *,
    story: Story,
    claims: Sequence[Claim],
    to: ClaimGroup | None,
    user: User,
    seen: Mapping[int, str] | None = None,
    note: str = "",
) -> ClaimGroup:
    """Put claims of one row into the row *to*, for None into a row of their own; they stay there.

    They are one with all that is in *to* and apart from all they leave behind. All claims of
    a row: the rows are merged. *seen* are stamps of rows as the person saw them, *note* is why,
    in their words. Returns the row they are in. Raises ``RowChanged`` when the claims are no longer there or a row is not
    as it was seen, ``ValueError`` when there is nothing to move.
    """
    story = Story.objects.select_for_update().get(pk=story.pk)
    source, members = _find_row(story, claims)
    if to is not None and to.pk == source.pk:
        raise ValueError(gettext("It is in that row already: choose another one."))
    target_members = _members(to) if to is not None else []
    if to is not None and not target_members:
        raise RowChanged(gettext("The row you chose is gone. Reload the page and choose again."))
    rows = {source: members} | ({to: target_members} if to is not None else {})
    _check_seen(story, user, rows, seen)
    # The same words of the same article go along: no decision could tell them apart.
    keys = {_key(claim) for claim in claims}
    moved = [member for member in members if _key(member.claim) in keys]
    left = [member for member in members if _key(member.claim) not in keys]
    if to is None and not left:
        raise ValueError(
            gettext("This passage is alone in its row.")
            if len(members) == 1
            else gettext("That is the whole row: leave at least one passage in it.")
        )
    pairs = _pairs_of_move(story, moved, left, target_members)
    if not pairs:
        raise ValueError(
            gettext("These are the same words of the same article: they stay together.")
        )
    label = _label_move(moved, left, to, target_members)
    everyone = [member.claim for member in (*members, *target_members)]
    # Decisions are between claims: only the reading moved is said to be confirmed.
    put = moved[0].claim
    judged = {_pair(put, member.claim) for member in (*moved[1:], *target_members[:1])}
    _decide(
        story,
        user,
        label,
        pairs,
        everyone,
        note=note,
        moved=_way_back(moved, left),
        implied={pair for pair, value in pairs.items() if value == ACCEPT} - judged,
    )
    return place_claims(story, moved, left, source=source, target=to, target_members=target_members)


def put_back(*, story: Story, moved: Sequence[Sequence[Any]]) -> None:
    """Put claims back beside those they were taken from, as a step remembers both.

    Those whose words are no longer there are left out; the next comparison sees to them.
    """
    blocks: dict[tuple[Any, ...], list[Words]] = {}
    for article_id, key, *other in moved:
        blocks.setdefault(tuple(other), []).append((article_id, key))
    for beside, words in blocks.items():
        claims = _find_words(story, words)
        company = _find_words(story, [(beside[0], beside[1])]) if beside[0] is not None else []
        if not claims or (beside[0] is not None and not company):
            continue
        source, members = _find_row(story, claims[:1])
        numbers = {claim.pk for claim in claims}
        going = [member for member in members if member.claim.pk in numbers]
        staying = [member for member in members if member.claim.pk not in numbers]
        target = company[0].alignment.group if company else None
        if (target is None and not staying) or (target is not None and target.pk == source.pk):
            continue
        place_claims(
            story,
            going,
            staying,
            source=source,
            target=target,
            target_members=_members(target) if target is not None else [],
            is_confirmed=False,
        )


def take_confirmation_back(*, story: Story, pairs: Iterable[Mapping[str, Any]]) -> None:
    """Show pairs as confirmed only if they still are."""
    keys = {(pair["a_article_id"], pair["a_key"]) for pair in pairs}
    keys |= {(pair["b_article_id"], pair["b_key"]) for pair in pairs}
    kept = {
        frozenset(((a, a_key), (b, b_key)))
        for a, a_key, b, b_key in AlignmentDecision.objects.filter(
            story=story, value=ACCEPT, is_implied=False
        ).values_list("a_article_id", "a_key", "b_article_id", "b_key")
    }
    changed = []
    for alignment in Alignment.objects.filter(
        group__story=story, is_confirmed=True, linked_to__isnull=False
    ).select_related("claim", "linked_to"):
        pair = frozenset((_key(alignment.claim), _key(alignment.linked_to)))  # type: ignore[arg-type]  # filtered
        if pair <= keys and pair not in kept:
            alignment.is_confirmed = False
            others = [one for one in alignment.reasons if one["code"] != "decision"]
            alignment.reasons = others or [
                {"code": "row", "text": "was put here by a person", "weight": 1.0}
            ]
            changed.append(alignment)
    Alignment.objects.bulk_update(changed, ["is_confirmed", "reasons"])


def compare_again(story: Story) -> None:
    """Let the story be compared anew with what was decided."""
    mark_stale(story.pk)
    defer_comparison(story_id=story.pk)


# --- the rows concerned ----------------------------------------------------------------------


def _find_row(story: Story, claims: Sequence[Claim]) -> tuple[ClaimGroup, list[Member]]:
    """Return the one row that holds *claims*, with all it holds. Raises ``RowChanged``."""
    groups = {
        group.pk: group
        for group in ClaimGroup.objects.filter(
            story=story, alignments__claim__in=[claim.pk for claim in claims]
        )
    }
    members = [_members(group) for group in groups.values()]
    found = {member.claim.pk for row in members for member in row}
    if not claims or len(groups) != 1 or not {claim.pk for claim in claims} <= found:
        raise RowChanged(
            gettext(
                "These passages are no longer together in a row. Nothing was changed: look again."
            )
        )
    return next(iter(groups.values())), members[0]


def _members(group: ClaimGroup) -> list[Member]:
    rows = Alignment.objects.filter(group=group).select_related(
        "claim__article__outlet", "linked_to"
    )
    return [
        Member(alignment)
        for alignment in rows.defer("claim__article__text").order_by("position", "pk")
    ]


def _find_words(story: Story, words: Collection[Words]) -> list[Claim]:
    claims = Claim.objects.filter(
        alignment__group__story=story,
        article__in={article for article, _ in words},
        key__in={key for _, key in words},
    ).select_related("alignment__group", "article")
    wanted = set(words)
    return [
        claim
        for claim in claims.defer("article__text").order_by("article_id", "position")
        if (claim.article_id, claim.key) in wanted
    ]


def _check_seen(
    story: Story,
    user: User,
    rows: Mapping[ClaimGroup, Sequence[Member]],
    seen: Mapping[int, str] | None,
) -> None:
    """Refuse what was meant for rows that are not these any more."""
    for group, members in rows.items():
        claims = [member.claim.pk for member in members]
        if seen is not None and group.pk in seen and not holds_same_claims(seen[group.pk], claims):
            raise RowChanged(_say_between(story, user, members))


def _say_between(story: Story, user: User, members: Sequence[Member]) -> str:
    """Say who came in between, if somebody did just now; else that the comparison did."""
    keys = {_key(member.claim) for member in members}
    steps = UndoStep.objects.filter(
        story=story, table=ALIGNMENTS, made_at__gte=timezone.now() - _JUST_NOW
    ).exclude(made_by=user)
    for step in steps.select_related("made_by").order_by("-pk")[:20]:
        words = {(row["a_article_id"], row["a_key"]) for row in step.row["rows"]}
        words |= {(row["b_article_id"], row["b_key"]) for row in step.row["rows"]}
        if words & keys:
            said = gettext(
                "%(name)s changed this row since you opened it: %(act)s. "
                "Nothing of yours was done: look again."
            )
            if step.undone_at:
                said = gettext(
                    "%(name)s changed this row since you opened it (undone since): %(act)s. "
                    "Nothing of yours was done: look again."
                )
            return said % {"name": shown_name(step.made_by), "act": say(step.label)}
    return gettext(
        "This row was lined up anew since you opened it. Nothing was changed: look at it again."
    )


# --- decisions -------------------------------------------------------------------------------


def _key(claim: Claim) -> Words:
    return claim.article_id, claim_key(str(claim.article_id), claim.quote)


def _pair(claim: Claim, other: Claim) -> tuple[Words, Words]:
    first, second = sorted((_key(claim), _key(other)))
    return first, second


Pairs = dict[tuple[Words, Words], AlignmentDecision.Value]


def _pairs_of_move(
    story: Story, moved: Sequence[Member], left: Sequence[Member], target: Sequence[Member]
) -> Pairs:
    """Return what a move says about pairs: as few as hold it, and all that spoke against it.

    Must-links carry over, so one claim stands for all that are moved.
    """
    first = moved[0].claim
    pairs: Pairs = {_pair(first, member.claim): REFUSE for member in left}
    pairs |= {_pair(first, member.claim): ACCEPT for member in (*moved, *target)}
    pairs.pop(_pair(first, first), None)
    moved_keys = {_key(member.claim) for member in moved}
    opposite = {_key(member.claim): REFUSE for member in left}
    opposite |= {_key(member.claim): ACCEPT for member in (*moved, *target)}
    articles = {member.claim.article_id for member in (*moved, *left, *target)}
    earlier = AlignmentDecision.objects.filter(
        story=story, a_article__in=articles, b_article__in=articles
    )
    for a_article, a_key, b_article, b_key, value in earlier.values_list(
        "a_article_id", "a_key", "b_article_id", "b_key", "value"
    ):
        a, b = (a_article, a_key), (b_article, b_key)
        other = b if a in moved_keys else a if b in moved_keys else None
        wanted = opposite.get(other) if other is not None else None
        if wanted is not None and wanted != value:
            pairs[a, b] = wanted
    return pairs


def _decide(
    story: Story,
    user: User,
    label: str,
    pairs: Pairs,
    claims: Iterable[Claim],
    *,
    note: str = "",
    moved: Sequence[Sequence[Any]] = (),
    implied: Collection[tuple[Words, Words]] = (),
) -> list[AlignmentDecision]:
    """Store decisions on *pairs* of *claims* as one step, and have the story compared again.

    *implied* pairs follow from what was decided: they hold, but nobody looked at them.
    """
    quotes = {_key(claim): claim.quote for claim in claims}
    rows: list[Values] = [
        {
            "story_id": story.pk,
            "a_article_id": a[0],
            "a_key": a[1],
            "b_article_id": b[0],
            "b_key": b[1],
        }
        for a, b in pairs
    ]
    row: Values = {"rows": rows} | ({"moved": list(moved)} if moved else {})
    before = snapshot(ALIGNMENTS, row)
    decisions = [
        AlignmentDecision(
            **one,
            a_quote=quotes[a],
            b_quote=quotes[b],
            value=value,
            is_implied=(a, b) in implied,
            note=note.strip(),
            made_by=user,
        )
        for one, ((a, b), value) in zip(rows, pairs.items(), strict=True)
    ]
    store_pairs(decisions)
    remember(story, user, label, ALIGNMENTS, row, before)
    compare_again(story)
    return decisions


def _way_back(moved: Sequence[Member], left: Sequence[Member]) -> list[list[Any]]:
    """Return for each moved claim its words, and those of one that stays behind or None."""
    beside: Sequence[Any] = _key(left[0].claim) if left else (None, None)
    return [[*_key(member.claim), *beside] for member in moved]


def _show_confirmed(claim: Claim, other: Claim) -> None:
    for one, two in ((claim, other), (other, claim)):
        for alignment in Alignment.objects.filter(claim=one, linked_to=two, is_confirmed=False):
            alignment.is_confirmed = True
            alignment.score = 1.0
            alignment.reasons = [
                {"code": "decision", "text": "confirmed by a person", "weight": 1.0},
                *alignment.reasons,
            ]
            alignment.save(update_fields=["is_confirmed", "score", "reasons"])


def _label_move(
    moved: Sequence[Member],
    left: Sequence[Member],
    to: ClaimGroup | None,
    target: Sequence[Member],
) -> str:
    words = _words(moved[0].claim)
    more = f" and {len(moved) - 1} more" if len(moved) > 1 else ""
    if to is None:
        verb = "Split off" if more else "Taken out of its row"
        return f"{verb}: {words}{more}"
    verb = "Moved" if left else "Merged the row of"
    return f"{verb} {words}{more} to {_words(target[0].claim)}"


def _words(claim: Claim) -> str:
    return _quoted(claim.quote)


def _quoted(words: str) -> str:
    return f"“{shorten(words, length=_LABEL)}”"
