from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.articles.text.roles import BY_A_PERSON, is_section_heading, label_roles
from apps.articles.text.spans import Span
from apps.articles.text.types import READ_ROLES, Role, SegmentDraft
from tests.unit.text.pages import PAGES, Lines

SET_ASIDE = frozenset(Role) - READ_ROLES


def roles_of(text: str, **stated: str) -> list[tuple[str, str]]:
    return [(segment.role.value, segment.span.of(text)) for segment in label_roles(text, **stated)]


def role_of(text: str, words: str, **stated: str) -> Role:
    place = text.index(words)
    return next(
        segment.role
        for segment in label_roles(text, **stated)
        if segment.span.start <= place < segment.span.end
    )


def assert_holds_everything(text: str, segments: list[SegmentDraft]) -> None:
    end = 0
    for index, segment in enumerate(segments):
        assert segment.span.start >= end
        assert not text[end : segment.span.start].strip()
        assert segment.span.of(text) == segment.span.of(text).strip()
        assert segment.reason
        assert segment.duplicate_of is None or segment.duplicate_of < index
        end = segment.span.end
    assert not text[end:].strip()


STORY = (
    "The Alder bridge fell into the river on Monday, killing two people, the police said.\n"
    "Divers searched the river for a third car until dark, according to the police.\n"
    "“I heard it before I saw it,” said Ada Flint, who runs the ferry beside the bridge.\n"
)


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\n \n"])
@pytest.mark.parametrize("name", PAGES)
def test_every_line_of_a_page_is_read_or_set_aside_as_a_careful_reader_would(
    name: str, gap: str
) -> None:
    page: Lines = PAGES[name]
    text = gap.join(line for _, line in page)

    segments = label_roles(text)

    assert_holds_everything(text, segments)
    place = 0
    for expected, line in page:
        start = text.index(line, place)
        place = start + len(line)
        found = [each.role for each in segments if each.span.overlaps(Span(start, place))]
        if isinstance(expected, tuple):
            assert tuple(found) == expected, line
        elif expected in READ_ROLES or expected is Role.OTHER_STORY:
            assert set(found) == {expected}, line
        else:
            # Between two kinds of furniture a reader would not quarrel.
            assert set(found) <= SET_ASIDE - {Role.OTHER_STORY}, line


@pytest.mark.parametrize("name", PAGES)
def test_the_title_the_source_states_changes_nothing_else(name: str) -> None:
    text = "\n".join(line for _, line in PAGES[name])
    title = next(line for role, line in PAGES[name] if role is Role.HEADLINE)

    assert [s.role for s in label_roles(text, title=title)] == [s.role for s in label_roles(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "By the time the fire was out, four houses had gone, and the owners were sleeping in the school.",
        "By Monday noon she had left.",
        "Share prices fell by 4 percent on Tuesday after the ruling.",
        "Residents must sign up for the lottery by Friday, the city said.",
        "Published research shows that ice on the lake is thinner than it was in 1990.",
        "Copyright law does not protect recipes, the court said on Tuesday.",
        "The paper was founded in 1851 and all its photographs were lost in the fire of 1912.",
        "“Sign up here,” the poster said, above a drawing of a soldier with a broom.",
        "Police reported from the scene that the bridge had been closed before noon.",
        "Flint reported from her ferry that the third car had been found.",
        "The pilots (and/or their union) have a week to answer, the company said.",
        "The group, a registered charity, has asked the city for 40,000 crowns.",
        "Fog lay on the river; at 80 km/h it would have been too late to brake (the limit is 50).",
        "The house at 12 Canal Street burned down in 1974 and was never rebuilt.",
        "Watch the sky on Friday, the observatory said: the comet returns in 76 years.",
        "The video shows the second pier breaking first, the engineers said.",
        "Correction officers found the letter in a cell on Tuesday, the governor said.",
        "Follow-up work on the pier will cost 3 million crowns, the council said.",
    ],
)
def test_a_sentence_of_the_report_is_never_taken_for_furniture(sentence: str) -> None:
    lines = STORY.splitlines()
    text = "\n".join(["Bridge falls into the Alder", *lines[:2], sentence, lines[2]])

    assert role_of(text, sentence) is Role.BODY


