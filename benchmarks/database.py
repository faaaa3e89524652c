"""A throw-away database for a benchmark: made as tests make theirs, dropped at the end.

Its server is the one of the settings, embedded unless ``DATABASE_URL`` says otherwise. The
real database is not touched. Import before any model.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import material  # noqa: F401 - sets the path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("VARIORUM_TEST_DB", "test_benchmark")

import django

django.setup()


@contextmanager
def scratch_database() -> Iterator[None]:
    """Give the default connection an empty, migrated database; drop it afterwards."""
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    # Not setup_test_environment: it keeps a copy of all that each template is given, which would
    # be measured too.
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    old = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(old, verbosity=0)
