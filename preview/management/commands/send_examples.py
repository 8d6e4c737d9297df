"""Send the example drafts through the HTTP API, with a real token, and print where to look."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from preview.accounts.actions import create_app_token, revoke_app_token
from preview.management.example_drafts import send_all


class Command(BaseCommand):
    help = "Send the example drafts to a running service and print the addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "address", help="where the service answers, such as http://127.0.0.1:3000"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        scopes = ("drafts:read", "drafts:write", "share_links:write")
        new = create_app_token(app_name="example-publisher", scopes=scopes, label="examples")
        try:
            share_link, drafts = send_all(options["address"], new.secret)
        except RuntimeError as error:
            raise CommandError(str(error)) from error
        finally:
            revoke_app_token(token=new.token)
        for title, address in drafts:
            self.stdout.write(f"  {title}: {address}")
        self.stdout.write(f"Service:    {settings.SERVICE_ORIGIN}/")
        self.stdout.write(f"Share link: {share_link}")
        self.stdout.write("Stop everything with Ctrl-C. Logs are in var/log.")
