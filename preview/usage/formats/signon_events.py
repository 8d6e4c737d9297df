"""Signon's event log as a table. Event 47 says that a person was let into an application.

Source: alphagov/signon `app/models/event_log.rb` (`SUCCESSFUL_USER_APPLICATION_AUTHORIZATION`)
and its two-year retention. Logins (event 11) are not use: accounts are kept alive by them.
"""

from __future__ import annotations

from preview.usage.formats import fields, tables
from preview.usage.formats.registry import Memory, TextFormat, Unreadable, register
from preview.usage.records import Grant, Noise, Record

COLUMNS = ("event_id", "uid", "created_at", "application_id")
AUTHORISED = "47"


def fits(line: str, memory: Memory) -> bool:
    """Say whether the line is the table's header, or stands below it."""
    return set(COLUMNS) <= set(memory.header) or tables.is_header(line, *COLUMNS)


def parse(line: str, memory: Memory) -> Record:
    """Read a line; events other than 47 are passed over."""
    if tables.is_header(line, *COLUMNS):
        memory.header = [cell.strip() for cell in tables.cells_of(line)]
        return Noise("header")
    row = tables.row_of(line, memory)
    if row["event_id"] != AUTHORISED:
        return Noise("other_event")
    if not row["uid"]:
        raise Unreadable("uid_missing")
    application = row.get("application_name") or row["application_id"]
    return Grant(fields.moment(row["created_at"]), row["uid"], fields.text(application)[:80])


register(TextFormat("signon-events", "Signon event log (CSV)", fits, parse))
