"""Sealing the trail: a chain of digests over stretches of it, and finding where it was changed.

A view costs one INSERT and nothing else; once a minute a timer seals what was added. Each seal
covers the entries after the one before and its digest, so that changing, adding or removing a
sealed entry breaks every later seal. The newest digest is also logged: who could rewrite the whole
table can't rewrite the logs.

Source: RFC 8785 for the idea of one canonical JSON; RFC 9162 for what a tamper-evident log is.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

import orjson
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from preview.audit.models import Entry, Seal

log = logging.getLogger(__name__)
BATCH = 5_000
BEFORE_ALL = -(2**63)
LONGEST_WAIT_FOR_WRITERS = "200ms"


@dataclass(frozen=True)
class Finding:
    """Something wrong with the trail: which seal (0: none), and a sentence."""

    seal: int
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """What `verify` found; `newest` is the digest of the last seal, to keep elsewhere."""

    findings: tuple[Finding, ...]
    seals: int
    sealed: int
    unsealed: int
    newest: str


def canonical(entry: Entry) -> bytes:
    """Return the one way in which an entry is written for its digest and its export."""
    return orjson.dumps(
        {
            "id": entry.pk,
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "action": entry.action,
            "actor": entry.actor,
            "subject": entry.subject,
            "pack": str(entry.pack) if entry.pack else None,
            "detail": entry.detail,
        },
        option=orjson.OPT_SORT_KEYS,
    )


def digest(previous: str, entries: QuerySet[Entry]) -> tuple[str, int]:
    """Return the digest (hex) of a stretch after the seal `previous`, and its number of entries."""
    made, count = hashlib.sha256(previous.encode()), 0
    for entry in entries.order_by("pk").iterator(chunk_size=1_000):
        made.update(b"\n" + canonical(entry))
        count += 1
    return made.hexdigest(), count


def seal_trail() -> int:
    """Seal everything that was added; returns how many entries. Two at once do no harm.

    Where a long transaction is writing, nothing is sealed: the next run does it.
    """
    total = 0
    try:
        while sealed := seal_next():
            total += sealed
    except OperationalError as error:
        log.warning("audit.not_sealed", extra={"error_message": type(error).__name__})
    return total


@transaction.atomic
def seal_next() -> int:
    """Seal the next stretch, of at most `BATCH` entries; returns how many."""
    wait_for_writers()
    last = Seal.objects.order_by("-last_id").first()
    after, previous = (last.last_id, last.digest) if last else (BEFORE_ALL, "")
    ids = list(
        Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]
    )
    if not ids:
        return 0
    made, count = digest(previous, Entry.objects.filter(pk__gt=after, pk__lte=ids[-1]))
    seal = Seal.objects.create(
        first_id=ids[0], last_id=ids[-1], count=count, previous=previous, digest=made
    )
    log.info("audit.sealed", extra={"seal": seal.pk, "last_id": seal.last_id, "digest": made})
    return count


def wait_for_writers() -> None:
    """Let no entry with a lower id appear later: nobody may be in the middle of adding one.

    SQLite has one writer at a time, which is this transaction.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT_FOR_WRITERS}'")
        cursor.execute(f'LOCK TABLE "{Entry._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')


def verify(*, anchor: str = "") -> Verdict:
    """Work out every seal again; `anchor`, a digest kept elsewhere, must be in the chain."""
    seals = list(Seal.objects.order_by("last_id"))
    findings = list(broken(seals))
    if anchor and anchor not in {seal.digest for seal in seals}:
        findings.append(Finding(0, f"No seal has the digest {anchor}: seals were removed."))
    last = seals[-1].last_id if seals else BEFORE_ALL
    return Verdict(
        findings=tuple(findings),
        seals=len(seals),
        sealed=sum(seal.count for seal in seals),
        unsealed=Entry.objects.filter(pk__gt=last).count(),
        newest=seals[-1].digest if seals else "",
    )


def broken(seals: list[Seal]) -> Iterator[Finding]:
    """Give what is wrong with the chain, seal by seal."""
    after, previous = BEFORE_ALL, ""
    for seal in seals:
        if seal.previous != previous:
            yield Finding(seal.pk, f"Seal {seal.pk} does not follow the seal before it.")
        made, count = digest(
            seal.previous, Entry.objects.filter(pk__gt=after, pk__lte=seal.last_id)
        )
        if count != seal.count or made != seal.digest:
            yield Finding(seal.pk, sentence(seal, count))
        after, previous = seal.last_id, seal.digest


def sentence(seal: Seal, count: int) -> str:
    """Say what happened to a stretch that is not as it was sealed."""
    where = f"Seal {seal.pk} (entries {seal.first_id} to {seal.last_id})"
    if count == seal.count:
        return f"{where}: an entry was changed."
    missing = seal.count - count
    what = "removed" if missing > 0 else "added"
    return f"{where}: {abs(missing)} of {seal.count} entries {what}."
