"""What a reporting word could report, and whom it could report it from.

For each cue this lists spans worth choosing from; which is right is learned
(``attribution_model``). Candidates are lists of token ranges, both ends included.
"""

from __future__ import annotations

from itertools import pairwise

from apps.claims.analysis.syntax import Syntax

Ranges = tuple[tuple[int, int], ...]

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
_CONTENT_DEPS = frozenset(
    {
        "ccomp", "xcomp", "obj", "obl", "advcl", "parataxis", "acl", "acl:relcl", "nmod", "iobj", "conj", "nsubj:pass",
        "nsubj", "csubj", "csubj:pass", "dep", "appos", "nmod:poss", "amod", "compound", "advcl:relcl", "obl:unmarked",
    }
)  # fmt: skip
_CLOSERS = frozenset(",.;:-–—)]”’\"' \n")
_OPENERS = frozenset(",;:-–—([ \n")
_LOOSE = frozenset(
    {"conj", "acl:relcl", "advcl", "parataxis", "appos", "acl", "obl", "obl:unmarked", "nmod"}
)


_AFTER_COMPLEMENT = frozenset(
    {"conj", "advcl", "obl", "parataxis", "obl:unmarked", "advmod", "advcl:relcl"}
)
_BREAKS = frozenset({",", ";", "—", "–", "-", ":", "―", "("})


def is_edge(syntax: Syntax, index: int) -> bool:
    """White space, or a mark other than quotation marks, at the edge of a range."""
    word = syntax.words[index]
    return not word.strip() or (syntax.pos[index] == "PUNCT" and word not in "“”\"‘’'")


def trim(syntax: Syntax, first: int, last: int) -> tuple[int, int] | None:
    """Return the range without marks and white space at its edges; None if nothing is left.

    Quotation marks stay when their partner does not fall outside.
    """
    while first <= last and (
        is_edge(syntax, first) or (syntax.words[first] in "”’" and syntax.words[first] != "’")
    ):
        first += 1
    while last >= first and is_edge(syntax, last):
        last -= 1
    while last > first and syntax.words[last] == "“":
        last -= 1
        while last > first and is_edge(syntax, last):
            last -= 1
    return (first, last) if first <= last else None


def cue_start(syntax: Syntax, cue: int) -> int:
    """Return the first token of the cue with its auxiliaries and adverbs: "has also said"."""
    start = cue
    for child in reversed(syntax.children[cue]):
        if (
            child < cue
            and syntax.deps[child] in {"aux", "aux:pass", "cop", "advmod", "neg"}
            and child >= start - 3
        ):
            start = min(start, child)
    return start


def find_subject(syntax: Syntax, cue: int) -> int:
    """Return the subject of a cue, looking up through coordinated and open clauses; -1 if none."""
    index = cue
    for _ in range(6):
        for child in syntax.children[index]:
            if syntax.deps[child] in _SUBJECTS:
                return child
        if (
            syntax.deps[index] in {"conj", "xcomp", "advcl", "ccomp", "parataxis"}
            and syntax.heads[index] != index
        ):
            index = syntax.heads[index]
            continue
        if syntax.deps[index] in {"acl", "acl:relcl"}:
            return syntax.heads[index]
        return -1
    return -1


def own_subject(syntax: Syntax, cue: int) -> int:
    for child in syntax.children[cue]:
        if syntax.deps[child] in _SUBJECTS:
            return child
    return -1


def clause_range(syntax: Syntax, cue: int) -> tuple[int, int]:
    """Return the tokens of "he said", "according to the police": cue with subject and aux."""
    first = cue_start(syntax, cue)
    last = cue
    subject = own_subject(syntax, cue)
    if subject >= 0:
        first = min(first, syntax.left[subject])
        if subject > cue:
            last = max(last, syntax.right[subject])
    return first, last


