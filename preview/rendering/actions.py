"""How a version becomes a rendering: claimed by one run, ended once, ready or failed."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from preview import pages
from preview.drafts.models import Draft, Version
from preview.errors import PreviewError
from preview.outbox.actions import end_delivery
from preview.packs.actions import own_pack
from preview.packs.models import Audience
from preview.rendering import links, snapshots, waiting
from preview.rendering.content_item import as_content_item
from preview.rendering.models import PackPage, RenderedPage, Rendering

log = logging.getLogger(__name__)
RENDERER = "built-in-1"
MAX_ATTEMPTS = 5
NOTICE = "Draft preview, version {number}. This page is not published."


@dataclass(frozen=True)
class Outcome:
    """What a run made: pages and remarks, or the sentence that says why there are none."""

    pages: tuple[RenderedPage, ...] = ()
    remarks: tuple[dict[str, Any], ...] = ()
    timings: dict[str, float] | None = None
    failure: str = ""
    trace_id: str = ""


def render_version(*, version_id: int, delivery_id: str) -> Rendering | None:
    """Render a version and end its delivery; None when another run is at it.

    A second call after the end changes nothing. Errors named in `tasks.TRANSIENT` are passed on,
    with the claim released; all others become a failed rendering.
    """
    rendering = claim(version_id)
    if rendering is None:
        if Rendering.objects.filter(version=version_id, state__in=Rendering.ENDED).exists():
            end_delivery(delivery_id)
        return None
    if rendering.attempts > MAX_ATTEMPTS:
        outcome = failed("The preview was started several times and never came to an end.")
    else:
        outcome = attempt(rendering)
    return end(rendering, outcome, delivery_id)


def claim(version_id: int) -> Rendering | None:
    """Take the version's rendering for this run; None when it has ended or another run has it."""
    now = timezone.now()
    draft = Draft.objects.get(versions=version_id)
    subject: dict[str, Any] = {
        "pack": own_pack(draft),
        "audience": Audience.FULL if draft.limited else Audience.OPEN,
        "version_id": version_id,
        "renderer": RENDERER,
    }
    claimed: dict[str, Any] = {
        "state": Rendering.State.RENDERING,
        "claim": uuid.uuid4(),
        "claimed_until": now + timedelta(seconds=settings.RENDER_TIME_LIMIT + 10),
    }
    try:
        with transaction.atomic():
            return Rendering.objects.create(
                **subject,
                **claimed,
                content_id=draft.content_id,
                locale=draft.locale,
                attempts=1,
            )
    except IntegrityError:
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        taken = (
            Rendering.objects.filter(free, **subject)
            .exclude(state__in=Rendering.ENDED)
            .update(attempts=F("attempts") + 1, **claimed)
        )
    return Rendering.objects.get(claim=claimed["claim"]) if taken else None


def release(rendering: Rendering) -> None:
    """Give the claim back, so that the next run need not wait until it is over."""
    Rendering.objects.filter(id=rendering.id, claim=rendering.claim).update(
        state=Rendering.State.QUEUED, claim=None, claimed_until=None
    )


def attempt(rendering: Rendering) -> Outcome:
    """Make the pages; an error that another attempt could mend is passed on."""
    from preview.rendering.tasks import TOO_SLOW, TRANSIENT  # noqa: PLC0415 (tasks import this)

    try:
        return make_pages(Version.objects.select_related("draft").get(renderings=rendering))
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


def failed(sentence: str) -> Outcome:
    """Return the outcome of a run without pages, with a trace id to find its log lines by."""
    return Outcome(failure=sentence, trace_id=str(uuid.uuid4()))


def make_pages(version: Version) -> Outcome:
    """Render every page of the version and store its snapshot."""
    started = time.perf_counter()
    item = as_content_item(version)
    options = pages.Options(
        now=timezone.now(),
        branding=settings.BRANDING,
        website_root=settings.WEBSITE_ROOT,
        assets_path=settings.STATIC_URL.rstrip("/"),
        notice=NOTICE.format(number=version.number),
    )
    own = pages.paths(item, options)
    made = [pages.render(item, path, options=options) for path in own]
    rendered = time.perf_counter()
    rows = []
    for position, page in enumerate(made):
        html = links.lead(page.html, own, settings.WEBSITE_ROOT)
        snapshot = snapshots.put(html)
        rows.append(
            RenderedPage(
                position=position,
                path=page.path,
                title=page.title,
                status=page.status,
                sha256=snapshot.sha256,
                size=snapshot.size,
            )
        )
    remarks = {remark: asdict(remark) for page in made for remark in page.remarks}
    return Outcome(
        pages=tuple(rows),
        remarks=tuple(remarks.values()),
        timings={
            "render_ms": round(1000 * (rendered - started), 2),
            "store_ms": round(1000 * (time.perf_counter() - rendered), 2),
        },
    )


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
    )
    if not ended:
        return None
    for page in outcome.pages:
        page.rendering = rendering
    show(rendering, RenderedPage.objects.bulk_create(outcome.pages))
    end_delivery(delivery_id)
    rendering.state = state
    if rendering.version_id is not None:
        transaction.on_commit(partial(waiting.tell, rendering.version_id))
    return rendering


def show(rendering: Rendering, pages: Sequence[RenderedPage]) -> None:
    """Let the pack show these pages for the item, unless a newer rendering is shown already."""
    if not pages:
        return
    shown = PackPage.objects.filter(
        pack=rendering.pack_id,
        audience=rendering.audience,
        content_id=rendering.content_id,
        locale=rendering.locale,
    )
    newest = shown.select_related("page__rendering__version").first()
    if newest and newest.page.rendering.order() > rendering.order():
        return
    shown.delete()
    PackPage.objects.bulk_create(
        (
            PackPage(
                pack_id=rendering.pack_id,
                audience=rendering.audience,
                path=page.path,
                page=page,
                content_id=rendering.content_id,
                locale=rendering.locale,
            )
            for page in pages
        ),
        update_conflicts=True,
        unique_fields=["pack", "audience", "path"],
        update_fields=["page", "content_id", "locale"],
    )
