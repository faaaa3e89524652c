"""Names of one article: what each stands for, and what kind of thing it is."""

from __future__ import annotations

import re

import spacy
from spacy.tokens import Doc, Span

from apps.claims.analysis.linking import FoundName, link_names
from apps.claims.analysis.mentions import find_mentions

_VOCAB = spacy.blank("en").vocab
_LABELS = {"P": "PERSON", "O": "ORG", "L": "LOC", "G": "NORP", "E": "EVENT"}
_KINDS = {"P": "person", "O": "organisation", "L": "place", "G": "group", "E": "event"}
# "[P Ada Byrne]" is a name with its kind.
_MARKED = re.compile(r"\[([POLGE]) ([^\]]+)\]")


def _read(marked: str) -> tuple[str, list[FoundName]]:
    text, names, end = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        start = len(text)
        text += match.group(2)
        definite = text[max(0, start - 4) : start].lower() == "the "
        names.append(
            FoundName(start, len(text), match.group(2), _KINDS[match.group(1)], definite=definite)
        )
        end = match.end()
    return text + marked[end:], names


def linked(marked: str, **definitions: str) -> list[str]:
    text, names = _read(marked)
    return link_names(text, names, definitions)


def found(marked: str) -> list[tuple[str, str, str]]:
    """Return text, kind and canonical name of what is found where a model saw *marked*."""
    text, names = _read(marked)
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    for match in re.finditer(r"\w+(?:[-’']\w+)*\.?(?=\w)|\w+(?:-\w+)*|[^\w\s]", text):
        words.append(match.group())
        starts.append(match.start())
        spaces.append(text[match.end() : match.end() + 1] == " ")
    doc = Doc(_VOCAB, words=words, spaces=spaces)
    label_of = {name.start: name for name in names}
    ends = {
        start + len(word): at for at, (start, word) in enumerate(zip(starts, words, strict=True))
    }
    doc.ents = [
        Span(doc, starts.index(start), ends[name.end] + 1, label=_LABELS[next(k for k, v in _KINDS.items() if v == name.kind)])
        for start, name in label_of.items()
    ]  # fmt: skip
    assert doc.text == text
    return [(m.text, m.kind, m.canonical) for m in find_mentions(doc)]


# --- people ----------------------------------------------------------------------------


def test_a_surname_alone_is_the_person_named_in_full():
    assert linked("[P Tilda Aronsen] won. [P Aronsen] thanked all.") == ["Tilda Aronsen"] * 2


def test_a_surname_in_the_headline_is_the_person_named_below():
    assert linked("[P Aronsen] wins\n[P Tilda Aronsen] won.") == ["Tilda Aronsen"] * 2


def test_two_people_with_one_surname_stay_two():
    names = linked("[P Tilda Aronsen] met [P Nils Aronsen]. [P Tilda] smiled, [P Nils] did not.")

    assert names == ["Tilda Aronsen", "Nils Aronsen", "Tilda Aronsen", "Nils Aronsen"]


def test_an_open_surname_is_nobody_else():
    text = "[P Tilda Aronsen] and [P Nils Aronsen] came. It rained all day. [P Aronsen] left."

    assert linked(text)[2] == "Aronsen"


def test_a_form_of_address_tells_a_couple_apart():
    text = "[P Tilda Aronsen] and [P Nils Aronsen] came. It rained. Mrs. [P Aronsen] left."

    assert linked(text)[2] == "Tilda Aronsen"


def test_a_title_tells_namesakes_apart():
    text = "Judge [P Ines Falla] sat. Mayor [P Ugo Falla] spoke. It rained. Judge [P Falla] left."

    assert linked(text)[2] == "Ines Falla"


def test_who_is_called_by_the_given_name_is_not_who_the_surname_means():
    text = (
        "[P Ivar Dahl] was found. His sister [P Runa Dahl] cried. [P Runa] ran. [P Dahl] is well."
    )

    assert linked(text)[3] == "Ivar Dahl"


