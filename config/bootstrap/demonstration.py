"""`python3 run.py`: the whole product, with stories to look at, in one terminal."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

from config.bootstrap import database, supervisor
from config.bootstrap.installation import PYTHON, ROOT, VAR, Stop, only_one, say, set_up
from config.bootstrap.supervisor import Child

NOTE = VAR / "running.json"
LOCK = VAR / "running.lock"
START_TIMEOUT = 90  # seconds until the first page
ATTEMPTS = 20  # ports tried after a taken one


def run(*, host: str, port: int | None, workers: int, with_stories: bool) -> int:
    """Set up, start everything, and stay until Ctrl+C. Returns the exit status."""
    set_up("run")
    VAR.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(only_one(LOCK, wait=False))
        except BlockingIOError:
            note = read_note()
            raise Stop(
                f"Variorum is already running here{' at ' + note['address'] if note else ''}."
                " `python3 run.py stop` ends it."
            ) from None
        port = _find_port(host, port)
        supervisor.listen_for_the_end()
        children: list[Child] = []
        try:
            passwords = _prepare(with_stories=with_stories)
            children = _describe_children(host, port, workers)
            for child in children:
                supervisor.start(child)
            address = _wait_for_first_page(host, port, children[0])
            NOTE.write_text(json.dumps({"address": address, "pid": os.getpid()}))
            _welcome(address, passwords, with_stories=with_stories)
            while True:
                time.sleep(0.5)
                supervisor.restart_what_ended(children)
        except supervisor.Interrupted:
            say("\nStopping ...")
            return 0
        finally:
            supervisor.end(children)
            NOTE.unlink(missing_ok=True)
            stopped = database.stop()
            say(
                "Stopped."
                if stopped
                else "Stopped. The database stays up: another program uses it."
            )


def is_running() -> bool:
    """Return whether a `run.py` is at work in this folder, be it starting or stopping."""
    try:
        with only_one(LOCK, wait=False):
            return False
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False


def read_note() -> dict[str, str] | None:
    """Return address and pid of what runs in this folder, or None when nothing can be reached yet."""
    if not is_running():
        return None
    with contextlib.suppress(OSError, ValueError):
        note = json.loads(NOTE.read_text())
        return {"address": str(note["address"]), "pid": str(note["pid"])}
    return None


def stop() -> int:
    """End what runs in this folder, started from whichever terminal."""
    note = read_note()
    if note is None and is_running():
        raise Stop("It is just starting or stopping. Try again in a moment.")
    if note is None:
        stopped = database.stop()
        say(
            "Nothing is running here."
            if stopped
            else "Only the database is running: another program uses it."
        )
        return 0
    os.kill(int(note["pid"]), signal.SIGTERM)
    deadline = time.monotonic() + supervisor.GRACE + 10
    while time.monotonic() < deadline:
        if not is_running():
            say("Stopped.")
            return 0
        time.sleep(0.2)
    raise Stop(f"Process {note['pid']} does not end. Look at its terminal.")


def environment() -> dict[str, str]:
    """Return the environment of a demonstration: no debug pages, and the embedded database allowed."""
    return {**os.environ, "VARIORUM_DEMO": "1", "PYTHONUNBUFFERED": "1"}


def _find_port(host: str, port: int | None) -> int:
    """Return a free port. Somebody who asked for one gets that one or an explanation."""
    if port is not None:
        if not _is_free(host, port):
            raise Stop(
                f"Port {port} is taken by another program. Choose another one:  python3 run.py --port {port + 1}"
            )
        return port
    for candidate in range(8000, 8000 + ATTEMPTS):
        if _is_free(host, candidate):
            if candidate != 8000:
                say(
                    f"Port 8000 is taken by another program; using {candidate} (choose one with --port)."
                )
            return candidate
    raise Stop(
        "The ports 8000 to 8019 are all taken. Choose a free one:  python3 run.py --port 9000"
    )


def _is_free(host: str, port: int) -> bool:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
    except socket.gaierror as error:
        raise Stop(f"{host!r} is no address of this machine.") from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as error:
            raise Stop(
                f"Port {port} is reserved for root. Choose one above 1023 with --port."
            ) from error
        except OSError:
            return False
    return True


def _prepare(*, with_stories: bool) -> dict[str, str]:
    say("Preparing the database ...")
    database.start()
    command = [str(PYTHON), "manage.py", "prepare", *(["--demo"] if with_stories else [])]
    with subprocess.Popen(
        command,
        env={**environment(), "VARIORUM_PROCESS": "migrate"},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate()
        except supervisor.Interrupted:
            process.terminate()
            process.communicate()
            raise
    if process.returncode != 0:
        raise Stop(
            "The database could not be prepared:\n" + "\n".join(errors.strip().splitlines()[-15:])
        )
    database_state = database.describe_migrations()
    if database.is_embedded():
        (VAR / "migrated").write_text(database_state)
    passwords: dict[str, str] = json.loads(output.strip().splitlines()[-1])["passwords"]
    return passwords


def _describe_children(host: str, port: int, workers: int) -> list[Child]:
    logs = VAR / "log"
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    allowed = os.environ.get("ALLOWED_HOSTS") or ("*" if host in ("0.0.0.0", "::") else "")  # noqa: S104
    web = [
        str(PYTHON),
        "-m",
        "gunicorn",
        "config.wsgi",
        "--bind",
        bind,
        "--worker-class",
        "gthread",
    ]
    web += ["--workers", "2", "--threads", "8", "--timeout", "60", "--graceful-timeout", "10"]
    web += ["--max-requests", "5000", "--max-requests-jitter", "500", "--no-control-socket"]
    web_environment = {**environment(), "VARIORUM_PROCESS": "web"}
    if allowed:
        web_environment["ALLOWED_HOSTS"] = allowed
    worker_environment = {**environment(), "VARIORUM_PROCESS": "worker"}
    return [
        Child("web server", web, logs / "web.log", web_environment),
        *(
            Child(
                f"worker {number}" if workers > 1 else "worker",
                [str(PYTHON), "manage.py", "worker"],
                logs / f"worker-{number}.log",
                worker_environment,
            )
            for number in range(1, workers + 1)
        ),
    ]


def _wait_for_first_page(host: str, port: int, web: Child) -> str:
    """Return the address once it answers. Raises `Stop` with the server's last words otherwise."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    address = f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if web.process is None or web.process.poll() is not None:
            break
        with (
            _connection(name, port) as connection,
            contextlib.suppress(OSError, http.client.HTTPException),
        ):
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return address
        time.sleep(0.1)
    raise Stop(
        f"The web server does not start. The end of its log, {web.log}:\n{supervisor.last_lines(web.log)}"
    )


@contextlib.contextmanager
def _connection(host: str, port: int) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        yield connection
    finally:
        connection.close()


def _welcome(address: str, passwords: dict[str, str], *, with_stories: bool) -> None:
    lines = ["", f"Variorum is running at  {address}", ""]
    if passwords:
        lines += [
            "Sign in with one of these. They are shown only now (new ones: python3 run.py passwords):"
        ]
        lines += [f"    {name:14} {password}" for name, password in passwords.items()]
    elif with_stories:
        lines += [
            "Sign in as editor, fact-checker or admin, with the passwords shown at the first start",
            "(forgotten? `python3 run.py passwords` makes new ones).",
        ]
    lines += ["", "Ctrl+C stops everything."]
    print("\n".join(lines), flush=True)
