"""What a banner on integration reports: that it was shown or dismissed. No cookie is involved.

The same signed page token as the beacon's lets it through, so that a page can only speak of its own
person.
"""

from __future__ import annotations

import re

from django.conf import settings
from rest_framework.exceptions import PermissionDenied, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from preview.api.ingest import IngestView
from preview.api.ingest_pages import small_object
from preview.errors import InvalidInput
from preview.rate_limits import seconds_to_wait
from preview.usage.actions import digest
from preview.usage.page_tokens import read_page_token
from preview.usage.programme.nudging import known_way, record_nudge, who_was

EVENTS = ("shown", "dismissed")


class NudgeView(IngestView):
    """Events of banners."""

    authentication_classes = []
    permission_classes = []

    def post(self, request: Request) -> Response:
        """Take one event: 204. The origin must be a page of integration."""
        if not re.fullmatch(settings.USAGE_PAGE_ORIGINS, request.headers.get("Origin", "")):
            raise PermissionDenied("Only pages of integration may report.")
        sent = small_object(request)
        if wait := seconds_to_wait("beacon", digest(sent.get("token", ""))):
            raise Throttled(wait)
        if sent.get("event") not in EVENTS:
            raise InvalidInput(f"An event is one of: {', '.join(EVENTS)}.")
        token = read_page_token(sent.get("token", ""))
        way = known_way(
            app=token.app,
            kind=sent.get("kind", ""),
            campaign=sent.get("campaign", ""),
            variant=sent.get("variant", ""),
        )
        record_nudge(event=sent["event"], who=who_was(token.person, token.organisation), way=way)
        return Response(status=204)
