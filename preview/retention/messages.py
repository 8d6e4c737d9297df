"""Which messages are kept no longer: e-mails, what people were told, webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Replace

from preview.mail.models import Letter
from preview.notifications.models import Notification, NotificationMail
from preview.retention.held import held_drafts, held_links, held_packs
from preview.review.fact_checks.models import Reply
from preview.webhooks.models import Message

Due = QuerySet[Any]


def letters(before: datetime) -> Due:
    """E-mails that were sent, or could not be, with the addresses they went to."""
    ended = Letter.objects.exclude(state=Letter.State.WAITING).filter(created_at__lt=before)
    key = Replace(Cast("pk", CharField()), Value("-"), Value(""))
    held = held_links().annotate(key=key).values("key")
    about = Replace(Replace(F("reference"), Value("link:"), Value("")), Value("-"), Value(""))
    return ended.annotate(about=about).exclude(reference__startswith="link:", about__in=held)


def replies(before: datetime) -> Due:
    """E-mails that came in and belong to no fact check."""
    return Reply.objects.filter(fact_check=None, received_at__lt=before)


def webhook_messages(before: datetime) -> Due:
    """Messages to apps that were delivered, or given up, with every try."""
    old = Message.objects.exclude(state=Message.State.WAITING).filter(created_at__lt=before)
    return old.exclude(pk__in=Message.objects.filter(about_what_is_held()).values("pk"))


def notifications(before: datetime) -> Due:
    """Return what people were to be told of drafts and packs."""
    old = Notification.objects.filter(created_at__lt=before)
    return old.exclude(pk__in=Notification.objects.filter(about_what_is_held()).values("pk"))


def notification_mails(before: datetime) -> Due:
    """E-mails that told it, once nothing of what they told is kept."""
    return NotificationMail.objects.filter(notifications=None, created_at__lt=before)


def about_what_is_held() -> Q:
    """Return the condition for rows about a draft or a pack that is held."""
    return Q(draft__in=held_drafts().values("pk")) | Q(pack__in=held_packs().values("pk"))
