"""Numbers in running text, however written: digits, words, fractions, magnitudes.

This module reads values only. What is counted, how exact it is and whether a number
belongs to a name is decided in ``quantities``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from apps.claims.analysis.number_words import (
    AFTER_METRES,
    AFTER_RACE,
    AFTER_SHARE,
    DENOMINATORS,
    DOZENS,
    GLYPHS,
    MONEY_CODES,
    ONE_IS_PRONOUN_AFTER,
    ONES,
    RACES,
    SCALES,
    SLASH_DENOMINATORS,
    SPACED_SUFFIXES,
    SUFFIXES,
    TENS,
    TIME_WORDS,
)

# Longest first. "1,234,567" and "1,2" match whole; "22,24,26" must not become 22.24.
_DIGITS = r"""
    (?:
        \d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])            # 1,234,567.8
      | \d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)        # 12,34,567 (lakhs)
      | \d{1,3}(?:\.\d{3})+,\d+(?!\d)                   # 1.111,11
      | \d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?(?!\d) # 1 234 with a no-break space
      | \d{1,3}(?:\ \d{3}){2,}(?:\.\d+)?(?!\d)          # 1 234 567
      | (?<![,\d])\d+,\d{1,2}(?![,\d])                  # 1,3
      | \d+(?:\.\d+)?
      | (?<![^\W_])\.\d+
    )
"""
_TOKEN = re.compile(
    rf"(?P<glyph>[{''.join(GLYPHS)}])|(?P<digits>{_DIGITS})"
    r"|(?P<word>[^\W\d_]+(?:[’'][^\W\d_]+)*)|(?P<mark>\S)",
    re.VERBOSE,
)
# Every number has digits or a part of one of these words; most sentences have neither.
_ANY_DIGIT = re.compile(rf"[\d{''.join(GLYPHS)}]")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER_WORDS = frozenset((*ONES, *TENS, *SCALES, *DOZENS, *DENOMINATORS, "hundred"))
_ARTICLES = frozenset({"a", "an"})
_OPENERS = frozenset((*ONES, *TENS, *_ARTICLES, "half", "quarter", "minus", "negative"))
_AFTER_ARTICLE = frozenset((*SCALES, *DENOMINATORS, "dozen", "hundred"))
_SIGNS = frozenset("-−")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. *scale* is the magnitude word's value, 1 without one;
    *kind* is "integer", "decimal" or "fraction"; *digits* when written in digits."""

    start: int
    end: int
    value: Decimal
    kind: str
    digits: bool
    scale: int = 1


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    kind: str  # "word", "digits", "glyph", "mark"


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(match.start(), match.end(), match.group(), match.lastgroup or "mark")
        for match in _TOKEN.finditer(text)
    ]


def _digits_value(text: str) -> Decimal:
    compact = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", compact) or re.fullmatch(r"\d+,\d{1,2}", compact):
        compact = compact.replace(".", "").replace(",", ".")
    return Decimal(compact.replace(",", ""))


