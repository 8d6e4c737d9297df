"""The copies that are kept of what the real Publishing API accepted.

A copy is written before the caller has its answer: a process that is killed in between leaves a
caller without an answer, who sends again. The broker hears of it after the answer, so that a slow
one holds nobody up; the sweeper sends what was not sent.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest

from preview.outbox.actions import record_event
from publishing_bridge.tee.models import ForwardedRequest

log = logging.getLogger(__name__)
ID = r"[a-f\d]{8}(?:-[a-f\d]{4}){3}-[a-f\d]{12}"
KEPT = re.compile(
    rf"(?:PUT /v2/content/|PATCH /v2/links/|PUT /v2/links/)({ID})"
    rf"|POST /v2/content/({ID})/(?:publish|unpublish|discard-draft)"
)
LONGEST_WAIT = 500
Later = Callable[[Callable[[], Any]], Any]


def keep(request: HttpRequest, body: bytes | None, later: Later) -> bool:
    """Keep a copy of an accepted request that is about a draft; return whether it was kept.

    `later` is called with what can wait until the caller has its answer. Never raises: publishing
    goes on whatever happens here.
    """
    path = request.path.removeprefix("/publishing-api")
    found = KEPT.fullmatch(f"{request.method} {path}")
    if not found:
        return False
    if body is None:
        log.warning("tee.copy_too_large", extra={"path": path})
        return False
    try:
        with impatient(), transaction.atomic():
            copy = ForwardedRequest.objects.create(
                method=request.method or "",
                path=path,
                content_id=found[1] or found[2],
                body=body,
                user_uid=request.headers.get("X-Govuk-Authenticated-User", "")[:64],
                request_id=getattr(request, "request_id", ""),
            )
            record_event(
                "publishing_request.accepted",
                request_id=copy.request_id,
                send_by=later,
                copy_id=str(copy.id),
            )
    except Exception:  # a border: whatever fails in the preview must not fail publishing
        log.exception("tee.copy_not_kept", extra={"path": path})
        return False
    return True


@contextmanager
def impatient() -> Iterator[None]:
    """Let the database wait half a second at most for a lock while a caller waits."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = {LONGEST_WAIT}")
                cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_WAIT}")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
