"""One run at a time: a rendering is claimed by a run, and only that run can end it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from preview.drafts.models import Version
from preview.packs.actions import own_pack
from preview.packs.models import Audience
from preview.rendering.models import Rendering
from preview.rendering.queueing import RENDERER


def claimed() -> dict[str, Any]:
    """Return what a new claim sets."""
    return {
        "state": Rendering.State.RENDERING,
        "claim": uuid.uuid4(),
        "claimed_until": timezone.now() + timedelta(seconds=settings.RENDER_TIME_LIMIT + 10),
    }


def claim(version_id: int) -> Rendering | None:
    """Take the version's first rendering by itself; None when it has ended or another run has it.

    It is made where there is none yet: most versions are rendered once, by the first run.
    """
    version = Version.objects.select_related("draft__own_pack").get(pk=version_id)
    draft = version.draft
    subject: dict[str, Any] = {
        "pack": own_pack(draft),
        "audience": Audience.FULL if draft.limited else Audience.OPEN,
        "version": version,
        "renderer": RENDERER,
        "generation": 1,
    }
    values = claimed()
    try:
        with transaction.atomic():
            return Rendering.objects.create(
                **subject,
                **values,
                content_id=draft.content_id,
                locale=draft.locale,
                attempts=1,
            )
    except IntegrityError:
        return taken(Q(**subject), values)


def claim_queued(rendering_id: uuid.UUID) -> Rendering | None:
    """Take a queued rendering; None when it has ended, is gone, or another run has it."""
    return taken(Q(id=rendering_id), claimed())


def taken(which: Q, values: dict[str, Any]) -> Rendering | None:
    """Take a rendering that nobody has, or whose claim is over."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
    count = (
        Rendering.objects.filter(free, which)
        .exclude(state__in=Rendering.ENDED)
        .update(attempts=F("attempts") + 1, **values)
    )
    found = Rendering.objects.select_related("pack", "version__draft")
    return found.get(claim=values["claim"]) if count else None


def release(rendering: Rendering) -> None:
    """Give the claim back, so that the next run need not wait until it is over."""
    Rendering.objects.filter(id=rendering.id, claim=rendering.claim).update(
        state=Rendering.State.QUEUED, claim=None, claimed_until=None
    )
