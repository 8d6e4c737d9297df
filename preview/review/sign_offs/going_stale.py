"""Seeing that sign-offs of a draft hold no longer, when it was rendered again."""

from __future__ import annotations

import uuid

from preview.outbox.actions import record_event
from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.standing import Standing, standings


def note_stale(draft_id: uuid.UUID) -> bool:
    """Record, in the caller's transaction, that sign-offs of a rendered draft hold no longer.

    It is recorded again with each rendering for as long as they do: who hears of it tells the new
    ones by their ids. Returns whether there are any.
    """
    stale = stale_of(draft_id)
    if stale:
        record_event("sign_off.stale", draft_id=str(draft_id))
    return bool(stale)


def stale_of(draft_id: uuid.UUID) -> list[Standing]:
    """Return the sign-offs of a draft that hold no longer, but for those that were withdrawn."""
    rows = SignOff.objects.filter(draft=draft_id, withdrawn_at=None)
    signed = list(rows.select_related("draft", "pack", "version"))
    if not signed:
        return []
    return [one for one in standings(signed[0].draft, signed) if one.state == "stale"]
