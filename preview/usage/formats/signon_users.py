"""Signon's accounts as a table: organisation, suspension, and who is a machine.

Source: alphagov/signon `app/models/user.rb`, `lib/user_export_presenter.rb`. Names and e-mail
addresses are read and never kept. The smoke tests' accounts are called `Smokey …`.
"""

from __future__ import annotations

from preview.usage.formats import tables
from preview.usage.formats.registry import Memory, TextFormat, Unreadable, register
from preview.usage.records import Account, Noise, Record

COLUMNS = ("uid", "organisation_content_id", "suspended_at")
CATEGORIES = frozenset({"editor", "trainee", "developer", "gds_content", "e2e"})


def fits(line: str, memory: Memory) -> bool:
    """Say whether the line is the table's header, or stands below it."""
    return set(COLUMNS) <= set(memory.header) or tables.is_header(line, *COLUMNS)


def parse(line: str, memory: Memory) -> Record:
    """Read a line; `category` (or `actor_hint`) may name what kind of user this is."""
    if tables.is_header(line, *COLUMNS):
        memory.header = [cell.strip() for cell in tables.cells_of(line)]
        return Noise("header")
    row = tables.row_of(line, memory)
    if not row["uid"]:
        raise Unreadable("uid_missing")
    hint = row.get("category") or row.get("actor_hint") or ""
    if row.get("name", "").startswith("Smokey"):
        hint = "e2e"
    return Account(
        uid=row["uid"],
        organisation=row["organisation_content_id"].strip().lower(),
        organisation_slug=row.get("organisation_slug", "").strip(),
        suspended=bool(row["suspended_at"].strip()),
        category=hint if hint in CATEGORIES else "",
        email=row.get("email", "").strip().lower(),
    )


register(TextFormat("signon-users", "Signon accounts (CSV)", fits, parse))
