"""Who calls, by the bearer token.

Source: alphagov/gds-sso `lib/gds-sso/failure_app.rb`; alphagov/gds-api-adapters
`lib/gds_api/railtie.rb`, for the headers that go along.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from preview.accounts.models import AppToken, PublisherApp
from preview.accounts.signon.bearer import find_caller
from preview.errors import SignonFault
from publishing_bridge.wire.errors import Forbidden, Unauthenticated

READ, WRITE = "drafts:read", "drafts:write"
PUSH = "content_store:write"  # of Publishing API alone: what is pushed shows to everybody


@dataclass(frozen=True)
class Caller:
    """The publisher app that calls, by its token; `user_uid` is the editor behind it."""

    token: AppToken
    user_uid: str = ""
    request_id: str = ""

    @property
    def app(self) -> PublisherApp:
        """Return the app."""
        return self.token.app


def caller_of(request: HttpRequest, scope: str) -> Caller:
    """Return who calls.

    Raises:
        Unauthenticated: no bearer token, or none of ours.
        Forbidden: the token lacks `scope`.

    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthenticated("No bearer token was provided", "invalid_request")
    try:
        token = find_caller(secret.strip())
    except SignonFault:
        token = None  # to the publishing apps, a token that can't be checked is not valid
    if token is None:
        raise Unauthenticated("Bearer token does not appear to be valid", "invalid_token")
    if scope not in token.scopes:
        raise Forbidden(scope)
    return Caller(
        token,
        user_uid=request.headers.get("X-Govuk-Authenticated-User", "")[:64],
        request_id=getattr(request, "request_id", ""),
    )
