"""Fastly's request lines in S3. They name no host: the service logs one site.

Source: alphagov/govuk-fastly `www/service.tf` (the S3 log format) and its VCL, which strips `utm_*`
and sorts the query before logging.
"""

from __future__ import annotations

from typing import Any

from preview.usage.formats import fields
from preview.usage.formats.registry import JSONFormat, Memory, register
from preview.usage.records import Record, Request


def fits(line: dict[str, Any]) -> bool:
    """Say whether the line has the fields that only Fastly's format has."""
    return "request_received" in line


def parse(line: dict[str, Any], memory: Memory) -> Record:
    """Read a line; the time stands in two fields."""
    clock = fields.text(line.get("request_received"))
    offset = fields.text(line.get("request_received_offset")) or "+0000"
    return Request(
        at=fields.moment(clock + offset),
        host="",
        app=memory.app or "www",
        method=fields.text(line.get("method")),
        target=fields.text(line.get("url")),
        status=fields.whole(line.get("status")),
        agent=fields.agent(line.get("user_agent")),
        ip=fields.text(line.get("client_ip")),
    )


register(JSONFormat("fastly", "Fastly JSON in S3", fits, parse, one_feed=True))
