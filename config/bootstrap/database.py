"""The embedded database as `run.py` sees it: through the environment's own Python."""

from __future__ import annotations

import hashlib
import os
import subprocess

from config.bootstrap.installation import PYTHON, ROOT, VAR, Stop
from config.embedded_postgres.server import get_place

FOLDER = VAR / "postgres"


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL", "").strip()


def start() -> None:
    """Start the embedded database unless it runs. Raises `Stop` with the reason when it won't."""
    if is_embedded():
        result = _control("start")
        if result.returncode != 0:
            raise Stop(result.stderr.strip() or "The database server does not start.")


def stop(*, even_if_used: bool = False) -> bool:
    """Stop the embedded database if nobody else uses it. Returns whether it is stopped now."""
    if not is_embedded() or not PYTHON.exists():
        return True
    return _control("stop" if even_if_used else "stop-if-unused").returncode == 0


def describe() -> str:
    if not is_embedded():
        return "database: DATABASE_URL"
    if not PYTHON.exists():
        return "database not set up"
    return _control("status").stdout.strip()


def describe_migrations() -> str:
    """Return what changes when a migration is added or the database is a new one."""
    names = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("apps/*/migrations/*.py"))
    lock = (ROOT / "requirements.run.lock").read_bytes()
    digest = hashlib.sha256("\n".join(names).encode() + lock).hexdigest()
    try:
        made = (get_place(FOLDER).data / "PG_VERSION").stat().st_mtime_ns
    except OSError:
        return ""
    return f"{digest} {made}"


def _control(action: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PYTHON), "-m", "config.embedded_postgres", action, str(FOLDER)],
        capture_output=True,
        text=True,
        errors="replace",
        cwd=ROOT,
        check=False,
    )
