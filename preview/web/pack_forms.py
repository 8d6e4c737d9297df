"""The form of a pack; each error is a sentence that says what to do."""

from __future__ import annotations

from datetime import datetime, time

from django import forms

from preview.packs.actions import LONGEST_DESCRIPTION, LONGEST_NAME
from preview.packs.models import Pack
from preview.web.forms import LONDON, text


class PackForm(forms.Form):
    """Name, description, and the time that a pack is shown at."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter a name for the pack",
            "max_length": f"Name must be {LONGEST_NAME} characters or fewer",
        },
    )
    description = text(LONGEST_DESCRIPTION, "Description")
    day = forms.DateField(
        required=False,
        error_messages={"invalid": "The date must be a real date, such as 27 3 2027"},
    )
    time = forms.TimeField(
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": "The time must be like 09:30 or 14:00"},
    )

    def __init__(self, data: dict[str, str]) -> None:
        data = dict(data)
        parts = [data.get(f"day-{part}", "").strip() for part in ("year", "month", "day")]
        if any(parts):
            data["day"] = "-".join(parts)
        super().__init__(data)

    def clean(self) -> dict[str, object]:
        """Work out the time; a date alone means its first minute in London."""
        values = super().clean() or {}
        day, at = values.get("day"), values.get("time")
        if at is not None and day is None and "day" not in self.errors:
            self.add_error("day", "Enter the date as well as the time")
        values["as_of"] = datetime.combine(day, at or time.min, LONDON) if day else None
        return values

    def refuse(self, field: str, sentence: str) -> None:
        """Show why an action refused a value, beside its field."""
        self.add_error(field if field in self.fields else "day", sentence)


def filled(pack: Pack) -> dict[str, str]:
    """Return what the form shows of a pack before anything is sent."""
    values = {"name": pack.name, "description": pack.description}
    if pack.as_of:
        local = pack.as_of.astimezone(LONDON)
        values |= {"day-day": str(local.day), "day-month": str(local.month)}
        values |= {"day-year": str(local.year), "time": f"{local:%H:%M}"}
    return values
