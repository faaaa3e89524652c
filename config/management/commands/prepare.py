"""Bring an installation up to date: migrations, static files and, with --demo, accounts and stories.

One process instead of four, for `run.py`. The last lines of its output are JSON.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from config.accounts import create_demo_accounts


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="also the accounts and stories to look at"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        _collect_static()
        passwords: dict[str, str] = {}
        if options["demo"]:
            passwords = create_demo_accounts()
            if "seed" in get_commands():
                call_command("seed", unless_removed=True, verbosity=0, stdout=self.stderr)
        self.stdout.write(json.dumps({"passwords": passwords}))


def _collect_static() -> None:
    """Run `collectstatic` when a file was changed, added or removed since the last time."""
    state = []
    for finder in finders.get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            status = Path(storage.path(path)).stat()
            state.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    note = Path(settings.STATIC_ROOT) / ".collected"
    seen = "\n".join(sorted(state))
    if not note.is_file() or note.read_text() != seen:
        call_command("collectstatic", interactive=False, verbosity=0)
        note.write_text(seen)
