"""Which links show a draft, or belong to an organisation: what one action can end."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet
from django.utils import timezone

from preview.drafts.models import Draft
from preview.packs.models import counting
from preview.sharing.models import ShareLink, living_at
from preview.sharing.risks import of_organisation


def links_showing(draft: Draft) -> QuerySet[ShareLink]:
    """Return the living links of every pack that shows a draft, its own pack among them."""
    packs = draft.memberships.filter(counting()).values("pack")
    return living().filter(pack__in=packs)


def links_of_organisation(content_id: uuid.UUID) -> QuerySet[ShareLink]:
    """Return the living links of an organisation's packs and drafts."""
    return living().filter(of_organisation(content_id))


def living() -> QuerySet[ShareLink]:
    """Return the links that have not ended, the newest first."""
    alive = ShareLink.objects.filter(living_at(timezone.now()))
    return alive.order_by("-created_at", "-id")
