"""A page on paper: laid out by the rules that its stylesheets have for printing.

Source: CSS Media Queries, `print`; alphagov/frontend `app/views/{guide,travel_advice}/print`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from preview.pages.options import Options
from preview.pages.page import Page, paths, render
from preview.pages.surfaces.registry import Surface, register


@register
class Print(Surface):
    """The page for printing, where the item has one; else its first page, on paper."""

    name = "print"
    heading = "Printed page"

    def page(self, raw: Mapping[str, Any], options: Options) -> Page:
        """Return the page with the stylesheet in which print rules always hold."""
        own = paths(raw, options)
        whole = next((path for path in own if path.endswith("/print")), own[0])
        on_paper = replace(options, media="paper")
        return replace(render(raw, whole, options=on_paper), surface=self.name)
