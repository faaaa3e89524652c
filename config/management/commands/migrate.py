"""Django's `migrate`, one at a time per database: two replicas that start together would both fail."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

LOCK = 7_302_118_446_005_219  # any number, as long as every release uses the same
PATIENCE = 600  # seconds


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            raise CommandError("Variorum needs PostgreSQL.")
        deadline = time.monotonic() + PATIENCE
        with connection.cursor() as cursor:
            # Tried again and again rather than waited for: the wait would run into lock_timeout.
            while not self._try_lock(cursor):
                if time.monotonic() > deadline:
                    raise CommandError(
                        "Another migrate has been running for ten minutes. Wait for it, or end it first."
                    )
                if options["verbosity"] > 0:
                    self.stderr.write("Another migrate is running: waiting for it.")
                time.sleep(1)
        try:
            super().handle(*args, **options)
        finally:
            # A lost connection has lost the lock as well.
            if connection.connection is not None and not connection.connection.closed:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    @staticmethod
    def _try_lock(cursor: Any) -> bool:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
