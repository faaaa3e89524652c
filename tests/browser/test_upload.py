"""Bringing articles in, in a real browser: form, report, progress, story."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

from apps.articles.actions import import_batch, mark_failed
from apps.articles.models import Article, ImportBatch, Story
from apps.articles.text.types import RawArticle
from tests.browser.looks import problems_in_every_look

pytestmark = pytest.mark.django_db(transaction=True)

# A worker on the test's own database, until the queue is empty.
WORKER = """
import sys
from config import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.core.management import call_command
call_command("worker", "--until-empty")
"""

FERRY = """Ferry sinks off Port Orla; 41 rescued

PORT ORLA — The ferry Marigold sank in Orla Sound on Saturday and 41 people were rescued, the harbour office said.

Two passengers were hurt, Dr. Ansa Brill of the Port Orla hospital said. The cause is not known.
"""
FERRY_AGAIN = """Marigold lost: dozens saved

The ferry Marigold went down in Orla Sound on Saturday. Dozens of people were rescued, according to the harbour office.

Three passengers were hurt, Ansa Brill of the Port Orla hospital said.
"""


@pytest.fixture
def admin(page: Any, live_server: Any) -> User:
    user = User.objects.create_user("noor", password="x")
    user.groups.add(Group.objects.get(name="admin"))
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return user


def _start_worker() -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VARIORUM_PROCESS": "worker",
    }
    name = str(connection.settings_dict["NAME"])
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, name], cwd=settings.BASE_DIR, env=environment
    )


@pytest.mark.slow
def test_files_are_reported_saved_analysed_and_lead_to_their_story(
    page: Any, admin: User, tmp_path: Path
):
    from playwright.sync_api import expect

    (tmp_path / "harbour_post.txt").write_text(FERRY)
    (tmp_path / "evening_bell.txt").write_text(FERRY_AGAIN)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")

    page.goto("/upload/")
    page.get_by_label("Texts and pages").set_input_files(sorted(tmp_path.iterdir()))
    expect(page.get_by_text("evening_bell.txt")).to_be_visible()
    page.locator("#files").get_by_role("button", name="See the report").click()

    expect(page.get_by_role("heading", name="Before saving")).to_be_visible()
    expect(page.get_by_text("2 articles can be read. 1 file cannot")).to_be_visible()
    expect(page.get_by_text("This is an image, not text.")).to_be_visible()
    expect(page.get_by_text("probably one with 1 other of this upload").first).to_be_visible()
    assert not Article.objects.exists()
    page.get_by_label("Outlet").first.fill("Evening Bell")
    page.get_by_role("button", name="Save and analyse").click()

    expect(page.get_by_text("0 of 2 analysed")).to_be_visible()
    worker = _start_worker()
    try:
        expect(page.get_by_text("2 of 2 analysed")).to_be_visible(timeout=60_000)
        story = page.locator(".batch__stories a")
        expect(story).to_have_count(1, timeout=30_000)
    finally:
        assert worker.wait(timeout=60) == 0
    story.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        Story.objects.with_articles().get().title
    )
    expect(page.get_by_role("table")).to_contain_text("Evening Bell")


def test_a_pasted_text_can_be_reported_and_saved_with_the_keyboard_alone(page: Any, admin: User):
    from playwright.sync_api import expect

    page.goto("/upload/")
    page.get_by_label("Text", exact=True).focus()
    page.keyboard.insert_text(FERRY)
    page.keyboard.press("Tab")
    page.keyboard.type("Harbour Post")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Before saving")).to_be_visible()
    page.get_by_role("button", name="Save and analyse").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("0 of 1 analysed")).to_be_visible()
    assert Article.objects.get().text == FERRY


def test_a_dropped_file_is_taken_by_the_form(page: Any, admin: User):
    from playwright.sync_api import expect

    page.goto("/upload/")
    transfer = page.evaluate_handle(
        "() => { const data = new DataTransfer();"
        " data.items.add(new File(['The ferry sank.'], 'dropped.txt')); return data; }"
    )
    page.dispatch_event("#files", "dragover", {"dataTransfer": transfer})
    expect(page.locator("#files")).to_have_class("form is-over")
    page.dispatch_event("#files", "drop", {"dataTransfer": transfer})

    expect(page.locator("[data-drop-names] li")).to_have_text("dropped.txt")
    page.locator("#files").get_by_role("button", name="See the report").click()
    expect(page.get_by_role("heading", name="dropped.txt")).to_be_visible()


def test_progress_keeps_the_focus_while_it_is_asked_for(page: Any, admin: User):
    from playwright.sync_api import expect

    raw = [
        RawArticle(text=f"The ferry number {n} sank.", name=f"{n}.txt", outlet="Post")
        for n in range(2)
    ]
    batch = import_batch(kind=ImportBatch.Kind.UPLOAD, items=raw)
    first, second = batch.articles.order_by("pk")
    mark_failed(article=first, message="The text is one word of a megabyte.")

    page.goto(batch.get_absolute_url())
    page.get_by_role("button", name="Try again").focus()
    mark_failed(article=second, message="The same again.")

    expect(page.get_by_text("2 of 2 analysed")).to_be_visible()
    expect(page.get_by_role("button", name="Try again").first).to_be_focused()


@pytest.mark.parametrize("path", ["upload", "report", "batch"])
def test_articles_can_be_brought_in_by_everybody(page: Any, admin: User, path: str):
    if path == "batch":
        raw = RawArticle(text="The ferry sank.", name="a.txt", outlet="Post")
        batch = import_batch(kind=ImportBatch.Kind.UPLOAD, items=[raw])
        mark_failed(article=batch.articles.get(), message="The text is one word of a megabyte.")
        page.goto(batch.get_absolute_url())
    else:
        page.goto("/upload/")
    if path == "report":
        page.get_by_label("Text", exact=True).fill(FERRY)
        page.get_by_label("Outlet", exact=True).fill("Post")
        page.locator("#paste").get_by_role("button").click()
        page.get_by_role("heading", name="Before saving").wait_for()

    assert problems_in_every_look(page) == []


def test_without_scripts_the_road_is_the_same(
    browser: Any, live_server: Any, admin: User, page: Any, tmp_path: Path
):
    from playwright.sync_api import expect

    (tmp_path / "post.txt").write_text(FERRY)
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto("/upload/")
    plain.get_by_label("Texts and pages").set_input_files(tmp_path / "post.txt")
    plain.locator("#files").get_by_role("button", name="See the report").click()
    plain.get_by_role("button", name="Save and analyse").click()

    expect(plain.get_by_text("0 of 1 analysed")).to_be_visible()
    mark_failed(article=Article.objects.get(), message="The text is one word of a megabyte.")
    plain.get_by_role("link", name="Look again").click()
    expect(plain.get_by_text("1 of 1 analysed")).to_be_visible()
    context.close()
