"""The forms of the pages; each error is a sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from preview.access import Role
from preview.drafts.models import Version
from preview.sharing.models import ShareLink
from preview.sharing.wanted import Wanted

LONDON = ZoneInfo("Europe/London")
PRESETS = {"2": "2 days", "7": "1 week", "14": "2 weeks", "date": "On a date"}
KINDS: dict[str, str] = {
    ShareLink.Kind.NAMED: "Named people, with a code by email",
    ShareLink.Kind.PASSPHRASE: "People who know a passphrase",
    ShareLink.Kind.ANYONE: "Anyone with the link",
}
ROLES: dict[str, str] = {
    Role.VIEW: "Look only",
    Role.COMMENT: "Look and comment",
    Role.SIGN_OFF: "Look, comment and sign off",
}
SEPARATORS = re.compile(r"[\s,;]+")


def choice(choices: Mapping[str, str], sentence: str, initial: str) -> forms.ChoiceField:
    """Return a field with one sentence for everything that can be wrong with it."""
    return forms.ChoiceField(
        choices=list(choices.items()),
        initial=initial,
        error_messages={"required": sentence, "invalid_choice": sentence},
    )


def text(most: int, name: str) -> forms.CharField:
    """Return an optional field for a text of at most `most` characters."""
    sentence = f"{name} must be {most} characters or fewer"
    return forms.CharField(required=False, max_length=most, error_messages={"max_length": sentence})


class ShareLinkForm(forms.Form):
    """What somebody wants of a new share link."""

    kind = choice(KINDS, "Select who the link is for", ShareLink.Kind.NAMED)
    recipients = forms.CharField(required=False)
    passphrase = forms.CharField(required=False, max_length=200)
    role = choice(ROLES, "Select what people can do", Role.VIEW)
    label = text(120, "Label")
    purpose = text(300, "What you ask people to do")
    reason = text(300, "Reason")
    lasts = choice(PRESETS, "Select when the link should end", "7")
    day = forms.DateField(
        required=False,
        error_messages={"invalid": "The end must be a real date, such as 27 3 2026"},
    )
    opens = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        error_messages={"invalid": "The opening must be a real time, such as 2026-03-27T09:30"},
    )
    most_people = forms.IntegerField(
        required=False, error_messages={"invalid": "The most people must be a whole number"}
    )
    pin = forms.BooleanField(required=False)

    def __init__(self, data: dict[str, str] | None = None) -> None:
        data = dict(data or {})
        for name in ("kind", "role"):
            data.setdefault(name, str(self.base_fields[name].initial))
        parts = [data.get(f"day-{part}", "").strip() for part in ("year", "month", "day")]
        if any(parts):
            data["day"] = "-".join(parts)
        super().__init__(data)

    def clean(self) -> dict[str, object]:
        """Work out the exact end: the last minute in London of a chosen day."""
        values = super().clean() or {}
        if values.get("lasts") == "date":
            day = values.get("day")
            if day is None and "day" not in self.errors:
                self.add_error("day", "Enter the date on which the link should end")
            if day is not None:
                values["expires_at"] = datetime.combine(day, time(23, 59), LONDON)
        elif values.get("lasts"):
            values["expires_at"] = timezone.now() + timedelta(days=int(values["lasts"]))
        return values

    def wanted(self, versions: tuple[Version, ...]) -> Wanted:
        """Return the wish; `versions` are what a pinned link shows."""
        values = self.cleaned_data
        return Wanted(
            expires_at=values["expires_at"],
            kind=values["kind"],
            role=values["role"],
            label=values["label"],
            purpose=values["purpose"],
            reason=values["reason"],
            opens_at=values["opens"],
            pinned_versions=versions if values["pin"] else (),
            most_people=values["most_people"],
            passphrase=values["passphrase"],
            recipients=tuple(filter(None, SEPARATORS.split(values["recipients"]))),
        )

    def refuse(self, field: str, sentence: str) -> None:
        """Show what a rule of sharing says at the field that it is about."""
        places = {"expires_at": "lasts", "opens_at": "opens", "pinned_version": "pin"}
        name = places.get(field, field)
        self.add_error(name if name in self.fields else "lasts", sentence)
