"""The e-mail that subscribers get when a major change is published.

Source: alphagov/email-alert-api `app/builders/content_change_email_builder.rb`,
`app/presenters/content_change_presenter.rb`.
"""

from __future__ import annotations

from typing import Any

from preview.pages.dates import clock_in_full, day
from preview.pages.item import ContentItem
from preview.pages.options import Options
from preview.pages.parts.published import change_history
from preview.pages.surfaces.registry import UNPUBLISHED, Card, register

SILENT = frozenset({"minor", "republish", "links"})


def change_note(item: ContentItem) -> str:
    """Return what changed: the note sent with the item, else the newest of its history."""
    own = item.text("change_note") or item.details.text("change_note")
    history = change_history(item)
    return own or (history[0][1] if history else "")


@register
class Email(Card):
    """Subject, title with link, summary, change note, time."""

    name = "email"
    heading = "Email alert"

    def values(self, item: ContentItem, options: Options) -> dict[str, Any]:
        """Return the parts of the message."""
        when = item.public_updated_at or options.now
        silent = item.text("update_type") in SILENT or item.schema_name in UNPUBLISHED
        return {
            "sent": not silent,
            "subject": f"Update from GOV.UK for: {item.title}",
            "address": f"{options.website_root}{item.base_path}",
            "note": change_note(item),
            "time": f"{clock_in_full(when)}, {day(when)}",
        }
