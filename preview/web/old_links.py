"""GOV.UK's own addresses on the preview host, with `?token=`: exchanged for a guest session.

The answer is a 303 to a clean address, so the token stays in no history, referrer or log. What
says that it is a scanner, and whoever only looks (HEAD), gets the neutral page and opens nothing.
"""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from preview.access import Act, decide_pack
from preview.errors import AccessDenied, InvalidShareLink, InvalidToken, NotLetIn
from preview.rate_limits import seconds_to_wait
from preview.sharing.models import ShareLink
from preview.sharing.old_links import OldToken, draft_of, link_of, mint_for_staff, read_old_token
from preview.sharing.opening import confirm_link
from preview.web.clients import Client
from preview.web.drafts import visible_draft
from preview.web.endings import over
from preview.web.frames import address_of, path_of
from preview.web.guests import COOKIE, record_denial
from preview.web.viewer import signed_in, viewer


@require_safe
def page(request: HttpRequest, page: str) -> HttpResponse:
    """Open an older link; without a token there is nothing here."""
    text = request.GET.get("token", "")
    if not text:
        raise Http404
    if request.method != "GET" or Client(request).kind != "person":
        return render(request, "web/guests/older.html", {}, using="jinja2")
    try:
        token = read_old_token(text)
        if seconds_to_wait("landing", Client(request).source):
            return over(request, "too_many_requests")
        link = link_of(token, draft_of(token, path_of(page)))
    except InvalidToken as error:
        return without_asking(request, error.reason)
    decision = decide_pack(
        link.guest(opened=True),
        Act.VIEW,
        link.limits(),
        timezone.now(),
    )
    if not decision.allowed:
        record_denial(request, link.id, link.pack_id, decision.reason)
        return over(request, decision.reason, link_id=link.id)
    return exchanged(request, link, token, path_of(page))


def exchanged(request: HttpRequest, link: ShareLink, token: OldToken, path: str) -> HttpResponse:
    """Open the link in this browser and lead to the clean address."""
    try:
        cookie = confirm_link(
            link=link,
            cookie=request.COOKIES.get(COOKIE),
            client=Client(request).kind,
            until=token.expires_at,
        )
    except NotLetIn as error:
        record_denial(request, link.id, link.pack_id, error.reason)
        return over(request, error.reason)
    response = redirect("shared_page", link_id=link.id, page=address_of(path))
    response.status_code = 303
    response.set_cookie(COOKIE, cookie, secure=True, httponly=True, samesite="Lax")
    return response


def without_asking(request: HttpRequest, reason: str) -> HttpResponse:
    """Return the page for a token that opens nothing; whose it was is not known here."""
    return over(request, "expired_older" if reason == "expired" else reason)


@require_POST
@signed_in
def mint(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Make an older link to a draft and show it once."""
    draft = visible_draft(viewer(request), draft_id)
    try:
        address, error = mint_for_staff(draft=draft, staff=viewer(request)), ""
    except AccessDenied as denied:
        raise Http404 from denied
    except InvalidShareLink as refused:
        address, error = "", str(refused)
    values = {"person": request.user, "draft": draft, "address": address, "error": error}
    status = 200 if address else 422
    return render(request, "web/share_links/older.html", values, status=status, using="jinja2")
