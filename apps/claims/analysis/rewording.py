"""What an edited copy changed: words dropped, words put in, words exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.articles.text.spans import Span
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex
from apps.claims.analysis.types import ClaimDraft
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Edit, Token, words_span

# How much of the shorter sentence must be shared before a dropped word means anything.
CLOSE = 0.6


def share_of_shorter(pair: CopyPair) -> float:
    shorter = min(len(pair.a.tokens), len(pair.b.tokens))
    return pair.diff.shared / shorter if shorter else 0.0


def dropped(pair: CopyPair) -> list[Token]:
    """Return the words of the original that the copy does not have, in order."""
    return [token for edit in pair.diff.edits for token in edit.a]


def clause_of(tokens: Sequence[Token], text: str) -> Span:
    """Return the span of *tokens* without a comma or dash at its ends."""
    return words_span(tokens)


def attribution_in(index: StoryIndex, sentence: SentenceView) -> ClaimDraft | None:
    """Return the first attributed claim of *sentence* that has a cue or a source."""
    for claim in index.claims_in(sentence):
        if is_told(claim.attribution) and (claim.attribution.cue or claim.attribution.source):
            return claim
    return None


@dataclass(frozen=True, slots=True)
class Addition:
    """Words only the copy has: *tokens* in order, *new* the stems nobody else prints."""

    article: str
    sentence: SentenceView
    tokens: tuple[Token, ...]
    new: frozenset[str]

    @property
    def span(self) -> Span:
        return words_span(self.tokens)


def additions(index: StoryIndex, pair: CopyPair) -> Iterator[Addition]:
    """Yield the stretches the copy adds that carry something nobody else prints."""
    for edit in pair.diff.edits:
        content = [token for token in edit.b if token.content]
        if len(edit.b) < 4 or len(content) < 3 or len(edit.a) > len(edit.b):
            continue
        stems = frozenset(token.stem for token in content)
        new = index.only_in(pair.b.article, stems)
        if len(new) * 2 < len(stems):
            continue
        yield Addition(pair.b.article, pair.b, edit.b, new)


def lost_weakening(pair: CopyPair, groups: Sequence[str]) -> Span | None:
    """Return the weakening words the copy dropped, None when it kept or replaced them."""
    if find_weakening(pair.b.tokens, groups) is not None:
        return None
    for edit in pair.diff.edits:
        if edit.a:
            found = find_weakening(edit.a, groups)
            if found is not None:
                return found
    return None


def narrowing_edit(edit: Edit) -> tuple[Token, ...]:
    """Return the words one side has before a shared noun that change what it stands for.

    "steel pipes" / "Danish steel pipes", "cars" / "second cars". Empty for titles,
    praise ("massive"), articles, and for words that only describe a named person.
    """
    if bool(edit.a) == bool(edit.b):
        return ()
    words = edit.a or edit.b
    if len(words) > 3 or edit.before < 2 or edit.after < 1:
        return ()
    content = [token for token in words if token.content]
    if not content or any(not _narrows(token) for token in content):
        return ()
    return words


def _narrows(token: Token) -> bool:
    if token.key in word_set("name_titles"):
        return False
    if token.key in word_set("narrowing_words"):
        return True
    return token.ent in {"NORP", "LOC"} or (token.name and token.pos in {"", "PROPN", "ADJ"})
