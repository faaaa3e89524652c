"""What a later text of an article changed, sentence by sentence: facts, notices, wording.

Works on the two texts as they came, page furniture included, because that is where outlets
print their corrections. White space, case and typography are no changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Indel

from apps.articles.text.spans import Span
from apps.claims.analysis.amounts import find_amounts, interval
from apps.claims.analysis.status import find_statuses
from apps.claims.analysis.times import find_times
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.wording import Token, compare_wording, find_tokens, level

# Of longer texts only the beginning is compared.
MOST_SENTENCES = 1500
# Sentences that share less of their words are not one sentence, edited.
EDITED_AT = 0.5
# Blocks of changed sentences are paired within so many places.
_WINDOW = 30

# Matches "left. The", "left.” “The"; splits after "Gov." too, in both texts alike.
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9À-Þ])")
# "Correction, 11:40 p.m.: an earlier version …", "Editor’s note:", "This story has been
# corrected"; not "Correction officers", not "the prison was updated".
_NOTICE = re.compile(
    r"^\W*(?:corrections?|clarifications?|corrected|editor[’']s note|update|updated)\b[^.!?:]{0,40}[:—]"
    r"|\ban? (?:earlier|previous|prior) version of th(?:is|e) (?:article|story|report|page|headline)\b"
    r"|\bthis (?:article|story|report|page|headline) (?:has been|was) (?:corrected|updated|amended|clarified|revised)\b",
    re.IGNORECASE,
)
_NOT = frozenset("not no never nobody none neither nor without denied denies deny".split())


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """*kind* is "number", "date", "name" or "status"; *before* or *after* is "" where the other
    text has nothing of the kind there."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """*kind* is "correction" (a notice came in), "fact", "added", "removed" or "wording".

    *before* and *after* are the sentences, "" for none; *out* the spans of *before* that went,
    *put_in* those of *after* that came.
    """

    kind: str
    before: str
    after: str
    out: tuple[Span, ...] = ()
    put_in: tuple[Span, ...] = ()
    facts: tuple[ChangedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """*changes*: notices first, then facts, then the rest, each in text order. *moved* counts
    sentences in another place, *is_cut* when the texts were too long to compare whole."""

    changes: tuple[SentenceChange, ...]
    moved: int = 0
    is_cut: bool = False


_ORDER = ("correction", "fact", "added", "removed", "wording")


def compare_versions(before: str, after: str, *, day: date | None = None) -> VersionChanges:
    """Return what *after* changed of *before*; *day* resolves "Friday" in both."""
    old, new = _sentences(before), _sentences(after)
    is_cut = len(old) > MOST_SENTENCES or len(new) > MOST_SENTENCES
    old, new = old[:MOST_SENTENCES], new[:MOST_SENTENCES]
    out, put_in, pairs = _align(old, new)
    lost = Counter(level(old[at]) for at in out)
    came = Counter(level(new[at]) for at in put_in)
    moved = lost & came
    changes: list[tuple[int, SentenceChange]] = []
    for here, there in pairs:
        change = _edited(old[here], new[there], day)
        if change is not None:
            changes.append((there, change))
    changes += [(at, _alone("", new[at])) for at in _but(put_in, new, moved)]
    # What went stands where the text went on.
    changes += [(at, _alone(old[at], "")) for at in _but(out, old, moved)]
    changes.sort(key=lambda pair: (_ORDER.index(pair[1].kind), pair[0]))
    return VersionChanges(tuple(change for _, change in changes), moved.total(), is_cut)


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for line in text.splitlines():
        start = 0
        for match in _SENTENCE_END.finditer(line):
            end = match.start() + len(match.group().rstrip())
            found.append(line[start:end].strip())
            start = match.end()
        found.append(line[start:].strip())
    return [words for words in found if any(letter.isalnum() for letter in words)]


def _align(
    old: Sequence[str], new: Sequence[str]
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Return the places only the old text has, those only the new one has, and edited pairs."""
    out: list[int] = []
    put_in: list[int] = []
    pairs: list[tuple[int, int]] = []
    a_at = b_at = 0
    blocks = [
        (code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Indel.opcodes([level(s) for s in old], [level(s) for s in new])
        if code.tag == "equal"
    ]
    for a_from, a_to, b_from, b_to in [*blocks, (len(old), len(old), len(new), len(new))]:
        found = _pair(old, range(a_at, a_from), new, range(b_at, b_from))
        pairs += found
        out += sorted(set(range(a_at, a_from)) - {here for here, _ in found})
        put_in += sorted(set(range(b_at, b_from)) - {there for _, there in found})
        a_at, b_at = a_to, b_to
    return out, put_in, pairs


def _pair(
    old: Sequence[str], out: range, new: Sequence[str], put_in: range
) -> list[tuple[int, int]]:
    """Return the sentences of a changed stretch that are one, edited: the most alike first."""
    words = {there: [token.key for token in find_tokens(new[there])] for there in put_in}
    likely: list[tuple[float, int, int]] = []
    for here in out:
        own = [token.key for token in find_tokens(old[here])]
        near = put_in.start + (here - out.start)
        for there in range(max(put_in.start, near - _WINDOW), min(put_in.stop, near + _WINDOW)):
            likeness = Indel.normalized_similarity(own, words[there])
            if likeness >= EDITED_AT:
                likely.append((-likeness, here, there))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, here, there in sorted(likely):
        if here not in taken_old and there not in taken_new:
            taken_old.add(here)
            taken_new.add(there)
            pairs.append((here, there))
    return sorted(pairs)


def _but(places: Sequence[int], sentences: Sequence[str], moved: Counter[str]) -> Iterator[int]:
    left = Counter(moved)
    for at in places:
        key = level(sentences[at])
        if left[key]:
            left[key] -= 1
        else:
            yield at


def _alone(before: str, after: str) -> SentenceChange:
    if after and _NOTICE.search(after):
        return SentenceChange("correction", "", after)
    return SentenceChange("added" if after else "removed", before, after)


def _edited(before: str, after: str, day: date | None) -> SentenceChange | None:
    """Return what became of one sentence; None when only marks and spaces changed."""
    a, b = find_tokens(before), find_tokens(after)
    edits = compare_wording(a, b).edits
    if not edits:
        return None
    out = [token for edit in edits for token in edit.a]
    put_in = [token for edit in edits for token in edit.b]
    facts = tuple(_facts(before, after, out, put_in, day))
    kind = "fact" if facts else "wording"
    if _NOTICE.search(after) and not _NOTICE.search(before):
        kind = "correction"
    return SentenceChange(
        kind,
        before,
        after,
        tuple(Span(edit.a[0].start, edit.a[-1].end) for edit in edits if edit.a),
        tuple(Span(edit.b[0].start, edit.b[-1].end) for edit in edits if edit.b),
        facts,
    )


def _facts(
    before: str, after: str, out: Sequence[Token], put_in: Sequence[Token], day: date | None
) -> Iterator[ChangedFact]:
    for kind, read in (("number", _numbers), ("date", _dates)):
        yield from _changed(
            kind, _changed_last(read(before, day), out), _changed_last(read(after, day), put_in)
        )
    yield from _changed(
        "name",
        [(t.key, t.text) for t in out if t.name],
        [(t.key, t.text) for t in put_in if t.name],
    )
    yield from _changed("status", _statuses(before, out), _statuses(after, put_in))


def _changed_last(
    values: Sequence[tuple[object, Span, str]], changed: Sequence[Token]
) -> list[tuple[object, str]]:
    """Return *values* with those in *changed* words last: of two that are equal, the one that
    stood there all along is the one that was kept."""
    spans = [token.span for token in changed]
    ordered = sorted(values, key=lambda value: any(value[1].overlaps(span) for span in spans))
    return [(key, words) for key, _, words in ordered]


def _changed(
    kind: str, before: Sequence[tuple[object, str]], after: Sequence[tuple[object, str]]
) -> Iterator[ChangedFact]:
    """Pair what only one side has, in text order; one fact for each pair or lone value."""
    kept = Counter(key for key, _ in before) & Counter(key for key, _ in after)
    lost, came = _without(before, kept), _without(after, kept)
    if kind == "name" and (lost or came):
        yield ChangedFact(kind, " ".join(lost), " ".join(came))
        return
    for place in range(max(len(lost), len(came))):
        yield ChangedFact(
            kind,
            lost[place] if place < len(lost) else "",
            came[place] if place < len(came) else "",
        )


def _without(values: Sequence[tuple[object, str]], kept: Counter[object]) -> list[str]:
    left = Counter(kept)
    found = []
    for key, words in values:
        if left[key]:
            left[key] -= 1
        else:
            found.append(words)
    return found


def _numbers(text: str, day: date | None) -> list[tuple[object, Span, str]]:
    taken = [reading.span for reading in find_times(text, day)]
    return [
        ((interval(amount), amount.unit), amount.span, amount.span.of(text))
        for amount in find_amounts(text, skip=taken)
    ]


def _dates(text: str, day: date | None) -> list[tuple[object, Span, str]]:
    return [
        (
            (reading.start, reading.end, reading.precision, reading.clock),
            reading.span,
            reading.span.of(text),
        )
        for reading in find_times(text, day)
    ]


def _statuses(text: str, changed: Sequence[Token]) -> list[tuple[object, str]]:
    """Return what the *changed* words of *text* say of how far something is ("charged"), and
    those that deny or weaken ("not", "allegedly").

    "Got the upper hand" for "had the upper hand" names no other step: its words must all be new.
    """
    found: dict[Span, tuple[object, str]] = {}
    new = {token.span for token in changed}
    tokens = tuple(find_tokens(text))
    for status in find_statuses(tokens):
        words = [t for t in tokens if t.content and status.span.overlaps(t.span)]
        if all(token.span in new for token in words):
            found[status.span] = ((status.course, status.rank), status.span.of(text))
    for token in changed:
        if token.key in _NOT or token.key.endswith("n't"):
            found.setdefault(token.span, ("not", token.text))
    weak = find_weakening(changed) if changed else None
    if weak is not None:
        found.setdefault(weak, (level(weak.of(text)), weak.of(text)))
    return [found[span] for span in sorted(found)]
