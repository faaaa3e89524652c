"""Settings fail closed: what is served without being configured does not start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = (
    "DATABASE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "VARIORUM_DEMO", "VARIORUM_PROCESS", "VARIORUM_VAR",
    "VARIORUM_TIME_ZONE",
)  # fmt: skip
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "news.example",
    "DATABASE_URL": "postgres://someone:secret@db.example/variorum",
}


def read_settings(
    expression: str, tmp_path: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Print *expression* over the settings (as ``s``) of a process with these *variables*."""
    environment = {key: value for key, value in os.environ.items() if key not in OURS}
    environment |= {"VARIORUM_VAR": str(tmp_path)} | variables
    code = f"import config.settings as s; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(missing: str, tmp_path: Path) -> None:
    variables = {name: value for name, value in PRODUCTION.items() if name != missing}

    done = read_settings("s.DATABASES", tmp_path, **variables)

    assert done.returncode != 0
    assert f"ImproperlyConfigured: {missing} is not set" in done.stderr


def test_production_with_all_of_them_starts(tmp_path: Path) -> None:
    done = read_settings("s.DATABASES['default']['ENGINE']", tmp_path, **PRODUCTION)

    assert done.stdout.strip() == "django.db.backends.postgresql", done.stderr


def test_what_is_served_is_production_by_default(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in OURS}

    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env=environment | {"VARIORUM_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "SECRET_KEY is not set" in done.stderr


def test_a_demonstration_shows_no_debug_pages_and_may_use_the_embedded_database(
    tmp_path: Path,
) -> None:
    done = read_settings(
        "s.DEBUG, s.DATABASES['default']['ENGINE']", tmp_path, VARIORUM_DEMO="1", DEBUG="1"
    )

    assert done.stdout.strip() == "False config.embedded_postgres", done.stderr


def test_cookies_travel_encrypted_only_in_production(tmp_path: Path) -> None:
    cookies = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT"

    assert read_settings(cookies, tmp_path, **PRODUCTION).stdout.strip() == "True True True"


@pytest.mark.parametrize(
    ("process", "timeout"),
    [
        ("web", "statement_timeout=10s"),
        ("worker", "statement_timeout=15min"),
        ("migrate", "lock_timeout=5s"),
    ],
)
def test_each_kind_of_process_has_its_own_patience(
    process: str, timeout: str, tmp_path: Path
) -> None:
    done = read_settings(
        "s.DATABASES['default']['OPTIONS']['options']",
        tmp_path,
        **PRODUCTION,
        VARIORUM_PROCESS=process,
    )

    assert timeout in done.stdout
    assert process != "migrate" or "statement_timeout" not in done.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("VARIORUM_PROCESS", "cron"),
        ("VARIORUM_TIME_ZONE", "Europe/Atlantis"),
        ("DATABASE_URL", "sqlite:///x.db"),
    ],
)
def test_nonsense_is_refused_by_name(name: str, value: str, tmp_path: Path) -> None:
    done = read_settings("s.DEBUG", tmp_path, **{name: value})

    assert done.returncode != 0
    assert f"ImproperlyConfigured: {name}" in done.stderr


def test_the_secret_of_an_installation_is_made_once_and_private(tmp_path: Path) -> None:
    first = read_settings("s.SECRET_KEY", tmp_path).stdout
    second = read_settings("s.SECRET_KEY", tmp_path).stdout

    assert first == second
    assert len(first.strip()) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
