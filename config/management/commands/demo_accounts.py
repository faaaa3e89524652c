"""Create the demonstration's accounts and print their passwords, once."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from config.accounts import create_demo_accounts


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--new-passwords",
            action="store_true",
            help="give the existing accounts another password",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        passwords = create_demo_accounts(new_passwords=options["new_passwords"])
        for username, password in passwords.items():
            self.stdout.write(f"{username:14} {password}")
        if not passwords:
            self.stdout.write("The accounts are there already. New passwords: --new-passwords")
