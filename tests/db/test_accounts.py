"""The demonstration's accounts: one per way to work, passwords shown once."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection

from config.accounts import create_demo_accounts
from config.roles import ROLES


@pytest.mark.django_db
def test_each_account_can_sign_in_with_the_password_shown() -> None:
    passwords = create_demo_accounts()

    assert set(passwords) == {"editor", "fact-checker", "admin"}
    for username, password in passwords.items():
        assert authenticate(username=username, password=password) is not None


@pytest.mark.django_db
def test_passwords_are_stored_hashed_only() -> None:
    passwords = create_demo_accounts()

    for user in User.objects.all():
        assert passwords[user.username] not in user.password


@pytest.mark.django_db
def test_a_second_start_changes_no_password() -> None:
    first = create_demo_accounts()

    assert create_demo_accounts() == {}
    assert authenticate(username="editor", password=first["editor"]) is not None


@pytest.mark.django_db
def test_new_passwords_replace_the_old_ones() -> None:
    first = create_demo_accounts()

    second = create_demo_accounts(new_passwords=True)

    assert authenticate(username="editor", password=first["editor"]) is None
    assert authenticate(username="editor", password=second["editor"]) is not None


@pytest.mark.django_db
def test_an_editor_is_no_admin() -> None:
    create_demo_accounts()

    editor = User.objects.get(username="editor")

    assert [group.name for group in editor.groups.all()] == ["editor"]
    assert not editor.is_staff
    assert User.objects.get(username="admin").is_superuser


@pytest.mark.django_db(transaction=True)
def test_the_roles_are_there_after_the_tables_were_emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET variorum.may_empty = 'on'")

    call_command("flush", interactive=False, verbosity=0)

    assert set(Group.objects.values_list("name", flat=True)) >= set(ROLES)
    assert Group.objects.get(name="reader").permissions.exists()
