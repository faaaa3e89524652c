"""The text of a parsed article, under the name the analysis has for it."""

from __future__ import annotations

from apps.articles.text.doc_text import text_of

__all__ = ["text_of"]
