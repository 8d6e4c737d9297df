"""Rendering: an item, a path and what surrounds them, to a whole HTML page."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel.core import UnknownLocaleError
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from preview.pages import types
from preview.pages.item import ContentItem
from preview.pages.registry import REGISTRY, Crumb, PageType, View
from preview.pages.remarks import Remark, Remarks
from preview.pages.types.generic import Generic

log = logging.getLogger(__name__)
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LONDON = ZoneInfo("Europe/London")
RIGHT_TO_LEFT = frozenset({"ar", "dr", "fa", "he", "ku", "pa-pk", "ps", "ur", "yi"})
REGISTERED = types.__name__


@dataclass(frozen=True)
class Options:
    """What surrounds the item: the time, whose branding, where the site and its assets stand."""

    now: datetime
    branding: Literal["govuk", "generic"] = "generic"
    website_root: str = "https://www.gov.uk"
    assets_path: str = "/static"
    notice: str | None = None


@dataclass(frozen=True)
class Page:
    """A page: path, HTTP status that the live site would answer with, title, HTML, remarks."""

    path: str
    status: int
    title: str
    html: str
    remarks: tuple[Remark, ...]


@cache
def environment() -> Environment:
    """Return the templates' environment; templates are compiled once."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["date"] = date
    return env


def date(when: datetime, locale: str = "en") -> str:
    """Return the day in London, in the page's language: 4 March 2026."""
    day = when.astimezone(LONDON)
    try:
        return format_date(day, "d MMMM yyyy", locale=locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return format_date(day, "d MMMM yyyy", locale="en_GB")


def type_of(item: ContentItem) -> PageType:
    """Return the page type for the item's schema."""
    return REGISTRY.get(item.schema_name, Generic)(item)


def paths(raw: Mapping[str, Any]) -> list[str]:
    """Return the path of every page of an item, its own first."""
    return type_of(ContentItem(raw, Remarks())).paths()


def render(raw: Mapping[str, Any], path: str | None = None, *, options: Options) -> Page:
    """Return the page of an item at `path` (by default its own).

    Any JSON object gives a page: what can't be shown is left out and remarked, and a page type that
    fails gives the generic page.
    """
    item = ContentItem(raw, Remarks())
    where = item.base_path if path is None else path
    try:
        view = type_of(item).view(where)
        html = filled(item, view, where, options)
    except Exception:
        log.exception("pages.type_failed", extra={"schema_name": item.schema_name})
        view = Generic(item).view(where)
        html = filled(item, view, where, options)
    return Page(where, view.status, full_title(item, view), html, tuple(item.remarks.lines))


def full_title(item: ContentItem, view: View) -> str:
    """Return the text of `<title>`."""
    mark = "[Withdrawn] " if item.withdrawn else ""
    return f"{mark}{view.title} - GOV.UK"


def filled(item: ContentItem, view: View, path: str, options: Options) -> str:
    """Return the HTML of a view."""
    return (
        environment()
        .get_template(view.template)
        .render(
            **view.values,
            item=item,
            view=view,
            title=full_title(item, view),
            path=path,
            options=options,
            crumbs=[Crumb("Home", "/")],
            organisations=item.links("organisations"),
            withdrawn_at=item.withdrawn.moment("withdrawn_at"),
            withdrawn_explanation=item.withdrawn.html("explanation"),
            direction="rtl" if item.locale in RIGHT_TO_LEFT else "ltr",
        )
    )
