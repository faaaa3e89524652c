"""One invented event as very many outlets cover it.

Three agencies write it up; a third of the outlets take an agency's text over, most of it
word for word; a tenth mix it with their own; the others tell it in their own words. Every
outlet but the copies has people of its own to quote. What all tell (how many, when, where) is
told in few ways, what few tell in as many; now and then a figure is another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import material

from apps.claims.analysis.article_input import ArticleInput

# Shares of all outlets.
_COPIES, _MIXED = 0.35, 0.10
_FIRST = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
_CHOICE = re.compile(r"\{([^{}]*)\}")

# How many of a hundred outlets tell it, and the ways they do: "{a|b}" is one of them.
_FACTS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (95, (
        "{Forty-one|41|About 40|More than 40|41} {passengers|people|riders} were {rescued from|brought down from|lifted out of} a {stalled|stranded|stuck} cable car above the Orlen Gorge on {Saturday|Saturday night|Saturday evening}{, officials said|, the mountain rescue service said||}.",
        "Rescuers {lowered|winched} {41|forty-one|some 40} {passengers|tourists} {to safety|to the ground} after a cable car {stopped|came to a halt|broke down} over the Orlen Gorge on Saturday.",
        "A cable car carrying {41|forty-one|43} {people|passengers} {stopped|stalled} high above the Orlen Gorge on Saturday, and everyone aboard {was brought down alive|was rescued}.",
    )),
    (80, (
        "{Three|3} people were {taken to hospital|hospitalised|treated in hospital} with {hypothermia|signs of hypothermia|exposure}{, a hospital spokeswoman said||, doctors said}.",
        "{Doctors at Sankt Veit hospital|The Sankt Veit hospital} treated {three|four|three} passengers for {the cold|hypothermia}.",
    )),
    (75, (
        "The cabin hung {about 90 metres|ninety metres|some 90 metres|nearly 100 metres} above the {river|valley floor|rocks} for {seven hours|more than six hours|almost seven hours}.",
        "Passengers {waited|spent} {seven hours|almost seven hours} in the {dark|unheated cabin} {before|until} the first of them was {lowered|let down} by rope.",
    )),
    (65, (
        "{Operator|The operator,} Orlen Lifts{,|} said a {bearing|wheel bearing} in the {drive|upper station} had {failed|seized}.",
        "A {failed|broken|seized} bearing {stopped|halted} the drive, {the company Orlen Lifts said|according to Orlen Lifts|the operator said}.",
        "{Investigators|State investigators} {believe|suspect} that {a bearing in the drive seized|the drive overheated}.",
    )),
    (55, (
        "{Helicopters|Two helicopters} could not {fly|take off} because of {strong winds|gusts|the wind}{, the rescue service said||, said rescue chief Jonas Albrecht}.",
        "{High winds|Gusts of up to 80 km/h|Strong wind} kept {helicopters|the helicopters} {on the ground|grounded}.",
    )),
    (50, (
        "“{Nobody panicked, and that saved us hours|Nobody panicked, and that saved us hours|Nobody panicked}{,”|,”} said rescue chief Jonas Albrecht.",
        "Rescue chief Jonas Albrecht praised the passengers. “Nobody panicked, and that saved us hours,” he said.",
    )),
    (50, (
        "The {line|lift|cable car} was last {inspected|checked} in {November|October|November}{, according to the transport office|, records show|}.",
        "{Inspectors|State inspectors} {found no fault|found nothing wrong} when they {checked|inspected} the line in November.",
    )),
    (45, (
        "More than {120|a hundred|120} {rescuers|firefighters and mountain rescuers|volunteers} {took part|were at work|were called out}.",
        "{Some 120|120} {volunteers and firefighters|rescuers} from {nine|eight|nine} {villages|stations} {helped|worked through the night}.",
    )),
    (40, (
        "The {prosecutor|public prosecutor} in Lindau {opened|has opened} an {inquiry|investigation} into {possible negligence|suspected negligence|the operator}.",
        "Prosecutors {will look into|are examining} whether the {company|operator} {neglected|skipped} maintenance{, a spokesman said||}.",
    )),
    (40, (
        "The {line|cable car} {will stay closed|remains closed|is to stay shut} {until further notice|for at least two weeks|for the rest of the season}.",
        "Orlen Lifts {closed|shut} the line {until the cause is known|for two weeks}.",
    )),
    (35, (
        "{Nine|Eight|Nine} {children|schoolchildren} were {aboard|among those rescued|in the cabin}.",
        "A {school party|group of schoolchildren} with {nine|9} children was {aboard|among the passengers}.",
    )),
    (35, (
        "Passengers {shared|passed round} {blankets and chocolate|chocolate and two blankets}, {one of them|a passenger} said.",
        "{In the cabin they sang|They sang} to keep {warm|the children calm}, {a teacher said|said one passenger|survivors said}.",
    )),
    (30, (
        "The {transport minister|minister}, Edda Roth, {demanded|called for|asked for} {an inspection of all lifts|inspections of every cable car} in the {country|Alps}.",
        "Transport minister Edda Roth {said|promised} that {all|the country's 212} cable cars {would be|will be} {inspected|checked} by {summer|June}.",
    )),
    (30, (
        "Orlen Lifts {paid|will pay|offered} each passenger {€500|500 euros|€600}{, it said|}.",
        "The {company|operator} {promised|offered} {€500|500 euros} {to every passenger|a head} in compensation.",
    )),
    (25, (
        "In {2014|2015|2014} a {gondola|cabin} on the same line {stopped|stuck} for {two|three} hours{ and nobody was hurt||}.",
        "It is the {second|third} {stoppage|breakdown} on the line {since 2014|in twelve years}.",
    )),
    (25, (
        "The {mayor|mayor of Orlen}, {Karl Wimmer|Karl Wimmer}, {denied|rejected claims} that {warnings|complaints} had been {ignored|overlooked}.",
        "“{We have had no warning of any kind|There was no warning}{,”|,”} said Karl Wimmer, the mayor.",
    )),
    (20, (
        "Employees had {complained|warned} of {noise|grinding noises} from the drive {in January|weeks earlier|for weeks}{, two of them said||}.",
        "{Two workers|A former mechanic} {told|said to} reporters that the drive had {made noises|been grinding} {since January|for weeks}.",
    )),
    (20, (
        "The line, {built|opened} in {1974|1973|1974}, {carries|takes} {300,000|some 300,000} {visitors|people} a year.",
        "About {300,000|280,000} visitors {ride|take} the {52-year-old line|lift} every year.",
    )),
    (15, (
        "{Hotels|Hoteliers} {reported|counted} {dozens of|many} cancellations{ for Easter||}.",
        "For {hotels in Orlen|the village} the closure {costs|means a loss of} {€2 million|two million euros}{, the tourist board said||}.",
    )),
)  # fmt: skip

# Words that each outlet of its own has its own for, so that few runs of five are shared.
_WORDS = {
    "cable car": "{cable car|gondola|aerial lift|cabin lift}",
    "Orlen Gorge": "{Orlen Gorge|gorge at Orlen|Orlen ravine|gorge}",
    "passengers": "{passengers|people|riders|visitors|travellers}",
    "on Saturday": "{on Saturday|Saturday|late Saturday|at the weekend}",
    "hospital": "{hospital|clinic}",
    "the first of them": "{the first of them|the first|number one|somebody}",
    "rescue chief": "{rescue chief|chief rescuer|operations leader|head of the rescue}",
    "according to": "{according to|says|in the words of}",
    "in compensation": "{in compensation|for their trouble|as an apology|by way of thanks}",
    "to look into": "{to look into|to examine}",
    "of the children": "{of the children|among the young}",
    "the drive": "{the drive|its drive|the machinery|the motor}",
    "will be": "{will be|are to be|are going to be}",
    "because of": "{because of|owing to|due to|on account of}",
    "the upper station": "{the upper station|the top|the mountain station}",
}

# Told by one outlet each: {name} and {n} are its own.
_OWN = (
    "{name}, {n}, who {runs the bakery|keeps a kiosk|drives the school bus} at the lower station, {saw|heard} the cabin stop{ at dusk||}.",
    "“{I counted every minute|My hands were so cold I could not hold the phone|I have never been so glad to touch grass|We could see the lights of our own hotel}{,”|,”} said {name}, {n}{, a teacher||, a nurse}.",
    "{name} of {place} {waited|stood} at the lower station for her {brother|husband|son} until {midnight|two in the morning}.",
    "Volunteers from {place} {brought|carried} {n} {litres of tea|blankets|sandwiches} up the hill.",
    "The club of {place}, {n} members strong, {will hold|plans} a {collection|concert} for the rescuers.",
    "{name}, a retired engineer from {place}, {doubts|wonders} whether {one bearing|the wind} alone can stop such a drive.",
    "At the school in {place} lessons {begin|began} {an hour late|with a talk about the night} on Monday.",
    "A bus driver named {name} took {n} of the passengers back to {place} {free of charge|without asking for a fare}.",
    "The parish of {place} rang its bells {when the last passenger was down|for {n} minutes}.",
    "{name}, who sells maps in {place}, remembers {n} {winters|seasons} without a {stoppage|single accident}.",
)
_HEADLINES = (
    "{Forty-one|41|Dozens} {rescued|saved|brought down} from {stalled|stranded} cable car above Orlen Gorge",
    "{Seven hours|A night} above the {gorge|Orlen Gorge}: cable car passengers {safe|rescued}",
    "Cable car {breakdown|drama} in Orlen: {prosecutor opens inquiry|41 rescued in high wind}",
)


def tell_event(count: int, *, seed: int = 7) -> list[ArticleInput]:
    """Return *count* articles on one event, in the order they were published; the same each time."""
    chance = random.Random(seed)
    agencies = [_facts(chance, least=10) for _ in range(3)]
    told: list[ArticleInput] = []
    for number in range(count):
        draw = chance.random()
        agency = agencies[chance.randrange(3)]
        if number < 3:
            lines = agencies[number]
        elif draw < _COPIES:
            lines = [_edited(chance, line) for line in agency if chance.random() < 0.85]
        else:
            lines = [*_facts(chance, least=5, own_words=True), *_own(chance, number)]
            if draw < _COPIES + _MIXED:
                lines = [*[line for line in agency if chance.random() < 0.5], *lines]
        title = _say(chance, chance.choice(_HEADLINES))
        told.append(
            ArticleInput(
                id=f"orlen/{number:03}",
                text="\n\n".join([title, *_paragraphs(chance, lines)]),
                outlet=f"Outlet {number}",
                title=title,
                stated=_FIRST + timedelta(minutes=7 * number),
            )
        )
    return told


def _facts(chance: random.Random, *, least: int, own_words: bool = False) -> list[str]:
    """Return at least *least* facts in one of their ways, what most tell first."""
    told: list[tuple[str, ...]] = []
    while len(told) < least:
        told = [ways for share, ways in _FACTS if chance.random() * 100 < share]
    lines = [chance.choice(ways) for ways in told]
    if own_words:
        for word, others in _WORDS.items():
            lines = [line.replace(word, others) for line in lines]
    return [_say(chance, line) for line in lines]


def _own(chance: random.Random, number: int) -> list[str]:
    return [
        _say(
            chance,
            line.replace("{name}", f"{_name(chance, number)} {_name(chance, number)}")
            .replace("{place}", _name(chance, number))
            .replace("{n}", str(chance.randrange(12, 90))),
        )
        for line in chance.sample(_OWN, chance.randrange(3, 7))
    ]


def _edited(chance: random.Random, line: str) -> str:
    """Return *line* as an outlet prints it that takes it over: mostly as it is."""
    draw = chance.random()
    words = line.split()
    if draw < 0.75 or len(words) < 9:
        return line
    if draw < 0.85:
        return line.replace(", officials said", "").replace("about ", "").replace("some ", "")
    if draw < 0.95:
        del words[chance.randrange(3, len(words) - 2)]
        return " ".join(words)
    return f"{line[:-1]}, the agency reported."


def _paragraphs(chance: random.Random, lines: Sequence[str]) -> list[str]:
    paragraphs: list[str] = []
    left = list(lines)
    while left:
        size = chance.randrange(1, 4)
        paragraphs.append(" ".join(left[:size]))
        left = left[size:]
    return paragraphs


def _say(chance: random.Random, line: str) -> str:
    """Return *line* with one of each "{a|b}" chosen, inner ones first."""
    while _CHOICE.search(line):
        line = _CHOICE.sub(lambda match: chance.choice(match[1].split("|")), line, count=1)
    return line[:1].upper() + line[1:]


def _name(chance: random.Random, number: int) -> str:
    return material.make_name(number, chance.randrange(1000))