class _Reader:
    """Reads numbers off a token list, one start position at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.words = [token.text.lower() if token.kind == "word" else "" for token in self.tokens]

    def word(self, index: int) -> str:
        return self.words[index] if 0 <= index < len(self.words) else ""

    def may_begin(self, index: int) -> bool:
        """Return whether :meth:`read` could find a number at token *index*, by a look at it."""
        token = self.tokens[index]
        if token.kind != "word":
            return token.kind != "mark" or token.text in _SIGNS
        word = self.words[index]
        return word in _OPENERS and (
            word not in _ARTICLES or self.word(index + 1) in _AFTER_ARTICLE
        )

    def joined(self, index: int) -> bool:
        """Return whether token *index* follows the one before over spaces or a hyphen."""
        if not 0 < index < len(self.tokens):
            return False
        gap = self.text[self.tokens[index - 1].end : self.tokens[index].start]
        return bool(gap) and "\n" not in gap and gap.strip() == ""

    def after(self, index: int) -> int:
        """Return the index of the next token, past one hyphen that joins two words."""
        if (
            index < len(self.tokens)
            and self.tokens[index].text in {"-", "‐", "‑"}
            and index + 1 < len(self.tokens)
        ):
            return index + 1
        return index

    def integer(self, index: int) -> tuple[int, Decimal, int, int] | None:
        """Read an integer or decimal from token *index*.

        Returns the index after it, the value, its last scale, and the token index of the
        last "and" inside (-1 without one), which "two hundred and four hundredths" needs.
        """
        total = Decimal(0)
        current: Decimal | None = None
        room = Decimal(10) ** 18  # the next part must be smaller than this
        scale = 1
        last_scale = Decimal(10) ** 18
        last_and = -1
        place = index
        end = index
        while place < len(self.tokens):
            token = self.tokens[place]
            word = token.text.lower()
            if end > index and not self.continues(end, place):
                break
            if token.kind == "digits" and last_and == place - 1 and end > index and last_and >= 0:
                current = (current or Decimal(0)) + _digits_value(token.text)
                room = Decimal(0)
            elif token.kind == "digits":
                if current is not None or (end > index and (self.tokens[end - 1].kind == "digits")):
                    break
                value = _digits_value(token.text)
                if value >= room:
                    break
                current = value
                room = Decimal(0)
            elif token.kind == "word" and word in ONES:
                value = Decimal(ONES[word])
                if current is None:
                    if value >= room:
                        break
                    current = value
                elif current % 10 == 0 and current % 100 >= 20 and 0 < value < 10 and room > 0:
                    current += value
                elif current % 100 == 0 and current >= 100 and room > 0 and value > 0:
                    current += value
                else:
                    break
            elif token.kind == "word" and word in TENS:
                value = Decimal(TENS[word])
                if current is None:
                    if value >= room:
                        break
                    current = value
                elif current % 100 == 0 and current >= 100:
                    current += value
                else:
                    break
            elif word == "hundred" or word == "hundreds":
                if current is None:
                    break
                if current >= 100 and current % 1 == 0 and self.tokens[end - 1].kind == "word":
                    break
                current *= 100
                scale = max(scale, 100)
                room = Decimal(100)
            elif word in DOZENS:
                if current is None:
                    break
                # "three hundred and two dozens": only what follows the "and" is counted in dozens.
                if last_and >= 0 and current % 100:
                    rest = current % 100
                    total += current - rest + rest * 12
                else:
                    total += current * 12
                current = None
                place += 1
                end = place
                break
            elif word in SCALES:
                value = Decimal(SCALES[word])
                if current is None:
                    if total and end > index and self.word(end - 1) in SCALES:
                        total *= value  # "three lakh crore"
                        place += 1
                        end = place
                        scale = max(scale, int(value))
                        continue
                    break
                if value >= last_scale:
                    break
                total += current * value
                current = None
                scale = max(scale, int(value))
                last_scale = value
                room = value
            elif word == "and" and end > index:
                follow = self.word(place + 1)
                digits = place + 1 < len(self.tokens) and self.tokens[place + 1].kind == "digits"
                # After "hundred" or a scale only: "two and three" are two numbers.
                if self.word(place - 1) not in SCALES and self.word(place - 1) not in {
                    "hundred",
                    "hundreds",
                }:
                    break
                if not (
                    follow in ONES or follow in TENS or (digits and self.smaller_digits(place + 1))
                ):
                    break
                if follow == "zero" or not self.continues(end, place + 1):
                    break
                # "$3.5 million and two cars" are two numbers.
                if not digits and ("." in self.tokens[index].text or self.money_before(index)):
                    break
                last_and = place
                place += 1
                continue
            elif token.text in {"-", "‐", "‑"} and end > index:
                follow = self.word(place + 1)
                before = self.word(place - 1)
                if before in TENS and 0 < ONES.get(follow, 0) < 10:
                    place += 1
                    continue
                if follow in SCALES or follow in {"hundred", "dozen"}:
                    place += 1
                    continue
                break
            else:
                break
            place += 1
            end = place
        if current is None and not total:
            return None if end == index else (end, total, scale, last_and)
        value = total + (current or 0)
        if end == index:
            return None
        # "two hundred point zero three"
        if self.word(end) == "point" and self.joined(end):
            decimals = ""
            place = end + 1
            while self.word(place) in ONES or self.word(place) in TENS:
                small = ONES.get(self.word(place), TENS.get(self.word(place), 0))
                if small >= 20 and 0 < ONES.get(self.word(self.after(place + 1)), 0) < 10:
                    place = self.after(place + 1)
                    small += ONES[self.word(place)]
                decimals += str(small)
                place += 1
            if decimals:
                return place, value + Decimal("0." + decimals), scale, -1
        return end, value, scale, last_and

    def smaller_digits(self, index: int) -> bool:
        """Digits after "hundred and" belong to it when they fit and are no new count."""
        token = self.tokens[index]
        return token.text.isdecimal() and 0 < int(token.text) < 100

    def continues(self, end: int, place: int) -> bool:
        if place == 0 or self.tokens[place - 1].end == self.tokens[place].start:
            return True
        gap = self.text[self.tokens[place - 1].end : self.tokens[place].start]
        return "\n\n" not in gap

    def fraction_after(self, index: int) -> tuple[int, int] | None:
        """Return (index after, denominator) when token *index* is a denominator word."""
        place = self.after(index)
        word = self.word(place)
        if word in DENOMINATORS and (place != index or self.joined(place)):
            following = self.after(place + 1)
            compound = self.word(following)
            # "ninety-five hundred-fifths": handled by integer(); nothing more here.
            if compound in DENOMINATORS and word.endswith("s") is False and compound.endswith("s"):
                return None
            return place + 1, DENOMINATORS[word]
        return None

    def half_phrase(self, index: int) -> tuple[int, Decimal, int] | None:
        """Read "half a million", "a quarter of a million", "half", "a third"."""
        place = index
        word = self.word(place)
        article = word in {"a", "an"}
        if article:
            place += 1
            word = self.word(place)
        if (
            word
            in {"dozen", "hundred", "thousand", "million", "billion", "trillion", "lakh", "crore"}
            and article
        ):
            value = Decimal(DOZENS.get(word, 100 if word == "hundred" else SCALES.get(word, 1)))
            return place + 1, value, int(value)
        if word not in DENOMINATORS or word.endswith(("halves", "ths", "rds", "quarters")):
            return None
        if not article and word not in {"half", "quarter"}:
            return None
        value = Decimal(1) / Decimal(DENOMINATORS[word])
        follow = place + 1
        if self.word(follow) == "of" and self.word(follow + 1) in {"a", "an"}:
            follow += 2
        elif self.word(follow) in {"a", "an"}:
            follow += 1
        scale_word = self.word(follow)
        if scale_word in SCALES or scale_word in {"hundred", "dozen"}:
            scale = SCALES.get(scale_word, 12 if scale_word == "dozen" else 100)
            return follow + 1, value * scale, scale
        if not article and word == "quarter":
            return None
        if (
            article
            and word not in {"half", "quarter"}
            and place + 1 < len(self.tokens)
            and self.tokens[place + 1].text in {"-", "‐", "‑"}
        ):
            return None  # "a third-party bid"
        # "a third offence" is the one after the second, "a third of them" a share.
        if (
            article
            and word not in {"half", "quarter"}
            and self.word(place + 1)
            and (self.word(place + 1) not in AFTER_SHARE and self.joined(place + 1))
        ):
            return None
        return place + 1, value, 1

    def read(self, index: int) -> tuple[int, Number] | None:
        """Return (index after, number) for a number that begins at token *index*."""
        token = self.tokens[index]
        start = token.start
        if token.kind == "glyph":
            top, bottom = GLYPHS[token.text]
            return index + 1, Number(start, token.end, Decimal(top) / bottom, "fraction", True)
        sign = 1
        first = index
        word = self.word(index)
        if word in {"minus", "negative"} and index + 1 < len(self.tokens):
            following = self.tokens[index + 1]
            if following.kind == "digits" or self.word(index + 1) in ONES | TENS:
                # "plus or minus 3 points" is a width.
                sign = 1 if self.word(index - 1) == "or" and self.word(index - 2) == "plus" else -1
                first = index + 1
        elif (
            token.text in {"-", "−"}
            and index + 1 < len(self.tokens)
            and self.tokens[index + 1].kind == "digits"
            and self.tokens[index + 1].start == token.end
            and (start == 0 or self.text[start - 1] in " \t\n(")
            and not (index > 0 and self.tokens[index - 1].kind == "digits")
        ):
            sign = -1
            first = index + 1
        elif token.kind not in {"word", "digits"}:
            return None
        half = self.half_phrase(first) if sign == 1 else None
        if half is not None:
            end, value, scale = half
            kind = "fraction" if value < 1 else "integer"
            return end, Number(start, self.tokens[end - 1].end, value, kind, False, scale)
        if self.tokens[first].kind == "word" and not (
            self.word(first) in ONES or self.word(first) in TENS
        ):
            return None
        read = self.integer(first)
        if read is None:
            return None
        end, value, scale, last_and = read
        digits = self.tokens[first].kind == "digits"
        kind = "integer" if value == value.to_integral_value() else "decimal"
        if digits and end == first + 1:
            extended = self.digit_tail(first, value)
            if extended is not None:
                end, value, scale, kind = extended
        denominator = self.fraction_after(end)
        if denominator is not None and not digits:
            after, bottom = denominator
            plural = self.text[self.tokens[after - 1].end - 1] == "s"
            if last_and >= 0 and plural:
                part = self.integer(last_and + 1)
                if part is not None and part[0] == end:
                    value = (value - part[1]) + part[1] / bottom
                    end, kind = after, "fraction"
            elif plural or value == 1:
                if bottom < 100 or plural:
                    value = value / bottom
                    end, kind = after, "fraction"
        if kind == "integer" or kind == "decimal":
            mixed = self.mixed_tail(end, value)
            if mixed is not None:
                end, value, kind = mixed
        if kind == "fraction" and self.word(end) == "of" and self.word(end + 1) in {"a", "an"}:
            scale_word = self.word(end + 2)
            if scale_word in SCALES or scale_word == "hundred":
                scale = SCALES.get(scale_word, 100)
                value *= scale
                end += 3
        if kind == "fraction" and self.word(end) in SCALES:
            scale = SCALES[self.word(end)]
            value *= scale
            end += 1
        return end, Number(start, self.tokens[end - 1].end, sign * value, kind, digits, scale)

    def digit_tail(self, index: int, value: Decimal) -> tuple[int, Decimal, int, str] | None:
        """Read what may follow digits: "5m", "2.33 k", "1/4", "2 1/4", "3½"."""
        token = self.tokens[index]
        if index + 1 >= len(self.tokens):
            return None
        follow = self.tokens[index + 1]
        glued = follow.start == token.end
        kind = "integer" if value == value.to_integral_value() else "decimal"
        if follow.kind == "glyph":
            top, bottom = GLYPHS[follow.text]
            return index + 2, value + Decimal(top) / bottom, 1, "fraction"
        if follow.kind == "word" and follow.text.lower() in SUFFIXES:
            scale = SUFFIXES[follow.text.lower()]
            spaced = not glued and self.text[token.end : follow.start] in {" ", "\u00a0", "\u202f"}
            ends = follow.end == len(self.text) or not (
                self.text[follow.end].isalnum() or self.text[follow.end] in "²³/"
            )
            metres = (
                follow.text == "m"
                and not self.money_before(index)
                and (
                    self.word(index + 2) in AFTER_METRES
                    # "150m from the gate", "fell to 6.4m from 7m"
                    or (
                        self.word(index + 2) in {"from", "above", "below"}
                        and token.text.isdecimal()
                        and value >= 10
                    )
                    # "at 2,300m" is a height, "the 100m in 9.9 seconds" a race.
                    or "," in token.text
                    or (
                        token.text in RACES
                        and (
                            self.word(index - 1)
                            in {
                                "the",
                                "men’s",
                                "women’s",
                                "men's",
                                "women's",
                                "indoor",
                                "her",
                                "his",
                            }
                            or self.word(index + 2) in AFTER_RACE
                        )
                    )
                )
            )
            if ends and not metres and (glued or (spaced and follow.text in SPACED_SUFFIXES)):
                return index + 2, value * scale, scale, kind
        for offset in (0, 1):  # "1/4", then "2 1/4"
            top_index = index + offset
            if offset and not self.joined(top_index):
                continue
            slash = self.slash(top_index)
            if slash is not None:
                end, part = slash
                if offset == 0:
                    return end, part, 1, "fraction"
                if value == value.to_integral_value():
                    return end, value + part, 1, "fraction"
        return None

    def money_before(self, index: int) -> bool:
        return index > 0 and self.tokens[index - 1].text in {"$", "€", "£", "¥", "₹"}

    def slash(self, index: int) -> tuple[int, Decimal] | None:
        tokens = self.tokens
        if (
            index + 2 >= len(tokens)
            or tokens[index].kind != "digits"
            or tokens[index + 2].kind != "digits"
        ):
            return None
        if tokens[index + 1].text not in {"/", "⁄"}:
            return None
        glued = (
            tokens[index].end == tokens[index + 1].start
            and tokens[index + 1].end == tokens[index + 2].start
        )
        top, bottom = tokens[index].text, tokens[index + 2].text
        if not glued or not top.isdecimal() or not bottom.isdecimal():
            return None
        if int(bottom) not in SLASH_DENOMINATORS or int(top) >= int(bottom):
            return None
        if index + 3 < len(tokens) and tokens[index + 3].text == "/":
            return None
        return index + 3, Decimal(top) / int(bottom)

    def mixed_tail(self, end: int, value: Decimal) -> tuple[int, Decimal, str] | None:
        """Read "and a half", "and two thirds" after a number."""
        if self.word(end) != "and" or value != value.to_integral_value():
            return None
        place = end + 1
        if self.word(place) in {"a", "an", "one"} and self.word(place + 1) in DENOMINATORS:
            bottom = DENOMINATORS[self.word(place + 1)]
            scale_word = self.word(end - 1)
            if self.word(place + 1) not in {"half", "quarter"} and self.word(place + 1) in {
                "second",
                "minute",
            }:
                return None
            part = Decimal(1) / bottom
            # "3 million and a half": half a million more.
            if scale_word in SCALES:
                part *= SCALES[scale_word]
            return place + 2, value + part, "fraction"
        small = self.integer(place) if place < len(self.tokens) else None
        if small is not None and small[0] == place + 1:
            bottom_found = self.fraction_after(small[0])
            if bottom_found is not None and self.word(bottom_found[0] - 1).endswith("s"):
                after, bottom = bottom_found
                if small[1] < bottom:
                    return after, value + small[1] / bottom, "fraction"
        return None


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of *text*, left to right, not overlapping.

    Shares such as "one in five" and "two out of three" are one number, a fraction.
    Ordinals are not numbers. Digits glued to letters ("A320", "F-16") are skipped.
    Never raises on odd text.
    """
    found: list[Number] = []
    if _ANY_DIGIT.search(text) is None and _NUMBER_WORDS.isdisjoint(_LETTERS.findall(text.lower())):
        return found
    reader = _Reader(text)
    index = 0
    while index < len(reader.tokens):
        if not reader.may_begin(index):
            index += 1
            continue
        token = reader.tokens[index]
        word = reader.word(index)
        if word == "one" and reader.word(index - 1) in ONE_IS_PRONOUN_AFTER:
            follow = reader.word(index + 1)
            if (
                follow not in SCALES
                and follow not in {"hundred", "dozen"}
                and follow not in DENOMINATORS
            ):
                index += 1
                continue
        if token.kind == "digits" and _glued(text, token):
            index += 1
            continue
        read = reader.read(index)
        if read is None:
            index += 1
            continue
        end, number = read
        share = _share(reader, end, number)
        if share is not None:
            end, number = share
        found.append(number)
        index = max(end, index + 1)
    return found


