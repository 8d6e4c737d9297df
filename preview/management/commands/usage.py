"""`manage.py usage …`: import logs, rebuild days, keep rules, sources and keys of usage."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from preview.errors import PreviewError
from preview.management import usage_classify, usage_decisions, usage_import, usage_upkeep
from preview.usage.formats import registry


class Command(BaseCommand):
    help = "Integration usage: import logs, rebuild days, keep rules, sources and keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        self.add_import(commands.add_parser("import", help="read logs"))
        usage_upkeep.add_commands(commands)
        usage_decisions.add_commands(commands)

    def add_import(self, parser: ArgumentParser) -> None:
        parser.add_argument("places", nargs="+", help="files, folders, patterns, s3://… or -")
        parser.add_argument("--source", default="files", help="the source they belong to")
        parser.add_argument("--format", default="auto", choices=("auto", *registry.names()))
        parser.add_argument("--app", default="", help="for Rails logs: whose they are")
        parser.add_argument("--since", help="first time to read, such as 2026-03-01")
        parser.add_argument("--until", help="first time not to read any more")
        parser.add_argument("--workers", type=int, default=1, help="processes at once")
        parser.add_argument("--max-reject", type=float, default=0.05, metavar="SHARE")
        parser.add_argument("--no-rebuild", action="store_true", help="leave the days due")
        parser.add_argument("--dry-run", action="store_true", help="count only, store nothing")
        parser.add_argument("--explain", type=int, default=0, metavar="N", help="say why, N lines")
        parser.add_argument("--classify-only", action="store_true", help="write a table, to --out")
        parser.add_argument("--out", type=Path, help="the table of --classify-only")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        try:
            if options["command"] == "import":
                status = self.run_import(options)
            else:
                known = {**usage_upkeep.COMMANDS, **usage_decisions.COMMANDS}
                status = known[options["command"]](options, self.stdout.write)
        except PreviewError as error:
            raise CommandError(str(error)) from error
        if status:
            sys.exit(status)

    def run_import(self, options: dict[str, Any]) -> int:
        """Import, or only understand; print a summary; return the exit status."""
        asked, places = asked_for(options), list(options["places"])
        if options["classify_only"]:
            if options["out"] is None:
                raise CommandError("Say where the table goes: --out FILE.")
            self.say(usage_classify.write_table(places, asked, options["out"]))
            return usage_import.OK
        if options["dry_run"] or options["explain"]:
            counted = usage_classify.count_only(
                places, asked, options["explain"], self.stderr.write
            )
            self.say(counted)
            return usage_import.OK if counted["lines"] else usage_import.FAILED
        summary = usage_import.run(places, asked)
        for sentence in (*summary.failed, *summary.damaged):
            self.stderr.write(sentence)
        self.say(summary.as_json())
        return summary.status(asked.max_reject)

    def say(self, found: dict[str, Any]) -> None:
        """Print what was found, as JSON."""
        self.stdout.write(json.dumps(found, indent=1, ensure_ascii=False))


def asked_for(options: dict[str, Any]) -> usage_import.Options:
    """Return what the operator asked for.

    Raises:
        CommandError: a time or number that can't be used.

    """
    try:
        since = usage_import.milliseconds(options["since"], 0)
        until = usage_import.milliseconds(options["until"], 2**63)
    except ValueError as error:
        raise CommandError("A time is written as 2026-03-01 or 2026-03-01T09:30+00:00.") from error
    if not 1 <= options["workers"] <= 32:
        raise CommandError("--workers is a number from 1 to 32.")
    return usage_import.Options(
        source=options["source"],
        format="" if options["format"] == "auto" else options["format"],
        app=options["app"],
        since=since,
        until=until,
        workers=options["workers"],
        max_reject=options["max_reject"],
        rebuild=not options["no_rebuild"],
    )
