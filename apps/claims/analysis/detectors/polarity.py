"""One outlet says it is so, another says that it is not, or the opposite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from apps.articles.text.spans import Span
from apps.claims.analysis.clashes import (
    Clash,
    exclude_each_other,
    find_clashing_words,
)
from apps.claims.analysis.counterparts import Counterpart, find_counterparts
from apps.claims.analysis.exchanged_words import is_speech
from apps.claims.analysis.opposites import find_negation, find_opposites, sides_of
from apps.claims.analysis.pair_features import pair_features, word_features
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.rewording import share_of_shorter
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    Candidate,
    ClaimDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Edit, Token, words_span

SLUG = "polarity"
_RELATION_WORDS = frozenset("relations relationship ties talks discussions alliance".split())
_MOST_SPOKEN = 120
_MOST_MERGED = 3
_THEIRS = frozenset({"their", "they", "both", "two"})
_OF_TALKS = frozenset("candid constructive frank open productive honest".split())
_COPIED = 0.7
_SHORT_EDIT = 3
_BEHIND = 5
_LONG_DENIAL = 5
_OPENS_CONTENT = frozenset({"that", "to", "whether", "any"})
# An opposite with nothing of its surroundings in the other sentence is of another matter.
_LEAST_NEAR = 0.12
# Clashes this near to the best placed one of two sentences speak for it.
_AS_GOOD = 0.7
# Closed until Saturday is open on Saturday.
_UNTIL = frozenset({"until", "till", "earliest"})
_NOBODY = frozenset({"nobody", "none", "nothing", "never", "neither"})
# What else is known of a pair says the same as how well the clash is placed in it.
_OF_PAIRS = ("shared_weight", "same_people", "hours_apart", "headline")


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A clash of two counterparts; *score* says how well it is placed in their sentences."""

    pair: Counterpart
    clash: Clash
    near: dict[str, float]
    score: float
    on_sides: bool = False


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield what a copy turned round: a negation came or went, a word became its opposite."""
    index = index_of(story)
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article) or share_of_shorter(pair) < _COPIED:
            continue
        for edit in pair.diff.edits:
            turned = None if _is_of_other_days(pair) else _turned(pair, edit)
            turned = turned or _verdict_lost(pair, edit)
            if turned is None:
                continue
            x, y, rule = turned
            a = index.claim_at(pair.a.article, words_span(x))
            b = index.claim_at(pair.b.article, words_span(y))
            if a is None or b is None:
                continue
            quoted = any(
                q.overlaps(words_span(x)) for c in index.claims_in(pair.a) for q in c.quotes
            )
            # "It could not find that …" says who speaks, and is what was turned round.
            told = not _denies_what_follows(pair, edit) and is_speech(index, pair.a, x)
            if not quoted and not told:
                yield _describe(index, a, words_span(x), b, words_span(y), rule)

    yield from _relations(index)


def _relations(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield one relation called sour here and friendly there, once for all who speak of it."""
    spoken: list[tuple[SentenceView, Token, frozenset[str]]] = []
    for article_id in sorted(index.sentences, key=index.rank.__getitem__):
        before: frozenset[str] = frozenset()
        for view in index.sentences[article_id]:
            names = _names_of_sides(view)
            # "Their talks": whose, the sentence before says.
            word = _relation_word(view)
            sides = names or (before if any(t.key in _THEIRS for t in view.tokens) else names)
            if word is not None and sides:
                spoken.append((view, word, sides))
            before = names
    # A talk can be candid between foes: the plainest words of two articles speak.
    met: set[frozenset[str]] = set()
    ordered = sorted(
        combinations(spoken[:_MOST_SPOKEN], 2),
        key=lambda pair: sum(side[1].key in _OF_TALKS for side in pair),
    )
    told: list[tuple[set[tuple[str, int]], list[FindingDraft]]] = []
    for (a, x, names), (b, y, others) in ordered:
        pair = frozenset((a.article, b.article))
        if len(pair) == 1 or pair in met or not names & others:
            continue
        if not find_opposites((x,), (y,)):
            continue
        first, second = index.claim_at(a.article, x.span), index.claim_at(b.article, y.span)
        if first is not None and second is not None and index.same_event(*sorted(pair)):
            met.add(pair)
            rule = f"“{x.text}” and “{y.text}” are opposites, said of one relation."
            finding = _describe(index, first, x.span, second, y.span, rule)
            # Whoever else calls it sour is on that side of the one difference.
            ends = {(a.article, a.index), (b.article, b.index)}
            known = next((group for group in told if not ends.isdisjoint(group[0])), None)
            if known is None:
                told.append((ends, [finding]))
            else:
                known[0].update(ends)
                known[1].append(finding)
    for _, findings in told:
        yield _merged(index, findings)


def _merged(index: StoryIndex, findings: list[FindingDraft]) -> FindingDraft:
    """Return the first finding with the words of those that share a side with it."""
    first, others = findings[0], findings[1:]
    spots = list(dict.fromkeys(spot for other in others for spot in other.highlights))
    added = [spot for spot in spots if spot not in first.highlights][:_MOST_MERGED]
    also = "".join(
        f" {index.outlet(spot.article)} prints {quote_span(index, spot.article, spot.span, around=5)}."
        for spot in added
    )
    return replace(
        first,
        claims=tuple(dict.fromkeys(claim for finding in findings for claim in finding.claims)),
        explanation=first.explanation + also,
        highlights=(*first.highlights, *added),
    )


