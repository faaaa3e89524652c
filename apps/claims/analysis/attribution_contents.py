"""What a reporting word could report: the stretches of words worth choosing among.

Which is right is learned (``attribution_model``). Each comes with the names of the ways it
was found, which are the best hint.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from apps.claims.analysis.attribution_candidates import Ranges, clause_range, own_subject, trim
from apps.claims.analysis.syntax import Syntax

_Add = Callable[[str, int, int], None]
_AddAll = Callable[..., None]

_CONTENT_DEPS = frozenset(
    {
        "ccomp", "xcomp", "obj", "obl", "advcl", "parataxis", "acl", "acl:relcl", "nmod", "iobj", "conj", "nsubj:pass",
        "nsubj", "csubj", "csubj:pass", "dep", "appos", "nmod:poss", "amod", "compound", "advcl:relcl", "obl:unmarked",
    }
)  # fmt: skip
_MARKED = frozenset({"obl", "nmod", "acl", "ccomp", "advcl", "xcomp"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "obj", "parataxis"})
_LOOSE = frozenset(
    {"conj", "acl:relcl", "advcl", "parataxis", "appos", "acl", "obl", "obl:unmarked", "nmod"}
)
_AFTER_COMPLEMENT = frozenset(
    {"conj", "advcl", "obl", "parataxis", "obl:unmarked", "advmod", "advcl:relcl"}
)
_ADDRESSED = frozenset({"obl", "obl:unmarked", "advmod", "obl:agent", "iobj", "nsubj", "obj"})
_UNDER_CONTENT = frozenset(
    {
        "parataxis", "ccomp", "advcl", "obl", "amod", "acl", "advmod", "nmod", "acl:relcl", "case",
    }
)  # fmt: skip
_OWN_SIDE = frozenset({"amod", "advmod", "acl", "acl:relcl", "nmod"})
_WITH_SUBJECT = frozenset({"xcomp", "ccomp", "obl", "advcl", "obj"})
_AFTER_OBJECT = frozenset({"xcomp", "obl", "ccomp", "advcl"})
_SISTERS = frozenset({"ccomp", "xcomp", "advcl"})
_BREAKS = frozenset({",", ";", "—", "–", "-", ":", "―", "("})
# Found these ways, words may go on in quotations after the cue: "A," he said. "B."
_GOES_ON = frozenset(
    {
        "quote-before", "quotes-before", "left", "left-clause", "around", "quotes", "quote-both", "sentence-but-cue",
        "ccomp", "parataxis", "head-parataxis", "head-ccomp", "to-quote-before", "quote-after", "around-quotes",
        "through-quote-after", "colon-end", "obj", "complement-on", "head-advcl", "spoken-before",
    }
)  # fmt: skip
_LONGEST_SPEECH = 12
_ENDS = frozenset({".", "!", "?", '"', "”", "…", "...", ";"})


def find_contents(syntax: Syntax, cue: int) -> dict[Ranges, list[str]]:
    """Return the candidates for what *cue* reports, each with the names of the ways it was found."""
    found: dict[Ranges, list[str]] = {}
    begin, after = syntax.bounds[syntax.sentence[cue]]
    end = after - 1
    spoken = _spoken_before(syntax, begin)
    speech = _speech_after(syntax, cue, end, spoken)
    quote, reach, inside = syntax.quote, syntax.reach, syntax.quote[cue]
    first_loose, last_loose = syntax.first_loose, syntax.last_loose

    def put(name: str, ranges: Ranges) -> None:
        names = found.get(ranges)
        if names is None:
            found[ranges] = [name]
        else:
            names.append(name)
        if speech and name in _GOES_ON and ranges[-1][1] < speech[0][0]:
            found.setdefault((*ranges, *speech), []).append(name + "+speech")

    def add(name: str, first: int, last: int) -> None:
        # Quotations it cuts through are made whole.
        if quote[first] >= 0 and quote[first] != inside:
            first = reach[quote[first]][0]
        if quote[last] >= 0 and quote[last] != inside:
            last = reach[quote[last]][1]
        while first <= last and first_loose[first]:
            first += 1
        while last > first and last_loose[last]:
            last -= 1
        if first <= last and not first <= cue <= last:
            put(name, ((first, last),))

    def add_all(name: str, *ranges: tuple[int, int]) -> None:
        kept = []
        for first, last in ranges:
            if first > last:
                continue
            if quote[first] >= 0 and quote[first] != inside:
                first = reach[quote[first]][0]
            if quote[last] >= 0 and quote[last] != inside:
                last = reach[quote[last]][1]
            trimmed = trim(syntax, first, last)
            if trimmed is not None and not trimmed[0] <= cue <= trimmed[1]:
                kept.append(trimmed)
        kept.sort()
        if kept and all(a[1] < b[0] for a, b in pairwise(kept)):
            put(name, tuple(kept))

    clause = clause_range(syntax, cue)
    complement = _add_children(syntax, cue, add)
    _add_complement(syntax, cue, complement, end, add)
    _add_right(syntax, cue, clause, end, add)
    _add_left(syntax, cue, clause, begin, end, add, add_all)
    _add_head(syntax, cue, add, add_all)
    _add_with_subject(syntax, cue, add, add_all)
    if syntax.quoted[syntax.sentence[cue]]:
        _add_quotes(syntax, cue, clause, begin, end, add, add_all)
    _add_beside(syntax, cue, clause, end, add)
    if spoken is not None:
        # The sentence was cut behind the quotation: "“They left,” / Mr Hale said."
        add("spoken-before", *spoken)
        if clause[0] > begin and clause[1] < end:
            add_all("spoken-around", spoken, (clause[1] + 1, end))
    add_all("sentence-but-cue", (begin, clause[0] - 1), (clause[1] + 1, end))
    return found


def _add_children(syntax: Syntax, cue: int, add: _Add) -> int:
    """Add what hangs on the cue; return its first complement to the right, -1 for none."""
    deps, left, right, children = syntax.deps, syntax.left, syntax.right, syntax.children
    complement = -1
    for child in children[cue]:
        dep = deps[child]
        if dep not in _CONTENT_DEPS:
            continue
        first, last = left[child], right[child]
        if first <= cue <= last:
            continue
        inner = first
        if dep in _MARKED:
            while (
                inner < child
                and deps[inner] in {"case", "mark"}
                and syntax.heads[inner] == child
                and syntax.lower[inner] != "to"
            ):
                inner += 1
        if dep in {"obl", "nmod"}:
            add(f"{dep}:{syntax.lower[first] if inner > first else ''}", inner, last)
        else:
            add(dep, inner, last)
        if child > cue and complement < 0 and dep in _COMPLEMENTS:
            complement = child
        # Without what hangs loosely on its end: "the plan, which …", "it would stay and …".
        for loose in children[child]:
            if loose > child and deps[loose] in _LOOSE and left[loose] - 1 >= child:
                inner = first
                while (
                    inner < child
                    and deps[inner] in {"case", "mark"}
                    and syntax.lower[inner] != "to"
                ):
                    inner += 1
                add(f"{dep}-before-{deps[loose]}", inner, left[loose] - 1)
    return complement


def _add_complement(syntax: Syntax, cue: int, complement: int, end: int, add: _Add) -> None:
    """Add everything from the first complement on."""
    if complement < 0:
        return
    deps, left, right = syntax.deps, syntax.left, syntax.right
    first = left[complement]
    if first <= right[cue]:
        add("complement-on", first, right[cue])
    add("complement-end", first, max(end, first))
    for child in syntax.children[cue]:
        if child > complement and deps[child] in _AFTER_COMPLEMENT and left[child] - 1 > complement:
            add(f"complement-before-{deps[child]}", first, left[child] - 1)
    for place in range(complement + 1, min(right[cue], complement + 60)):
        if syntax.words[place] in _BREAKS and syntax.quote[place] < 0:
            add("complement-to-" + syntax.words[place], first, place - 1)
            break


def _add_right(syntax: Syntax, cue: int, clause: tuple[int, int], end: int, add: _Add) -> None:
    """Add what stands after the cue."""
    if cue >= end:
        return
    deps, right, words = syntax.deps, syntax.right, syntax.words
    if cue < right[cue]:
        add("right", cue + 1, right[cue])
    after = clause[1] + 1
    if after <= end:
        add("right-end", after, end)
    for child in syntax.children[cue]:
        if child > cue and deps[child] in _ADDRESSED and right[child] < end:
            add("right-past-" + deps[child], right[child] + 1, end)
    for place in range(after, min(end, cue + 25)):
        if words[place] == ":":
            add("colon-end", place + 1, end)
            break
    for place in range(after + 1, end):
        if words[place] == ",":
            add("right-to-comma", after, place - 1)
            break


def _add_left(
    syntax: Syntax,
    cue: int,
    clause: tuple[int, int],
    begin: int,
    end: int,
    add: _Add,
    add_all: _AddAll,
) -> None:
    """Add what stands before the cue's clause, alone and with what follows it."""
    first, last = clause
    if first <= begin:
        return
    words = syntax.words
    add("left", begin, first - 1)
    previous = syntax.sentence[cue] - 1
    if (
        previous >= 0
        and syntax.line[syntax.bounds[previous][0]] == syntax.line[cue]
        and not words[begin][:1].isupper()
    ):
        # The sentence was cut in two: "called for the nominee … / to be taken there, he said".
        add("left-two", syntax.bounds[previous][0], first - 1)
    for place in range(first - 1, begin, -1):
        if words[place] in {";", "—", "–"}:
            if place < first - 1:
                add("left-clause", place + 1, first - 1)
            break
    if last < end:
        add_all("around", (begin, first - 1), (last + 1, end))
        # "X, he said on Monday, Y": the time goes with the cue.
        stop = syntax.right[cue]
        if last < stop < end:
            add_all("around-subtree", (begin, first - 1), (stop + 1, end))


