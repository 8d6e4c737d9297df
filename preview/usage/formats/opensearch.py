"""Hits exported from OpenSearch: an envelope around a line of nginx or of Rails.

Source: alphagov/govuk-developer-docs `source/manual/logging.html.md` and `kibana.html.md` name the
fields (`application`, `controller`, `route`, …); the envelope is OpenSearch's own.
"""

from __future__ import annotations

from typing import Any

from preview.usage.formats import fields, nginx, rails
from preview.usage.formats.registry import JSONFormat, Memory, Unreadable, register
from preview.usage.records import Noise, Record, Request


def fits(line: dict[str, Any]) -> bool:
    """Say whether the line is a hit."""
    return "_source" in line


def parse(line: dict[str, Any], memory: Memory) -> Record:
    """Read what the envelope holds, as the format that it has."""
    inner = fields.pieces(line["_source"])
    app = fields.text(inner.get("application")) or memory.app
    inside = Memory(app=app)
    if nginx.fits(inner):
        return nginx.parse(inner, inside)
    if rails.fits(inner):
        return rails.parse(inner, inside)
    if "message" in inner:
        return Noise("application_log")
    raise Unreadable("envelope_holds_unknown_format")


def inner_format(record: Record) -> str:
    """Return the format by which the request inside is counted."""
    return "rails" if isinstance(record, Request) and record.route else "nginx"


register(
    JSONFormat("opensearch", "OpenSearch hits (Logit export)", fits, parse, counted_as=inner_format)
)
