"""Render content items by the line, with the engine that the workers use."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from preview.pages.cli import render_lines


class Command(BaseCommand):
    help = "Read content items as JSON lines, write their pages as JSON lines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jsonl", action="store_true", help="read lines from standard input")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        if not options["jsonl"]:
            raise CommandError("Use --jsonl and send one JSON object a line to standard input.")
        render_lines(sys.stdin, sys.stdout)
