"""Failed renderings that still matter, and making them again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.rendering.models import Rendering
from preview.rendering.queueing import queue

MOST_AT_ONCE = 500


def failures(sentence: str = "") -> QuerySet[Rendering]:
    """Return failed renderings of what drafts say now and nothing newer stands for, newest first.

    `sentence` keeps those that failed for that reason.
    """
    again = Rendering.objects.filter(
        pack=OuterRef("pack"),
        audience=OuterRef("audience"),
        content_id=OuterRef("content_id"),
        locale=OuterRef("locale"),
        generation__gt=OuterRef("generation"),
    ).filter(Q(version=OuterRef("version")) | Q(version=None))
    now = Q(version__number=F("version__draft__version_number"))
    current = now & Q(version__draft__state=Draft.State.OPEN)
    found = Rendering.objects.filter(current | Q(version=None), state=Rendering.State.FAILED)
    found = found.filter(~Exists(again), pack__archived_at=None)
    return (found.filter(failure=sentence) if sentence else found).order_by("-ended_at")


def retry(*, renderings: Iterable[Rendering], actor: str) -> int:
    """Queue each as its next generation; return how many. What waits already is left alone."""
    count = 0
    for rendering in renderings:
        count += retry_one(rendering, actor)
    return count


@transaction.atomic
def retry_one(rendering: Rendering, actor: str) -> bool:
    """Queue one; False where something newer stands for it by now."""
    if not failures().filter(id=rendering.id).exists():
        return False
    item = (rendering.content_id, rendering.locale)
    made = queue(rendering.pack_id, rendering.audience, item, rendering.version, soon=True)
    if made is None:
        return False
    record_entry(
        action="rendering.retry",
        actor=actor,
        subject=f"rendering:{made.id}",
        pack=rendering.pack_id,
    )
    return True
