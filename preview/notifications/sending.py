"""Sending mails: each claimed by one worker, put together anew, tried again with longer waits.

A worker that is killed after the mail went out and before that is stored hands it over again, under
the same Message-ID: better than never, and mail programs show it once.
"""

from __future__ import annotations

import logging
import smtplib
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from preview.errors import LetterRefused
from preview.mail.mailers import Address, mailer
from preview.notifications.gathering import gather
from preview.notifications.models import NotificationMail
from preview.notifications.writing import write

log = logging.getLogger(__name__)
# How long to wait after each failed try; after the last one the mail is given up: a day and a half.
WAITS = tuple(timedelta(seconds=one) for one in (60, 300, 1800, 7200, 18000, 36000, 72000))
CLAIM = timedelta(minutes=5)
BATCH = 200
FAULT = "A fault in this service."
# What is said of this mail. All other errors of a mail server are about the server itself.
REFUSALS = (
    LetterRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
)
PERMANENT = 500


def send_due(now: datetime | None = None) -> int:
    """Make the mails that are due, and try those whose wait is over; return how many were tried."""
    gather(now or timezone.now())
    due = NotificationMail.objects.filter(
        state=NotificationMail.State.WAITING, next_at__lte=timezone.now()
    )
    ids = list(due.order_by("next_at").values_list("id", flat=True)[:BATCH])
    return sum(send(one) for one in ids)


def send(mail_id: uuid.UUID) -> bool:
    """Try to send a mail; False for one that is over, not due, or being sent by another."""
    mail = claimed(mail_id)
    if mail is None:
        return False
    try:
        state, failure = tried(mail), ""
    except REFUSALS as error:
        failure = f"{type(error).__name__}: {error}"
        final = all(code >= PERMANENT for code in codes(error))
        state = NotificationMail.State.FAILED if final else NotificationMail.State.WAITING
    except OSError as error:
        state, failure = NotificationMail.State.WAITING, f"{type(error).__name__}: {error}"
    except Exception:
        log.exception("notifications.not_sent", extra={"mail": str(mail.id)})
        state, failure = NotificationMail.State.WAITING, FAULT
    end(mail, state, failure)
    return True


def codes(error: Exception) -> list[int]:
    """Return what a mail server answered, none where the way out is another one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def claimed(mail_id: uuid.UUID) -> NotificationMail | None:
    """Take a mail for one worker, by moving its next try away; None where another has it."""
    now = timezone.now()
    mine = NotificationMail.objects.filter(
        id=mail_id, state=NotificationMail.State.WAITING, next_at__lte=now
    ).update(next_at=now + CLAIM)
    return NotificationMail.objects.select_related("person").get(id=mail_id) if mine else None


def tried(mail: NotificationMail) -> NotificationMail.State:
    """Say what there is to say now, if there is anything."""
    text = write(mail)
    if text is None:
        return NotificationMail.State.EMPTY
    mailer(settings.MAILER).send(Address(mail.person.email, str(mail.id)), text)
    return NotificationMail.State.SENT


def end(mail: NotificationMail, state: NotificationMail.State, failure: str) -> None:
    """Store how a try ended: it is over, or waits for the next one."""
    now = timezone.now()
    if state == NotificationMail.State.WAITING:
        mail.tries += 1
        if mail.tries > len(WAITS):
            state = NotificationMail.State.FAILED
        else:
            mail.next_at = now + WAITS[mail.tries - 1]
    mail.state, mail.failure = state, failure[:255]
    mail.ended_at = None if state == NotificationMail.State.WAITING else now
    mail.save(update_fields=["state", "failure", "tries", "next_at", "ended_at"])
    if state == NotificationMail.State.FAILED:
        log.warning("notifications.given_up", extra={"mail": str(mail.id), "failure": mail.failure})