def _glued(text: str, token: _Token) -> bool:
    """Digits that belong to a name, version, or code: "A320", "F-16", "ISO9001"."""
    before = text[token.start - 1] if token.start else " "
    if before.isalpha() or before == "_":
        # "USD115" is an amount; what other letters begin is a code.
        letters = re.search(r"[^\W\d_]+$", text[max(0, token.start - 8) : token.start])
        return letters is None or letters.group() not in MONEY_CODES
    if before in "-‐‑–" and token.start > 1 and text[token.start - 2].isalpha():
        # "5k-20k" is a range, "F-16" a name.
        return token.start < 3 or not text[token.start - 3].isdecimal()
    after = text[token.end : token.end + 1]
    return after == "_"


def _share(reader: _Reader, end: int, number: Number) -> tuple[int, Number] | None:
    """Return *number* as a share when "in five" or "out of three" follows."""
    place = end
    out_of = reader.word(place) == "out" and reader.word(place + 1) == "of"
    if out_of:
        place += 2
    elif reader.word(place) == "in":
        place += 1
    else:
        return None
    if place >= len(reader.tokens) or (
        reader.tokens[place].kind == "digits" and _glued(reader.text, reader.tokens[place])
    ):
        return None
    whole = reader.read(place)
    if whole is None:
        return None
    after, bottom = whole
    if bottom.kind != "integer" or number.kind != "integer" or not 0 < number.value < bottom.value:
        return None
    follow = reader.word(after)
    if not out_of and (bottom.value > 1000 and bottom.value < 10000 and bottom.digits):
        return None
    if not out_of and (
        follow in TIME_WORDS
        or number.value > 100
        or reader.text[bottom.end : bottom.end + 1] == "-"
    ):
        return None
    return after, Number(
        number.start, bottom.end, number.value / bottom.value, "fraction", number.digits
    )
