"""Draft files over HTTP: upload, get, list, delete."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, app_of
from preview.api.pagination import RecentFirst
from preview.api.uploads import FileParser, received
from preview.assets.actions import Upload, delete_asset, save_asset
from preview.assets.models import Asset
from preview.errors import InvalidAsset


class AssetSerializer(serializers.ModelSerializer[Asset]):
    """A draft file; `url` is what content uses."""

    url = serializers.CharField(source="address")
    disposition = serializers.SerializerMethodField(help_text="inline or attachment")

    class Meta:
        model = Asset
        fields = [
            "id",
            "url",
            "filename",
            "content_type",
            "disposition",
            "size",
            "sha256",
            "created_at",
            "updated_at",
        ]

    def get_disposition(self, asset: Asset) -> str:
        """Return whether browsers show the file or download it."""
        return "inline" if asset.inline else "attachment"


class AssetRequestSerializer(serializers.Serializer[Any]):
    """What a draft file is made from."""

    file = serializers.FileField(help_text="The file, 100 MB at most unless set otherwise")
    url = serializers.CharField(
        required=False,
        help_text="The address that the content uses already; without it a new one is made",
    )


def assets_of(request: Request) -> QuerySet[Asset]:
    """Return the app's own draft files."""
    return Asset.objects.filter(app=app_of(request))


class AssetListView(APIView):
    """The draft files of an app."""

    pagination_class = RecentFirst
    parser_classes = (FileParser,)
    takes_chunks = True
    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read", "POST": "drafts:write"}

    @extend_schema(responses={200: AssetSerializer(many=True), 422: PROBLEM})
    def get(self, request: Request) -> Response:
        """List draft files, newest first."""
        pages = self.pagination_class()
        rows = pages.paginate_queryset(assets_of(request), request, view=self) or []
        return pages.get_paginated_response(AssetSerializer(rows, many=True).data)

    @extend_schema(
        request={"multipart/form-data": AssetRequestSerializer},
        responses={
            200: AssetSerializer,
            201: AssetSerializer,
            400: PROBLEM,
            403: PROBLEM,
            413: PROBLEM,
            415: PROBLEM,
            422: PROBLEM,
        },
    )
    def post(self, request: Request) -> Response:
        """Upload a draft file: 201 at a new address, 200 in place of the one before."""
        body = received(request)
        file = body.files.get("file")
        if not isinstance(file, UploadedFile) or file.size is None or file.file is None:
            raise InvalidAsset("file", "Send the file in the field file.")
        upload = Upload(
            file=file.file,
            filename=file.name or "",
            size=file.size,
            sha256=file.sha256,  # type: ignore[attr-defined]  # set by AssetUploadHandler
        )
        try:
            url = str(body.data.get("url") or "")
            saved = save_asset(app=app_of(request), upload=upload, url=url)
        finally:
            file.close()
        response = Response(AssetSerializer(saved.asset).data, status=201 if saved.created else 200)
        response["Location"] = f"/api/v1/assets/{saved.asset.id}"
        return response


class AssetView(APIView):
    """One draft file."""

    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read", "DELETE": "drafts:write"}

    @extend_schema(responses={200: AssetSerializer, 404: PROBLEM})
    def get(self, request: Request, asset_id: uuid.UUID) -> Response:
        """Get what is known of a draft file."""
        return Response(AssetSerializer(assets_of(request).get(id=asset_id)).data)

    @extend_schema(request=None, responses={204: None, 404: PROBLEM})
    def delete(self, request: Request, asset_id: uuid.UUID) -> Response:
        """End a draft file at once, for everybody."""
        delete_asset(app=app_of(request), asset=assets_of(request).get(id=asset_id))
        return Response(status=204)
