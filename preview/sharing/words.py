"""How letters say when: in London, as GOV.UK writes times."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

LONDON = ZoneInfo("Europe/London")


def clock(when: datetime) -> str:
    """Return a time such as 3:05pm on Wednesday 4 March 2026."""
    local = when.astimezone(LONDON)
    hour = format_datetime(local, "h:mma", locale="en_GB").lower().replace(" ", "")
    return f"{hour} on {format_datetime(local, 'EEEE d MMMM yyyy', locale='en_GB')}"