@pytest.mark.parametrize(
    "line",
    [
        "Sign up here.",
        "Get The Alder Letter every Friday. Sign up here.",
        "Advertisement",
        "Story continues below",
        "Share on Facebook   Share on X   Copy link",
        "RELATED: What the engineers knew",
        "Do you have pictures? Send them to desk@alder.example.org",
        "14 comments",
        "Average rating 0 / 5. Vote count: 0",
        "☆☆☆☆☆",
        "* * *",
        "WATCH LIVE | WEATHER | TRAFFIC",
        "LISTEN · 3:41",
        "© 2025 Alder News. All rights reserved.",
    ],
)
def test_a_prompt_between_paragraphs_is_set_aside(line: str) -> None:
    lines = STORY.splitlines()
    text = "\n".join(["Bridge falls into the Alder", *lines[:2], line, lines[2]])

    assert role_of(text, line) in SET_ASIDE
    assert [role for role, _ in roles_of(text)].count("body") == 3


@pytest.mark.parametrize(
    "line",
    [
        "Join 40,000 readers of our evening briefing.",
        "Like what you read? Support the Alder Star for 2 crowns a week.",
        "Listen to the Alder podcast wherever you get your podcasts.",
        "Tell us your story.",
        "Watch the moment the bridge broke",
        "Read the rest of the story here.",
    ],
)
def test_the_outlet_speaking_of_itself_to_visitors_is_set_aside(line: str) -> None:
    lines = STORY.splitlines()
    text = "\n".join(["Bridge falls into the Alder", *lines[:2], line, lines[2]])

    assert role_of(text, line, outlet="The Alder Star") in SET_ASIDE


@pytest.mark.parametrize(
    "sentence",
    [
        "Call the county at 555-0100 if you have no water.",
        "Drivers who must cross can use the ferry, which your neighbours run for nothing.",
        "“Tell us your story,” the mayor said to the families in the school.",
        "The Alder Star has reported on rust on the bridge since 1988.",
        "Support for the mayor has fallen since the bridge did.",
        "Bring blankets to the school if you have any to spare.",
    ],
)
def test_a_report_that_speaks_to_readers_is_not_a_prompt(sentence: str) -> None:
    lines = STORY.splitlines()
    text = "\n".join(["Bridge falls into the Alder", *lines[:2], sentence, lines[2]])

    assert role_of(text, sentence, outlet="The Alder Star") is Role.BODY


def test_a_note_on_the_writer_counts_as_byline_and_one_on_others_does_not() -> None:
    note = "Hetty Lomax is a reporter who covers the river."
    other = "Bo Ost is a reporter who covers the river."
    page = f"Bridge falls into the Alder\nBy Hetty Lomax\n{STORY}"

    assert role_of(f"{page}{note}\n", note) is Role.BYLINE
    assert role_of(f"{page}{other}\n", other) is Role.BODY


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        (
            "Divers search the Alder on Monday, March 3, 2025. (NP Photo/Bo Ost)",
            "(NP Photo/Bo Ost)",
        ),
        ("A crane lifts a car from the river. (Star/B. Ost)", "(Star/B. Ost)"),
        ("The bridge in 1931. (Courtesy Alder Museum)", "(Courtesy Alder Museum)"),
        ("A diver in the Alder. Photo: Bo Ost", "Photo: Bo Ost"),
        ("Candles on the quay. Star photo by Bo Ost", "Star photo by Bo Ost"),
        ("The fallen bridge. Bo Ost/Getty Images", "Bo Ost/Getty Images"),
        ("Divers wait at the broken bridge. | NP", "NP"),
        ("The bridge at dawn. Credit... Bo Ost for The Star", "Credit... Bo Ost for The Star"),
    ],
)
def test_a_caption_stands_apart_from_its_credit(line: str, credit: str) -> None:
    text = f"Bridge falls into the Alder\n{STORY}{line}\n"

    assert role_of(text, line) is Role.CAPTION
    assert (Role.CREDIT.value, credit) in roles_of(text)


@pytest.mark.parametrize(
    "line",
    [
        "The law was passed in 1998 (and amended twice since).",
        "The bridge, left, right and center of the town's pride, had a name once.",
        "The hearing on Monday, March 3, 2025, was short, the judge said.",
        "(Warning: the video contains disturbing images.)",
    ],
)
def test_a_bracket_or_a_date_alone_makes_no_caption(line: str) -> None:
    lines = STORY.splitlines()
    text = "\n".join(["Bridge falls into the Alder", *lines[:2], line, lines[2]])

    assert role_of(text, line) is Role.BODY


