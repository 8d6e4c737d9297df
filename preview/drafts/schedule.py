"""When a draft goes live, as its publisher app says; packs that are seen at a time go by it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from preview.drafts.models import Draft
from preview.outbox.actions import record_event


@transaction.atomic
def schedule_drafts(*, app_name: str, base_path: str, at: datetime | None) -> int:
    """Note when an app's open drafts at a path go live (None: not known); returns how many."""
    found = Draft.objects.open().filter(app__name=app_name, base_path=base_path)
    changed = [draft for draft in found.select_for_update() if draft.scheduled_at != at]
    for draft in changed:
        draft.scheduled_at = at
        draft.save(update_fields=["scheduled_at"])
        record_event("draft.scheduled", draft_id=str(draft.id))
    return len(changed)
