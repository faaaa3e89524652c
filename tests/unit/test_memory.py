from __future__ import annotations

import gc
import resource

import pytest
from django.http import HttpRequest, HttpResponse

from config.memory import give_room, keep_startup

ROUNDS = 300


def count_faults() -> int:
    """Return how often this process has asked the system for a page of memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def faults_at(depth: int) -> int:
    """Return the page faults of a loop of calls, *depth* calls down."""
    if depth:
        return faults_at(depth - 1)
    before = count_faults()
    for _ in range(ROUNDS):
        str_of(0)
    return count_faults() - before


def str_of(number: int) -> str:
    return str(number)


def worst_of_all_depths(_request: HttpRequest) -> HttpResponse:
    # Two thousand words are a piece of room: every depth of them is tried.
    return HttpResponse(str(max(faults_at(depth) for depth in range(300))))


@pytest.mark.parametrize("has_room", [True, False])
def test_a_loop_asks_for_memory_each_round_only_where_a_request_has_no_room(
    has_room: bool,
) -> None:
    answer = give_room(worst_of_all_depths) if has_room else worst_of_all_depths

    worst = int(answer(HttpRequest()).content)

    assert (worst < ROUNDS) is has_room


def test_what_was_loaded_at_the_start_is_not_looked_through_for_garbage() -> None:
    try:
        keep_startup()

        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
