"""Where a command writes: asked before the work, not after minutes of it."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.base import CommandError


def check_output(path: Path, *, returncode: int = 1) -> None:
    """Raise ``CommandError`` with the way out unless a file can be written at *path*."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise CommandError(f"{path}: there is no such folder to write into.", returncode=returncode)
    if path.is_dir():
        raise CommandError(
            f"{path} is a folder. Add the name of the file to write.", returncode=returncode
        )
    if not os.access(folder, os.W_OK):
        raise CommandError(f"{path}: this folder can't be written into.", returncode=returncode)
