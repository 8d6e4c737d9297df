"""How much harm it would do if a draft were seen early: who says so, and what follows from it."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from preview.access import Act, Sensitivity, Staff
from preview.accounts.models import PublisherApp
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import AccessDenied, InvalidInput
from preview.outbox.actions import record_event

WISH = ["lower_to", "lower_asked_by", "lower_asked_at"]
RANKS = {one: rank for rank, one in enumerate(Sensitivity)}


def named_sensitivity(text: object) -> Sensitivity:
    """Return the sensitivity of this name.

    Raises:
        InvalidInput: there is none.

    """
    found = next((one for one in Sensitivity if one.value == text), None)
    if found is None:
        raise InvalidInput(f"sensitivity is one of: {', '.join(Sensitivity)}.")
    return found


@transaction.atomic
def set_sensitivity(
    *, draft_id: uuid.UUID, actor: Staff | PublisherApp, sensitivity: Sensitivity, person: str = ""
) -> Draft:
    """Say how sensitive a draft is; a second call changes nothing.

    A higher one is a change of limits: links that were made before it open nothing from this
    moment on. A draft that is market sensitive stays so until a second person agrees to a lower
    one, see `lowering.py`. `person` is the uid for whom an app acts, "" where it does not say.

    Raises:
        AccessDenied: the actor is neither the draft's app nor a person whom the policy lets.
        Draft.DoesNotExist: there is no such draft.

    """
    draft = Draft.objects.select_for_update().get(id=draft_id)
    name = refuse_others(draft, actor)
    before = Sensitivity(draft.sensitivity)
    if before is Sensitivity.MARKET_SENSITIVE is not sensitivity:
        return ask_to_lower(draft, f"person:{person}" if person else name, sensitivity)
    if draft.lower_to:
        stop_asking(draft, name)
    if before is not sensitivity:
        change(draft, name, sensitivity)
    return draft


def change(draft: Draft, name: str, sensitivity: Sensitivity, **detail: str) -> None:
    """Write another sensitivity, with its entry in the trail."""
    before = Sensitivity(draft.sensitivity)
    draft.sensitivity = sensitivity
    if RANKS[sensitivity] > RANKS[before]:
        draft.limits_changed_at = timezone.now()
        record_event("draft.limits_changed", draft_id=str(draft.id))
    draft.save(update_fields=["sensitivity", "limits_changed_at"])
    record_entry(
        action="draft.set_sensitivity",
        actor=name,
        subject=f"draft:{draft.id}",
        before=before.value,
        after=sensitivity.value,
        **detail,
    )


def ask_to_lower(draft: Draft, name: str, wanted: Sensitivity) -> Draft:
    """Keep the wish for a lower sensitivity; whoever wished it first is the first person."""
    if draft.lower_to == wanted:
        return draft
    asked_at = timezone.now()
    draft.lower_to, draft.lower_asked_by, draft.lower_asked_at = wanted, name, asked_at
    draft.save(update_fields=WISH)
    record_entry(
        action="draft.ask_lower_sensitivity",
        actor=name,
        subject=f"draft:{draft.id}",
        wanted=wanted.value,
    )
    record_event("draft.lowering_asked", draft_id=str(draft.id), asked_at=asked_at.isoformat())
    return draft


def stop_asking(draft: Draft, name: str) -> None:
    """Take the wish back."""
    draft.lower_to, draft.lower_asked_by, draft.lower_asked_at = "", "", None
    draft.save(update_fields=WISH)
    record_entry(
        action="draft.keep_sensitivity",
        actor=name,
        subject=f"draft:{draft.id}",
    )


def refuse_others(draft: Draft, actor: Staff | PublisherApp) -> str:
    """Return who it is, as the audit trail has it; raise `AccessDenied` for who may not."""
    if isinstance(actor, PublisherApp):
        if draft.app_id != actor.pk:
            raise AccessDenied("not_the_app_of_this_draft")
        return f"app:{actor.name}"
    decision = draft.decide(actor, Act.CLASSIFY)
    if not decision.allowed:
        raise AccessDenied(decision.reason)
    return f"person:{actor.uid}"
