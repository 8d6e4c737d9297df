"""Forgetting what the programme knows of people, after as long as sessions are kept."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from preview.usage.programme.acting import UsageAlert, UsageNudge
from preview.usage.programme.figures import UsagePreview
from preview.usage.programme.models import UsageAnswer


def forget() -> None:
    """Delete old preview sessions, nudges and alerts; answers stay, without their person."""
    before = timezone.now() - timedelta(days=settings.USAGE_SESSION_DAYS)
    UsagePreview.objects.filter(started_at__lt=before).delete()
    UsageNudge.objects.filter(at__lt=before).delete()
    UsageAlert.objects.filter(raised_at__lt=before).delete()
    UsageAnswer.objects.filter(at__lt=before).exclude(person="", text="").update(person="", text="")
