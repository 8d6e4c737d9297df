"""Server-sent events of a draft's page: the page is told when the rendering has ended.

Source: HTML Living Standard, section 9.2 (server-sent events).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import orjson
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from preview.drafts.models import Version
from preview.rendering.waiting import wait_for_version
from preview.web.drafts import newest, visible_draft
from preview.web.viewer import signed_in, viewer

LONGEST = 25  # seconds: below the read time-outs of proxies; the browser comes back by itself


@require_safe
@signed_in
def stream(request: HttpRequest, draft_id: uuid.UUID) -> StreamingHttpResponse:
    """Tell the state of the newest version's rendering, once it has ended."""
    draft = visible_draft(viewer(request), draft_id)
    response = StreamingHttpResponse(events(newest(draft)), content_type="text/event-stream")
    response["X-Accel-Buffering"] = "no"
    return response


def events(version: Version) -> Iterator[bytes]:
    """Give the events: one when the rendering has ended, else one that nothing has changed."""
    yield b"retry: 2000\n\n"
    rendering = wait_for_version(version.pk, LONGEST)
    state = rendering.state if rendering else "queued"
    body = orjson.dumps({"version": version.number, "state": state})
    yield b"event: state\ndata: " + body + b"\n\n"
