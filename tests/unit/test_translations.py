"""The catalogues of the interface's other languages: whole, compiled, and true to the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils import translation

from config import catalogues
from config.catalogues import DOMAINS, find_messages, read_catalogue, read_compiled

LANGUAGES = catalogues.translated_languages()
each_catalogue = pytest.mark.parametrize(
    ("language", "domain"), [(language, domain) for language in LANGUAGES for domain in DOMAINS]
)


def _forms(message: Message) -> list[str]:
    words = message.string
    return list(words) if isinstance(words, (tuple, list)) else [words]


def _sources(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple) else [message.id]


@each_catalogue
def test_what_is_compiled_is_what_the_catalogue_says(language: str, domain: str) -> None:
    written = {(m.id, m.context): _forms(m) for m in read_catalogue(language, domain) if m.id}
    compiled = {(m.id, m.context): _forms(m) for m in read_compiled(language, domain) if m.id}

    assert compiled == {key: forms for key, forms in written.items() if all(forms)}


def test_the_interface_can_be_had_in_german() -> None:
    assert LANGUAGES == ("de",)
    assert translation.get_language_info("de")["name_local"] == "Deutsch"


def _find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> set[object]:
    (tmp_path / "templates").mkdir()
    for name, text in files.items():
        (tmp_path / "templates" / name.replace("_", ".")).write_text(text, encoding="utf-8")
    monkeypatch.setattr("django.conf.settings.BASE_DIR", tmp_path)
    return {(m.id, m.context) for m in find_messages("django") if m.id}


def test_marked_strings_are_found_in_templates_and_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _find(
        tmp_path,
        monkeypatch,
        page_html="""
          {% translate "Stories" %} {% translate "It’s open" as title %} Not marked
          {% translate "May" context "month" %}
          {% include "x.html" with label=_("Given on") %}
          {% blocktranslate count n=rows|length trimmed %}
            {{ n }} row of 50%
          {% plural %}
            {{ n }} rows of 50%
          {% endblocktranslate %}""",
        words_py='_("Saved."); gettext_lazy("Lazy"); ngettext("%(n)d day", "%(n)d days", n); other("No")',
    )

    assert found == {
        ("Stories", None),
        ("It’s open", None),
        ("May", "month"),
        ("Given on", None),
        (("%(n)s row of 50%%", "%(n)s rows of 50%%"), None),
        ("Saved.", None),
        ("Lazy", None),
        (("%(n)d day", "%(n)d days"), None),
    }