def _add_head(syntax: Syntax, cue: int, add: _Add, add_all: _AddAll) -> None:
    """Add the clause or phrase the cue hangs on, without the cue's own part of it."""
    deps, left, right = syntax.deps, syntax.left, syntax.right
    head = syntax.heads[cue]
    if head == cue:
        return
    dep = deps[cue]
    if dep in _UNDER_CONTENT:
        pieces = []
        if left[head] < left[cue]:
            pieces.append((left[head], left[cue] - 1))
        if right[cue] < right[head]:
            pieces.append((right[cue] + 1, right[head]))
        if pieces:
            add_all(f"head-{dep}", *pieces)
            if dep in _OWN_SIDE:
                add_all(f"head-own-{dep}", pieces[-1])
        outer = syntax.heads[head]
        if dep == "case" and outer != head:
            rest = []
            if left[outer] < left[head]:
                rest.append((left[outer], left[head] - 1))
            if right[head] < right[outer]:
                rest.append((right[head] + 1, right[outer]))
            if rest:
                add_all("head-of-head", *rest)
    # A noun cue under a verb: "expressed concern that …", "the claim was made that …".
    if syntax.pos[cue] == "NOUN":
        for child in syntax.children[head]:
            if child > cue and deps[child] in _SISTERS:
                add("sister-" + deps[child], left[child], right[child])


