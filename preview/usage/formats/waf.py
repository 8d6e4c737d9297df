"""Lines of the web application firewall. Of its headers, only host and agent are ever looked at.

Source: AWS WAF Developer Guide, "Log fields for web ACL traffic".
"""

from __future__ import annotations

from typing import Any

from preview.usage.formats import fields
from preview.usage.formats.registry import JSONFormat, Memory, Unreadable, register
from preview.usage.records import Record, Request


def fits(line: dict[str, Any]) -> bool:
    """Say whether the firewall wrote the line."""
    return "webaclId" in line and "httpRequest" in line


def parse(line: dict[str, Any], memory: Memory) -> Record:
    """Read a line; it often names no status: 403 where it was blocked, else 0 for unknown."""
    request = fields.pieces(line["httpRequest"])
    host = agent = ""
    headers = request.get("headers")
    for header in headers if isinstance(headers, list) else ():
        name = fields.text(fields.pieces(header).get("name")).lower()
        if name == "host":
            host = fields.host(header.get("value"))
        elif name == "user-agent":
            agent = fields.text(header.get("value"))
    when = line.get("timestamp")
    if isinstance(when, bool) or not isinstance(when, int | float):
        raise Unreadable("time_unreadable")
    query, path = fields.text(request.get("args")), fields.text(request.get("uri"))
    blocked = line.get("action") == "BLOCK"
    return Request(
        at=when / 1000,
        host=host,
        app=memory.app,
        method=fields.text(request.get("httpMethod")),
        target=f"{path}?{query}" if query else path,
        status=fields.whole(line.get("responseCodeSent")) or (403 if blocked else 0),
        agent=agent,
        ip=fields.text(request.get("clientIp")),
        request_id=fields.text(request.get("requestId")),
    )


register(JSONFormat("waf", "AWS WAF JSON", fits, parse, one_feed=True))
