"""Names taken apart: titles, given names, surnames, initials, and when two can be one.

Nothing here knows an article: words in, words out. Spelling is compared after folding
(case, diacritics, apostrophes, hyphens), then by sound, then by letters exchanged.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from apps.claims.analysis.lexicon import read_forms, read_rows, read_words
from apps.claims.analysis.stems import stem

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
     "ß": "ss", "ʻ": "'", "ʼ": "'", "’": "'", "‘": "'", "`": "'", "´": "'"}
)  # fmt: skip
_DASHES = re.compile(r"[-‐-―−]+")  # the dashes themselves
_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}  # fmt: skip
# Matches "J.D.", "J. D."; not "Jo.".
_INITIALS = re.compile(r"^(?:[a-z]\.)+[a-z]?\.?$")
_PARTICLES = frozenset(
    {
        "de", "da", "di", "del", "della", "dos", "das", "du", "la", "le", "van", "von", "der",
        "den", "ter", "ten", "bin", "ibn", "bint", "al", "el", "abu", "ben", "y", "e", "zu", "af",
        "av", "ul", "ur", "st",
    }
)  # fmt: skip
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "at", "to", "de", "la", "du", "des", "&"})  # fmt: skip
# Legal forms say nothing of which company it is.
_LEGAL = frozenset(
    {"inc", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "plc", "ag", "gmbh", "sa", "nv", "spa", "ab", "oyj", "asa", "lp"}
)  # fmt: skip
_ACRONYM = re.compile(r"[A-Z][A-Za-z]?(?:[A-Z&.]|[a-z](?=[A-Z])){0,6}[A-Z]?s?")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return *text* in lower case without diacritics, one space between words."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(text.lower().split())


def strip_titles(name: str) -> str:
    """Return a person's name without titles in front: "Gov. Ada Byrne" -> "Ada Byrne"."""
    words = name.split()
    titles = read_words("titles")
    while len(words) > 1 and words[0].lower().rstrip(".,") in titles:
        words.pop(0)
    return " ".join(words)


@lru_cache(maxsize=20_000)
def person_parts(name: str) -> tuple[str, ...]:
    """Return the folded parts of a person's name: given names first, no titles, no suffix.

    Hyphens separate parts, initials stand alone, small words before a surname are left
    out: "J.D. van der Meer-Otis" is ("j", "d", "meer", "otis"). Empty for no name at all.
    """
    words = strip_titles(_DASHES.sub(" ", name)).split()
    shouted = name.isupper()
    parts: list[str] = []
    for place, word in enumerate(words):
        folded = fold(word).strip(",;:'\"“”()").removesuffix("'s")
        if _INITIALS.match(folded) and len(folded) > 1:
            parts.extend(folded.replace(".", ""))
            continue
        folded = folded.strip(".").replace("'", "")
        if not folded or (place and folded in _SUFFIXES):
            continue
        if not shouted and len(word) == 2 and word.isupper() and place == 0 and len(words) > 1:
            parts.extend(folded)  # "JD Otis"
        else:
            parts.append(folded)
    if len(parts) > 1:
        inner = [part for part in parts[:-1] if part not in _PARTICLES]
        # "Al Moreno" and "Van Otis" have given names that look like small words.
        if len(parts) == 2 and not inner and words[0][:1].isupper() and not _joined(name):
            inner = parts[:1]
        parts = [*inner, parts[-1]]
    return tuple(parts)


def _joined(name: str) -> bool:
    """Whether a hyphen follows the first word: "Al-Moreno" is one surname."""
    first = name.split()[0] if name.split() else ""
    return bool(_DASHES.search(first)) and len(name.split()) == 1


def name_suffix(name: str) -> str:
    """Return "jr", "sr", "ii" … for a name that ends so, else ""."""
    words = name.split()
    return _SUFFIXES.get(words[-1].lower().strip(".,"), "") if len(words) > 1 else ""


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for number, row in enumerate(read_rows("nicknames")):
        for form in read_forms(row[0]):
            groups.setdefault(form, set()).add(str(number))
    return {form: frozenset(numbers) for form, numbers in groups.items()}


@lru_cache(maxsize=20_000)
def gender_of(given: str) -> str:
    """Return "m", "f" or "" for a folded given name; "" also where both carry it."""
    male, female = given in read_words("names_male"), given in read_words("names_female")
    return "" if male == female else "m" if male else "f"


