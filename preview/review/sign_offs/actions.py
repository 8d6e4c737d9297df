"""What can be done with sign-offs: give one, withdraw one's own."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from preview.audit.actions import record_entry
from preview.errors import ReviewOutdated
from preview.outbox.actions import record_event
from preview.review.reviewers import Reviewer, checked_text
from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.shown import Shown

STATEMENT = "I have checked version {number}. The facts I know about are correct."
LONGEST_ROLE = 120


@transaction.atomic
def give_sign_off(*, shown: Shown, seen: str, reviewer: Reviewer, role: str = "") -> SignOff:
    """Sign off what is shown; `seen` is the seal of what the person read.

    The same person's word for the same thing is given once: a second call returns the first.

    Raises:
        InvalidReview: the role is too long.
        ReviewOutdated: what is shown is no longer what the person read.

    """
    role = " ".join(checked_text("role", role, "Your role", LONGEST_ROLE).split())
    if seen != shown.seal:
        raise ReviewOutdated(shown.version.number)
    version = shown.version
    given, created = SignOff.objects.get_or_create(
        pack=shown.pack,
        actor=reviewer.actor,
        seal=shown.seal,
        withdrawn_at=None,
        defaults={
            "draft_id": version.draft_id,
            "version": version,
            "audience": shown.audience,
            "content_sha256": version.sha256,
            "pages": dict(shown.pages),
            "name": reviewer.name,
            "role": role,
            "statement": STATEMENT.format(number=version.number),
        },
    )
    if created:
        note("sign_off.give", given, reviewer)
        record_event("sign_off.given", sign_off_id=str(given.id))
    return given


@transaction.atomic
def withdraw_sign_off(*, sign_off: SignOff, reviewer: Reviewer) -> SignOff:
    """Take one's own word back; a second call changes nothing."""
    changed = SignOff.objects.filter(
        id=sign_off.id, actor=reviewer.actor, withdrawn_at=None
    ).update(withdrawn_at=timezone.now())
    sign_off.refresh_from_db()
    if changed:
        note("sign_off.withdraw", sign_off, reviewer)
    return sign_off


def note(action: str, sign_off: SignOff, reviewer: Reviewer) -> None:
    """Record in the trail what was done, with the seal: it proves what was signed."""
    record_entry(
        action=action,
        actor=reviewer.actor,
        subject=f"draft:{sign_off.draft_id}",
        pack=sign_off.pack_id,
        sign_off=str(sign_off.id),
        seal=sign_off.seal,
    )
