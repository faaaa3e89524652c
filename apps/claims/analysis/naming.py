"""Short names for long things: a finding's key, a line for a list."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apps.claims.analysis.keys import finding_key
from apps.claims.analysis.types import FindingDraft, StoryDraft

# A headline is a line, not a paragraph: longer ones are cut at a word for lists and tabs.
LINE_LENGTH = 160
_WORD = re.compile(r"[^\W_]+")


def shorten(words: str, *, length: int = LINE_LENGTH) -> str:
    """Return *words* on one line of at most *length* characters, cut at a word."""
    line = " ".join(words.split())
    if len(line) <= length:
        return line
    cut = line.rfind(" ", 0, length)
    return f"{line[: cut if cut > 0 else length - 1].rstrip(' ,;:')}…"


def name_finding(
    story: StoryDraft, finding: FindingDraft, *, outlets: Mapping[str, str] | None = None
) -> str:
    """Return the key of *finding*: its kind, the words compared and whose words they are.

    The same key in a later run means the same finding, so that a decision meets it again.
    *outlets* names the outlet of each article for good, where that is known: what an outlet
    is called may change. Otherwise its name in lower case counts.
    """
    articles = {highlight.article for highlight in finding.highlights}
    if not articles:
        wanted = set(finding.claims)
        articles = {
            article.id
            for article in story.articles
            if any(claim.id in wanted for claim in article.claims)
        }
    articles.update(finding.missing_in)
    known = outlets or {}
    names = {known.get(id) or plain_name(story.article(id).outlet) for id in articles}
    return finding_key(finding.kind, [*finding.compared, *sorted(names)])


def plain_name(name: str) -> str:
    """Return *name* in lower case with dashes for all that is no letter or digit."""
    return "-".join(_WORD.findall(name.casefold()))
