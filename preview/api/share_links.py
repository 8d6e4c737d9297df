"""Share links over HTTP."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, app_of, draft_at
from preview.api.kinds import LOCALE
from preview.api.serializers import (
    ShareLinkExtensionSerializer,
    ShareLinkRequestSerializer,
    ShareLinkSerializer,
)
from preview.drafts.models import Draft
from preview.errors import InvalidShareLink
from preview.packs.actions import own_pack
from preview.sharing.actions import NewLink, revoke_share_link
from preview.sharing.by_apps import extend_by_app, share_by_app
from preview.sharing.models import ShareLink
from preview.sharing.wanted import Wanted

MOST = 200
MADE = {201: ShareLinkSerializer, **dict.fromkeys((400, 403, 404, 413, 422), PROBLEM)}


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
        return listed(ShareLink.objects.filter(pack__own_draft=own_draft(request, content_id)))

    @extend_schema(
        parameters=[LOCALE],
        request=ShareLinkRequestSerializer,
        responses=MADE,
    )
    def post(self, request: Request, content_id: uuid.UUID) -> Response:
        """Make a share link; its address is in this answer and nowhere else, ever."""
        draft = own_draft(request, content_id)
        wanted = asked(request)
        number = wanted.pop("version")
        pinned = draft.versions.filter(number=number).first() if number else None
        if number and pinned is None:
            raise InvalidShareLink("version", f"This draft has no version {number}.")
        link = Wanted(**wanted, pinned_versions=(pinned,) if pinned else ())
        return made(share_by_app(pack=own_pack(draft), app=app_of(request), wanted=link), 201)


def asked(request: Request) -> dict[str, Any]:
    """Return what is asked of a new link, as the rules of links understand it.

    Raises:
        InvalidShareLink: something that can't be read; names the field.

    """
    values = read(ShareLinkRequestSerializer(data=request.data))
    return {**values, "recipients": tuple(values["recipients"])}


def listed(links: QuerySet[ShareLink]) -> Response:
    """Return links, newest first."""
    rows = links.prefetch_related("pinned_versions").order_by("-created_at")[:MOST]
    return Response(ShareLinkSerializer(rows, many=True).data)


def made(new: NewLink, status: int) -> Response:
    """Return a link with its new address, which is in this answer and nowhere else, ever."""
    new.link.url = new.address  # type: ignore[attr-defined]
    return Response(ShareLinkSerializer(new.link).data, status=status)


def read(wanted: Serializer[Any]) -> dict[str, Any]:
    """Return what a serializer reads of a request.

    Raises:
        InvalidShareLink: something that can't be read; names the field.

    """
    if not wanted.is_valid():
        field, sentences = next(iter(wanted.errors.items()))
        raise InvalidShareLink(field, first_sentence(sentences))
    values: dict[str, Any] = wanted.validated_data
    return values


def first_sentence(sentences: list[ErrorDetail] | ErrorDetail) -> str:
    """Return one sentence of what the serializer found."""
    return str(sentences[0] if isinstance(sentences, list) else sentences)


def own_link(request: Request, link_id: uuid.UUID) -> ShareLink:
    """Return a link to the app's own draft, or to a pack that it owns."""
    app = app_of(request)
    owned = Q(pack__own_draft__app=app) | Q(pack__own_draft=None, pack__owner=f"app:{app.name}")
    return ShareLink.objects.select_related("pack__own_draft").get(owned, id=link_id)


class ShareLinkRevocationView(APIView):
    """The end of a share link."""

    scopes: ClassVar[dict[str, str]] = {"POST": "share_links:write"}

    @extend_schema(request=None, responses={200: ShareLinkSerializer, 404: PROBLEM})
    def post(self, request: Request, link_id: uuid.UUID) -> Response:
        """Revoke a share link; a second call changes nothing."""
        link = own_link(request, link_id)
        revoke_share_link(link=link, revoked_by=f"app:{app_of(request).name}")
        return Response(ShareLinkSerializer(link).data)


class ShareLinkExtensionView(APIView):
    """A later end of a share link."""

    scopes: ClassVar[dict[str, str]] = {"POST": "share_links:write"}

    @extend_schema(
        request=ShareLinkExtensionSerializer,
        responses={
            200: ShareLinkSerializer,
            400: PROBLEM,
            403: PROBLEM,
            404: PROBLEM,
            409: PROBLEM,
            422: PROBLEM,
        },
    )
    def post(self, request: Request, link_id: uuid.UUID) -> Response:
        """Let a link that the app made last longer. It gets a new address, which is in `url`."""
        link = own_link(request, link_id)
        ends = read(ShareLinkExtensionSerializer(data=request.data))["expires_at"]
        return made(extend_by_app(link=link, app=app_of(request), expires_at=ends), 200)
