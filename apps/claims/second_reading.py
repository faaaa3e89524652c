"""How the verdicts on one finding stand to one another: incomplete is not disagreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from apps.claims.models import Adjudication, Verdict

# Nobody judged it · one did, nobody has read it · two people say the same, or one read it
# and agreed · people differ · they differ, and a third person decided.
NONE, WAITING, AGREED, DIFFER, SETTLED = "none", "waiting", "agreed", "differ", "settled"


@dataclass(frozen=True, slots=True)
class Standing:
    """*value* is the verdict that holds, "" while none does."""

    state: str
    value: str = ""

    @property
    def is_published(self) -> bool:
        """Whether more than one person stands behind it: only this leaves the house."""
        return self.state in (AGREED, SETTLED)


def find_standing(verdicts: Iterable[Verdict], adjudication: Adjudication | None) -> Standing:
    """Return how the *verdicts* on one finding stand. *adjudication* counts only if it was
    made for these."""
    given = list(verdicts)
    if not given:
        return Standing(NONE)
    values = {verdict.value for verdict in given}
    if len(values) > 1:
        if adjudication is not None and adjudication.settled == name_verdicts(given):
            return Standing(SETTLED, adjudication.value)
        return Standing(DIFFER)
    if len(given) > 1 or given[0].reviewer_id is not None:
        return Standing(AGREED, given[0].value)
    return Standing(WAITING)


def find_sides(verdicts: Iterable[Verdict]) -> set[int]:
    """Return the numbers of those who gave one of *verdicts* or agreed to one: none of them
    decides between them."""
    given = list(verdicts)
    agreed = {verdict.reviewer_id for verdict in given if verdict.reviewer_id is not None}
    return agreed | {verdict.author_id for verdict in given}


def is_sealed(verdict: Verdict, verdicts: Iterable[Verdict]) -> bool:
    """Say whether *verdict* is to be read blind, and is the only one so far."""
    is_alone = all(other.author_id == verdict.author_id for other in verdicts)
    return verdict.is_blind and verdict.reviewer_id is None and is_alone


def find_sealed(verdicts: Iterable[Verdict], reader: int | None) -> list[Verdict]:
    """Return those of the *verdicts* on one finding that *reader*, the number of an account, may
    not see yet."""
    given = list(verdicts)
    return [row for row in given if row.author_id != reader and is_sealed(row, given)]


def was_never_seen(author: int, *, is_blind: bool, verdicts: Iterable[Verdict]) -> bool:
    """Say whether nobody but its *author* saw a verdict that may be gone: it was to be read
    blind, and none of the *verdicts* on its finding, as they are, was given or read by another."""
    return is_blind and not any(row.author_id != author or row.reviewer_id for row in verdicts)


def name_verdicts(verdicts: Iterable[Verdict]) -> list[str]:
    """Return what stands for *verdicts*: who says what, in the order of accounts."""
    ordered = sorted(verdicts, key=lambda verdict: verdict.author_id)
    return [f"{verdict.author_id}:{verdict.value}" for verdict in ordered]


def stamp_verdicts(verdicts: Iterable[Verdict]) -> str:
    """Return what stands for *verdicts* as they are now: it changes when one is given anew."""
    return " ".join(sorted(f"{row.author_id}.{row.given_at.isoformat()}" for row in verdicts))


def _others(**more: object) -> QuerySet[Verdict]:
    return Verdict.objects.filter(
        story=OuterRef("story_id"), finding_key=OuterRef("finding_key"), **more
    )


def find_incomplete() -> QuerySet[Verdict]:
    """Verdicts that no second person has read, or given as well."""
    alone = ~Exists(_others().exclude(author=OuterRef("author_id")))
    return Verdict.objects.filter(alone, reviewer=None)


def find_waiting(user_id: int) -> QuerySet[Verdict]:
    """Verdicts of others that no second person has read, or given as well."""
    return find_incomplete().exclude(author=user_id)


def find_differing() -> QuerySet[Verdict]:
    """One verdict, the first, of each finding on which people differ and nobody decided."""
    differs = Exists(_others().exclude(value=OuterRef("value")))
    is_first = ~Exists(_others(pk__lt=OuterRef("pk")))
    named = (
        _others()
        .order_by()
        .values("finding_key")
        .annotate(
            named=ArrayAgg(
                Concat(Cast("author_id", TextField()), Value(":", TextField()), "value"),
                order_by="author_id",
            )
        )
        .values("named")
    )
    decided = Adjudication.objects.filter(
        story=OuterRef("story_id"),
        finding_key=OuterRef("finding_key"),
        settled=OuterRef("verdicts_named"),
    )
    return (
        Verdict.objects.filter(differs, is_first)
        .annotate(verdicts_named=Subquery(named))
        .filter(~Exists(decided))
    )