def test_a_repeated_caption_points_to_the_first_one() -> None:
    caption = "Divers search the Alder on Monday, March 3, 2025. (NP Photo/Bo Ost)"
    text = f"Bridge falls into the Alder\n{caption}\n{STORY}{caption}\n"

    segments = label_roles(text)

    captions = [(index, each) for index, each in enumerate(segments) if each.role is Role.CAPTION]
    assert [each.duplicate_of for _, each in captions] == [None, captions[0][0]]


def test_captions_that_differ_in_a_word_are_no_repeats() -> None:
    text = (
        "Divers search the Alder on Monday, March 3, 2025. (NP Photo/Bo Ost)\n"
        "Divers search the Elder on Monday, March 3, 2025. (NP Photo/Bo Ost)\n"
    ) + STORY

    captions = [each for each in label_roles(text) if each.role is Role.CAPTION]

    assert [each.duplicate_of for each in captions] == [None, None]


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        (
            "ALDERMOUTH (NP) —",
            "The Alder bridge fell on Monday, killing two people, the police said.",
        ),
        (
            "ALDERMOUTH, Norland (NP) —",
            "The Alder bridge fell on Monday, killing two people, the police said.",
        ),
        ("NEW ALDER, March 3 (Newswire) -", "The Alder bridge fell on Monday, killing two people."),
        (
            "Aldermouth (NP) –",
            "The Alder bridge fell on Monday, killing two people, the police said.",
        ),
        ("ALDERMOUTH —", "The Alder bridge fell on Monday, killing two people, the police said."),
        (
            "ALDERMOUTH/NEW ALDER, March 3 (Newswire) -",
            "The Alder bridge fell, killing two people there.",
        ),
    ],
)
def test_the_dateline_stands_apart_from_the_first_sentence(dateline: str, rest: str) -> None:
    text = f"Bridge falls into the Alder\n{dateline} {rest}\n{STORY}"

    found = roles_of(text)

    assert ("dateline", dateline) in found
    assert ("body", rest) in found


@pytest.mark.parametrize(
    "sentence",
    [
        "NASA — which launched the probe in 2019 — said on Monday that it had found the lost orbiter.",
        "Ada Flint — the ferry's owner — said on Monday that she had seen the bridge fall into the river.",
        "“NO” — that was the only word on the banner that hung from the bridge on Monday, the police said.",
    ],
)
def test_a_dash_after_a_name_is_no_dateline(sentence: str) -> None:
    assert ("body", sentence) in roles_of(f"Bridge falls into the Alder\n{sentence}\n{STORY}")


def test_a_heading_within_the_report_is_a_headline_of_its_section() -> None:
    lines = STORY.splitlines()
    text = "\n".join(["Bridge falls into the Alder", lines[0], "A Search Until Dark", *lines[1:]])

    headings = [each for each in label_roles(text) if is_section_heading(each)]

    assert [each.span.of(text) for each in headings] == ["A Search Until Dark"]


@pytest.mark.parametrize(
    "line", ["“Not one of us,” they sang", "and nobody came", "Q: Who paid?", "Two cars:"]
)
def test_a_fragment_of_the_report_is_no_heading(line: str) -> None:
    lines = STORY.splitlines()
    text = "\n".join(["Bridge falls into the Alder", lines[0], line, *lines[1:]])

    assert role_of(text, line) is Role.BODY


def test_points_of_a_summary_are_the_deck() -> None:
    points = "• Two people died in the river\n• Divers search for a third car"

    found = roles_of(f"Bridge falls into the Alder\nAt a glance: the bridge\n{points}\n{STORY}")

    assert [role for role, words in found if words.startswith("•")] == ["deck", "deck"]


def test_a_deck_without_its_headline_is_not_the_lead() -> None:
    deck = "The harbour master also wants to talk with the mayor about a new bridge."
    lead = (
        "Harbour Master Ada Flint visited the fallen Alder bridge on Monday, a day after two people died there "
        "and divers had searched the river for a third car until dark."
    )

    found = roles_of(f"| Published March 4, 2025\n{deck}\n{lead}\n{STORY}")

    assert ("deck", deck) in found
    assert ("body", lead) in found


