"""The catalogues of the interface's other languages: whole, compiled, and true to the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils import translation

from config import catalogues
from config.catalogues import (
    DOMAINS,
    catalogue_path,
    compile_catalogue,
    find_messages,
    read_catalogue,
)

ROOT = Path(__file__).resolve().parents[2]
# "%(n)s" and "{name}", but not "%%" or "100 %".
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# "</b>", '<a href="?kind=quote_altered">': what is inside has to stay as well.
_TAG = re.compile(r"<[^>]+>")
# What stands in a template without being said in a language: names, what machines read, other languages.
_NOT_SAID = re.compile(
    r"{#.*?#}|{% blocktranslate.*?{% endblocktranslate %}|{% block (?:body_class|main_class) %}[^{]*"
    r"|{%.*?%}|{{.*?}}|<(\w+)[^>]*\blang=\"en\".*?</\1>|<svg.*?</svg>|<i>V</i>ariorum|Variorum|<kbd>\w</kbd>"
    r"|<meta name=\"(?:color-scheme|viewport|htmx-config|robots|twitter:card)\"[^>]*>|<meta property=\"og:type\"[^>]*>",
    re.DOTALL,
)
_SAID = re.compile(r"(?:aria-label|title|placeholder|alt|content)=\"([^\"]*)\"|>([^<>]*)(?=<)")
LANGUAGES = catalogues.translated_languages()
each_catalogue = pytest.mark.parametrize(
    ("language", "domain"), [(language, domain) for language in LANGUAGES for domain in DOMAINS]
)


def _forms(message: Message) -> list[str]:
    words = message.string
    return [words] if isinstance(words, str) else list(words)


def _sources(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


@each_catalogue
def test_what_is_compiled_is_what_the_catalogue_says(language: str, domain: str) -> None:
    compiled = catalogue_path(language, domain).with_suffix(".mo")

    assert compiled.read_bytes() == compile_catalogue(read_catalogue(language, domain))


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


@each_catalogue
def test_every_marked_string_stands_in_the_catalogue_and_nothing_else_does(
    language: str, domain: str
) -> None:
    """Run `manage.py update_translations` when this fails, and translate what is new."""
    said = {(m.id, m.context) for m in find_messages(domain) if m.id}
    kept = {(m.id, m.context) for m in read_catalogue(language, domain) if m.id}

    assert said - kept == set()
    assert kept - said == set()


@each_catalogue
def test_every_string_is_translated_and_no_translation_is_in_doubt(
    language: str, domain: str
) -> None:
    messages = [m for m in read_catalogue(language, domain) if m.id]

    assert [m.id for m in messages if not catalogues.is_translated(m)] == []


@each_catalogue
def test_translations_keep_placeholders_tags_and_the_white_space_around(
    language: str, domain: str
) -> None:
    catalogue = read_catalogue(language, domain)

    for message in catalogue:
        if not message.id:
            continue
        assert list(message.check(catalogue)) == [], message.id
        source = _sources(message)[-1]
        for words in _forms(message):
            assert set(_PLACEHOLDER.findall(words)) <= set(_PLACEHOLDER.findall(source)), words
            assert sorted(_TAG.findall(words)) == sorted(_TAG.findall(source)), words
            assert (words.strip() == words) == (source.strip() == source), words
        # The last form stands for every number: it has to name it wherever the original does.
        assert set(_PLACEHOLDER.findall(_forms(message)[-1])) == set(_PLACEHOLDER.findall(source))


def test_every_word_of_a_template_is_marked_for_translation() -> None:
    guilty = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = _NOT_SAID.sub(" ", path.read_text(encoding="utf-8"))
        said = [attribute or words for attribute, words in _SAID.findall(f">{text}<")]
        guilty += [
            f"{path.name}: {words.strip()}" for words in said if re.search("[a-z]{2}", words)
        ]

    assert guilty == []
