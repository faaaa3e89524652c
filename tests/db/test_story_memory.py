"""What a process keeps in mind of a story: every page is as a process that just started shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client
from django.urls import reverse

from apps.articles.models import Article, Outlet, Sentence, Story
from apps.claims import known_rows, story_memory
from apps.claims.actions import (
    annotate,
    assign_finding,
    confirm_row,
    decide_finding,
    give_back_finding,
    give_verdict,
    move_claims,
    mute_everywhere,
    mute_kind,
    review_verdict,
    undo_last,
    unmute_kind,
    withdraw_decision,
)
from apps.claims.actions.decisions import EvidenceDraft
from apps.claims.drawn_parts import forget_parts
from apps.claims.edition_models import StoryEdition
from apps.claims.matrix_data import Decided
from apps.claims.models import (
    Alignment,
    Claim,
    ClaimGroup,
    Finding,
    Quantity,
    Verdict,
)
from apps.claims.story_memory import find_edition, forget_all, recall
from tests.db.stories import (
    add_mention,
    add_quantity,
    claim_of,
    count_queries,
    make_article,
    make_finding,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
# The token of a form, and the minute in which a page is printed.
VARIES = re.compile(r"\b[A-Za-z0-9]{64}\b|(As of|Stand:) [^<]*")
EVIDENCE = EvidenceDraft("primary", "40 boats", date(2031, 5, 4), document="log")


@pytest.fixture(autouse=True)
def _nothing_in_mind() -> None:
    _start_anew()


def _start_anew() -> None:
    """Be as a process that just started."""
    forget_all()
    forget_parts()


@pytest.fixture
def story() -> Story:
    """Three outlets, two rows of several and one of one outlet, two findings."""
    story = make_story("Ferry aground off Lisse Head")
    north = make_article(
        story, "North Post", ["The ferry carried 40 people.", "The pilot Rune Dahl left."]
    )
    south = make_article(
        story, "South Mail", ["The ferry carried 60 people.", "Pilot Rune Dahl is gone."], hours=1
    )
    east = make_article(story, "East Sun", ["Some 40 people were aboard the ferry."], hours=2)
    aboard = make_row(story, [claim_of(north), claim_of(south), claim_of(east)], "aboard")
    pilot = make_row(story, [claim_of(north, 1), claim_of(south, 1)], "pilot")
    add_quantity(claim_of(north), "40", 40, 40, counted="people")
    add_quantity(claim_of(south), "60", 60, 60, counted="people")
    add_mention(claim_of(north, 1), "Rune Dahl")
    make_finding(
        story, aboard, [claim_of(north), claim_of(south)], key="aboard", words=["40", "60"]
    )
    make_finding(story, pilot, [claim_of(south, 1)], key="pilot", kind="status_differs")
    return story


def _pages(story: Story) -> dict[str, tuple[str, dict[str, str]]]:
    """Return by name the address of each page that shows the story, and how it is asked for."""

    def page(name: str, *more: object) -> str:
        return reverse(f"claims:{name}", args=[story.slug, *more])

    names = ("overview", "story", "numbers", "left_out", "timeline", "reuse", "apparatus")
    pages = {name: (page(name), {"Sec-Purpose": "prefetch"}) for name in names}
    pages |= {
        f"matrix {query}": (f"{page('story')}?{query}", HTMX)
        for query in (
            "shared=0",
            "against=south-mail",
            "state=open",
            "muted=1",
            "outlet=north-post",
        )
    }
    pages |= {
        f"row {group.title}": (page("row", group.pk), {})
        for group in story.groups.order_by("pk")[:1]
    }
    pages |= {
        f"article {article.pk}": (reverse("claims:article", args=[article.pk]), {})
        for article in story.articles.order_by("pk")[:1]
    }
    return pages | {"finding": (page("finding", "aboard"), {})}


def _read(client: Client, story: Story) -> dict[str, str]:
    story.refresh_from_db()
    return {
        name: VARIES.sub("", client.get(address, headers=headers).content.decode())
        for name, (address, headers) in _pages(story).items()
    }


def _claim(story: Story, outlet: str, position: int = 0) -> Claim:
    return claim_of(story.articles.get(outlet__name=outlet), position)


def _row_of(claim: Claim) -> ClaimGroup:
    return ClaimGroup.objects.get(alignments__claim=claim)


# Each takes the story and two people.
Act = Callable[[Story, User, User], Any]


def _verdict(story: Story, user: User, **more: Any) -> Verdict:
    return give_verdict(
        story=story, finding_key="aboard", value="True", evidence=[EVIDENCE], user=user, **more
    )


def _undo_a_move(story: Story, wanda: User, otto: User) -> None:
    move_claims(story=story, claims=[_claim(story, "South Mail", 1)], to=None, user=wanda)
    undo_last(story=story, user=wanda)


ACTS: dict[str, Act] = {
    "confirm": lambda story, wanda, _: decide_finding(
        story=story, finding_key="aboard", value="confirm", user=wanda
    ),
    "dismiss": lambda story, wanda, _: decide_finding(
        story=story, finding_key="aboard", value="dismiss", reason=2, user=wanda
    ),
    "assign": lambda story, wanda, otto: assign_finding(
        story=story, finding_key="aboard", assignee=otto, user=wanda
    ),
    "judge": lambda story, wanda, _: _verdict(story, wanda),
    "judge blind": lambda story, wanda, _: _verdict(story, wanda, is_blind=True),
    "review": lambda story, wanda, otto: review_verdict(
        verdict=_verdict(story, wanda), user=otto
    ),
    "note on words": lambda story, wanda, _: annotate(
        article=story.articles.get(outlet__name="North Post"),
        start=4,
        end=9,
        note="Which one?",
        user=wanda,
    ),
    "mute": lambda story, wanda, _: mute_kind(story=story, kind="number_conflict", user=wanda),
    "mute everywhere": lambda _story, wanda, _: mute_everywhere(kind="status_differs", user=wanda),
    "take out of a row": lambda story, wanda, _: move_claims(
        story=story, claims=[_claim(story, "East Sun")], to=None, user=wanda
    ),
    "move to another row": lambda story, wanda, _: move_claims(
        story=story,
        claims=[_claim(story, "East Sun")],
        to=_row_of(_claim(story, "North Post", 1)),
        user=wanda,
    ),
    "confirm a row": lambda story, wanda, _: confirm_row(
        story=story, group=_row_of(_claim(story, "North Post")), user=wanda
    ),
    "undo a move": _undo_a_move,
    "a person takes another name": lambda story, wanda, otto: (
        assign_finding(story=story, finding_key="aboard", assignee=otto, user=wanda),
        User.objects.filter(pk=otto.pk).update(first_name="Otto", last_name="Brandt"),
    ),
    "an outlet takes another name": lambda *_: Outlet.objects.filter(slug="south-mail").update(
        name="Southern Mail"
    ),
    "an article leaves": lambda story, *_: Article.objects.filter(
        story=story, outlet__slug="east-sun"
    ).update(story=make_story("Another")),
    "a comparison finds less": lambda story, *_: story.findings.filter(key="pilot").delete(),
    "a comparison says it otherwise": lambda story, *_: story.findings.filter(key="aboard").update(
        severity="low", explanation="40 against 60."
    ),
    "a comparison names a row otherwise": lambda story, *_: story.groups.filter(
        title="pilot"
    ).update(title="the pilot, gone"),
    "an article is read again": lambda story, *_: (
        Quantity.objects.filter(claim__article__outlet__slug="north-post").update(counted="souls"),
        Article.objects.filter(outlet__slug="north-post").update(
            analysed_times=F("analysed_times") + 1
        ),
    ),
    "the story is called otherwise in addresses": lambda story, *_: Story.objects.filter(
        pk=story.pk
    ).update(slug="aground"),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_a_page_is_what_a_process_shows_that_just_started(
    client: Client, story: Story, wanda: User, otto: User, act: str
) -> None:
    client.force_login(wanda)
    before = _read(client, story)

    ACTS[act](story, wanda, otto)
    after = _read(client, story)
    _start_anew()

    assert after == _read(client, story)
    assert after != before


def test_taking_an_act_back_shows_what_was_shown_before(
    client: Client, story: Story, wanda: User, otto: User
) -> None:
    client.force_login(otto)
    before = _read(client, story)
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    assign_finding(story=story, finding_key="pilot", assignee=wanda, user=wanda)
    mute_kind(story=story, kind="number_conflict", user=wanda)
    _read(client, story)

    withdraw_decision(story=story, finding_key="aboard", user=wanda)
    give_back_finding(story=story, finding_key="pilot", user=wanda)
    unmute_kind(story=story, kind="number_conflict", user=wanda)

    assert _read(client, story) == before


def test_each_language_and_each_role_has_pages_of_its_own(client: Client, story: Story) -> None:
    readers = {
        "wanda": make_user("wanda"),
        "rhea": make_user("rhea", "reader"),
        "edda": make_user("edda", "editor"),
    }

    def read_all() -> dict[tuple[str, str], dict[str, str]]:
        found = {}
        for name, user in readers.items():
            for language in ("en", "de"):
                client.force_login(user)
                client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
                found[name, language] = _read(client, story)
        return found

    together = read_all()
    for (name, language), pages in together.items():
        _start_anew()
        client.force_login(readers[name])
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        assert _read(client, story) == pages
    assert together["wanda", "en"]["story"] != together["rhea", "en"]["story"]
    assert together["wanda", "en"]["story"] != together["wanda", "de"]["story"]


def test_rows_shown_before_take_no_query_for_their_words(
    client: Client, story: Story, wanda: User
) -> None:
    client.force_login(wanda)

    first = count_queries(client.get, story.get_absolute_url())
    second = count_queries(client.get, story.get_absolute_url())

    assert second < first - 10


# --- editions ----------------------------------------------------------------------------------


def _edition(story: Story) -> UUID | None:
    return find_edition(story)


CHANGES: dict[str, Callable[[Story], Any]] = {
    "a row": lambda story: ClaimGroup.objects.create(
        story=story, key="new", title="new", position=9
    ),
    "a row's name": lambda story: story.groups.filter(title="pilot").update(title="gone"),
    "a row goes": lambda story: ClaimGroup.objects.filter(story=story, title="pilot").delete(),
    "a link": lambda story: Alignment.objects.filter(group__title="pilot").update(score=0.4),
    "a link goes": lambda story: Alignment.objects.filter(group__title="pilot").first().delete(),  # type: ignore[union-attr]
    "a link comes": lambda story: Alignment.objects.bulk_create(
        [
            Alignment(
                group=story.groups.first(),
                claim=_claim(make_story_like(story), "West Ray"),
                score=1,
                reasons=[{"code": "first"}],
            )
        ]
    ),
    "a finding": lambda story: make_finding(story, None, [], key="new"),
    "a finding's words": lambda story: Finding.objects.filter(key="pilot").update(rule="other"),
    "a finding goes": lambda story: Finding.objects.filter(key="pilot").delete(),
    "an article's claims go": lambda story: Claim.objects.filter(
        article__outlet__slug="east-sun"
    ).delete(),
}


def make_story_like(story: Story) -> Story:
    make_article(story, "West Ray", ["The ferry lay on a sandbank."])
    return story


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_another_edition_of_its_story_alone(story: Story, change: str) -> None:
    other = make_story("Harbour wall cracks")
    article = make_article(other, "North Post", ["The wall has a crack."])
    make_row(other, [claim_of(article)])
    before, untouched = _edition(story), _edition(other)

    CHANGES[change](story)

    assert None not in (before, untouched)
    assert _edition(story) != before
    assert _edition(other) == untouched


def test_people_and_searches_leave_the_edition_as_it_is(
    client: Client, story: Story, wanda: User
) -> None:
    client.force_login(wanda)
    before = _edition(story)

    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    _read(client, story)

    assert _edition(story) == before


def test_a_story_that_goes_takes_no_other_edition_along(story: Story) -> None:
    other = make_story("Harbour wall cracks")
    make_row(other, [claim_of(make_article(other, "North Post", ["The wall has a crack."]))])

    Article.objects.filter(story=story).delete()
    story.delete()

    assert StoryEdition.objects.filter(pk=other.pk).exists()


# --- what is kept --------------------------------------------------------------------------------


def _make(made: list[str], value: str) -> Callable[[], str]:
    def make() -> str:
        made.append(value)
        return value

    return make


def test_what_is_in_mind_is_made_once_for_each_stamp(story: Story) -> None:
    made: list[str] = []

    for stamp in ("first", "first", "second", "second", "first"):
        assert recall(story, "rows", stamp, _make(made, stamp), weigh=len) == stamp

    assert made == ["first", "second", "first"]


def test_without_a_stamp_nothing_is_kept(story: Story) -> None:
    made: list[str] = []

    recall(story, "rows", None, _make(made, "a"), weigh=len)
    recall(story, "rows", None, _make(made, "b"), weigh=len)

    assert made == ["a", "b"]


def test_what_was_not_used_for_longest_is_let_go(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_memory, "_MOST", 10)
    made: list[str] = []

    def ask(name: str, value: str) -> None:
        recall(story, name, 1, _make(made, value), weigh=len)

    ask("a", "aaaa")
    ask("b", "bbbb")
    ask("a", "aaaa")
    ask("c", "cccc")
    ask("a", "aaaa")
    ask("b", "bbbb")

    assert made == ["aaaa", "bbbb", "cccc", "bbbb"]


def test_much_that_has_to_go_is_weighed_once(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_memory, "_MOST", 100)
    weighed: list[str] = []

    def weigh(value: str) -> int:
        weighed.append(value)
        return len(value)

    for number in range(100):
        recall(story, str(number), 1, lambda: "a", weigh=weigh)
    weighed.clear()
    recall(story, "all", 1, lambda: "a" * 100, weigh=weigh)

    assert len(weighed) == 101 + 100


def test_a_row_acted_on_again_and_again_takes_the_room_of_one(
    client: Client, story: Story, wanda: User, otto: User
) -> None:
    client.force_login(wanda)

    def assign(to: User, by: User) -> int:
        assign_finding(story=story, finding_key="aboard", assignee=to, user=by)
        client.get(story.get_absolute_url())
        return sum(one.weigh(one.value) for one in story_memory._kept.values())

    first = assign(wanda, otto)
    for _ in range(3):
        assign(otto, wanda)
        last = assign(wanda, otto)

    assert last == first


def test_a_database_made_anew_shows_none_of_the_words_of_the_old_one(
    client: Client, story: Story, wanda: User
) -> None:
    client.force_login(wanda)
    address = reverse("claims:reuse", args=[story.slug])
    assert "gone" in client.get(address).content.decode()

    # The numbers are those of the old one, down to how often each text was read.
    Sentence.objects.filter(article__outlet__slug="south-mail").delete()
    Article.objects.filter(story=story).update(analysed_at=datetime(2031, 6, 1, tzinfo=UTC))

    assert "gone" not in client.get(address).content.decode()


def test_what_people_decided_is_kept_once_for_all_orders_of_columns(
    client: Client, story: Story, wanda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So many that no two get one place.
    monkeypatch.setattr(known_rows, "_LOOKS", 10**9)
    client.force_login(wanda)
    confirm_row(story=story, group=_row_of(_claim(story, "North Post")), user=wanda)

    for reference in ("north-post", "south-mail", "east-sun"):
        client.get(f"{story.get_absolute_url()}?against={reference}")

    looks = [kept.stamp for (_, name), kept in story_memory._kept.items() if "rows" in name]
    decided = [
        part
        for look in looks
        if isinstance(look, tuple)
        for part in look
        if isinstance(part, Decided)
    ]
    assert len(decided) == 3
    assert all(one is decided[0] for one in decided)
