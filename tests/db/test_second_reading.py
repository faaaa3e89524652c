"""A second pair of eyes: read blind or openly, disagreement shown, a third person decides."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from apps.articles.actions import merge_stories
from apps.claims.actions import (
    adjudicate,
    review_verdict,
    undo_last,
    withdraw_adjudication,
)
from apps.claims.actions.carrying import carry_judgements
from apps.claims.actions.undo import CannotUndo
from apps.claims.models import Adjudication, Assignment, Verdict
from apps.claims.second_reading import find_differing, find_standing, find_waiting
from tests.db.stories import (
    RECORD,
    claim_of,
    client_of,
    judge,
    make_article,
    make_counted_ferry,
    make_finding,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return make_counted_ferry()


def _standing():
    standing = find_standing(Verdict.objects.all(), Adjudication.objects.first())
    return standing.state, standing.value


def test_one_verdict_waits_for_a_second_reader_and_is_no_disagreement(story, wanda, otto):
    judge(story, wanda)

    assert _standing() == ("waiting", "")
    assert [v.author for v in find_waiting(otto.pk)] == [wanda]
    assert not find_waiting(wanda.pk).exists()
    assert not find_differing().exists()


def test_whoever_reads_and_agrees_makes_it_hold(story, wanda, otto):
    review_verdict(verdict=judge(story, wanda), user=otto)

    assert _standing() == ("agreed", "disputed")
    assert not find_waiting(otto.pk).exists()
    assert Verdict.objects.get().reviewed_at is not None


def test_reading_a_verdict_does_not_change_when_it_was_given(story, wanda, otto):
    verdict = judge(story, wanda)
    given_at = verdict.given_at

    review_verdict(verdict=verdict, user=otto)

    assert Verdict.objects.get().given_at == given_at


def test_undo_does_not_change_when_a_verdict_was_given(story, wanda, otto):
    verdict = judge(story, wanda)
    given_at = verdict.given_at
    review_verdict(verdict=verdict, user=otto)
    undo_last(story=story, user=otto)
    assert Verdict.objects.get().given_at == given_at

    judge(story, wanda, "supported")
    undo_last(story=story, user=wanda)
    assert (Verdict.objects.get().value, Verdict.objects.get().given_at) == ("disputed", given_at)


def test_two_people_who_say_the_same_agree(story, wanda, otto):
    judge(story, wanda)
    judge(story, otto)

    assert _standing() == ("agreed", "disputed")
    assert not find_waiting(otto.pk).exists()


def test_two_people_who_say_otherwise_differ(story, wanda, otto):
    judge(story, wanda)
    judge(story, otto, "supported")

    assert _standing() == ("differ", "")
    assert [v.author for v in find_differing()] == [wanda]


def test_who_agrees_with_another_after_all_stands_for_one_verdict_only(story, wanda, otto):
    first = judge(story, wanda)
    judge(story, otto, "supported")

    review_verdict(verdict=first, user=otto)

    assert _standing() == ("agreed", "disputed")
    assert [(v.author, v.reviewer) for v in Verdict.objects.all()] == [(wanda, otto)]


def test_who_agrees_with_the_same_verdict_keeps_their_own(story, wanda, otto):
    first = judge(story, wanda)
    judge(story, otto)

    review_verdict(verdict=first, user=otto)

    assert Verdict.objects.filter(author=otto).exists()


def test_a_verdict_given_up_by_agreeing_is_brought_back_step_by_step(story, wanda, otto):
    first = judge(story, wanda)
    judge(story, otto, "supported", note="The list.")
    review_verdict(verdict=first, user=otto)

    undo_last(story=story, user=otto)
    assert _standing() == ("waiting", "")
    undo_last(story=story, user=otto)

    assert _standing() == ("differ", "")
    own = Verdict.objects.get(author=otto)
    assert (own.note, own.evidence.count()) == ("The list.", 1)


def test_who_judges_otherwise_after_agreeing_agrees_no_longer(story, wanda, otto):
    first = judge(story, wanda)
    review_verdict(verdict=first, user=otto)

    judge(story, otto, "supported")
    assert _standing() == ("differ", "")
    assert not Verdict.objects.filter(reviewer=otto).exists()

    undo_last(story=story, user=otto)
    undo_last(story=story, user=otto)
    assert _standing() == ("agreed", "disputed")
    assert Verdict.objects.get().reviewer == otto


def test_who_gives_the_same_verdict_after_agreeing_still_agrees(story, wanda, otto):
    review_verdict(verdict=judge(story, wanda), user=otto)

    judge(story, otto)

    assert Verdict.objects.filter(author=wanda, reviewer=otto).exists()


def test_the_page_says_what_agreeing_does_with_ones_own_verdict(story, wanda, otto):
    first = judge(story, wanda)
    judge(story, otto, "supported")
    client, address = client_of(otto), f"/stories/{story.slug}/findings/aboard/"

    page = client.get(address).content.decode()
    review = f"/stories/{story.slug}/verdicts/{first.pk}/"
    answer = client.post(review, {"act": "review"}, headers={"HX-Request": "true"})

    assert "agree: take my own back" in page
    assert "your own is taken back" in answer.content.decode()


def test_who_said_the_same_is_not_asked_to_agree_as_well(story, wanda, otto):
    judge(story, wanda)
    judge(story, otto)

    page = client_of(otto).get(f"/stories/{story.slug}/findings/aboard/").content.decode()

    assert "I have read the evidence" not in page


def test_the_evidence_of_another_can_be_used_again_but_not_their_verdict(story, wanda, otto):
    first = judge(story, wanda, note="The register says so.")
    client, address = client_of(otto), f"/stories/{story.slug}/findings/aboard/"

    offered = client.get(address).content.decode()
    page = client.get(address, {"evidence": first.pk}).content.decode()

    assert f"?evidence={first.pk}#verdict-aboard" in offered
    assert f'value="{RECORD.url}"' in page and RECORD.excerpt in page
    assert '<option value="disputed" selected' not in page
    assert "The register says so.</textarea>" not in page
    assert 'id="verdict-aboard" open' in page


@pytest.mark.parametrize("number", ["", "0", "x", "99999999999999999999"])
def test_evidence_of_no_verdict_is_none(story, wanda, otto, number):
    judge(story, wanda)

    page = (
        client_of(otto)
        .get(f"/stories/{story.slug}/findings/aboard/", {"evidence": number})
        .content.decode()
    )

    assert f'value="{RECORD.url}"' not in page


def test_sealed_evidence_is_not_to_be_had(story, wanda, otto):
    first = judge(story, wanda, is_blind=True)

    page = (
        client_of(otto)
        .get(f"/stories/{story.slug}/findings/aboard/", {"evidence": first.pk})
        .content.decode()
    )

    assert RECORD.excerpt not in page and "Use the evidence" not in page


def test_who_judges_again_finds_the_form_as_they_left_it_and_nobody_else_does(story, client):
    wanda, otto = make_user("wells", role="fact-checker"), make_user("oda", role="fact-checker")
    judge(story, wanda, note="The register says so.")
    pages = {}
    for user in (wanda, otto):
        client.force_login(user)
        pages[user] = client.get(f"/stories/{story.slug}/findings/aboard/").content.decode()

    own, other = pages[wanda], pages[otto]
    assert "Change your verdict" in own and "replaces it" in own
    assert '<option value="disputed" selected' in own
    assert f'value="{RECORD.url}"' in own and "2031-05-06" in own
    assert "The register says so.</textarea>" in own
    assert "Give a verdict" in other and "Change your verdict" not in other
    assert f'value="{RECORD.url}"' not in other


def test_a_second_verdict_judges_the_same_words(story, wanda, otto):
    judge(story, wanda, words="The ferry carried 60 people.")
    judge(story, otto, "supported", words="The ferry carried 40 people.")

    assert Verdict.objects.get(author=otto).words == "The ferry carried 60 people."


# --- blind -----------------------------------------------------------------------------------


def test_a_verdict_to_be_read_blind_is_seen_by_its_author_alone(story, wanda, otto):
    judge(story, wanda, is_blind=True)

    assert Verdict.objects.visible_to(wanda.pk).exists()
    assert not Verdict.objects.visible_to(otto.pk).exists()
    assert not Verdict.objects.unsealed().exists()
    assert find_waiting(otto.pk).exists()


def test_both_are_shown_once_the_second_is_given(story, wanda, otto, ida):
    judge(story, wanda, is_blind=True)
    judge(story, otto, "supported", is_blind=True)

    for person in (wanda, otto, ida):
        assert Verdict.objects.visible_to(person.pk).count() == 2


def test_nobody_agrees_to_a_verdict_they_have_not_seen(story, wanda, otto):
    verdict = judge(story, wanda, is_blind=True)

    with pytest.raises(ValueError, match="give your own"):
        review_verdict(verdict=verdict, user=otto)


# --- between verdicts ------------------------------------------------------------------------


def test_a_third_person_decides_with_a_reason(story, wanda, otto, ida):
    judge(story, wanda)
    judge(story, otto, "supported")

    adjudicate(story=story, finding_key="aboard", value="supported", note="The list.", user=ida)

    assert _standing() == ("settled", "supported")
    assert not find_differing().exists()


@pytest.mark.parametrize(
    ("who", "value", "note", "says"),
    [
        ("wanda", "supported", "The list.", "gave none"),
        ("ida", "unverifiable", "The list.", "one of the verdicts"),
        ("ida", "supported", "  ", "why"),
    ],
)
def test_not_just_anybody_decides_just_anything(story, wanda, otto, ida, who, value, note, says):
    judge(story, wanda)
    judge(story, otto, "supported")
    user = {"wanda": wanda, "ida": ida}[who]

    with pytest.raises(ValueError, match=says):
        adjudicate(story=story, finding_key="aboard", value=value, note=note, user=user)


def test_where_nobody_differs_nothing_is_decided(story, wanda, ida):
    judge(story, wanda)

    with pytest.raises(ValueError, match="do not differ"):
        adjudicate(story=story, finding_key="aboard", value="disputed", note="So.", user=ida)


def test_the_database_refuses_an_author_who_decides(story, wanda, otto):
    judge(story, wanda)
    judge(story, otto, "supported")

    with pytest.raises(IntegrityError), transaction.atomic():
        Adjudication.objects.create(
            story=story,
            finding_key="aboard",
            value="disputed",
            note="Mine.",
            settled=[],
            made_by=otto,
        )


def test_a_verdict_given_since_opens_the_question_again_and_its_undo_closes_it(
    story, wanda, otto, ida
):
    judge(story, wanda)
    judge(story, otto, "supported")
    adjudicate(story=story, finding_key="aboard", value="supported", note="The list.", user=ida)

    judge(story, wanda, "unverifiable")
    assert _standing() == ("differ", "")
    assert find_differing().exists()

    undo_last(story=story, user=wanda)
    assert _standing() == ("settled", "supported")
    assert not find_differing().exists()


def test_what_was_decided_is_taken_back_by_whoever_decided_and_undone(story, wanda, otto, ida):
    judge(story, wanda)
    judge(story, otto, "supported")
    adjudicate(story=story, finding_key="aboard", value="supported", note="The list.", user=ida)

    with pytest.raises(ValueError, match="takes it back"):
        withdraw_adjudication(story=story, finding_key="aboard", user=wanda)
    withdraw_adjudication(story=story, finding_key="aboard", user=ida)
    assert _standing() == ("differ", "")

    undo_last(story=story, user=ida)
    assert _standing() == ("settled", "supported")


def test_undo_makes_no_author_a_judge_between_verdicts(story, wanda, otto, ida):
    judge(story, wanda)
    judge(story, otto, "supported")
    adjudicate(story=story, finding_key="aboard", value="supported", note="The list.", user=ida)
    withdraw_adjudication(story=story, finding_key="aboard", user=ida)
    review_verdict(verdict=judge(story, ida, "supported"), user=otto)
    with pytest.raises(CannotUndo):
        undo_last(story=story, user=ida)

    with pytest.raises(CannotUndo):
        undo_last(story=story, user=ida)

    assert not Adjudication.objects.exists()


def test_what_was_decided_goes_along_with_the_articles(story, wanda, otto, ida):
    judge(story, wanda)
    judge(story, otto, "supported")
    adjudicate(story=story, finding_key="aboard", value="supported", note="The list.", user=ida)
    target = make_story("Ferry aground")
    make_article(target, "West Times", ["It sank."])
    merge_stories(into=target, others=[story], user=wanda)

    carry_judgements(story=target, finding_keys=["aboard"])

    assert Adjudication.objects.get().story == target
    assert _standing() == ("settled", "supported")


def test_who_judged_in_the_other_story_does_not_come_along_as_judge(story, wanda, otto, ida):
    judge(story, wanda)
    judge(story, otto, "supported")
    adjudicate(story=story, finding_key="aboard", value="supported", note="The list.", user=ida)
    target = make_story("Ferry aground")
    west = make_article(target, "West Times", ["The ferry carried 40 people."])
    make_finding(target, None, [claim_of(west)], key="aboard")
    judge(target, ida, "unverifiable")
    merge_stories(into=target, others=[story], user=wanda)

    carry_judgements(story=target, finding_keys=["aboard"])

    assert Verdict.objects.filter(story=target).count() == 3
    assert Adjudication.objects.get().story == story


def _page(client, story, user):
    client.force_login(user)
    return client.get(f"/stories/{story.slug}/findings/aboard/").content.decode()


def test_who_may_not_decide_is_told_who_does_and_hands_it_over_in_one_step(
    story, client, wanda, otto, ida
):
    judge(story, wanda)
    judge(story, otto, "supported")
    editor = make_user("edda", "editor")

    html = _page(client, story, editor)

    assert "Decide between them" not in html
    form = html[html.index('<div class="handover">') :].split("</div>")[0]
    assert "decided by a fact-checker or an admin who gave none of them" in form
    assert '<option value="ida">' in form
    assert "wanda" not in form and "otto" not in form and "edda" not in form
    client.post(f"/stories/{story.slug}/findings/aboard/assign/", {"to": "ida"})
    assert Assignment.objects.get().assignee == ida
    assert '<option value="ida" selected>' in _page(client, story, editor)


def test_who_gave_one_of_the_verdicts_is_told_that_somebody_else_decides(
    story, client, wanda, otto
):
    judge(story, wanda)
    judge(story, otto, "supported")

    html = _page(client, story, wanda)

    assert "You gave one of these verdicts." in html
    assert "Nobody can at the moment: an admin can add a fact-checker." in html


def test_who_may_decide_and_where_nothing_differs_nothing_is_handed_over(
    story, client, wanda, otto, ida
):
    judge(story, wanda)
    assert "handover" not in _page(client, story, make_user("edda", "editor"))
    judge(story, otto, "supported")

    html = _page(client, story, ida)

    assert "Decide between them" in html and "handover" not in html


def test_a_reader_is_told_who_decides_and_is_offered_no_form(story, client, wanda, otto, ida):
    judge(story, wanda)
    judge(story, otto, "supported")

    html = _page(client, story, make_user("rosa", "reader"))

    assert "These can: ida." in html and 'id="leave-aboard"' not in html
