"""A request → its features: all that may be kept of it, and all that rules decide from.

Address, agent, uid, query and token stop here. What is left: pseudonyms, names out of the rules'
lists (agent, network, marks), a redacted path and numbers.

Source: alphagov/govuk-aws-style load balancers append to `X-Forwarded-For`, so the nearest public
address is the last one; RFC 7519 for the token's payload, which is read and not trusted.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import orjson

from preview.usage import redaction
from preview.usage.formats.registry import Unreadable
from preview.usage.pseudonyms import Pseudonyms
from preview.usage.records import Request
from preview.usage.ruleset import Host, Rules

LONDON = ZoneInfo("Europe/London")
LONGEST_TARGET = 2048
READS = frozenset({"GET", "HEAD", "OPTIONS"})
METHOD = re.compile(r"[A-Z]{3,10}")
TOKEN = re.compile(r"[?&]token=([^&#\s]{1,2000})")
CONTENT_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[089ab][0-9a-f]{3}-[0-9a-f]{12}")
SUBJECT = re.compile(r"/(\d{3,12})(?=/|$)")
ORGANISATION = re.compile(r"[a-z0-9][a-z0-9-]{0,119}")
SIMPLE = re.compile(r"[A-Za-z0-9_#/.:-]{1,80}")
CACHE = 50_000
NO_DAY = 10_000_000_000  # seconds: the year 2286


class Features(NamedTuple):
    """What is kept of a request. Times in milliseconds since 1970, UTC; `day` and `hour` in London.

    `hop` is true for an inner hop of a request that its edge logged already. `mark_names`
    are the marks in alphabetical order, comma between.
    """

    at: int
    day: str
    hour: int
    known_host: Host | None
    hop: bool
    method: str
    path: str
    mark_names: str
    status: int
    agent: str
    network: str
    person: str
    visitor: str
    organisation: str
    category: str
    request: int
    key: int
    subject: str
    content_id: str
    kind: str
    signal: str


@dataclass
class Extractor:
    """Takes features out of requests, by one edition of the rules.

    `category_of` says what is known of a person by their pseudonym: developer, trainee, e2e ….
    `now` is in seconds; lines later than a day after it are refused.
    """

    rules: Rules
    pseudonyms: Pseudonyms
    category_of: Callable[[str], str] = lambda _: ""
    latest: float = NO_DAY
    hours: dict[int, tuple[str, int]] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    addresses: dict[tuple[str, bool], tuple[str, str]] = field(default_factory=dict)
    hosts: dict[tuple[str, str, str], tuple[Host | None, bool]] = field(default_factory=dict)

    def features(self, request: Request) -> Features:
        """Return the request's features.

        Raises:
            Unreadable: a time that can't be right.

        """
        day, hour = self.day_of(request.at)
        host, hop = self.host_of(request)
        target = request.target[:LONGEST_TARGET]
        marks, content_id = self.marks_of(request, target)
        ip, network = self.address_of(request.ip, host is not None and host.behind_cdn)
        path = redaction.path(target.partition("?")[0])
        person = request.person or (self.pseudonyms.person(request.uid) if request.uid else "")
        visitor = self.pseudonyms.visitor(day, ip, request.agent) if ip else ""
        at = round(request.at * 1000)
        method = request.method if METHOD.fullmatch(request.method) else "OTHER"
        identity = request.request_id or f"{visitor or person}\0{path}\0{marks}\0{request.status}"
        organisation = request.organisation.lower()
        return Features(
            at=at,
            day=day,
            hour=hour,
            known_host=host,
            hop=hop,
            method=method,
            path=path,
            mark_names=marks,
            status=request.status,
            agent=self.agent_of(request.agent),
            network=network,
            person=person,
            visitor=visitor,
            organisation=organisation if ORGANISATION.fullmatch(organisation) else "",
            category=self.category_of(person) if person else "",
            request=self.pseudonyms.number(request.request_id) if request.request_id else 0,
            key=self.pseudonyms.number(f"{at}\0{host and host.short}\0{method}\0{identity}"),
            subject=subject_of(path),
            content_id=content_id or content_id_of(request.content_id or path),
            kind=request.kind if SIMPLE.fullmatch(request.kind) else route_kind(request, host),
            signal=request.signal if SIMPLE.fullmatch(request.signal) else "",
        )

    def day_of(self, at: float) -> tuple[str, int]:
        """Return the day (ISO) and hour in London."""
        if not 0 < at <= self.latest:
            raise Unreadable("time_in_the_future" if at > 0 else "time_unreadable")
        number = int(at // 3600)
        found = self.hours.get(number)
        if found is None:
            local = datetime.fromtimestamp(number * 3600, UTC).astimezone(LONDON)
            found = self.hours[number] = (local.date().isoformat(), local.hour)
        return found

    def host_of(self, request: Request) -> tuple[Host | None, bool]:
        """Return the host, and whether the line is of an inner hop."""
        place = (request.host, request.app, request.public_host)
        found = self.hosts.get(place)
        if found is None:
            if len(self.hosts) > CACHE:
                self.hosts.clear()
            found = self.hosts[place] = self.looked_up(*place)
        if found[0] is None and not request.host:
            return self.host_by_path(request.target), False
        return found

    def looked_up(self, host: str, app: str, public: str) -> tuple[Host | None, bool]:
        """Find a host by its full name, or by the application that stands in for it.

        An inner hop belongs to the public host that it was forwarded for.
        """
        if host:
            known = self.rules.hosts.get(host)
            if known is None and not host.endswith(self.rules.suffix):
                return self.rules.hosts.get(public), True
            return known, False
        return self.rules.short_names.get(app), False

    def host_by_path(self, target: str) -> Host | None:
        """Find the host that alone has such paths."""
        for start, host in self.rules.path_hosts:
            if target.startswith(start):
                return host
        return None

    def marks_of(self, request: Request, target: str) -> tuple[str, str]:
        """Return the names of the marks in the address, and the content id in its token."""
        names, content_id = [], ""
        if self.rules.any_mark.search(target):
            names = [name for name, pattern in self.rules.marks if pattern.search(target)]
            if "token" in names and (token := TOKEN.search(target)):
                content_id, made = read_token(token[1])
                if 0 <= request.at - made <= self.rules.fresh_token_seconds:
                    names.append("fresh_token")
        if request.referrer:
            origin = self.rules.hosts.get(request.referrer)
            if origin is not None and origin.role == "publisher_app":
                names.append("from_publisher")
        return ",".join(sorted(names)), content_id

    def agent_of(self, agent: str) -> str:
        """Return what the rules call this agent."""
        found = self.agents.get(agent)
        if found is None:
            if len(self.agents) > CACHE:
                self.agents.clear()
            short = agent[:LONGEST_TARGET]
            names = (name for name, pattern in self.rules.agents if pattern.search(short))
            found = next(names, "other") if agent else ""
            self.agents[agent] = found
        return found

    def address_of(self, chain: str, behind_cdn: bool) -> tuple[str, str]:
        """Return the visitor's address and the network that it is in."""
        place = (chain, behind_cdn)
        found = self.addresses.get(place)
        if found is None:
            if len(self.addresses) > CACHE:
                self.addresses.clear()
            found = self.addresses[place] = self.resolved(chain, behind_cdn)
        return found

    def resolved(self, chain: str, behind_cdn: bool) -> tuple[str, str]:
        """Find the nearest public hop that is no proxy of ours."""
        hops = [one for part in chain[-512:].split(",") if (one := address(part.strip()))]
        outside = [one for one in hops if not inner(one)] or hops[-1:]
        visitors = [one for one in outside if self.network_of(one) != "cdn"]
        if behind_cdn and len(outside) > 1 and visitors == outside:
            visitors = outside[:-1]  # the last is the network's edge, whose ranges change
        if not (visitors or outside):
            return "", ""
        last = (visitors or outside)[-1]
        return str(last), self.network_of(last)

    def network_of(self, one: IPv4Address | IPv6Address) -> str:
        """Return the name of the network that an address is in."""
        for name, ranges in self.rules.networks.items():
            if any(one in known for known in ranges):
                return name
        return ""


