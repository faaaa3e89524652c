"""The worker as a process: killed in the middle of a job, told to stop, left with nothing to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

ROOT = Path(__file__).resolve().parents[2]

# A worker with one task of its own: the first run says so and takes long, later ones end at once.
SCRIPT = """
import sys, time
from pathlib import Path
from config import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.core.management import call_command
from procrastinate.contrib.django import app

@app.task(name="tests.once_slow")
def once_slow(number, diary):
    path = Path(diary)
    first = not path.exists()
    with path.open("a") as file:
        file.write(f"start {number}\\n")
    if first:
        time.sleep(float(sys.argv[2]))
    with path.open("a") as file:
        file.write(f"end {number}\\n")

call_command("worker", *sys.argv[3:])
"""


def start_worker(*arguments: str, pause: float = 60) -> subprocess.Popen[str]:
    name = connection.settings_dict["NAME"]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VARIORUM_PROCESS": "worker",
    }
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, name, str(pause), *arguments],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def defer(number: int, diary: Path) -> None:
    app.configure_task("tests.once_slow").defer(number=number, diary=str(diary))


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_job_loses_none(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    for number in range(1, 4):
        defer(number, diary)
    victim = start_worker()
    wait_until(diary.exists)

    victim.kill()
    victim.communicate()
    with connection.cursor() as cursor:
        # Time passes.
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
        )
    second = start_worker("--until-empty")
    _, log = second.communicate(timeout=60)

    assert second.returncode == 0, log
    assert sorted(diary.read_text().splitlines()) == [
        "end 1", "end 2", "end 3", "start 1", "start 1", "start 2", "start 3",
    ]  # fmt: skip
    ours = ProcrastinateJob.objects.filter(task_name="tests.once_slow")
    assert set(ours.values_list("status", flat=True)) == {"succeeded"}


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_finishes_its_job_first(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    defer(1, diary)
    worker = start_worker(pause=1.5)
    wait_until(diary.exists)

    worker.send_signal(signal.SIGTERM)
    _, log = worker.communicate(timeout=60)

    assert worker.returncode == 0, log
    assert diary.read_text().splitlines() == ["start 1", "end 1"]
    assert ProcrastinateJob.objects.get(task_name="tests.once_slow").status == "succeeded"


@pytest.mark.django_db(transaction=True)
def test_a_worker_until_empty_ends_when_nothing_waits() -> None:
    worker = start_worker("--until-empty")
    _, log = worker.communicate(timeout=60)

    assert worker.returncode == 0, log
