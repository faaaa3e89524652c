"""Digits that count nothing: parts of names and addresses, telephone numbers, codes."""

from __future__ import annotations

import re

from apps.articles.text.spans import Span
from apps.claims.analysis.amount_units import symbols, unit_forms
from apps.claims.analysis.numbers import Number

# Parts of names and codes: "Boeing 737", "Highway 61", "No. 4", "Title 42"; not "By 40 people".
_NAME_BEFORE = re.compile(
    r"(?:^|(?<=[\s(\"“'‘]))(?:No\.?|Nos\.?|Number|#|Route|Highway|Hwy\.?|Interstate|Flight|Title|Article|Section|Sec\.|Chapter|Paragraph|Part|Act|Bill|"
    r"Proposition|Prop\.?|Measure|Amendment|Resolution|Rule|Room|Suite|Apt\.?|Apartment|Unit|Gate|Platform|Line|Terminal|Runway|Channel|Studio|"
    r"Pier|Ward|District|Precinct|Zone|Area|Block|Building|Level|Floor|Phase|Stage|Grade|Class|Type|Category|Tier|Group|Division|Formula|Level|Volume|Vol\.|"
    r"Season|Episode|Week|Day|Game|Round|Lap|Windows|iPhone|Galaxy|Pixel|Model|Mark|Mk|Version|Boeing|Airbus|Apollo|Falcon|Super\sBowl|UFC|Euro|"
    r"Exit|Mile\sMarker|Box|Page|page|pages|p\.|pp\.|Fig\.|Figure|Table|Psalm|Verse|Studios|Bus|Tram|Route|Ladder|Engine|Company|Station|School|Post|Local|Camp|Case|Docket|"
    r"Form|Schedule|Code|Area\sCode|area\scode|ZIP|zip\scode|Lot|Exhibit|Count|Counts|Appendix|Agent|Team|Track|Theorem|Notre|Sunday|Studio)[\s-]$"
)


_ADDRESS_AFTER = re.compile(
    r",?\s(?:(?:North|South|East|West|N\.|S\.|E\.|W\.|NE|NW|SE|SW|Upper|Lower|Old|New)\s)?(?:[A-Z][\w'’.-]*\s){0,3}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Way|Terrace|Parkway|Pkwy|Highway|Hwy|Row|Crescent)\b\.?"
)


# "counts 3 and 4", "pages 12 to 15": several of one kind by number, not so many of them.
_NAMES_BEFORE = re.compile(
    r"\b(?:[Cc]ounts|[Ss]ections|[Cc]hapters|[Aa]rticles|[Pp]ages|[Rr]ooms|[Gg]ates|[Ll]ines|[Rr]outes|[Ww]ards|[Dd]istricts|[Gg]rades|[Ww]eeks|[Pp]latforms|[Jj]unctions|[Rr]eactors|[Tt]racks|[Ll]anes|[Hh]oles|"
    r"[Ee]xits|[Ii]tems|[Ll]ots|[Pp]hases|[Ss]tages|[Gg]roups|[Tt]iers|[Nn]umbers|[Ss]eeds|[Aa]mendments|[Pp]ropositions|[Ee]xhibits)\s(?:\d+(?:,\s|\sand\s|\sto\s|\sthrough\s|\sor\s|[-–])){0,4}$"
)
# "911 call", "999 operator"
_EMERGENCY = re.compile(
    r"[\s-](?:calls?|callers?|dispatch\w*|operators?|emergency|services?|centers?|systems?|recordings?)\b",
    re.IGNORECASE,
)
_BILL_BEFORE = re.compile(
    r"\b(?:H\.?\s?R\.?|S\.|SB|AB|HB|HF|SF|H\.?J\.?\s?Res\.?|S\.?J\.?\s?Res\.?|[Tt]ext|[Dd]ial(?:ling|ing)?|Type|Pad|[Cc]hannel|[Tt]he\snumber|at\snumber|[Nn]ikkei|FTSE|S&P|CAC|Russell|DAX|Stoxx|ASX|"
    r"Nasdaq|Hang\sSeng|Fortune|Psalm|Symphony|Opus|Op\.|Sonata|World\sWar|Mach|Chromosome|Chandrayaan|Artemis|Voyager|Sputnik|Soyuz)\s$"
)
_STATE_BEFORE = re.compile(r"\b[A-Z]{2}\s$")


