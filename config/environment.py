"""Readers for environment variables that refuse nonsense instead of guessing."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")


def read_flag(name: str, *, default: bool) -> bool:
    """Return the flag *name*. Raises `ImproperlyConfigured` for anything but yes and no."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in _YES + _NO:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {', '.join(_YES + _NO)}")
    return value in _YES


def read_number(name: str, *, default: int, lowest: int, highest: int) -> int:
    """Return the whole number *name*. Raises `ImproperlyConfigured` outside *lowest*..*highest*."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or not lowest <= int(value) <= highest:
        raise ImproperlyConfigured(
            f"{name}={value!r}: write a whole number from {lowest} to {highest}"
        )
    return int(value)


def read_list(name: str, *, default: tuple[str, ...] = ()) -> list[str]:
    """Return the comma-separated words of *name*, without empty ones."""
    words = [word.strip() for word in os.environ.get(name, "").split(",")]
    return [word for word in words if word] or list(default)


def read_choice(name: str, *, choices: tuple[str, ...], default: str) -> str:
    """Return *name*. Raises `ImproperlyConfigured` when it is none of *choices*."""
    value = os.environ.get(name, "").strip() or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {', '.join(choices)}")
    return value


def read_required(name: str, *, why: str) -> str:
    """Return *name*. Raises `ImproperlyConfigured` with *why* when it is missing or empty."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {why}")
    return value
