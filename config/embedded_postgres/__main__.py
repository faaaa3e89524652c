"""`python -m config.embedded_postgres start|stop|status FOLDER`: what `run.py` uses, without Django."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from config.embedded_postgres import server


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.embedded_postgres")
    parser.add_argument("action", choices=("start", "stop", "stop-if-unused", "status"))
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    try:
        return _act(arguments.action, arguments.folder)
    except server.EmbeddedPostgresError as error:
        print(error, file=sys.stderr)
        return 1


def _act(action: str, folder: Path) -> int:
    if action == "start":
        server.start(folder)
        return 0
    if action == "status":
        place = server.get_place(folder)
        state = "running" if server.is_running(folder) else "not running"
        print(f"database {state}, {server.count_users(folder)}, data in {place.data}")
        return 0 if state == "running" else 3
    return 0 if server.stop(folder, even_if_used=action == "stop") else 4


if __name__ == "__main__":
    sys.exit(main())
