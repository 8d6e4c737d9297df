"""Noting what people are to be told: when it happens, or when its time has come."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from preview.accounts.models import Person
from preview.notifications import kinds  # noqa: F401 (its modules register themselves)
from preview.notifications.models import Notification, NotificationChoice, When
from preview.notifications.people import email_of, uids_in
from preview.notifications.registry import KINDS, WATCHES, Told, told_of
from preview.outbox.actions import end_delivery
from preview.outbox.models import Delivery


@transaction.atomic
def note(*, delivery_id: str, **payload: Any) -> int:
    """Note what is to be told of an event; return how much is new. A second call notes nothing."""
    delivery = Delivery.objects.filter(id=uuid.UUID(delivery_id)).first()
    count = 0
    if delivery is not None:
        try:
            count = sum(tell(told) for told in told_of(delivery.topic, payload))
        except ObjectDoesNotExist:
            count = 0  # what it was about is gone, so nobody needs to know
    end_delivery(delivery_id)
    return count


def watch(now: datetime | None = None) -> int:
    """Note what only the clock brings; return how much is new."""
    moment = now or timezone.now()
    return sum(tell(told) for one in WATCHES for told in one(moment))


@transaction.atomic
def tell(told: Told) -> int:
    """Note it for those who want to know; return for how many. Never for who did it."""
    people = recipients(told)
    kind, now = KINDS[told.kind], timezone.now()
    chosen = choices(people, told.kind)
    wait = timedelta(seconds=0 if kind.urgent else settings.NOTIFICATION_WAIT)
    rows = [
        Notification(
            person=one,
            kind=told.kind,
            source=told.source,
            draft_id=told.draft_id,
            pack_id=told.pack_id,
            facts=told.facts,
            when=when,
            created_at=now,
            due_at=now + wait,
        )
        for one in people
        if (when := chosen.get(one.pk, kind.default)) != When.OFF
    ]
    noted = Notification.objects.filter(kind=told.kind, source=told.source)
    before = noted.count()
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    return noted.count() - before


def recipients(told: Told) -> list[Person]:
    """Return the people who are told: those with an account that works, but for who did it."""
    uids = set(told.people) - uids_in(told.by)
    email = email_of(told.by)
    found = Person.objects.active().filter(uid__in=uids).exclude(email="")
    return [one for one in found.order_by("pk") if one.email.lower() != email]


def choices(people: Iterable[Person], kind: str) -> dict[int, str]:
    """Return when these people want to hear of a kind, where they chose."""
    rows = NotificationChoice.objects.filter(person__in=people, kind=kind)
    return dict(rows.values_list("person_id", "when"))