def test_a_lead_of_one_sentence_is_not_a_deck() -> None:
    assert ("body", STORY.splitlines()[0]) in roles_of(STORY)


def test_a_longer_turn_to_the_background_is_not_another_story() -> None:
    background = (
        "(NP Photo/Bo Ost)\n"
        "The bridge was built in 1931 by the Corvin works and repaired by Corvin in 1974.\n"
        "Corvin went out of business in 1990; its drawings of the bridge are in the Alder museum.\n"
        "Engineers from Corvin had warned the police of rust on the bridge in 1988.\n"
        "The river has taken three bridges since the Corvin years, the museum says.\n"
    )

    found = roles_of(f"Bridge falls into the Alder\n{STORY}{background}")

    assert "other_story" not in {role for role, _ in found}


def test_a_speaker_of_a_transcript_is_not_another_story() -> None:
    talk = "FLINT: I heard it before I saw it, and then the water rose to my window.\n"
    answer = "HOST: Who called the police, and how long did the boats take to come?\n"

    found = roles_of(
        f"Bridge falls into the Alder\n{STORY}{talk}{answer}{talk.replace('heard', 'felt')}"
    )

    assert "other_story" not in {role for role, _ in found}


def test_a_hard_wrapped_mail_is_read_in_paragraphs() -> None:
    text = (
        "Bridge falls into the Alder\n\n"
        "The Alder bridge fell into the river on Monday, killing two people who\n"
        "were crossing it in the morning rush, the police of Aldermouth said on\n"
        "the radio and in a statement that was pinned to the door of the station.\n\n"
        "Divers searched the river for a third car until dark, according to the\n"
        "police, and will go on at first light if the water has fallen by then as\n"
        "the engineers of the river authority expect it to.\n"
    )

    found = roles_of(text)

    assert [role for role, _ in found] == ["headline", "body", "body"]


def test_what_a_person_labelled_wins_and_cuts_nothing_else_away() -> None:
    text = f"Bridge falls into the Alder\n{STORY}"
    words = "according to the police"
    place = Span(text.index(words), text.index(words) + len(words))

    segments = label_roles(text, corrections=[(place, Role.BOILERPLATE)])

    assert_holds_everything(text, segments)
    (corrected,) = [each for each in segments if each.reason.startswith(BY_A_PERSON)]
    assert (corrected.span, corrected.role) == (place, Role.BOILERPLATE)


def test_the_later_of_two_overlapping_corrections_wins() -> None:
    whole = Span(0, len(STORY) - 1)

    segments = label_roles(STORY, corrections=[(whole, Role.OTHER_STORY), (whole, Role.BODY)])

    assert {each.role for each in segments} == {Role.BODY}


def test_a_line_that_begins_with_a_bar_loses_nothing() -> None:
    text = "| The Star | Bridge falls | " + STORY.replace("\n", " ").strip()

    assert_holds_everything(text, label_roles(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n \t"])
def test_a_text_of_white_space_has_no_segments(text: str) -> None:
    assert label_roles(text) == []


odd_lines = st.one_of(
    st.sampled_from([line for page in PAGES.values() for _, line in page]),
    st.sampled_from(
        [
            "<p>",
            "</div><div>",
            "&nbsp;",
            "“",
            "”",
            "((",
            "\u200b",
            "\ufeff",
            "\x00",
            "مرحبا بالعالم",
            "😀😀",
            "—",
            "By",
            "By ",
        ]
    ),
    st.text(max_size=60),
)


@settings(max_examples=200, deadline=None)
@given(
    lines=st.lists(odd_lines, max_size=25),
    gap=st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", " ", " \\ ", " | "]),
    edges=st.lists(
        st.tuples(st.integers(0, 400), st.integers(1, 80), st.sampled_from(list(Role))), max_size=3
    ),
)
def test_segments_hold_every_visible_character_of_any_text(
    lines: list[str], gap: str, edges: list[tuple[int, int, Role]]
) -> None:
    text = gap.join(lines)
    corrections = [(Span(start, start + length), role) for start, length, role in edges]

    segments = label_roles(text, title="Ferry sinks", outlet="The Star", corrections=corrections)

    assert_holds_everything(text, segments)
    assert segments == label_roles(
        text, title="Ferry sinks", outlet="The Star", corrections=corrections
    )
