"""Sign-off by guests, on the preview host: under the same access decision, asked every time."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from preview.access import Act
from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.shown import newest_shown
from preview.web.guest_reviews import visit
from preview.web.guests import audiences_of
from preview.web.sign_off_pages import MOST, Spot, sign_off_page


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, link_id: uuid.UUID, page: str) -> HttpResponse:
    """Show a guest what they may sign off, and what they have; on POST sign it off.

    Guests see their own sign-offs: who else checks a draft is the business of those who asked.
    """
    visited = visit(request, link_id, page, Act.SIGN_OFF)
    if isinstance(visited, HttpResponse):
        return visited
    draft, pack = visited.version.draft, visited.grant.link.pack
    mine = SignOff.objects.filter(draft=draft, pack=pack, actor=visited.reviewer.actor)
    spot = Spot(
        reviewer=visited.reviewer,
        draft=draft,
        shown=newest_shown(draft, pack, audiences_of(visited.found), visited.version),
        others=list(mine.select_related("pack", "version")[:MOST]),
        back=reverse("shared_page", args=[link_id, page]),
        here=reverse("shared_sign_off", args=[link_id, page]),
        comments=reverse("shared_comments", args=[link_id, page]),
        layout="web/_layout.html",
        wants_name=not visited.grant.guest_name,
        named=visited.named,
        extra={"recipient": visited.found.recipient if visited.found.watermark else ""},
    )
    return sign_off_page(request, spot)
