"""Who may do what, as the migrations set it up."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

pytestmark = pytest.mark.django_db


def _may(role: str, permission: str) -> bool:
    return Group.objects.get(name=role).permissions.filter(codename=permission).exists()


def test_a_reader_looks_and_changes_nothing():
    permissions = Group.objects.get(name="reader").permissions

    assert permissions.exists()
    assert not permissions.exclude(codename__startswith="view_").exists()


def test_a_fact_checker_gives_verdicts_and_an_editor_does_not():
    assert _may("fact-checker", "add_verdict")
    assert not _may("editor", "add_verdict")


def test_an_editor_relabels_text_and_a_fact_checker_does_not():
    assert _may("editor", "add_rolecorrection")
    assert not _may("fact-checker", "add_rolecorrection")


def test_only_an_admin_deletes_articles_and_manages_accounts():
    assert _may("admin", "delete_article") and _may("admin", "change_user")
    assert not _may("editor", "delete_article") and not _may("editor", "change_user")


def test_nobody_may_write_history():
    for group in Group.objects.all():
        assert not group.permissions.filter(
            codename__regex="^(add|change|delete)_.*event$"
        ).exists()


def test_editors_and_fact_checkers_share_out_findings_and_readers_do_not():
    assert _may("fact-checker", "add_assignment") and _may("editor", "add_assignment")
    assert not _may("reader", "add_assignment")


def test_who_gives_verdicts_decides_between_them_and_an_editor_does_not():
    assert _may("fact-checker", "add_adjudication")
    assert not _may("editor", "add_adjudication")
