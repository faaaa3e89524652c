"""The lines of a pasted page, and what their shape says before any word is understood."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from apps.articles.text.spans import Span, trim_span

LEXICONS = Path(__file__).parent / "lexicons"

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Letters and digits with inner apostrophes, hyphens, periods: "U.S.", "don't", "4-1".
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*", re.UNICODE)
# Ends a statement: "left." "left.”" "left.)" "left?"; not "left" or "left,".
_STATEMENT_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[•‣▪●◦⁃∙■□►▶»›·*]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
_PLAIN = str.maketrans("“”„«»‘’‚–—‑−", '"' * 5 + "'" * 3 + "-" * 4)
_RUN = re.compile(r"\w+")

# A hard-wrapped text breaks its lines in this range, in the middle of sentences.
WRAP_SHORTEST, WRAP_LONGEST = 45, 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page (a paragraph, when the text was hard-wrapped), trimmed.

    *plain* is its words for comparing: case folded, straight quotes, single spaces, no
    bullet. *gap* is the number of blank lines above it. *function_share* is 0 to 1.
    """

    span: Span
    text: str
    plain: str
    words: tuple[str, ...]
    gap: int
    function_share: float
    is_statement: bool
    is_bullet: bool

    @property
    def is_prose(self) -> bool:
        """Whether it reads like sentences of a report: long enough, closed, held together."""
        if len(self.words) >= 40:
            return self.function_share >= 0.12
        return self.is_statement and len(self.words) >= 6 and self.function_share >= 0.15

    @property
    def is_paragraph(self) -> bool:
        """Whether it is prose long enough to be a paragraph, not a prompt or a caption."""
        return self.is_prose and len(self.words) >= 14


@cache
def read_words(name: str) -> frozenset[str]:
    """Return the words of a lexicon file; lines that begin with # are comments."""
    lines = (LEXICONS / name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def plain_text(text: str) -> str:
    """Return *text* for comparing: case, quotation marks, dashes and spacing do not count."""
    straight = text if text.isascii() else text.translate(_PLAIN)
    return " ".join(straight.casefold().split())


@lru_cache(maxsize=256)
def find_runs(plain: str) -> frozenset[str]:
    """Return the runs of letters and digits in *plain*.

    A pattern that asks for a whole word finds nothing where the word is no run; asking
    that first is many times cheaper than the pattern.
    """
    return frozenset(_RUN.findall(plain))


def is_terminal(text: str) -> bool:
    return _STATEMENT_END.search(text) is not None


def make_line(text: str, span: Span, gap: int = 0) -> Line:
    """Describe the words of *span*, which begins and ends with no white space."""
    raw = span.of(text)
    bullet = _BULLET.match(raw)
    body = raw[bullet.end() :] if bullet else raw
    words = tuple(_WORD.findall(body))
    function_words = read_words("function_words.txt")
    held = sum(map(function_words.__contains__, map(str.casefold, words)))
    return Line(
        span=span,
        text=raw,
        plain=plain_text(body),
        words=words,
        gap=gap,
        function_share=held / len(words) if words else 0.0,
        is_statement=is_terminal(raw),
        is_bullet=bullet is not None and bool(words),
    )


def split_lines(text: str) -> list[Line]:
    """Return the lines of *text* that hold more than white space, in order.

    Together they hold every character that is not white space. Lines of a hard-wrapped
    text are joined to paragraphs. Time is linear in the length of the text.
    """
    spans = [span for m in _LINE.finditer(text) if (span := trim_span(text, m.start(), m.end()))]
    if _is_hard_wrapped(text, spans):
        spans = list(_join_wrapped(text, spans))
    lines: list[Line] = []
    end = 0
    for span in spans:
        between = text[end : span.start].replace("\r\n", "\n")
        gap = max(0, between.count("\n") + between.count("\r") - 1)
        lines.append(make_line(text, span, gap))
        end = span.end
    return lines


def _runs_on(text: str, upper: Span, lower: Span) -> bool:
    """Whether *lower* continues the sentence of *upper* after one line break."""
    between = text[upper.end : lower.start].replace("\r\n", "\n")
    return (
        between.count("\n") == 1
        and WRAP_SHORTEST <= len(upper) <= WRAP_LONGEST
        and not is_terminal(upper.of(text))
        and text[lower.start].islower()
    )


def _is_hard_wrapped(text: str, spans: list[Span]) -> bool:
    """Whether line breaks stand in the middle of sentences, and often.

    Pasted pages break lines between paragraphs, mails and old wire feeds after some 70
    characters. One sentence that happens to run on is no evidence.
    """
    if len(spans) < 4:
        return False
    running = sum(_runs_on(text, upper, lower) for upper, lower in itertools.pairwise(spans))
    longest = sorted(len(span) for span in spans)[int(0.95 * (len(spans) - 1))]
    return running >= 3 and running >= 0.25 * len(spans) and longest <= WRAP_LONGEST


def _join_wrapped(text: str, spans: list[Span]) -> Iterator[Span]:
    current: Span | None = None
    last: Span | None = None
    for span in spans:
        if current is None or last is None:
            current = last = span
            continue
        # In a wrapped text a blank line ends the paragraph; so does a short line.
        single = text[last.end : span.start].replace("\r\n", "\n").count("\n") == 1
        indented = text[last.end : span.start].endswith(("  ", "\t"))
        opens = indented or text[span.start] in "(•*" or _BULLET.match(span.of(text)) is not None
        if single and len(last) >= WRAP_SHORTEST and not (opens and is_terminal(last.of(text))):
            current = Span(current.start, span.end)
        else:
            yield current
            current = span
        last = span
    if current is not None:
        yield current
