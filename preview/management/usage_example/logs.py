"""The example's logs: nginx lines of people, probes and a training course, a file a day.

Everything is drawn from one seed. A source that went silent for a week is part of the story.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import orjson

from preview.management.usage_example.cast import CAST, Cast

DOMAIN = "integration.publishing.service.gov.uk"
HOSTS = ("whitehall-admin", "content-tagger", "draft-origin", "www")
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SILENT_WEEK, HALF_WEEK = 6, 12
TRAINING_WEEKS = (3, 9, 14)
TRAINEES = CAST[1]
COMES_TO_PRODUCTION = 0.25  # of the sessions, those that are left on integration after 5 weeks
ADMIN = "/government/admin"
PATHS = {
    "people": f"{ADMIN}/people/%d",
    "organisations": f"{ADMIN}/organisations/%d",
    "roles": f"{ADMIN}/roles/%d",
    "topical_events": f"{ADMIN}/topical-events/%d",
    "taxon": "/taxons/%d",
}
LIVE = {
    "people": "/government/people/p%d",
    "organisations": "/government/organisations/o%d",
    "roles": "/government/ministers/r%d",
    "topical_events": "/government/topical-events/t%d",
    "taxon": "/browse/t%d",
    "publication": "/government/publications/p%d",
    "detailed_guide": "/guidance/g%d",
    "document_collection": "/government/collections/c%d",
}


@dataclass
class Writer:
    """Writes the lines of a day."""

    day: date
    lines: list[bytes]

    def line(self, at: datetime, host: str, method: str, target: str, **more: str) -> None:
        """Add a request."""
        known = {
            "@timestamp": at.isoformat(),
            "govuk_request_id": f"example-{self.day:%Y%m%d}-{len(self.lines)}",
            "http_host": f"{host}.{DOMAIN}",
            "http_user_agent": BROWSER,
            "http_x_forwarded_for": "203.0.113.200",
            "request_method": method,
            "request_uri": target,
            "status": 200,
            "upstream_response_time": "0.01",
        }
        self.lines.append(orjson.dumps({**known, **more}))


def write_logs(folder: Path, first: date, last: date, seed: int) -> Iterator[Path]:
    """Write a file for each day from `first` (a Monday) to `last`; days without data have none."""
    draw = random.Random(seed)  # noqa: S311 (examples, not secrets)
    day = first
    while day <= last:
        week = (day - first).days // 7
        writer = Writer(day, [])
        people(writer, week, draw)
        silent = week == SILENT_WEEK or (week == HALF_WEEK and day.weekday() > 2)
        if not silent:
            probes(writer)
            path = folder / f"nginx-{day.isoformat()}.ndjson"
            path.write_bytes(b"\n".join(writer.lines) + b"\n")
            yield path
        day += timedelta(days=1)


def probes(writer: Writer) -> None:
    """Add what machines ask for every hour: the proof that the feed flows."""
    for host in HOSTS:
        for hour in range(6, 20):
            at = datetime.combine(writer.day, time(hour), UTC)
            writer.line(at, host, "GET", "/readyz", http_user_agent="kube-probe/1.33")


def people(writer: Writer, week: int, draw: random.Random) -> None:
    """Add the sessions of a day's people; nobody works at weekends."""
    if writer.day.weekday() > 4:
        return
    for place, one in enumerate(CAST):
        for _ in range(drawn(sessions_a_day(one, week, writer.day), draw)):
            session(writer, one, place, draw)
    if week in TRAINING_WEEKS and writer.day.weekday() == 2:
        for _ in range(6):
            session(writer, TRAINEES, 1, draw, hour=10)


def sessions_a_day(one: Cast, week: int, day: date) -> float:
    """Return how many sessions an organisation has on a day, on average."""
    if one.returns is not None and week == one.returns:
        return 2.0 if day.weekday() == 1 else 0.0
    if one.stops is not None and week > one.stops:
        return 0.0
    share = 1.0
    if one.falls_from is not None and week >= one.falls_from:
        share = max(COMES_TO_PRODUCTION, 1 - 0.15 * (week - one.falls_from))
    return one.rate * share / 5


def drawn(mean: float, draw: random.Random) -> int:
    """Draw a number of sessions."""
    return int(mean) + (draw.random() < mean - int(mean))


def session(writer: Writer, one: Cast, place: int, draw: random.Random, hour: int = 0) -> None:
    """Add a session: an edit, and a look at the page that it made."""
    number = draw.randrange(one.people)
    kind = one.kinds[0] if draw.random() < 0.7 else draw.choice(one.kinds)
    item = draw.randrange(100, 999)
    start = time(hour or draw.randrange(8, 17), draw.randrange(0, 30))
    at = datetime.combine(writer.day, start, UTC)
    who = {"http_x_forwarded_for": f"198.51.{100 + place}.{10 + number}"}
    if draw.random() < 0.9:
        who["signon_uid"] = one.uid(number)
    host = "content-tagger" if kind == "taxon" else "whitehall-admin"
    path = PATHS.get(kind, f"{ADMIN}/publications/%d") % item
    clicked = int(at.timestamp())
    look = "www" if kind in PATHS else "draft-origin"
    steps = (
        (host, "GET", f"{path}/edit"),
        (host, "PUT" if kind == "taxon" else "POST", path),
        (look, "GET", f"{LIVE[kind] % item}?cachebust={clicked}"),
    )
    for step, (name, method, target) in enumerate(steps):
        writer.line(at + timedelta(seconds=40 * step), name, method, target, **who)


def accounts() -> bytes:
    """Return Signon's accounts as a table."""
    rows = ["uid,name,email,organisation_slug,organisation_content_id,suspended_at,category"]
    rows += [
        f"{one.uid(n)},Editor {n},{one.email(n)},{one.slug},{one.content_id},,editor"
        for one in CAST
        for n in range(one.people)
    ]
    return "\n".join([*rows, ""]).encode()
