"""People with drafts, and a worker that notes and sends what they are told."""

from __future__ import annotations

import email
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from preview.accounts.mock import example_people
from preview.accounts.models import Person
from preview.drafts.models import Draft, Version
from preview.notifications.models import Notification
from preview.notifications.noting import note
from preview.notifications.sending import send_due
from preview.outbox.models import Delivery
from preview.review.comments.actions import Said, begin_thread
from preview.review.comments.models import Thread
from preview.review.reviewers import Reviewer
from tests.preview.review.conftest import FAY, Desk, desk, saved

__all__ = ["desk", "saved"]


class Post:
    """What a worker does with events and the clock, and the mails that come of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def note(self) -> int:
        """Note every event that nobody was told of yet; return how much is new."""
        waiting = Delivery.objects.filter(task="notifications.note", done_at=None)
        rows = list(waiting.order_by("recorded_at"))
        return sum(note(delivery_id=str(one.id), **one.payload) for one in rows)

    def send(self, now: datetime | None = None) -> int:
        """Make and send what is due."""
        return send_due(now)

    def told(self, name: str = "") -> dict[str, set[str]]:
        """Return who is to be told, by kind."""
        found: dict[str, set[str]] = {}
        for one in Notification.objects.select_related("person"):
            found.setdefault(one.kind, set()).add(one.person.uid)
        return found

    def mails(self, to: str = "") -> list[EmailMessage]:
        """Return the mails that went out, oldest first."""
        files = sorted(self.folder.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns)
        read = [email.message_from_bytes(one.read_bytes(), policy=default) for one in files]
        return [one for one in read if to in str(one["To"])]


def words_of(message: EmailMessage, kind: str = "plain") -> str:
    """Return the text of a mail, or its HTML."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def person(uid: str = "mock-editor") -> Person:
    """Return an example person."""
    return Person.objects.get(uid=uid)


def write_by(draft: Draft, uid: str = "mock-editor") -> None:
    """Let somebody have saved the draft's versions."""
    Version.objects.filter(draft=draft).update(submitted_by=uid)


def comment(desk: Desk, who: Reviewer = FAY, words: str = "Is the fee right?") -> Thread:
    """Let somebody comment."""
    return begin_thread(place=desk.place("£25"), reviewer=who, said=Said(words))


def later(**delta: float) -> datetime:
    """Return a time to come."""
    return timezone.now() + timedelta(**delta)


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    example_people()


@pytest.fixture
def post(settings: Any, tmp_path: Path) -> Post:
    settings.MAILER = "preview.mail.mailers.FolderMailer"
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.NOTIFICATION_WAIT = 0
    return Post(tmp_path / "mail")


@pytest.fixture
def edith(saved: Desk) -> Desk:
    """A draft of Edith's that can be looked at."""
    write_by(saved.draft)
    return saved
