"""Who calls the API: a publisher app with a bearer token, and what its scopes let it do.

Source: RFC 6750 (bearer tokens) for the header and the challenge.
"""

from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from preview.accounts.models import AppToken, PublisherApp
from preview.accounts.signon.bearer import find_caller


class AppTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; `request.user` is the app, `request.auth` the token."""

    def authenticate(self, request: Request) -> tuple[PublisherApp, AppToken] | None:
        """Return the app and its token; None when no bearer token was sent."""
        scheme, _, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = find_caller(secret.strip().decode("latin-1"))
        if token is None:
            raise AuthenticationFailed("This token is not valid. Ask an operator for a new one.")
        return token.app, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 (DRF's signature)
        """Return the challenge of a 401."""
        return 'Bearer realm="content-preview"'


class HasScope(BasePermission):
    """Let a token through where it has the scope that the view names for the method."""

    message = "This token does not have the scope that this needs."

    def has_permission(self, request: Request, view: object) -> bool:
        """Deny where the view names no scope for the method."""
        if not isinstance(request.auth, AppToken):
            return False
        method = "GET" if request.method == "HEAD" else request.method
        scope = getattr(view, "scopes", {}).get(method)
        return scope is not None and scope in request.auth.scopes


class AppTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document describes the bearer token."""

    target_class = AppTokenAuthentication
    name = "appToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:  # noqa: ARG002 (its signature)
        """Return the security scheme."""
        return {"type": "http", "scheme": "bearer"}
