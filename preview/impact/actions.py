"""How impact is measured: planned once, compared in parts on many workers, shown at the end."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from preview.impact.candidates import candidates
from preview.impact.comparing import Compared, compare
from preview.impact.models import Impact, ImpactPage
from preview.impact.showing import show_changed
from preview.outbox.actions import end_delivery, record_event
from preview.outbox.models import Delivery
from preview.overlay.presenting import Presenter
from preview.overlay.proposals import Proposals, proposals
from preview.packs.models import Audience, Pack
from preview.rendering.making import presenter_of
from preview.rendering.queueing import audiences, members

log = logging.getLogger(__name__)
PART = 20  # pages of one task: a few seconds of work


@transaction.atomic
def want_impact(pack: Pack) -> list[Impact]:
    """Have a pack's impact measured for each of its audiences; returns the measurements."""
    for audience in audiences(members(pack)):
        record_event("impact.wanted", pack_id=str(pack.id), audience=audience)
    return [wanted(pack.id, audience) for audience in audiences(members(pack))]


def wanted(pack_id: uuid.UUID, audience: str) -> Impact:
    """Return the measurement of a pack for an audience, made on first use."""
    found, _ = Impact.objects.get_or_create(pack_id=pack_id, audience=audience)
    return found


def presenters(pack: Pack, audience: str) -> tuple[Presenter, Presenter]:
    """Return what presents live items without and with a pack."""
    now = timezone.now()
    proposed = proposals(pack, audience, at=pack.as_of)
    return presenter_of(pack, Proposals(), now), presenter_of(pack, proposed, now)


def plan_impact(*, pack_id: str, audience: str, delivery_id: str) -> None:
    """Find the live pages that a pack may change, and have them compared in parts."""
    pack = Pack.objects.filter(id=pack_id, archived_at=None).first()
    if pack is None or wanted_again(delivery_id) or audience not in audiences(members(pack)):
        end_delivery(delivery_id)
        return
    asked_at = timezone.now()  # before the drafts are read: who may see them can change meanwhile
    _, presenter = presenters(pack, audience)
    found = candidates(presenter, settings.IMPACT_MOST_PAGES)
    with transaction.atomic():
        wanted(pack.id, audience)
        impact = Impact.objects.select_for_update().get(pack=pack, audience=audience)
        impact.serial += 1
        impact.state = Impact.State.RUNNING
        impact.total, impact.bounded = len(found.items), found.bounded
        impact.asked_at, impact.ended_at = asked_at, None
        impact.save()
        impact.pages.all().delete()
        ImpactPage.objects.bulk_create(
            ImpactPage(
                impact=impact,
                position=position,
                content_id=item.content_id,
                locale=item.locale,
                path=str(item.fields.get("base_path"))[:600],
                title=str(item.fields.get("title") or ""),
                document_type=str(item.fields.get("document_type") or "")[:100],
            )
            for position, item in enumerate(found.items)
        )
        for first in range(0, len(found.items), PART):
            record_event(
                "impact.part_wanted",
                impact_id=str(impact.id),
                serial=impact.serial,
                first=first,
            )
        if not found.items:
            finish(impact)
        end_delivery(delivery_id)


def wanted_again(delivery_id: str) -> bool:
    """Say whether the same was wanted since: a burst of saves is measured once, by the last."""
    this = Delivery.objects.filter(id=uuid.UUID(delivery_id)).first()
    if this is None:
        return False
    later = Delivery.objects.filter(topic=this.topic, done_at=None, payload=this.payload)
    return later.filter(recorded_at__gt=this.recorded_at).exists()


def compare_part(*, impact_id: str, serial: int, first: int, delivery_id: str) -> None:
    """Compare one part of the pages; the part that ends last shows what changes."""
    impact = Impact.objects.select_related("pack").get(id=impact_id)
    if impact.serial == serial:
        live, presenter = presenters(impact.pack, impact.audience)
        rows = impact.pages.filter(position__gte=first, position__lt=first + PART)
        for row in rows.filter(outcome=ImpactPage.Outcome.WAITING):
            store(row, compared(row, live, presenter), serial)
    with transaction.atomic():
        impact = Impact.objects.select_for_update().get(id=impact_id)
        waiting = impact.pages.filter(outcome=ImpactPage.Outcome.WAITING)
        is_last = impact.serial == serial and not waiting.exists()
        if is_last and impact.state == Impact.State.RUNNING:
            finish(impact)
        end_delivery(delivery_id)


def compared(row: ImpactPage, live: Presenter, pack: Presenter) -> Compared | None:
    """Return the comparison of a page; None where a fault of this service prevents it."""
    from preview.rendering.tasks import TOO_SLOW, TRANSIENT  # noqa: PLC0415 (tasks know the limits)

    try:
        return compare(str(row.content_id), row.locale, live, pack)
    except (*TRANSIENT, *TOO_SLOW):
        raise
    except Exception:
        log.exception("impact.failed", extra={"path": row.path})
        return None


def store(row: ImpactPage, found: Compared | None, serial: int) -> None:
    """Store a comparison, unless a newer measurement has begun."""
    values: dict[str, Any] = {
        "outcome": ImpactPage.Outcome.FAILED,
        "failure": "This page could not be compared because of a fault in this service.",
    }
    if found is not None:
        outcome = ImpactPage.Outcome.CHANGES if found.changes else ImpactPage.Outcome.SAME
        values = {
            "outcome": outcome,
            "before": found.before,
            "after": found.after,
            "made": found.made,
        }
    ImpactPage.objects.filter(id=row.id, impact__serial=serial).update(**values)


def finish(impact: Impact) -> None:
    """Let the pack show the pages that it changes, and no others of the live site any more."""
    show_changed(impact)
    impact.state = Impact.State.DONE
    impact.ended_at = timezone.now()
    impact.save(update_fields=["state", "ended_at"])


def newest(pack: Pack, audience: str = Audience.OPEN) -> Impact | None:
    """Return a pack's measurement for an audience, waiting where it is to be done anew.

    None where nothing ever changed what live pages show.
    """
    about = {"pack_id": str(pack.id), "audience": str(audience)}
    waits = Delivery.objects.filter(topic="impact.wanted", done_at=None, payload=about).exists()
    if waits:
        impact = wanted(pack.id, audience)
        impact.state = Impact.State.WAITING
        return impact
    return Impact.objects.filter(pack=pack, audience=audience).first()