def test_father_and_son_stay_two():
    text = "[P Hugo Pereira Jr.] was held. [P Hugo Pereira Sr.] paid. The younger [P Pereira] left."

    assert linked(text) == ["Hugo Pereira Jr.", "Hugo Pereira Sr.", "Hugo Pereira Jr."]


def test_middle_names_and_capitals_do_not_make_another_person():
    text = "[P TILDA ARONSEN] WINS\n[P Tilda M. Aronsen] won. [P Tilda Aronsen] smiled."

    assert linked(text) == ["Tilda M. Aronsen"] * 3


def test_the_end_of_a_headline_is_no_part_of_a_name():
    text = "[P Tilda Aronsen Wins]\n" + "[P Tilda Aronsen] won. " * 3

    assert linked(text) == ["Tilda Aronsen"] * 4


def test_a_pet_name_that_is_explained_is_the_person():
    text = "[P Oluchi Bakare], known as [P Luchi], is back. [P Luchi] sang."

    assert linked(text) == ["Oluchi Bakare"] * 3


# --- organisations, places, peoples ------------------------------------------------------


def test_initials_stand_for_the_long_form_wherever_that_comes():
    assert (
        linked("[O NFB] acts\nThe [O Northern Fisheries Board] acted.")
        == ["Northern Fisheries Board"] * 2
    )


def test_initials_of_two_bodies_stay_open():
    text = "[O National Film Bureau] and [O Northern Fisheries Board] met. [O NFB] paid."

    assert linked(text)[2] == "NFB"


def test_an_explained_acronym_is_known():
    text = "[O Torland Broadcasting] ([O TBC]) said so. [O TBC] will appeal."

    assert linked(text, TBC="Torland Broadcasting") == ["Torland Broadcasting"] * 3


def test_a_company_is_called_by_its_first_word():
    assert (
        linked("[O Halloran Freight Holdings] cut jobs. [O Halloran] said so.")
        == ["Halloran Freight Holdings"] * 2
    )


def test_a_body_is_not_the_town_it_is_named_after():
    text = "[O Kestwick University] moved to [L Kestwick]. [L Kestwick] is glad."

    assert linked(text) == ["Kestwick University", "Kestwick", "Kestwick"]


def test_ministries_are_one_in_either_order_of_words():
    assert (
        len(set(linked("The [O Ministry of Fisheries] and the [O Fisheries Ministry] agree."))) == 1
    )
    assert (
        len(set(linked("The [O Ministry of Fisheries] and the [O Ministry of Forests] agree.")))
        == 2
    )


def test_other_names_of_a_country_are_that_country():
    assert linked("the [L U.S.], [L America] and the [L United States]") == ["United States"] * 3


def test_a_river_is_called_by_its_name_with_the_article_and_a_town_without():
    text = "The [L Tarrow River] rose. The [L Tarrow] flooded [L Tarrow]."

    assert linked(text) == ["Tarrow River", "Tarrow River", "Tarrow"]


def test_members_of_a_people_are_named_once():
    assert linked("[G Chileans] met. A [G Chilean] spoke in [L Chile].") == [
        "Chileans", "Chileans", "Chile"
    ]  # fmt: skip


def test_a_storm_is_called_by_its_name():
    assert linked("[E Hurricane Runa] hit. [E Runa] then weakened.") == ["Hurricane Runa"] * 2


# --- what kind of thing ------------------------------------------------------------------


def test_titles_are_no_part_of_a_name():
    assert found("Word came from [P Sheriff Tilda Aronsen].") == [
        ("Tilda Aronsen", "person", "Tilda Aronsen")
    ]


def test_a_trade_is_no_part_of_a_name():
    assert found("Word came from [P Photographer Tilda Aronsen].")[0][0] == "Tilda Aronsen"


