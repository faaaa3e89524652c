"""The text of a parsed article, put together once."""

from __future__ import annotations

from spacy.tokens import Doc

_KEY = "text"


def text_of(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy joins anew from all its tokens whenever it is asked.

    Asked for each clause and each number, that made reading an article take a time that
    grew with the square of its length.
    """
    text: str | None = doc.user_data.get(_KEY)
    if text is None:
        text = doc.text
        doc.user_data[_KEY] = text
    return text


def keep_text(doc: Doc, text: str) -> None:
    """Have :func:`text_of` answer with *text*, which must be ``doc.text``."""
    doc.user_data[_KEY] = text