def find_contents(syntax: Syntax, cue: int) -> dict[Ranges, list[str]]:
    """Return the candidates for what *cue* reports, each with the names of the ways it was found."""
    found: dict[Ranges, list[str]] = {}
    begin, end = syntax.bounds[syntax.sentence[cue]]
    end -= 1

    speech = _speech_after(syntax, cue, end)

    def add(name: str, *ranges: tuple[int, int]) -> None:
        kept = []
        for first, last in ranges:
            trimmed = trim(syntax, *_complete(syntax, max(first, 0), last, cue))
            if trimmed is not None and not trimmed[0] <= cue <= trimmed[1]:
                kept.append(trimmed)
        if kept:
            key = tuple(sorted(kept))
            if all(a[1] < b[0] for a, b in pairwise(key)):
                found.setdefault(key, []).append(name)
                if speech and name in _GOES_ON and key[-1][1] < speech[0][0]:
                    found.setdefault((*key, *speech), []).append(name + "+speech")

    deps, left, right, children = syntax.deps, syntax.left, syntax.right, syntax.children
    right_children = [child for child in children[cue] if child > cue]
    complement = -1
    for child in children[cue]:
        dep = deps[child]
        if dep not in _CONTENT_DEPS:
            continue
        first, last = left[child], right[child]
        if first <= cue <= last:
            continue
        if dep in {"obl", "nmod", "acl", "ccomp", "advcl", "xcomp"}:
            inner = first
            while (
                inner < child
                and deps[inner] in {"case", "mark"}
                and syntax.heads[inner] == child
                and syntax.lower[inner] != "to"
            ):
                inner += 1
            case = syntax.lower[first] if inner > first else ""
            add(f"{dep}:{case}" if dep in {"obl", "nmod"} else dep, (inner, last))
        else:
            add(dep, (first, last))
        if dep in {"ccomp", "xcomp", "obj", "parataxis"} and child > cue and complement < 0:
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
                add(f"{dep}-before-{deps[loose]}", (inner, left[loose] - 1))
    # Everything from the first complement on, and everything after the cue.
    clause_first, clause_last = clause_range(syntax, cue)
    if complement >= 0:
        add("complement-on", (left[complement], right[cue]))
        add("complement-end", (left[complement], end))
        for child in right_children:
            if (
                child > complement
                and deps[child] in _AFTER_COMPLEMENT
                and left[child] - 1 > complement
            ):
                add(f"complement-before-{deps[child]}", (left[complement], left[child] - 1))
        for place in range(complement + 1, min(right[cue], complement + 60)):
            if syntax.words[place] in _BREAKS and syntax.quote[place] < 0:
                add("complement-to-" + syntax.words[place], (left[complement], place - 1))
                break
    if cue < end:
        add("right", (cue + 1, right[cue]))
        after = clause_last + 1
        add("right-end", (after, end))
        for child in right_children:
            if (
                deps[child]
                in {"obl", "obl:unmarked", "advmod", "obl:agent", "iobj", "nsubj", "obj"}
                and right[child] < end
            ):
                add("right-past-" + deps[child], (right[child] + 1, end))
        colon = next(
            (i for i in range(clause_last + 1, min(end + 1, cue + 25)) if syntax.words[i] == ":"),
            -1,
        )
        if 0 <= colon < end:
            add("colon-end", (colon + 1, end))
        comma = next((i for i in range(clause_last + 2, end) if syntax.words[i] == ","), -1)
        if comma > 0:
            add("right-to-comma", (after, comma - 1))
    if syntax.words[cue] == ":":
        # A transcript: the speaker's words to the end of the paragraph.
        stop = cue
        while (
            stop + 1 < len(syntax)
            and syntax.line[stop + 1] == syntax.line[cue]
            and stop - cue < 400
        ):
            stop += 1
        add("line-end", (cue + 1, stop))
    if clause_first > begin:
        add("left", (begin, clause_first - 1))
        previous = syntax.sentence[cue] - 1
        if (
            previous >= 0
            and syntax.line[syntax.bounds[previous][0]] == syntax.line[cue]
            and not syntax.words[begin][:1].isupper()
        ):
            # The sentence was cut in two: "called for the nominee … / to be taken there, he said".
            add("left-two", (syntax.bounds[previous][0], clause_first - 1))
        comma = next(
            (i for i in range(clause_first - 1, begin, -1) if syntax.words[i] in {";", "—", "–"}),
            -1,
        )
        if comma > begin:
            add("left-clause", (comma + 1, clause_first - 1))
        if clause_last < end:
            add("around", (begin, clause_first - 1), (clause_last + 1, end))
            # "X, he said on Monday, Y": the time goes with the cue.
            stop = right[cue]
            if clause_last < stop < end:
                add("around-subtree", (begin, clause_first - 1), (stop + 1, end))
    head = syntax.heads[cue]
    if head != cue:
        first, last = left[head], right[head]
        inner_first, inner_last = left[cue], right[cue]
        pieces = []
        if first < inner_first:
            pieces.append((first, inner_first - 1))
        if inner_last < last:
            pieces.append((inner_last + 1, last))
        if pieces and deps[cue] in {
            "parataxis",
            "ccomp",
            "advcl",
            "obl",
            "amod",
            "acl",
            "advmod",
            "nmod",
            "acl:relcl",
            "case",
        }:
            add(f"head-{deps[cue]}", *pieces)
            if deps[cue] in {"amod", "advmod", "acl", "acl:relcl", "nmod"}:
                add(
                    f"head-own-{deps[cue]}",
                    (inner_last + 1, last) if inner_last < last else pieces[0],
                )
        if deps[cue] == "case" and syntax.heads[head] != head:
            outer = syntax.heads[head]
            rest = []
            if left[outer] < left[head]:
                rest.append((left[outer], left[head] - 1))
            if right[head] < right[outer]:
                rest.append((right[head] + 1, right[outer]))
            if rest:
                add("head-of-head", *rest)
        # A noun cue under a verb: "expressed concern that …", "the claim was made that …".
        if syntax.pos[cue] == "NOUN":
            for child in children[head]:
                if deps[child] in {"ccomp", "xcomp", "advcl"} and child > cue:
                    add("sister-" + deps[child], (left[child], right[child]))
    subject = own_subject(syntax, cue)
    if subject >= 0:
        for child in right_children:
            if deps[child] in {"xcomp", "ccomp", "obl", "advcl", "obj"}:
                add(
                    f"subject+{deps[child]}",
                    (left[subject], right[subject]),
                    (left[child], right[child]),
                )
        if right[cue] > cue:
            add("subject+right", (left[subject], right[subject]), (cue + 1, right[cue]))
    objects = [child for child in right_children if deps[child] == "obj"]
    for child in right_children:
        if objects and deps[child] in {"xcomp", "obl", "ccomp", "advcl"} and child > objects[0]:
            add(f"obj+{deps[child]}", (left[objects[0]], right[child]))
    _add_quotes(syntax, cue, begin, end, clause_first, clause_last, add)
    add("sentence-but-cue", (begin, clause_first - 1), (clause_last + 1, end))
    return found


