"""What people are called, in templates."""

from __future__ import annotations

from django import template

from config.people import shown_name

register = template.Library()

register.filter(shown_name)
