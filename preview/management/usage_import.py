"""`usage import`: many places in one run, with progress, a summary and an exit status."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import django
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from preview.errors import PreviewError
from preview.usage.actions import active_rules, ensure_source
from preview.usage.importing import Identity, import_stream
from preview.usage.importing import Progress as ImportProgress
from preview.usage.intakes import intake
from preview.usage.models import UsageObject, UsageSource
from preview.usage.places import Place, Spooled, listed
from preview.usage.rollups import rebuild_due

SECONDS_BETWEEN_LINES = 10
OK, FAILED, TOO_MANY_REJECTED = 0, 1, 2


@dataclass(frozen=True)
class Options:
    """What the operator asked for. Times are in milliseconds; 0 and 2⁶³ mean none."""

    source: str = "files"
    format: str = ""
    app: str = ""
    since: int = 0
    until: int = 2**63
    workers: int = 1
    max_reject: float = 0.05
    rebuild: bool = True

    @property
    def span(self) -> str:
        """Return what makes the fingerprint of a part of an object another than the whole's."""
        if (self.since, self.until) == (0, 2**63):
            return ""
        return f"@{self.since}-{self.until}"


@dataclass
class Summary:
    """What came of a run; `failed` holds a sentence for every place that could not be read."""

    objects: int = 0
    unchanged: int = 0
    lines: int = 0
    kept: int = 0
    noise: int = 0
    rejected: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    damaged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    seconds: float = 0
    cpu_seconds: float = 0

    def add(self, one: dict[str, Any]) -> None:
        """Add what came of one object."""
        if sentence := one.get("failed"):
            self.failed.append(sentence)
            return
        if one["unchanged"]:
            self.unchanged += 1
            return
        self.objects += 1
        for name in ("lines", "kept", "noise", "rejected"):
            setattr(self, name, getattr(self, name) + one[name])
        self.causes.update(one["causes"])
        if one["damage"]:
            self.damaged.append(f"{one['key']} is {one['damage']}: what came before was kept.")

    def status(self, max_reject: float) -> int:
        """Return the exit status."""
        if self.failed:
            return FAILED
        return TOO_MANY_REJECTED if self.rejected > max_reject * max(self.lines, 1) else OK

    def as_json(self) -> dict[str, Any]:
        """Return the summary as it is printed."""
        rate = self.lines / self.seconds if self.seconds else 0
        return {
            "objects": self.objects,
            "unchanged": self.unchanged,
            "lines": self.lines,
            "kept": self.kept,
            "noise": self.noise,
            "rejected": self.rejected,
            "causes": dict(self.causes.most_common()),
            "damaged": self.damaged,
            "failed": self.failed,
            "days_rebuilt": self.days,
            "seconds": round(self.seconds, 2),
            "lines_per_second": round(rate),
            "cpu_seconds": round(self.cpu_seconds, 2),
        }


def run(names: list[str], options: Options) -> Summary:
    """Import all that the names stand for, then rebuild the days that are due."""
    summary, started, cpu = Summary(), time.monotonic(), time.process_time()
    source = ensure_source(slug=options.source)
    places = found(names, summary)
    with shown(sum(place.size for place in places if not isinstance(place, Spooled))) as progress:
        if options.workers > 1:
            for one in in_processes(places, options):
                summary.add(one)
        else:
            for place in places:
                summary.add(imported(place, source, options, progress))
    if options.rebuild:
        summary.days = rebuild_due(active_rules())
    summary.seconds = time.monotonic() - started
    summary.cpu_seconds = time.process_time() - cpu
    return summary


def found(names: list[str], summary: Summary) -> list[Place]:
    """Return the places; a name behind which there is nothing fails alone."""
    places: list[Place] = []
    for name in names:
        try:
            places += listed([name])
        except PreviewError as error:
            summary.failed.append(str(error))
    return places


def imported(
    place: Place, source: UsageSource, options: Options, shown: Shown | None = None
) -> dict[str, Any]:
    """Import one place; return what came of it."""
    identity = Identity(source, place.key, place.fingerprint + options.span, place.size)
    known = UsageObject.objects.filter(
        source=source, key=place.key[-700:], fingerprint=identity.fingerprint, state="done"
    )
    if known.exists():
        return {"unchanged": True}
    progress = ImportProgress()
    if shown:
        shown.start(place.key)
        progress.report = shown.report
    reader = intake(
        key=place.key,
        app=options.app or source.app,
        only=options.format or source.format,
    )
    reader.since, reader.until = options.since, options.until
    try:
        with place.open() as stream:
            done = import_stream(identity=identity, stream=stream, intake=reader, progress=progress)
    except PreviewError as error:
        return {"failed": f"{place.key}: {error}"}
    names = ("key", "lines", "kept", "noise", "rejected", "causes", "damage")
    return {"unchanged": False, **{name: getattr(done, name) for name in names}}


def in_processes(places: list[Place], options: Options) -> Iterator[dict[str, Any]]:
    """Import places in several processes at once."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.workers, context, initializer=django.setup) as pool:
        yield from pool.map(in_process, places, [options] * len(places))


def in_process(place: Place, options: Options) -> dict[str, Any]:
    """Import one place in a process of its own."""
    return imported(place, ensure_source(slug=options.source), options)


class Shown:
    """Shows how far a run is: a bar on a terminal, plain lines elsewhere. Measured in bytes."""

    def __init__(self, total: int, bar: Progress | None) -> None:
        self.total, self.bar = total, bar
        self.task: TaskID | None = bar.add_task("", total=total or None, rate="") if bar else None
        self.before = self.here = 0
        self.lines_before = 0
        self.started = self.spoke = time.monotonic()
        self.key = ""

    def start(self, key: str) -> None:
        """Begin with another object."""
        self.before += self.here
        self.here, self.key = 0, key

    def report(self, read: int, owner: UsageObject) -> None:
        """Note how far the object was read."""
        self.here = read
        done, now = self.before + read, time.monotonic()
        rate = done / max(now - self.started, 0.001)
        text = f"{owner.lines} lines, {owner.rejected} rejected"
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, completed=done, description=self.key[-40:], rate=text)
        elif now - self.spoke >= SECONDS_BETWEEN_LINES:
            self.spoke = now
            left = max(self.total - done, 0) / max(rate, 1)
            sys.stderr.write(
                f"{self.key}: {text}, {rate / 1e6:.1f} MB/s, about {left:.0f} s left\n"
            )


@contextmanager
def shown(total: int) -> Iterator[Shown]:
    """Show progress while the block runs."""
    if not sys.stderr.isatty():
        yield Shown(total, None)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield Shown(total, bar)


def milliseconds(text: str | None, otherwise: int) -> int:
    """Return a time that an operator typed; a date alone is its midnight, UTC without an offset.

    Raises:
        ValueError: it is none.

    """
    if not text:
        return otherwise
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = datetime.fromisoformat(f"{moment.isoformat()}+00:00")
    return round(moment.timestamp() * 1000)