def gender_known(given: str) -> bool:
    """Whether a folded word is in the lists of given names."""
    return given in read_words("names_male") or given in read_words("names_female")


@lru_cache(maxsize=20_000)
def sound_key(word: str) -> str:
    """Return a folded word as most transliterations would agree on it, vowels included.

    "zelenskyy" and "zelenski" give one key, so do "qassem" and "kasem"; "hansen" and
    "hanson" do not.
    """
    key = word
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    return key


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"), (r"sch|tch|tsch", "ch"), (r"shch", "ch"), (r"sz", "s"), (r"cz", "ch"),
        (r"kh|gh", "h"), (r"dzh|dj", "j"), (r"zh", "j"), (r"ts|tz", "z"), (r"ck|q", "k"), (r"c(?=[aou]|\b|[klrt])", "k"),
        (r"x", "ks"), (r"w", "v"), (r"ou|oo|u", "u"), (r"ee|ie(?=[^r])", "i"), (r"ae|oe(?=[a-z])", "e"), (r"ue(?=[a-z])", "u"),
        (r"th", "t"), (r"dh", "d"), (r"(?:ey|ie|ee)$", "i"), (r"[iy]+[yij]*|j(?=$)", "i"), (r"(.)\1+", r"\1"), (r"(?<=[aeiou])h(?=[^aeiou]|$)", ""),
    )
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou]")


def same_sound(a: str, b: str) -> bool:
    """Whether two folded words are likely spellings of one: "mohammed", "muhamad".

    The first letter and the consonants agree by sound; vowels may differ in long words only.
    """
    if a == b:
        return True
    x, y = sound_key(a), sound_key(b)
    if x == y:
        return len(x) > 2
    if x[:1] != y[:1] and not (x[:1] in "aeiou" and y[:1] in "aeiou"):
        return False
    bare, other = _VOWELS.sub("", x), _VOWELS.sub("", y)
    return (
        bare == other and len(bare) >= 3 and min(len(a), len(b)) >= 5
        and Levenshtein.distance(x, y) <= 2 and x[-1:] == y[-1:]
    )  # fmt: skip


def same_letters(a: str, b: str) -> bool:
    """Whether two folded words differ by what a slip of the pen does: a letter in five or
    more, two in eight or more, the first one kept."""
    if a == b:
        return True
    shorter = min(len(a), len(b))
    if shorter < 4 or a[0] != b[0]:
        return False
    allowed = 2 if shorter >= 8 else 1
    return Levenshtein.distance(a, b, score_cutoff=allowed) <= allowed


def has_short_forms(given: str) -> bool:
    """Whether a folded given name is a short form or has one."""
    return given in _nicknames()


def is_short_for(a: str, b: str) -> bool:
    """Whether two folded given names are forms of one: "len" and "leonard"."""
    numbers = _nicknames().get(a)
    return numbers is not None and not numbers.isdisjoint(_nicknames().get(b, frozenset()))


def given_agree(a: str, b: str) -> bool:
    """Whether two folded given names can be one person's: equal, an initial, a short form,
    or one spelling of the same sound. Names of a man and of a woman never agree."""
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if is_short_for(a, b):
        return True
    if {gender_of(a), gender_of(b)} == {"m", "f"}:
        return False
    return not _other_gender(a, b) and same_sound(a, b)


def _other_gender(a: str, b: str) -> bool:
    """Whether one letter makes another person: "Mario" and "Maria", "Karl" and "Karla"."""
    shorter, longer = sorted((a, b), key=len)
    return (a[:-1] == b[:-1] and {a[-1], b[-1]} == {"a", "o"}) or longer in (
        f"{shorter}a", f"{shorter}e", f"{shorter}ine"
    )  # fmt: skip


