"""Share links for people without an account, on the preview host.

Opening an address shows a neutral page and changes nothing, so scanners and unfurlers open nothing;
confirming it sets a session of this host and leads to a clean address.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from preview.access import Act, decide
from preview.audit.actions import record_entry
from preview.errors import InvalidToken
from preview.rendering import links, snapshots
from preview.sharing.actions import confirm_link, digest_of, find_link
from preview.sharing.clients import client_class
from preview.sharing.queries import shown_page
from preview.web.frames import address_of, path_of

COOKIE = "__Host-guest"


@require_http_methods(["GET", "HEAD", "POST"])
def landing(request: HttpRequest, token: str) -> HttpResponse:
    """Show the neutral page of a link; on POST open it in this browser."""
    try:
        link = find_link(token)
    except InvalidToken as error:
        return over(request, error.reason)
    draft = link.pack.own_draft
    if draft is None:
        return over(request, "no_such_page")
    guest = link.guest(opened=True)
    decision = decide(guest, Act.VIEW, draft.access_limits(link.created_at), timezone.now())
    if not decision.allowed:
        return denied(request, link.id, draft.id, decision.reason)
    if request.method != "POST":
        return render(request, "web/guests/landing.html", {"link": link}, using="jinja2")
    cookie = confirm_link(
        link=link,
        cookie=request.COOKIES.get(COOKIE),
        client=client_class(request.headers.get("User-Agent", "")),
    )
    response = redirect("shared_page", link_id=link.id, page=address_of(draft.base_path))
    response.status_code = 303
    response.set_cookie(COOKIE, cookie, secure=True, httponly=True, samesite="Lax")
    return response


@require_safe
def page(request: HttpRequest, link_id: uuid.UUID, page: str) -> HttpResponse:
    """Serve a page of an opened link; the link is checked again on every request."""
    cookie = request.COOKIES.get(COOKIE)
    found = shown_page(link_id=link_id, session=digest_of(cookie or ""), path=path_of(page))
    if found is None:
        return over(request, "not_confirmed")
    decision = decide(found.guest, Act.VIEW, found.limits, timezone.now())
    if not decision.allowed:
        return denied(request, link_id, found.draft_id, decision.reason)
    if found.sha256 is None:
        return waiting(request, rendered=found.version is not None)
    record_entry(
        action="share_link.view",
        actor=f"link:{link_id}",
        subject=f"draft:{found.draft_id}",
        version=found.version,
    )
    body = links.under(f"/shared/{link_id}", snapshots.get(found.sha256))
    return HttpResponse(body)


def denied(
    request: HttpRequest, link_id: uuid.UUID, draft_id: uuid.UUID, reason: str
) -> HttpResponse:
    """Record the denial and show the page that says why and what to do."""
    record_entry(
        action="share_link.deny",
        actor=f"link:{link_id}",
        subject=f"draft:{draft_id}",
        reason=reason,
    )
    return over(request, reason)


ENDINGS = {
    "expired": (410, "This link has expired", "Ask the person who sent it for a new link."),
    "revoked": (
        410,
        "The sender has stopped sharing this preview",
        "Ask the person who sent the link if you still need to see it.",
    ),
    "draft_closed": (
        410,
        "This preview is no longer available",
        "The draft was discarded. Ask the person who sent the link what replaces it.",
    ),
    "limits_changed": (
        410,
        "This link has ended",
        "Who may see the draft has changed. Ask the person who sent the link for a new one.",
    ),
    "not_confirmed": (
        403,
        "Open the link that you were sent",
        "Go back to the message with the link and open it again in this browser.",
    ),
}
NOT_A_LINK = (
    404,
    "This link does not work",
    "Check that you have the whole address, or ask the person who sent it for a new link.",
)


def over(request: HttpRequest, reason: str) -> HttpResponse:
    """Return the page for a link that opens nothing."""
    status, title, sentence = ENDINGS.get(reason, NOT_A_LINK)
    values = {"title": title, "sentence": sentence}
    return render(request, "web/guests/over.html", values, status=status, using="jinja2")


def waiting(request: HttpRequest, *, rendered: bool) -> HttpResponse:
    """Return the page for a preview that has no such page, or is not rendered yet."""
    if rendered:
        return over(request, "no_such_page")
    response = render(request, "web/guests/waiting.html", status=503, using="jinja2")
    response["Retry-After"] = "5"
    return response