def address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address, None for what is none."""
    try:
        return ip_address(text.strip("[]"))
    except ValueError:
        return None


def inner(one: IPv4Address | IPv6Address) -> bool:
    """Say whether an address is of a private network (RFC 1918, RFC 4193) or of this machine."""
    if isinstance(one, IPv4Address):
        number = int(one)
        return number >> 24 in (10, 127) or number >> 20 == 0xAC1 or number >> 16 == 0xC0A8
    return one.is_loopback or one.is_link_local or int(one) >> 121 == 0x7E


def read_token(token: str) -> tuple[str, float]:
    """Return content id and time of making out of a token's payload; nothing without one."""
    parts = token.split(".")
    if len(parts) != 3:
        return "", 0
    try:
        raw = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        payload: Any = orjson.loads(raw)
    except (binascii.Error, ValueError):
        return "", 0
    if not isinstance(payload, dict):
        return "", 0
    made = payload.get("iat")
    content_id = str(payload.get("content_id") or "")
    return content_id_of(content_id), float(made) if isinstance(made, int | float) else 0


def content_id_of(text: str) -> str:
    """Return the content id in a text, empty where there is none."""
    found = CONTENT_ID.search(text)
    return found[0] if found else ""


def subject_of(path: str) -> str:
    """Return the number of the edition or thing that a path is about."""
    found = SUBJECT.search(path)
    return found[1] if found else ""


def route_kind(request: Request, host: Host | None) -> str:
    """Return the kind that a front end's route names: its controller is the document type."""
    if not request.route or host is None or host.role != "draft_frontend":
        return ""
    controller = request.route.partition("#")[0]
    return controller if SIMPLE.fullmatch(controller) else ""
