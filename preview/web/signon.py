"""Signing in at Signon: there, back, and out.

Source: alphagov/gds-sso `app/controllers/authentications_controller.rb`, for the addresses.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from preview.accounts.signon import client
from preview.accounts.signon.users import save_user
from preview.audit.actions import record_entry
from preview.errors import SignonFault

PENDING = "signon"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def safe_path(wanted: str) -> str:
    """Return an address of this host, "/" for any other."""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/") and "\\" not in wanted else "/"


def let_stay(request: HttpRequest) -> None:
    """Let a session last 20 hours from signing in, however it is used."""
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to Signon, and remember in its session what must come back."""
    if not client.configured():
        raise Http404
    begun = client.start()
    request.session[PENDING] = {
        "state": begun.state,
        "verifier": begun.verifier,
        "next": safe_path(request.GET.get("next", "/")),
    }
    return redirect(begun.address)


@require_safe
def callback(request: HttpRequest) -> HttpResponse:
    """Sign in who comes back from Signon with the right state; it is good once."""
    if not client.configured():
        raise Http404
    begun: dict[str, Any] = request.session.pop(PENDING, {})
    state = request.GET.get("state", "")
    code = request.GET.get("code", "")
    if not begun or not hmac.compare_digest(state.encode(), begun["state"].encode()) or not code:
        return failed(request, "refused")
    try:
        person = save_user(client.user_of_code(code, begun["verifier"]))
    except SignonFault as error:
        return failed(request, error.reason)
    if not person.is_active:
        return failed(request, "refused")
    login(request, person, backend=BACKEND)
    let_stay(request)
    record_entry(action="person.sign_in", actor=f"person:{person.uid}", subject="service:signon")
    return redirect(begun["next"])


@require_safe
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this browser's session, then Signon's own."""
    if not client.configured():
        raise Http404
    logout(request)
    return redirect(client.sign_out_address())


@require_safe
def failure(request: HttpRequest) -> HttpResponse:
    """Say that Signon did not sign anybody in."""
    return failed(request, "refused")


def failed(request: HttpRequest, reason: str) -> HttpResponse:
    """Return the page for a sign-in that failed; 503 where trying again later may help."""
    away = reason != "refused"
    values = {"away": away}
    return render(
        request, "web/sign_in/failed.html", values, status=503 if away else 403, using="jinja2"
    )
