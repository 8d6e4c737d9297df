"""Share links over HTTP."""

from __future__ import annotations

import uuid
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.access import Sensitivity
from preview.api.drafts import PROBLEM, app_of, draft_at
from preview.api.kinds import LOCALE
from preview.api.serializers import ShareLinkRequestSerializer, ShareLinkSerializer
from preview.drafts.models import Draft
from preview.errors import AccessDenied, InvalidShareLink
from preview.packs.actions import own_pack
from preview.sharing.actions import make_link, revoke_share_link
from preview.sharing.models import ShareLink
from preview.sharing.wanted import Wanted


def own_draft(request: Request, content_id: uuid.UUID) -> Draft:
    """Return the app's own open draft of this address."""
    return Draft.objects.of_app(app_of(request)).open().get(id=draft_at(request, content_id).id)


class ShareLinkListView(APIView):
    """The share links of a draft."""

    scopes: ClassVar[dict[str, str]] = {"GET": "share_links:write", "POST": "share_links:write"}

    @extend_schema(
        parameters=[LOCALE], responses={200: ShareLinkSerializer(many=True), 404: PROBLEM}
    )
    def get(self, request: Request, content_id: uuid.UUID) -> Response:
        """List the draft's share links, newest first, at most 200."""
        links = ShareLink.objects.filter(pack__own_draft=own_draft(request, content_id))
        rows = links.prefetch_related("pinned_versions").order_by("-created_at")[:200]
        return Response(ShareLinkSerializer(rows, many=True).data)

    @extend_schema(
        parameters=[LOCALE],
        request=ShareLinkRequestSerializer,
        responses={
            201: ShareLinkSerializer,
            400: PROBLEM,
            403: PROBLEM,
            404: PROBLEM,
            413: PROBLEM,
            422: PROBLEM,
        },
    )
    def post(self, request: Request, content_id: uuid.UUID) -> Response:
        """Make a share link; its address is in this answer and nowhere else, ever."""
        draft = own_draft(request, content_id)
        if draft.limited or draft.sensitivity != Sensitivity.NORMAL:
            raise AccessDenied("access_limited_drafts_are_shared_by_people")
        wanted = ShareLinkRequestSerializer(data=request.data)
        if not wanted.is_valid():
            field, sentences = next(iter(wanted.errors.items()))
            raise InvalidShareLink(field, first_sentence(sentences))
        number = wanted.validated_data.pop("version")
        pinned = draft.versions.filter(number=number).first() if number else None
        if number and pinned is None:
            raise InvalidShareLink("version", f"This draft has no version {number}.")
        app = app_of(request).name
        link = Wanted(
            **{**wanted.validated_data, "recipients": tuple(wanted.validated_data["recipients"])},
            pinned_versions=(pinned,) if pinned else (),
        )
        new = make_link(pack=own_pack(draft), maker=f"app:{app}", wanted=link, sender=app)
        new.link.url = new.address  # type: ignore[attr-defined]
        return Response(ShareLinkSerializer(new.link).data, status=201)


def first_sentence(sentences: list[ErrorDetail] | ErrorDetail) -> str:
    """Return one sentence of what the serializer found."""
    return str(sentences[0] if isinstance(sentences, list) else sentences)


class ShareLinkRevocationView(APIView):
    """The end of a share link."""

    scopes: ClassVar[dict[str, str]] = {"POST": "share_links:write"}

    @extend_schema(request=None, responses={200: ShareLinkSerializer, 404: PROBLEM})
    def post(self, request: Request, link_id: uuid.UUID) -> Response:
        """Revoke a share link; a second call changes nothing."""
        app = app_of(request)
        link = ShareLink.objects.get(id=link_id, pack__own_draft__app=app)
        revoke_share_link(link=link, revoked_by=f"app:{app.name}")
        return Response(ShareLinkSerializer(link).data)
