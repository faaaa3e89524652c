"""What a figure counts: the noun phrase it belongs to, read off the parse."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from apps.articles.text.doc_text import text_of
from apps.articles.text.spans import Span
from apps.claims.analysis.amount_values import Amount
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.types import QuantityType

_SKIP_AFTER = frozenset(
    {
        "more",
        "other",
        "others",
        "additional",
        "further",
        "new",
        "extra",
        "different",
        "separate",
        "such",
        "-",
    }
)


# "15 were taken to hospital": what happens to them says that they are people.
_DONE_TO_PEOPLE = frozenset(
    "die kill injure wound hurt hospitalize hospitalise arrest detain deport charge sentence convict jail imprison rescue "
    "evacuate treat survive drown perish displace infect vaccinate abduct kidnap execute shoot stab trap rescue vote attend "
    "protest march sign flee suffer work live employ lay hire fire enroll enrol register apply sicken free release gather "
    "starve perish quarantine isolate redeploy furlough strand".split()
)


_PEOPLE_ADJECTIVES = frozenset(
    {
        "dead",
        "injured",
        "wounded",
        "missing",
        "hurt",
        "killed",
        "trapped",
        "detained",
        "arrested",
        "displaced",
        "deported",
        "alive",
        "homeless",
        "hospitalized",
        "hospitalised",
    }
)


_TOLL = re.compile(
    r"\b(?:death\s)?tolls?\b|\bfatalities\b|\bdeaths\b|\bcasualties\b|\bdead\b", re.IGNORECASE
)


# What stands before a figure whose noun was said with the figure before it.
_SAME_THING = re.compile(
    r"\b(?:other|another|further|additional|remaining|of\swhich|of\swhom|the\srest)\b[^.;,]{0,12}$",
    re.IGNORECASE,
)


_NUMBER_OF = re.compile(
    r"\bnumber\sof\s(?P<things>(?:[\w’'-]+\s){1,4}?)(?:in\s|at\s|on\s|who\s|that\s|has\s|had\s|have\s|was\s|were\s|is\s|rose\s|fell\s|grew\s|\w+ed\s)[^.;]{0,50}\b(?:to|at|by|from|was|is|reached|hit)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)


def find_said_before(before: str, antecedent: tuple[str, str]) -> tuple[str, str]:
    """Return (counted, head) of a bare figure from the words before it; empty for none.

    *antecedent* are those of the figure before it in the sentence.
    """
    if antecedent[0] and (
        _SAME_THING.search(before)
        or re.search(rf"\b{re.escape(antecedent[0])}\s(?:to|against)\s$", before)
    ):
        return antecedent
    number = _NUMBER_OF.search(before)
    if number is not None:
        things = number.group("things").strip()
        return things, _last_word(things).lower()
    return "", ""


def find_counted(
    doc: Doc, first: Token, last: Token, sentence: Span, amount: Amount
) -> tuple[str, str, bool]:
    """Return (noun phrase, head lemma, is a part of it) of what a figure counts."""
    end = sentence.end
    index = last.i + 1
    part_of = False
    # "a 19-member panel", "a 3,000-home estate": the noun tied to the figure is counted.
    if (
        amount.hyphened
        and amount.type is QuantityType.CARDINAL
        and index + 1 < len(doc)
        and doc[index].text in "-‐‑"
        and doc[index + 1].is_alpha
        and doc[index + 1].idx < end
    ):
        return doc[index + 1].text, _head_lemma(doc[index + 1]), False
    # "the 15 killed", "six dead": the participle says what they are.
    while (
        index < len(doc)
        and doc[index].idx < end
        and (doc[index].lower_ in _SKIP_AFTER or doc[index].text in "-‐‑")
    ):
        if doc[index].lower_ == "others":
            return "others", "other", part_of
        index += 1
    if index < len(doc) and doc[index].lower_ in {"of", "among"} and doc[index].idx < end:
        following = index + 1
        if (
            following < len(doc)
            and doc[following].pos_ in {"DET", "PRON"}
            and doc[following].idx < end
        ):
            part_of = doc[following].lower_ not in {"a", "an"} or amount.kind == "fraction"
            if doc[following].pos_ == "PRON" and doc[following].lower_ in {
                "them",
                "whom",
                "those",
                "these",
                "us",
            }:
                if (
                    doc[following].lower_ in {"those", "these"}
                    and following + 1 < len(doc)
                    and doc[following + 1].pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}
                ):
                    index = following + 1
                else:
                    return doc[following].text, doc[following].lower_, True
            else:
                index = following + 1
                # "312 of the 655 dwellings"
                while (
                    index < len(doc)
                    and (doc[index].pos_ == "NUM" or doc[index].text in ",.")
                    and doc[index].idx < end
                ):
                    index += 1
        else:
            index = following
    if index < len(doc) and doc[index].idx < end and doc[index].lower_ in _PEOPLE_ADJECTIVES:
        if find_noun_run(doc, index + 1, end) is None:
            return doc[index].text, doc[index].lower_, part_of
    # "9 needed treatment": they are who needed it, no needed treatment is counted.
    does = index < len(doc) and doc[index].pos_ == "VERB" and first.head.i == index
    phrase = None if does and first.dep_.startswith("nsubj") else find_noun_run(doc, index, end)
    if phrase is not None:
        start, stop = phrase
        return (
            text_of(doc)[doc[start].idx : doc[stop].idx + len(doc[stop])],
            _head_lemma(doc[stop]),
            part_of,
        )
    # "101 were Venezuelans": the predicate noun.
    head = first.head if first.head.i not in range(first.i, last.i + 1) else last.head
    if first.dep_ in {"nsubj", "nsubj:pass"} or last.dep_ in {"nsubj", "nsubj:pass"}:
        if (
            head.pos_ in {"NOUN", "PROPN", "ADJ"}
            and any(child.dep_ == "cop" for child in head.children)
            and head.idx < end
            and head.i > last.i
        ):
            left = [
                child
                for child in head.lefts
                if child.dep_ in {"amod", "compound", "nmod"} and child.i > last.i
            ]
            start = min([child.left_edge.i for child in left], default=head.i)
            return text_of(doc)[doc[start].idx : head.idx + len(head)], _head_lemma(head), True
        of_before = _of_before(doc, first, sentence)
        if of_before:
            return of_before[0], of_before[1], True
    of_before = _of_before(doc, first, sentence)
    if of_before:
        return of_before[0], of_before[1], True
    return "", "", part_of


def _of_before(doc: Doc, first: Token, sentence: Span) -> tuple[str, str] | None:
    """Read "Of the injured, 15 were taken": what stands in front is what is counted."""
    index = first.i - 1
    if index < 0 or doc[index].text != "," or doc[index].idx < sentence.start:
        return None
    limit = max(0, index - 10)
    place = index - 1
    while place >= limit and doc[place].idx >= sentence.start:
        if doc[place].lower_ in {"of", "among"}:
            run = find_noun_run(doc, place + 2, sentence.end) if place + 2 < index else None
            if run is not None and run[1] < index:
                start, stop = run
                return text_of(doc)[doc[start].idx : doc[stop].idx + len(doc[stop])], _head_lemma(
                    doc[stop]
                )
            if place + 1 < index and doc[place + 1].lower_ in {"them", "those"}:
                return doc[place + 1].text, doc[place + 1].lower_
        place -= 1
    return None


_RUN_POS = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "VERB"})


def find_noun_run(doc: Doc, index: int, end: int) -> tuple[int, int] | None:
    """Return (first, last) token of the noun phrase that begins at *index*, if one does."""
    place, last = index, -1
    while place < len(doc) and doc[place].idx < end and place - index < 8:
        token = doc[place]
        if token.text in "-‐‑" and last >= 0:
            place += 1
            continue
        if token.pos_ not in _RUN_POS:
            break
        if token.pos_ in {"NOUN", "PROPN"}:
            if (
                token.dep_ in {"obl:unmarked", "nsubj", "nsubj:pass"}
                and last >= 0
                and token.i != doc[last].head.i
            ):
                break
            if (
                last >= 0
                and doc[last].tag_ in {"NNS"}
                and token.head.i != doc[last].i
                and doc[last].head.i != token.i
            ):
                break
            last = place
        elif token.pos_ == "VERB":
            # "15 injured workers", "40 deported": only participles before or as the noun.
            if token.tag_ not in {"VBN", "VBG"} or last >= 0:
                break
            if (
                token.dep_ not in {"amod", "acl", "nsubj", "nsubj:pass", "obj", "obl", "conj"}
                and token.head.i < index
            ):
                if token.lower_ in _PEOPLE_ADJECTIVES and last < 0:
                    return place, place
                break
            if token.dep_ == "acl" and token.lower_ in _PEOPLE_ADJECTIVES:
                return place, place
        elif token.pos_ == "ADV":
            if last >= 0 or not (place + 1 < len(doc) and doc[place + 1].pos_ in {"ADJ", "VERB"}):
                break
        elif token.pos_ == "ADJ" and last >= 0:
            break
        elif token.lower_ in _PEOPLE_ADJECTIVES and (
            place + 1 >= len(doc) or doc[place + 1].pos_ not in {"NOUN", "PROPN", "ADJ"}
        ):
            return (index, place)
        place += 1
    return (index, last) if last >= index else None


def _head_lemma(token: Token) -> str:
    return token.lemma_.lower() or token.lower_


def counts_people(doc: Doc, tokens: object, head: str, counted: str, before: str) -> bool:
    people = read_words("people")
    if head:
        last = _last_word(counted).lower() or head
        return (
            head in people
            or last in _PEOPLE_ADJECTIVES
            or head in _PEOPLE_ADJECTIVES
            or _is_people_name(counted)
        )
    if not hasattr(tokens, "root"):
        return False
    root = tokens.root
    if root.dep_ in {"nsubj", "nsubj:pass", "obj"} and root.head.lemma_.lower() in _DONE_TO_PEOPLE:
        return True
    return bool(_TOLL.search(before))


def _is_people_name(counted: str) -> bool:
    """Nationals in the plural: "Venezuelans", "Salvadorans"; not "Boeings"."""
    pattern = r"[A-Z][a-z]+(?:ans|ians|ish|ese|is|eans|ards|iots|ers)"
    return bool(re.fullmatch(pattern, _last_word(counted)))


def _last_word(words: str) -> str:
    """Return the last of *words*; "" for none: the parser may count a control character."""
    return words.split()[-1] if words.strip() else ""