def _add_with_subject(syntax: Syntax, cue: int, add: _Add, add_all: _AddAll) -> None:
    """Add "the plan … to fail" of "the plan is expected to fail", and objects with more."""
    deps, left, right = syntax.deps, syntax.left, syntax.right
    subject = own_subject(syntax, cue)
    object_ = -1
    for child in syntax.children[cue]:
        if child < cue:
            continue
        dep = deps[child]
        if subject >= 0 and dep in _WITH_SUBJECT:
            add_all(f"subject+{dep}", (left[subject], right[subject]), (left[child], right[child]))
        if object_ >= 0 and dep in _AFTER_OBJECT:
            add(f"obj+{dep}", left[object_], right[child])
        if dep == "obj" and object_ < 0:
            object_ = child
    if subject >= 0 and right[cue] > cue:
        add_all("subject+right", (left[subject], right[subject]), (cue + 1, right[cue]))


def _add_quotes(
    syntax: Syntax,
    cue: int,
    clause: tuple[int, int],
    begin: int,
    end: int,
    add: _Add,
    add_all: _AddAll,
) -> None:
    """Add the quotations of the cue's sentence, alone and together."""
    first, last = clause
    inside = syntax.quote[cue]
    ranges = [
        syntax.reach[number] for number in syntax.quoted[syntax.sentence[cue]] if number != inside
    ]
    if not ranges:
        return
    before = [range_ for range_ in ranges if range_[0] < first]
    after = [range_ for range_ in ranges if range_[1] > last]
    add_all("quotes", *ranges)
    if before:
        near = before[-1]
        add("quote-before", *near)
        if len(before) > 1:
            add_all("quotes-before", *before)
        add("to-quote-before", min(begin, near[0]), max(near[1], first - 1))
    if after:
        near = after[0]
        add("quote-after", *near)
        if last + 1 <= near[1]:
            add("through-quote-after", last + 1, near[1])
        if len(after) > 1:
            add_all("quotes-after", *after)
    if before and after:
        add_all("quote-both", before[-1], after[0])
        add_all(
            "around-quotes",
            (min(begin, before[0][0]), first - 1),
            (last + 1, max(end, after[-1][1])),
        )


