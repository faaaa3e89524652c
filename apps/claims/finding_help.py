"""What the documentation says about each kind of finding, as help beside it.

The text is read from ``docs/findings.md``, which goes wherever the code goes, so that help
and documentation cannot drift apart; in another language from ``findings.de.md`` and the like,
which have the same sections. Without the file each kind still has the sentence its detector
brings along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.utils.translation import get_language, gettext, gettext_noop

from apps.claims.finding_titles import all_titles

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "findings.md"

# Labels of the documentation, as a reader who never saw a rule would put them.
LABELS = {
    "Example": gettext_noop("Reported"),
    "Also": gettext_noop("Reported too"),
    "Near miss": gettext_noop("Left alone"),
    "Known misses": gettext_noop("Not found"),
}
# The same labels in the documentation's other languages.
LABELS |= {
    "Beispiel": LABELS["Example"],
    "Auch": LABELS["Also"],
    "Nicht gemeint": LABELS["Near miss"],
    "Bekannte Lücken": LABELS["Known misses"],
}
# "### `number_conflict` · conflict, high", but not "### Numbers".
_KIND = re.compile(r"^### `(?P<kind>[a-z_]+)` · (?P<outcomes>.+)$")
# "- Near miss: two versions", but not "- two versions: one of them longer".
_POINT = re.compile(rf"^- (?P<label>{'|'.join(LABELS)}): (?P<text>.+)$")
# Where a rule lives says nothing to a reader: " (`sums.py`)", ", `steps.py`)", "(`words.py`: a".
_MODULE = re.compile(r" \(`[\w/]+\.\w+`\)|, `[\w/]+\.\w+`(?=\))|(?<=\()`[\w/]+\.\w+`: ")


@dataclass(frozen=True, slots=True)
class KindHelp:
    """What one kind of finding is. *paragraphs* say what it reports; *points* are pairs of
    label and text: what is reported, what is left alone, what is not found. *outcomes* is
    how such findings turn out and how severe they are, in the words of the documentation."""

    kind: str
    title: str
    group: str
    outcomes: str
    paragraphs: tuple[str, ...]
    points: tuple[tuple[str, str], ...]


def read_help(document: str, titles: dict[str, str]) -> dict[str, KindHelp]:
    """Return the help on each kind *titles* names and *document* has a section on.

    They come in the order of the document. Sections on other things are passed over.
    """
    found: dict[str, KindHelp] = {}
    for group, heading, lines in _sections(document):
        match = _KIND.match(heading)
        if match is None or match["kind"] not in titles:
            continue
        paragraphs: list[str] = []
        points: list[tuple[str, str]] = []
        for block in _blocks(lines):
            point = _POINT.match(block)
            text = _plain(point["text"] if point else block.removeprefix("- "))
            if point:
                label = LABELS[point["label"]]
                points.append((gettext(label), text))
            else:
                paragraphs.append(text)
        found[match["kind"]] = KindHelp(
            kind=match["kind"],
            title=titles[match["kind"]],
            group=group,
            outcomes=_plain(match["outcomes"]),
            paragraphs=tuple(paragraphs),
            points=tuple(points),
        )
    return found


def document_in(language: str) -> Path:
    """Return the documentation in *language*, else in English."""
    translated = DOCUMENT.with_name(f"{DOCUMENT.stem}.{language}{DOCUMENT.suffix}")
    return translated if translated.is_file() else DOCUMENT


def all_help() -> dict[str, KindHelp]:
    """Return the help on every kind there is, in the reader's language.

    It is in the order of the documentation. The sentence of its detector comes first.
    """
    return help_in(get_language() or "en")


@cache
def help_in(language: str) -> dict[str, KindHelp]:
    """Return the help in *language*, which must be the one that is active."""
    from apps.claims.analysis.detectors import DETECTORS

    path = document_in(language)
    document = path.read_text(encoding="utf-8") if path.is_file() else ""
    written = read_help(document, all_titles())
    found: dict[str, KindHelp] = {}
    own_words = {detector.slug: gettext(detector.explanation) for detector in DETECTORS}
    for kind, help_ in written.items():
        found[kind] = replace(help_, paragraphs=(own_words[kind], *help_.paragraphs))
    for kind, title in all_titles().items():
        if kind not in found:
            found[kind] = KindHelp(kind, title, gettext("Others"), "", (own_words[kind],), ())
    return found


def find_help(kind: str) -> KindHelp | None:
    """Return the help on *kind*; None when there is no such kind, or no longer."""
    return all_help().get(kind)


def help_by_group() -> list[tuple[str, list[KindHelp]]]:
    """Return the kinds with their help under the headings of the documentation."""
    groups: dict[str, list[KindHelp]] = {}
    for help_ in all_help().values():
        groups.setdefault(help_.group, []).append(help_)
    return list(groups.items())


def check_help(**_options: object) -> list[CheckMessage]:
    """Warn of an installation that lacks the documentation the help is made of."""
    if DOCUMENT.is_file():
        return []
    return [
        Warning(
            f"The help on findings is short: {DOCUMENT} is missing.",
            hint="Install the folder docs/ beside the code.",
            id="claims.W001",
        )
    ]


def _sections(document: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the group, the heading and the lines of each part under a third-level heading."""
    group = heading = ""
    lines: list[str] = []
    for line in [*document.splitlines(), "## "]:
        if line.startswith(("## ", "### ")):
            if heading:
                yield group, heading, lines
            heading, lines = "", []
            if line.startswith("## "):
                group = line.removeprefix("## ").strip()
            else:
                heading = line.strip()
        else:
            lines.append(line)


def _blocks(lines: list[str]) -> Iterator[str]:
    """Yield paragraphs and points, each on one line.

    A line goes on the block above it unless it is a point; text after the points of a kind
    that does not go on one of them (it is not indented) begins a paragraph.
    """
    block: list[str] = []
    for line in [*lines, ""]:
        is_point = line.startswith("- ")
        leaves_point = bool(block) and block[0].startswith("- ") and not line.startswith("  ")
        if block and (is_point or leaves_point or not line.strip()):
            yield " ".join(block)
            block = []
        if line.strip():
            block.append(line.strip())


def _plain(text: str) -> str:
    """Return *text* without the marks of code and without the names of modules."""
    text = _MODULE.sub("", text).replace("`", "").strip()
    return text[:1].upper() + text[1:]
