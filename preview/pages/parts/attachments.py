"""Files of a page, as blocks: which of them, and what is said of each.

Source: alphagov/frontend `app/models/concerns/attachments.rb`, `attachment` of
alphagov/govuk_publishing_components.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from preview.govspeak.components.attachment import attachment
from preview.pages.item import ContentItem
from preview.pages.sanitise import sanitised


def attachments(item: ContentItem, kind: str) -> list[Markup]:
    """Return the files that a list of the item names (`featured_attachments`), in its order."""
    named = item.details.texts(kind)
    rows = {row.text("id"): row.raw for row in item.details.objects("attachments") if row}
    shown = [rows[one] for one in named if one in rows]
    return [block(row, item.locale) for row in shown if row.get("locale") in (None, item.locale)]


def block(row: Mapping[str, Any], locale: str) -> Markup:
    """Return a file as the page shows it; a spreadsheet can be looked at without downloading it."""
    return sanitised(attachment({**row, **online(row)}, locale, heading="h3"))


def online(row: Mapping[str, Any]) -> dict[str, str]:
    """Return where a CSV file can be looked at."""
    address = str(row.get("url") or "")
    parts = urlsplit(address).path.split("/")
    if row.get("content_type") != "text/csv" or len(parts) < 4 or parts[1] != "media":
        return {}
    return {"preview_url": f"/csv-preview/{parts[2]}/{parts[3]}"}
