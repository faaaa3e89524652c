"""The pages on who did what, on colleagues and on what is muted, as they are read."""

from __future__ import annotations

from typing import Any

from apps.articles.models import Segment, Story
from apps.claims.actions import decide_finding, mute_kind
from tests.browser.looks import problems_in_every_look
from tests.db.stories import make_user


def test_nothing_stands_in_the_way_of_who_keeps_order(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    user = make_user("ada", "admin")
    decide_finding(story=ferry, finding_key="aboard", value="confirm", user=user)
    mute_kind(story=ferry, kind="omission", user=user)
    found: list[str] = []
    sign_in(context, role="admin")
    for address in (
        f"{ferry.get_absolute_url()}history/",
        "/colleagues/",
        "/accounts/password/",
        "/help/findings/",
        "/help/findings/omission/",
        "/imports/",
        f"{ferry.get_absolute_url()}set-aside/",
    ):
        page.goto(address)
        found += problems_in_every_look(page)

    assert not found, "\n".join(found)


def test_after_putting_a_part_back_the_focus_is_on_it(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    segment = Segment.objects.filter(article__story=ferry).order_by("-pk")[0]
    Segment.objects.filter(pk=segment.pk).update(role="boilerplate")
    context = browser.new_context(base_url=live_server.url)
    sign_in(context, role="admin")
    page = context.new_page()
    place = f"part-{segment.article_id}-{segment.start}"
    page.goto(f"{ferry.get_absolute_url()}set-aside/")

    page.locator(f"#{place}").click()
    page.wait_for_url(f"**#{place}")

    assert page.evaluate("document.activeElement.id") == place
    assert page.locator(f"#{place}").inner_text() == "Undo"
    context.close()
