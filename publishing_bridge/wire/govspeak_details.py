"""Govspeak in details: its HTML is put beside it when content is saved.

Source: alphagov/publishing-api `lib/govspeak_details_renderer.rb`, `docs/adr/adr-011`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from preview import govspeak

RENDERED_BY = "publishing-api"
VERSION = "10.x"


def with_html(details: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """Return details in which every Govspeak text without HTML has it."""
    attachments = details.get("attachments")
    rows = attachments if isinstance(attachments, list) else []
    options = govspeak.Options(
        locale=locale, attachments=[row for row in rows if isinstance(row, Mapping)]
    )
    found: dict[str, Any] = completed(dict(details), options)
    return found


def completed(value: Any, options: govspeak.Options) -> Any:
    """Return a value with the HTML of the Govspeak in it."""
    if isinstance(value, dict):
        return {name: completed(child, options) for name, child in value.items()}
    if not isinstance(value, list):
        return value
    kinds = {row.get("content_type") for row in value if isinstance(row, dict)}
    if "text/govspeak" not in kinds or "text/html" in kinds:
        return [completed(child, options) for child in value]
    source = next(row for row in value if row.get("content_type") == "text/govspeak")
    if not isinstance(source.get("content"), str):
        return value
    return [*value, html_of(source["content"], options)]


def html_of(source: str, options: govspeak.Options) -> dict[str, str]:
    """Return the HTML of a text, with what made it."""
    return {
        "content_type": "text/html",
        "content": govspeak.to_html(source, options),
        "rendered_by": RENDERED_BY,
        "govspeak_version": VERSION,
    }
