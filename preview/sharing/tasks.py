"""The tasks of sharing; `wiring.py` says when they run."""

from __future__ import annotations

import uuid

from celery import Task, shared_task

from preview.outbox.retries import DATABASE, OUTSIDE, retries
from preview.sharing import actions, agreeing, limits, opening, proving


@shared_task(name="sharing.send_code", bind=True, **retries(OUTSIDE, seconds=30))
def send_code(
    self: Task,  # noqa: ARG001 (bound for retries)
    *,
    delivery_id: str,
    link_id: str,
    email: str,
    code_id: str,
) -> None:
    """Send a one-time code to somebody on a link's list; safe to run twice."""
    opening.send_code(
        link_id=uuid.UUID(link_id),
        email=email,
        code_id=uuid.UUID(code_id),
        delivery_id=delivery_id,
    )


@shared_task(name="sharing.end_links_of_person", **retries(DATABASE, most=8))
def end_links_of_person(*, delivery_id: str, uid: str, by: str = "service:signon") -> None:
    """End what somebody shared whose account may be used no more; safe to run twice."""
    actions.end_links_of_person(uid=uid, by=by, delivery_id=delivery_id)


@shared_task(name="sharing.end_links_of_draft", **retries(OUTSIDE, most=8))
def end_links_of_draft(*, delivery_id: str, draft_id: str) -> None:
    """End what shows a draft whose limits changed; safe to run twice."""
    limits.end_links_of_draft(draft_id=draft_id, delivery_id=delivery_id)


@shared_task(name="sharing.end_links_to_what_ended", **retries(DATABASE, most=8))
def end_links_to_what_ended(*, delivery_id: str, draft_id: str) -> None:
    """End what shows a draft that was published or discarded; safe to run twice."""
    limits.end_links_to_what_ended(draft_id=draft_id, delivery_id=delivery_id)


@shared_task(name="sharing.ask_again", **retries(OUTSIDE, most=8))
def ask_again(*, delivery_id: str, pack_id: str, draft_id: str) -> None:
    """Let links wait for new agreement to a draft that joined; safe to run twice."""
    agreeing.ask_again(pack_id=pack_id, draft_id=draft_id, delivery_id=delivery_id)


@shared_task(name="sharing.probe_pack", **retries(DATABASE, most=3, seconds=proving.LONGEST))
def probe_pack(*, delivery_id: str, pack_id: str, actor: str) -> None:
    """Look at every address of a pack as an outsider; safe to run twice."""
    proving.run_probe(pack_id=pack_id, actor=actor, delivery_id=delivery_id)
