"""nginx access lines of application pods and of the router, as JSON.

Source: alphagov/govuk-helm-charts `charts/generic-govuk-app/templates/nginx-configmap.yaml`
(`log_format json_event`). The second hop of a draft view names an inner host; the public one stands
in `http_x_forwarded_host`.
"""

from __future__ import annotations

from typing import Any

from preview.usage.formats import fields
from preview.usage.formats.registry import JSONFormat, Memory, register
from preview.usage.records import Record, Request


def fits(line: dict[str, Any]) -> bool:
    """Say whether the line has the fields that only nginx has."""
    return "upstream_response_time" in line or ("request_uri" in line and "http_host" in line)


def parse(line: dict[str, Any], memory: Memory) -> Record:  # noqa: ARG001 (a format's signature)
    """Read a line."""
    return Request(
        at=fields.moment(line.get("@timestamp")),
        host=fields.host(line.get("http_host")),
        method=fields.text(line.get("request_method")),
        target=fields.text(line.get("request_uri")),
        status=fields.whole(line.get("status")),
        agent=fields.agent(line.get("http_user_agent")),
        ip=fields.text(line.get("http_x_forwarded_for")) or fields.text(line.get("remote_addr")),
        referrer=fields.host_of_address(line.get("http_referer")),
        request_id=fields.text(line.get("govuk_request_id")),
        uid=fields.text(line.get("signon_uid")),
        organisation=fields.text(line.get("govuk_user_organisation")),
        public_host=fields.host(line.get("http_x_forwarded_host")),
    )


register(JSONFormat("nginx", "nginx JSON of the application pods", fits, parse))
