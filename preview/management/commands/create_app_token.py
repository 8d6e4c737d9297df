"""Make a bearer token for a publisher app."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from preview.accounts.actions import SCOPES, USUAL_SCOPES, create_app_token
from preview.errors import InvalidInput


class Command(BaseCommand):
    help = "Make a bearer token for a publisher app and print it, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("app", help="the app's name, as in publishing_app")
        parser.add_argument("--scope", action="append", help=f"one of {', '.join(SCOPES)}")
        parser.add_argument("--label", default="")
        parser.add_argument(
            "--existing",
            action="store_true",
            help="read a token that the app has already from standard input, and accept that",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        scopes = tuple(options["scope"] or USUAL_SCOPES)
        try:
            new = create_app_token(
                app_name=options["app"],
                scopes=scopes,
                label=options["label"],
                existing=sys.stdin.readline().strip() if options["existing"] else "",
            )
        except InvalidInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Accepted." if options["existing"] else new.secret)
