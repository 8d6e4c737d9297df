"""For whom things that were made of a pack's pages are: comments, sign-offs, lists of facts.

What was made of a page with limited drafts (`audience` full) may quote them, so it is for those who
may see all limited drafts that its pack shows, or that left the pack since.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from preview.access import Decision, Staff
from preview.drafts.models import Draft
from preview.packs.models import Audience, Departure, Pack, PackDraft, counting


def audiences_for(decision: Decision) -> list[Audience]:
    """Return for which audiences a pack's pages may be shown, after a decision about the pack."""
    if not decision.allowed:
        return []
    return [Audience.OPEN, Audience.FULL] if decision.sees_limited else [Audience.OPEN]


def audiences_seen(staff: Staff, pack: Pack) -> list[Audience]:
    """Return the same for somebody who may see one of the pack's drafts, with one question."""
    seen = Draft.objects.visible_to(staff).values("pk")
    hidden = pack.counted().order_by().filter(limited=True).exclude(pk__in=seen)
    return [Audience.OPEN] if hidden.exists() else [Audience.OPEN, Audience.FULL]


def made_for(staff: Staff) -> Q:
    """Return which rows somebody may see, of a table with `pack`, `audience` and `created_at`."""
    seen = Draft.objects.visible_to(staff).values("pk")
    hidden = Draft.objects.filter(limited=True).exclude(pk__in=seen).values("pk")
    shown = PackDraft.objects.filter(counting(), pack=OuterRef("pack"), draft__in=hidden)
    left = Departure.objects.filter(
        pack=OuterRef("pack"), draft__in=hidden, left_at__gte=OuterRef("created_at")
    )
    return Q(audience=Audience.OPEN) | (~Exists(shown) & ~Exists(left))
