"""Denials against what they deny: "nobody", "unchanged", "would not say whether", "not".

Every rule here yields two sentences of different articles with the words that clash, the
rule in words and how much it matters; nothing is judged twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.types import ClaimDraft, Polarity, Severity, Voice
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, content_stems, find_phrase

# Happenings that "nobody was …" denies for the whole event.
_DENIABLE = frozenset({"arrest", "injury", "dying", "evacuation"})
_NOBODY = frozenset({"nobody", "none"})
# How far behind "would not say whether" the question goes on, in words.
_QUESTION = 10
# What a statement and its negation share, in telling words.
_SAME_WORDS, _SAME_SHARE = 3, 0.6

Clash = tuple[SentenceView, tuple[Token, ...], SentenceView, tuple[Token, ...], str, Severity]


def find_nobody(index: StoryIndex) -> Iterator[Clash]:
    """Yield "nobody was arrested" with an arrest that another outlet reports."""
    for sentence in all_sentences(index):
        denied = _denied_frames(sentence)
        if not denied:
            continue
        frames, words = denied
        for other in all_sentences(index):
            if other.article == sentence.article or not index.same_event(
                sentence.article, other.article
            ):
                continue
            token = _affirmed(other, frames)
            if token is not None:
                yield (
                    sentence, words, other, (token,),
                    "“Nobody” denies it for the whole event; the other side reports one.", Severity.MEDIUM,
                )  # fmt: skip


def _denied_frames(sentence: SentenceView) -> tuple[frozenset[str], tuple[Token, ...]] | None:
    for at, token in enumerate(sentence.tokens):
        negative = token.key in _NOBODY or (
            token.key == "no"
            and at + 1 < len(sentence.tokens)
            and sentence.tokens[at + 1].key in {"one", "arrests", "injuries", "deaths"}
        )
        if not negative:
            continue
        clause = sentence.tokens[at : at + 5]
        frames = frozenset().union(*(frames_of(word) for word in clause)) & _DENIABLE
        if frames and len(sentence.tokens) <= 12:
            return frames, clause
    return None


def _affirmed(sentence: SentenceView, frames: frozenset[str]) -> Token | None:
    """Return the word that reports such a happening as fact: "was booked", "were arrested"."""
    for at, token in enumerate(sentence.tokens):
        if not at or not frames_of(token) & frames:
            continue
        lead = [word.key for word in sentence.tokens[max(0, at - 3) : at]]
        if (
            lead
            and lead[-1] in {"was", "were", "been"}
            and not set(lead) & {"not", "nobody", "none", "no", "never", "if"}
        ):
            return token
    return None


def find_unchanged(index: StoryIndex) -> Iterator[Clash]:
    """Yield "hours are unchanged" with a change that another outlet reports of the same thing."""
    changes = word_set("change_verbs")
    for sentence in all_sentences(index):
        at = next(
            (i for i, token in enumerate(sentence.tokens) if token.key in {"unchanged"}), None
        )
        if at is None:
            continue
        subject = {
            root(token.key) for token in sentence.tokens[max(0, at - 5) : at] if token.content
        }
        for other in all_sentences(index):
            if other.article == sentence.article or not index.same_event(
                sentence.article, other.article
            ):
                continue
            for i, token in enumerate(other.tokens):
                lead = [word for word in other.tokens[max(0, i - 4) : i] if word.content]
                if token.key in changes and any(root(word.key) in subject for word in lead):
                    yield (
                        sentence, sentence.tokens[max(0, at - 2) : at + 1], other, other.tokens[max(0, i - 2) : i + 1],
                        f"“unchanged” and “{token.text}” cannot both hold.", Severity.HIGH,
                    )  # fmt: skip
                    break


def find_conceded(index: StoryIndex) -> Iterator[Clash]:
    """Yield a denial with a concession on the same matter."""
    denying, conceding = word_set("admissions", "deny"), word_set("admissions", "concede")
    conceded = [
        (other, yes, _weights(_after(other, yes)[1:]))
        for other in all_sentences(index)
        if (yes := next((token for token in other.tokens if token.key in conceding), None))
    ]
    for sentence in all_sentences(index):
        no = next((token for token in sentence.tokens if token.key in denying), None)
        if no is None:
            continue
        denied = _weights(_after(sentence, no)[1:])
        for other, yes, weights in conceded:
            if other.article == sentence.article or not index.same_event(
                sentence.article, other.article
            ):
                continue
            if _common_matter(denied, weights) >= 2:
                yield (
                    sentence, _after(sentence, no)[:8], other, _after(other, yes)[:10],
                    f"“{no.text}” against “{yes.text}” on one matter.", Severity.HIGH,
                )  # fmt: skip


def _after(sentence: SentenceView, token: Token) -> tuple[Token, ...]:
    return tuple(word for word in sentence.tokens if word.start >= token.start)


def _common_matter(ours: Mapping[str, int], theirs: Mapping[str, int]) -> int:
    """Return how many words of both sides evoke one frame or are the same, at the least."""
    return max(
        (min(ours[name], theirs[name]) for name in ours.keys() & theirs.keys()), default=0
    ) + sum(1 for name in ours.keys() & theirs.keys() if not name.startswith("~"))


def _weights(tokens: tuple[Token, ...]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for token in tokens:
        if token.content:
            counts.update(
                [root(token.lemma or token.key), *(f"~{frame}" for frame in frames_of(token))]
            )
    return counts


def find_left_open(index: StoryIndex) -> Iterator[Clash]:
    """Yield what somebody would not say, or has not decided, and another outlet states."""
    for sentence in all_sentences(index):
        place = find_phrase([token.key for token in sentence.tokens], word_set("undecided"))
        if place is None:
            continue
        asked = content_stems(sentence.tokens[place[1] : place[1] + _QUESTION])
        for other in all_sentences(index):
            if len(asked) < 2 or len(asked & other.stems) * 3 < len(asked) * 2:
                continue
            if (
                index.same_event(sentence.article, other.article)
                and find_weakening(other.tokens) is None
                and not index.is_attributed(other)
                and find_phrase([t.key for t in other.tokens], word_set("undecided")) is None
            ):
                yield (
                    sentence, sentence.tokens[place[0] :][:_QUESTION], other, other.tokens[:_QUESTION],
                    "Left open by one side, stated by the other.", Severity.HIGH,
                )  # fmt: skip


def find_denied(index: StoryIndex) -> Iterator[Clash]:
    """Yield a statement and its negation: one verb, one subject, most other words shared."""
    claims = [
        claim
        for article_id in sorted(index.claims_of, key=index.rank.__getitem__)
        for claim in index.claims_of[article_id]
        if claim.predicate and claim.subject
    ]
    stated: dict[tuple[str, str], list[ClaimDraft]] = {}
    for claim in claims:
        if claim.polarity is not Polarity.NEGATIVE:
            stated.setdefault((root(claim.predicate), root(claim.subject)), []).append(claim)
    for a in claims:
        if a.polarity is not Polarity.NEGATIVE:
            continue
        for b in stated.get((root(a.predicate), root(a.subject)), ()):
            if index.same_outlet(a.article, b.article) or not index.same_event(
                a.article, b.article
            ):
                continue
            x, y = index.sentence(a), index.sentence(b)
            if x is None or y is None or not _takes_no_reservation(index, a, b):
                continue
            ours, theirs = content_stems(index.tokens(a)), content_stems(index.tokens(b))
            if len(ours & theirs) >= max(_SAME_WORDS, _SAME_SHARE * min(len(ours), len(theirs))):
                yield (
                    x, index.tokens(a), y, index.tokens(b),
                    f"One side denies what the other states: “{a.subject} … {a.predicate}”.", Severity.HIGH,
                )  # fmt: skip


def _takes_no_reservation(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> bool:
    """Whether neither is a hedge, a wish or only somebody's word, and time does not part them."""
    kept = {Voice.STATED, Voice.ATTRIBUTED}
    return (
        a.voice in kept | {Voice.DENIED}
        and b.voice in kept
        and not (is_told(a.attribution) and is_told(b.attribution))
        and all(find_weakening(index.tokens(claim)) is None for claim in (a, b))
        and not {"until", "yet", "before"} & {token.key for token in index.tokens(a)}
    )


def frames_of(token: Token) -> frozenset[str]:
    return frames_of_stem(root(token.lemma or token.key)) | frames_of_stem(root(token.key))


def all_sentences(index: StoryIndex) -> Iterator[SentenceView]:
    for article_id in sorted(index.sentences, key=lambda article_id: index.rank[article_id]):
        yield from index.sentences[article_id]
