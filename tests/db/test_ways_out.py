"""No dead ends: errors and empty pages say what happened and lead on."""

from __future__ import annotations

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from tests.db.stories import make_story, make_user

pytestmark = pytest.mark.django_db

HOSTILE = "/<script>alert(1)</script>/"


def _break(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a bug")


def _refuse(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("a damaged request")


urlpatterns = [
    path("broken/", _break),
    path("damaged/", _refuse),
    path("", include("config.urls")),
]


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [("/broken/", 500, "Something broke"), ("/damaged/", 400, "Not understood")],
)
def test_what_goes_wrong_leads_back_to_the_stories(address: str, status: int, says: str):
    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        response = Client(raise_request_exception=False).get(address)

    html = response.content.decode()
    assert response.status_code == status
    assert says in html
    assert 'href="/"' in html
    assert "a bug" not in html


def test_a_lost_reader_finds_the_search_where_a_page_is_missing(reader):
    response = reader.get("/stories/gone/")

    html = response.content.decode()
    assert response.status_code == 404
    assert 'action="/search/"' in html
    assert "/stories/gone/" in html


def test_an_address_is_shown_as_words(reader):
    html = reader.get(HOSTILE).content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Nothing here" in html


def test_a_stranger_is_shown_no_search(client):
    html = client.get("/nothing/").content.decode()

    assert "Nothing here" in html
    assert 'action="/search/"' not in html


def test_who_may_not_do_something_is_told_as_whom_they_are_signed_in(reader):
    story = make_story()

    response = reader.post(reverse("claims:mute", args=[story.slug]), {"kind": "omission"})

    html = response.content.decode()
    assert response.status_code == 403
    assert "signed in as <b>rhea</b>" in html
    assert "Sign out" in html


def test_an_outdated_form_says_that_nothing_was_saved(client):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(reverse("login"), {"username": "rhea", "password": "x"})

    html = response.content.decode()
    assert response.status_code == 403
    assert "The form is too old" in html
    assert "Nothing was saved" in html
    assert f'href="{reverse("login")}"' in html


def test_the_first_page_of_a_new_site_says_how_to_begin(client):
    client.force_login(make_user("adam", "admin"))

    html = client.get(reverse("claims:stories")).content.decode()

    assert "No stories yet" in html
    assert reverse("articles:upload") in html
    assert reverse("claims:finding_kinds") in html


def test_who_cannot_add_articles_is_told_who_can(reader):
    html = reader.get(reverse("claims:stories")).content.decode()

    assert "an editor or an administrator adds articles" in html


def test_what_a_shared_link_shows_is_only_what_the_sign_in_page_says(client):
    story = make_story("A secret headline")

    html = client.get(story.get_absolute_url(), follow=True).content.decode()

    assert '<meta property="og:title" content="Variorum">' in html
    assert "A secret headline" not in html.split("</head>")[0]
    assert "noindex" in html
