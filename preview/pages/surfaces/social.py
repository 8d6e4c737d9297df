"""A page as a card of social media and messengers, from its `og:` and `twitter:` tags.

Source: The Open Graph protocol, https://ogp.me/; alphagov/govuk_publishing_components
`machine_readable_metadata`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from preview.pages.furniture.meta import social_tags
from preview.pages.item import ContentItem
from preview.pages.options import Options
from preview.pages.page import named, safely
from preview.pages.surfaces.registry import Card, register


@register
class Social(Card):
    """Picture, site, title, summary."""

    name = "social"
    heading = "Social media card"

    def values(self, item: ContentItem, options: Options) -> dict[str, Any]:
        """Return the tags that the page has; a page without tags has a card of its address."""
        view = safely(item, options, lambda page: page.view(item.base_path))
        address = f"{options.website_root}{item.base_path}"
        name = named(item, view)
        tags = social_tags(item, name, item.description, address) if view.article else {}
        return {
            "tags": tags,
            "large": tags.get("twitter:card") == "summary_large_image",
            "site": urlsplit(options.website_root).hostname or "",
            "address": address,
        }
