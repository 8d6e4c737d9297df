"""The second person: a market-sensitive draft becomes less sensitive when two people say so.

One who could lower it alone could also share it alone, and the second person's agreement to its
links would protect nothing.
"""

from __future__ import annotations

import uuid

from django.db import transaction

from preview.access import Act, Sensitivity, Staff
from preview.drafts.models import Draft
from preview.drafts.sensitivity import WISH, change, refuse_others, stop_asking
from preview.errors import AccessDenied, NothingToAgreeTo


@transaction.atomic
def agree_to_lower(*, draft_id: uuid.UUID, staff: Staff, wanted: Sensitivity) -> Draft:
    """Agree to the lower sensitivity that somebody else wishes, as this person saw it.

    Raises:
        AccessDenied: `own_wish`: this person wished it; or they may not classify the draft.
        NothingToAgreeTo: nobody wishes it, or something else by now.

    """
    draft = Draft.objects.select_for_update().get(id=draft_id)
    name = refuse_others(draft, staff)
    if draft.lower_asked_by == name:
        raise AccessDenied("own_wish")
    if draft.lower_to != wanted:
        raise NothingToAgreeTo
    asked_by = draft.lower_asked_by
    draft.lower_to, draft.lower_asked_by, draft.lower_asked_at = "", "", None
    draft.save(update_fields=WISH)
    change(draft, name, wanted, asked_by=asked_by)
    return draft


@transaction.atomic
def keep_sensitivity(*, draft_id: uuid.UUID, staff: Staff) -> Draft:
    """Say no to the wish, or take one's own back; where nobody wishes anything, nothing changes.

    Raises:
        AccessDenied: this person may not classify the draft.

    """
    draft = Draft.objects.select_for_update().get(id=draft_id)
    name = refuse_others(draft, staff)
    if draft.lower_to:
        stop_asking(draft, name)
    return draft


def may_agree(draft: Draft, staff: Staff) -> bool:
    """Say whether this person can be the second one."""
    first = draft.lower_asked_by == f"person:{staff.uid}"
    return bool(draft.lower_to) and not first and draft.decide(staff, Act.CLASSIFY).allowed
