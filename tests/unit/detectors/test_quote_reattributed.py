from __future__ import annotations

from apps.claims.analysis.detectors import quote_reattributed
from apps.claims.analysis.types import AttributionKind
from tests.unit.builders import article, said, story

WORDS = "“Every gate on that pier opens inward, and every gate was open,”"


def find(first: str, second: str, *, kinds: tuple[str, str] = ("person", "person")):
    return list(
        quote_reattributed.find_in_story(
            story(
                article(
                    "north",
                    said(
                        f"{WORDS} said {first}.",
                        source=first,
                        cue="said",
                        kind=AttributionKind.DIRECT,
                        names=[(first, kinds[0])],
                    ),
                ),
                article(
                    "south",
                    said(
                        f"{WORDS} said {second}.",
                        source=second,
                        cue="said",
                        kind=AttributionKind.DIRECT,
                        names=[(second, kinds[1])],
                    ),
                ),
            )
        )
    )


def test_the_same_words_from_two_people():
    (finding,) = find("Aldo Bray", "Mina Osei")

    assert "Aldo Bray" in finding.explanation and "Mina Osei" in finding.explanation


def test_a_surname_a_title_and_a_pronoun_are_not_other_people():
    assert find("Aldo Bray", "Chief Executive Bray") == []
    assert find("Aldo Bray", "he") == []


def test_a_body_and_somebody_may_be_one_speaker_two_bodies_are_not():
    assert find("Northern Ferries", "Mina Osei", kinds=("organisation", "person")) == []
    assert len(find("Northern Ferries", "Elm Line", kinds=("organisation", "organisation"))) == 1


def test_an_office_and_a_lone_name_may_be_whoever_speaks_in_the_other_report():
    def told(speaker: str, *names: tuple[str, str]):
        text = f"{WORDS} said {speaker}."
        return said(text, source=speaker, cue="said", kind=AttributionKind.DIRECT, names=names)

    person = article("north", told("Mina Osei", ("Mina Osei", "person")))

    def differ(speaker: str):
        return list(
            quote_reattributed.find_in_story(story(person, article("south", told(speaker))))
        )

    assert differ("director of the Harbour Board") == differ("Arbona") == []
    assert len(differ("Aldo Bray")) == 1


def test_two_people_of_one_family_are_two():
    assert len(find("Aldo Bray", "Mina Bray")) == 1


def test_a_speaker_in_another_spelling_is_the_same():
    assert find("Naim Qassari", "Naim Kassari") == []
    assert find("Imogen Strake", "Imogene Strake") == []


def test_a_short_sentence_of_a_longer_speech_has_its_speaker():
    def speech(outlet: str, words: str, speaker: str):
        text = f"“{words},” said {speaker}."
        return article(outlet, said(text, source=speaker, cue="said", kind=AttributionKind.DIRECT))

    long = speech("north", "Nobody drowned here. We train for this every week", "Aldo Bray")

    assert list(
        quote_reattributed.find_in_story(
            story(long, speech("south", "Nobody drowned here", "Mina Osei"))
        )
    )
    assert not list(
        quote_reattributed.find_in_story(story(long, speech("south", "Thank you", "Mina Osei")))
    )


def test_a_few_words_two_people_say_of_one_matter_are_no_speech_of_one_of_them():
    found = quote_reattributed.find_in_story(
        story(
            article(
                "north",
                said(
                    "“She passed her inspection without a single remark,” said Aldo Bray.",
                    source="Aldo Bray", cue="said", kind=AttributionKind.DIRECT,
                ),
            ),
            article(
                "south",
                said(
                    "Mina Osei said the inspection ended “without a single remark”.",
                    source="Mina Osei", cue="said", kind=AttributionKind.DIRECT,
                ),
            ),
        )
    )  # fmt: skip

    assert list(found) == []
