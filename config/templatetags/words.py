"""Where a page finds the words of its scripts."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils import translation

from config.words import version_of

register = template.Library()


@register.simple_tag
def words_address() -> str:
    """Return the address of the scripts' words in the language of the page."""
    language = translation.get_language()
    return reverse("words", args=[language, version_of(language)])
