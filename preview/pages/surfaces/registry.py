"""Surfaces: a class for each, registered under its name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from preview.errors import NoSuchSurface
from preview.pages.item import ContentItem
from preview.pages.options import Options
from preview.pages.page import Page
from preview.pages.remarks import Remarks
from preview.pages.sanitise import readable
from preview.pages.templates import rendered

UNPUBLISHED = frozenset({"gone", "redirect", "vanish"})


class Surface(ABC):
    """A place where readers meet a page; `heading` is what editors call it."""

    name: ClassVar[str]
    heading: ClassVar[str]

    @abstractmethod
    def page(self, raw: Mapping[str, Any], options: Options) -> Page:
        """Return the item as the surface shows it; `Page.surface` is the surface's name."""


class Card(Surface):
    """A surface with a template of its own, `pages/surfaces/<name>.html`."""

    @abstractmethod
    def values(self, item: ContentItem, options: Options) -> dict[str, Any]:
        """Return what the template shows."""

    def page(self, raw: Mapping[str, Any], options: Options) -> Page:
        """Return the surface as a page of its own."""
        item = ContentItem(raw, Remarks())
        values = self.values(item, options)
        template = f"pages/surfaces/{self.name}.html"
        html = rendered(template, **values, item=item, options=options, heading=self.heading)
        title = readable(f"{self.heading}: {item.title}")
        return Page(item.base_path, 200, title, html, tuple(item.remarks.lines), self.name)


SURFACES: dict[str, Surface] = {}


def register(cls: type[Surface]) -> type[Surface]:
    """Register a surface under its name."""
    SURFACES[cls.name] = cls()
    return cls


def surface(raw: Mapping[str, Any], name: str, options: Options) -> Page:
    """Return an item as a surface shows it.

    Raises:
        NoSuchSurface: there is no surface of this name.

    """
    if name not in SURFACES:
        raise NoSuchSurface(name, tuple(SURFACES))
    return SURFACES[name].page(raw, options)
