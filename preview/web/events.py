"""Server-sent events of a draft's page: the page is told when the rendering has ended.

Source: HTML Living Standard, section 9.2 (server-sent events).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import orjson
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from preview.drafts.models import Draft, Version
from preview.rendering.waiting import wait_for_version
from preview.web.drafts import newest, visible_draft
from preview.web.viewer import signed_in, viewer

ASK_AGAIN = 15_000  # milliseconds
LONGEST = 25  # seconds: below the read time-outs of proxies; the browser comes back by itself


@require_safe
@signed_in
def stream(request: HttpRequest, draft_id: uuid.UUID) -> StreamingHttpResponse:
    """Tell the state of the newest version's rendering, once it has ended.

    A page that shows a version says so by `shown`. It is answered at once, and asks again after a
    while by itself: waiting for somebody to save a newer version would hold a thread for each page.
    """
    draft = visible_draft(viewer(request), draft_id)
    has_it = request.GET.get("shown", "") == str(draft.version_number)
    told = unchanged(draft) if has_it else events(newest(draft))
    response = StreamingHttpResponse(told, content_type="text/event-stream")
    response["X-Accel-Buffering"] = "no"
    return response


def unchanged(draft: Draft) -> Iterator[bytes]:
    """Give the event that says that there is nothing newer."""
    yield f"retry: {ASK_AGAIN}\n\n".encode()
    yield event(draft.version_number, "unchanged")


def event(version: int, state: str) -> bytes:
    """Return an event."""
    body: bytes = orjson.dumps({"version": version, "state": state})
    return b"event: state\ndata: " + body + b"\n\n"


def events(version: Version) -> Iterator[bytes]:
    """Give the events: one when the rendering has ended, else one that nothing has changed."""
    yield b"retry: 2000\n\n"
    rendering = wait_for_version(version.pk, LONGEST)
    state = rendering.state if rendering else "queued"
    yield event(version.number, state)
