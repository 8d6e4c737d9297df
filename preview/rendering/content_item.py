"""From what a publisher app sent to what a page is made of.

Source: alphagov/publishing-api `app/presenters/edition_presenter.rb` (`for_content_store`), with
the fields that a draft alone can fill; links stay content ids until something expands them.
"""

from __future__ import annotations

from typing import Any

from preview.drafts.models import Version

DEFAULTS: dict[str, Any] = {"phase": "live", "details": {}, "links": {}}
NEVER_SHOWN = ("access_limited", "auth_bypass_ids", "previous_version", "bulk_publishing")


def as_content_item(version: Version) -> dict[str, Any]:
    """Return the version's content in the form of the content store."""
    draft = version.draft
    item = {**DEFAULTS, **version.content()}
    for field in NEVER_SHOWN:
        item.pop(field, None)
    item["content_id"] = str(draft.content_id)
    item["locale"] = draft.locale
    item["updated_at"] = version.created_at.isoformat()
    return item
