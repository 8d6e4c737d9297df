"""Renderings over HTTP."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, app_of, drafts_of
from preview.api.serializers import RenderingSerializer
from preview.packs.models import Audience
from preview.rendering.models import Rendering


class RenderingView(APIView):
    """One rendering."""

    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read"}

    @extend_schema(responses={200: RenderingSerializer, 404: PROBLEM})
    def get(self, request: Request, rendering_id: uuid.UUID) -> Response:
        """Get a rendering: its state, pages and fidelity report.

        One with limited drafts is for the app of its draft only.
        """
        own = Q(version__draft__app=app_of(request))
        everybodys = Q(audience=Audience.OPEN)
        rendering = (
            Rendering.objects.select_related("version__draft")
            .prefetch_related("pages")
            .get(own | everybodys, id=rendering_id, version__draft__in=drafts_of(request))
        )
        return Response(RenderingSerializer(rendering).data)
