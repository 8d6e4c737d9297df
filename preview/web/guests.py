"""Pages of an opened share link, on the preview host; the link is checked on every request."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from preview.access import Role
from preview.audit.actions import record_entry
from preview.packs.models import Audience
from preview.rendering import links, snapshots
from preview.rendering.draft_files import asset_of_pack
from preview.review.fact_checks.models import FactCheck
from preview.sharing.models import ShareLink
from preview.sharing.opening import digest_of
from preview.sharing.queries import ShownPage
from preview.sharing.seeing import Asked, Seen, actor_of, look_at_page, see_page
from preview.web.answers import led_on
from preview.web.assets import asset_response, is_file, record_file_view
from preview.web.clients import Client
from preview.web.endings import over
from preview.web.frames import path_of
from preview.web.guest_bar import with_bar
from preview.web.watermark import marked

COOKIE = "__Host-guest"


@require_safe
def page(request: HttpRequest, link_id: uuid.UUID, page: str) -> HttpResponseBase:
    """Serve a page of an opened link, or a draft file that its pages use."""
    path, answered = path_of(page), led_on(request)
    is_page = answered is None and not is_file(path)
    found = let_in(request, link_id, path, see=see_page if is_page else look_at_page)
    if isinstance(found, HttpResponse):
        return found
    if is_file(path):
        return shared_file(request, link_id, path, found)
    if answered is not None:
        return answered
    if found.sha256 is None:
        return waiting(request) if not found.rendered else over(request, "no_such_page")
    body = links.under(f"/shared/{link_id}", snapshots.get(found.sha256))
    if found.version is not None:
        body = with_bar(body, link_id, page, found.guest.role, asked_to_check(link_id, found))
    return HttpResponse(marked(body, found.recipient) if found.watermark else body)


def let_in(
    request: HttpRequest,
    link_id: uuid.UUID,
    path: str,
    see: Callable[[Asked], Seen | None] = look_at_page,
) -> ShownPage | HttpResponse:
    """Return what an opened link shows at a path, else the page that says why it shows nothing."""
    cookie = request.COOKIES.get(COOKIE)
    seen = see(Asked(link_id, digest_of(cookie or ""), path))
    if seen is None:
        return over(request, "not_confirmed")
    if seen.decision.allowed:
        return seen.page
    record_denial(request, link_id, seen.page.pack_id, seen.decision.reason)
    return over(request, seen.decision.reason, link_id=link_id)


def asked_to_check(link_id: uuid.UUID, found: ShownPage) -> bool:
    """Say whether a known recipient was asked to check facts; only such links cost the question."""
    if found.guest.role is not Role.SIGN_OFF or found.recipient_id is None:
        return False
    return FactCheck.objects.filter(link=link_id, closed_at=None).exists()


def audiences_of(found: ShownPage) -> list[Audience]:
    """Return for whom the pages are made that a guest who was let in may see."""
    return [Audience.OPEN, Audience.FULL] if found.guest.covers_limited else [Audience.OPEN]


def shared_file(
    request: HttpRequest, link_id: uuid.UUID, path: str, found: ShownPage
) -> HttpResponseBase:
    """Serve a draft file to whoever may see the pages of the link; the decision was made."""
    link = ShareLink.objects.select_related("pack").get(id=link_id)
    asset = asset_of_pack(
        link.pack,
        audiences_of(found),
        path,
        list(link.pinned_versions.all()) if link.pinned else None,
    )
    if asset is None:
        return over(request, "no_such_page")
    record_file_view(request, actor_of(link_id, found), asset)
    return asset_response(request, asset)


def record_denial(
    request: HttpRequest, link_id: uuid.UUID, pack_id: uuid.UUID, reason: str
) -> None:
    """Record that somebody was not let in, and why."""
    client = Client(request)
    record_entry(
        action="share_link.deny",
        actor=f"client:{client.mark}",
        subject=f"link:{link_id}",
        pack=pack_id,
        reason=reason,
        client=client.kind,
    )


def waiting(request: HttpRequest) -> HttpResponse:
    """Return the page for a preview that is not rendered yet."""
    response = render(request, "web/guests/waiting.html", status=503, using="jinja2")
    response["Retry-After"] = "5"
    return response