# Found these ways, words may go on in quotations after the cue: "A," he said. "B."
_GOES_ON = frozenset(
    {
        "quote-before", "quotes-before", "left", "left-clause", "around", "quotes", "quote-both", "sentence-but-cue",
        "ccomp", "parataxis", "head-parataxis", "head-ccomp", "to-quote-before", "quote-after", "around-quotes",
        "through-quote-after", "colon-end", "obj", "complement-on", "head-advcl",
    }
)  # fmt: skip
_LONGEST_SPEECH = 12


def _complete(syntax: Syntax, first: int, last: int, cue: int) -> tuple[int, int]:
    """Return the range with quotations it cuts through made whole."""
    number = syntax.quote[first] if first < len(syntax.quote) else -1
    if number >= 0 and number != syntax.quote[cue]:
        while first > 0 and syntax.quote[first - 1] == number:
            first -= 1
    if last < len(syntax.quote):
        number = syntax.quote[last]
        if number >= 0 and number != syntax.quote[cue]:
            while last + 1 < len(syntax.quote) and syntax.quote[last + 1] == number:
                last += 1
    return first, last


def _speech_after(syntax: Syntax, cue: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the quotations right after the cue's sentence that have no words of their own
    around them, to the end of the paragraph; further while a quotation is left open."""
    number = syntax.sentence[cue] + 1
    line = syntax.line[min(end, len(syntax) - 1)]
    if not any(
        syntax.quote[index] >= 0 for index in range(syntax.bounds[syntax.sentence[cue]][0], end + 1)
    ):
        return ()
    ranges: list[tuple[int, int]] = []
    goes_on = False
    while number < len(syntax.bounds) and len(ranges) < _LONGEST_SPEECH:
        first, stop = syntax.bounds[number]
        while first < stop and not syntax.words[first].strip():
            first += 1
        if first == stop:
            number += 1
            continue
        if syntax.line[first] != line and not goes_on:
            break
        own = [
            i
            for i in range(first, stop)
            if syntax.quote[i] < 0 and syntax.pos[i] not in {"PUNCT", "SPACE"}
        ]
        quoted = [i for i in range(first, stop) if syntax.quote[i] >= 0]
        if own or not quoted:
            break
        line = syntax.line[first]
        last = quoted[-1]
        goes_on = not syntax.quotations[syntax.quote[last]].closed
        if (
            ranges
            and first - ranges[-1][1] <= 4
            and syntax.quote[quoted[0]] == syntax.quote[ranges[-1][1]]
        ):
            ranges[-1] = (ranges[-1][0], last)
        else:
            ranges.append((quoted[0], last))
        number += 1
    return tuple(ranges)


def _add_quotes(
    syntax: Syntax, cue: int, begin: int, end: int, clause_first: int, clause_last: int, add: object
) -> None:
    put = add
    assert callable(put)
    quote = syntax.quote
    inside = quote[cue]
    numbers = [q for q in dict.fromkeys(quote[begin : end + 1]) if q >= 0 and q != inside]
    ranges = {number: _quote_range(syntax, number, begin, end) for number in numbers}
    before = [number for number in numbers if ranges[number][0] < clause_first]
    after = [number for number in numbers if ranges[number][1] > clause_last]
    if numbers:
        put("quotes", *ranges.values())
    if before:
        near = before[-1]
        put("quote-before", ranges[near])
        if len(before) > 1:
            put("quotes-before", *[ranges[number] for number in before])
        put(
            "to-quote-before", (min(begin, ranges[near][0]), max(ranges[near][1], clause_first - 1))
        )
    if after:
        near = after[0]
        put("quote-after", ranges[near])
        put("through-quote-after", (clause_last + 1, ranges[near][1]))
        if len(after) > 1:
            put("quotes-after", *[ranges[number] for number in after])
    if before and after:
        put("quote-both", ranges[before[-1]], ranges[after[0]])
        put(
            "around-quotes",
            (min(begin, ranges[before[0]][0]), clause_first - 1),
            (clause_last + 1, max(end, ranges[after[-1]][1])),
        )
    # "he said:" with the words in the next line or sentence.
    following = syntax.sentence[cue] + 1
    if following < len(syntax.bounds):
        first, stop = syntax.bounds[following]
        nearby = [
            q
            for q in dict.fromkeys(quote[first:stop])
            if q >= 0 and q not in numbers and q != inside
        ]
        if nearby:
            put("next-quote", _quote_range(syntax, nearby[0], first, stop - 1))
        if any(word == ":" for word in syntax.words[cue : end + 1]):
            put("next-sentence", (first, stop - 1))
    previous = syntax.sentence[cue] - 1
    if previous >= 0:
        first, stop = syntax.bounds[previous]
        nearby = [
            q
            for q in dict.fromkeys(quote[first:stop])
            if q >= 0 and q not in numbers and q != inside
        ]
        if nearby and not numbers:
            put("previous-quote", _quote_range(syntax, nearby[-1], first, stop - 1))


def _quote_range(syntax: Syntax, number: int, begin: int, end: int) -> tuple[int, int]:
    """Return the tokens of a whole quotation, also where it reaches out of the sentence."""
    first = last = -1
    for index in range(begin, end + 1):
        if syntax.quote[index] == number:
            first = index if first < 0 else first
            last = index
    while first > 0 and syntax.quote[first - 1] == number:
        first -= 1
    while last + 1 < len(syntax.quote) and syntax.quote[last + 1] == number:
        last += 1
    return first, last


def find_sources(syntax: Syntax, cue: int) -> dict[Ranges, list[str]]:
    """Return the candidates for the source of *cue*; the empty tuple is "nobody named"."""
    found: dict[Ranges, list[str]] = {(): ["none"]}
    begin, end = syntax.bounds[syntax.sentence[cue]]
    deps, left, right, heads, children = (
        syntax.deps,
        syntax.left,
        syntax.right,
        syntax.heads,
        syntax.children,
    )

    def add(name: str, index: int, first: int = -1, last: int = -1) -> None:
        first = left[index] if first < 0 else first
        last = right[index] if last < 0 else last
        # A relative clause after the noun is not who speaks, and may hold the cue itself.
        for child in children[index]:
            if (
                deps[child] in {"acl:relcl", "acl", "parataxis", "advcl", "ccomp", "appos"}
                and child > index
            ):
                stop = left[child] - 1
                if (
                    first <= cue <= last
                    or deps[child] == "parataxis"
                    or (deps[child] != "appos" and right[child] - left[child] > 12)
                ):
                    last = min(last, max(stop, index))
        if first <= cue <= last:
            if cue > index:
                last = index
            else:
                first = cue + 1
        while first < index and (
            deps[first] in {"case", "mark", "punct", "cc", "fixed"}
            or not syntax.words[first].strip()
        ):
            first += 1
        trimmed = trim(syntax, first, last)
        if trimmed is not None and not trimmed[0] <= cue <= trimmed[1]:
            found.setdefault((trimmed,), []).append(name)

    for child in children[cue]:
        dep = deps[child]
        if dep in _SUBJECTS:
            add(dep, child)
        elif dep in {"obl:agent", "nmod:poss", "obj", "iobj", "compound", "amod", "appos"}:
            add(dep, child)
        elif dep in {"obl", "nmod"}:
            case = next(
                (syntax.lower[grand] for grand in children[child] if deps[grand] == "case"), ""
            )
            add(f"{dep}:{case}", child)
    index = cue
    for step in range(1, 6):
        head = heads[index]
        if head == index:
            break
        dep = deps[index]
        if dep in {"acl", "acl:relcl"}:
            add(f"{dep}-head", head)
        for child in children[head]:
            if child == index:
                continue
            if deps[child] in _SUBJECTS:
                add(f"up{min(step, 2)}-{dep}-{deps[child]}", child)
            elif deps[child] in {"nmod:poss", "obl:agent"}:
                add(f"up{min(step, 2)}-{dep}-{deps[child]}", child)
            elif deps[child] == "obj" and dep in {"xcomp", "advcl", "acl"}:
                add(f"up{min(step, 2)}-{dep}-obj", child)
        if (
            dep in {"case", "obl", "nmod"}
            and heads[index] != index
            and step == 1
            and syntax.lower[cue] in {"according", "per"}
        ):
            add("according", head, first=min(head, cue + 1) if head > cue else left[head])
        index = head
        if not begin <= index < end:
            break
    if syntax.words[cue] == ":" and cue > begin:
        trimmed = trim(syntax, begin, cue - 1)
        if trimmed is not None:
            found.setdefault((trimmed,), []).append("before-colon")
            base = trimmed[1]
            add("before-colon-np", base)
    # The nearest noun phrase on each side, for where the parse lost its way.
    for name, span in (
        ("near-right", range(cue + 1, min(end, cue + 5))),
        ("near-left", range(cue - 1, max(begin - 1, cue - 5), -1)),
    ):
        for place in span:
            if syntax.pos[place] in {"PROPN", "PRON", "NOUN"}:
                top = place
                while (
                    begin <= heads[top] < end
                    and heads[top] != top
                    and heads[top] != cue
                    and syntax.pos[heads[top]] in {"PROPN", "NOUN"}
                    and abs(heads[top] - cue) < 12
                ):
                    top = heads[top]
                add(name, top)
                break
    return found
