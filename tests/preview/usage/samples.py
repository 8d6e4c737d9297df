"""Invented log lines, one writer a format: the same request as every source would log it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

DOMAIN = "integration.publishing.service.gov.uk"
WHITEHALL, DRAFT, WWW = (f"{name}.{DOMAIN}" for name in ("whitehall-admin", "draft-origin", "www"))
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
UID = "7a3c1f52-0d0e-4a8c-9b1e-5f2d6c7b8a90"
HARBOURS = "2f7a9a3c-5b1d-4c8e-9f60-1a2b3c4d5e6f"
START = datetime(2026, 3, 3, 10, 0, tzinfo=UTC).timestamp()


@dataclass(frozen=True)
class Visit:
    """One request, as the browser made it."""

    at: float = START
    host: str = WHITEHALL
    method: str = "GET"
    target: str = "/government/admin/people/7/edit"
    status: int = 200
    agent: str = FIREFOX
    ip: str = "203.0.113.9"
    referrer: str = ""
    request_id: str = "31-1772532000.000-10.1.2.3-900"
    route: str = "admin/people#edit"
    uid: str = UID

    def but(self, **changes: Any) -> Visit:
        return replace(self, **changes)


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")


def nginx(visit: Visit, **more: Any) -> str:
    return json.dumps(
        {
            "@timestamp": iso(visit.at),
            "govuk_request_id": visit.request_id,
            "http_host": visit.host,
            "http_referer": visit.referrer,
            "http_user_agent": visit.agent,
            "http_x_forwarded_for": visit.ip,
            "remote_addr": "10.1.2.3",
            "request_method": visit.method,
            "request_uri": visit.target,
            "status": visit.status,
            "upstream_response_time": "0.010",
            **more,
        }
    )


def rails(visit: Visit, **more: Any) -> str:
    controller, _, action = visit.route.partition("#")
    return json.dumps(
        {
            "method": visit.method,
            "path": visit.target.partition("?")[0],
            "controller": controller,
            "action": action,
            "responseCodeSent": None if action == "BLOCK" else visit.status,
            "status": visit.status,
            "ip": visit.ip,
            "route": visit.route,
            "request_uri": visit.target,
            "govuk_request_id": visit.request_id,
            "tags": ["request"],
            "@timestamp": iso(visit.at),
            **more,
        }
    )


def opensearch(visit: Visit, **more: Any) -> str:
    source = {**json.loads(rails(visit)), "application": "whitehall-admin", **more}
    return json.dumps({"_index": "logs", "_id": "1", "_source": source})


def fastly(visit: Visit) -> str:
    return json.dumps(
        {
            "client_ip": visit.ip,
            "request_received": iso(visit.at)[:23].replace("T", " "),
            "request_received_offset": "+0000",
            "method": visit.method,
            "url": visit.target,
            "status": visit.status,
            "user_agent": visit.agent,
        }
    )


def cloudfront(visit: Visit) -> str:
    path, _, query = visit.target.partition("?")
    day, clock = iso(visit.at)[:19].split("T")
    row = [day, clock, "LHR1", "1", visit.ip, visit.method, "d1.cloudfront.net", path]
    row += [str(visit.status), "-", visit.agent.replace(" ", "%20"), query or "-", "-", "Miss"]
    return "\t".join([*row, "id", visit.host, *["-"] * 17])


CLOUDFRONT_HEADER = "#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status"


def alb(visit: Visit, tail: str = "") -> str:
    target = "-" if visit.status == 403 else str(visit.status)
    ip = f"[{visit.ip}]" if ":" in visit.ip else visit.ip
    return (
        f"h2 {iso(visit.at)} app/backend/1 {ip}:4100 10.1.2.3:80 0.0 0.1 0.0 "
        f"{visit.status} {target} 30 40 "
        f'"{visit.method} https://{visit.host}:443{visit.target} HTTP/2.0" '
        f'"{visit.agent}" '
        f'TLS TLSv1.3 arn:1 "{visit.request_id}" "{visit.host}" "arn:2" 1 {iso(visit.at)} '
        f'"forward" "-" "-" "10.1.2.3:80" "{target}" "-" "-" TID_1{tail}'
    )


def waf(visit: Visit, action: str = "ALLOW") -> str:
    path, _, query = visit.target.partition("?")
    headers = [
        {"name": "Host", "value": visit.host},
        {"name": "User-Agent", "value": visit.agent},
        {"name": "cookie", "value": "session=never-to-be-kept"},
    ]
    request = {"clientIp": visit.ip, "headers": headers, "uri": path, "args": query}
    request |= {"httpMethod": visit.method, "requestId": visit.request_id}
    return json.dumps(
        {
            "timestamp": round(visit.at * 1000),
            "webaclId": "acl",
            "action": action,
            "responseCodeSent": None if action == "BLOCK" else visit.status,
            "httpRequest": request,
        }
    )


def beacon(visit: Visit, signal: str = "edit", kind: str = "people", org: str = HARBOURS) -> str:
    return json.dumps(
        {
            "v": 1,
            "id": "1",
            "ts": iso(visit.at),
            "app": "whitehall-admin",
            "host": visit.host,
            "actor": {"uid": visit.uid, "org_content_id": org},
            "req": {
                "method": visit.method,
                "route": visit.route,
                "status": visit.status,
                "govuk_request_id": visit.request_id,
            },
            "content": {"kind": kind, "id": None},
            "signal": signal,
        }
    )


def token(content_id: str, made: float) -> str:
    """A share link's token, with a signature of nobody."""

    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    body = {"sub": UID, "content_id": content_id, "iat": int(made), "exp": int(made) + 2_592_000}
    return f"{part({'alg': 'HS256'})}.{part(body)}.bm90LWEtc2lnbmF0dXJl"


ACCESS_FORMATS = {
    "nginx": nginx,
    "rails": rails,
    "fastly": fastly,
    "cloudfront": cloudfront,
    "alb": alb,
    "waf": waf,
    "beacon": beacon,
}
EVENTS_HEADER = "id,uid,created_at,application_id,application_name,event_id,ip_address"
USERS_HEADER = "uid,name,email,organisation_slug,organisation_content_id,suspended_at,category"
