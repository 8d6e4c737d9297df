"""Where readers can follow somebody elsewhere.

Source: `share_links` of alphagov/govuk_publishing_components, as alphagov/frontend fills it.
"""

from __future__ import annotations

from preview.pages.fields import Fields
from preview.pages.furniture.related import Destination

SAID_BEFORE = "Share on"


def followed(details: Fields) -> list[tuple[str, Destination]]:
    """Return the links, each with what is said before it for those who can't see its sign."""
    rows = details.objects("social_media_links")
    return [(SAID_BEFORE, Destination(row.text("title"), row.text("href"))) for row in rows if row]
