"""Keeps the web server and the workers running, and ends all of them together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from config.bootstrap.installation import ROOT, say

GRACE = 30  # seconds to end by themselves; a worker finishes its job first
LONGEST_PAUSE = 30  # seconds between two attempts to start something that ends at once
STEADY = 20  # seconds after which a process counts as started well


@dataclass(slots=True)
class Child:
    """A process that is started again whenever it ends, with its own log."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    next_start: float = field(default=0.0)


def _die_with_parent() -> None:
    """Ask the kernel to end this child when its supervisor was killed (Linux; elsewhere nothing)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def start(child: Child) -> None:
    child.log.parent.mkdir(parents=True, exist_ok=True)
    if child.log.exists() and child.log.stat().st_size > 10_000_000:
        child.log.replace(child.log.with_suffix(".old.log"))
    with child.log.open("ab") as log:
        child.process = subprocess.Popen(
            child.command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=child.environment,
            cwd=ROOT,
            start_new_session=True,  # Ctrl+C is for us: we end them in order
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    child.started = time.monotonic()


def restart_what_ended(children: list[Child]) -> None:
    """Start again what ended, at growing intervals if it ends at once each time.

    Whatever the exit status: a worker ends with 0 when its database was restarted.
    """
    now = time.monotonic()
    for child in children:
        if child.process is not None and child.process.poll() is not None:
            child.failures = 0 if now - child.started > STEADY else child.failures + 1
            pause = min(LONGEST_PAUSE, 2**child.failures - 1) if child.failures > 1 else 0
            say(
                f"The {child.name} ended (status {child.process.returncode}); starting it again"
                + (f" in {pause} seconds" if pause else "")
                + f". Its log: {child.log}"
            )
            child.process = None
            child.next_start = now + pause
        if child.process is None and now >= child.next_start:
            start(child)


def end(children: list[Child]) -> None:
    """End all, politely first. A job that is cut off is started again at the next start."""
    running = [
        child.process
        for child in children
        if child.process is not None and child.process.poll() is None
    ]
    for process in running:
        _send(process, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while running and time.monotonic() < deadline:
        running = [process for process in running if process.poll() is None]
        time.sleep(0.05)
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _send(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)


class Interrupted(Exception):
    """Ctrl+C, or a polite request to end."""


def listen_for_the_end() -> None:
    """Turn the signals that mean "end" into `Interrupted`; a second one changes nothing."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        raise Interrupted

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, interrupt)


def last_lines(path: Path, count: int = 12) -> str:
    if not path.exists():
        return ""
    return "\n".join(path.read_text(errors="replace").splitlines()[-count:])
