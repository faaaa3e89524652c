"""What keeps the queue healthy: jobs of dead workers start again, or are given up with a reason.

Procrastinate itself never looks again at a job whose worker was killed. The
`worker` command calls `recover_stalled_jobs` every few seconds, beside the
queue and not through it: behind a long job it would come too late.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app

logger = logging.getLogger(__name__)

GivenUp = Callable[..., None]

# Task name -> what to do when its job is given up (see `when_given_up`).
_given_up: dict[str, GivenUp] = {}

KILLED_TOO_OFTEN = (
    "The analysis stopped {attempts} times without a result, most likely for lack of memory."
    " Try a shorter text, or a machine with more memory."
)


def when_given_up(task_name: str) -> Callable[[GivenUp], GivenUp]:
    """Register what marks the work of *task_name* as failed, so that a person can see it.

    Called with `message` (words for that person) and the job's own arguments as
    keywords, in the transaction that fails the job.
    """

    def register(function: GivenUp) -> GivenUp:
        _given_up[task_name] = function
        return function

    return register


def recover_stalled_jobs(
    *, silence: float | None = None, attempts: int | None = None
) -> tuple[int, int]:
    """Put the running jobs of dead workers back into the queue. Returns (started again, given up).

    A worker is dead when it has given no sign of life for *silence* seconds
    (default: the setting). A job that was started *attempts* times is failed
    instead. Many workers may call this at once: each job is handled by one.
    """
    silence = settings.WORKER_SILENCE if silence is None else silence
    attempts = settings.JOB_ATTEMPTS if attempts is None else attempts
    again = given_up = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT job.id, job.task_name, job.args, job.attempts, EXISTS (
                SELECT 1 FROM procrastinate_jobs AS next
                WHERE next.status = 'todo' AND next.queueing_lock = job.queueing_lock
            ) FROM procrastinate_jobs AS job
            WHERE job.status = 'doing' AND NOT EXISTS (
                SELECT 1 FROM procrastinate_workers AS worker WHERE worker.id = job.worker_id
                AND worker.last_heartbeat >= now() - make_interval(secs => %s)
            )
            ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
            """,
            [silence],
        )
        for job_id, task_name, arguments, failures, has_successor in cursor.fetchall():
            if has_successor:
                # The same work waits already, and the queue takes it in once only.
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'aborted', false)", [job_id])
                again += 1
                continue
            if failures + 1 < attempts:
                cursor.execute(
                    "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id]
                )
                again += 1
                continue
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
            _mark_given_up(task_name, json.loads(arguments), attempts=failures + 1)
            given_up += 1
    if again or given_up:
        logger.warning("found jobs of dead workers: %d started again, %d given up", again, given_up)
    return again, given_up


def _mark_given_up(task_name: str, arguments: dict[str, Any], *, attempts: int) -> None:
    mark = _given_up.get(task_name)
    if mark is not None:
        mark(message=KILLED_TOO_OFTEN.format(attempts=attempts), **arguments)


@app.periodic(cron="17 3 * * *")
@app.task(name="config.jobs.remove_old_jobs", queueing_lock="config.jobs.remove_old_jobs")
async def remove_old_jobs(timestamp: int) -> None:
    """Forget succeeded jobs after a week; failed ones stay until somebody has looked."""
    await app.job_manager.delete_old_jobs(nb_hours=7 * 24)
