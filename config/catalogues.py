"""What the interface says: found in templates, Python and scripts, and kept in one catalogue for each language.

Babel reads and writes the catalogues, so that no machine needs the gettext programs; the compiled
ones are kept beside them, because a deployed copy has no Babel command to make them with.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

# What pages and programs say, and what scripts in the browser say.
DOMAINS = ("django", "djangojs")
_FOLDERS = {"django": ("templates", "apps", "config"), "djangojs": ("static/js",)}
_HEADER = "# The interface of Variorum; `manage.py update_translations` keeps it up to date with the code."
_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A call in what Django makes of a template: its arguments are literals, as Python writes them.
# Matches " ngettext(u'one row', u'%(count)s rows', count) ", not "XXgettext (blanked)".
_LITERAL = r"u?'(?:\\.|[^'\\])*'|u?\"(?:\\.|[^\"\\])*\""
_CALL = re.compile(
    rf"(?<!\w)(n?p?gettext|_)\(((?:\s*(?:{_LITERAL})\s*,?)+)(?:\s*count)?\)", re.DOTALL
)

Words = str | tuple[str, ...]


def source_language() -> str:
    """Return the language the interface is written in, which needs no catalogue."""
    return settings.LANGUAGE_CODE


def translated_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue."""
    return tuple(code for code, _ in settings.LANGUAGES if code != source_language())


def catalogue_path(language: str, domain: str) -> Path:
    """Return where the catalogue of *language* lies; the compiled one has the suffix .mo."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / f"{domain}.po"


def find_messages(domain: str) -> Catalog:
    """Return every marked string of *domain* with the files it stands in, sorted by file."""
    found = Catalog(domain=domain, header_comment=_HEADER, fuzzy=False)
    for folder in _FOLDERS[domain]:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            name = path.relative_to(settings.BASE_DIR).as_posix()
            for message, context in _read_messages(path):
                found.add(message, locations=[(name, 1)], context=context)
    return found


def _read_messages(path: Path) -> Iterator[tuple[Words, str | None]]:
    if path.suffix == ".html":
        yield from _read_template(path)
    elif path.suffix in (".py", ".js"):
        method = "python" if path.suffix == ".py" else "javascript"
        with path.open("rb") as file:
            for _, message, _, context in extract(method, file, _KEYWORDS):
                yield message, context


def _read_template(path: Path) -> Iterator[tuple[Words, str | None]]:
    for call in _CALL.finditer(templatize(path.read_text(encoding="utf-8"))):
        words = list(ast.literal_eval(f"[{call[2]}]"))
        context = words.pop(0) if "p" in call[1].removesuffix("gettext") else None
        yield (words[0] if len(words) == 1 else tuple(words)), context


def read_catalogue(language: str, domain: str) -> Catalog:
    """Return the catalogue of *language*, an empty one when there is none yet."""
    path = catalogue_path(language, domain)
    if not path.is_file():
        return Catalog(locale=language, domain=domain, header_comment=_HEADER, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=domain)


def compile_catalogue(catalogue: Catalog) -> bytes:
    """Return *catalogue* as programs read it, without what is untranslated."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def update_catalogue(language: str, domain: str) -> Catalog:
    """Bring the catalogue of *language* up to date with the code, write and compile it.

    New strings come in untranslated, those nothing says any more go. No translation is
    guessed from a similar string: a guess that nobody looks at is worse than English.
    """
    catalogue = read_catalogue(language, domain)
    catalogue.update(find_messages(domain), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    path = catalogue_path(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_as_text(catalogue))
    path.with_suffix(".mo").write_bytes(compile_catalogue(catalogue))
    return catalogue


def _as_text(catalogue: Catalog) -> bytes:
    text = io.BytesIO()
    write_po(text, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return text.getvalue()


def is_translated(message: Message) -> bool:
    """Return whether every form of *message* has words, and nobody doubts them."""
    words = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(words) and not message.fuzzy
