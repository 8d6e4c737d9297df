"""What becomes of links when a draft's limits or sensitivity change, or the draft ends.

They end. Whoever made them hears of it where nobody meant the links to end.
"""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from preview.access import over
from preview.drafts.models import Draft
from preview.outbox.actions import end_delivery
from preview.packs.models import counting
from preview.sharing.actions import end_links
from preview.sharing.models import ShareLink
from preview.sharing.telling import tell_maker

LIMITS = "service:limits"
DRAFTS = "service:drafts"


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


@transaction.atomic
def end_links_to_what_ended(*, draft_id: str, delivery_id: str) -> list[uuid.UUID]:
    """End the links of a draft that was published or discarded, where nothing keeps them alive.

    They open nothing before this ran: the access policy asks for an open draft on every request.
    This writes it down, so that no draft of the pack that is sent later opens them again. A second
    call ends no more.
    """
    end_delivery(delivery_id)
    packs = Draft.objects.get(id=uuid.UUID(draft_id)).memberships.filter(counting()).values("pack")
    living = ShareLink.objects.filter(pack__in=packs, ended_at=None).select_related("pack")
    reasons: dict[str, list[uuid.UUID]] = {}
    for link in living:
        if reason := over(link.limits()):
            reasons.setdefault(reason, []).append(link.id)
    ended: list[uuid.UUID] = []
    for reason, ids in reasons.items():
        links = ShareLink.objects.filter(id__in=ids)
        ended += end_links(links, ended_by=DRAFTS, reason=ShareLink.End(reason))
    return ended
