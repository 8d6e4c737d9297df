"""Fetching logs from S3 by the clock: the last 48 hours again and again, every object once.

Load balancers and CloudFront deliver late, so a look-back of two days costs a listing and catches
what came after. A lease in the source's row lets one run work at a time; it ends by itself when its
holder dies.

Source: Elastic Load Balancing, "Access log files" (eventual delivery); Amazon CloudFront, "Timing
of standard log file delivery" (up to 24 hours).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from preview.errors import PreviewError, UnreadableLog
from preview.usage.importing import Identity, Progress, import_stream
from preview.usage.intakes import intake
from preview.usage.models import UsageObject, UsageSource
from preview.usage.places import Place, in_s3

log = logging.getLogger(__name__)
LOOK_BACK = timedelta(hours=48)
LEASE = timedelta(minutes=30)


def pull_all() -> dict[str, int]:
    """Pull every source that has an address; return how many objects were new, by source."""
    sources = UsageSource.objects.exclude(pull_url="").order_by("slug")
    return {source.slug: pull(source) for source in sources}


def pull(source: UsageSource) -> int:
    """Import what is new at a source; 0 when somebody else does so now."""
    lease = take_lease(source)
    if lease is None:
        return 0
    new = 0
    try:
        for place in places(source, timezone.now()):
            new += pulled(place, source)
            lease = renew_lease(source, lease)
    finally:
        UsageSource.objects.filter(pk=source.pk, locked_until=lease).update(
            locked_until=None, pulled_at=timezone.now()
        )
    return new


def take_lease(source: UsageSource) -> datetime | None:
    """Take the source's lease; None when another holds it."""
    now = timezone.now()
    free = Q(locked_until=None) | Q(locked_until__lt=now)
    taken = UsageSource.objects.filter(free, pk=source.pk).update(locked_until=now + LEASE)
    return now + LEASE if taken else None


def renew_lease(source: UsageSource, lease: datetime) -> datetime:
    """Hold the lease for longer.

    Raises:
        UnreadableLog: it ran out and another took it.

    """
    until = timezone.now() + LEASE
    held = UsageSource.objects.filter(pk=source.pk, locked_until=lease)
    if not held.update(locked_until=until):
        raise UnreadableLog(f"Somebody else pulls {source.slug} now.")
    return until


def places(source: UsageSource, now: datetime) -> Iterator[Place]:
    """Give the objects below the source's address for each day of the look-back."""
    seen: set[str] = set()
    for back in (LOOK_BACK, LOOK_BACK / 2, timedelta(0)):
        day = now - back
        parts = {"yyyy": f"{day:%Y}", "mm": f"{day:%m}", "dd": f"{day:%d}"}
        address = source.pull_url
        for name, value in parts.items():
            address = address.replace(f"{{{name}}}", value)
        if address in seen:
            continue
        seen.add(address)
        try:
            yield from in_s3(address)
        except UnreadableLog as error:  # a day without logs is no fault; coverage tells
            log.info("usage.nothing_to_pull", extra={"source": source.slug, "reason": str(error)})


def pulled(place: Place, source: UsageSource) -> bool:
    """Import one object; say whether it was new. One that can't be read is logged and left."""
    identity = Identity(source, place.key, place.fingerprint, place.size)
    done = UsageObject.objects.filter(
        source=source, key=place.key[-700:], fingerprint=place.fingerprint, state="done"
    )
    if done.exists():
        return False
    reader = intake(key=place.key, app=source.app, only=source.format)
    try:
        with place.open() as stream:
            import_stream(identity=identity, stream=stream, intake=reader, progress=Progress())
    except PreviewError as error:
        log.warning("usage.not_pulled", extra={"source": source.slug, "reason": str(error)})
        return False
    return True
