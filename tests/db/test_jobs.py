"""Jobs of workers that died: started again, at most so many times, and never by two at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from config import jobs
from config.jobs import recover_stalled_jobs

TASK = "tests.some_task"


def add_worker(*, silent_for: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent_for],
        )
        return int(cursor.fetchone()[0])


def add_running_job(*, worker: int | None, attempts: int = 0) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id, attempts)"
            " VALUES ('default', %s, '{\"article_id\": 7}', 'doing', %s, %s) RETURNING id",
            [TASK, worker, attempts],
        )
        return int(cursor.fetchone()[0])


def get_status(job: int) -> tuple[str, int]:
    row = ProcrastinateJob.objects.get(pk=job)
    return row.status, row.attempts


@pytest.mark.django_db
def test_the_job_of_a_dead_worker_is_started_again() -> None:
    job = add_running_job(worker=add_worker(silent_for=31))

    assert recover_stalled_jobs(silence=30, attempts=3) == (1, 0)

    assert get_status(job) == ("todo", 1)


@pytest.mark.django_db
def test_the_job_of_a_worker_that_lives_is_left_alone() -> None:
    job = add_running_job(worker=add_worker(silent_for=5))

    assert recover_stalled_jobs(silence=30, attempts=3) == (0, 0)

    assert get_status(job) == ("doing", 0)


@pytest.mark.django_db
def test_the_job_of_a_worker_that_is_forgotten_already_is_started_again() -> None:
    job = add_running_job(worker=None)

    recover_stalled_jobs(silence=30, attempts=3)

    assert get_status(job) == ("todo", 1)


@pytest.mark.django_db
def test_a_dead_job_whose_work_waits_again_is_left_to_the_waiting_one() -> None:
    dead = add_running_job(worker=add_worker(silent_for=31))
    other = add_running_job(worker=add_worker(silent_for=31))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET queueing_lock = 'article-7' WHERE id = %s", [dead]
        )
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, queueing_lock)"
            " VALUES ('default', %s, '{\"article_id\": 7}', 'article-7') RETURNING id",
            [TASK],
        )
        waiting = int(cursor.fetchone()[0])

    recover_stalled_jobs(silence=30, attempts=3)

    assert get_status(dead)[0] == "aborted"
    assert get_status(waiting) == ("todo", 0)
    assert get_status(other) == ("todo", 1)


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_each_time_is_given_up_with_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setitem(jobs._given_up, TASK, lambda **told_now: told.append(told_now))
    job = add_running_job(worker=add_worker(silent_for=31), attempts=2)

    assert recover_stalled_jobs(silence=30, attempts=3) == (0, 1)

    assert get_status(job)[0] == "failed"
    assert told[0]["article_id"] == 7
    assert "stopped 3 times without a result" in told[0]["message"]


@pytest.mark.django_db
def test_a_job_gets_its_last_chance_before_it_is_given_up() -> None:
    job = add_running_job(worker=add_worker(silent_for=31), attempts=1)

    assert recover_stalled_jobs(silence=30, attempts=3) == (1, 0)

    assert get_status(job) == ("todo", 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_recover_at_once_start_each_job_once() -> None:
    dead = add_worker(silent_for=31)
    added = [add_running_job(worker=dead) for _ in range(20)]
    totals: list[int] = []

    def recover() -> None:
        try:
            totals.append(recover_stalled_jobs(silence=30, attempts=3)[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=recover) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(totals) == 20
    assert {get_status(job) for job in added} == {("todo", 1)}
