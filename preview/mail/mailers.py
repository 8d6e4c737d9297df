"""The ways out for letters; the setting `MAILER` names one of these classes by its path."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.module_loading import import_string
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from preview.errors import LetterRefused
from preview.mail.templates import Text

TOO_MANY_REQUESTS = 429


@dataclass(frozen=True)
class Address:
    """To whom a letter goes, and the id by which replies and bounces name it."""

    to: str
    letter_id: str


class Mailer(Protocol):
    """Sends one letter.

    Raises `LetterRefused` where trying again can't help, and `OSError` where it can.
    """

    def send(self, address: Address, text: Text) -> None:
        """Send."""


class FolderMailer:
    """Writes each letter to a file of `MAIL_FOLDER`, for machines without a mail server."""

    def send(self, address: Address, text: Text) -> None:
        """Write `<letter id>.eml`; sending the same letter again replaces it."""
        message = EmailMessage()
        message["To"], message["From"] = address.to, settings.MAIL_FROM
        message["Subject"] = text.subject
        for name, value in headers_of(address, text).items():
            message[name] = value
        message.set_content(text.body)
        if text.html:
            message.add_alternative(text.html, subtype="html")
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{address.letter_id}.eml").write_bytes(bytes(message))


class SmtpMailer:
    """Sends by the SMTP server of `EMAIL_URL`."""

    def send(self, address: Address, text: Text) -> None:
        """Send by Django's own back end."""
        message = EmailMultiAlternatives(
            text.subject,
            text.body,
            settings.MAIL_FROM,
            [address.to],
            headers={**headers_of(address, text), "Auto-Submitted": "auto-generated"},
            connection=get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=20),
        )
        if text.html:
            message.attach_alternative(text.html, "text/html")
        message.send()


class NotifyMailer:
    """Sends by GOV.UK Notify, with one template of `((subject))` and `((body))`.

    Source: https://docs.notifications.service.gov.uk/python.html.
    """

    def send(self, address: Address, text: Text) -> None:
        """Send; Notify's answers of the 400s are final, but for “too many requests”."""
        client = NotificationsAPIClient(
            settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=20
        )
        try:
            client.send_email_notification(
                email_address=address.to,
                template_id=settings.NOTIFY_TEMPLATE_ID,
                personalisation={"subject": text.subject, "body": text.body},
                reference=address.letter_id,
                one_click_unsubscribe_url=text.unsubscribe or None,
            )
        except HTTPError as error:
            sentence = f"GOV.UK Notify answered {error.status_code}."
            if 400 <= error.status_code < 500 and error.status_code != TOO_MANY_REQUESTS:
                raise LetterRefused(sentence) from error
            raise OSError(sentence) from error


def message_id(address: Address) -> str:
    """Return the Message-ID, by which a reply names the letter that it answers."""
    return f"<{address.letter_id}@{settings.SERVICE_HOST}>"


def headers_of(address: Address, text: Text) -> dict[str, str]:
    """Return the headers that name a letter, and say how to stop such letters.

    Source: RFC 8058 (one-click unsubscribing).
    """
    headers = {"Message-ID": message_id(address)}
    if text.unsubscribe:
        headers["List-Unsubscribe"] = f"<{text.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


@cache
def mailer(path: str) -> Mailer:
    """Return the mailer that the setting names."""
    made: Mailer = import_string(path)()
    return made
