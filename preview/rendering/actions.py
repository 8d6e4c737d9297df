"""How a version becomes a rendering: claimed by one run, ended once, ready or failed."""

from __future__ import annotations

import logging
import uuid
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from preview.errors import PreviewError
from preview.outbox.actions import end_delivery, record_event
from preview.packs.models import PackDraft
from preview.rendering import waiting
from preview.rendering.claims import claim, claim_queued, release
from preview.rendering.draft_files import note_files
from preview.rendering.making import make_pages
from preview.rendering.models import PackPage, RenderedPage, Rendering
from preview.rendering.outcome import Outcome, failed
from preview.rendering.queueing import RENDERER, as_text
from preview.rendering.showing import is_shown, show

__all__ = ["MAX_ATTEMPTS", "RENDERER", "Outcome", "claim", "end", "render_queued", "render_version"]

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 5


def render_version(*, version_id: int, delivery_id: str) -> Rendering | None:
    """Render a version by itself and end its delivery; None when another run is at it.

    A second call after the end changes nothing. Errors named in `tasks.TRANSIENT` are passed on,
    with the claim released; all others become a failed rendering.
    """
    rendering = claim(version_id)
    if rendering is None:
        if Rendering.objects.filter(version=version_id, state__in=Rendering.ENDED).exists():
            end_delivery(delivery_id)
        return None
    return run(rendering, delivery_id)


def render_queued(*, rendering_id: str, delivery_id: str) -> Rendering | None:
    """Render what waits in a pack and end its delivery; None when another run is at it.

    What was taken off the queue since, because something newer took its place, is over as well.
    """
    rendering = claim_queued(uuid.UUID(rendering_id))
    if rendering is None:
        begun = Rendering.objects.filter(id=rendering_id).exclude(state__in=Rendering.ENDED)
        if not begun.exists():
            end_delivery(delivery_id)
        return None
    return run(rendering, delivery_id)


def run(rendering: Rendering, delivery_id: str) -> Rendering | None:
    """Make the pages of a rendering that this run holds, and end it."""
    if rendering.attempts > MAX_ATTEMPTS:
        outcome = failed("The preview was started several times and never came to an end.")
    else:
        outcome = attempt(rendering)
    return end(rendering, outcome, delivery_id)


def attempt(rendering: Rendering) -> Outcome:
    """Make the pages; an error that another attempt could mend is passed on."""
    from preview.rendering.tasks import TOO_SLOW, TRANSIENT  # noqa: PLC0415 (tasks import this)

    try:
        return make_pages(rendering)
    except TRANSIENT:
        release(rendering)
        raise
    except TOO_SLOW:
        return failed(
            f"The preview took longer than {settings.RENDER_TIME_LIMIT} seconds. "
            "Make the page smaller, or split it into parts."
        )
    except PreviewError as error:
        return failed(str(error))
    except Exception:
        outcome = failed("The preview could not be made because of a fault in this service.")
        log.exception("rendering.failed", extra={"trace_id": outcome.trace_id})
        return outcome


@transaction.atomic
def end(rendering: Rendering, outcome: Outcome, delivery_id: str) -> Rendering | None:
    """Store the outcome and end the delivery; None, and nothing stored, when the claim was lost."""
    state = Rendering.State.FAILED if outcome.failure else Rendering.State.READY
    ended = Rendering.objects.filter(id=rendering.id, claim=rendering.claim).update(
        state=state,
        claim=None,
        claimed_until=None,
        ended_at=timezone.now(),
        failure=outcome.failure,
        trace_id=outcome.trace_id,
        remarks=list(outcome.remarks),
        timings=outcome.timings or {},
        used=dict(outcome.used),
    )
    if not ended:
        return None
    if rendering.version_id is not None:
        transaction.on_commit(partial(waiting.tell, rendering.version_id))
    for page in outcome.pages:
        page.rendering = rendering
    pages = RenderedPage.objects.bulk_create(outcome.pages)
    if outcome.files:
        note_files(rendering, outcome.files)
    # A live page that the pack changes no longer may still have waited to be rendered again.
    wanted = rendering.version_id is not None or is_shown(rendering)
    paths = show(rendering, pages) if wanted else set()
    follow(rendering, outcome, paths)
    end_delivery(delivery_id)
    rendering.state = state
    return rendering


def follow(rendering: Rendering, outcome: Outcome, paths: set[str]) -> None:
    """Record what has to follow; for a draft by itself, which nothing depends on, that is nothing.

    Only the first rendering of a version by itself spreads it: the others follow from it.
    """
    others = PackPage.objects.filter(pack=rendering.pack_id, audience=rendering.audience)
    has_others = others.exclude(content_id=rendering.content_id).exists()
    if rendering.version_id is None:
        return
    pack_id = str(rendering.pack_id)
    topic = "rendering.failed" if outcome.failure else "rendering.ready"
    record_event(topic, rendering_id=str(rendering.id))
    by_itself = rendering.pack.own_draft_id is not None and rendering.generation == 1
    if by_itself:
        elsewhere = PackDraft.objects.filter(draft__versions=rendering.version_id).exclude(
            pack=rendering.pack_id
        )
        if has_others or elsewhere.exists():
            record_event("version.rendered", version_id=rendering.version_id)
    if paths and has_others:
        record_event(
            "pack.paths_changed",
            pack_id=pack_id,
            audience=rendering.audience,
            paths=as_text(paths),
        )
    shows_live = has_others and others.filter(page__rendering__version=None).exists()
    if outcome.reaches or shows_live:
        record_event("impact.wanted", pack_id=pack_id, audience=rendering.audience)
