"""The forms of usage; each error is a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from preview.errors import InvalidInput
from preview.web.forms import LONDON

TIME_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


def a_day(name: str, *, required: bool = True) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        required=required,
        error_messages={
            "required": f"Enter {name}",
            "invalid": f"{name.capitalize()} must be a real date, such as 2026-03-27",
        },
    )


def words(name: str, most: int, *, required: bool = True) -> forms.CharField:
    """Return a field for a text; characters that no text has are taken out."""
    return forms.CharField(
        required=required,
        max_length=most,
        error_messages={
            "required": f"Enter {name}",
            "max_length": f"{name.capitalize()} must be {most} characters or fewer",
            "null_characters_not_allowed": f"Enter {name} without control characters",
        },
    )


def split(text: str) -> list[str]:
    """Return names that are written with commas or spaces between."""
    return text.replace(",", " ").split()


class Moment(forms.CharField):
    """A time in London, as a browser's field for it sends it."""

    def clean(self, value: Any) -> datetime:
        """Return the time."""
        text = super().clean(value)
        for pattern in TIME_FORMATS:
            try:
                return datetime.strptime(text, pattern).replace(tzinfo=LONDON)
            except ValueError:
                continue
        raise forms.ValidationError("Enter a real time, such as 2026-03-27T09:30")


class OrganisationForm(forms.Form):
    """What is known of an organisation."""

    stage = forms.CharField(max_length=16)
    parent = forms.CharField(max_length=120, required=False)
    contact = words("the contact", 200, required=False)
    next_action = words("the next action", 300, required=False)
    due = a_day("when it is due", required=False)
    note = words("the note", 2000, required=False)
    exempt_until = a_day("the last day of the exemption", required=False)
    accounts_closed_at = a_day("when its accounts were removed", required=False)


class ContactForm(forms.Form):
    """An entry of the contact log."""

    at = a_day("the day")
    channel = forms.CharField(max_length=16)
    text = words("what was talked about", 2000)


class ReasonForm(forms.Form):
    """Why an organisation still uses integration, entered for it."""

    reason = words("the reason", 40)
    kind = words("the kind", 80, required=False)
    text = words("more about it", 200, required=False)


class TargetForm(forms.Form):
    """A target of a metric."""

    metric = words("the metric", 40)
    value = forms.FloatField(
        error_messages={"required": "Enter a value", "invalid": "The value must be a number"}
    )
    due = a_day("when it should be reached")
    owner = words("the owner", 120, required=False)


class AnnotationForm(forms.Form):
    """Something that happened."""

    day = a_day("the day")
    until = a_day("the last day", required=False)
    kind = words("the kind", 16)
    text = words("what happened", 300)


class BlockerForm(forms.Form):
    """Something that must be built or agreed."""

    title = words("what must be built or agreed", 160)
    reason = words("the reason", 40)
    kinds = forms.CharField(required=False, max_length=500)
    owner = words("the owner", 120, required=False)
    expected = a_day("the expected day", required=False)
    resolved_at = a_day("the day it was resolved", required=False)

    def clean_kinds(self) -> list[str]:
        """Return the kinds, written with commas or spaces between."""
        return split(self.cleaned_data["kinds"])


class CapabilityForm(forms.Form):
    """Since when production previews a kind."""

    kind = words("the kind", 80)
    since = a_day("the first day", required=False)
    note = words("the note", 300, required=False)


class WaveForm(forms.Form):
    """Organisations that move at the same time."""

    name = words("a name", 80)
    starts = a_day("the first day")
    ends = a_day("the last day")


class CampaignForm(forms.Form):
    """A campaign of nudges."""

    name = forms.SlugField(
        max_length=40,
        error_messages={
            "required": "Enter a short name",
            "invalid": "The short name has letters, digits and - only",
            "max_length": "The short name must be 40 characters or fewer",
        },
    )
    title = words("a title", 120)
    variants = forms.CharField(required=False, max_length=300)
    starts = a_day("the first day")
    ends = a_day("the last day")

    def clean_variants(self) -> list[str]:
        """Return the names of the variants."""
        return [one[:40] for one in split(self.cleaned_data["variants"])]


class BrownoutForm(forms.Form):
    """A brownout."""

    app = words("the application", 80)
    starts_at = Moment(error_messages={"required": "Enter when it starts"})
    ends_at = Moment(error_messages={"required": "Enter when it ends"})
    exempt = forms.CharField(required=False, max_length=500)
    note = words("the note", 300, required=False)

    def clean_exempt(self) -> list[str]:
        """Return who is let through."""
        return split(self.cleaned_data["exempt"])


class TrainingForm(forms.Form):
    """A training window."""

    organisation = forms.CharField(required=False, max_length=120)
    apps = forms.CharField(required=False, max_length=300)
    starts_at = Moment(error_messages={"required": "Enter when it starts"})
    ends_at = Moment(error_messages={"required": "Enter when it ends"})
    trainer = words("the trainer", 120, required=False)
    note = words("the note", 500, required=False)

    def clean_apps(self) -> list[str]:
        """Return the applications."""
        return split(self.cleaned_data["apps"])


def sent(
    request: HttpRequest, form: forms.Form, action: Callable[..., Any], **values: Any
) -> list[str]:
    """Run an action with what a form holds; return the sentences of what is wrong, if anything."""
    form.data = request.POST
    form.is_bound = True
    if not form.is_valid():
        return [str(error) for errors in form.errors.values() for error in errors]
    try:
        action(**form.cleaned_data, **values)
    except InvalidInput as error:
        return [str(error)]
    return []
