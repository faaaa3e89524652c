"""What the benchmarks read: the invented stories of ``seeds/``, and as many more as are asked for.

A further story is one of these with its names, places and weekdays replaced throughout, so
that two stories share plain words and nothing else.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from apps.claims.analysis.article_input import ArticleInput  # noqa: E402 - after the path is set

SEEDS = ROOT / "seeds"
# A capital within a sentence is a name, near enough; "(NP)" and "Feb" stay as they are.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August "
    "September October November December".split()
)
_ONSETS = "B Br C Cl D Dr F Fl G Gr H J K L M N P Pr R S St T Tr V W".split()
_VOWELS = "a e i o u ai ea ou".split()
_ENDS = "ck d ll mer n nd ndal r rby rn rst sk ssey t th ven w x".split()


def load_seeds() -> dict[str, list[ArticleInput]]:
    """Return the articles of each invented story of the demonstration by its folder's name."""
    return _load_all(SEEDS)


def load_stories() -> dict[str, list[ArticleInput]]:
    """Return the articles of every invented story in the repository that may be read."""
    return load_seeds() | _load_all(ROOT / "benchmarks" / "stories")


def _load_all(folder: Path) -> dict[str, list[ArticleInput]]:
    return {story.name: list(_load(story)) for story in sorted(folder.iterdir()) if story.is_dir()}


def _load(folder: Path) -> Iterator[ArticleInput]:
    for entry in json.loads((folder / "meta.json").read_text(encoding="utf-8")):
        yield ArticleInput(
            id=f"{folder.name}/{entry['file']}",
            text=(folder / entry["file"]).read_text(encoding="utf-8"),
            outlet=entry.get("outlet", ""),
            title=entry.get("title", ""),
            url=entry.get("url", ""),
            stated=datetime.fromisoformat(entry["published"]) if entry.get("published") else None,
        )


def rename(articles: Sequence[ArticleInput], number: int) -> list[ArticleInput]:
    """Return *articles* with every name replaced, the same way in all; 0 leaves them alone.

    Days move by *number* weeks, so that weekdays stay right.
    """
    if number == 0:
        return list(articles)
    names = {
        name
        for article in articles
        for name in _NAME.findall(article.text)
        if name not in _CALENDAR
    }
    new = {name: make_name(number, place) for place, name in enumerate(sorted(names))}
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(new))})\b")

    def put(words: str) -> str:
        return pattern.sub(lambda match: new[match[0]], words)

    return [
        replace(
            article,
            id=f"{article.id}+{number}",
            text=put(article.text),
            title=put(article.title),
            url="",
            outlet=f"{article.outlet} {number}",
            stated=article.stated + timedelta(weeks=number) if article.stated else None,
        )
        for article in articles
    ]


def make_articles(count: int) -> list[ArticleInput]:
    """Return *count* articles of different stories, five or so a story, the same each time."""
    made: list[ArticleInput] = []
    number = 0
    while len(made) < count:
        for articles in load_seeds().values():
            made.extend(rename(articles, number))
        number += 1
    return made[:count]


def make_text(length: int) -> str:
    """Return one text of about *length* characters, paragraphs of renamed articles in turn."""
    parts: list[str] = []
    size = number = 0
    while size < length:
        for articles in load_seeds().values():
            for article in rename(articles, number):
                parts.append(article.text)
                size += len(article.text) + 2
        number += 1
    return "\n\n".join(parts)[:length]


def make_name(number: int, place: int) -> str:
    value = number * 7919 + place * 104_729
    letters = []
    for choices in (_ONSETS, _VOWELS, _ENDS):
        value, at = divmod(value, len(choices))
        letters.append(choices[at])
    # Two names of three parts may meet; the place keeps them apart.
    return "".join(letters) + _VOWELS[place % 5] + _ENDS[(place // 5) % len(_ENDS)]


def describe_machine() -> str:
    """Return processor count, load and Python in a line, for the head of a result."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{os.cpu_count()} cores, load {load}, Python {platform.python_version()}, {platform.machine()}"
