"""Signing in: a wrong password may be a slip of the finger, hundreds are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from config.sign_in import ATTEMPTS
from tests.db.stories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "long enough to pass"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def wanda() -> User:
    return make_user("wanda", "admin")


def _try(password: str, *, name: str = "wanda", address: str = "192.0.2.1", page: str = "") -> bool:
    client = Client(REMOTE_ADDR=address)
    client.post(page or "/accounts/login/", {"username": name, "password": password})
    return "_auth_user_id" in client.session


def test_some_wrong_passwords_are_forgiven(wanda: User):
    for _ in range(ATTEMPTS - 1):
        assert not _try("a guess")

    assert _try(PASSWORD)


def test_after_too_many_wrong_passwords_the_right_one_waits_too(wanda: User):
    for _ in range(ATTEMPTS):
        _try("a guess")

    assert not _try(PASSWORD)
    assert not _try(PASSWORD, name="WANDA")


def test_the_page_says_that_waiting_helps(wanda: User):
    client = Client()
    for _ in range(ATTEMPTS):
        answer = client.post("/accounts/login/", {"username": "wanda", "password": "a guess"})

    assert "Try again in 10 minutes" in answer.content.decode()


def test_the_administration_waits_as_well(wanda: User):
    wanda.is_staff = True
    wanda.save(update_fields=["is_staff"])
    for _ in range(ATTEMPTS):
        _try("a guess", page="/admin/login/")

    assert not _try(PASSWORD, page="/admin/login/")
    assert not _try(PASSWORD)


def test_nobody_is_locked_out_from_elsewhere(wanda: User):
    for _ in range(ATTEMPTS):
        _try("a guess", address="203.0.113.9")

    assert _try(PASSWORD)
    assert not _try(PASSWORD, address="203.0.113.9")


def test_a_name_of_any_length_and_letters_is_answered(wanda: User):
    assert not _try("a guess", name="ü \U0001f600" * 400)
    assert not _try("a guess", name="a\0b")
