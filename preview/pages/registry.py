"""Page types: a class for each, registered under the schema names it renders."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from markupsafe import Markup

from preview.pages.item import ContentItem


@dataclass(frozen=True)
class Crumb:
    """A breadcrumb."""

    text: str
    href: str


@dataclass
class View:
    """What a template shows: `values` by name, besides the title and the parts all pages have."""

    template: str
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    status: int = 200


class PageType(ABC):
    """A kind of page. A subclass names its schemas and says what it shows."""

    schemas: ClassVar[tuple[str, ...]] = ()

    def __init__(self, item: ContentItem) -> None:
        self.item = item

    def paths(self) -> list[str]:
        """Return the paths of every page of the item, its own first."""
        return [self.item.base_path]

    @abstractmethod
    def view(self, path: str) -> View:
        """Return what the page at `path` shows."""

    def body(self) -> Markup:
        """Return the main text."""
        return self.item.details.html("body")


REGISTRY: dict[str, type[PageType]] = {}


def page_type(cls: type[PageType]) -> type[PageType]:
    """Register a page type under its schemas."""
    REGISTRY.update(dict.fromkeys(cls.schemas, cls))
    return cls
