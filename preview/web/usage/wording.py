"""Figures and names in words. What is not known is said to be not known."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from preview.usage.metrics.registry import METRICS

NO_DATA = "No data"
NOTHING = "\N{EN DASH}"
AUDIENCES = {
    "end_user": "A person whose organisation is known",
    "unknown_human": "A person whom nobody knows",
    "share_recipient": "Somebody with a share link",
    "training": "Training",
    "developer": "A developer",
    "bot": "A bot",
    "machine": "A machine",
    "e2e": "The test suite",
    "healthcheck": "A health check",
    "static": "A file of a page",
    "internal_hop": "An inner hop of a request that is counted at its edge",
}


def day(value: date | None) -> str:
    """Return 4 March 2026."""
    return format_date(value, "d MMMM yyyy", locale="en_GB") if value else "Not known"


def short_day(value: date) -> str:
    """Return 4 Mar."""
    return format_date(value, "d MMM", locale="en_GB")


def brief_day(value: date) -> str:
    """Return 4 Mar 2026."""
    return format_date(value, "d MMM yyyy", locale="en_GB")


def change(value: float | None) -> str:
    """Return a relative change in words: 20% less."""
    if value is None:
        return "not known"
    way = "less" if value < 0 else "more"
    return f"{abs(round(100 * value))}% {way}" if round(100 * value) else "no change"


def share(value: float | None) -> str:
    """Return a share of 1 in percent."""
    return "Not known" if value is None else f"{round(100 * value)}%"


def number(value: float | None) -> str:
    """Return a number with as few digits as say what it is."""
    if value is None:
        return "Not known"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def figure(metric: str, value: float | None) -> str:
    """Return a metric's value."""
    known = METRICS.get(metric)
    return share(value) if known and known.is_share else number(value)


def kind(name: str) -> str:
    """Return a kind of content in words."""
    return name.replace("_", " ").capitalize() if name else "Kind not known"


def plural(count: int, one: str, many: str = "") -> str:
    """Return the count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def audience(name: str) -> str:
    """Return whose requests a class is."""
    return AUDIENCES.get(name, name.replace("_", " ").capitalize())
