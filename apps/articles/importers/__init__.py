"""Importers: bytes in, `RawArticle`s out. One file for each format; see `reading` for the doors."""

from __future__ import annotations

from apps.articles.importers.reading import (
    IMPORTERS,
    read_files,
    read_paste,
    read_stream,
    read_upload,
)
from apps.articles.importers.types import Importer, Limits, Rejection

__all__ = [
    "IMPORTERS",
    "Importer",
    "Limits",
    "Rejection",
    "read_files",
    "read_paste",
    "read_stream",
    "read_upload",
]
