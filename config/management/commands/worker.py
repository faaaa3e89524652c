"""Run jobs from the queue until told to stop, and look after those of workers that died."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import threading
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateWorker

from config.jobs import recover_stalled_jobs

logger = logging.getLogger(__name__)

# Seconds a running job gets to finish after SIGTERM or Ctrl+C. A job cut off is started again later.
GRACE = 20


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--concurrency",
            type=int,
            default=1,
            help="jobs at the same time; analysis keeps a core busy, so more processes help more (default 1)",
        )
        parser.add_argument("--queue", action="append", help="only this queue (may be repeated)")
        parser.add_argument(
            "--until-empty",
            action="store_true",
            help="stop when no job is waiting, instead of waiting for more",
        )

    def handle(self, *args: Any, concurrency: int, queue: list[str] | None, **options: Any) -> None:
        until_empty: bool = options["until_empty"]
        connection.ensure_connection()  # starts the embedded server; the worker's own connections can't
        recover_stalled_jobs()
        stop = threading.Event()
        caretaker = threading.Thread(target=_take_care, args=(stop,), name="caretaker", daemon=True)
        caretaker.start()
        context: contextlib.AbstractContextManager[Any] = contextlib.nullcontext()
        if isinstance(app.connector, DjangoConnector):
            context = app.replace_connector(app.connector.get_worker_connector())
        try:
            with context:
                asyncio.run(_work(concurrency=concurrency, queues=queue, wait=not until_empty))
        finally:
            stop.set()
            caretaker.join(timeout=5)


async def _work(*, concurrency: int, queues: list[str] | None, wait: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(
            queues=queues,  # type: ignore[arg-type]  # None means all; the annotation forgot it
            concurrency=concurrency,
            wait=wait,
            shutdown_graceful_timeout=GRACE,
            stalled_worker_timeout=settings.WORKER_SILENCE,
            update_heartbeat_interval=settings.WORKER_SILENCE / 3,
        )


def _take_care(stop: threading.Event) -> None:
    """Recover jobs of dead workers, and end this process when it is no longer one that works.

    A connection that is open on our side only leaves the worker waiting for
    ever. Then no worker gives a sign of life although the database answers, and
    whoever supervises this process can start a fresh one.
    """
    started = time.monotonic()
    while not stop.wait(settings.WORKER_SILENCE / 3):
        try:
            recover_stalled_jobs()
            patience = 3 * settings.WORKER_SILENCE
            alive_since = timezone.now() - timedelta(seconds=patience)
            if (
                time.monotonic() - started > patience
                and not ProcrastinateWorker.objects.filter(last_heartbeat__gte=alive_since).exists()
            ):
                logger.error("no sign of life from the worker for %d seconds: ending it", patience)
                os._exit(70)
        except DatabaseError as error:
            logger.warning("the database does not answer: %s", error)
        finally:
            close_old_connections()
