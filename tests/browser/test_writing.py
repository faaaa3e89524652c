"""Writing in a real browser: a form that opens has the focus, and no letter of it is a shortcut."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from apps.articles.models import Story
from apps.claims.actions import annotate, decide_finding
from apps.claims.models import Annotation, FindingDecision, UndoStep
from tests.browser.looks import let_it_answer, sent_from
from tests.db.stories import RECORD, judge, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# Every letter of it is a shortcut somewhere: c confirms, u undoes, d dismisses, a takes.
WORDS = "could a duck"


@pytest.fixture
def card(page: Any, context: Any, ferry: Story, sign_in: Any) -> Any:
    """The page of a finding, read by a fact-checker."""
    sign_in(context, role="fact-checker")
    page.goto(f"{ferry.get_absolute_url()}findings/aboard/")
    return page


# --- where the focus goes --------------------------------------------------------------------


@pytest.mark.parametrize("is_panel", [False, True], ids=["page", "panel"])
def test_the_verdict_that_e_opens_has_the_focus_and_letters_do_nothing_else(
    card: Any, ferry: Story, is_panel: bool
) -> None:
    if is_panel:
        card.goto(ferry.get_absolute_url())
        card.keyboard.press("j")
        expect(card.locator("#finding-aboard")).to_be_visible()

    sent = sent_from(card)

    card.keyboard.press("e")

    expect(card.get_by_label("What is judged")).to_be_focused()
    card.keyboard.type(WORDS)
    let_it_answer(card)
    assert sent == []


def test_a_verdict_sent_with_a_mistake_comes_back_with_the_focus_in_it(card: Any) -> None:
    card.keyboard.press("e")
    card.get_by_label("Verdict on the claim").select_option("disputed")
    card.get_by_label("The words you rely on").fill("forty souls")
    card.get_by_role("button", name="Save verdict").click()

    expect(card.get_by_label("Address of the evidence")).to_be_focused()


@pytest.mark.parametrize(
    ("opener", "field"),
    [
        ("Add a remark", "Remark, for whoever works on this finding"),
        ("Assign to…", "Whose work"),
    ],
)
def test_what_opens_has_the_focus_and_escape_closes_it(card: Any, opener: str, field: str) -> None:
    summary = card.locator("summary").filter(has_text=opener)
    summary.click()
    expect(card.get_by_label(field, exact=True)).to_be_focused()

    card.keyboard.press("Escape")

    expect(card.get_by_label(field, exact=True)).not_to_be_visible()
    expect(summary).to_be_focused()


def test_a_dismissal_is_noted_before_its_reason_and_its_number_still_saves(card: Any) -> None:
    card.keyboard.press("d")
    expect(card.locator(".dismiss__reasons button").first).to_be_focused()
    card.keyboard.press("c")
    card.keyboard.press("Shift+Tab")
    expect(card.get_by_label("Note, if you like")).to_be_focused()
    card.keyboard.type("2 cuts")
    assert not FindingDecision.objects.exists()

    card.keyboard.press("Tab")
    card.keyboard.press("3")

    expect(card.locator(".decision__made")).to_be_visible()
    decision = FindingDecision.objects.get()
    assert (decision.value, decision.reason, decision.note) == ("dismiss", 3, "2 cuts")


def test_moving_a_reading_begins_in_the_search_for_its_row(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(ferry.get_absolute_url())
    page.locator("a.reading__move").first.click(force=True)

    expect(page.locator("#row-q")).to_be_focused()


# --- letters ---------------------------------------------------------------------------------


def test_letters_do_nothing_while_a_form_is_open_and_the_focus_got_lost(card: Any) -> None:
    sent = sent_from(card)
    card.keyboard.press("e")
    card.evaluate("document.activeElement.blur()")

    card.keyboard.type(WORDS)
    let_it_answer(card)

    assert sent == []


def test_letters_work_again_once_the_form_is_closed(card: Any) -> None:
    card.keyboard.press("e")
    card.keyboard.press("Escape")
    expect(card.locator("details.verdict > summary")).to_be_focused()

    card.keyboard.press("c")

    expect(card.locator(".decision__made")).to_be_visible()


def test_a_note_is_written_where_its_link_leads(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    article = ferry.articles.get(outlet__name="South Mail")
    user = User.objects.get()
    decide_finding(story=ferry, finding_key="aboard", value="confirm", user=user)
    page.goto(article.get_absolute_url())
    page.locator(".para").nth(1).hover()
    page.locator(".para__note").nth(1).click()
    expect(page.get_by_label("Your note")).to_be_focused()

    page.keyboard.type("unsure")
    page.get_by_role("button", name="Save note").click()

    expect(page.locator(".margin-note--note")).to_contain_text("unsure")
    assert FindingDecision.objects.exists()


# --- undo ------------------------------------------------------------------------------------


def test_undo_on_an_article_leaves_the_work_of_other_pages_alone(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    article = ferry.articles.get(outlet__name="South Mail")
    user = User.objects.get()
    annotate(article=article, start=0, end=9, note="Which ferry?", user=user)
    decide_finding(story=ferry, finding_key="aboard", value="confirm", user=user)
    page.goto(article.get_absolute_url())
    # What it would undo stands beside it.
    expect(page.locator("#steps")).to_contain_text("Note on “The ferry”")

    page.locator("h1").click()
    page.keyboard.press("u")

    expect(page.locator(".margin-note--note")).to_have_count(0)
    assert FindingDecision.objects.exists()
    assert not Annotation.objects.exists()
    # Nothing of this page is left to undo: the key does nothing.
    sent = sent_from(page)
    page.keyboard.press("u")
    let_it_answer(page)
    assert sent == []
    assert UndoStep.objects.filter(undone_at=None).count() == 1


# --- what was begun --------------------------------------------------------------------------


def test_a_verdict_that_was_begun_is_there_again_after_leaving_the_page(
    card: Any, ferry: Story
) -> None:
    card.keyboard.press("e")
    card.get_by_label("Why", exact=True).fill("The register says 40.")
    card.goto("/desk/")
    card.goto(f"{ferry.get_absolute_url()}findings/aboard/")

    expect(card.locator("#verdict-aboard > summary")).to_contain_text("begun")
    card.keyboard.press("e")

    expect(card.get_by_label("Why", exact=True)).to_have_value("The register says 40.")
    card.get_by_role("button", name="Start afresh").click()
    expect(card.get_by_label("Why", exact=True)).to_have_value("")
    card.reload()
    expect(card.locator("#verdict-aboard > summary")).not_to_contain_text("begun")


def test_a_remark_begun_in_the_panel_outlasts_a_look_at_another_finding(
    card: Any, ferry: Story
) -> None:
    card.goto(ferry.get_absolute_url())
    card.keyboard.press("j")
    first = card.locator("#panel article").get_attribute("id")
    card.locator("#panel").get_by_text("Dismiss…").click()
    card.locator("#panel").get_by_label("Note, if you like").fill("Not the same day.")
    card.goto(ferry.get_absolute_url())
    card.keyboard.press("j")
    expect(card.locator(f"#{first}")).to_be_visible()

    expect(card.locator("#panel").get_by_label("Note, if you like")).to_have_value(
        "Not the same day."
    )


def test_the_evidence_of_another_comes_into_a_form_that_was_begun(card: Any, ferry: Story) -> None:
    judge(ferry, make_user("oda", "fact-checker"))
    address = f"{ferry.get_absolute_url()}findings/aboard/"
    card.goto(address)
    card.keyboard.press("e")
    card.get_by_label("Verdict on the claim").select_option("supported")
    card.get_by_label("Why", exact=True).fill("The list.")

    card.get_by_role("link", name="Use the evidence").click()

    expect(card.get_by_label("Address of the evidence")).to_have_value(RECORD.url)
    expect(card.get_by_label("The words you rely on")).to_have_value(RECORD.excerpt)
    expect(card.get_by_label("Verdict on the claim")).to_have_value("supported")
    expect(card.get_by_label("Why", exact=True)).to_have_value("The list.")


def test_what_was_sent_is_begun_no_more(card: Any, ferry: Story) -> None:
    card.get_by_text("Dismiss…").click()
    card.get_by_label("Note, if you like").fill("Not the same day.")
    card.keyboard.press("Tab")
    card.keyboard.press("1")
    expect(card.locator("#status")).to_have_text("Dismissed.")
    card.get_by_role("button", name="Undo").first.click()
    expect(card.locator("#status")).to_have_text("Open again.")

    expect(card.get_by_label("Note, if you like")).to_have_value("")
    assert (
        card.evaluate("() => Object.keys(sessionStorage).filter((key) => key.startsWith('draft'))")
        == []
    )


def test_a_draft_comes_back_to_its_writer_and_to_nobody_who_sits_there_next(
    card: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    card.keyboard.press("e")
    card.get_by_label("Why", exact=True).fill("The register says 40.")
    session = context.cookies()
    context.clear_cookies()
    card.goto("/")
    context.add_cookies(session)
    card.goto(f"{ferry.get_absolute_url()}findings/aboard/")
    expect(card.locator("#verdict-aboard > summary")).to_contain_text("begun")

    sign_in(context, role="admin")
    card.goto(f"{ferry.get_absolute_url()}findings/aboard/")

    expect(card.locator("#verdict-aboard > summary")).not_to_contain_text("begun")
    assert "The register" not in card.evaluate("() => JSON.stringify(sessionStorage)")
