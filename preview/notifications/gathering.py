"""Making mails of what waits to be told: one a draft at once, one a day for the rest."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from preview.notifications.models import Notification, NotificationMail, When
from preview.review.fact_checks.working_days import is_working_day

LONDON = ZoneInfo("Europe/London")
DIGEST_AT = time(8)
BATCH = 500


def gather(now: datetime) -> list[NotificationMail]:
    """Make the mails that are due; return them. Two at once make each mail once."""
    return [*at_once(now), *digests(now)]


def at_once(now: datetime) -> list[NotificationMail]:
    """Make a mail for each person and draft, or pack, of which something is due.

    The first thing waits a while (`NOTIFICATION_WAIT`) and takes along what came since.
    """
    waiting = Notification.objects.filter(mail=None, when=When.AT_ONCE)
    due = waiting.filter(due_at__lte=now).order_by("person", "draft", "pack")
    subjects = due.values_list("person", "draft", "pack").distinct()[:BATCH]
    made = []
    for person, draft, pack in subjects:
        rows = list(waiting.filter(person=person, draft=draft, pack=pack).values_list("pk"))
        ids = sorted(pk for (pk,) in rows)
        if ids and (mail := bundle(person, ids, f"at-once:{ids[0]}", When.AT_ONCE)):
            made.append(mail)
    return made


def digests(now: datetime) -> list[NotificationMail]:
    """Make the day's digests, from 8am on working days: of what was noted before that."""
    today = now.astimezone(LONDON).date()
    since = datetime.combine(today, DIGEST_AT, LONDON)
    if now < since or not is_working_day(today):
        return []
    waiting = Notification.objects.filter(mail=None, when=When.DAILY, created_at__lt=since)
    people = waiting.order_by("person").values_list("person", flat=True).distinct()[:BATCH]
    made = []
    for person in people:
        ids = list(waiting.filter(person=person).values_list("pk", flat=True))
        if mail := bundle(person, ids, f"daily:{today}:{person}", When.DAILY):
            made.append(mail)
    return made


@transaction.atomic
def bundle(person: int, ids: list[int], key: str, when: When) -> NotificationMail | None:
    """Make one mail of notifications; None where somebody else made it."""
    mail, new = NotificationMail.objects.get_or_create(
        key=key, defaults={"person_id": person, "when": when}
    )
    if not new:
        return None
    Notification.objects.filter(pk__in=ids, mail=None).update(mail=mail)
    return mail
