"""Importing one object: block by block, each with how far it went, so that nothing counts twice.

An object is known by source, key and fingerprint. One that is done is passed over; one that was
broken off goes on behind its last block. Its facts count only once it is done; then the facts of an
earlier state of the same key are deleted. So imports can be repeated, killed and mixed at will.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from preview.errors import LogImportRunning
from preview.usage.decompression import Readable, Tally, plain
from preview.usage.intake import Block, Intake
from preview.usage.lines import lines
from preview.usage.loading import load
from preview.usage.models import (
    UsageDate,
    UsageGrant,
    UsageObject,
    UsageSource,
    UsageTally,
    UsageWrite,
)

BLOCK_LINES = 20_000
BLOCK_BYTES = 5 * 1024 * 1024
RESUMABLE = (UsageObject.State.STARTED, UsageObject.State.RECEIVED)


@dataclass(frozen=True)
class Identity:
    """Which object this is: its source, its key there, its content's fingerprint, its size."""

    source: UsageSource
    key: str
    fingerprint: str
    size: int = 0


@dataclass
class Progress:
    """How far an import is, in bytes as they are stored; `report` is called after every block."""

    report: Callable[[int, UsageObject], None] = lambda _, __: None
    tally: Tally = field(default_factory=Tally)


def begin(identity: Identity, rules_version: int) -> UsageObject:
    """Return the object, made when it is new."""
    found, _ = UsageObject.objects.get_or_create(
        source=identity.source,
        key=identity.key[-700:],
        fingerprint=identity.fingerprint,
        defaults={"size": identity.size, "rules_version": rules_version},
    )
    return found


def import_stream(
    *, identity: Identity, stream: Readable, intake: Intake, progress: Progress | None = None
) -> UsageObject:
    """Import a stream; return its object, with its counts.

    Raises:
        CompressionBomb: the stream grows without measure; its blocks do not count.
        LogImportRunning: two imports of the same object at once.

    """
    progress = progress or Progress()
    owner = begin(identity, intake.classifier.rules.version)
    if owner.state not in RESUMABLE:
        return owner
    intake.reader.memory.header = list(owner.header)
    intake.line = owner.lines
    start = end = resumed = owner.offset
    for line in lines(plain(stream, progress.tally)):
        if line.end <= resumed:
            continue
        intake.take(line.data)
        end = line.end
        if intake.block.lines >= BLOCK_LINES or end - start >= BLOCK_BYTES:
            commit_block(owner, intake, start, end)
            progress.report(progress.tally.read, owner)
            start = end
    owner.damage = progress.tally.damage
    commit_block(owner, intake, start, end)
    finish(owner)
    progress.report(progress.tally.read, owner)
    return owner


@transaction.atomic
def commit_block(owner: UsageObject, intake: Intake, start: int, end: int) -> None:
    """Store a block and how far it goes, together or not at all."""
    block = intake.taken()
    claim(owner, start, end)
    count(owner, block)
    owner.header = intake.reader.memory.header
    owner.save()
    load(block, owner)


def claim(owner: UsageObject, start: int, end: int) -> None:
    """Move the object's offset on, if nobody else has.

    Raises:
        LogImportRunning: somebody has.

    """
    moved = UsageObject.objects.filter(pk=owner.pk, offset=start, state__in=RESUMABLE)
    if not moved.update(offset=end):
        raise LogImportRunning(owner.key)
    owner.offset = end


def count(owner: UsageObject, block: Block) -> None:
    """Add a block's numbers to the object's."""
    owner.lines += block.lines
    owner.kept += block.kept
    owner.noise += block.noise
    owner.rejected += block.rejected
    for cause, number in block.causes.items():
        owner.causes[cause] = owner.causes.get(cause, 0) + number
    if block.first_at is not None and block.last_at is not None:
        first, last = owner.first_at, owner.last_at
        owner.first_at = block.first_at if first is None else min(first, block.first_at)
        owner.last_at = block.last_at if last is None else max(last, block.last_at)


@transaction.atomic
def finish(owner: UsageObject) -> None:
    """Let the object's facts count, in place of those of an earlier state of its key."""
    owner.state, owner.done_at = UsageObject.State.DONE, timezone.now()
    owner.save()
    mark_dirty(owner)
    same_key = UsageObject.objects.filter(source=owner.source, key=owner.key)
    for older in same_key.exclude(pk=owner.pk).select_for_update():
        mark_dirty(older)
        older.delete()


def mark_dirty(owner: UsageObject) -> None:
    """Have the days rebuilt that the object says something about."""
    days: set[date] = set()
    for facts in (UsageTally, UsageGrant, UsageWrite):
        days |= set(facts.objects.filter(object=owner).values_list("day", flat=True).distinct())
    mark_days_dirty(days)


def mark_days_dirty(days: set[date]) -> None:
    """Have days rebuilt; days that are closed stay as they are."""
    UsageDate.objects.bulk_create([UsageDate(day=day) for day in days], ignore_conflicts=True)
    UsageDate.objects.filter(day__in=days, closed=False).update(dirty=True)
