"""The sub-commands of `run.py`."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys

from config.bootstrap import database, demonstration
from config.bootstrap.installation import PYTHON, ROOT, VAR, Stop, say, set_up
from config.embedded_postgres.server import EmbeddedPostgresError, get_place

HELP = """\
Variorum compares what different outlets claim about the same event.

  python3 run.py                 set up, start everything with demonstration stories, print the address
                 [--port N]      another port (default: 8000, or the next free one)
                 [--host NAME]   listen elsewhere than on this machine only (default: 127.0.0.1)
                 [--workers N]   processes that analyse articles (default: by the number of cores)
                 [--no-demo]     no demonstration stories and accounts
  python3 run.py test [ARGS]     run all tests on all cores (ARGS go to pytest)
  python3 run.py manage ARGS     run manage.py, for example:  python3 run.py manage import_articles FOLDER
  python3 run.py setup           only set up, start nothing
  python3 run.py passwords       new passwords for the demonstration accounts
  python3 run.py status          what is running
  python3 run.py stop            stop what is running in this folder
  python3 run.py reset           delete the embedded database and all that was made at run time
  python3 run.py help            this text

DATABASE_URL=postgres://... uses a PostgreSQL server of your own. All settings: docs/operations.md
"""

# Commands that work without a database: nothing has to be migrated for them.
WITHOUT_DATABASE = {
    "", "help", "--help", "-h", "--version", "version", "check", "collectstatic", "compare", "predict", "diffsettings",
    "findstatic", "makemessages", "compilemessages", "makemigrations", "migrate", "prepare", "test", "testserver",
    "startapp", "startproject", "sendtestemail",
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run one sub-command. Returns its exit status; a person sees sentences, never a traceback."""
    try:
        return _dispatch(arguments)
    except (Stop, EmbeddedPostgresError) as stop:
        say(str(stop))
        return stop.status if isinstance(stop, Stop) else 1
    except KeyboardInterrupt:
        say("")
        return 130
    except BrokenPipeError:
        return 141
    except PermissionError as error:
        say(
            f"No permission to use {error.filename}. Run Variorum as the owner of this folder, or copy the"
            " folder (without .venv and var) to a place of your own."
        )
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        say("The disk is full. Free some space and start again.")
        return 1


def _dispatch(arguments: list[str]) -> int:
    command = arguments[0] if arguments else "start"
    rest = arguments[1:]
    if command.startswith("-") and command not in ("-h", "--help"):
        command, rest = "start", arguments
    if command in ("help", "-h", "--help"):
        print(HELP, end="")
        return 0
    commands = {
        "start": _start,
        "run": _start,
        "demo": _start,
        "test": _test,
        "manage": _manage,
        "setup": _set_up,
        "install": _set_up,
        "passwords": _passwords,
        "status": _status,
        "stop": _stop,
        "reset": _reset,
    }
    if command not in commands:
        raise Stop(
            f"There is no command {command!r}. `python3 run.py help` lists them all.", status=2
        )
    return commands[command](rest)


def _start(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py", add_help=False)
    parser.add_argument("--port", type=int)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2 if (os.cpu_count() or 1) >= 4 else 1)
    parser.add_argument("--no-demo", action="store_true")
    parser.add_argument("-h", "--help", action="store_true")
    options = parser.parse_args(arguments)
    if options.help:
        print(HELP, end="")
        return 0
    if options.port is not None and not 1 <= options.port <= 65535:
        raise Stop(f"{options.port} is no port: choose one from 1024 to 65535.", status=2)
    if options.workers < 1:
        raise Stop("At least one worker is needed: --workers 1", status=2)
    return demonstration.run(
        host=options.host,
        port=options.port,
        workers=options.workers,
        # Accounts with known names don't belong into somebody's own database.
        with_stories=not options.no_demo and database.is_embedded(),
    )


def _test(arguments: list[str]) -> int:
    set_up("test")
    # Dozens of tests start a Python of their own: each would compile all packages once more.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        return _run([str(PYTHON), "-m", "pytest", *_spread(arguments), *arguments])
    finally:
        database.stop()


def _spread(arguments: list[str]) -> list[str]:
    """Return the options that spread tests over the cores, unless a file or test is named: starting
    several processes takes longer than most files do."""
    named = any(
        "::" in argument or argument.endswith(".py")
        for argument in arguments
        if not argument.startswith("-")
    )
    return [] if named else ["--numprocesses", "auto"]


def _manage(arguments: list[str]) -> int:
    set_up("run", quiet=True)
    with_database = (arguments[0] if arguments else "") not in WITHOUT_DATABASE
    try:
        if with_database and database.is_embedded():
            _migrate_if_needed()
        return _run([str(PYTHON), str(ROOT / "manage.py"), *arguments], here=True)
    finally:
        database.stop()


def _migrate_if_needed() -> None:
    note = VAR / "migrated"
    with contextlib.suppress(OSError):
        state = database.describe_migrations()
        if state and note.read_text() == state:
            return
    database.start()
    done = subprocess.run(
        [str(PYTHON), "manage.py", "migrate", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise Stop(
            "The database could not be prepared:\n"
            + "\n".join(done.stderr.strip().splitlines()[-15:])
        )
    note.write_text(database.describe_migrations())


def _set_up(arguments: list[str]) -> int:
    set_up("run")
    say("Variorum is set up. Start it with:  python3 run.py")
    return 0


def _passwords(arguments: list[str]) -> int:
    return _manage(["demo_accounts", "--new-passwords"])


def _status(arguments: list[str]) -> int:
    note = demonstration.read_note()
    print(f"running at {note['address']} (process {note['pid']})" if note else "not running")
    print(database.describe())
    return 0 if note else 3


def _stop(arguments: list[str]) -> int:
    return demonstration.stop()


def _reset(arguments: list[str]) -> int:
    if demonstration.is_running():
        raise Stop("Variorum is running. Stop it first:  python3 run.py stop")
    place = get_place(database.FOLDER)
    say(
        f"This deletes the database in {place.home} and everything in {VAR}: all articles, decisions and accounts."
    )
    if "--yes" not in arguments:
        if not sys.stdin.isatty():
            raise Stop("Nothing deleted. To do it without a question:  python3 run.py reset --yes")
        if input('Write "yes" to delete it: ').strip().lower() != "yes":
            raise Stop("Nothing deleted.")
    if not database.stop():
        raise Stop("Nothing deleted: another program uses the database.")
    for folder in (place.home, place.socket_dir, VAR):
        shutil.rmtree(folder, ignore_errors=True)
    say("Deleted. `python3 run.py` starts anew.")
    return 0


def _run(command: list[str], *, here: bool = False) -> int:
    """Run *command* in this terminal. Ctrl+C is its business; we wait for it to end.

    With *here* it runs in the caller's folder: relative paths in its arguments are theirs.
    """
    process = subprocess.Popen(command, cwd=None if here else ROOT)
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        status = process.wait()
    finally:
        signal.signal(signal.SIGINT, previous)
    return status if status >= 0 else 128 - status
