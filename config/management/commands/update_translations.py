"""Find what the interface says and bring the catalogues in `locale` up to date; compile them.

Prints how many strings each language lacks. Run it after adding or changing a string that people
read, translate what is new in the .po files, and run it again.
"""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from config.catalogues import DOMAINS, is_translated, translated_languages, update_catalogue


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="also print what is untranslated")

    def handle(self, *args: Any, **options: Any) -> None:
        for language in translated_languages():
            for domain in DOMAINS:
                messages = [m for m in update_catalogue(language, domain) if m.id]
                missing = [message for message in messages if not is_translated(message)]
                self.stdout.write(
                    f"{language} {domain}: {len(messages)} strings, {len(missing)} untranslated"
                )
                if options["list"]:
                    for message in missing:
                        self.stdout.write(f"  {message.id!r}")