def _relation_word(view: SentenceView) -> Token | None:
    """Return the word that judges a relation, None without one or with two that differ."""
    sides = sides_of(view.tokens).get("relation", {})
    if len(sides) != 1 or all(t.key not in _RELATION_WORDS for t in view.tokens):
        return None
    (word,) = sides.values()
    return word


def _names_of_sides(view: SentenceView) -> frozenset[str]:
    return frozenset(
        token.stem[:6] for token in view.tokens
        if token.name and token.content and token.key not in word_set("name_titles")
    )  # fmt: skip


Turned = tuple[tuple[Token, ...], tuple[Token, ...], str]


def _turned(pair: CopyPair, edit: Edit) -> Turned | None:
    """Return the words around a negation that stands on one side only, or two opposites."""
    words = edit.a or edit.b
    one_sided = not (edit.a and edit.b) and len(words) <= 2
    if one_sided and edit.before and edit.after and find_negation(words) is not None:
        return (
            _around(pair.a, edit.a_at, edit.a),
            _around(pair.b, edit.b_at, edit.b),
            f"The same sentence; “{' '.join(t.text for t in words)}” stands on one side only.",
        )
    if _denies_what_follows(pair, edit):
        return (
            _around(pair.a, edit.a_at, edit.a),
            _around(pair.b, edit.b_at, edit.b),
            f"The same sentence; “{' '.join(t.text for t in words)}” stands on one side only.",
        )
    if not (0 < len(edit.a) <= _SHORT_EDIT and 0 < len(edit.b) <= _SHORT_EDIT):
        return None
    negated = [find_negation(side) is not None or _ends_cannot(side) for side in (edit.a, edit.b)]
    if negated[0] != negated[1]:
        rule = "The same sentence, and one side denies it."
        return _around(pair.a, edit.a_at, edit.a), _around(pair.b, edit.b_at, edit.b), rule
    for x in edit.a:
        for y in edit.b:
            if exclude_each_other(x, y):
                rule = (
                    f"The same sentence with “{y.text}” in the place of its opposite, “{x.text}”."
                )
                return (x,), (y,), rule
    return None


def _denies_what_follows(pair: CopyPair, edit: Edit) -> bool:
    """Whether one side alone has "it could not find" or "he denied" before "that …"."""
    words, at, view = (edit.a, edit.a_at, pair.a) if edit.a else (edit.b, edit.b_at, pair.b)
    if not words or (edit.a and edit.b):
        return False
    behind = view.tokens[at + len(words) : at + len(words) + 1]
    last = words[-1]
    if len(words) > _LONG_DENIAL or edit.after < _BEHIND or last.pos not in {"VERB", ""}:
        return False
    if not behind or behind[0].key not in _OPENS_CONTENT:
        return False
    return find_negation(words) is not None or (last.lemma or last.key) in word_set(
        "negative_verbs"
    )


def _ends_cannot(words: tuple[Token, ...]) -> bool:
    return any(token.key.endswith("n't") for token in words)


def _verdict_lost(pair: CopyPair, edit: Edit) -> Turned | None:
    """Return the words whose verdict the copy dropped, so that they fall under the opposite one:
    "convicted her of fraud and cleared her of theft" / "convicted her of fraud and of theft"."""
    if edit.b or not edit.a or len(edit.a) > _SHORT_EDIT or not edit.before or not edit.after:
        return None
    kept = pair.b.tokens[: edit.b_at]
    for x in edit.a:
        for y in kept:
            if x.pos in {"VERB", ""} and exclude_each_other(x, y):
                rule = f"“{x.text}” is gone, and what it was said of now stands under “{y.text}”."
                behind = pair.b.tokens[max(0, edit.b_at - 1) : edit.b_at + _BEHIND]
                after = pair.a.tokens[edit.a_at : edit.a_at + len(edit.a) + _BEHIND]
                return after, behind, rule
    return None


def _around(view: SentenceView, at: int, words: tuple[Token, ...]) -> tuple[Token, ...]:
    return view.tokens[max(0, at - 2) : at + len(words) + 2]


