"""The Jinja environment of the service's own pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing

from preview.web.navigation import navigation

LONDON = ZoneInfo("Europe/London")
SITE = " - GOV.UK"


class Careful(StrictUndefined):
    """An unknown variable is an error; a dictionary without a key is not.

    The Design System's macros ask their parameters for every option that they know, and whether
    they were called with a block.
    """

    def __new__(
        cls,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> Any:
        """Return what stands for something undefined."""
        if isinstance(obj, dict) or name == "caller":
            return ChainableUndefined(hint, obj, name, exc)  # type: ignore[arg-type]  # as Jinja calls it
        return super().__new__(cls)


def environment(**options: Any) -> Environment:
    """Return the environment; autoescaping is on, and an unknown variable is an error."""
    options["undefined"] = Careful
    options["autoescape"] = True
    options["loader"] = ChoiceLoader(
        [
            FileSystemLoader(settings.BASE_DIR / "templates"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    env = Environment(**options)  # noqa: S701 (autoescape is set above)
    nothing = ChainableUndefined()
    env.globals.update(undefined=nothing, null=nothing)  # names that the Design System's macros use
    env.globals.update(static=static, url=reverse, branding=settings.BRANDING)
    env.globals["navigation"] = navigation
    env.filters["moment"] = moment
    env.filters["page_name"] = page_name
    env.filters["language"] = language
    return env


def moment(when: datetime) -> str:
    """Return a time as GOV.UK writes it: 3:05pm on 4 March 2026, in London."""
    local = when.astimezone(LONDON)
    clock = format_datetime(local, "h:mma", locale="en_GB").lower().replace(" ", "")
    return f"{clock} on {format_datetime(local, 'd MMMM yyyy', locale='en_GB')}"


def language(code: str) -> str:
    """Return what a language is called in English; a code that nobody knows stands as it is."""
    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
    except (ValueError, UnknownLocaleError):
        return code


def page_name(title: str) -> str:
    """Return what the title of a page says before the name of the site, which some say twice."""
    while title.endswith(SITE):
        title = title.removesuffix(SITE)
    return title
