"""Delete what is kept no longer, or say what would be deleted."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from preview.retention.rules import RULES
from preview.retention.running import run, would_delete


class Command(BaseCommand):
    help = "Delete what is kept no longer (run), or say how much that is (run --dry-run)."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        running = acts.add_parser("run", help="what is under hold is left alone")
        running.add_argument("--dry-run", action="store_true", help="delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        verb = "would be deleted" if options["dry_run"] else "deleted"
        for one in would_delete() if options["dry_run"] else run():
            rule = RULES[one.rule]
            self.stdout.write(f"{rule.name} (kept for {rule.days} days): {one.count} {verb}")
