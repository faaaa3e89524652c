"""`run.py`: plain sentences instead of tracebacks, on any Python and any machine."""

from __future__ import annotations

import ast
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.bootstrap import cli, demonstration, installation
from config.bootstrap.cli import HELP, main
from config.bootstrap.installation import LOCKS, Stop

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "run.py"


def test_an_old_python_can_read_the_file_that_says_it_is_too_old() -> None:
    source = RUN.read_text()

    tree = ast.parse(source, feature_version=(3, 4))

    too_new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, too_new)]
    assert "__future__" not in source
    assert source.isascii()


def test_an_old_python_is_told_what_it_needs() -> None:
    code = f"import sys; sys.version_info = (3, 9, 18, 'final', 0); exec(open({str(RUN)!r}).read())"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "needs Python 3.11 or newer. This is Python 3.9" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_bootstrap_needs_nothing_installed() -> None:
    # -S hides site-packages: only what comes with Python is left.
    done = subprocess.run(
        [sys.executable, "-S", "-E", str(RUN), "help"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout == HELP


def test_help_names_every_command() -> None:
    for command in ("test", "manage", "setup", "passwords", "status", "stop", "reset"):
        assert f"python3 run.py {command}" in HELP


def test_an_unknown_command_is_answered_with_the_way_to_the_right_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["strat"]) == 2
    assert "no command 'strat'. `python3 run.py help`" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "70000"])
def test_an_impossible_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", port]) == 2
    assert "is no port" in capsys.readouterr().err


def test_a_taken_port_that_was_asked_for_is_refused_with_another_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Stop, match=rf"Port {port} is taken .*--port {port + 1}"):
            demonstration._find_port("127.0.0.1", port)


def test_a_free_port_that_was_asked_for_is_taken() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert demonstration._find_port("127.0.0.1", port) == port


def test_an_unknown_host_is_refused() -> None:
    with pytest.raises(Stop, match="is no address of this machine"):
        demonstration._find_port("no such host.invalid", 8000)


def test_a_python_without_venv_is_told_which_package_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(Stop, match=rf"apt install python3\.{sys.version_info[1]}-venv"):
        installation._make_venv()


def test_a_full_disk_is_noticed_before_anything_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**10, 10**10, 10**8)
    )

    with pytest.raises(
        Stop, match=r"Not enough space .* takes about 1\.2 GB, and 0\.1 GB are free"
    ):
        installation._install("run", quiet=True)


@pytest.mark.parametrize(
    ("arguments", "is_spread"),
    [
        ([], True),
        (["tests/db", "--ignore=tests/db/test_pages.py", "-q"], True),
        (["tests/unit/test_run.py"], False),
        (["tests/unit/test_run.py::test_an_old_python", "-q"], False),
    ],
)
def test_all_tests_are_spread_over_the_cores_and_those_of_one_file_are_not(
    arguments: list[str], is_spread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(cli, "set_up", lambda purpose: None)
    monkeypatch.setattr(cli.database, "stop", lambda: True)
    monkeypatch.setattr(cli, "_run", lambda command: commands.append(command) or 0)

    assert main(["test", *arguments]) == 0

    spread = ["--numprocesses", "auto"] if is_spread else []
    assert commands == [[str(installation.PYTHON), "-m", "pytest", *spread, *arguments]]
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        (errno.ENOSPC, "The disk is full. Free some space"),
        (errno.EACCES, "No permission to use {path}. Run Variorum as the owner"),
    ],
)
def test_what_the_disk_refuses_on_the_way_is_explained(
    number: int,
    answer: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(path: Path, *, wait: bool = True) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(installation, "STAMP", tmp_path / "no stamp")
    monkeypatch.setattr(installation, "VAR", tmp_path)
    monkeypatch.setattr(installation, "only_one", refuse)

    assert main(["setup"]) == 1

    assert answer.format(path=tmp_path / "setup.lock") in capsys.readouterr().err


def test_a_folder_that_is_no_environment_is_never_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "thesis.txt").write_text("the only copy")
    monkeypatch.setattr(installation, "VENV", tmp_path)

    with pytest.raises(Stop, match="is no virtual environment"):
        installation._make_venv()

    assert (tmp_path / "thesis.txt").exists()


def test_a_changed_lock_means_installing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.run.lock"
    lock.write_text("one==1\n")
    python = tmp_path / "python"
    python.touch()
    monkeypatch.setattr(installation, "LOCKS", {"run": lock, "test": lock})
    monkeypatch.setattr(installation, "PYTHON", python)
    monkeypatch.setattr(installation, "STAMP", tmp_path / "stamp.json")
    digest = hashlib.sha256(b"one==1\n").hexdigest()
    python_version = sys.version.split()[0]
    (tmp_path / "stamp.json").write_text(
        f'{{"run": {{"python": "{python_version}", "lock": "{digest}"}}}}'
    )
    assert installation._is_installed("run")

    lock.write_text("one==2\n")

    assert not installation._is_installed("run")


@pytest.mark.parametrize(
    "lock", [*LOCKS.values(), installation.UV_LOCK], ids=lambda path: path.name
)
def test_locks_pin_every_package_by_hash_and_name_no_place(lock: Path) -> None:
    text = lock.read_text()
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE)
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)

    assert pins
    assert all("--hash=sha256:" in block for block in blocks if not block.startswith("#"))
    assert not re.search(r"https?://|file:|/opt/|localhost|127\.0\.0\.1|index-url|find-links", text)


def test_the_test_lock_has_the_same_versions_as_the_other() -> None:
    def read(name: str) -> dict[str, str]:
        text = LOCKS[name].read_text()
        return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))

    assert read("run").items() <= read("test").items()
