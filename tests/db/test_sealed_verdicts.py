"""A verdict to be read blind is seen by its author alone: on every page, in every file."""

from __future__ import annotations

import re
from datetime import date

import pytest

from apps.claims.actions import adjudicate, undo_last, withdraw_verdict
from apps.claims.actions.decisions import EvidenceDraft
from apps.claims.finding_history import build_history
from apps.claims.models import Verdict
from apps.claims.verdict_exchange import export_verdicts
from tests.db.stories import client_of, judge, make_counted_ferry, make_user

pytestmark = pytest.mark.django_db

# Words that stand nowhere but in the verdict.
VALUE, NOTE, EXCERPT = "sealedvalue", "sealednote", "sealedexcerpt"
RECORD = EvidenceDraft(
    kind="primary", document="Log", excerpt=EXCERPT, retrieved_on=date(2031, 5, 6)
)


@pytest.fixture
def story():
    return make_counted_ferry()


@pytest.fixture
def noor():
    """Somebody who may open everything."""
    noor = make_user("noor", role="admin")
    noor.is_staff = True
    noor.save()
    return noor


@pytest.fixture
def client(noor):
    return client_of(noor)


def _give(story, user, value=VALUE, **more):
    more = {"note": NOTE, "is_blind": True} | more
    return judge(story, user, value, evidence=[RECORD], **more)


PLACES = [
    "/",
    "/desk/",
    "/desk/second-reading/",
    "/desk/disagreements/",
    "/search/?q=ferry",
    "/stories/{slug}/",
    "/stories/{slug}/overview/",
    "/stories/{slug}/apparatus/",
    "/stories/{slug}/apparatus/text/",
    "/stories/{slug}/export/",
    "/stories/{slug}/export/verdicts.csv",
    "/stories/{slug}/export/verdicts.json",
    "/stories/{slug}/export/claimreview.jsonld",
    "/stories/{slug}/findings/aboard/",
    "/stories/{slug}/findings/aboard/text/",
    "/stories/{slug}/findings/aboard/history/",
    "/stories/{slug}/history/",
    "/admin/claims/verdict/",
]


@pytest.mark.parametrize("place", PLACES)
def test_no_page_and_no_file_tells_what_a_sealed_verdict_says(client, story, wanda, place):
    _give(story, wanda)

    answer = client.get(place.format(slug=story.slug))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert VALUE not in page
    assert NOTE not in page
    assert EXCERPT not in page


def test_the_same_pages_tell_it_once_somebody_else_has_judged(client, story, wanda):
    _give(story, wanda)
    _give(story, make_user("otto"), "supported", note="")

    for place in ("/stories/{slug}/findings/aboard/", "/admin/claims/verdict/"):
        assert VALUE in client.get(place.format(slug=story.slug)).content.decode()


def test_nobody_finds_out_what_it_says_by_trying_to_decide(client, story, wanda):
    _give(story, wanda)
    address = f"/stories/{story.slug}/findings/aboard/adjudicate/"

    def answer(value):
        page = client.post(
            address, {"value": value, "note": "Because."}, headers={"HX-Request": "true"}
        )
        return page.content.decode()

    # The guess itself is not sent back, so the two answers are the same where nothing is told.
    assert _without_tokens(answer(VALUE)) == _without_tokens(answer("some other value"))


def _without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_taken_back_unseen_it_stays_unseen(story, wanda, noor):
    _give(story, wanda)
    withdraw_verdict(verdict=Verdict.objects.get(), user=wanda)

    said = [(act.what, act.note) for act in build_history(story, "aboard", noor)]

    assert said == [("gave a verdict", ""), ("took a verdict back", "")]
    assert build_history(story, "aboard", wanda)[0].note == NOTE


def test_undone_unseen_it_stays_unseen(story, wanda, noor):
    _give(story, wanda)
    undo_last(story=story, user=wanda)

    assert NOTE not in [act.note for act in build_history(story, "aboard", noor)]


def test_given_openly_and_taken_back_it_is_told(story, wanda, noor):
    _give(story, wanda, is_blind=False)
    withdraw_verdict(verdict=Verdict.objects.get(), user=wanda)

    assert build_history(story, "aboard", noor)[0].note == NOTE


def test_sealed_again_no_history_tells_what_was_decided_about_it(story, wanda, otto, noor):
    _give(story, wanda)
    other = _give(story, otto, "supported")
    adjudicate(story=story, finding_key="aboard", value=VALUE, note=NOTE, user=noor)
    client = client_of(make_user("ina"))
    pages = [f"/stories/{story.slug}/{page}history/" for page in ("", "findings/aboard/")]
    told = [client.get(page).content.decode() for page in pages]

    withdraw_verdict(verdict=other, user=otto)

    sealed = [client.get(page).content.decode() for page in pages]
    assert [VALUE in page for page in told] == [True, True]
    assert [VALUE in page or NOTE in page for page in sealed] == [False, False]


def test_sealed_again_no_file_tells_what_was_decided_about_it(story, wanda, noor):
    """The other verdict was taken back, and with it the decision lost its ground."""
    _give(story, wanda)
    other = _give(story, make_user("otto"), "supported")
    adjudicate(story=story, finding_key="aboard", value=VALUE, note="The log.", user=noor)
    withdraw_verdict(verdict=other, user=other.author)

    (finding,) = export_verdicts(story)["findings"] or [{"adjudication": None}]

    assert finding["adjudication"] is None
    (finding,) = export_verdicts(story, with_sealed=True)["findings"]
    assert finding["adjudication"]["value"] == VALUE
