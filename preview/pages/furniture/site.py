"""Header, feedback and footer of the site: the same on every page, in English, made once.

Source: alphagov/govuk_publishing_components `layout_super_navigation_header`, `layout_footer`,
`feedback`, `config/locales/en.yml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from preview.pages.templates import environment

LINKS = Path(__file__).with_name("site_links.toml")


@dataclass(frozen=True)
class Site:
    """What stands around a page's own content."""

    header: Markup
    feedback: Markup
    footer: Markup


@cache
def links() -> dict[str, Any]:
    """Return the site's own links: navigation in columns, support."""
    return tomllib.loads(LINKS.read_text("utf-8"))


@cache
def site(branding: str) -> Site:
    """Return the furniture for a branding; logotype and crown stand on gov.uk hosts only."""
    values = {"branded": branding == "govuk", **links()}
    made = (
        environment().get_template(f"components/{name}.html").render(values)
        for name in ("site_header", "feedback", "site_footer")
    )
    return Site(*(Markup(html) for html in made))  # noqa: S704 (no word of an item is in it)
