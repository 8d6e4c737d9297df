"""Following passages: where each thread's passage stands in a version that was just rendered."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from preview.anchors import Passages, place
from preview.drafts.models import Version
from preview.outbox.actions import end_delivery
from preview.packs.models import Audience
from preview.rendering.models import Rendering
from preview.review.comments.models import Thread
from preview.review.comments.passages import passages_of
from preview.review.sign_offs.going_stale import note_stale

FIELDS = ("placed_in", "placement", "score", "now_block", "now_quote", "audience")


@transaction.atomic
def place_comments(*, rendering_id: str, delivery_id: str) -> int:
    """Place a draft's threads in a version that can be looked at; return how many.

    Which sign-offs hold no longer is seen at the same time.

    Only the draft by itself counts, and only its newest version: an older one that comes late
    moves nothing. A second call finds the same places.
    """
    found = Rendering.objects.ready().select_related("version__draft", "pack")
    rendering = found.filter(id=uuid.UUID(rendering_id)).first()
    placed = 0
    version = rendering.version if rendering else None
    if version:
        note_stale(version.draft_id)
    alone = rendering and version and rendering.pack.own_draft_id == version.draft_id
    if rendering and version and alone and version.number == version.draft.version_number:
        threads = followed_by(rendering, version)
        pages = dict(rendering.pages.values_list("path", "sha256")) if threads else {}
        texts = {path: passages_of(sha256) for path, sha256 in pages.items()}
        follow(threads, texts, version)
        for thread in threads:
            if rendering.audience == Audience.FULL:
                thread.audience = Audience.FULL
        placed = Thread.objects.bulk_update(threads, FIELDS) if threads else 0
    end_delivery(delivery_id)
    return placed


def followed_by(rendering: Rendering, version: Version) -> list[Thread]:
    """Return the threads that a rendering places: those of its audience, or all where it is alone.

    Where a draft is limited there is no page for everybody: what quoted one follows the other, and
    is no longer for everybody.
    """
    threads = list(Thread.objects.filter(draft=version.draft_id).exclude(quote=""))
    same = [one for one in threads if one.audience == rendering.audience]
    if len(same) == len(threads):
        return threads
    if rendering.audience == Audience.FULL:
        alone = version.draft.limited
    else:
        alone = not rendering.pack.counted().filter(limited=True).exists()
    return threads if alone else same


def follow(threads: Iterable[Thread], pages: dict[str, Passages], version: Version) -> None:
    """Set where each thread's passage stands now: on its page, else on the only page there is.

    A draft whose address changed has its page elsewhere; with several pages nobody can tell which.
    """
    only = next(iter(pages.values())) if len(pages) == 1 else None
    for thread in threads:
        page = pages.get(thread.path) or only
        thread.placed_in = version
        if page is None:
            thread.placement, thread.score = Thread.Placement.LOST, 0.0
            thread.now_block = thread.now_quote = ""
            continue
        found = place(thread.anchor(), page)
        thread.placement, thread.score = Thread.Placement(found.state), found.score
        thread.now_block, thread.now_quote = found.path, found.quote
