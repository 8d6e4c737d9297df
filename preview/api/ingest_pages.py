"""What pages report by themselves: a token for each page, and the beacon that it lets through.

`navigator.sendBeacon` posts `text/plain` without asking first (no preflight). No cookie is read or
set. What integration's pages say is statistics and nothing else.

Source: W3C Beacon; Fetch Standard, "CORS-safelisted request-header".
"""

from __future__ import annotations

import re
from typing import cast

import orjson
from django.conf import settings
from django.utils import timezone
from rest_framework.exceptions import PermissionDenied, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from preview.api.bodies import body_of
from preview.api.ingest import IngestView
from preview.errors import InvalidInput, MalformedJSON
from preview.rate_limits import seconds_to_wait
from preview.usage.actions import digest
from preview.usage.models import UsageSource
from preview.usage.page_tokens import LIFE, page_token, read_page_token, report

LARGEST = 4096
TEXTS = ("token", "signal", "kind", "content_id")


def small_object(request: Request) -> dict[str, str]:
    """Return the texts of a small JSON object.

    Raises:
        MalformedJSON: it is none.
        InvalidInput: it is too large, or a value is no text.

    """
    data = body_of(request).read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InvalidInput(f"Send at most {LARGEST} bytes.")
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise MalformedJSON("Send a JSON object.") from error
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise InvalidInput("Send a JSON object whose values are texts.")
    return found


class PageTokenView(IngestView):
    """Tokens of pages, for applications."""

    def post(self, request: Request) -> Response:
        """Make a token: app, and uid, organisation and route where they are known."""
        asked = small_object(request)
        names = ("uid", "organisation", "route")
        token = page_token(
            source=cast("UsageSource", request.user),
            app=asked.get("app", ""),
            **{name: asked.get(name, "") for name in names},
        )
        return Response({"token": token, "expires_at": timezone.now() + LIFE}, status=201)


class BeaconView(IngestView):
    """Events of pages."""

    authentication_classes = []
    permission_classes = []

    def post(self, request: Request) -> Response:
        """Take one event: 204. The origin must be a page of integration."""
        if not re.fullmatch(settings.USAGE_PAGE_ORIGINS, request.headers.get("Origin", "")):
            raise PermissionDenied("Only pages of integration may report.")
        event = small_object(request)
        token, signal, kind, content_id = (event.get(name, "") for name in TEXTS)
        if wait := seconds_to_wait("beacon", digest(token)):
            raise Throttled(wait)
        report(
            token=read_page_token(token),
            signal=signal,
            kind=kind,
            content_id=content_id,
            at=timezone.now().isoformat(),
        )
        return Response(status=204)
