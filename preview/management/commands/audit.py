"""Look after the audit trail: check that nobody changed it, or write it out."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from preview.audit.export import FORMATS
from preview.audit.queries import Part
from preview.audit.sealing import verify


class Command(BaseCommand):
    help = "Check the audit trail (verify) or write it to standard output (export)."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        checked = acts.add_parser("verify", help="fails where an entry was changed")
        checked.add_argument("--anchor", default="", help="a digest that was kept elsewhere")
        written = acts.add_parser("export", help="oldest first; times are in UTC")
        written.add_argument("--format", choices=sorted(FORMATS), default="jsonl")
        written.add_argument("--pack", type=uuid.UUID)
        written.add_argument("--since", help="a day such as 2026-03-04, included")
        written.add_argument("--until", help="a day such as 2026-03-11, not included")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        if options["act"] == "verify":
            self.check_trail(options["anchor"])
            return
        part = Part(pack=options["pack"], since=day(options["since"]), until=day(options["until"]))
        for line in FORMATS[options["format"]](part.entries().order_by("pk")):
            self.stdout.write(line, ending="")

    def check_trail(self, anchor: str) -> None:
        verdict = verify(anchor=anchor)
        for finding in verdict.findings:
            self.stderr.write(finding.sentence)
        self.stdout.write(
            f"{verdict.seals} seals over {verdict.sealed} entries, {verdict.unsealed} entries "
            f"not sealed yet. Newest digest: {verdict.newest or 'none'}"
        )
        if verdict.findings:
            raise CommandError("The audit trail was changed.")


def day(text: str | None) -> datetime | None:
    """Return the start of a day in London, None for none."""
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"“{text}” is not a day. Write it as 2026-03-04.")
    return timezone.make_aware(datetime.combine(found, time.min))
