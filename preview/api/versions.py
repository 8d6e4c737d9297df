"""Versions over HTTP."""

from __future__ import annotations

import uuid
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, draft_at
from preview.api.kinds import KIND, LOCALE
from preview.api.serializers import VersionSerializer
from preview.drafts.models import Version


class VersionView(APIView):
    """One version of a draft, with the content that was sent."""

    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read"}

    @extend_schema(parameters=[KIND, LOCALE], responses={200: VersionSerializer, 404: PROBLEM})
    def get(self, request: Request, content_id: uuid.UUID, number: int) -> Response:
        """Get a version by its number."""
        if number > 2**31 - 1:
            raise Version.DoesNotExist
        draft = draft_at(request, content_id)
        return Response(VersionSerializer(draft.versions.get(number=number)).data)
