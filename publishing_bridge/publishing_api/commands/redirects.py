"""The redirect from a document's old path to its new one: a draft until the document is published.

Source: alphagov/publishing-api `app/services/redirect_service.rb`.
"""

from __future__ import annotations

import uuid

from django.utils import timezone

from publishing_bridge.publishing_api import paths
from publishing_bridge.publishing_api.commands.substitution import clear_drafts
from publishing_bridge.publishing_api.models import Document, Edition
from publishing_bridge.wire.caller import Caller


def draft_redirect(caller: Caller, live: Edition, new_path: str) -> Edition:
    """Make or renew the draft that leads from the live edition's path to `new_path`."""
    old_path = str(live.base_path)
    found = draft_redirect_at(old_path)
    document = (
        found.document if found else Document(content_id=uuid.uuid4(), locale=live.document.locale)
    )
    if found is None:
        document.save()
        clear_drafts(document, old_path, "redirect")
        paths.reserve(old_path, live.publishing_app, override=True)
    document.stale_lock_version += 1
    document.save(update_fields=["stale_lock_version"])
    edition = found or Edition(document=document, base_path=old_path)
    edition.content_store = Edition.ContentStore.DRAFT
    edition.schema_name = edition.document_type = "redirect"
    edition.publishing_app, edition.sent_by = live.publishing_app, caller.app.name
    edition.update_type = "major"
    edition.redirects = [
        {
            "path": str(route["path"]),
            "type": route.get("type", "exact"),
            "destination": new_path + str(route["path"]).removeprefix(old_path),
        }
        for route in live.routes
    ]
    edition.updated_at = timezone.now()
    edition.save()
    return edition


def draft_redirect_at(base_path: str) -> Edition | None:
    """Return the draft redirect at a path."""
    at_path = Edition.objects.at_path(base_path, Edition.ContentStore.DRAFT)
    return at_path.filter(schema_name="redirect").select_related("document").first()
