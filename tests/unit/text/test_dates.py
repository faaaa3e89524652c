from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from apps.articles.text.dates import find_published
from apps.articles.text.roles import label_roles
from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, Role, SegmentDraft

REPORT = (
    "The Alder bridge fell into the river on Thursday, killing two people, the police said.\n"
    "It was opened on March 6, 1931, and repaired after the flood of June 12, 1974.\n"
    "A hearing is set for Friday, May 2, 2025, at the town hall, the mayor said.\n"
)


def published(
    text: str, *, stated: date | datetime | None = None, url: str = ""
) -> PublishedDate | None:
    found = find_published(text, label_roles(text), stated=stated, url=url)
    if found is not None and found.span is not None:
        assert found.span.of(text).strip()
    return found


def source_and_iso(text: str, **known: str) -> tuple[str, str] | None:
    found = published(text, **known)
    return None if found is None else (found.source, found.iso)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("| Published March 27, 2025", ("inferred:published", "2025-03-27")),
        ("Published: 27 March 2025", ("inferred:published", "2025-03-27")),
        ("Posted on Mar. 27, 2025", ("inferred:published", "2025-03-27")),
        ("Published 2025-03-27", ("inferred:published", "2025-03-27")),
        ("Published 27.03.2025", ("inferred:published", "2025-03-27")),
        ("Published 03/27/2025", ("inferred:published", "2025-03-27")),
        ("Published 27/03/2025", ("inferred:published", "2025-03-27")),
        ("Published March 27th, 2025", ("inferred:published", "2025-03-27")),
        (
            "Published March 25, 2026 at 8:05 AM PDT",
            ("inferred:published", "2026-03-25T08:05:00-07:00"),
        ),
        ("Published 2025-03-27T10:15:00Z", ("inferred:published", "2025-03-27T10:15:00+00:00")),
        (
            "PUBLISHED: 08:14 GMT, 2 May 2025 | UPDATED: 11:02 GMT, 3 May 2025",
            ("inferred:published", "2025-05-02T08:14:00+00:00"),
        ),
        ("Updated: March 27, 2025 10:15 IST", ("inferred:updated", "2025-03-27")),
        ("Thursday, March 27, 2025", ("inferred:dateline", "2025-03-27")),
        ("Tue 14 Oct 2025 10.15 CEST", ("inferred:dateline", "2025-10-14T10:15:00+02:00")),
        ("November 8, 20255:01 AM ET", ("inferred:dateline", "2025-11-08")),
        ("By Ada Flint | Feb 20, 2026 | 3 min read", ("inferred:byline", "2026-02-20")),
    ],
)
def test_a_line_about_the_page_gives_its_date(line: str, expected: tuple[str, str]) -> None:
    assert source_and_iso(f"Bridge falls into the Alder\n{line}\n{REPORT}") == expected


@pytest.mark.parametrize(
    "line",
    [
        "Published 3 hours ago",
        "Published 03/06/2025",
        "Published Monday, March 27, 2025",
        "Published February 30, 2025",
        "By Ada Flint",
        "© 2025 Alder News. All rights reserved.",
    ],
)
def test_what_is_not_one_sure_day_gives_no_date(line: str) -> None:
    assert published(f"Bridge falls into the Alder\n{line}\n{REPORT}") is None


def test_a_date_within_the_report_is_not_the_date_of_the_page() -> None:
    assert published(f"Bridge falls into the Alder\n{REPORT}") is None


def test_a_date_that_heads_an_entry_below_is_not_the_date_of_the_page() -> None:
    assert published(f"Bridge falls into the Alder\n{REPORT}June 12, 1974\n{REPORT}") is None


def test_what_the_source_states_wins() -> None:
    text = f"Bridge falls into the Alder\nPublished March 27, 2025\n{REPORT}"

    assert published(text, stated=date(2025, 3, 28)) == PublishedDate("2025-03-28", "stated")


def test_a_stated_time_keeps_its_zone_and_one_without_is_a_day() -> None:
    assert published(REPORT, stated=datetime(2025, 3, 28, 9, 30, tzinfo=UTC)) == PublishedDate(
        "2025-03-28T09:30:00+00:00", "stated"
    )
    without_zone = datetime(2025, 3, 28, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    assert published(REPORT, stated=without_zone) == PublishedDate("2025-03-28", "stated")


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://a.example/2025/03/27/bridge", "2025-03-27"),
        ("https://a.example/news/2025/mar/27/bridge", "2025-03-27"),
        ("https://a.example/bridge-2025-03-27.html", "2025-03-27"),
        ("https://a.example/20250327/bridge", "2025-03-27"),
    ],
)
def test_the_address_gives_a_date(url: str, iso: str) -> None:
    assert source_and_iso(f"Bridge falls\n{REPORT}", url=url) == ("inferred:url", iso)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/2025/03/bridge",
        "https://a.example/id/120250327154",
        "https://a.example/?d=2025-03-27",
        "",
        "x",
    ],
)
def test_a_number_in_the_address_is_not_always_a_date(url: str) -> None:
    assert published(f"Bridge falls\n{REPORT}", url=url) is None


def test_the_words_on_the_page_win_over_the_address() -> None:
    text = f"Bridge falls\nPublished March 28, 2025\n{REPORT}"

    assert source_and_iso(text, url="https://a.example/2025/03/27/x") == (
        "inferred:published",
        "2025-03-28",
    )


def test_the_newest_of_the_storys_pictures_gives_the_date() -> None:
    text = (
        f"Bridge falls into the Alder\n{REPORT}"
        "Divers search the Alder, Thursday, March 27, 2025. (NP Photo/Bo Ost)\n"
        "The bridge a day before, Wednesday, March 26, 2025. (NP Photo/Bo Ost)\n"
        "FILE - The bridge is opened again, Saturday, May 4, 1974. (NP Photo)\n"
    )

    assert source_and_iso(text) == ("inferred:caption", "2025-03-27")


def test_a_picture_of_an_appended_story_does_not_count() -> None:
    text = "Divers search the Alder, Thursday, March 27, 2025. (NP Photo/Bo Ost)\n"
    segments = [SegmentDraft(Span(0, len(text) - 1), Role.OTHER_STORY, "for the test")]

    assert find_published(text, segments, stated=None) is None


def test_a_dateline_without_a_year_takes_it_from_the_page() -> None:
    text = (
        "Bridge falls into the Alder\n"
        "ALDERMOUTH, March 27 (Newswire) - The Alder bridge fell into the river, killing two people, police said.\n"
        f"{REPORT}Copyright 2025 Newswire. All rights reserved.\n"
    )

    assert source_and_iso(text) == ("inferred:dateline", "2025-03-27")


def test_a_note_that_the_story_was_first_published_gives_the_date() -> None:
    text = f"Bridge falls\n{REPORT}This story was originally published March 27, 2025 at 8:05 AM.\n"

    assert source_and_iso(text) == ("inferred:published", "2025-03-27")