def _is_of_other_days(pair: CopyPair) -> bool:
    """Whether the copy has other figures or days: then it tells of another moment."""
    changed = [token for edit in pair.diff.edits for token in (*edit.a, *edit.b)]
    return any(
        token.key[:1].isdigit() or token.key in word_set("calendar_words") for token in changed
    )


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose words of counterparts that exclude each other, best placed first.

    Two sentences have at most one such difference: what else clashes in them speaks for it.
    """
    index = index_of(story)
    by_sentences: dict[tuple[str, int, str, int], list[_Proposal]] = defaultdict(list)
    for pair in find_counterparts(index):
        a, b = index.sentence(pair.a), index.sentence(pair.b)
        # What a copy kept clashes by chance; what it turned round has a rule above.
        if a is None or b is None or index.same_outlet(a.article, b.article):
            continue
        if pair.copy or index.are_copies(a, b):
            continue
        if not index.same_event(a.article, b.article):
            continue
        for clash in find_clashing_words(index, pair.a, pair.b):
            near = word_features(index, pair.a, words_span(clash.x), pair.b, words_span(clash.y))
            beside = near["near_words"] + near["near_ideas"] / 2
            if clash.kind == "opposite" and beside < _LEAST_NEAR:
                continue
            score = beside + clash.alike / 2 + pair.rate / 2
            by_sentences[a.article, a.index, b.article, b.index].append(
                _Proposal(pair, clash, near, score)
            )
    for proposals in by_sentences.values():
        best = max(proposals, key=lambda proposal: proposal.score)
        # One pair of words is one reason, however many lists know it.
        placed = {_words_of(p) for p in proposals if p.score >= _AS_GOOD * best.score}
        sides = any(p.clash.kind == "side" and _words_of(p) == _words_of(best) for p in proposals)
        yield _propose(index, replace(best, on_sides=sides), len(placed))


def _words_of(proposal: _Proposal) -> tuple[str, str]:
    return proposal.clash.x[0].stem, proposal.clash.y[0].stem


def _propose(index: StoryIndex, best: _Proposal, clashes: int) -> Candidate:
    pair, clash = best.pair, best.clash
    every = pair_features(index, pair)
    features = {name: every[name] for name in _OF_PAIRS}
    a, b = pair.a, pair.b
    ours, theirs = index.tokens(a), index.tokens(b)
    mutual = every["best_for_a"] * every["best_for_b"]
    beside = max(best.near["near_words"], best.near["near_ideas"])
    one_subject = max(every["same_subject"], every["kin_subjects"])
    features |= {
        "strength": clash.alike,
        "clashes": min(1.0, (clashes - 1) / 2),
        "side": float(best.on_sides),
        "phrase": float(clash.kind == "side" and len(clash.x) + len(clash.y) > 2),
        "until": float(any(t.key in _UNTIL for t in (*ours, *theirs))),
        "negated": float(clash.kind == "negated"),
        "placed": every["rate"] * mutual * beside,
        "placed_strong": every["rate"] * mutual * beside * clash.alike,
        "of_one_subject": one_subject * clash.told,
        "told": clash.told,
        "nobody": float(any(_says_nobody(t) for t in (ours, theirs))),
        "weakened": float(any(find_weakening(t) is not None for t in (ours, theirs))),
        "both_told": float(is_told(a.attribution) and is_told(b.attribution)),
        "other_figures": _apart(_figures(ours), _figures(theirs)),
        "other_names": _apart(_names(ours), _names(theirs)),
        "known_there": float(_knows(index, a, clash.y, b) or _knows(index, b, clash.x, a)),
    }
    return Candidate(
        _describe(index, a, words_span(clash.x), b, words_span(clash.y), _rule(clash)),
        features,
        same_as=clash.matter,
        doubt="the two sentences may speak of different things or moments",
    )


def _rule(clash: Clash) -> str:
    x, y = (" ".join(token.text for token in words) for words in (clash.x, clash.y))
    if clash.kind == "negated":
        return f"“{x}” and “{y}” tell one thing; one side denies it."
    return f"“{x}” and “{y}” cannot both hold of one thing."


def _says_nobody(tokens: tuple[Token, ...]) -> bool:
    return any(token.key in _NOBODY for token in tokens)


def _figures(tokens: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(token.key for token in tokens if token.key[:1].isdigit())


def _names(tokens: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(
        root(token.key) for token in tokens
        if token.name and token.content and token.key not in word_set("name_titles")
        and token.key not in word_set("calendar_words")
    )  # fmt: skip


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return float(bool(ours) and bool(theirs) and not ours & theirs)


def _knows(
    index: StoryIndex, claim: ClaimDraft, words: tuple[Token, ...], other: ClaimDraft
) -> bool:
    """Whether the article of *claim* prints the other side's words of the same thing too."""
    stems = {token.stem for token in words if token.content}
    about = {token.stem for token in index.tokens(other) if token.content} - stems
    own = index.sentence(claim)
    return any(
        view is not own and stems & view.stems and len(about & view.stems) >= 2
        for view in index.sentences[claim.article]
    )


def _describe(
    index: StoryIndex, a: ClaimDraft, x: Span, b: ClaimDraft, y: Span, rule: str
) -> FindingDraft:
    first, second = index.claim_at(a.article, x) or a, index.claim_at(b.article, y) or b
    first, second = index.row_claim(first), index.row_claim(second)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(first.id, second.id),
        explanation=(
            f"{index.outlet(a.article)} prints {quote_span(index, a.article, x, around=5)}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, y, around=5)}."
        ),
        rule=rule,
        highlights=(mark(a.article, x), mark(b.article, y)),
        changes_if="if the two sentences are about different things or moments",
        compared=(first.text, second.text),
    )


DETECTOR = Detector(
    SLUG,
    "Said and denied",
    "One outlet asserts what another denies, or they say opposite things of one matter.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
