"""Batches that senders push: read and made safe at once, kept as a file, stored by a worker.

What is written to the file are the rows that may be stored (pseudonyms, no address, no query), so
nothing personal is ever put down. Then object and event are recorded in one transaction and the
sender hears that all is well. A batch is known by its content, or by the key that its sender
gives: sent again, it gets the answer that it got before and counts once.

Source: the retry rules of Fluent Bit, Vector, Logstash and OTLP: all but 429 and 5xx are dropped.
"""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, cast

import orjson
import zstandard
from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction

from preview.errors import BatchTooLarge, NothingReadable, UsageOverloaded
from preview.outbox.actions import end_delivery, record_event
from preview.usage.decompression import Readable, Tally, plain
from preview.usage.importing import RESUMABLE, claim, count, finish
from preview.usage.intake import Block, Intake
from preview.usage.intakes import intake
from preview.usage.lines import lines
from preview.usage.loading import load
from preview.usage.models import UsageObject, UsageSource

BLOCK_LINES = 5_000
MOST_PLAIN = 64 * 1024 * 1024
MOST_PACKED = 20 * 1024 * 1024
MOST_LINES = 500_000
MOST_ERRORS = 10
IN_MEMORY = 4 * 1024 * 1024
ROWS = ("events", "grants", "writes", "accounts", "rejects")


@dataclass(frozen=True)
class Receipt:
    """What a sender is answered: lines taken and refused, the first errors, the batch's id."""

    object_id: int
    accepted: int
    rejected: int
    errors: tuple[dict[str, Any], ...] = ()
    repeated: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the answer's body."""
        return {
            "accepted": self.accepted,
            "rejected": self.rejected,
            "errors": list(self.errors),
            "repeated": self.repeated,
        }


@dataclass
class Measured:
    """A body that is measured and hashed while it is read."""

    source: Readable
    size: int = 0
    sha256: Any = field(default_factory=hashlib.sha256)

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        found = self.source.read(size)
        self.size += len(found)
        self.sha256.update(found)
        return found


def check_load() -> None:
    """Refuse batches while the workers are far behind; asked before a body is read.

    Raises:
        UsageOverloaded: come again in some seconds.

    """
    waiting = UsageObject.objects.filter(state=UsageObject.State.RECEIVED)
    if waiting.count() >= settings.USAGE_MAX_WAITING:
        raise UsageOverloaded(seconds=30)


def receive(
    *, source: UsageSource, body: Readable, still_allowed: Any, key: str = "", request_id: str = ""
) -> Receipt:
    """Take a batch; a repeated one gets its first answer.

    `still_allowed` is called when all was read: it raises where the sender may no more.

    Raises:
        BatchTooLarge: more than 64 MiB or 500,000 lines, or 20 MiB compressed.
        CompressionBomb: it grows without measure.
        NothingReadable: lines, and not one of them can be read.

    """
    check_load()
    measured = Measured(body)
    reader = intake(app=source.app, only=source.format)
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as spool:
        total = spooled(measured, reader, cast("IO[bytes]", spool))
        still_allowed()
        identity = hashlib.sha256(key.encode()).hexdigest() if key else measured.sha256.hexdigest()
        if earlier := received_before(source, identity):
            return earlier
        if total.lines and not total.kept + total.noise:
            raise NothingReadable(total.causes.most_common(1)[0][0])
        spool.seek(0)
        name = storage().save(f"batches/{uuid.uuid4()}.zst", File(cast("IO[Any]", spool)))
    try:
        owner = recorded(source, identity, measured.size, name, total, reader, request_id)
    except BaseException:
        storage().delete(name)
        raise
    return receipt(owner, total.rejects)


