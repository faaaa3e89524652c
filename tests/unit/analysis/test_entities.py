"""Names linked across the articles of a story."""

from __future__ import annotations

import re

from apps.articles.text.spans import Span
from apps.claims.analysis.entities import link_entities, names_by_article, read_entity_places
from apps.claims.analysis.types import ArticleDraft, EntityDraft, MentionDraft

_KINDS = {"P": "person", "O": "organisation", "L": "place", "G": "group", "E": "event"}
# "[P Byrne = Ada Byrne]" is a name that its article links to a fuller one.
_MARKED = re.compile(r"\[([POLGE]) ([^\]=]+?)(?: = ([^\]]+))?\]")


def article(name: str, marked: str) -> ArticleDraft:
    text, mentions, end = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        span = Span(len(text), len(text) + len(match.group(2)))
        text += match.group(2)
        mentions.append(
            MentionDraft(
                span, match.group(2), _KINDS[match.group(1)], match.group(3) or match.group(2)
            )
        )
        end = match.end()
    return ArticleDraft(name, name, "", "", text + marked[end:], None, (), (), (), tuple(mentions))


def entities(*marked: str) -> list[EntityDraft]:
    return link_entities([article(f"a{at}", text) for at, text in enumerate(marked, start=1)])


def names(*marked: str) -> list[str]:
    return [entity.name for entity in entities(*marked)]


def test_a_person_is_one_across_outlets():
    (person,) = entities("[P Tilda Aronsen] won.", "[P Tilda M. Aronsen] won.")

    assert person.name == "Tilda M. Aronsen"
    assert [article_id for article_id, _ in person.mentions] == ["a1", "a2"]


def test_a_surname_alone_is_who_the_other_outlets_name_in_full():
    assert names("[P Aronsen] won.", "[P Tilda Aronsen] won.") == ["Tilda Aronsen"]


def test_a_surname_two_people_of_the_story_carry_stays_open():
    found = names("[P Tilda Aronsen] met [P Nils Aronsen].", "[P Aronsen] left.")

    assert found == ["Tilda Aronsen", "Nils Aronsen", "Aronsen"]


def test_a_title_tells_whose_surname_it_is():
    found = entities(
        "Mayor [P Tilda Aronsen] met Judge [P Nils Aronsen].", "Judge [P Aronsen] left."
    )

    assert [len(entity.mentions) for entity in found] == [1, 2]


def test_a_misspelt_name_is_the_same_person():
    (person,) = entities("[P Ilse Tarnbek] spoke.", "[P Ilsa Tarnbeck] spoke.", "[P Ilse Tarnbek]")

    assert person.name == "Ilse Tarnbek"
    assert person.forms == ("Ilse Tarnbek", "Ilsa Tarnbeck")


def test_a_name_written_in_another_alphabet_is_spelt_in_many_ways():
    assert names("[P Naim Qassari] spoke.", "[P Naim Kassari] spoke.") == ["Naim Kassari"]
    assert names("[P Oleh Hrymskyy]", "[P Hrymsky]") == ["Oleh Hrymskyy"]


def test_two_that_one_article_tells_apart_are_two():
    found = names("[P Jon Halder] met [P John Halder].", "[P Jon Halder] left.")

    assert found == ["Jon Halder", "John Halder"]


def test_a_brother_is_another_person():
    assert names("[P Mario Vidal] spoke.", "[P Maria Vidal] spoke.") == [
        "Mario Vidal",
        "Maria Vidal",
    ]


def test_father_and_son_of_one_article_stay_two_in_the_story():
    found = entities(
        "[P Hugo Pereira Jr.] and [P Hugo Pereira Sr.] came.", "[P Hugo Pereira Sr.] left."
    )

    assert [(entity.name, len(entity.mentions)) for entity in found] == [
        ("Hugo Pereira Jr.", 1),
        ("Hugo Pereira Sr.", 2),
    ]


def test_initials_mean_what_another_outlet_says_they_do():
    (body,) = entities("The [O NFB] acted.", "The [O Northern Fisheries Board] acted.")

    assert body.name == "Northern Fisheries Board"


def test_a_body_and_the_town_it_is_named_after_are_two():
    assert names("[O Kestwick University] is shut.", "[L Kestwick] is sad.", "[O Kestwick] lost.") == [
        "Kestwick University", "Kestwick", "Kestwick",
    ]  # fmt: skip


def test_a_kind_only_one_outlet_misread_is_put_right():
    (body,) = entities(
        "[O Vantry Paving] paid.", "[O Vantry Paving] paid.", "[P Vantry Paving] paid."
    )

    assert body.kind == "organisation"


def test_a_people_is_not_its_country_but_knows_it():
    people, country = entities("[G Chilean] miners", "miners of [L Chile]")

    assert (people.name, people.country, country.name) == ("Chilean", "Chile", "Chile")


def test_a_speaker_is_found_by_article_and_name():
    found = entities("[P Tilda Aronsen] won.", "[P Aronsen] won.")

    by_name = names_by_article(found)

    assert by_name["a1", "tilda aronsen"] is by_name["a2", "aronsen"]


def test_the_place_behind_a_comma_tells_which_is_meant():
    articles = [article("a1", "in [L Paris], [L Texas]"), article("a2", "in [L Paris]")]

    readings = read_entity_places(articles, link_entities(articles))

    assert [place.within[:2] for place in readings["Paris"]] == [("Texas", "United States")]


def test_the_other_places_of_a_story_tell_which_is_meant():
    articles = [
        article("a1", "in [L Georgia] and [L Armenia], [L Russia]"),
        article("a2", "[L Tbilisi]"),
    ]

    readings = read_entity_places(articles, link_entities(articles))

    assert [place.kind for place in readings["Georgia"]] == ["country"]


def test_a_place_nothing_speaks_for_keeps_its_readings():
    articles = [article("a1", "in [L Georgia]")]

    readings = read_entity_places(articles, link_entities(articles))

    assert {place.kind for place in readings["Georgia"]} == {"country", "state"}


def test_the_order_of_the_articles_changes_no_link():
    texts = ["[P Aronsen] won.", "[P Tilda Aronsen] won.", "[P Tilda M. Aronsen] won."]

    assert names(*texts) == names(*reversed(texts))
