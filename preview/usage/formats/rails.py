"""Rails request lines of logstasher; the same output carries lines that are no requests.

Source: alphagov/govuk_app_config `lib/govuk_app_config/govuk_json_logging.rb`; gds-api-adapters'
`lib/gds_api/json_client.rb` for the client's own lines. A line names no host: it comes from the
application that the object belongs to.
"""

from __future__ import annotations

from typing import Any

from preview.usage.formats import fields
from preview.usage.formats.registry import JSONFormat, Memory, register
from preview.usage.records import Noise, Record, Request


def fits(line: dict[str, Any]) -> bool:
    """Say whether a Rails process wrote the line."""
    return "route" in line or not_a_request(line) is not None


def not_a_request(line: dict[str, Any]) -> Noise | None:
    """Return what the line is when it is none of a request."""
    if "http_host" in line:
        return None
    if "start_time" in line and "end_time" in line:
        return Noise("api_client")
    if "message" in line and "level" in line:
        return Noise("application_log")
    return None


def parse(line: dict[str, Any], memory: Memory) -> Record:
    """Read a line."""
    if "route" not in line and (noise := not_a_request(line)):
        return noise
    return Request(
        at=fields.moment(line.get("@timestamp")),
        host="",
        app=memory.app,
        method=fields.text(line.get("method")),
        target=fields.text(line.get("request_uri")) or fields.text(line.get("path")),
        status=fields.whole(line.get("status")),
        ip=fields.text(line.get("ip")),
        request_id=fields.text(line.get("govuk_request_id")),
        route=fields.text(line.get("route")),
        uid=fields.text(line.get("signon_uid")),
        organisation=fields.text(line.get("signon_organisation")),
    )


register(JSONFormat("rails", "Rails JSON (logstasher)", fits, parse))
