"""Every reader's own language, appearance and shortcuts, kept with the account."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from apps.claims import actions
from apps.claims.models import ReaderSettings
from tests.db.stories import make_user

pytestmark = pytest.mark.django_db

SETTINGS = "/settings/"


@pytest.fixture
def reader(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def _language_of(client: Client, address: str = SETTINGS, *, asked: str = "") -> str:
    response = client.get(address, headers={"Accept-Language": asked} if asked else {})
    (start,) = [line for line in response.content.decode().splitlines() if "<html" in line]
    return start.split('lang="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("de", "de"), ("de-AT,de;q=0.9,en;q=0.8", "de"), ("en-GB", "en"), ("tlh", "en"), ("", "en")],
)
def test_who_is_not_signed_in_reads_the_language_of_the_browser(
    client: Client, asked: str, given: str
) -> None:
    assert _language_of(client, reverse("login"), asked=asked) == given


def test_a_language_once_chosen_is_spoken_in_every_browser(client: Client, reader: User) -> None:
    assert _language_of(client, asked="de") == "de"

    client.post(SETTINGS, {"language": "en"})
    other = Client()
    other.force_login(reader)

    assert _language_of(other, asked="de") == "en"


def test_the_browsers_language_can_be_had_back(client: Client, reader: User) -> None:
    actions.change_settings(owner=reader, language="de")

    client.post(SETTINGS, {"language": ""})

    assert _language_of(client, asked="en") == "en"
    assert _language_of(client, asked="de") == "de"


def test_a_language_this_site_has_no_more_falls_back_to_the_browsers(
    client: Client, reader: User
) -> None:
    ReaderSettings.objects.create(owner=reader, language="eo")

    assert _language_of(client, asked="de") == "de"


def test_one_readers_language_is_not_anothers(client: Client, reader: User) -> None:
    actions.change_settings(owner=reader, language="de")
    other = Client()
    other.force_login(make_user("other"))

    assert [_language_of(who) for who in (client, other, client)] == ["de", "en", "de"]


def test_a_switch_changes_one_setting_and_leaves_the_others(client: Client, reader: User) -> None:
    client.post(SETTINGS, {"language": "de", "appearance": "dark", "shortcuts": "off"})
    client.post(SETTINGS, {"shortcuts": "on"})

    kept = ReaderSettings.objects.get()
    assert (kept.language, kept.appearance, kept.shortcuts) == ("de", "dark", True)


def test_pages_are_made_as_they_were_chosen(client: Client, reader: User) -> None:
    client.post(SETTINGS, {"appearance": "dark", "shortcuts": "off"})

    page = client.get("/").content.decode()

    assert 'data-theme="dark" data-keys="off"' in page


def test_the_switches_lead_back_to_the_page_they_were_pressed_on(
    client: Client, reader: User
) -> None:
    response = client.post(SETTINGS, {"appearance": "dark", "next": "/search/?q=ferry"})

    assert (response.status_code, response["Location"]) == (302, "/search/?q=ferry")


def test_htmx_gets_the_switches_as_they_are_now(client: Client, reader: User) -> None:
    response = client.post(SETTINGS, {"appearance": "light"}, headers={"HX-Request": "true"})

    assert response.templates[0].name == "claims/_switches.html"
    assert b'data-changed="switch-appearance"' in response.content
    assert b"Appearance: light" in response.content


@pytest.mark.parametrize("sent", [{"appearance": "<b>"}, {"language": "eo"}, {"shortcuts": "2"}])
def test_what_is_no_choice_is_refused_and_nothing_is_saved(
    client: Client, reader: User, sent: dict[str, str]
) -> None:
    response = client.post(SETTINGS, sent)

    assert "Nothing was saved" in response.content.decode()
    assert not ReaderSettings.objects.exists()


def test_settings_are_for_people_who_signed_in(client: Client) -> None:
    assert client.get(SETTINGS)["Location"].startswith("/accounts/login/")


def test_scripts_get_their_words_in_the_language_of_the_page(client: Client) -> None:
    address = "/words/de/0.js"

    response = client.get(address)

    assert response["Content-Type"].startswith("text/javascript")
    assert "immutable" in response["Cache-Control"]
    assert client.get("/words/eo/0.js").status_code == 404
