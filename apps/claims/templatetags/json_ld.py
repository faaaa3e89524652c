"""Data for machines in the head of a page."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Inside a script element nothing may look like its end, or like a comment's beginning.
_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@register.filter
def json_ld(data: Mapping[str, object]) -> SafeString:
    """Return *data* as JSON that can stand in a script element whatever words are in it."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))
