"""Who and what a story names, as exported: linked across its articles, places with readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.claims.analysis.entities import link_entities, read_entity_places
from apps.claims.analysis.pipeline import in_order_of_publication
from apps.claims.analysis.place_table import Place
from apps.claims.analysis.types import ClaimDraft, EntityDraft, StoryDraft

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoryEntities:
    """The entities of one story, numbered on from those before it.

    *id_at* gives the id of the entity named at (article id, start of the name).
    """

    exported: list[Json]
    id_at: dict[tuple[str, int], str]

    def of_claim(self, claim: ClaimDraft) -> list[str]:
        """Return the ids of what *claim* names, in its order, each once."""
        found = (self.id_at.get((claim.article, m.span.start)) for m in claim.mentions)
        return list(dict.fromkeys(entity for entity in found if entity is not None))


def build_entities(story: StoryDraft, *, first: int) -> StoryEntities:
    """Return the entities of *story* as "e<first>", "e<first + 1>" …, in order of mention."""
    articles = in_order_of_publication(story.articles)
    entities = link_entities(articles)
    places = read_entity_places(articles, entities)
    text_of = {article.id: article.text for article in articles}
    exported: list[Json] = []
    id_at: dict[tuple[str, int], str] = {}
    for number, entity in enumerate(entities, start=first):
        entity_id = f"e{number}"
        id_at.update(((article, span.start), entity_id) for article, span in entity.mentions)
        readings = places.get(entity.name, ()) if entity.kind == "place" else ()
        exported.append(_entity(entity, entity_id, story.id, readings, text_of))
    return StoryEntities(exported, id_at)


def _entity(
    entity: EntityDraft,
    entity_id: str,
    story_id: str,
    readings: tuple[Place, ...],
    text_of: dict[str, str],
) -> Json:
    exported: Json = {
        "id": entity_id,
        "story": story_id,
        "kind": entity.kind,
        "name": entity.name,
        "forms": list(entity.forms),
        "mentions": [
            {
                "article": article,
                "start": span.start,
                "end": span.end,
                "text": span.of(text_of[article]),
            }
            for article, span in entity.mentions
        ],
    }
    if entity.country:
        exported["country"] = entity.country
    if readings:
        exported["places"] = [
            {"name": place.name, "kind": place.kind, "within": list(place.within)}
            for place in readings
        ]
    return exported
