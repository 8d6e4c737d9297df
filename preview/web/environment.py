"""The Jinja environment of the service's own pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

LONDON = ZoneInfo("Europe/London")


def environment(**options: Any) -> Environment:
    """Return the environment; autoescaping is on, and an unknown variable is an error."""
    options["undefined"] = StrictUndefined
    options["autoescape"] = True
    options["loader"] = ChoiceLoader(
        [
            FileSystemLoader(settings.BASE_DIR / "templates"),
            PackageLoader("govuk_frontend_jinja", "templates"),
        ]
    )
    env = Environment(**options)  # noqa: S701 (autoescape is set above)
    env.globals.update(static=static, url=reverse, branding=settings.BRANDING)
    env.filters["moment"] = moment
    return env


def moment(when: datetime) -> str:
    """Return a time as GOV.UK writes it: 3:05pm on 4 March 2026, in London."""
    local = when.astimezone(LONDON)
    clock = format_datetime(local, "h:mma", locale="en_GB").lower().replace(" ", "")
    return f"{clock} on {format_datetime(local, 'd MMMM yyyy', locale='en_GB')}"
