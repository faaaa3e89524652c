"""What the pipeline is given of an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from apps.articles.text.spans import Span
from apps.articles.text.types import Role


@dataclass(frozen=True, slots=True)
class ArticleInput:
    """A text to analyse, with what its source states and what people corrected.

    *id* is unique in the run and begins the ids of its claims ("003" -> "003.c7").
    *stated* is None when the source gives no date. *corrections* are people's roles.
    """

    id: str
    text: str
    outlet: str = ""
    title: str = ""
    url: str = ""
    stated: date | datetime | None = None
    corrections: tuple[tuple[Span, Role], ...] = ()
