"""The bundled server: wherever the folder is, whoever starts it, whatever was killed."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded_postgres import server
from config.embedded_postgres.server import DATABASE, SUPERUSER, EmbeddedPostgresError, Place

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the bundled server needs Linux or macOS"
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Return a maker of data folders; what ran in them is stopped and deleted after the test."""
    made: list[Path] = []

    def make(name: str) -> Path:
        made.append(tmp_path / name)
        return made[-1]

    yield make
    for path in made:
        place = server.get_place(path)
        if place.home.exists():
            server.stop(path, even_if_used=True)
            shutil.rmtree(place.home, ignore_errors=True)
        shutil.rmtree(place.socket_dir, ignore_errors=True)


def connect(place: Place, database: str = DATABASE) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.socket_dir),
        port=server.PORT,
        dbname=database,
        user=SUPERUSER,
        autocommit=True,
    )


def kill_server(place: Place) -> None:
    pid = int((place.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize(
    "name",
    ["news desk's data", "d" * 90 + "/" + "e" * 90, "données—été"],
    ids=["space and apostrophe", "long", "not ASCII"],
)
def test_the_server_starts_in_any_folder(folder: Callable[[str], Path], name: str) -> None:
    place = server.start(folder(name))

    with connect(place) as connection:
        assert connection.execute("SELECT 'ready'").fetchone() == ("ready",)


def test_text_sorts_alike_on_every_machine(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    place = server.start(folder("data"))

    with connect(place) as connection:
        words = connection.execute(
            "SELECT w FROM unnest(ARRAY['b','É','a','B','é']) AS w ORDER BY w"
        ).fetchall()
        folded = connection.execute("SELECT lower('É')").fetchone()

    assert [word for (word,) in words] == ["B", "a", "b", "É", "é"]
    assert folded == ("é",)


def test_nobody_else_can_reach_the_server(folder: Callable[[str], Path]) -> None:
    place = server.start(folder("data"))

    with connect(place) as connection:
        listens = connection.execute("SHOW listen_addresses").fetchone()

    assert listens == ("",)
    assert stat.S_IMODE(place.socket_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.data.stat().st_mode) == 0o700


def test_parents_of_the_folder_keep_their_permissions(
    folder: Callable[[str], Path], tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    server.start(folder("closed/data"))

    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_many_first_starts_at_once_give_one_server(folder: Callable[[str], Path]) -> None:
    data = folder("data")
    command = [sys.executable, "-m", "config.embedded_postgres", "start", str(data)]

    starts = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(6)]
    outcomes = [start.communicate()[1] for start in starts]

    assert [start.returncode for start in starts] == [0] * 6, outcomes
    with connect(server.get_place(data)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_what_was_committed_survives_a_killed_server(folder: Callable[[str], Path]) -> None:
    data = folder("data")
    place = server.start(data)
    with connect(place) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 5000) AS n")

    kill_server(place)
    server.start(data)

    with connect(place) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (5000,)


@pytest.mark.parametrize("note", ["{pid}\n{data}\n", "12", "", "not a number\n"])
def test_a_stale_note_of_a_killed_server_is_no_obstacle(
    folder: Callable[[str], Path], note: str
) -> None:
    data = folder("data")
    place = server.start(data)
    server.stop(data)

    # Another program (here: this one's parent) has the number of the dead server now.
    with (place.data / "postmaster.pid").open("w") as file:
        file.write(note.format(pid=os.getppid(), data=place.data))
    if os.geteuid() == 0:
        shutil.chown(place.data / "postmaster.pid", SUPERUSER)

    server.start(data)

    assert server.is_running(data)


def test_a_server_in_use_is_not_stopped_under_the_others(folder: Callable[[str], Path]) -> None:
    data = folder("data")
    server.start(data)
    held = server.hold(data)

    assert server.stop(data) is False
    assert server.is_running(data)

    os.close(held)
    assert server.stop(data) is True
    assert not server.is_running(data)


def test_a_killed_user_does_not_keep_the_server_for_ever(folder: Callable[[str], Path]) -> None:
    data = folder("data")
    server.start(data)
    code = (
        "import sys, time; from pathlib import Path; from config.embedded_postgres import server;"
        f" server.hold(Path({str(data)!r})); print('held', flush=True); time.sleep(60)"
    )
    user = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert user.stdout is not None
    user.stdout.readline()
    assert server.count_users(data) == "in use"

    user.kill()
    user.wait()

    assert server.stop(data) is True


def test_stopping_what_never_ran_is_no_error(folder: Callable[[str], Path]) -> None:
    assert server.stop(folder("data")) is True


def test_a_half_made_database_is_made_again(folder: Callable[[str], Path]) -> None:
    data = folder("data")
    place = server.get_place(data)
    (place.home / "data.unfinished").mkdir(parents=True)

    server.start(data)

    assert (place.data / "PG_VERSION").is_file()


def test_data_of_another_version_is_left_alone(folder: Callable[[str], Path]) -> None:
    data = folder("data")
    place = server.start(data)
    server.stop(data)
    (place.data / "PG_VERSION").write_text("15\n")

    with pytest.raises(
        EmbeddedPostgresError, match=r"made by PostgreSQL 15, this is PostgreSQL \d+"
    ):
        server.start(data)


def test_a_server_that_will_not_start_says_why(folder: Callable[[str], Path]) -> None:
    data = folder("data")
    place = server.start(data)
    server.stop(data)
    with (place.data / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'plenty'\n")

    with pytest.raises(EmbeddedPostgresError, match=r"does not start: .*shared_buffers"):
        server.start(data)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_refused_by_name(folder: Callable[[str], Path]) -> None:
    data = folder("data")
    place = server.start(data)
    server.stop(data)
    shutil.chown(place.log.parent, "nobody")

    with pytest.raises(EmbeddedPostgresError, match="belongs to nobody"):
        server.start(data)


def test_a_link_in_place_of_the_socket_folder_is_refused(
    folder: Callable[[str], Path], tmp_path: Path
) -> None:
    data = folder("data")
    place = server.get_place(data)
    place.socket_dir.parent.mkdir(parents=True, exist_ok=True)
    place.socket_dir.symlink_to(tmp_path)

    try:
        with pytest.raises(EmbeddedPostgresError, match="is not a folder"):
            server.start(data)
    finally:
        place.socket_dir.unlink()


DJANGO = """
import os, signal, sys, time
import django
django.setup()
from pathlib import Path
from django.db import OperationalError, connection
from config.embedded_postgres import server

def count():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kept")
        return cursor.fetchone()[0]

with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE kept AS SELECT generate_series(1, 10)")
place = server.get_place(Path(connection.settings_dict["EMBEDDED_DIR"]))
os.kill(int((place.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
connection.close_if_health_check_failed()
try:
    count()
except OperationalError:
    pass  # the statement during which the server died may fail
connection.close()
print(count())
"""


def run_django(code: str, data: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DEBUG")
    }
    environment |= {"VARIORUM_VAR": str(data.parent), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_django_starts_the_server_again_when_it_was_killed(folder: Callable[[str], Path]) -> None:
    done = run_django(DJANGO, folder("postgres"))

    assert done.stdout.strip() == "10", done.stderr


def test_a_command_without_queries_starts_no_server(folder: Callable[[str], Path]) -> None:
    data = folder("postgres")

    done = run_django(
        "import django; django.setup(); from django.core.management import call_command; call_command('check')",
        data,
    )

    assert done.returncode == 0, done.stderr
    assert not server.is_running(data)
    assert not server.get_place(data).data.exists()


def test_starting_a_running_server_changes_nothing(folder: Callable[[str], Path]) -> None:
    data = folder("data")
    place = server.start(data)
    note = (place.data / "postmaster.pid").read_text()

    server.start(data)

    assert (place.data / "postmaster.pid").read_text() == note
