"""Rendering: an item, a path and what surrounds them, to a whole HTML page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from preview.pages import types
from preview.pages.furniture import related
from preview.pages.furniture.breadcrumbs import breadcrumbs
from preview.pages.furniture.meta import govuk_tags, social_tags
from preview.pages.furniture.site import site
from preview.pages.furniture.step_navs import StepNavs
from preview.pages.furniture.structured_data import structured_data
from preview.pages.furniture.unlisted import unlisted
from preview.pages.item import ContentItem
from preview.pages.languages import direction
from preview.pages.options import Options
from preview.pages.parts.published import past_government, withdrawal
from preview.pages.registry import PageType, View, found_for
from preview.pages.remarks import Remark, Remarks
from preview.pages.sanitise import readable
from preview.pages.templates import rendered
from preview.pages.types.generic import Generic

log = logging.getLogger(__name__)
REGISTERED = types.__name__
FAILED = "The design for “{schema}” could not show this item: this shows its text, not its layout."
T = TypeVar("T")


@dataclass(frozen=True)
class Page:
    """A page: path, HTTP status that the live site would answer with, title, HTML, remarks.

    `surface` is empty for the page itself, else the name of the surface that shows it.
    """

    path: str
    status: int
    title: str
    html: str
    remarks: tuple[Remark, ...]
    surface: str = ""


def type_of(item: ContentItem, options: Options) -> PageType:
    """Return the page type for an item."""
    return (found_for(item.schema_name, item.base_path) or Generic)(item, options)


def paths(raw: Mapping[str, Any], options: Options) -> list[str]:
    """Return the path of every page of an item, its own first."""
    return type_of(ContentItem(raw, Remarks()), options).paths()


def render(raw: Mapping[str, Any], path: str | None = None, *, options: Options) -> Page:
    """Return the page of an item at `path` (by default its own).

    Any JSON object gives a page: what can't be shown is left out and remarked, and a page type that
    fails gives the generic page.
    """
    item = ContentItem(raw, Remarks())
    where = item.base_path if path is None else path

    def made(page: PageType) -> tuple[View, str]:
        bare, _, query = where.partition("?")
        page.query = dict(parse_qsl(query, keep_blank_values=True))
        view = page.view(bare)
        return view, filled(page, view, where)

    view, html = safely(item, options, made)
    return Page(where, view.status, full_title(item, view), html, tuple(item.remarks.lines))


def safely(item: ContentItem, options: Options, act: Callable[[PageType], T]) -> T:
    """Return what `act` makes of the item's page type; of the generic one where that type fails."""
    try:
        return act(type_of(item, options))
    except Exception:
        log.exception("pages.type_failed", extra={"schema_name": item.schema_name})
        item.remarks.add("generic", FAILED.format(schema=item.schema_name))
        return act(Generic(item, options))


def full_title(item: ContentItem, view: View) -> str:
    """Return the text of `<title>`."""
    return readable(f"{mark(item) if view.withdrawn_mark else ''}{view.title}{view.site_name}")


def mark(item: ContentItem) -> str:
    """Return what stands before the title of a withdrawn page."""
    return "[Withdrawn] " if item.withdrawn_notice else ""


def named(item: ContentItem, view: View) -> str:
    """Return what search engines and social cards call the page."""
    return mark(item) + (view.name or item.title)


def filled(page: PageType, view: View, path: str) -> str:
    """Return the HTML of a view."""
    item, options = page.item, page.options
    navs = StepNavs(item, path)
    name = named(item, view)
    description = item.description if view.description is None else view.description
    address = options.website_root + path.partition("?")[0]
    meta = govuk_tags(item, navs) | view.meta
    return rendered(
        view.template,
        **view.values,
        site=site(options.branding),
        page=page,
        item=item,
        view=view,
        label=page.label,
        locale=item.locale,
        title=full_title(item, view),
        description=description,
        address=address,
        options=options,
        meta=meta,
        robots=view.robots or unlisted(item),
        social=social_tags(item, name, item.description, address) if view.article else {},
        structured=structured_data(item, view, address, options) if view.article else [],
        navs=navs,
        part_of=view.part_of or (navs.current if view.crumbs is None else None),
        crumbs=breadcrumbs(item) if view.crumbs is None else view.crumbs,
        related=related,
        past_government=past_government(item),
        withdrawal=withdrawal(item),
        direction=direction(item.locale),
    )
