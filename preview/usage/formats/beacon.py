"""Events that an application's own middleware, or a page's script, sends: they name the person.

Source: the ingest contract of this service (`docs/usage.md`, "Events from applications").
"""

from __future__ import annotations

from typing import Any

from preview.usage.formats import fields
from preview.usage.formats.registry import JSONFormat, Memory, register
from preview.usage.records import Record, Request


def fits(line: dict[str, Any]) -> bool:
    """Say whether the line is such an event."""
    return "actor" in line and "signal" in line


def parse(line: dict[str, Any], memory: Memory) -> Record:
    """Read an event."""
    actor, request = fields.pieces(line["actor"]), fields.pieces(line.get("req") or {})
    content = fields.pieces(line.get("content") or {})
    organisation = fields.text(actor.get("org_content_id")) or fields.text(actor.get("org_slug"))
    return Request(
        at=fields.moment(line.get("ts")),
        host=fields.host(line.get("host")),
        app=fields.text(line.get("app")) or memory.app,
        method=fields.text(request.get("method")) or "GET",
        target=fields.text(request.get("path")),
        status=fields.whole(request.get("status")),
        request_id=fields.text(request.get("govuk_request_id")) or fields.text(line.get("id")),
        route=fields.text(request.get("route")),
        uid=fields.text(actor.get("uid")),
        person=fields.text(actor.get("person")),
        organisation=organisation,
        signal=fields.text(line.get("signal")),
        kind=fields.text(content.get("kind")),
        content_id=fields.text(content.get("id")),
    )


register(JSONFormat("beacon", "Events of middleware and beacon", fits, parse))
