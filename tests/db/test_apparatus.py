"""The critical apparatus, and claims and findings as text to be copied."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.actions import adjudicate, decide_finding, give_verdict
from apps.claims.actions.decisions import EvidenceDraft
from apps.claims.apparatus import build_apparatus
from apps.claims.models import ClaimGroup
from apps.claims.presentation import Filters
from tests.db.stories import (
    add_quantity,
    claim_of,
    count_queries,
    judge,
    make_article,
    make_finding,
    make_matrix,
    make_origin,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.fixture
def ferry() -> Story:
    """A wire story, its copy and another one: a conflict and a claim of one alone."""
    story = make_story()
    wire = make_article(
        story,
        "Coast Wire",
        ["It carried 40 people.", "It sank."],
        is_wire=True,
        url="https://coastwire.example/ferry",
    )
    copy = make_article(story, "Daily Echo", ["It carried 40 people."], hours=1)
    mail = make_article(story, "South Mail", ["It carried 60 people."], hours=2)
    aboard = make_row(story, [claim_of(a) for a in (wire, copy, mail)], "How many were aboard")
    make_row(story, [claim_of(wire, 1)], "That it sank")
    for article, quote in ((wire, "40"), (copy, "40"), (mail, "60")):
        add_quantity(claim_of(article), quote, int(quote), int(quote), counted="people")
    make_finding(story, aboard, [claim_of(wire), claim_of(mail)], key="aboard")
    make_origin(story, [wire, copy], wire)
    make_origin(story, [mail], mail)
    return story


@pytest.fixture
def rhea(client: Client):
    user = make_user("rhea", "reader")
    client.force_login(user)
    return user


def _judge(story: Story) -> None:
    checker = make_user("wanda", "fact-checker")
    decide_finding(
        story=story, finding_key="aboard", value="confirm", reason=None, note="", user=checker
    )
    give_verdict(
        story=story,
        finding_key="aboard",
        value="disputed",
        note="The harbour list was read twice.",
        evidence=[
            EvidenceDraft(
                kind="primary",
                document="Harbour list",
                excerpt="forty names",
                retrieved_on=datetime.date(2031, 5, 3),
            )
        ],
        user=checker,
    )


def test_the_same_words_are_given_once_with_all_their_letters(ferry):
    (entry,) = build_apparatus(ferry, Filters(sort="position")).entries

    assert [variant.sigla for variant in entry.variants] == [("A", "B"), ("C",)]
    assert entry.variants[0].outlets == ("Coast Wire", "Daily Echo")


def test_who_has_no_reading_is_said_with_the_reason(ferry):
    entries = build_apparatus(ferry, Filters(sort="position", shared_only=False)).entries

    assert [entry.number for entry in entries] == [1, 2]
    assert {sigil for silence in entries[1].silences for sigil in silence.sigla} == {"B", "C"}
    assert all(silence.label for silence in entries[1].silences)


def test_the_page_carries_findings_verdicts_and_evidence(client, rhea, ferry):
    _judge(ferry)

    html = client.get(reverse("claims:apparatus", args=[ferry.slug])).content.decode()

    for words in (
        "Numbers conflict",
        "confirmed by wanda",
        "Verdict: disputed",
        "The harbour list was read twice.",
        "forty names",
        "Harbour list",
        "https://coastwire.example/ferry",
    ):
        assert words in html, words


def test_what_was_decided_between_verdicts_comes_before_them_and_on_what_is_copied(
    client, rhea, ferry, wanda, otto, ida
):
    for user, value in ((wanda, "disputed"), (otto, "supported")):
        judge(ferry, user, value)
    page = reverse("claims:apparatus", args=[ferry.slug])
    text = reverse("claims:finding_text", args=[ferry.slug, "aboard"])
    for address in (page, text):
        assert "Decided for" not in client.get(address).content.decode()

    adjudicate(story=ferry, finding_key="aboard", value="supported", note="The list.", user=ida)

    for address in (page, text):
        told = client.get(address).content.decode()
        assert "Decided for “supported”" in told and "The list." in told and "ida" in told
        assert told.index("Decided for") < told.index("Verdict: disputed")

    judge(ferry, wanda, "missing context")
    for address in (page, text):
        assert "Decided for" not in client.get(address).content.decode()


def test_the_page_shows_the_claims_its_address_asks_for(client, rhea, ferry):
    address = reverse("claims:apparatus", args=[ferry.slug])

    assert "It sank." not in client.get(address).content.decode()
    assert "It sank." in client.get(address + "?shared=0").content.decode()
    assert "No claim fits" in client.get(address + "?q=zeppelin").content.decode()


def test_a_story_without_claims_says_what_will_stand_here(client, rhea):
    story = make_story("An empty story")

    html = client.get(reverse("claims:apparatus", args=[story.slug])).content.decode()

    assert "Nothing to print yet" in html
    assert reverse("claims:story_articles", args=[story.slug]) in html


def test_a_row_is_copied_with_its_sources(client, rhea, ferry):
    _judge(ferry)
    row = ClaimGroup.objects.get(story=ferry, position=0)

    response = client.get(reverse("claims:row_text", args=[ferry.slug, row.pk]))

    text = response.content.decode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "A B: “It carried 40 people.” [40 people]" in text
    assert "C: “It carried 60 people.” [60 people]" in text
    assert "Numbers conflict (high; cannot both be true; confirmed)" in text
    assert "Verdict: disputed. The harbour list was read twice. (wanda, " in text
    assert "A  Coast Wire, “" in text
    assert "https://coastwire.example/ferry" in text
    assert text.rstrip().endswith(reverse("claims:row", args=[ferry.slug, row.pk]))


def test_a_finding_is_copied_with_both_sides_and_only_their_sources(client, rhea, ferry):
    text = client.get(reverse("claims:finding_text", args=[ferry.slug, "aboard"])).content.decode()

    assert text.startswith("Numbers conflict (high; cannot both be true; not reviewed)\n")
    assert "Coast Wire: “It carried 40 people.”" in text
    assert "South Mail: “It carried 60 people.”" in text
    assert "Daily Echo" not in text
    assert "Rule: 40 is outside 60–60." in text
    assert text.rstrip().endswith(reverse("claims:finding", args=[ferry.slug, "aboard"]))


def test_the_whole_apparatus_is_text_too(client, rhea, ferry):
    text = client.get(reverse("claims:apparatus_text", args=[ferry.slug])).content.decode()

    assert "\n1. " in text
    assert "Sources" in text
    assert "C: “It carried 60 people.”" in text


@pytest.mark.parametrize("name", ["row_text", "finding_text"])
def test_what_does_not_exist_is_not_copied(client, rhea, ferry, name: str):
    wrong = 999_999 if name == "row_text" else "nothing"

    assert client.get(reverse(f"claims:{name}", args=[ferry.slug, wrong])).status_code == 404


@pytest.mark.parametrize("name", ["apparatus", "apparatus_text"])
def test_nobody_reads_it_without_signing_in(client, ferry, name: str):
    assert client.get(reverse(f"claims:{name}", args=[ferry.slug])).status_code == 302


def test_a_long_story_shows_its_beginning_and_says_how_to_print_all(client, rhea):
    story = make_matrix(2, 45)
    address = reverse("claims:apparatus", args=[story.slug])

    beginning = client.get(address).content.decode()
    whole = client.get(address + "?sort=position&claims=all").content.decode()

    assert beginning.count('class="criticus__claim"') == 40
    assert "the first 40 of 45 claims" in beginning
    assert "claims=all" in beginning
    assert whole.count('class="criticus__claim"') == 45
    assert not re.search(r'href="[^"]*claims=all', whole)


def test_hostile_words_stay_words(client, rhea):
    story = make_story("A story")
    one = make_article(story, "North " + HOSTILE, [f"It said {HOSTILE} at noon."])
    two = make_article(story, "South Mail", ["It said nothing at noon."])
    row = make_row(story, [claim_of(one), claim_of(two)], HOSTILE)
    make_finding(story, row, [claim_of(one), claim_of(two)], key="odd")

    html = client.get(reverse("claims:apparatus", args=[story.slug])).content.decode()
    response = client.get(reverse("claims:apparatus_text", args=[story.slug]))

    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert html.count("&lt;script&gt;alert(2)") >= 3
    assert HOSTILE in response.content.decode()
    assert response["Content-Type"].startswith("text/plain")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["apparatus", "apparatus_text"])
def test_a_wide_story_needs_as_many_queries_as_a_narrow_one(client, rhea, name: str):
    counts = []
    for story in (make_matrix(2, 3), make_matrix(12, 30)):
        address = reverse(f"claims:{name}", args=[story.slug])
        client.get(address)
        counts.append(count_queries(client.get, address))

    assert counts[0] == counts[1] <= 35
