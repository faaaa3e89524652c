"""The virtual environment: made once, checked by hash, made again when the locks change."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("VARIORUM_VAR") or ROOT / "var").absolute()
STAMP = VENV / "variorum.json"
LOCKS = {"run": ROOT / "requirements.run.lock", "test": ROOT / "requirements.lock"}
UV_LOCK = ROOT / "requirements.uv.lock"
# What an installation takes, with room for the database; the environments were measured.
SPACE_NEEDED = {"run": 1_200_000_000, "test": 1_500_000_000}


class Stop(Exception):
    """Something a person has to do first; the message says what. `status` is the exit status."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def say(text: str) -> None:
    """Tell the person something. Never on standard output: that belongs to the command's own answer."""
    print(text, file=sys.stderr, flush=True)


def set_up(purpose: str, *, quiet: bool = False) -> None:
    """Make sure that the packages for *purpose* ("run" or "test") are installed.

    Costs a few milliseconds when they are. Raises `Stop` with what is missing.
    """
    if _is_installed(purpose):
        return
    VAR.mkdir(parents=True, exist_ok=True)
    with only_one(VAR / "setup.lock"):
        if not _is_installed(purpose):
            _install(purpose, quiet=quiet)


@contextlib.contextmanager
def only_one(path: Path, *, wait: bool = True) -> Iterator[int]:
    """Hold the file *path* for this process alone. Raises BlockingIOError if taken and not *wait*."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield descriptor
    finally:
        os.close(descriptor)


def _describe(purpose: str) -> dict[str, str]:
    return {
        "python": _version(),
        "lock": hashlib.sha256(LOCKS[purpose].read_bytes()).hexdigest(),
    }


def _is_installed(purpose: str) -> bool:
    """Return whether the environment was made from today's lock. The test lock includes the other."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    if not PYTHON.exists():
        return False
    if purpose == "run" and stamp.get("test") == _describe("test"):
        return True
    return bool(stamp.get(purpose) == _describe(purpose))


def _install(purpose: str, *, quiet: bool) -> None:
    free = shutil.disk_usage(ROOT).free
    if free < SPACE_NEEDED[purpose]:
        raise Stop(
            f"Not enough space in {ROOT}: the installation takes about {SPACE_NEEDED[purpose] / 1e9:.1f} GB, and"
            f" {free / 1e9:.1f} GB are free. Free some space and start again."
        )
    if not quiet:
        say(
            "Setting up Variorum in .venv (once; about half a minute, more on a slow connection) ..."
        )
    if _read_version() != _version():
        _make_venv()
    _install_packages(purpose, quiet=quiet)
    stamp = {purpose: _describe(purpose)}
    draft = STAMP.with_suffix(".draft")
    draft.write_text(json.dumps(stamp))
    draft.replace(STAMP)


def _version() -> str:
    return sys.version.split()[0]


def _read_version() -> str | None:
    """Return the version of the environment's Python, or None when it does not work (any more)."""
    if not PYTHON.exists():
        return None
    done = _run([str(PYTHON), "-c", "import pip, sys; print(sys.version.split()[0])"])
    return done.stdout.strip() if done.returncode == 0 else None


def _make_venv() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Stop(
            "This Python comes without its venv module. On Debian and Ubuntu install it with:\n"
            f"    sudo apt install python{version}-venv\n"
            "Elsewhere, install Python from python.org or your system's complete package."
        )
    if VENV.exists():
        if not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
            raise Stop(
                f"{VENV} exists but is no virtual environment. Move it away and start again."
            )
        shutil.rmtree(VENV)
    made = _run([sys.executable, "-m", "venv", str(VENV)])
    if made.returncode != 0:
        raise Stop(_with_cause("The virtual environment could not be made.", made))


def _install_packages(purpose: str, *, quiet: bool) -> None:
    """Install from the lock with uv, ten times faster; with pip where uv can't be had or fails.

    pip honours pip.conf and company mirrors that uv doesn't know.
    """
    lock = str(LOCKS[purpose])
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
        "install",
        "--require-hashes",
    ]
    if not os.environ.get("NO_UV") and _run([*pip, "-r", str(UV_LOCK)]).returncode == 0:
        # pip trusts the certificates of the system, which may be a company's; so shall uv.
        uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--system-certs"]
        uv += ["--python", str(PYTHON)]
        if _run([*uv, "--require-hashes", "-r", lock]).returncode == 0:
            return
    if not quiet:
        say("Installing with pip: this takes a minute or two ...")
    done = _run([*pip, "-r", lock])
    if done.returncode != 0:
        raise Stop(_with_cause("The packages could not be installed.", done))


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")
    }
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        errors="replace",
        env=environment,
        cwd=ROOT,
        check=False,
    )


def _with_cause(what: str, result: subprocess.CompletedProcess[str]) -> str:
    output = result.stdout + result.stderr
    if "No space left on device" in output:
        return f"{what} The disk is full: free some space and start again."
    if any(
        sign in output
        for sign in ("NewConnectionError", "Temporary failure in name resolution", "timed out")
    ):
        return f"{what} The package index can't be reached: check the connection (or your proxy) and start again."
    last = [line.strip() for line in output.splitlines() if line.strip()][-6:]
    return "\n    ".join([what, *last])
