"""People whom tests name: three fact-checkers, none of whom has done anything yet."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

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
