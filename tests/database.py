"""The tests' databases: made from a template that is migrated once, and left as they were found.

Measured on two cores: migrating takes 11 s and a copy of the template 0.3 s; Django's `flush`
0.4 s after each test that commits, what is here 0.02 s.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = "variorum_tests_"
# One at a time makes the template; the number means nothing.
_LOCK = 5_071_224

# What is in a new database: types of content, permissions, roles. Kept beside it, so that what a
# test did to them can be undone.
_KEEP = """
DO $$
DECLARE
    name text;
    is_filled boolean;
BEGIN
    CREATE SCHEMA as_migrated;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO is_filled;
        IF is_filled THEN
            EXECUTE format('CREATE TABLE as_migrated.%1$I AS TABLE %1$I', name);
        END IF;
    END LOOP;
END $$
"""

# A TRUNCATE of all tables takes a tenth of a second and more, for however few rows; a DELETE next to
# nothing. The lock is what a TRUNCATE would have waited for: a page's last request may still be writing.
# As a replica nobody asks history's triggers and foreign keys, in whatever order tables come.
_RESTORE = """
DO $$
DECLARE
    name text;
    is_other boolean;
BEGIN
    EXECUTE (
        SELECT 'LOCK TABLE ' || string_agg(format('%I', tablename), ', ') || ' IN EXCLUSIVE MODE'
        FROM pg_tables WHERE schemaname = current_schema
    );
    PERFORM set_config('session_replication_role', 'replica', true);
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema LOOP
        IF to_regclass(format('as_migrated.%I', name)) IS NULL THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO is_other;
            IF is_other THEN
                EXECUTE format('DELETE FROM %I', name);
            END IF;
        ELSE
            EXECUTE format(
                'SELECT EXISTS ((TABLE %1$I EXCEPT TABLE as_migrated.%1$I)'
                ' UNION ALL (TABLE as_migrated.%1$I EXCEPT TABLE %1$I))', name
            ) INTO is_other;
            IF is_other THEN
                EXECUTE format('DELETE FROM %I', name);
                EXECUTE format('INSERT INTO %1$I TABLE as_migrated.%1$I', name);
            END IF;
        END IF;
    END LOOP;
END $$
"""


def prepare_connection(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Wait for no disk: nothing in a test's database has to survive a power cut."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def keep_as_migrated() -> None:
    """Note what a new database contains. Once, before the first test writes."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP)
    _remember_types()


def restore_as_migrated() -> None:
    """Take away what a test committed, in every table there is. Needs a superuser."""
    with connection.cursor() as cursor:
        cursor.execute(_RESTORE)
    _remember_types()


def _remember_types() -> None:
    """Have Django know the types of content by their numbers of now, whatever a test made of them.

    All of them: else a test that counts queries would count one more after this.
    """
    ContentType.objects.clear_cache()
    ContentType.objects.get_for_models(*apps.get_models())


def get_template() -> str:
    """Return the name of a migrated database to copy, made if nobody has: by the first who asks."""
    name = TEMPLATES + _digest_migrations()
    creation = connection.creation
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATES]
        )
        found = {row[0] for row in cursor.fetchall()}
        if name not in found:
            for old in found:
                # Somebody who has not seen the new migration yet may be copying it.
                with contextlib.suppress(OperationalError):
                    cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
            _migrate_new(f"{name}_unfinished")
            cursor.execute(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
    return name


def _digest_migrations() -> str:
    files = sorted(ROOT.glob("apps/*/migrations/*.py"))
    # Brings Django's own migrations and those of other packages.
    files.append(ROOT / "requirements.lock")
    files.append(ROOT / "config" / "roles.py")
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _migrate_new(name: str) -> None:
    settings = connection.settings_dict
    before = (settings["NAME"], settings["TEST"]["NAME"])
    settings["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        settings["NAME"], settings["TEST"]["NAME"] = before
