"""Days and times as pages say them: in London, in the page's language.

Source: alphagov/frontend `app/helpers/`, `config/locales/`; words of Unicode CLDR.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date

LONDON = ZoneInfo("Europe/London")
OWN_NAMES = {"dr": "fa", "pa-pk": "pa_Arab_PK", "es-419": "es_419", "zh-hk": "zh_Hant_HK"}
OWN_NAMES |= {"zh-tw": "zh_Hant_TW", "no": "nb", "yi": "yi"}


@cache
def known(locale: str) -> Locale:
    """Return the language's data; English where there are none."""
    try:
        return Locale.parse(OWN_NAMES.get(locale, locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def day(when: datetime, locale: str = "en") -> str:
    """Return the day: 4 March 2026."""
    return format_date(when.astimezone(LONDON), "d MMMM yyyy", locale=known(locale))


def clock(when: datetime) -> str:
    """Return the time of day: 9:30am, 5pm, midday."""
    local = when.astimezone(LONDON)
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{hour}:{local.minute:02}{half}" if local.minute else f"{hour}{half}"


def opening(when: datetime) -> str:
    """Return when something opens; midnight is not said."""
    local = when.astimezone(LONDON)
    return day(when) if (local.hour, local.minute) == (0, 0) else f"{clock(when)} on {day(when)}"


def closing(when: datetime) -> str:
    """Return when something closes; midnight is the last minute of the day before."""
    local = when.astimezone(LONDON)
    if (local.hour, local.minute) == (0, 0):
        when -= timedelta(minutes=1)
    return f"{clock(when)} on {day(when)}"


def machine(when: datetime) -> str:
    """Return the time for machines, as London counts it."""
    return when.astimezone(LONDON).isoformat()
