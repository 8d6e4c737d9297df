"""Links to other sites: looked at once a week each, a few a minute for each site."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from preview.checks.models import CheckRun, OutsideLink
from preview.errors import AddressRefused
from preview.outbox.actions import end_delivery, record_event
from preview.outside import status_of
from preview.rate_limits import seconds_to_wait

FRESH = timedelta(days=7)
GONE = frozenset({404, 410})


@dataclass(frozen=True)
class Reached:
    """What is known of a run's links to other sites: `broken` lead nowhere.

    `checked` and `total` count addresses; `on` is False where this service asks no other sites.
    """

    on: bool
    total: int = 0
    checked: int = 0
    broken: list[OutsideLink] = field(default_factory=list)


def digest_of(address: str) -> str:
    """Return the key of an address."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()


def want_outside(run: CheckRun) -> None:
    """Have the links of a run looked at, those that nobody looked at lately."""
    if not settings.CHECK_OUTSIDE_LINKS or not run.outside:
        return
    rows = [OutsideLink(digest=digest_of(one), address=one) for one in run.outside]
    OutsideLink.objects.bulk_create(rows, ignore_conflicts=True)
    known = OutsideLink.objects.filter(digest__in=[one.digest for one in rows])
    now = timezone.now()
    for link in known.exclude(wanted_at__gt=now - FRESH):
        OutsideLink.objects.filter(pk=link.pk).update(wanted_at=now)
        record_event("outside_link.wanted", link_id=link.pk)


def look_at_link(*, link_id: int, delivery_id: str) -> int:
    """Ask for an address and note how it ends; returns how many seconds to wait first, 0 when done.

    A second call asks again.
    """
    link = OutsideLink.objects.filter(pk=link_id).first()
    if link is None:
        end_delivery(delivery_id)
        return 0
    wait = seconds_to_wait("outside", urlsplit(link.address).hostname or "")
    if wait:
        return wait
    link.status, link.failure = asked(link.address)
    link.checked_at = timezone.now()
    with transaction.atomic():
        link.save(update_fields=["status", "failure", "checked_at"])
        end_delivery(delivery_id)
    return 0


def asked(address: str) -> tuple[int | None, str]:
    """Return the status of an address, or the name of why there is none."""
    try:
        return status_of(address), ""
    except AddressRefused:
        return None, OutsideLink.Failure.REFUSED
    except (OSError, UnicodeError):
        return None, OutsideLink.Failure.NO_ANSWER


def reached(run: CheckRun | None) -> Reached:
    """Return what is known of a run's links to other sites.

    A site that is busy, or that lets no machine in, may be there all the same: only what is said to
    be gone, and what no name or server answers for, is told to be broken.
    """
    if not settings.CHECK_OUTSIDE_LINKS or run is None:
        return Reached(on=settings.CHECK_OUTSIDE_LINKS)
    digests = [digest_of(one) for one in run.outside]
    known = OutsideLink.objects.filter(digest__in=digests, checked_at__isnull=False)
    rows = list(known.order_by("address"))
    broken = [one for one in rows if one.failure or one.status in GONE]
    return Reached(True, len(digests), len(rows), broken)
