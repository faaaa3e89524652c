"""What every test may rely on: a database as it was migrated, fast passwords, and a browser where there is one."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase, override_settings
from django.utils import translation

from config.memory import keep_startup
from tests.database import (
    get_template,
    keep_as_migrated,
    prepare_connection,
    restore_as_migrated,
)

CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def find_chromium() -> str | None:
    """Return the system's Chromium, or the one named in ``CHROMIUM``."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes share the tests: two at least, as tests wait for a browser half of the time.

    Each takes up to 1.2 GB with its browser.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(2, cores or 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in item.path.as_posix() or "browser" in getattr(
            item, "fixturenames", ()
        ):
            item.add_marker(pytest.mark.browser)
    # Fast answers first, and a browser's event loop can't disturb what has already run.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_collection_finish() -> None:
    """Have no test pay for looking through all that is loaded: a sixth of what tests of pages take."""
    keep_startup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> Iterator[None]:
    """Have the database copied from a migrated one, on the embedded server: what is left on it is ours."""
    connection_created.connect(prepare_connection)
    if connection.settings_dict["ENGINE"] == "config.embedded_postgres":
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = get_template()
    yield
    connection_created.disconnect(prepare_connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        keep_as_migrated()


@pytest.fixture(scope="session", autouse=True)
def _what_is_committed_is_taken_away() -> Iterator[None]:
    """Put `restore_as_migrated` in the place of Django's `flush` after a test that commits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: restore_as_migrated())
        yield


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _in_english_again() -> Iterator[None]:
    """Forget the language of the test's last page: a thread keeps it until the next request."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Any]:
    """A Chromium for the whole run; skips without one, fails instead when ``REQUIRE_BROWSER=1``.

    Asks for the database first, so that it is closed before the database is taken down.
    """
    executable = find_chromium()
    if executable is None:
        message = "no Chromium found (install chromium, or name one in CHROMIUM)"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import expect, sync_playwright

    # Whoever waits for nothing pays nothing; a busy machine needs more than the five seconds given.
    expect.set_options(timeout=15_000)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's synchronous interface keeps an event loop in this thread, and Django then refuses
        # the database. Browser tests are sorted last: no other test looks away with them.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        launched = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def console(browser: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What any page of any context complains of: the test fails if it is not empty in the end.

    Errors in the console and in scripts, warnings of the content security policy. A page that is
    not there or not allowed is what some tests go to, and is no complaint.
    """
    complaints: list[str] = []
    opening = browser.new_context

    def hear(message: Any) -> None:
        is_answer = re.search(r"status of 40[034] ", message.text) is not None
        if is_answer and "/static/" not in message.location.get("url", ""):
            return
        if message.type == "error" or "Content Security Policy" in message.text:
            complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def open_and_listen(**options: Any) -> Any:
        opened = opening(**options)
        opened.on("console", hear)
        opened.on("weberror", lambda error: complaints.append(str(error.error)))
        return opened

    monkeypatch.setattr(browser, "new_context", open_and_listen)
    yield complaints
    assert not complaints, "errors in the browser's console:\n" + "\n".join(complaints)


@pytest.fixture
def context(browser: Any, live_server: Any, console: list[str]) -> Iterator[Any]:
    """A browser context of one test, with `live_server` as its base: ``page.goto("/")``."""
    opened = browser.new_context(base_url=live_server.url)
    opened.set_default_timeout(10_000)
    yield opened
    # A page left open goes on polling a server whose database is gone.
    opened.close()


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A page of its own for one test."""
    opened = context.new_page()
    yield opened
    opened.close()