def spooled(measured: Measured, reader: Intake, spool: IO[bytes]) -> Block:
    """Write the batch's blocks to a file; return a block with its numbers and first errors."""
    total, tally = Block(), Tally()
    packer = zstandard.ZstdCompressor(level=1).stream_writer(spool, closefd=False)
    for line in lines(plain(measured, tally)):
        reader.take(line.data)
        if tally.given > MOST_PLAIN or (tally.given != tally.read > MOST_PACKED):
            raise BatchTooLarge
        if reader.line > MOST_LINES:
            raise BatchTooLarge
        if reader.block.lines >= BLOCK_LINES:
            packer.write(packed(added(total, reader.taken())))
    if tally.given > MOST_PLAIN:
        raise BatchTooLarge
    packer.write(packed(added(total, reader.taken())))
    packer.flush(zstandard.FLUSH_FRAME)
    return total


def added(total: Block, block: Block) -> Block:
    """Add a block's numbers to the total; return the block."""
    total.lines += block.lines
    total.kept += block.kept
    total.noise += block.noise
    total.causes.update(block.causes)
    total.rejects += block.rejects[: MOST_ERRORS - len(total.rejects)]
    for name, better in (("first_at", min), ("last_at", max)):
        known = [one for one in (getattr(total, name), getattr(block, name)) if one is not None]
        setattr(total, name, better(known) if known else None)
    return block


def packed(block: Block) -> bytes:
    """Return a block as one line of JSON."""
    body: dict[str, Any] = {name: getattr(block, name) for name in ROWS}
    body["tallies"] = [[*place, number] for place, number in block.tallies.items()]
    return orjson.dumps(body) + b"\n"


def unpacked(line: bytes) -> Block:
    """Return the block of a line."""
    body = orjson.loads(line)
    block = Block()
    for name in ROWS:
        setattr(block, name, [tuple(row) for row in body[name]])
    block.tallies = Counter({tuple(row[:-1]): row[-1] for row in body["tallies"]})
    return block


def storage() -> Storage:
    """Return where batches wait for a worker."""
    return storages["usage"]


def received_before(source: UsageSource, identity: str) -> Receipt | None:
    """Return the answer that this batch got before."""
    known = UsageObject.objects.filter(source=source, key=f"http/{identity}").first()
    if known is None:
        return None
    return Receipt(known.pk, known.kept + known.noise, known.rejected, (), repeated=True)


def recorded(
    source: UsageSource,
    identity: str,
    size: int,
    name: str,
    total: Block,
    reader: Intake,
    request_id: str,
) -> UsageObject:
    """Record the batch and the event that a worker hears of, together."""
    with transaction.atomic():
        owner, made = UsageObject.objects.get_or_create(
            source=source,
            key=f"http/{identity}",
            fingerprint=identity,
            defaults={
                "state": UsageObject.State.RECEIVED,
                "size": size,
                "spool": name,
                "rules_version": reader.classifier.rules.version,
            },
        )
        if made:
            count(owner, total)
            owner.save()
            record_event("usage.batch_received", request_id=request_id, object_id=owner.pk)
        else:  # the same batch came twice at once
            storage().delete(name)
    return owner


def receipt(owner: UsageObject, rejects: list[tuple[Any, ...]]) -> Receipt:
    """Return the answer to a batch; errors name line and cause."""
    errors = tuple({"line": line, "cause": cause} for line, cause, _ in rejects[:MOST_ERRORS])
    return Receipt(owner.pk, owner.kept + owner.noise, owner.rejected, errors)


def load_batch(*, object_id: int, delivery_id: str) -> None:
    """Store a batch's rows, block by block, and let them count; safe to run twice and at once."""
    owner = UsageObject.objects.get(pk=object_id)
    if owner.state in RESUMABLE:
        for number, block in enumerate(blocks(owner.spool)):
            if number >= owner.offset:
                with transaction.atomic():
                    claim(owner, number, number + 1)
                    load(block, owner)
        finish(owner)
    end_delivery(delivery_id)
    storage().delete(owner.spool)


def blocks(name: str) -> Iterator[Block]:
    """Give the blocks of a waiting batch."""
    with storage().open(name) as file:
        for line in lines_of(cast("IO[bytes]", file)):
            yield unpacked(line)


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """Give the lines of a packed file; a line is a whole block, however long."""
    rest = b""
    for piece in plain(file, Tally()):
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
