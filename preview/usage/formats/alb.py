r"""Access lines of an Application Load Balancer: quoted fields between spaces.

Source: Elastic Load Balancing User Guide, "Access logs for your Application Load Balancer". New
fields are appended and ignored. The balancer's own status counts: a target has `-` where the web
application firewall blocked. Requests that it could not read have `-` for a method.
"""

from __future__ import annotations

import re

from preview.usage.formats import fields
from preview.usage.formats.registry import Memory, TextFormat, Unreadable, register
from preview.usage.records import Noise, Record, Request

TYPES = ("http ", "https ", "h2 ", "grpcs ", "ws ", "wss ")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
START = 12  # unquoted fields before the request


def fits(line: str, memory: Memory) -> bool:  # noqa: ARG001 (a format's signature)
    """Say whether the line starts as one of a balancer does."""
    return line.startswith(TYPES) and " app/" in line[:160]


def parse(line: str, memory: Memory) -> Record:  # noqa: ARG001 (a format's signature)
    """Read a line."""
    plain = line.split(" ", START)
    if len(plain) <= START or not plain[START].startswith('"'):
        raise Unreadable("columns_missing")
    quoted = QUOTED.findall(line) if '\\"' in line else line.split('"')[1::2]
    if len(quoted) < 4:
        raise Unreadable("columns_missing")
    method, _, rest = quoted[0].partition(" ")
    address = rest.rpartition(" ")[0]
    scheme, mark, beyond = address.partition("://")
    if not mark or method == "-" or not scheme.isalpha():
        return Noise("no_http_request")
    authority, slash, path = beyond.partition("/")
    if not slash:
        authority, question, query = beyond.partition("?")
        path, slash = question + query, "/"
    return Request(
        at=fields.moment(plain[1]),
        host=fields.host(quoted[3] if quoted[3] != "-" else authority),
        method=method,
        target=slash + path,
        status=fields.whole(plain[8]),
        agent=fields.agent(quoted[1]),
        ip=plain[3].rpartition(":")[0].strip("[]"),
        request_id=fields.text(quoted[2]),
    )


register(TextFormat("alb", "Application Load Balancer access log", fits, parse, one_feed=True))
