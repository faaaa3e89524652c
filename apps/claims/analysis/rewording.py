"""What an edited copy changed: words dropped, words put in, words exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from apps.articles.text.spans import Span
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.types import ClaimDraft
from apps.claims.analysis.uncertainty import WEAKENING, find_weakening
from apps.claims.analysis.word_lists import groups_by_word, word_set
from apps.claims.analysis.wording import Edit, Token, find_phrase, stem, words_span

# A stretch longer than this is a clause of its own; words this near its end belong to what follows.
_CLAUSE = 8
_NEAR = 4
_ARTICLES = frozenset({"a", "an", "the"})
_PASSIVE = frozenset({"be", "been", "being", "is", "are", "was", "were"})


def share_of_shorter(pair: CopyPair) -> float:
    shorter = min(len(pair.a.tokens), len(pair.b.tokens))
    return pair.diff.shared / shorter if shorter else 0.0


def dropped(pair: CopyPair) -> list[Token]:
    """Return the words of the original that the copy does not have, in order."""
    return [token for edit in pair.diff.edits for token in edit.a]


def attribution_in(index: StoryIndex, sentence: SentenceView) -> ClaimDraft | None:
    """Return the first attributed claim of *sentence* that has a cue or a source."""
    for claim in index.claims_in(sentence):
        if is_told(claim.attribution) and (claim.attribution.cue or claim.attribution.source):
            return claim
    return None


def lost_weakening(pair: CopyPair, groups: Sequence[str]) -> Iterator[Span]:
    """Yield the weakening words of *groups* that the copy dropped or replaced by firmer ones.

    Words the copy has in another place, or has others of the kind for, are not lost.
    """
    kept = [find_weakening(edit.b, (*groups, *WEAKENING)) for edit in pair.diff.edits]
    if any(kept):
        return
    for edit in pair.diff.edits:
        found = find_weakening(edit.a, groups) if edit.a else None
        if found is not None and not _goes_with_its_clause(edit, found):
            yield found


def _goes_with_its_clause(edit: Edit, found: Span) -> bool:
    """Whether what *found* weakens was dropped too: that is an omission."""
    behind = sum(token.start >= found.end for token in edit.a)
    return not edit.b and len(edit.a) > _CLAUSE and (not edit.after or behind > _NEAR)


def is_source_edit(edit: Edit) -> bool:
    """Whether the copy dropped, and did not replace, words that say who tells it."""
    where = source_words(edit.a)
    if where is None or source_words(edit.b) is not None:
        return False
    ahead = sum(token.end <= where.start for token in edit.a)
    # "… and freed, and police say they are still looking": its own content went with it.
    if len(edit.a) <= _CLAUSE:
        return True
    # "Two officials at the agency, speaking without leave to, told the paper that …".
    closing = not edit.b and edit.after >= _NEAR and edit.a[-1].key == "that"
    return closing or (ahead == 0 and _names_source_first(edit.a))


def _names_source_first(tokens: Sequence[Token]) -> bool:
    keys = [token.key for token in tokens]
    if find_phrase(keys[:_NEAR], word_set("source_phrases", "phrase")) is not None:
        return True
    return source_words(tokens[:_NEAR]) is not None


def source_words(tokens: Sequence[Token]) -> Span | None:
    """Return the words from the one who tells it to the telling: "the firm expects", "by its
    own count", "according to the report"; None when nobody is said to tell it."""
    keys = [token.key for token in tokens]
    place = find_phrase(keys, word_set("source_phrases", "phrase"))
    if place is not None:
        return words_span(tokens[place[0] :])
    for at, token in enumerate(tokens):
        telling = token.stem in _telling_stems() and token.pos in {"", "VERB"}
        # "has not been accused" is not somebody's telling.
        telling = telling and token.key != "not" and not (at and keys[at - 1] in _PASSIVE)
        who = [word for word in tokens[:at] if word.content or word.pos == "PRON"]
        behind = [word for word in tokens[at + 1 :] if word.content or word.pos == "PRON"]
        if telling and (who or (behind and tokens[-1].end == behind[-1].end)):
            return words_span(tokens)
    return None


@cache
def _telling_stems() -> frozenset[str]:
    verbs = word_set("telling_verbs") | word_set("source_phrases", "verb")
    return frozenset(stem(word) for word in verbs if " " not in word)


def changed_actor(edit: Edit) -> tuple[Token, Token] | None:
    """Return the two nouns when other people, or another body, do the same: "the board" /
    "shareholders". None when one word may stand for the other."""
    a = [token for token in edit.a if token.content and token.pos in {"NOUN", "PROPN", ""}]
    b = [token for token in edit.b if token.content and token.pos in {"NOUN", "PROPN", ""}]
    if len(a) != 1 or len(b) != 1 or len(edit.a) > 3 or len(edit.b) > 3:
        return None
    x, y = a[0], b[0]
    if any(token.name for token in (x, y)) or not (_acts(x) and _acts(y)) or edit.after < 2:
        return None
    if x.stem == y.stem or synonym_sets(root(x.key)) & synonym_sets(root(y.key)):
        return None
    if _group(x) & _group(y):
        return None
    return x, y


def _acts(token: Token) -> bool:
    return bool(_group(token))


def _group(token: Token) -> frozenset[str]:
    groups = groups_by_word("actors")
    return groups.get(token.key, frozenset()) | groups.get(token.lemma, frozenset())


def narrowing_edit(edit: Edit) -> tuple[Token, ...]:
    """Return the words one side has before a shared noun that change what it stands for.

    "steel pipes" / "Danish steel pipes", "cars" / "second cars", "Acton" / "the northern half
    of Acton". Empty for titles, praise ("massive"), articles, and for words that only
    describe a named person.
    """
    words = _one_side(edit)
    if not words or len(words) > 8 or edit.before < 2 or edit.after < 1:
        return ()
    if _is_part_of(words):
        return words
    content = [token for token in words if token.content]
    if len(words) > 3 or not content or not all(_narrows(token) for token in content):
        return ()
    return words


def _one_side(edit: Edit) -> tuple[Token, ...]:
    """Return the words of the only side that has any, articles not counted."""
    a = tuple(token for token in edit.a if token.key not in _ARTICLES)
    b = tuple(token for token in edit.b if token.key not in _ARTICLES)
    if bool(a) == bool(b):
        return ()
    return edit.a if a else edit.b


def _is_part_of(words: tuple[Token, ...]) -> bool:
    """Whether *words* end "… part of": what follows is only partly meant."""
    keys = [token.key for token in words]
    while keys and keys[-1] in _ARTICLES:
        keys.pop()
    return (
        len(keys) >= 2
        and keys[-1] in {"of", "in"}
        and any(key in word_set("narrowing_words", "part") for key in keys[-3:-1])
    )


def _narrows(token: Token) -> bool:
    if token.key in word_set("narrowing_words"):
        return True
    if token.key in word_set("name_titles") or token.ent == "PERSON":
        return False
    if token.ent in {"NORP", "LOC"}:
        return True
    if token.name:
        return token.ent != "PERSON" and token.pos in {"", "PROPN", "ADJ"} and token.dep != "flat"
    return token.pos == "NOUN" and token.dep in {"compound", "nmod"}
