"""What an installation needs around the product: migrations one at a time, health, a strict policy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from config.management.commands.migrate import LOCK

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_replicas_that_start_together_migrate_one_after_the_other() -> None:
    name = f"{connection.settings_dict['NAME']}_replicas"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    script = (
        "import sys; from config import settings; settings.DATABASES['default']['NAME'] = sys.argv[1];"
        "import django; django.setup(); from django.core.management import call_command;"
        "call_command('migrate', verbosity=0)"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VARIORUM_PROCESS": "migrate",
    }
    try:
        replicas = [
            subprocess.Popen(
                [sys.executable, "-c", script, name],
                cwd=ROOT,
                env=environment,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(3)
        ]
        errors = [replica.communicate(timeout=120)[1] for replica in replicas]
        assert [replica.returncode for replica in replicas] == [0, 0, 0], errors
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.django_db
def test_migrate_leaves_no_lock_behind() -> None:
    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND"
            " ((classid::bigint << 32) | objid::bigint) = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [LOCK],
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_health_says_that_the_database_answers_and_how_many_workers_live(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()), (now() - interval '1 hour')"
        )

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "workers": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/healthz", "/admin/login/"])
def test_every_answer_allows_nothing_inline_and_nothing_from_elsewhere(
    client: Client, address: str
) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_the_sign_in_page_has_nothing_inline(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page


@pytest.mark.django_db
def test_signing_out_needs_a_form(client: Client) -> None:
    assert client.get("/accounts/logout/").status_code == 405


def test_connections_are_checked_before_they_are_used_again() -> None:
    assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"] is True
