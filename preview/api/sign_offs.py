"""Sign-off over HTTP: for apps that require it before they publish."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, draft_at
from preview.api.kinds import KIND, LOCALE
from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.standing import standings

MOST = 200
SHA256 = OpenApiParameter(
    "content_sha256",
    str,
    description="The content that you mean to publish, as in `content_sha256` of the answer",
)
STATES = [("current", "current"), ("stale", "stale"), ("withdrawn", "withdrawn")]


class GivenSerializer(serializers.Serializer[Any]):
    """One person's sign-off."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(STATES)
    sentence = serializers.CharField(help_text="How it stands, and what made it stale")
    version = serializers.IntegerField()
    content_sha256 = serializers.CharField()
    pages = serializers.DictField(child=serializers.CharField(), help_text="SHA-256 by path")
    name = serializers.CharField()
    role = serializers.CharField()
    statement = serializers.CharField()
    signed_at = serializers.DateTimeField()


class SignOffSerializer(serializers.Serializer[Any]):
    """Whether a draft is signed off as it is now, by how many people, and every sign-off."""

    signed_off = serializers.BooleanField(
        help_text="Somebody's sign-off holds for the newest version, which is `content_sha256` "
        "where you name one. Publish only when this is true, if you require sign-off"
    )
    people = serializers.IntegerField(help_text="How many people's sign-offs hold")
    version = serializers.IntegerField(help_text="The newest version")
    content_sha256 = serializers.CharField(help_text="SHA-256 of its content in canonical form")
    sign_offs = GivenSerializer(many=True)


class SignOffView(APIView):
    """The sign-off of a draft."""

    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read"}

    @extend_schema(
        parameters=[KIND, LOCALE, SHA256], responses={200: SignOffSerializer, 404: PROBLEM}
    )
    def get(self, request: Request, content_id: uuid.UUID) -> Response:
        """Get whether a draft is signed off, newest sign-off first, at most 200."""
        draft = draft_at(request, content_id)
        newest = draft.versions.defer("payload").get(number=draft.version_number)
        given = SignOff.objects.filter(draft=draft).select_related("pack", "version")[:MOST]
        found = standings(draft, given)
        holds = {one.sign_off.actor for one in found if one.state == "current"}
        wanted = request.query_params.get("content_sha256", newest.sha256)
        return Response(
            {
                "signed_off": bool(holds) and wanted == newest.sha256,
                "people": len(holds),
                "version": newest.number,
                "content_sha256": newest.sha256,
                "sign_offs": [
                    {
                        "id": one.sign_off.id,
                        "state": one.state,
                        "sentence": one.sentence,
                        "version": one.sign_off.version.number,
                        "content_sha256": one.sign_off.content_sha256,
                        "pages": one.sign_off.pages,
                        "name": one.sign_off.name,
                        "role": one.sign_off.role,
                        "statement": one.sign_off.statement,
                        "signed_at": one.sign_off.created_at,
                    }
                    for one in found
                ],
            }
        )
