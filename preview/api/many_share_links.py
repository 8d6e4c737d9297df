"""Many share links over HTTP: those of a pack, and ending all of a draft, pack or organisation."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, app_of, draft_at
from preview.api.kinds import LOCALE
from preview.api.packs import own_pack_at
from preview.api.serializers import (
    EndedLinksSerializer,
    ShareLinkRequestSerializer,
    ShareLinkSerializer,
)
from preview.api.share_links import MADE, asked, listed, made
from preview.drafts.models import Draft
from preview.errors import InvalidShareLink
from preview.sharing.actions import end_links
from preview.sharing.by_apps import share_by_app
from preview.sharing.models import ShareLink
from preview.sharing.shown_in import links_of_organisation, links_showing, living
from preview.sharing.wanted import Wanted

ENDED = {200: EndedLinksSerializer, 403: PROBLEM, 404: PROBLEM}


def ended(request: Request, links: QuerySet[ShareLink]) -> Response:
    """End links, and return which."""
    found = end_links(links, ended_by=f"app:{app_of(request).name}")
    return Response({"ended": [str(one) for one in found]})


class PackLinksView(APIView):
    """The share links of a pack that the app owns."""

    scopes: ClassVar[dict[str, str]] = {"GET": "share_links:write", "POST": "share_links:write"}

    @extend_schema(responses={200: ShareLinkSerializer(many=True), 403: PROBLEM, 404: PROBLEM})
    def get(self, request: Request, pack_id: uuid.UUID) -> Response:
        """List the pack's share links, newest first, at most 200."""
        return listed(own_pack_at(request, pack_id).share_links.all())

    @extend_schema(
        request=ShareLinkRequestSerializer,
        responses=MADE,
    )
    def post(self, request: Request, pack_id: uuid.UUID) -> Response:
        """Make a share link to the pack; its address is in this answer and nowhere else, ever."""
        pack = own_pack_at(request, pack_id)
        wanted = asked(request)
        if wanted.pop("version"):
            raise InvalidShareLink("version", "A link to a pack follows the latest versions.")
        return made(share_by_app(pack=pack, app=app_of(request), wanted=Wanted(**wanted)), 201)


class PackLinksRevocationView(APIView):
    """The end of all share links of a pack."""

    scopes: ClassVar[dict[str, str]] = {"POST": "share_links:write"}

    @extend_schema(request=None, responses=ENDED)
    def post(self, request: Request, pack_id: uuid.UUID) -> Response:
        """Revoke every living share link of the pack; a second call ends none."""
        return ended(request, living().filter(pack=own_pack_at(request, pack_id)))


class DraftLinksRevocationView(APIView):
    """The end of all share links that show a draft."""

    scopes: ClassVar[dict[str, str]] = {"POST": "share_links:write"}

    @extend_schema(parameters=[LOCALE], request=None, responses=ENDED)
    def post(self, request: Request, content_id: uuid.UUID) -> Response:
        """Revoke every living share link that shows the draft, also those of packs it is in."""
        found = draft_at(request, content_id)
        draft = Draft.objects.of_app(app_of(request)).get(id=found.id)
        return ended(request, links_showing(draft))


class OrganisationLinksRevocationView(APIView):
    """The end of all share links of an organisation."""

    scopes: ClassVar[dict[str, str]] = {"POST": "share_links:stop_all"}

    @extend_schema(request=None, responses=ENDED)
    def post(self, request: Request, content_id: uuid.UUID) -> Response:
        """Revoke every living share link of the organisation's packs and drafts, whoever made it.

        Needs the scope `share_links:stop_all`, which no app has by itself.
        """
        return ended(request, links_of_organisation(content_id))
