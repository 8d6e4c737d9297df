"""What Signon pushes: that somebody has changed, and that somebody must sign in again.

These addresses and bodies are those of every GOV.UK publishing app.

Source: alphagov/gds-sso `app/controllers/api/user_controller.rb`,
`lib/gds-sso/failure_app.rb`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from preview.accounts.signon.bearer import api_user
from preview.accounts.signon.client import configured
from preview.accounts.signon.users import read_user, save_user, sign_out_everywhere
from preview.errors import MalformedJSON, SignonFault
from preview.schemas import parse_json

PERMISSION = "user_update_permission"
LONGEST_BODY = 64 * 1024
View = Callable[[HttpRequest, str], HttpResponse]


def refused(message: str, reason: str) -> HttpResponse:
    """Return the answer to a request without a valid bearer token."""
    response = JsonResponse({"message": message}, status=401)
    response["WWW-Authenticate"] = f'Bearer error="{reason}"'
    return response


def by_signon(view: View) -> View:
    """Let in API users whom Signon gave the permission to update people."""

    @wraps(view)
    def checked(request: HttpRequest, uid: str) -> HttpResponse:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            return refused("No bearer token was provided", "invalid_request")
        try:
            user = api_user(secret.strip()) if configured() else None
        except SignonFault:
            return JsonResponse({"message": "Signon does not answer. Try again."}, status=503)
        if user is None or user.disabled:
            return refused("Bearer token does not appear to be valid", "invalid_token")
        if PERMISSION not in user.permissions:
            message = f"Sorry, you don't seem to have the {PERMISSION} permission for this app."
            return JsonResponse({"message": message}, status=403)
        return view(request, uid)

    return checked


@csrf_exempt
@require_http_methods(["PUT"])
@by_signon
def update(request: HttpRequest, uid: str) -> HttpResponse:
    """Bring somebody up to date."""
    try:
        user = read_user(parse_json(request.read(LONGEST_BODY)))
    except (SignonFault, MalformedJSON):
        message = "Send the person as user.json has them, within 64 KB."
        return JsonResponse({"message": message}, status=422)
    if user.uid != uid:
        message = "The uid of the address is not that of the body. Send one person."
        return JsonResponse({"message": message}, status=422)
    save_user(user)
    return HttpResponse(content_type="text/plain")


@csrf_exempt
@require_http_methods(["POST"])
@by_signon
def reauth(request: HttpRequest, uid: str) -> HttpResponse:  # noqa: ARG001 (a view)
    """Make somebody sign in again, wherever they are signed in."""
    sign_out_everywhere(uid=uid[:64])
    return HttpResponse(content_type="text/plain")
