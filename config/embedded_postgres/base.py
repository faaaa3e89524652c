"""The backend: Django's own for PostgreSQL, plus "is the server up?" before the first connection.

Commands that never connect (`check`, `collectstatic`, `help`) never start a server.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

from config.embedded_postgres import server

# One per process and data folder: a forked child inherits the descriptor, and with it the lock.
_held: dict[Path, int] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to the server in ``EMBEDDED_DIR``, starting it when nobody has."""

    def get_connection_params(self) -> dict[str, Any]:
        # Procrastinate's worker takes its parameters here and connects by itself.
        self._join()
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except (OperationalError, self.Database.OperationalError):
            # Killed, stopped by somebody else, or recovering: bring it back and try once more.
            self._start()
        return super().get_new_connection(conn_params)

    def _join(self) -> None:
        folder = Path(self.settings_dict["EMBEDDED_DIR"])
        if folder not in _held:
            try:
                _held[folder] = server.hold(folder)
            except server.EmbeddedPostgresError as error:
                raise OperationalError(str(error)) from error
            self._start()

    def _start(self) -> None:
        try:
            server.start(Path(self.settings_dict["EMBEDDED_DIR"]))
        except server.EmbeddedPostgresError as error:
            raise OperationalError(str(error)) from error
