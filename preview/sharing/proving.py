"""The probe asked for on a page: a worker runs it, because it fetches hundreds of addresses."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from preview.audit.actions import record_entry
from preview.audit.models import Entry
from preview.outbox.actions import end_delivery, hold_back, record_event
from preview.packs.models import Pack
from preview.sharing.probing import probe_pack

LONGEST = 600  # seconds that one probe may take
MOST_SHOWN = 5


@transaction.atomic
def want_probe(*, pack: Pack, actor: str) -> None:
    """Have a worker look at every address of a pack, and record the proof in the trail."""
    record_entry(action="probe.ask", actor=actor, subject=f"pack:{pack.id}")
    record_event("pack.probe_wanted", pack_id=str(pack.id), actor=actor)


def run_probe(*, pack_id: str, actor: str, delivery_id: str) -> None:
    """Run a probe that was asked for; one that has ended is not run again."""
    if not hold_back(delivery_id, seconds=LONGEST):
        return
    pack = Pack.objects.filter(id=pack_id).first()
    if pack is not None:
        probe_pack(pack=pack, actor=actor, base_url=settings.PROBE_BASE_URL)
    end_delivery(delivery_id)


def proofs_of(pack: Pack) -> Sequence[Entry]:
    """Return the newest proofs of a pack, as the trail has them."""
    found = Entry.objects.filter(subject=f"pack:{pack.id}", action__in=("probe.run", "probe.ask"))
    return list(found.order_by("-pk")[:MOST_SHOWN])
