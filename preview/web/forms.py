"""The forms of the pages; each error is a sentence that says what to do."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
PRESETS = {"2": "2 days", "7": "1 week", "14": "2 weeks", "date": "On a date"}


class ShareLinkForm(forms.Form):
    """Label, end and version of a new share link."""

    label = forms.CharField(
        required=False,
        max_length=120,
        error_messages={"max_length": "Label must be 120 characters or fewer"},
    )
    lasts = forms.ChoiceField(
        choices=list(PRESETS.items()),
        error_messages={
            "required": "Select when the link should end",
            "invalid_choice": "Select when the link should end",
        },
    )
    day = forms.DateField(
        required=False,
        error_messages={"invalid": "The end must be a real date, such as 27 3 2026"},
    )
    pin = forms.BooleanField(required=False)

    def __init__(self, data: dict[str, str] | None = None) -> None:
        data = dict(data or {})
        parts = [data.get(f"day-{part}", "").strip() for part in ("year", "month", "day")]
        if any(parts):
            data["day"] = "-".join(parts)
        super().__init__(data)

    def clean(self) -> dict[str, object]:
        """Work out the exact end: midnight in London at the end of a chosen day."""
        values = super().clean() or {}
        if values.get("lasts") == "date":
            day = values.get("day")
            if day is None and "day" not in self.errors:
                self.add_error("day", "Enter the date on which the link should end")
            if day is not None:
                last_minute = datetime.combine(day, time(23, 59), LONDON)
                values["expires_at"] = last_minute
        elif values.get("lasts"):
            values["expires_at"] = timezone.now() + timedelta(days=int(values["lasts"]))
        return values