def test_what_a_name_ends_with_tells_its_kind():
    assert found("Rain fell on [P Brannock Heights].")[0][1] == "place"
    assert found("Rain fell on [P Robert Heights].")[0][1] == "person"


def test_the_words_before_a_name_tell_its_kind():
    assert found("Word came from the town of [P Kestwick].")[0][1] == "place"
    assert found("Word came from the search firm [P Kestwick].")[0][1] == "organisation"


def test_a_lone_word_is_settled_where_it_stands():
    text = (
        "[P Tilda Marsh] spoke to [O Marsh Quarries]. Ms. [P Marsh] said no. [O Marsh] shares fell."
    )

    assert [(kind, name) for _, kind, name in found(text)[2:]] == [
        ("person", "Tilda Marsh"),
        ("organisation", "Marsh Quarries"),
    ]


def test_a_name_seen_once_is_found_wherever_it_stands():
    names = found(
        "[P Tilda Aronsen] won. So Aronsen said. KESTWICK rejoiced, as [L Kestwick] does."
    )

    assert [name for name, _, _ in names] == ["Tilda Aronsen", "Aronsen", "KESTWICK", "Kestwick"]
    assert names[2][2] == "Kestwick"


def test_a_part_of_another_word_is_no_name():
    names = found("[P Tilda Marsh] won. Marshall came. Marsh-land flooded.")

    assert [name for name, _, _ in names] == ["Tilda Marsh"]


def test_two_partners_make_one_firm():
    assert found("So said [P Marsh] & [P Tulloch].") == [
        ("Marsh & Tulloch", "organisation", "Marsh & Tulloch")
    ]


def test_a_given_name_that_shares_the_next_ones_surname_is_nobody_elses():
    text = "[P Omar Sabry] fled. [P Omar] and [P Laila Haddad] stayed."

    assert linked(text)[1] == "Omar"


def test_other_middle_initials_are_another_person():
    assert linked("[P Hugo W. Pereira] is the son of [P Hugo H.W. Pereira].") == [
        "Hugo W. Pereira",
        "Hugo H.W. Pereira",
    ]


def test_a_common_word_that_ends_a_bodys_name_is_not_that_body():
    names = found("The [O Bluegrass State Trust] paid. The secretary of State spoke of Trust.")

    assert [name for name, _, _ in names] == ["Bluegrass State Trust"]


def test_a_states_party_is_not_the_nations():
    names = linked("The [O Texas Freedom Party] left the [O Freedom Party].")

    assert names == ["Texas Freedom Party", "Freedom Party"]


def test_a_place_that_ends_a_bodys_name_is_not_that_body():
    assert linked("[O Rowing Club of Florida] met. [O Florida] won.")[1] == "Florida"


def test_a_person_the_model_missed_is_found_behind_the_title():
    names = found(
        "So said Sheriff Orla Quist. Quist left. A Sheriff on Monday spoke to Sheriff Monday."
    )

    assert [(name, kind) for name, kind, _ in names] == [
        ("Orla Quist", "person"),
        ("Quist", "person"),
    ]
    assert names[1][2] == "Orla Quist"


def test_an_office_is_no_person_behind_a_title():
    assert found("So said the Mayor Support Office. A Senator Democrats like left.") == []


def test_whom_the_text_calls_by_the_surname_it_goes_on_calling_so():
    text = "[P Tilda Aronsen] won. [P Aronsen] smiled. Her uncle [P Nils Aronsen] came. [P Aronsen] sang."

    assert linked(text) == ["Tilda Aronsen", "Tilda Aronsen", "Nils Aronsen", "Tilda Aronsen"]


def test_a_headline_settles_nobody():
    text = (
        "The house of [P Aronsen]\n[P Tilda Aronsen] won. [P Aronsen] smiled. "
        "[P Nils Aronsen] came. [P Nils Aronsen] sat. [P Nils Aronsen] left. [P Aronsen] sang."
    )

    assert linked(text)[2] == linked(text)[6] == "Tilda Aronsen"
