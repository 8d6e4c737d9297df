"""`usage import --classify-only`, `--dry-run` and `--explain`: understand lines, store nothing."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from preview.management.usage_import import Options
from preview.usage.actions import rules_without_tables
from preview.usage.decompression import Tally, plain
from preview.usage.detection import Found, Unreadable
from preview.usage.intake import Intake
from preview.usage.intakes import intake_without_tables
from preview.usage.lines import lines
from preview.usage.places import Place, listed
from preview.usage.records import Noise, Request


class Understood(NamedTuple):
    """What one line is; the columns of the table.

    `actor_class` is who is behind a request, also behind an inner hop; `counts` is no for those,
    for machines and for hosts that do not count. A line that is no request is `noise`.
    """

    file: str
    line: int
    format: str = ""
    actor_class: str = "noise"
    activity: str = ""
    counts_as: str = ""
    kind: str = ""
    host: str = ""
    counts: str = "no"
    rule: str = ""
    path: str = ""


def understood(place: Place, options: Options) -> Iterator[Understood]:
    """Give what every line of a place is; empty lines are left out."""
    reader = intake_without_tables(
        key=place.key, app=options.app, only=options.format, rules=rules_without_tables()
    )
    with place.open() as stream:
        for number, line in enumerate(lines(plain(stream, Tally())), 1):
            if line.data is None or line.data.strip():
                yield of_line(line.data, Understood(place.key, number), reader)


def of_line(line: bytes | None, empty: Understood, reader: Intake) -> Understood:
    """Return what a line is."""
    try:
        if line is None:
            raise Unreadable("line_too_long")
        return of_record(reader.reader.read(line), empty, reader)
    except Unreadable as cause:
        return empty._replace(actor_class="rejected", rule=str(cause))


def of_record(found: Found, empty: Understood, reader: Intake) -> Understood:
    """Return what a record is."""
    record = found.record
    if isinstance(record, Noise):
        return empty._replace(format=found.format, rule=record.reason)
    if not isinstance(record, Request):
        return empty._replace(format=found.format, rule=type(record).__name__.lower())
    features, verdict = reader.understood(record)
    return empty._replace(
        format=found.format,
        actor_class=verdict.actor,
        activity=verdict.activity,
        counts_as=verdict.counts_as,
        kind=verdict.kind,
        host=features.known_host.short if features.known_host else "",
        counts="yes" if verdict.counts and verdict.human else "no",
        rule="internal_hop" if features.hop else verdict.rule,
        path=features.path,
    )


def write_table(names: list[str], options: Options, out: Path) -> dict[str, Any]:
    """Write a table with a row for every line; return how many of which class there are."""
    classes: Counter[str] = Counter()
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(Understood._fields)
        for place in listed(names):
            for row in understood(place, options):
                table.writerow(row)
                classes[row.actor_class] += 1
    return {"lines": classes.total(), "classes": dict(classes.most_common()), "out": str(out)}


def count_only(
    names: list[str], options: Options, explain: int, say: Callable[[str], object]
) -> dict[str, Any]:
    """Count what an import would find, and say for the first lines why; nothing is stored."""
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("formats", "classes", "activities", "causes")
    }
    said = 0
    for place in listed(names):
        for row in understood(place, options):
            rejected = row.actor_class == "rejected"
            counts["formats"][row.format or "unknown"] += 1
            counts["classes"][row.actor_class] += 1
            counts["causes"][row.rule] += rejected
            if row.counts == "yes":
                counts["activities"][row.counts_as] += 1
            if said < explain:
                said += 1
                say(explanation(row))
    lines_read = counts["classes"].total()
    return {
        "lines": lines_read,
        "rejected": counts["classes"]["rejected"],
        **{name: dict((+counter).most_common()) for name, counter in counts.items()},
    }


def explanation(row: Understood) -> str:
    """Return a sentence about a line."""
    start = f"{row.file}:{row.line}:"
    if row.actor_class == "rejected":
        return f"{start} can't be read: {row.rule}"
    if row.actor_class == "noise":
        return f"{start} {row.format}, not a request: {row.rule}"
    what = f", {row.counts_as}" if row.counts_as else ""
    about = f" of {row.kind}" if row.kind else ""
    counted = "counts" if row.counts == "yes" else "does not count"
    return (
        f"{start} {row.format} on {row.host or 'an unknown host'}, {row.actor_class} by "
        f"{row.rule}{what}{about}; {counted}: {row.path}"
    )
