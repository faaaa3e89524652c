"""Who is let in at every address the product has: none is forgotten when one is added."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.db.stories import client_of, make_counted_ferry, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
# Leave is asked for before anything is looked for, so that none of these need be there.
ANYTHING = {
    "slug": "story-1", "key": "aboard", "pk": "1", "claim": "1", "kind": "omission",
    "article_pk": "1", "queue": "mine", "name": "row", "language": "de", "version": "0",
}  # fmt: skip
# Django's own, which has tests of its own.
NOT_OURS = {"admin", "djdt"}


def _addresses(
    patterns: list[URLPattern | URLResolver], before: str, space: str = ""
) -> Iterator[tuple[str, str]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            if one.namespace not in NOT_OURS:
                names = f"{one.namespace}:" if one.namespace else space
                yield from _addresses(one.url_patterns, before + str(one.pattern), names)
        elif one.name:
            path = before + str(one.pattern)
            for name, converter in one.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower()
                kind = {"string": "str"}.get(kind, kind)
                path = path.replace(f"<{kind}:{name}>", ANYTHING[name])
            yield f"{space}{one.name}", path


ADDRESSES = dict(_addresses(get_resolver().url_patterns, "/"))


@pytest.mark.parametrize(
    ("method", "open_to_all"),
    [
        ("get", {"claims:search_feed", "healthz", "login", "words"}),
        ("post", {"login", "logout"}),
    ],
)
def test_a_stranger_is_let_in_nowhere_else(method: str, open_to_all: set[str]) -> None:
    make_counted_ferry()

    let_in = set()
    for name, address in ADDRESSES.items():
        answer = getattr(Client(), method)(address)
        is_sent_away = answer.status_code == 302 and answer["Location"].startswith(LOGIN)
        if not is_sent_away and answer.status_code != 405:
            let_in.add(name)

    assert let_in == open_to_all


def _refused(user: User, method: str) -> set[str]:
    # Another browser each time: one of the addresses signs out.
    return {
        name
        for name, address in ADDRESSES.items()
        if getattr(client_of(user), method)(address).status_code == 403
    }


OF_ADMINS = {
    "claims:change_colleague",
    "claims:colleagues",
    "claims:mute_everywhere",
    "claims:read_back",
}
OF_WHO_CHECKS = {"claims:adjudicate", "claims:give_verdict", "claims:review_verdict"}
UPLOADS = {
    "articles:confirm_upload",
    "articles:discard_upload",
    "articles:retry",
    "articles:upload",
}
OF_WHO_BRINGS_IN = UPLOADS | {"claims:begin_guide", "claims:gather", "claims:relabel"}
OF_WHO_DECIDES = {
    "claims:align",
    "claims:annotate",
    "claims:answer_note",
    "claims:assign",
    "claims:compare_again",
    "claims:decide",
    "claims:delete_note",
    "claims:mute",
    "claims:remark",
    "claims:repair",
    "claims:resolve",
    "claims:resolve_note",
    "claims:undo",
    "claims:withdraw",
}


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("reader", OF_ADMINS | OF_WHO_CHECKS | OF_WHO_BRINGS_IN | OF_WHO_DECIDES),
        ("fact-checker", OF_ADMINS | OF_WHO_BRINGS_IN),
        ("editor", OF_ADMINS | OF_WHO_CHECKS),
        ("admin", set()),
    ],
)
def test_no_role_does_what_is_not_its_own(role: str, refused: set[str]) -> None:
    make_counted_ferry()

    assert _refused(make_user("somebody", role), "post") == refused


def test_who_only_reads_changes_nothing_but_what_is_theirs() -> None:
    make_counted_ferry()
    user = make_user("rhea", "reader")

    let_in = {
        name
        for name, address in ADDRESSES.items()
        if client_of(user).post(address).status_code not in (403, 405)
    }

    # The last only shows rows again.
    assert let_in == {
        "change_password",
        "claims:change_saved_search",
        "claims:make_feed_key",
        "claims:save_search",
        "claims:settings",
        "login",
        "logout",
        "claims:refresh",
    }


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("reader", {"claims:colleagues", *UPLOADS, "claims:desk", "claims:desk_queue"}),
        ("fact-checker", {"claims:colleagues", *UPLOADS}),
        ("editor", {"claims:colleagues"}),
        ("admin", set()),
    ],
)
def test_no_role_sees_what_is_not_its_own(role: str, refused: set[str]) -> None:
    make_counted_ferry()

    assert _refused(make_user("somebody", role), "get") == refused
