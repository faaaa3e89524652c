"""Words and signs numbers are written with, and their values."""

from __future__ import annotations

ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
TENS["fourty"] = 40
SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
}
DOZENS = {"dozen": 12, "dozens": 12, "doz": 12, "dozs": 12}
# Letters glued to digits ("5m", "1.2bn"), and those that may also stand apart ("2.33 k").
SUFFIXES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mil": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "g": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trn": 10**12,
}
SPACED_SUFFIXES = frozenset({"k", "K", "G", "bn", "mn", "mln", "tn", "M", "B", "T"})
ORDINAL_ONES = {
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
}
ORDINAL_TENS = {word[:-1] + "ieth": value for word, value in TENS.items()}
ORDINAL_SCALES = {"hundredth": 100, **{word + "th": value for word, value in SCALES.items()}}
ORDINAL_WORDS: dict[str, int] = {
    "first": 1,
    "second": 2,
    **ORDINAL_ONES,
    **ORDINAL_TENS,
    **ORDINAL_SCALES,
    **{f"{ten}-first": value + 1 for ten, value in TENS.items()},
    **{f"{ten}-second": value + 2 for ten, value in TENS.items()},
    **{
        f"{ten}-{one}": value + small
        for ten, value in TENS.items()
        for one, small in ORDINAL_ONES.items()
        if small < 10
    },
}
DENOMINATORS: dict[str, int] = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    **ORDINAL_ONES,
    **ORDINAL_TENS,
    **ORDINAL_SCALES,
}
DENOMINATORS |= {
    word + "s": value for word, value in DENOMINATORS.items() if word.endswith(("d", "h"))
}
GLYPHS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
# Written 3/4 a fraction; 9/11 and 24/7 are names, so only denominators people use.
SLASH_DENOMINATORS = frozenset({2, 3, 4, 5, 8, 16})
# Words after "5m" that make it metres, not millions.
AFTER_METRES = frozenset(
    "tall high deep long wide away race sprint dash hurdles freestyle butterfly breaststroke backstroke relay".split()
)
AFTER_RACE = frozenset(
    "final time record title champion heats medley steeplechase gold silver bronze world".split()
)
# What may follow "a third" that is a share; before a noun it is an ordinal.
AFTER_SHARE = frozenset(
    "of more less fewer higher lower larger smaller bigger cheaper faster slower longer shorter as from to in on at by since over and or but "
    "were was are is had have has said say says think want wants would will could can may voted oppose support supported against "
    "the this that these those between compared believe down up off rose fell lost full empty below above "
    "when while who which each a an for with than after before during do did does not also came went got get took take made make "
    "received use used live lived work worked own owned need needed failed passed agreed disagreed remained remain died survived left stayed "
    "refused admitted felt feel found saw see know knew paid pay earn earned spent spend told reported expect expected believed backed "
    "favored favoured opposed chose choose now still already only if because although".split()
)
RACES = frozenset("60 100 110 200 400 800 1500 3000 5000 10000".split())
# "this one", "no one", "the other one": a pronoun, not a count.
ONE_IS_PRONOUN_AFTER = frozenset(
    "this that no every each any some which the other another such new old first last only big good next "
    "right wrong same whole loved little great bad better best nice".split()
)
MONEY_CODES = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "JPY", "CNY", "INR", "Rs"})
TIME_WORDS = frozenset(
    "second seconds minute minutes hour hours day days week weeks month months year years decade decades "
    "percent per".split()
)
