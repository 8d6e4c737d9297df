"""Bind an app to its API user in Signon: `manage.py bind_app APP SIGNON_UID`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from preview.accounts.actions import bind_app
from preview.errors import InvalidInput


class Command(BaseCommand):
    """Say which API user of Signon an app is."""

    help = "Bind an app, by its name, to the uid of its API user in Signon."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read the app's name and the uid."""
        parser.add_argument("app")
        parser.add_argument("uid")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        """Bind it, and say so."""
        try:
            app = bind_app(name=options["app"], uid=options["uid"])
        except InvalidInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{app.name} is the API user {app.signon_uid}.")
