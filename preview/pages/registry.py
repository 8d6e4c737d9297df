"""Page types: a class for each, registered under the schema names it renders."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from markupsafe import Markup

from preview.pages.furniture.breadcrumbs import Crumb
from preview.pages.item import ContentItem
from preview.pages.labels import Labels
from preview.pages.options import Options


@dataclass
class View:
    """What a template shows, besides the item and what all pages have.

    title: what `<title>` says before “ - GOV.UK”; name: what search engines and social cards call
    the page; description: its summary there; crumbs: breadcrumbs of the page's own, None for those
    that follow from the item's links; article: whether the page has social cards; robots: what
    search engines are asked; says_english: whether main has a language although it is English;
    part_of: a step by step guide that is named instead of breadcrumbs.
    """

    template: str
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    name: str | None = None
    description: str | None = None
    crumbs: list[Crumb] | None = None
    article: bool = True
    robots: str = ""
    withdrawn_mark: bool = True
    says_english: bool = False
    part_of: ContentItem | None = None
    site_name: str = " - GOV.UK"
    meta: dict[str, str] = field(default_factory=dict)


class PageType(ABC):
    """A kind of page. A subclass names its schemas and says what it shows.

    `routes` are patterns of paths that the live site gives to this kind of page; they decide for
    items that do not say their schema. `own_routes` decide whatever the schema is: the live site
    has a page of its own there. `query` is what the address asks after its path.
    """

    schemas: ClassVar[tuple[str, ...]] = ()
    routes: ClassVar[tuple[str, ...]] = ()
    own_routes: ClassVar[tuple[str, ...]] = ()

    def __init__(self, item: ContentItem, options: Options) -> None:
        self.item = item
        self.details = item.details
        self.options = options
        self.label = Labels(item.locale)
        self.query: dict[str, str] = {}

    def paths(self) -> list[str]:
        """Return the paths of every page of the item, its own first."""
        return [self.item.base_path]

    @abstractmethod
    def view(self, path: str) -> View:
        """Return what the page at `path` shows."""

    def body(self) -> Markup:
        """Return the main text."""
        return self.details.html("body")

    def lookup(self, path: str) -> ContentItem | None:
        """Return the item at a path, where this preview knows it; a gap is remarked."""
        raw = self.options.lookup(path) if path else None
        if raw is None:
            what = "A page that this one takes parts from could not be looked up."
            self.item.remarks.add("missing_link", what, path)
            return None
        return ContentItem(raw, self.item.remarks, path)


REGISTRY: dict[str, type[PageType]] = {}
Routes = dict[re.Pattern[str], type[PageType]]
ROUTES: Routes = {}
OWN_ROUTES: Routes = {}


def page_type(cls: type[PageType]) -> type[PageType]:
    """Register a page type under its schemas."""
    REGISTRY.update(dict.fromkeys(cls.schemas, cls))
    ROUTES.update({re.compile(route): cls for route in cls.routes})
    OWN_ROUTES.update({re.compile(route): cls for route in cls.own_routes})
    return cls


def found_for(schema: str, path: str) -> type[PageType] | None:
    """Return the page type of an item: by a path of the live site's own, by schema, by path."""
    by_path = None if schema else routed(ROUTES, path)
    return routed(OWN_ROUTES, path) or REGISTRY.get(schema) or by_path


def routed(routes: Routes, path: str) -> type[PageType] | None:
    """Return the page type that the live site has at a path, where that is known."""
    return next((cls for route, cls in routes.items() if route.fullmatch(path)), None)
