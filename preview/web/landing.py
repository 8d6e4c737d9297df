"""Where a share link leads first, on the preview host.

Opening an address shows a neutral page and changes nothing, so scanners and unfurlers open nothing
and spend nothing. Confirming it, as the link asks for it, sets a session of this host and leads to
a clean address. A kind of link is a module-level handler in `PROOFS`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from preview.access import Act, decide_pack
from preview.errors import InvalidToken, NotLetIn
from preview.rate_limits import seconds_to_wait
from preview.sharing.models import Recipient, ShareLink
from preview.sharing.opening import (
    CODE_MINUTES,
    CODE_TRIES,
    confirm_link,
    find_link,
    try_code,
    try_passphrase,
    want_code,
)
from preview.sharing.starts import start_path
from preview.web.clients import Client
from preview.web.endings import over
from preview.web.frames import address_of
from preview.web.guests import COOKIE, record_denial

PENDING = "__Host-pending"
PENDING_SALT = "preview.pending"
WRONG = {
    "wrong_code": "Enter the 6 digits from the newest email. A code works once, for "
    f"{CODE_MINUTES} minutes and {CODE_TRIES} tries. Ask for a new one if it may be over. If you "
    "were not sent one, check with the person who sent you the link that it is for your email "
    "address.",
    "no_code": "Enter your email address first, and we will send you a code.",
    "wrong_passphrase": "The passphrase is not right. Check it with the person who sent the link.",
    "no_email": "Enter an email address in the correct format, like name@example.com.",
}


@dataclass
class Visit:
    """A request for a living link, by somebody who is not let in yet."""

    request: HttpRequest
    link: ShareLink
    token: str

    def page(self, step: str, error: str = "", status: int = 200) -> HttpResponse:
        """Return a step of the way in."""
        values = {
            "link": self.link,
            "step": step,
            "error": WRONG.get(error, ""),
            "token": self.token,
        }
        return render(
            self.request, "web/guests/landing.html", values, status=status, using="jinja2"
        )

    def let_in(self, recipient: Recipient | None = None) -> HttpResponse:
        """Open the link in this browser, and lead to its first page."""
        try:
            cookie = confirm_link(
                link=self.link,
                cookie=self.request.COOKIES.get(COOKIE),
                client=Client(self.request).kind,
                recipient=recipient,
            )
        except NotLetIn as error:
            record_denial(self.request, self.link.id, self.link.pack_id, error.reason)
            return over(self.request, error.reason, token=self.token)
        page = address_of(start_path(self.link))
        response = redirect("shared_page", link_id=self.link.id, page=page)
        response.status_code = 303
        response.set_cookie(COOKIE, cookie, secure=True, httponly=True, samesite="Lax")
        response.delete_cookie(PENDING)
        return response


@require_http_methods(["GET", "HEAD", "POST"])
def landing(request: HttpRequest, token: str) -> HttpResponse:
    """Show the neutral page of a link; on POST take the next step of the way in."""
    try:
        link = find_link(token)
    except InvalidToken as error:
        expired = error.reason == "expired"
        return over(request, error.reason, token=token if expired else "")
    if seconds_to_wait("landing", Client(request).source):
        return over(request, "too_many_requests")
    guest = link.guest(opened=True)
    limits = link.limits()
    decision = decide_pack(guest, Act.VIEW, limits, timezone.now())
    if not decision.allowed:
        record_denial(request, link.id, link.pack_id, decision.reason)
        return over(request, decision.reason, link_id=link.id, token=token)
    visit = Visit(request, link, token)
    if request.method != "POST":
        return visit.page("code" if pending(request, link) else "start")
    if link.kind != ShareLink.Kind.ANYONE and too_many_tries(request, link):
        return over(request, "too_many_requests")
    return PROOFS[ShareLink.Kind(link.kind)](visit)


def too_many_tries(request: HttpRequest, link: ShareLink) -> bool:
    """Count a try to prove who one is; say whether it is one too many.

    Each source has tries of its own. Where a link is tried more often than people would, every
    source is slowed down to one try in a while, so that guessing from many addresses ends, and the
    reader who knows the passphrase still gets in.
    """
    source = f"{link.id} {Client(request).source}"
    if seconds_to_wait("proof", source):
        return True
    crowded = seconds_to_wait("proofs_of_link", str(link.id)) > 0
    return crowded and seconds_to_wait("proof_in_crowd", source) > 0


def anyone(visit: Visit) -> HttpResponse:
    """Let in whoever confirms."""
    return visit.let_in()


def passphrase(visit: Visit) -> HttpResponse:
    """Let in whoever knows the passphrase."""
    try:
        try_passphrase(link=visit.link, entered=visit.request.POST.get("passphrase", ""))
    except NotLetIn as error:
        record_denial(visit.request, visit.link.id, visit.link.pack_id, error.reason)
        return visit.page("start", error.reason, 422)
    return visit.let_in()


def named(visit: Visit) -> HttpResponse:
    """Send a code to whoever is on the list, or let in who enters it."""
    if "code" in visit.request.POST:
        return code_entered(visit)
    email = visit.request.POST.get("email", "").strip()
    if "@" not in email or len(email) > 254:
        return visit.page("start", "no_email", 422)
    code_id = want_code(link=visit.link, email=email)
    response = redirect("landing", token=visit.token)
    response.status_code = 303
    value = signing.dumps([str(visit.link.id), str(code_id)], salt=PENDING_SALT)
    response.set_cookie(PENDING, value, max_age=60 * 60, secure=True, httponly=True, samesite="Lax")
    return response


def code_entered(visit: Visit) -> HttpResponse:
    """Let in who enters the code that was sent for this browser."""
    waiting = pending(visit.request, visit.link)
    if waiting is None:
        return visit.page("start", "no_code", 422)
    try:
        recipient = try_code(link=visit.link, code_id=waiting, entered=visit.request.POST["code"])
    except NotLetIn as error:
        record_denial(visit.request, visit.link.id, visit.link.pack_id, error.reason)
        return visit.page("code", "wrong_code", 422)  # the reason would tell who is on the list
    return visit.let_in(recipient)


def pending(request: HttpRequest, link: ShareLink) -> uuid.UUID | None:
    """Return the code that this browser waits for on this link."""
    try:
        link_id, code_id = signing.loads(
            request.COOKIES.get(PENDING, ""), salt=PENDING_SALT, max_age=60 * 60
        )
    except (signing.BadSignature, ValueError):
        return None
    again = "again" in request.GET
    return uuid.UUID(code_id) if link_id == str(link.id) and not again else None


PROOFS: dict[ShareLink.Kind, Callable[[Visit], HttpResponse]] = {
    ShareLink.Kind.ANYONE: anyone,
    ShareLink.Kind.PASSPHRASE: passphrase,
    ShareLink.Kind.NAMED: named,
}
