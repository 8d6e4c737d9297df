"""Sign-offs: given on a draft of yours, and no longer holding."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from preview.access import Staff
from preview.drafts.models import Version
from preview.notifications.models import Notification
from preview.notifications.people import authors_of, owner_of, uids_in
from preview.notifications.registry import Kind, Payload, Told, hears, kind
from preview.review.sign_offs.going_stale import stale_of
from preview.review.sign_offs.models import SignOff

GROUP = "Sign-off"
PLACE = "/sign-offs/{sign_off}"


def not_withdrawn(notification: Notification, staff: Staff) -> bool:  # noqa: ARG001 (a rule)
    """Say whether the sign-off was not taken back."""
    found = SignOff.objects.filter(id=notification.facts["sign_off"], withdrawn_at=None)
    return found.exists()


GIVEN = kind(
    Kind(
        "sign_off_given",
        "Somebody signs off a draft of yours",
        GROUP,
        one="{name} signed off version {version}",
        many="{count} sign-offs, by {names}",
        place=PLACE,
        holds=not_withdrawn,
    )
)
STALE = kind(
    Kind(
        "sign_off_stale",
        "A sign-off of yours, or of a draft of yours, no longer holds",
        GROUP,
        one="The sign-off of version {version} by {name} no longer holds. {sentence}",
        many="{count} sign-offs no longer hold, by {names}",
        place=PLACE,
        holds=not_withdrawn,
    )
)


@hears("sign_off.given")
def given(payload: Payload) -> Iterator[Told]:
    """Tell the people of the draft, and the owner of the pack in which it was signed."""
    found = SignOff.objects.select_related("pack", "version")
    sign_off = found.get(id=payload["sign_off_id"])
    yield Told(
        GIVEN,
        f"sign_off:{sign_off.id}",
        authors_of(sign_off.draft_id) | owner_of(sign_off.pack),
        draft_id=sign_off.draft_id,
        by=sign_off.actor,
        facts=facts_of(sign_off),
    )


@hears("sign_off.stale")
def stale(payload: Payload) -> Iterator[Told]:
    """Tell the people of the draft and who signed, once, when what they signed has changed.

    Whoever saved the first change knows it; of another change on the page nobody does.
    """
    for one in stale_of(uuid.UUID(payload["draft_id"])):
        sign_off = one.sign_off
        people = authors_of(sign_off.draft_id) | owner_of(sign_off.pack)
        yield Told(
            STALE,
            f"sign_off:{sign_off.id}",
            people | uids_in(sign_off.actor),
            draft_id=sign_off.draft_id,
            by=changed_by(sign_off) if one.cause == "content" else "",
            facts={**facts_of(sign_off), "sentence": one.sentence},
        )


def changed_by(sign_off: SignOff) -> str:
    """Return who saved the first version after the one that was signed."""
    after = Version.objects.filter(
        draft=sign_off.draft_id, number__gt=sign_off.version.number
    ).order_by("number")
    return f"person:{after.values_list('submitted_by', flat=True).first()}"


def facts_of(sign_off: SignOff) -> dict[str, str | int]:
    """Return what both sentences are made of."""
    return {
        "name": sign_off.name,
        "version": sign_off.version.number,
        "sign_off": str(sign_off.id),
    }
