"""Figures that are no counts: pronouns, ranks, scores, ages, parts of names."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc, Token

from apps.articles.text.doc_text import text_of
from apps.articles.text.spans import Span
from apps.claims.analysis.amount_values import Amount
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.quantity_nouns import find_noun_run
from apps.claims.analysis.types import QuantityType

_ONE_OF = re.compile(
    r"one\sof\s(?:the|its|their|his|her|our|my|your|these|those|them|us|[\w’'-]+[’']s)\b",
    re.IGNORECASE,
)

# "One for each of the dead" hands out, "one by one" and "one after another" order; not "one for
# the road", "one worker for each machine".
_ONE_EACH = re.compile(
    r"one\s(?:(?:for|to|per|from)\s(?:each|every|all)|after\s(?:another|the\sother)|by\sone)\b",
    re.IGNORECASE,
)
_ONE_BY_ONE = re.compile(r"\bone\sby\s$", re.IGNORECASE)

_AIRLINER = re.compile(r"7[0-8]7")


_CODE = re.compile(r"\d{12,}\b")
# "Group of 20", "the Final Four"
_TEAM_BEFORE = re.compile(
    r"\b(?:Group\sof|Gang\sof|Committee\sof|Council\sof|Big|Final|Sweet|Elite|Fab|Magnificent)\s$"
)
_RANK_BEFORE = re.compile(r"\bnumber\s$|\bNo\.?\s?$", re.IGNORECASE)


def counts_nothing(
    doc: Doc, first: Token, last: Token, amount: Amount, sentence: Span, before: str
) -> bool:
    """Return whether the figure is no count: a pronoun, a rank, a part of a name."""
    if _is_pronoun_one(first, last):
        return True
    here = text_of(doc)[first.idx : sentence.end]
    if first.lower_ == "one" and (match := _ONE_OF.match(here)) is not None:
        rest = here[match.end() : match.end() + 40].split(",")[0]
        if not re.search(
            r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred)\b",
            rest,
        ):
            return True
    if first.lower_ == "one" and (_ONE_EACH.match(here) or _ONE_BY_ONE.search(before)):
        return True
    if amount.unit or amount.type is not QuantityType.CARDINAL:
        return False
    if _is_score(text_of(doc), amount, sentence):
        return True
    if amount.style != "exact":
        return False
    if first.lower_ == "one" and _ONE_HYPHENED.match(here):
        return True
    if _TEAM_BEFORE.search(before):
        return True
    # "4) What comes next": the number of a paragraph. Twelve digits in a row are a code.
    if (first.idx <= sentence.start + 1 and re.match(r"\d{1,2}\)", here)) or _CODE.match(here):
        return True
    if _RANK_BEFORE.search(before):
        return True
    figure = text_of(doc)[first.idx : last.idx + len(last)]
    follow = here[len(figure) :]
    if _AIRLINER.fullmatch(figure):
        return bool(
            re.match(
                r"\s(?:Max|MAX|jets?|planes?|airliners?|aircraft|freighters?|Dreamliners?)\b",
                follow,
            )
            or (
                re.search(r"\b(?:the|a|an|its|their|Boeing)\s$", before, re.IGNORECASE)
                and find_noun_run(doc, last.i + 1, sentence.end) is None
            )
        )
    return _is_numbered_name(doc, first, last, figure, sentence)


# "beat them 3-1", "6-4, 7-5"; votes ("approved 7-2") are counted.
_SCORE = re.compile(r"(?<![\w$€£.,-])\d{1,3}[-–](?:\d{1,3}|nil|love)(?![\w%]|[-–.,]\w)")


_LONGEST_SCORE = 8


_SPORT = re.compile(
    r"\b(?:beat|beats|beaten|beating|wins?|won|winning|lost|lose|loss|losses|defeat(?:s|ed|ing)?|victory|victories|draw|drew|drawn|goals?|scored?|match|matches|games?|sets?|seeds?|league|cup|"
    r"final|semifinal|playoffs?|outsider|favou?rite|odds|rout|thrash(?:ed|ing)?|edged|overcame|aggregate|innings|series|shutout|comeback|lead|led|trailed|half-time|halftime|tie|tied|record)\b",
    re.IGNORECASE,
)


_VOTE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballots?|council|court|rul(?:ed|ing)|justices|judges|jur(?:y|ors)|committee|board|panel|senate|house|lawmakers|assembly|parliament|approved|rejected|passed|commission|decision)\b",
    re.IGNORECASE,
)


_ONE_HYPHENED = re.compile(
    r"one-(?:off|time|way|sided|on-one|to-one|stop|liner|size|dimensional|upmanship|party|horse|hit)\b",
    re.IGNORECASE,
)


def _is_score(text: str, amount: Amount, sentence: Span) -> bool:
    """Return whether the figure is half or all of a score: "3-1" where a match is told."""
    words = text[sentence.start : sentence.end]
    core = amount.core
    # No score is longer, so none that holds the figure begins before.
    for match in _SCORE.finditer(words, max(0, core.start - _LONGEST_SCORE)):
        if match.start() > core.start:
            break
        if core.start < match.end():
            return _tells_match(words)
    return False


@lru_cache(maxsize=16)
def _tells_match(words: str) -> bool:
    return (
        _SPORT.search(words) is not None
        and _VOTE.search(words) is None
        and not re.search(r"%|\bpolls?\b|margin of error", words)
    )


def _is_numbered_name(doc: Doc, first: Token, last: Token, figure: str, sentence: Span) -> bool:
    """Return whether the figure ends a name, "Orion 5": hung on the name before it, with no
    noun after it. In a headline all words are written like names."""
    if first.i == 0 or not figure.isdecimal() or len(figure) > 4 or first.i != last.i:
        return False
    name = doc[first.i - 1]
    if name.pos_ != "PROPN" or not name.text[:1].isupper() or name.idx < sentence.start:
        return False
    if first.head.i != name.i and name.head.i != first.i and first.head.i != name.head.i:
        return False
    if find_noun_run(doc, last.i + 1, sentence.end) is not None:
        return False
    words = [
        token
        for token in doc[first.sent.start : first.sent.end]
        if token.is_alpha and len(token) > 3
    ]
    return sum(token.text[:1].isupper() for token in words) * 10 < len(words) * 7


def _is_pronoun_one(first: Token, last: Token) -> bool:
    """ "One could say", "one of the" as a mere "a", "one day": no counts."""
    if first.i != last.i or first.lower_ != "one":
        return False
    follow = first.doc[first.i + 1] if first.i + 1 < len(first.doc) else None
    if follow is None or follow.lower_ in {
        "day",
        "could",
        "can",
        "might",
        "may",
        "would",
        "should",
        "another",
        "thing",
        "must",
        "who",
        "that",
        "'s",
        "’s",
    }:
        return True
    before = first.doc[first.i - 1] if first.i else None
    if (
        before is not None
        and follow.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}
        and follow.lower_ != "of"
    ):
        # "a simple one", "if there will ever be one"
        if before.pos_ == "ADJ" or before.lower_ in {"be", "been", "not", "like", "into"}:
            return follow.text not in "-‐‑"
    return first.pos_ == "PRON" and first.dep_ in {"nsubj", "obj", "obl"} and follow.lower_ != "of"


_AGE_AFTER_NAME = re.compile(r"[A-Za-z.’'”\"]\s?,\s$")


_AGE_ENDS = re.compile(r"[,.;:)]|$|\s(?:and|who|from|of)\s")


_AT_AGE = re.compile(r"(?:^|[.!?]\s|[“\"])At\s$")


def is_age(doc: Doc, first: Token, amount: Amount, sentence: Span, before: str) -> bool:
    """Return whether a bare figure is somebody's age: "the coach, 58," "At 88, she"."""
    if amount.type is not QuantityType.CARDINAL or amount.unit or amount.style != "exact":
        return False
    figure = amount.figure
    if figure is None or not 0 < figure <= 115 or not text_of(doc)[first.idx :][:1].isdecimal():
        return False
    if figure != figure.to_integral_value():
        return False
    after = text_of(doc)[first.idx + len(first) : sentence.end]
    if first.idx - 3 <= sentence.start and _AT_AGE.search(before) and after.startswith(","):
        return True
    if not _AGE_AFTER_NAME.search(before) or not _AGE_ENDS.match(after) or first.i < 2:
        return False
    if re.match(r",\s\d|\sof\s(?:the|them|whom|which|those)\b", after):
        return False
    person = doc[first.i - 2]
    if person.lower_.rstrip(".") in _MONTHS or person.idx < sentence.start:
        return False
    if person.ent_type_ in {"PERSON", "ORG", "MISC"} or person.lemma_.lower() in read_words(
        "people"
    ):
        return True
    return person.pos_ == "PROPN" and person.ent_type_ not in {"LOC", "DATE"}


_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
