"""What every source said about every host, hour by hour: how a zero is told from missing data.

Machines never rest: probes run every minute and the test suite with every deployment, through the
same files as people. So their lines prove that a feed flows. A day without people is a proved zero
only where the counting source delivered in every working hour; otherwise nobody knows.

One source counts a host on a day: the first format in the host's order that saw at least half as
many people's requests as the one that saw most. The others only tell who is behind a request.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from preview.usage.classify import NOT_STORED_AS_PERSON, PEOPLE
from preview.usage.formats import registry
from preview.usage.intake import OTHER_HOST
from preview.usage.models import UsageTally
from preview.usage.results import UsageCoverage
from preview.usage.ruleset import Host, Rules

WORKING_HOURS = range(8, 18)
SATURDAY = 5
ENOUGH = 0.5  # of the people's requests that the fullest source saw

Place = tuple[int, str]  # source, format


@dataclass
class Seen:
    """What a source said about a host: bits of hours, and lines."""

    hours: int = 0
    machine_hours: int = 0
    machine_lines: int = 0
    human_lines: int = 0
    slug: str = field(default="", compare=False)


def hours_needed(day: date) -> int:
    """Return the bits of the hours in which a feed must flow; at a weekend, none by itself."""
    if day.weekday() >= SATURDAY:
        return 0
    return sum(1 << hour for hour in WORKING_HOURS)


def flowed(hours: int, day: date) -> bool:
    """Say whether a feed that delivered in these hours was there all day."""
    needed = hours_needed(day)
    return bool(hours) and hours & needed == needed


def seen_on(day: str) -> dict[str, dict[Place, Seen]]:
    """Return what was seen on a day, by host and by source and format."""
    found: dict[str, dict[Place, Seen]] = defaultdict(dict)
    rows = UsageTally.objects.of_day(day).values_list(
        *("host", "object__source_id", "object__source__slug", "format"),
        *("hour", "actor_class", "requests"),
    )
    for host, source, slug, name, hour, actor, requests in rows.iterator(5_000):
        seen = found[host].setdefault((source, name), Seen(slug=slug))
        seen.hours |= 1 << hour
        if actor in PEOPLE:
            seen.human_lines += requests
        elif actor != NOT_STORED_AS_PERSON or host == OTHER_HOST:
            seen.machine_hours |= 1 << hour
            seen.machine_lines += requests
    return found


def chosen(host: Host | None, sources: Mapping[Place, Seen]) -> Place | None:
    """Return the one source that counts a host on a day."""
    if host is None or not host.counts or not sources:
        return None
    most = max(seen.human_lines for seen in sources.values())
    order = {name: place for place, name in enumerate(host.counting)}

    def rank(place: Place) -> tuple[int, int, int, str, int]:
        seen = sources[place]
        behind = 0 if seen.human_lines >= ENOUGH * most else 1
        hours = -seen.machine_hours.bit_count() if not most else 0
        return behind, hours, order.get(place[1], len(order)), seen.slug, place[0]

    return min(sources, key=rank)


def feed_hours(seen: Mapping[str, Mapping[Place, Seen]]) -> dict[Place, int]:
    """Return the hours in which each source delivered a machine's line about any host."""
    found: dict[Place, int] = defaultdict(int)
    for sources in seen.values():
        for place, one in sources.items():
            found[place] |= one.machine_hours
    return found


def cover(day: str, rules: Rules) -> dict[str, Place]:
    """Write the day's coverage anew; return the source by which every host is counted."""
    when = date.fromisoformat(day)
    seen = seen_on(day)
    feeds = feed_hours(seen)
    by_short = {host.short: host for host in rules.hosts.values()}
    counting: dict[str, Place] = {}
    rows = []
    for short, sources in sorted(seen.items()):
        best = chosen(by_short.get(short), sources)
        if best is not None:
            counting[short] = best
        for place, one in sorted(sources.items()):
            feed = feeds[place] if registry.get(place[1]).one_feed else one.machine_hours
            rows.append(
                UsageCoverage(
                    day=when,
                    source_id=place[0],
                    format=place[1],
                    host=short,
                    hours=one.hours,
                    machine_hours=one.machine_hours,
                    machine_lines=one.machine_lines,
                    human_lines=one.human_lines,
                    complete=flowed(feed, when),
                    counting=place == best,
                )
            )
    UsageCoverage.objects.filter(day=when).delete()
    UsageCoverage.objects.bulk_create(rows, batch_size=500)
    return counting
