"""Which way the words around a date look from the day of printing: ahead, back, or neither.

A bare "Friday" or "28 November" is a day to come in "will meet on Friday" and a past one in
"met on Friday". The verb group that governs the date is looked for in the text alone: the
one before it in its clause, for a date that opens its clause the one after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from apps.articles.text.spans import Span
from apps.claims.analysis.lexicon import read_forms, read_rows

# A verb group further away than this, in words, is weak evidence.
_NEAR = 7
# What a boundary between the verb and the date costs, in words.
_COMMA_COST = 5
_CLAUSE_COST = 4
_REPORT_COST = 8
_AFTER_COST = 3
# How far a clause is searched, in characters, before and after the date.
_REACH_BACK = 160
_REACH_AHEAD = 110

_STOP_BEFORE = re.compile(r"(?:[.!?][”\"’')\]]*\s+(?=[“\"‘'(\[]?[A-Z0-9])|[;:]\s|\n|\s[–—]\s?|—)")
_STOP_AFTER = re.compile(r"[.!?](?:[\s”\"’')\]]|$)|[;:]\s|\n|\s[–—]\s?|—")
_COMMA = re.compile(r",[”\"’]?\s|\s-\s|[()]")
_CLAUSE_WORD = re.compile(
    r"\b(?:and|but|or|that|which|who|whom|whose|when|where|while|as|after|before|because|since|if|although|though|until|once|than)\b",
    re.IGNORECASE,
)
_ADVERB = r"(?:not|n[’']t|also|only|now|then|still|never|already|again|just|have|be|been|being|likely|probably|\w+ly|it|he|she|they|we)"


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    # "ahead", "back", "fixed" (a present that may be either), "goal" (an infinitive),
    # "intended" (an infinitive with its verb), "pending" ("was to") or "reported"
    way: str


def _alternatives(name: str) -> str:
    for row in read_rows("tense_words"):
        if row[0] == name:
            forms = sorted(set(read_forms(row[1])), key=lambda form: (-len(form), form))
            return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in forms)
    raise ValueError(f"no list {name!r} among the tense words")


@cache
def _verbs() -> re.Pattern[str]:
    """Return the pattern of verb groups, the longer reading of a place first."""
    return re.compile(
        rf"""(?:(?<!\w)(?=\w)|(?=[’']))(?:
        (?P<perfect>\b(?:would|could|should|might|may|must|can[’']t|cannot)(?:\s{_ADVERB})*\shave\s(?:{_ADVERB}\s)*\w+)
      | (?P<intended>(?:\b(?:was|were|is|are|been|has|have|had)\s)*\b(?:{_alternatives("intended")})\s(?:\w+\s){{0,3}}?to\s(?:be\s)?(?:{_ADVERB}\s)?(?-i:[a-z]{{2,}})\b)
      | (?P<denied>\b(?:could(?:\snot|n[’']t)|(?:would|did|does|do)(?:\snot|n[’']t)\s(?:immediately\s)?(?:comment|respond|return|reply|say|answer))\b(?:\sbe)?(?:\s\w+)?)
      | (?P<duty>\b(?:has|have|had)\s(?:to|until|till|yet\sto)\b(?:\s(?:be\s)?\w+)?)
      | (?P<gone>\b(?:has|have|had|having|(?<=\w)[’']ve)(?:\s{_ADVERB})*\s(?:\w+(?:ed|ing|wn)|{_alternatives("past")})\b)
      | (?P<was_to>\b(?:was|were)\s(?:{_ADVERB}\s)*(?:to\s(?:have\s)?\w+|due|set|scheduled|expected|slated|supposed|meant|going|about)\b(?:\sto\s(?:be\s)?\w+)?)
      | (?P<modal>(?:\b(?:will|shall|would|might|can|could|should|must|cannot|won[’']t|can[’']t|couldn[’']t|wouldn[’']t|shouldn[’']t)\b|(?<=\w)[’']ll\b|\b(?-i:may)\b)
          (?:\s{_ADVERB})*(?:\s(?:\w+ed|\w+en|\w+))?)
      | (?P<to_be>\b(?:is|are|[’']s|[’']re)\s(?:{_ADVERB}\s)*(?:to\s\w+|due|set|scheduled|expected|slated|supposed|going|about|likely|being\s\w+)\b(?:\sto\s(?:be\s)?\w+)?)
      | (?P<planned>\b(?:{_alternatives("planned")})\b(?:\sto\s(?:be\s)?\w+)?)
      | (?P<passive>\b(?:was|were|been|being|got)\s(?:{_ADVERB}\s)*(?:\w+(?:ed|wn)|{_alternatives("past")})\b)
      | (?P<present>\b(?:is|are|[’']re)\s(?:{_ADVERB}\s)*\w+(?:ed|ing|wn)\b)
      | (?P<reported>\b(?:{_alternatives("reported")})\b)
      | (?P<infinitive>\bto\s(?:be\s)?(?-i:(?!(?:the|an|his|her|its|their|our|your|more|less|about|some|this|that|these|those|him|them|one|two|three|four|five|six|seven|eight|nine|ten|court|jail|prison|hospital|school|work|parliament|date|life|death|power|war|nearly|almost|around|over|at|as|up)\b)[a-z]{{3,}})\b)
      | (?P<past>\b(?:{_alternatives("past")})\b|\b(?!(?:need|speed|feed|breed|seed|deed|indeed|hundred|red|bed|united|shed|exceed|proceed|succeed|alleged|needed|required|limited|so-called|sacred|naked)\b)[A-Za-z]{{2,}}ed\b)
      | (?P<fixed>\b(?:{_alternatives("fixed")})\b)
        )""",
        re.IGNORECASE | re.VERBOSE,
    )


_WAYS = {
    "perfect": "back",
    "denied": "back",
    "duty": "ahead",
    "gone": "back",
    "was_to": "pending",
    "modal": "ahead",
    "to_be": "ahead",
    "planned": "ahead",
    "passive": "back",
    "present": "fixed",
    "reported": "reported",
    "intended": "intended",
    "infinitive": "goal",
    "past": "back",
    "fixed": "fixed",
}
_NOUNS_TOO = frozenset({"plan", "plans", "hope", "hopes", "aim", "aims"})
_OPENS_CLAUSE = re.compile(
    r"(?:^|[,;:(]\s?|[“\"‘]|\b(?:and|but|that|when|because|while|as)\s)(?:(?:on|in|at|by|from|since|until|early|late|earlier|later|before|after|around|about|for|over|during|through|the|next|last|this|of|morning|night|evening|afternoon|week|month|end|start|beginning)\s)*$",
    re.IGNORECASE,
)
# "the vote", "her plans": a noun, whatever it looks like.
_NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your|no|any|each|every|first|last|next|final|\w+[’']s|of|in|for|with|before|after|on|by)\s$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince\s(?:(?:early|late|mid|the|at|least|end|start|beginning|of)[\s-])*$", re.IGNORECASE
)
_DEADLINE = re.compile(
    r"\b(?:until|till|by|through|come|deadline|no\slater\sthan|ahead\sof|starting|effective|from)\s(?:(?:on|in|of|early|late|mid|the|at|least|end|start|beginning|as)[\s-])*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till)\s(?:(?:on|in|of|early|late|mid|the|at|least)[\s-])*$", re.IGNORECASE
)
# What was done until a day that may still be to come: "gave them until Friday", "banned until May".
_SHUT_UNTIL = re.compile(
    r"\b(?:gave|given|granted|adjourned|postponed|extended|closed|suspended|delayed|banned|remanded|barred|cancell?ed|shut|ordered|jailed|sealed|ruled\sout|sidelined|halted|frozen|put\soff|pushed\sback)\b[^,;]*$",
    re.IGNORECASE,
)
# "said in a statement late on": the date is that of the saying; not "said the vote on".
_SAID_WHERE = re.compile(
    r"[”\"’',]*(?:\s(?:(?:in|at|on|during|to|via|through|by|from)\s(?:\w+\s){0,4}?\w+|here|there|earlier|late|early|again|on|in|at|by|the))*\s*",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|when|once|unless|whether)\b[^,;]*$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|following|during)\s(?:the\s)?$", re.IGNORECASE)
# "her Monday visit to the port, where she met": what the day names is told of in a clause of its own.
_TOLD_OF = re.compile(
    r"^\s\w+(?:\s[^\W\d]+){0,6}?,?\s(?:where|(?:at|in|during|after|on)\swhich)\s", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Which way the words at a date look: *ahead* True, False or None when they don't say;
    *sure* when the verb that says so stands near it in its clause. *nearer* when the words
    fit both ways alike: "was to open on Monday"."""

    ahead: bool | None
    sure: bool
    nearer: bool = False


def read_outlook(text: str, span: Span) -> Outlook:
    """Return the way the words around *span* look, from the verb group nearest to it.

    Words between the verb and the date count one each, commas and clause words more; a verb
    after the date costs more than one before it unless the date opens its clause. The
    verb of saying gives way to what is said.
    """
    left = text[max(0, span.start - _REACH_BACK) : span.start]
    cut = list(_STOP_BEFORE.finditer(left))
    if cut:
        left = left[cut[-1].end() :]
    right = text[span.end : span.end + _REACH_AHEAD]
    stop = _STOP_AFTER.search(right)
    if stop is not None:
        right = right[: stop.start()]
    if _SINCE.search(left):
        return Outlook(False, True)
    opens = bool(_OPENS_CLAUSE.search(left))
    best: tuple[float, int, _Hit] | None = None
    hits = _hits(left, right)
    for order, hit in enumerate(hits):
        before = hit.start < len(left)
        if hit.way == "fixed" and not before and not opens:
            continue  # "the vote on Tuesday leaves him weaker": it is no vote to come
        if hit.way == "intended":
            # "urged on Friday to leave" tells of the urging, "urged them to leave on Friday" not.
            hit = replace(hit, way="ahead" if before else "back")
        gap = left[hit.end :] if before else right[: hit.start - len(left)]
        cost = _cost(gap, hit, before=before, opens=opens)
        if best is None or (cost, order) < best[:2]:
            best = (cost, order, hit)
    way, cost = ("", 0.0) if best is None else (best[2].way, best[0])
    if _DEADLINE.search(left) and (way != "back" or (cost > _NEAR and not opens)):
        return Outlook(True, True)
    if _UNTIL.search(left) and _SHUT_UNTIL.search(left):
        return Outlook(True, True)
    if best is None:
        return Outlook(False if _AFTER.search(left) else None, False)
    if way == "fixed":
        told = _TOLD_OF.search(right)
        after = [hit for hit in hits if told and hit.start >= len(left) + told.end()]
        if after and after[0].way == "back":
            return Outlook(False, True)
        return Outlook(True, bool(_IF.search(left)))
    if way == "goal":
        return Outlook(True, False)
    if way == "pending":
        return Outlook(None, False, nearer=True)
    if way == "reported" and cost > _NEAR:
        return Outlook(None, False)
    # "leaked the files to sway the vote on Friday": the vote may be still to come.
    between = any(hit.way == "goal" and best[2].end <= hit.start < len(left) for hit in hits)
    return Outlook(way == "ahead", cost <= _NEAR and not between)


def _hits(left: str, right: str) -> list[_Hit]:
    """Return the verb groups of *left* and *right*, offsets counted from the start of *left*."""
    found: list[_Hit] = []
    for part, offset in ((left, 0), (right, len(left))):
        for match in _verbs().finditer(part):
            kind = match.lastgroup or ""
            if (kind == "fixed" or match.group() in _NOUNS_TOO) and _NOUN_BEFORE.search(
                part[: match.start()]
            ):
                continue
            if (
                kind == "fixed"
                and found
                and found[-1].way in {"back", "reported"}
                and part[found[-1].end - offset : match.start()].isspace()
            ):
                continue  # "took hold", "won votes"
            found.append(_Hit(match.start() + offset, match.end() + offset, _WAYS[kind]))
    return found


def _cost(gap: str, hit: _Hit, *, before: bool, opens: bool) -> float:
    commas = len(_COMMA.findall(gap))
    clauses = len(_CLAUSE_WORD.findall(gap))
    if not before and opens and gap.lstrip().startswith(","):
        commas -= 1
    cost = float(len(gap.split())) + _COMMA_COST * commas + _CLAUSE_COST * clauses
    if before and opens:
        # The date belongs to the clause it opens.
        cost += _AFTER_COST + _COMMA_COST
    elif not before and not opens:
        cost += _AFTER_COST
    if hit.way == "goal":
        # "rallied to mark": as past as the verb it hangs on, if there is one.
        cost += _REPORT_COST
    if hit.way == "ahead" and not before and opens:
        cost -= _CLAUSE_COST
    if hit.way == "reported":
        where = _SAID_WHERE.fullmatch(gap) if before else (opens and len(gap.split()) <= 3)
        if not where:
            cost += _REPORT_COST
    return cost
