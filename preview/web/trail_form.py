"""The filters of the audit trail."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms

from preview.audit.queries import Part

LONDON = ZoneInfo("Europe/London")
LONGEST = 120


def text(name: str) -> forms.CharField:
    """Return an optional field for an exact value of the trail."""
    sentence = f"{name} must be {LONGEST} characters or fewer"
    return forms.CharField(
        required=False, max_length=LONGEST, error_messages={"max_length": sentence}
    )


def day(name: str) -> forms.DateField:
    """Return an optional field for a day."""
    sentence = f"{name} must be a real date, such as 2026-03-27"
    return forms.DateField(required=False, error_messages={"invalid": sentence})


class TrailForm(forms.Form):
    """Which part of the trail to show; days are those of London, both included."""

    action = text("What was done")
    actor = text("Who")
    subject = text("What it was done to")
    pack = forms.UUIDField(
        required=False, error_messages={"invalid": "Enter the id of a pack, as in its address"}
    )
    since = day("From")
    until = day("To")

    def part(self) -> Part | None:
        """Return the part; None where a filter can't be used."""
        if not self.is_valid():
            return None
        values = self.cleaned_data
        since, until = values["since"], values["until"]
        return Part(
            action=values["action"],
            actor=values["actor"],
            subject=values["subject"],
            pack=values["pack"],
            since=datetime.combine(since, time.min, LONDON) if since else None,
            until=datetime.combine(until + timedelta(days=1), time.min, LONDON) if until else None,
        )
