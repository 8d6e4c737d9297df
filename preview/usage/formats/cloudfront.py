"""CloudFront's standard log: tab-separated, its columns named in a `#Fields` line.

Source: Amazon CloudFront Developer Guide, "Standard logging (access logs)". Columns are found by
name, so new ones do no harm. A part of a file without its header has the 33 columns of version 1.0.
"""

from __future__ import annotations

from urllib.parse import unquote

from preview.usage.formats import fields
from preview.usage.formats.registry import Memory, TextFormat, Unreadable, register
from preview.usage.records import Noise, Record, Request

VERSION_1_0 = [
    "date",
    "time",
    "x-edge-location",
    "sc-bytes",
    "c-ip",
    "cs-method",
    "cs(Host)",
    "cs-uri-stem",
    "sc-status",
    "cs(Referer)",
    "cs(User-Agent)",
    "cs-uri-query",
    "cs(Cookie)",
    "x-edge-result-type",
    "x-edge-request-id",
    "x-host-header",
    "cs-protocol",
    "cs-bytes",
    "time-taken",
    "x-forwarded-for",
    "ssl-protocol",
    "ssl-cipher",
    "x-edge-response-result-type",
    "cs-protocol-version",
    "fle-status",
    "fle-encrypted-fields",
    "c-port",
    "time-to-first-byte",
    "x-edge-detailed-result-type",
    "sc-content-type",
    "sc-content-len",
    "sc-range-start",
    "sc-range-end",
]
NEEDED = ("date", "time", "cs-method", "cs-uri-stem", "sc-status", "c-ip")


def fits(line: str, memory: Memory) -> bool:  # noqa: ARG001 (a format's signature)
    """Say whether the line is a header of such a log, or has its many tabs."""
    return line.startswith(("#Version:", "#Fields:")) or line.count("\t") >= 20


def parse(line: str, memory: Memory) -> Record:
    """Read a line; header lines are remembered."""
    if line.startswith("#"):
        if line.startswith("#Fields:"):
            memory.header = line.removeprefix("#Fields:").split()
        return Noise("header")
    row = dict(zip(memory.header or VERSION_1_0, line.split("\t"), strict=False))
    if any(name not in row for name in NEEDED):
        raise Unreadable("columns_missing")
    query = fields.text(row.get("cs-uri-query"))
    path = fields.text(row["cs-uri-stem"])
    return Request(
        at=fields.moment(f"{row['date']}T{row['time']}+00:00"),
        host=fields.host(row.get("x-host-header") or row.get("cs(Host)")),
        method=fields.text(row["cs-method"]),
        target=f"{path}?{query}" if query else path,
        status=fields.whole(row["sc-status"]),
        agent=unquote(fields.agent(row.get("cs(User-Agent)"))),
        ip=fields.text(row["c-ip"]),
        referrer=fields.host_of_address(row.get("cs(Referer)")),
    )


register(TextFormat("cloudfront", "CloudFront standard log", fits, parse, one_feed=True))
