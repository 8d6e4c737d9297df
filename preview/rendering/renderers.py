"""Renderers: what turns an item of a pack into pages. The setting `RENDERER` names the one in use.

The built-in one needs nothing else. Another one is a class with the same method, named in the
settings; its pages are kept, compared and served in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from preview import pages
from preview.overlay.presenting import Presenter
from preview.rendering.models import Rendering


class Renderer(Protocol):
    """Makes pages; it may raise `PageError`, or `OSError` where another attempt may succeed."""

    def pages(
        self, item: Mapping[str, Any], presenter: Presenter, notice: str, rendering: Rendering
    ) -> list[pages.Page]:
        """Return every page of a presented item, with `notice` over each."""
        ...


def options_of(presenter: Presenter, notice: str | None) -> pages.Options:
    """Return how the pages of a pack are rendered here."""
    return pages.Options(
        now=presenter.as_of or presenter.now,
        branding=settings.BRANDING,
        website_root=settings.WEBSITE_ROOT,
        assets_path=settings.STATIC_URL.rstrip("/"),
        notice=notice,
        lookup=presenter.at_path,
    )


class BuiltIn:
    """The renderer that is part of this service."""

    def pages(
        self,
        item: Mapping[str, Any],
        presenter: Presenter,
        notice: str | None,
        rendering: Rendering | None = None,  # noqa: ARG002 (the Protocol)
    ) -> list[pages.Page]:
        """Return every page of a presented item."""
        options = options_of(presenter, notice)
        return [pages.render(item, path, options=options) for path in pages.paths(item, options)]


@cache
def renderer() -> Renderer:
    """Return the renderer that the settings name."""
    path, _ = settings.RENDERERS[settings.RENDERER]
    found: Renderer = import_string(path)()
    return found