def _add_beside(syntax: Syntax, cue: int, clause: tuple[int, int], end: int, add: _Add) -> None:
    """Add the words of the sentences before and after: "he said:" and a quotation below."""
    place, inside = syntax.sentence[cue], syntax.quote[cue]
    here = syntax.quoted[place]
    if syntax.words[cue] == ":":
        # A transcript: the speaker's words to the end of the paragraph.
        stop = cue
        while (
            stop + 1 < len(syntax)
            and syntax.line[stop + 1] == syntax.line[cue]
            and stop - cue < 400
        ):
            stop += 1
        if stop > cue:
            add("line-end", cue + 1, stop)
    if place + 1 < len(syntax.bounds):
        for number in syntax.quoted[place + 1]:
            if number != inside and number not in here:
                add("next-quote", *syntax.reach[number])
                break
        if ":" in syntax.words[cue : end + 1]:
            first, after = syntax.bounds[place + 1]
            add("next-sentence", first, after - 1)
        elif syntax.words[end] not in _ENDS and syntax.line[end] == syntax.line[end + 1]:
            # The sentence was cut in two: "stating on Monday's / that the bridge would close".
            first, after = syntax.bounds[place + 1]
            add("cut-off", first, after - 1)
            if clause[1] < end:
                add("through-cut", clause[1] + 1, after - 1)
    if place > 0 and all(number == inside for number in here):
        for number in reversed(syntax.quoted[place - 1]):
            if number != inside:
                add("previous-quote", *syntax.reach[number])
                break


def _spoken_before(syntax: Syntax, begin: int) -> tuple[int, int] | None:
    """Return the quotation that ends right before a sentence of the same line, with a comma,
    a question or exclamation mark: the sentence then is its speaker's."""
    place = syntax.sentence[begin]
    if place == 0 or not syntax.quoted[place - 1] or syntax.quote[begin] >= 0:
        return None
    first, last = syntax.reach[syntax.quoted[place - 1][-1]]
    if begin - last > 2 or last >= begin or syntax.line[last] != syntax.line[begin]:
        return None
    return (first, last) if syntax.words[last] in {",", "?", "!"} else None


def _speech_after(
    syntax: Syntax, cue: int, end: int, spoken: tuple[int, int] | None
) -> tuple[tuple[int, int], ...]:
    """Return the quotations right after the cue's sentence that have no words of their own
    around them, to the end of the paragraph; further while a quotation is left open."""
    number = syntax.sentence[cue] + 1
    if not syntax.quoted[number - 1] and spoken is None:
        return ()
    line = syntax.line[end]
    ranges: list[tuple[int, int]] = []
    goes_on = False
    while number < len(syntax.bounds) and len(ranges) < _LONGEST_SPEECH:
        first, stop = syntax.bounds[number]
        while first < stop and not syntax.words[first].strip():
            first += 1
        if first == stop:
            number += 1
            continue
        if not syntax.quoted[number] or (syntax.line[first] != line and not goes_on):
            break
        quote = syntax.quote
        quoted = [i for i in range(first, stop) if quote[i] >= 0]
        own = (
            i
            for i in range(first, stop)
            if quote[i] < 0 and syntax.pos[i] not in {"PUNCT", "SPACE"}
        )
        if any(True for _ in own):
            break
        line = syntax.line[first]
        last = quoted[-1]
        goes_on = not syntax.quotations[quote[last]].closed
        if ranges and first - ranges[-1][1] <= 4 and quote[quoted[0]] == quote[ranges[-1][1]]:
            ranges[-1] = (ranges[-1][0], last)
        else:
            ranges.append((quoted[0], last))
        number += 1
    return tuple(ranges)
