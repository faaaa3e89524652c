"""Signing in and out, in a real browser under the strict policy."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User


@pytest.mark.django_db(transaction=True)
def test_an_editor_signs_in_with_the_keyboard_alone(page: Any, live_server: Any) -> None:
    from playwright.sync_api import expect

    User.objects.create_user("rosa", password="a long enough secret")

    page.goto("/accounts/login/")
    page.get_by_label("Name").focus()
    page.keyboard.type("rosa")
    page.keyboard.press("Tab")
    page.keyboard.type("a long enough secret")
    page.keyboard.press("Enter")

    expect(page).not_to_have_url(f"{live_server.url}/accounts/login/")


@pytest.mark.django_db(transaction=True)
def test_a_wrong_password_is_answered_on_the_page(page: Any) -> None:
    from playwright.sync_api import expect

    page.goto("/accounts/login/")
    page.get_by_label("Name").fill("rosa")
    page.get_by_label("Password").fill("not the secret")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("password")
