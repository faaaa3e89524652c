"""Outlets by their names, and slugs that nothing else has."""

from __future__ import annotations

from django.utils.text import slugify

from apps.articles.models import Outlet, Story


def find_outlet(name: str) -> Outlet | None:
    """Return the outlet of that name, upper and lower case alike; None for none or an empty name."""
    name = " ".join(name.split())
    return Outlet.objects.filter(name__iexact=name).order_by("pk").first() if name else None


def create_outlet(*, name: str) -> Outlet:
    name = " ".join(name.split())
    return Outlet.objects.create(name=name, slug=free_slug(Outlet, name, 80, "outlet"))


def free_slug(model: type[Outlet] | type[Story], name: str, length: int, fallback: str) -> str:
    """Return a slug for *name* that no row has, cut between words, with a number where it is taken."""
    slug = slugify(name)
    if len(slug) > length - 8:
        slug = slug[: length - 7].rpartition("-")[0] or slug[: length - 8]
    slug = slug.strip("-") or fallback
    taken = set(model._default_manager.filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
