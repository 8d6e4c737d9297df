"""What can be done with letters: write one, send it."""

from __future__ import annotations

import smtplib
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from preview.errors import InvalidInput, LetterRefused
from preview.mail import sealing
from preview.mail.mailers import Address, mailer
from preview.mail.models import Letter
from preview.mail.templates import text_of
from preview.outbox.actions import end_delivery, record_event


@transaction.atomic
def write_letter(*, to: str, template: str, reference: str = "", **values: Any) -> Letter:
    """Write a letter in the caller's transaction; it is sent after the commit.

    Raises:
        InvalidInput: `to` is not an e-mail address.

    """
    letter = Letter.objects.create(
        to=checked_address(to), template=template, sealed=sealing.seal(values), reference=reference
    )
    record_event("letter.written", letter_id=str(letter.id))
    return letter


def checked_address(to: str) -> str:
    """Return an e-mail address without white space around it.

    Raises:
        InvalidInput: it is none.

    """
    text = to.strip()
    try:
        validate_email(text)
    except ValidationError as error:
        sentence = "Enter an email address in the correct format, like name@example.com."
        raise InvalidInput(sentence) from error
    return text


def send_letter(*, letter_id: uuid.UUID, delivery_id: str) -> Letter | None:
    """Send a letter that waits; None for one that has ended. A second call after the end is none.

    A worker that is killed between sending and the end sends it twice: better than never.
    """
    letter = Letter.objects.filter(id=letter_id, state=Letter.State.WAITING).first()
    if letter is None:
        end_delivery(delivery_id)
        return None
    text = text_of(letter.template, sealing.unseal(bytes(letter.sealed)))
    try:
        mailer(settings.MAILER).send(Address(letter.to, str(letter.id)), text)
    except (LetterRefused, smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
        return ended(letter, delivery_id, failure=f"{type(error).__name__}: {error}"[:255])
    return ended(letter, delivery_id)


@transaction.atomic
def ended(letter: Letter, delivery_id: str, failure: str = "") -> Letter:
    """Store the end of a letter, and forget what it said."""
    letter.state = Letter.State.FAILED if failure else Letter.State.SENT
    letter.failure, letter.sealed, letter.ended_at = failure, b"", timezone.now()
    letter.save(update_fields=["state", "failure", "sealed", "ended_at"])
    end_delivery(delivery_id)
    if failure:
        record_event("letter.failed", letter_id=str(letter.id))
    return letter
