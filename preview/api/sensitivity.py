"""How sensitive a draft is, over HTTP; its app says so."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, app_of, person_named
from preview.api.kinds import KIND, LOCALE, identity_of
from preview.api.serializers import DraftSerializer
from preview.drafts.models import Draft
from preview.drafts.sensitivity import named_sensitivity, set_sensitivity


class SensitivityRequestSerializer(serializers.ModelSerializer[Draft]):
    """The sensitivity that is wanted."""

    class Meta:
        model = Draft
        fields: ClassVar[list[str]] = ["sensitivity"]


class SensitivityView(APIView):
    """The sensitivity of a draft."""

    scopes: ClassVar[dict[str, str]] = {"PUT": "drafts:write"}

    @extend_schema(
        parameters=[KIND, LOCALE],
        request=SensitivityRequestSerializer,
        responses={200: DraftSerializer, 400: PROBLEM, 404: PROBLEM, 415: PROBLEM, 422: PROBLEM},
    )
    def put(self, request: Request, content_id: uuid.UUID) -> Response:
        """Say how sensitive a draft is; a higher one ends the share links made before.

        A market-sensitive draft stays so, with the wish in `lower_to`, until somebody agrees.
        """
        app = app_of(request)
        draft = Draft.objects.of_app(app).get(content_id=content_id, **identity_of(request))
        body: dict[str, Any] = dict(request.data)
        wanted = named_sensitivity(body.get("sensitivity"))
        changed = set_sensitivity(
            draft_id=draft.id, actor=app, sensitivity=wanted, person=person_named(request)
        )
        return Response(DraftSerializer(changed).data)
