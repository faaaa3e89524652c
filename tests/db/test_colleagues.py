"""Admins add colleagues, change what they may do, and stop accounts, without the administration."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.db.stories import count_queries, make_user

pytestmark = pytest.mark.django_db

PAGE = "/colleagues/"


@pytest.fixture
def ada(client: Client) -> User:
    user = make_user("ada", "admin")
    client.force_login(user)
    return user


def _change(client: Client, who: User, **data: str):
    return client.post(reverse("claims:change_colleague", args=[who.pk]), data, follow=True)


def _password_on(html: str) -> str:
    found = re.search(r"<code[^>]*>(\w+)</code>", html)
    return found[1] if found else ""


def _roles(user: User) -> list[str]:
    return list(user.groups.values_list("name", flat=True))


def test_a_colleague_is_added_with_a_role_and_a_password_shown_once(client, ada):
    data = {"username": "ines", "name": "Ines Berg", "role": "fact-checker"}
    password = _password_on(client.post(PAGE, data).content.decode())

    ines = User.objects.get(username="ines")
    assert (ines.get_full_name(), _roles(ines), ines.is_staff) == (
        "Ines Berg",
        ["fact-checker"],
        False,
    )
    assert Client().login(username="ines", password=password)
    assert _password_on(client.get(PAGE).content.decode()) == ""


@pytest.mark.parametrize("data", [{"username": "ADA"}, {"username": ""}, {"role": "owner"}])
def test_a_name_somebody_has_or_a_role_there_is_none_of_adds_nobody(client, ada, data):
    response = client.post(PAGE, {"username": "ines", "name": "", "role": "editor", **data})

    assert response.status_code == 200
    assert User.objects.exclude(username="AnonymousUser").count() == 1


def test_a_role_replaces_the_one_before(client, ada):
    otto = make_user("otto", "editor")

    _change(client, otto, act="role", role="admin")
    otto.refresh_from_db()
    assert (_roles(otto), otto.is_staff) == (["admin"], True)

    _change(client, otto, act="role", role="reader")
    otto.refresh_from_db()
    assert (_roles(otto), otto.is_staff) == (["reader"], False)


def test_an_account_that_is_stopped_cannot_sign_in_until_it_is_let_again(client, ada):
    otto = make_user("otto")
    theirs = Client()
    theirs.force_login(otto)

    _change(client, otto, act="stop")
    assert theirs.get("/").status_code == 302

    _change(client, otto, act="resume")
    theirs.force_login(User.objects.get(pk=otto.pk))
    assert theirs.get("/").status_code == 200


def test_a_new_password_is_shown_once_and_the_old_one_stops(client, ada):
    otto = make_user("otto")

    password = _password_on(_change(client, otto, act="password").content.decode())

    assert Client().login(username="otto", password=password)
    assert not Client().login(username="otto", password="long enough to pass")


@pytest.mark.parametrize("data", [{"act": "stop"}, {"act": "role", "role": "reader"}])
def test_nobody_locks_themselves_out(client, ada, data):
    _change(client, ada, **data)

    ada.refresh_from_db()
    assert (ada.is_active, _roles(ada)) == (True, ["admin"])


def test_the_account_that_runs_the_site_is_not_changed_by_an_admin(client, ada):
    root = User.objects.create_superuser("root", password="long enough to pass")

    for data in ({"act": "stop"}, {"act": "password"}, {"act": "role", "role": "reader"}):
        _change(client, root, **data)

    root.refresh_from_db()
    assert root.is_active
    assert root.check_password("long enough to pass")


@pytest.mark.parametrize("role", ["reader", "editor", "fact-checker"])
def test_only_admins_see_and_change_accounts(client, ada, role):
    other = make_user("otto", role)
    client.force_login(other)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"username": "ines", "role": "admin"}).status_code == 403
    for data in ({"act": "stop"}, {"act": "role", "role": "reader"}, {"act": "password"}):
        # What leads back to the page is refused there, but would have been done by then.
        address = reverse("claims:change_colleague", args=[ada.pk])
        assert client.post(address, data).status_code == 403
    assert "Colleagues" not in client.get("/").content.decode()
    ada.refresh_from_db()
    assert (ada.is_active, _roles(ada)) == (True, ["admin"])
    assert ada.check_password("long enough to pass")


def test_everybody_changes_their_own_password(client):
    otto = make_user("otto", "reader")
    client.force_login(otto)
    new = "quite another long one"

    data = {"old_password": "long enough to pass", "new_password1": new, "new_password2": new}
    response = client.post(reverse("change_password"), data)

    assert response["Location"] == reverse("claims:settings")
    assert Client().login(username="otto", password=new)


def test_many_accounts_cost_as_many_queries_as_few(client, ada):
    make_user("one")
    few = count_queries(client.get, PAGE)
    for number in range(20):
        make_user(f"person{number}")

    assert count_queries(client.get, PAGE) == few
