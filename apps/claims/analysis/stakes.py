"""What is at stake in a question to a person: whether it is among the first to be looked into.

A question is worth little where two numbers of no weight may count different things. Where the
dead are six in one outlet and seven in another, or a headline's sum is not the lead's of
another, the doubt itself is news.
"""

from __future__ import annotations

from apps.articles.text.types import Role
from apps.claims.analysis.number_pairs import ProposedPair, tellings
from apps.claims.analysis.slots import NumberUse
from apps.claims.analysis.story_index import StoryIndex

# What happened to the people counted: nobody prints that lightly.
_CASUALTIES = frozenset({"dying", "injury", "missing", "trapped"})
# So many sentences of the body are what an article leads with.
_LEAD = 2


def is_much_at_stake(index: StoryIndex, pair: ProposedPair) -> bool:
    """Return whether two numbers, if they are of one thing, are a contradiction in what the story
    is about: casualties, or a number that a headline or lead tells.

    Only where nothing says that the two count other things: another name, a wider scope, the
    other's number in one's own text.
    """
    a, b = pair.a, pair.b
    if pair.match.scope or pair.match.weakest or pair.features["number_known_there"]:
        return False
    return bool(a.event & b.event & _CASUALTIES) or any(
        _is_prominent(index, use) for use in (*tellings(index, a), *tellings(index, b))
    )


def _is_prominent(index: StoryIndex, use: NumberUse) -> bool:
    """Whether a headline, a deck or the first sentences of a body tell the number."""
    if use.claim.role in (Role.HEADLINE, Role.DECK):
        return True
    views = index.sentences[use.claim.article]
    body = [view.index for view in views if view.role is Role.BODY]
    return use.claim.sentence in body[:_LEAD]
