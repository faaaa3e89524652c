"""Groups of sentences that tell one event, in the evaluator's format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language

from apps.claims.analysis.grouping import average_link
from apps.claims.analysis.predictions.alignment_sentences import read_topics
from apps.claims.analysis.predictions.alignment_stories import Topic, build_topic

# The annotators join sentences that share any event, so a weak link is enough; tuned on
# the training topics.
GROUP_AT = -1.5


def predict(
    nlp: Language, docs: Iterable[dict[str, Any]], extra: Iterable[dict[str, Any]] = ()
) -> Iterator[dict[str, Any]]:
    """Yield the groups of each topic: ``group_id`` and ``members`` [document, start, end]."""
    for topic, articles in read_topics(nlp, docs).items():
        built = build_topic(articles)
        for number, members in enumerate(group_sentences(built, at_least=GROUP_AT), start=1):
            yield {
                "group_id": f"{topic}.{number}",
                "members": [
                    [claim.article, claim.span.start, claim.span.end]
                    for claim in (built.units[index].claim for index in members)
                ],
            }


def group_sentences(topic: Topic, *, at_least: float) -> list[list[int]]:
    """Return the groups of unit indices; sentences of two stories are never together."""
    odds = topic.score_sentences()
    groups: list[list[int]] = []
    for story in sorted(set(topic.story)):
        members = [i for i, unit in enumerate(topic.units) if topic.story[unit.article] == story]
        scores = {
            (x, y): topic.story_odds(odds, members[x], members[y])
            for y in range(len(members))
            for x in range(y)
            if topic.units[members[x]].article != topic.units[members[y]].article
        }
        # Sentences of one article are neither for nor against each other.
        found = average_link(len(members), scores, at_least=at_least, unseen=0.0)
        groups.extend([members[x] for x in group] for group in found)
    return groups
