"""Files of a page, as blocks: which of them, and what is said of each.

Source: alphagov/frontend `app/models/concerns/attachments.rb`, `attachment` of
alphagov/govuk_publishing_components.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from preview.govspeak.components.attachment import attachment
from preview.pages.item import ContentItem
from preview.pages.sanitise import sanitised


def attachments(item: ContentItem, kind: str) -> list[Markup]:
    """Return the files that a list of the item names (`featured_attachments`), in the item's order.

    A file in another language than the page is left out.
    """
    named = set(item.details.texts(kind))
    rows = [row.raw for row in item.details.objects("attachments") if row.text("id") in named]
    return [block(row, item.locale) for row in rows if row.get("locale") in (None, item.locale)]


def block(row: Mapping[str, Any], locale: str) -> Markup:
    """Return a file as the page shows it; a spreadsheet can be looked at without downloading it."""
    known = {**row, "type": kind_of(row), **online(row)}
    return sanitised(attachment(known, locale, heading="h3"))


def kind_of(row: Mapping[str, Any]) -> str:
    """Return what is attached: a page of the site, a page elsewhere, or a file."""
    if row.get("attachment_type") == "external":
        return "external"
    return "file" if row.get("content_type") else "html"


def online(row: Mapping[str, Any]) -> dict[str, str]:
    """Return where a CSV file can be looked at; nowhere while another file stands for it."""
    if row.get("content_type") != "text/csv":
        return {}
    assets = row.get("assets")
    asset = assets[0] if isinstance(assets, list) and assets else None
    if not isinstance(asset, Mapping):
        return {"preview_url": f"{row.get('url') or ''}/preview"}
    name = asset.get("filename")
    if not name or name != row.get("filename"):
        return {}
    return {"preview_url": f"/csv-preview/{asset.get('asset_manager_id')}/{name}"}
