"""Whom a reporting word could report from: the noun phrases worth choosing among."""

from __future__ import annotations

from apps.claims.analysis.attribution_candidates import SUBJECTS, Ranges, trim
from apps.claims.analysis.syntax import Syntax


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
        if dep in SUBJECTS:
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
            if deps[child] in SUBJECTS:
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
