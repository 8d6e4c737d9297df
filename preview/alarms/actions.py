"""Looking for what stands out in the trail, and raising an alarm about it once."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from preview.accounts.models import Person
from preview.alarms.models import Alarm
from preview.alarms.rules import RULES, Sign
from preview.audit.actions import record_entry
from preview.audit.models import Entry
from preview.mail.actions import write_letter
from preview.outbox.actions import record_event

LOOKS_BACK = timedelta(minutes=10)
AGAIN_AFTER = timedelta(hours=6)


def watch() -> list[Alarm]:
    """Look at the last minutes of the trail; returns the alarms that were raised."""
    recent = Entry.objects.filter(at__gt=timezone.now() - LOOKS_BACK)
    signs = [(name, sign) for name, rule in RULES.items() for sign in rule(recent)]
    return [alarm for name, sign in signs if (alarm := raise_alarm(name, sign))]


@transaction.atomic
def raise_alarm(rule: str, sign: Sign) -> Alarm | None:
    """Raise an alarm; None where the same was raised within the last six hours."""
    since = timezone.now() - AGAIN_AFTER
    if Alarm.objects.filter(rule=rule, subject=sign.subject, raised_at__gt=since).exists():
        return None
    alarm = Alarm.objects.create(rule=rule, subject=sign.subject, pack=sign.pack, count=sign.count)
    record_entry(
        action="alarm.raise",
        actor="service:alarms",
        subject=sign.subject,
        pack=sign.pack,
        rule=rule,
    )
    record_event(
        "alarm.raised", alarm_id=str(alarm.id), rule=rule, subject=sign.subject, count=sign.count
    )
    for email in recipients():
        write_letter(
            to=email,
            template="alarm",
            reference=f"alarm:{alarm.id}",
            sentence=sign.sentence,
            subject=sign.subject,
            address=trail_address(sign),
        )
    return alarm


def recipients() -> list[str]:
    """Return who is told: those of `ALARM_EMAILS`, else everybody who is an admin or auditor."""
    if settings.ALARM_EMAILS:
        return list(settings.ALARM_EMAILS)
    active = Person.objects.active().order_by("uid")
    return [one.email for one in active if {"admin", "audit"} & set(one.permissions)]


def trail_address(sign: Sign) -> str:
    """Return where the trail shows what the alarm is about."""
    name, value = ("pack", sign.pack) if sign.pack else ("actor", sign.subject)
    return f"{settings.SERVICE_ORIGIN}/audit?{name}={value}"
