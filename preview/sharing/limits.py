"""What a change of a draft's limits or sensitivity does to its links: they end, and makers hear."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from preview.drafts.models import Draft
from preview.outbox.actions import end_delivery
from preview.packs.models import counting
from preview.sharing.actions import end_links
from preview.sharing.models import ShareLink
from preview.sharing.telling import tell_maker

LIMITS = "service:limits"


@transaction.atomic
def end_links_of_draft(*, draft_id: str, delivery_id: str) -> list[uuid.UUID]:
    """End the links made before a draft's limits changed, in each pack that shows it.

    They open nothing before this ran: the access policy compares the times. This makes it known, to
    the trail and to whoever made them. A second call ends no more.
    """
    end_delivery(delivery_id)
    draft = Draft.objects.get(id=uuid.UUID(draft_id))
    members = draft.memberships.filter(counting())
    links = ShareLink.objects.filter(
        pack__in=members.values("pack"),
        created_at__lt=draft.limits_changed_at,
        expires_at__gt=timezone.now(),
    )
    ended = end_links(links, ended_by=LIMITS, reason=ShareLink.End.LIMITS_CHANGED)
    for link in ShareLink.objects.filter(id__in=ended):
        tell_maker(link, "ended")
    return ended
