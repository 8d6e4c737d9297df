"""Raising alerts and writing the weekly digest, each once: by e-mail and as an outbox event."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from preview.accounts.models import Person
from preview.mail.actions import write_letter
from preview.outbox.actions import record_event
from preview.usage.alerts.digest import facts
from preview.usage.alerts.rules import RULES, Sign
from preview.usage.features import LONDON
from preview.usage.metrics.weeks import monday
from preview.usage.models import UsageSource
from preview.usage.programme.acting import UsageAlert, UsageDigest
from preview.usage.programme.standings import today_in_london

AGAIN_AFTER = timedelta(hours=24)
DIGEST_HOUR = time(8)


def recipients() -> list[str]:
    """Return who is told: those of `USAGE_EMAILS`, else everybody who manages usage."""
    if settings.USAGE_EMAILS:
        return list(settings.USAGE_EMAILS)
    active = Person.objects.active().order_by("uid")
    return [one.email for one in active if "manage_usage" in one.permissions]


def watch(today: date | None = None) -> list[UsageAlert]:
    """Look at today's figures; return the alerts that were raised."""
    day = today or today_in_london()
    signs = [(name, sign) for name, rule in RULES.items() for sign in rule(day)]
    return [alert for name, sign in signs if (alert := raise_alert(name, sign))]


@transaction.atomic
def raise_alert(rule: str, sign: Sign) -> UsageAlert | None:
    """Raise an alert; None where the same was raised within a day."""
    since = timezone.now() - AGAIN_AFTER
    same = UsageAlert.objects.filter(rule=rule, subject=sign.subject[:160], raised_at__gt=since)
    if same.exists():
        return None
    alert = UsageAlert.objects.create(
        rule=rule, subject=sign.subject[:160], sentence=sign.sentence[:400]
    )
    record_event("usage.alert_raised", alert_id=alert.pk, rule=rule, sentence=alert.sentence)
    for email in recipients():
        write_letter(
            to=email,
            template="usage_alert",
            reference=f"usage_alert:{alert.pk}",
            sentence=alert.sentence,
            address=f"{settings.SERVICE_ORIGIN}/usage",
        )
    return alert


def tell_of_wrong_key(*, named: str, revoked: str = "") -> UsageAlert | None:
    """Tell of a sender whose key is not accepted: what it sends now is lost.

    `named` is the source that it says it is, `revoked` the one whose key it was. A name that is no
    source's is not repeated, so that a stranger can raise one alert a day and put no words in it.
    """
    slug = revoked or UsageSource.objects.filter(slug=named).values_list("slug", flat=True).first()
    sender = f"The sender of {slug}" if slug else "A sender that names no known source"
    wrong = "a revoked key" if revoked else "a wrong key"
    sentence = f"{sender} uses {wrong}: what it sends is lost. Give it a new one."
    return raise_alert("wrong_key", Sign(slug or "unknown", sentence))


@transaction.atomic
def send_digest(now: datetime | None = None) -> UsageDigest | None:
    """Write the digest of the week from Monday 8am on, once; None where there is nothing to do."""
    local = (now or timezone.now()).astimezone(LONDON)
    week = monday(local.date())
    if local.date() == week and local.time() < DIGEST_HOUR:
        return None
    made, new = UsageDigest.objects.get_or_create(week=week)
    if not new:
        return None
    people = recipients()
    told = facts(local.date())
    for email in people:
        write_letter(to=email, template="usage_digest", reference=f"usage_digest:{week}", **told)
    made.recipients = len(people)
    made.save()
    return made