_RATIO = re.compile(
    r"\b\d{1,3}[-\s]to[-\s]\d{1,3}(?=\s(?:margin|ratio|vote|decision|majority|odds|lead|win|victory|ruling)\b)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"\b\d{1,2}-(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)\b|(?<![\w.])0\d{2,4}[\s-]\d{3,4}[\s-]\d{3,4}(?!\w)|(?<![\w.])(?:\+?\d{1,3}[\s.-])?\(?\d{3}\)?[\s.-]\d{3,4}[\s.-]\d{4}(?:/\d+)?(?!\w)|(?<!\w)\+\d[\d\s-]{7,}\d"
)


_DIGIT = re.compile(r"\d")


_RUN = re.compile(r"\S+")


_ADDRESS_PART = re.compile(r"https?://|www\.|@|/[\w-]+/")


_ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)


_CLOCK = re.compile(
    r"(?<![\d:])\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?)?(?=\W|$)|(?<![\d:])\d{1,2}\s?(?:a\.m\.|p\.m\.|am\b|pm\b)",
    re.IGNORECASE,
)


# "(3 of 6) Workers wait", "(Photo 2/9) The mill", "PHOTOS: Mill fire (1 of 6) Flames"; not "(3 of 6 died)", "Three of six", and not
# "Officials (3 of 6) left", which counts officials.
_SLIDE = re.compile(
    r"^(?:(?:photos?|pictures?|gallery)\b[^.()\n]{0,80}|\W*)\((?:(?:photo|image|picture|slide)\s)?\d{1,3}(?:\sof\s|\s?/\s?)\d{1,3}\)",
    re.IGNORECASE | re.MULTILINE,
)


def find_masked(text: str) -> list[Span]:
    """Return spans whose digits count nothing: phone numbers, web addresses, clock times,
    names like "7-Eleven", the number of a picture where a caption begins."""
    spans: list[Span] = []
    has_digits = _DIGIT.search(text) is not None
    if has_digits:
        spans.extend(Span(match.start(), match.end()) for match in _PHONE.finditer(text))
        spans.extend(Span(match.start(), match.end()) for match in _RATIO.finditer(text))
        spans.extend(Span(match.start(), match.end()) for match in _SLIDE.finditer(text))
    if ("/" in text or "@" in text or "www." in text) and _ADDRESS_PART.search(text):
        spans.extend(
            Span(match.start(), match.end())
            for match in _RUN.finditer(text)
            if _ADDRESS_PART.search(match.group())
        )
    for match in _CLOCK.finditer(text) if has_digits else ():
        clock = match.group().lower()
        if ":" in clock or "m" in clock:
            spans.append(Span(match.start(), match.end()))
    return sorted(spans)


def is_name(text: str, number: Number) -> bool:
    if not number.digits:
        return False
    before = text[max(0, number.start - 24) : number.start]
    if _NAME_BEFORE.search(before) or before.endswith("#"):
        return True
    if _NAMES_BEFORE.search(text[max(0, number.start - 40) : number.start]):
        return True
    figure = text[number.start : number.end]
    if _BILL_BEFORE.search(before):
        return True
    # "0800", "007": no count is written with a nought in front.
    if re.fullmatch(r"0\d+", figure):
        return True
    follow = text[number.end : number.end + 60]
    if figure in {"911", "999", "112", "101", "111"} and _EMERGENCY.match(follow):
        return True
    # "Pad 39B": a capital close to the figure and a name before it.
    if re.search(r"\d[A-Z]$", figure) and re.search(r"[A-Z][a-z]*\s$", before):
        return True
    if _ORDINAL_TAIL.match(follow):
        return True
    if number.kind == "integer" and number.value < 100000 and _ADDRESS_AFTER.match(follow):
        return True
    five = text[number.start : number.end]
    if len(five) == 5 and five.isdecimal() and _STATE_BEFORE.search(before):
        return True
    # "3D", "5G", "737s": letters glued behind that are no unit and no magnitude.
    glued = re.match(r"[A-Za-z]+", follow)
    if (
        glued
        and glued.group() not in unit_forms()
        and glued.group() not in {"in", "p", "m"}
        and glued.group().upper() not in symbols()
        and not glued.group().lower().endswith(("usd", "gbp", "eur"))
    ):
        return True
    # "45-nation" counts; "20-20", "9/11", "24/7" do not.
    if re.match(r"/\d", follow) or re.search(r"\d/$", before):
        return True
    return bool(re.match(r"\.\d", follow))
