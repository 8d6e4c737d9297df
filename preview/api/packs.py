"""Packs over HTTP: make, describe, list, archive. Their drafts are in `pack_members.py`."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.accounts.models import PublisherApp
from preview.api.drafts import PROBLEM, app_of, text_filter, time_filter
from preview.api.pack_serializers import (
    PackChangeSerializer,
    PackRequestSerializer,
    PackSerializer,
    read,
)
from preview.api.pagination import RecentFirst
from preview.drafts.models import Draft
from preview.errors import AccessDenied, InvalidInput
from preview.packs.actions import create_pack, describe_pack, set_as_of
from preview.packs.models import Pack
from preview.packs.owners import edits
from preview.sharing.packs import end_pack


def packs_of(app: PublisherApp) -> QuerySet[Pack]:
    """Return the packs that an app may read: those it made, and those that hold drafts of it."""
    own = Pack.objects.filter(own_draft=None, owner=f"app:{app.name}")
    holding = Pack.objects.filter(own_draft=None, members__draft__app=app)
    ids = own.values("id").union(holding.values("id"))
    return Pack.objects.filter(id__in=ids).annotate(count=Count("members"))


def pack_at(request: Request, pack_id: uuid.UUID) -> Pack:
    """Return the pack of this address, among those that the app may read."""
    return packs_of(app_of(request)).get(id=pack_id, archived_at=None)


def own_pack_at(request: Request, pack_id: uuid.UUID) -> Pack:
    """Return the pack of this address where the app may change it.

    Raises:
        AccessDenied: it may only read it.

    """
    pack = pack_at(request, pack_id)
    if not edits(app_of(request), pack):
        raise AccessDenied("not_an_editor_of_this_pack")
    return pack


class PackListView(APIView):
    """The packs of an app."""

    pagination_class = RecentFirst
    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read", "POST": "packs:write"}

    @extend_schema(
        parameters=[
            OpenApiParameter("name", str, description="Part of the name"),
            OpenApiParameter("draft", str, description="Content id of a draft that it holds"),
            OpenApiParameter("updated_since", str, description="RFC 3339 with offset"),
            OpenApiParameter("state", str, enum=["open", "archived", "all"]),
        ],
        responses={200: PackSerializer(many=True), 422: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """List packs that the app made, or that hold its drafts, newest first."""
        pages = self.pagination_class()
        chosen = packs_of(app_of(request)).filter(wanted(request))
        rows = pages.paginate_queryset(chosen, request, view=self) or []
        return pages.get_paginated_response(PackSerializer(rows, many=True).data)

    @extend_schema(
        request=PackRequestSerializer,
        responses={201: PackSerializer, 400: PROBLEM, 413: PROBLEM, 415: PROBLEM, 422: PROBLEM},
    )
    def post(self, request: Request) -> Response:
        """Make an empty pack; the app owns it."""
        values = read(PackRequestSerializer, request.data)
        pack = create_pack(actor=app_of(request), **values)
        response = Response(PackSerializer(pack).data, status=201)
        response["Location"] = f"/api/v1/packs/{pack.id}"
        return response


def wanted(request: Request) -> Q:
    """Return what the filters in the address name.

    Raises:
        InvalidInput: a filter that can't be read.

    """
    query = request.query_params
    found = Q()
    if name := query.get("name"):
        found &= Q(name__icontains=text_filter(name))
    if draft := query.get("draft"):
        holding = Draft.objects.filter(content_id=content_id_filter(draft))
        found &= Q(id__in=Pack.objects.filter(members__draft__in=holding).values("id"))
    if since := query.get("updated_since"):
        found &= Q(updated_at__gte=time_filter(since))
    state = query.get("state") or "open"
    if state not in STATES:
        raise InvalidInput(f"state is one of: {', '.join(STATES)}.")
    return found & STATES[state]


STATES = {"open": Q(archived_at=None), "archived": Q(archived_at__isnull=False), "all": Q()}


def content_id_filter(text: str) -> uuid.UUID:
    """Read a content id."""
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise InvalidInput("draft is a content id, for example 5f1c7f0e-….") from error


class PackView(APIView):
    """One pack."""

    scopes: ClassVar[dict[str, str]] = {
        "GET": "drafts:read",
        "PATCH": "packs:write",
        "DELETE": "packs:write",
    }

    @extend_schema(responses={200: PackSerializer, 404: PROBLEM})
    def get(self, request: Request, pack_id: uuid.UUID) -> Response:
        """Get a pack."""
        return Response(PackSerializer(pack_at(request, pack_id)).data)

    @extend_schema(
        request=PackChangeSerializer,
        responses={
            200: PackSerializer,
            400: PROBLEM,
            403: PROBLEM,
            404: PROBLEM,
            413: PROBLEM,
            415: PROBLEM,
            422: PROBLEM,
        },
    )
    def patch(self, request: Request, pack_id: uuid.UUID) -> Response:
        """Change name, description or time; what is not named stays."""
        pack, app = own_pack_at(request, pack_id), app_of(request)
        values = read(PackChangeSerializer, request.data)
        if "as_of" in values:
            set_as_of(actor=app, pack=pack, as_of=values["as_of"])
        describe_pack(
            actor=app,
            pack=pack,
            name=values.get("name"),
            description=values.get("description"),
        )
        return Response(PackSerializer(pack_at(request, pack_id)).data)

    @extend_schema(request=None, responses={204: None, 403: PROBLEM, 404: PROBLEM})
    def delete(self, request: Request, pack_id: uuid.UUID) -> Response:
        """Archive a pack: nobody sees it any more. Its drafts stay as they are."""
        end_pack(actor=app_of(request), pack=own_pack_at(request, pack_id))
        return Response(status=204)
