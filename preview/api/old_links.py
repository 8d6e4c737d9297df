"""Older links of a draft over HTTP: `?token=` with a JWT, as the publishing apps make them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, app_of
from preview.api.kinds import LOCALE
from preview.api.serializers import OldLinkSerializer
from preview.api.share_links import own_draft
from preview.sharing.old_links import mint


class OldLinkListView(APIView):
    """The older links of a draft; they are not stored, so there is no list."""

    scopes: ClassVar[dict[str, str]] = {"POST": "share_links:write"}

    @extend_schema(
        parameters=[LOCALE],
        request=None,
        responses={201: OldLinkSerializer, 403: PROBLEM, 404: PROBLEM, 422: PROBLEM},
    )
    def post(self, request: Request, content_id: uuid.UUID) -> Response:
        """Make a link with a token for the newest version's first `auth_bypass_ids`."""
        draft = own_draft(request, content_id)
        url = mint(draft=draft, maker=f"app:{app_of(request).name}")
        return Response(OldLinkSerializer({"url": url}).data, status=201)
