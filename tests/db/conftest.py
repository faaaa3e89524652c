"""People whom tests name: three fact-checkers, none of whom has done anything yet, and the
browser of somebody who reads, edits or checks."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.db.stories import make_user


@pytest.fixture
def wanda(db: None) -> User:
    return make_user("wanda")


@pytest.fixture
def otto(db: None) -> User:
    return make_user("otto")


@pytest.fixture
def ida(db: None) -> User:
    return make_user("ida")


@pytest.fixture
def reader(client: Client) -> Client:
    """The browser of rhea, who only reads."""
    client.force_login(make_user("rhea", "reader"))
    return client


@pytest.fixture
def editor(client: Client) -> Client:
    """The browser of edda, an editor."""
    client.force_login(make_user("edda", "editor"))
    return client


@pytest.fixture
def checker(client: Client) -> Client:
    """The browser of wanda, a fact-checker."""
    client.force_login(make_user("wanda", "fact-checker"))
    return client
