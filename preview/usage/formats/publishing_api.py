"""Rows of Publishing API's `events`: who wrote what, joined to requests by the request's id.

Source: alphagov/publishing-api `db/schema.rb` (table `events`). The payload is never looked at.
JSON lines, or a table with the same column names.
"""

from __future__ import annotations

from typing import Any

from preview.usage.formats import fields, tables
from preview.usage.formats.registry import JSONFormat, Memory, TextFormat, register
from preview.usage.records import Noise, Record, Write

COLUMNS = ("action", "user_uid", "request_id", "created_at")


def fits(line: dict[str, Any]) -> bool:
    """Say whether the line is a row of the table."""
    return "user_uid" in line and "action" in line


def parse(line: dict[str, Any], memory: Memory) -> Record:  # noqa: ARG001 (a format's signature)
    """Read a row; one without a person is an application's own."""
    uid, request_id = fields.text(line.get("user_uid")), fields.text(line.get("request_id"))
    if not uid or not request_id:
        return Noise("no_person")
    return Write(
        at=fields.moment(line.get("created_at")),
        uid=uid,
        request_id=request_id,
        action=fields.text(line.get("action"))[:40],
        content_id=fields.text(line.get("content_id"))[:36],
    )


def fits_table(line: str, memory: Memory) -> bool:
    """Say whether the line is the table's header, or stands below it."""
    return set(COLUMNS) <= set(memory.header) or tables.is_header(line, *COLUMNS)


def parse_table(line: str, memory: Memory) -> Record:
    """Read a row of the table."""
    if tables.is_header(line, *COLUMNS):
        memory.header = [cell.strip() for cell in tables.cells_of(line)]
        return Noise("header")
    return parse(dict(tables.row_of(line, memory)), memory)


register(JSONFormat("papi-events", "Publishing API events (JSON)", fits, parse))
register(TextFormat("papi-events-csv", "Publishing API events (CSV)", fits_table, parse_table))