def names_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of two or more parts can be one person's.

    Surnames are equal (or the last but one of a longer name is: "Ana Ruiz", "Ana Ruiz
    Otero"), given names agree, and what both have in between does not contradict.
    """
    if len(a) < len(b):
        a, b = b, a
    if len(b) < 2:
        return False
    if a[-len(b) :] == b:
        return True  # "Mary Ann Byrne", "Ann Byrne"
    if not given_agree(a[0], b[0]):
        return False
    if a[-1] != b[-1]:
        return len(a) > len(b) and a[len(b) - 1] == b[-1] and _in_order(b[1:], a[1:])
    inner, other = b[1:-1], a[1:-1]
    # "George W. Lund" is no short form of "George H.W. Lund".
    return not inner or (given_agree(inner[0], other[0]) and _in_order(inner, other))


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each part of *short* agrees with one of *long*, in the same order."""
    at = 0
    for part in short:
        while at < len(long) and not given_agree(part, long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def names_vary(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of as many parts are one in two spellings, letter for letter or by
    sound. True names of two people ("Jon Hale", "Joan Hale") are not: given names differ
    by sound, or by a slip of the pen in a name nobody else carries."""
    if len(a) != len(b) or len(a) < 2 or a == b:
        return False
    if not (same_sound(a[-1], b[-1]) or same_letters(a[-1], b[-1])):
        return False
    return all(given_agree(x, y) or _slip(x, y) for x, y in zip(a[:-1], b[:-1], strict=True))


def _slip(a: str, b: str) -> bool:
    """Whether a given name is another misprinted: one of the two is in no list of names."""
    known = read_words("names_male") | read_words("names_female")
    both_known = a in known and b in known
    return not both_known and not _other_gender(a, b) and len(a) > 3 and same_letters(a, b)


# --- organisations --------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def organisation_key(name: str) -> tuple[str, ...]:
    """Return the folded words that tell an organisation: no articles, no legal form."""
    words = [
        word.strip(".,'\"()").removesuffix("'s").replace(".", "")
        for word in _DASHES.sub(" ", fold(name)).split()
    ]
    kept = [word for word in words if word and word not in _SMALL]
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept.pop()
    return tuple(kept)


@cache
def _common_words() -> frozenset[str]:
    return read_words("common_stems")


def is_common_word(word: str) -> bool:
    """Whether a capitalised word may be no name: "State", "Trust"; not "Kestwick"."""
    return stem(word.lower()) in _common_words() or word.lower() in _common_words()


def is_acronym(text: str) -> bool:
    """Whether a name is made of initials: "ECB", "E.C.B.", "BoE", "R&D"; not "OTTAWA"."""
    bare = text.replace(".", "")
    return 2 <= len(bare) <= 6 and sum(char.isupper() for char in bare) >= 2 and bool(
        _ACRONYM.fullmatch(bare)
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def initials_of(name: str) -> frozenset[str]:
    """Return what a long name can be shortened to, in capitals: with and without its small
    words, without a country in front, without its legal form."""
    words = [word for word in re.split(r"[\s/]+|[-‐-―]", name) if word]
    words = [word.strip(".,'\"()“”‘’") for word in words]
    words = [word for word in words if word]
    if len(words) < 2:
        return frozenset()
    found: set[str] = set()
    for taken in (words, words[1:] if fold(words[0]) in _COUNTRY_WORDS else words):
        for kept in (taken, [w for w in taken if fold(w).replace(".", "") not in _LEGAL]):
            large = [w for w in kept if w[0].isupper() or w[0].isdigit()]
            some = [w for w in kept if w.lower() not in {"the", "and", "&"}]
            for chosen in (large, some, kept):
                if len(chosen) > 1:
                    found.add("".join(_initial(w) for w in chosen).upper())
    return frozenset(found)


def _initial(word: str) -> str:
    """Return the first letter, or all of a word that is initials itself ("UN")."""
    return word if word.isupper() and 1 < len(word) <= 3 else word[0]


_COUNTRY_WORDS = frozenset({"us", "u.s", "u.s.", "uk", "u.k", "united", "national", "federal", "the", "royal"})  # fmt: skip


def letters_within(long: str, acronym: str) -> bool:
    """Whether the letters of *acronym* stand in *long* in this order, the first one first.

    The test for a long form printed right before its acronym in parentheses. Method:
    Schwartz and Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions".
    """
    letters = [char for char in acronym.lower() if char.isalnum()]
    text = fold(long)
    at = len(text) - 1
    for place in range(len(letters) - 1, -1, -1):
        char = letters[place]
        while at >= 0 and (text[at] != char or (place == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
        at -= 1
    return bool(letters)
