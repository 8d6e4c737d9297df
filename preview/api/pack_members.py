"""The drafts of a pack over HTTP: add, remove, put in order, agree to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.accounts.models import AppToken
from preview.api.drafts import PROBLEM, READ_ALL, app_of, drafts_of
from preview.api.kinds import KIND, LOCALE, identity_of
from preview.api.pack_serializers import (
    MemberRequestSerializer,
    MemberSerializer,
    MembersSerializer,
    OrderSerializer,
    read,
)
from preview.api.packs import own_pack_at, pack_at
from preview.drafts.models import Draft
from preview.errors import InvalidPack
from preview.packs.members import add_draft, consent, order_drafts, remove_draft
from preview.packs.models import Pack, PackDraft
from preview.packs.owners import edits
from preview.rendering.missing import missing_drafts


def members_of(request: Request, pack: Pack) -> QuerySet[PackDraft]:
    """Return the members that the app may know of: all of its own packs, its own drafts of others.

    The same holds of what comes with a draft.
    """
    found = pack.members.select_related("draft__app", "brought_by__draft")
    app = app_of(request)
    return found if edits(app, pack) else found.filter(draft__app=app)


def shown(request: Request, members: Iterable[PackDraft]) -> dict[str, Any]:
    """Return the context in which members are shown: which drafts the token may read."""
    ids = [member.draft_id for member in members]
    readable = drafts_of(request).filter(id__in=ids).values_list("id", flat=True)
    return {"readable": set(readable)}


def draft_named(request: Request, content_id: uuid.UUID) -> Draft:
    """Return the draft of this address, among those that the token may know of.

    A token that reads all drafts may name limited ones too: they wait for their owner's consent,
    and nothing of them is told.
    """
    return known_to(request).get(content_id=content_id, **identity_of(request))


def known_to(request: Request) -> QuerySet[Draft]:
    """Return the drafts that the token may name."""
    token = request.auth
    reads_all = isinstance(token, AppToken) and READ_ALL in token.scopes
    return Draft.objects.all() if reads_all else drafts_of(request)


class MemberListView(APIView):
    """The drafts of a pack."""

    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read", "PUT": "packs:write"}

    @extend_schema(responses={200: MembersSerializer, 404: PROBLEM})
    def get(self, request: Request, pack_id: uuid.UUID) -> Response:
        """List the drafts of a pack in order, with links to drafts that it lacks."""
        pack = pack_at(request, pack_id)
        members = list(members_of(request, pack))
        missing = missing_drafts(pack, readable=drafts_of(request))
        body = {"members": members, "missing": missing}
        return Response(MembersSerializer(body, context=shown(request, members)).data)

    @extend_schema(
        operation_id="packs_members_order",
        request=OrderSerializer,
        responses={
            200: MemberSerializer(many=True),
            400: PROBLEM,
            403: PROBLEM,
            404: PROBLEM,
            413: PROBLEM,
            415: PROBLEM,
            422: PROBLEM,
        },
    )
    def put(self, request: Request, pack_id: uuid.UUID) -> Response:
        """Put the drafts of a pack in another order; the body names each of them once."""
        pack = own_pack_at(request, pack_id)
        named = read(OrderSerializer, request.data)["members"]
        order_drafts(actor=app_of(request), pack=pack, drafts=ordered(pack, named))
        members = list(members_of(request, pack))
        context = shown(request, members)
        return Response(MemberSerializer(members, many=True, context=context).data)


def ordered(pack: Pack, named: Iterable[Mapping[str, Any]]) -> list[Draft]:
    """Return the drafts of a pack by their names.

    Raises:
        InvalidPack: a draft that is not in the pack.

    """
    drafts = {(one.content_id, one.locale, one.kind): one for one in pack.drafts.all()}
    try:
        return [drafts[one["content_id"], one["locale"], one["kind"]] for one in named]
    except KeyError as error:
        raise InvalidPack("members", "Name only drafts that the pack holds.") from error


class MemberView(APIView):
    """One draft of a pack."""

    scopes: ClassVar[dict[str, str]] = {"PUT": "packs:write", "DELETE": "packs:write"}

    @extend_schema(
        parameters=[LOCALE, KIND],
        request=MemberRequestSerializer,
        responses={
            200: MemberSerializer,
            400: PROBLEM,
            403: PROBLEM,
            404: PROBLEM,
            409: PROBLEM,
            413: PROBLEM,
            415: PROBLEM,
            422: PROBLEM,
        },
    )
    def put(self, request: Request, pack_id: uuid.UUID, content_id: uuid.UUID) -> Response:
        """Add a draft to a pack, or move it; a limited draft of another app waits for consent."""
        pack, draft = own_pack_at(request, pack_id), draft_named(request, content_id)
        wanted = read(MemberRequestSerializer, request.data or {})["position"]
        member = add_draft(actor=app_of(request), pack=pack, draft=draft, position=wanted)
        return Response(MemberSerializer(member, context=shown(request, [member])).data)

    @extend_schema(
        parameters=[LOCALE, KIND],
        request=None,
        responses={204: None, 403: PROBLEM, 404: PROBLEM, 409: PROBLEM},
    )
    def delete(self, request: Request, pack_id: uuid.UUID, content_id: uuid.UUID) -> Response:
        """Take a draft out of a pack; the draft's own app can at any time."""
        pack, draft = pack_at(request, pack_id), draft_named(request, content_id)
        remove_draft(actor=app_of(request), pack=pack, draft=draft)
        return Response(status=204)


class ConsentView(APIView):
    """The consent of a draft's owner."""

    scopes: ClassVar[dict[str, str]] = {"POST": "packs:write"}

    @extend_schema(
        parameters=[LOCALE, KIND],
        request=None,
        responses={200: MemberSerializer, 403: PROBLEM, 404: PROBLEM, 409: PROBLEM},
    )
    def post(self, request: Request, pack_id: uuid.UUID, content_id: uuid.UUID) -> Response:
        """Agree to a draft of the app's own being shown in a pack; twice changes nothing."""
        pack, draft = pack_at(request, pack_id), draft_named(request, content_id)
        member = consent(actor=app_of(request), pack=pack, draft=draft)
        return Response(MemberSerializer(member, context=shown(request, [member])).data)
