"""Where readers can follow somebody elsewhere, and which pages they can follow by e-mail.

Source: `share_links` of alphagov/govuk_publishing_components, as alphagov/frontend fills it;
alphagov/frontend `app/models/concerns/single_page_notification_button.rb`.
"""

from __future__ import annotations

from preview.pages.fields import Fields
from preview.pages.furniture.related import Destination
from preview.pages.item import ContentItem

SAID_BEFORE = "Share on"
WITHOUT_EMAILS = frozenset(
    [
        "5f9c6c15-7631-11e4-a3cb-005056011aef",
        "70bd3a76-6606-45dd-9fb5-2b95f8667b4d",
        "a457220c-915c-4cb1-8e41-9191fba42540",
        "c5c8d3cd-0dc2-4ca3-8672-8ca0a6e92165",
    ]
)


def followed(details: Fields) -> list[tuple[str, Destination]]:
    """Return the links, each with what is said before it for those who can't see its sign."""
    rows = details.objects("social_media_links")
    return [(SAID_BEFORE, Destination(row.text("title"), row.text("href"))) for row in rows if row]


def has_emails(item: ContentItem) -> bool:
    """Return whether readers can get e-mails about a page: in English, but for four of them."""
    return item.locale == "en" and item.content_id not in WITHOUT_EMAILS
