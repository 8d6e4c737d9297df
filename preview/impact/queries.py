"""What somebody may read of what a pack changes on live pages."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from preview.drafts.models import Draft
from preview.impact.actions import newest
from preview.impact.models import Impact
from preview.packs.models import Audience, Pack
from preview.rendering.queueing import audiences, members


def measured_for(pack: Pack, readable: QuerySet[Draft]) -> Impact | None:
    """Return a pack's measurement for somebody who may read the drafts `readable`.

    With the limited drafts where they may read all of those, else without them. None where nothing
    was measured, and where what was measured tells of a draft that is hidden from them.
    """
    among = audiences(members(pack))
    limited = pack.counted().order_by().filter(limited=True)
    sees_limited = not limited.exclude(pk__in=readable.values("pk")).exists()
    audience = Audience.FULL if sees_limited and Audience.FULL in among else Audience.OPEN
    found = newest(pack, audience) if audience in among else None
    if found is None:
        return None
    found.pack = pack  # the very one: it need not be read again
    return None if tells_of_hidden(found, readable) else found


def tells_of_hidden(impact: Impact, readable: QuerySet[Draft]) -> bool:
    """Say whether a measurement was made with a limited draft that is not among `readable`.

    One for everybody may be of before the draft was limited, one with limited drafts of before the
    draft left the pack. Both are measured again soon, but not in that very moment.
    """
    left = Q(departures__pack=impact.pack_id, departures__left_at__gte=impact.asked_at)
    counted = Q(pk__in=impact.pack.counted().order_by().values("pk"))
    limited = Draft.objects.filter(left | counted, limited=True)
    if impact.audience == Audience.OPEN:
        limited = limited.filter(limits_changed_at__gte=impact.asked_at)
    return limited.exclude(pk__in=readable.values("pk")).exists()
