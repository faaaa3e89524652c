"""Short names for long things: a finding's key, a line for a list."""

from __future__ import annotations

from apps.claims.analysis.keys import finding_key
from apps.claims.analysis.types import FindingDraft, StoryDraft

# A headline is a line, not a paragraph: longer ones are cut at a word for lists and tabs.
LINE_LENGTH = 160


def shorten(words: str, *, length: int = LINE_LENGTH) -> str:
    """Return *words* on one line of at most *length* characters, cut at a word."""
    line = " ".join(words.split())
    if len(line) <= length:
        return line
    cut = line.rfind(" ", 0, length)
    return f"{line[: cut if cut > 0 else length - 1].rstrip(' ,;:')}…"


def name_finding(story: StoryDraft, finding: FindingDraft) -> str:
    """Return the key of *finding*: its kind, the words compared and whose words they are.

    The same key in a later run means the same finding, so that a decision meets it again.
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
    outlets = {story.article(article_id).outlet for article_id in articles}
    return finding_key(finding.kind, [*finding.compared, *sorted(outlets)])
