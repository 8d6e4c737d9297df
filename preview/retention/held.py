"""What a hold covers, as conditions for queries: drafts, packs, and the links of packs."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from preview.drafts.models import Draft
from preview.packs.models import Departure, Pack, PackDraft
from preview.retention.models import Hold
from preview.sharing.models import ShareLink


def targets(kind: Hold.Kind) -> QuerySet[Any, Any]:
    """Return the ids that holds of a kind are on now."""
    return Hold.objects.filter(kind=kind, lifted_at=None).order_by().values("target")


def held_packs() -> QuerySet[Pack]:
    """Return the packs that are held: by themselves, by their organisation, or by a draft."""
    drafts = directly_held()
    named = Q(pk__in=targets(Hold.Kind.PACK))
    named |= Q(organisation_content_id__in=targets(Hold.Kind.ORGANISATION))
    named |= Q(own_draft__in=drafts.values("pk"))
    named |= Q(pk__in=PackDraft.objects.filter(draft__in=drafts.values("pk")).values("pack"))
    return Pack.objects.filter(named)


def held_drafts() -> QuerySet[Draft]:
    """Return the drafts that are held: directly, or by a pack that shows them or once did."""
    packs = Pack.objects.filter(
        Q(pk__in=targets(Hold.Kind.PACK))
        | Q(organisation_content_id__in=targets(Hold.Kind.ORGANISATION))
    )
    inside = Q(pk__in=PackDraft.objects.filter(pack__in=packs.values("pk")).values("draft"))
    inside |= Q(pk__in=Departure.objects.filter(pack__in=packs.values("pk")).values("draft"))
    inside |= Q(own_pack__in=packs.values("pk"))
    return Draft.objects.filter(inside | Q(pk__in=directly_held().values("pk")))


def directly_held() -> QuerySet[Draft]:
    """Return the drafts on which a hold is, or on whose organisation."""
    return Draft.objects.filter(
        Q(pk__in=targets(Hold.Kind.DRAFT))
        | Q(organisation_content_id__in=targets(Hold.Kind.ORGANISATION))
    )


def held_links() -> QuerySet[ShareLink]:
    """Return the links of packs that are held."""
    return ShareLink.objects.filter(pack__in=held_packs().values("pk"))
