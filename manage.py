#!/usr/bin/env python
"""Django's command line. `python3 run.py manage …` runs it in the project's own environment."""

from __future__ import annotations

import os
import sys

# Which statement timeouts apply (settings.TIMEOUTS).
PROCESS_OF_COMMAND = {
    "migrate": "migrate",
    "worker": "worker",
    "procrastinate": "worker",
    "runserver": "web",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Matrices of one article are too small to share out: on several threads the parser is
    # slower, and workers are in each other's way. Read when numpy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    os.environ.setdefault("VARIORUM_PROCESS", PROCESS_OF_COMMAND.get(command, "command"))
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit(
            "Django is not installed here. Use:  python3 run.py manage " + " ".join(sys.argv[1:])
        )
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
