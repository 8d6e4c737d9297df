"""Asking Signon: where to send a browser, who came back, whose token this is.

Source: RFC 6749 section 4.1; RFC 7636 (PKCE); the `authlib` library for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings

from preview.accounts.signon.users import SignonUser, read_user
from preview.errors import SignonFault

TIMEOUT = 10  # seconds, for each call
CALLBACK = "/auth/gds/callback"


@dataclass(frozen=True)
class Start:
    """The begin of a sign-in: where to send the browser, and what its session must remember."""

    address: str
    state: str
    verifier: str


def configured() -> bool:
    """Say whether people and API users are those of a Signon."""
    return settings.SIGN_IN == "signon" and bool(settings.SIGNON_URL and settings.GDS_SSO_OAUTH_ID)


def client() -> OAuth2Session:
    """Return the OAuth client of this service."""
    return OAuth2Session(
        client_id=settings.GDS_SSO_OAUTH_ID,
        client_secret=settings.GDS_SSO_OAUTH_SECRET,
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 (a method's name)
        code_challenge_method="S256",
        redirect_uri=settings.SERVICE_ORIGIN + CALLBACK,
        default_timeout=TIMEOUT,
    )


def start() -> Start:
    """Begin a sign-in, with a state and a PKCE verifier of its own."""
    verifier = generate_token(64)
    address, state = client().create_authorization_url(
        f"{settings.SIGNON_URL}/oauth/authorize", code_verifier=verifier
    )
    return Start(address, state, verifier)


def user_of_code(code: str, verifier: str) -> SignonUser:
    """Return who came back from Signon with a code; the token it is good for is not kept.

    Raises:
        SignonFault: Signon refuses the code, or does not answer.

    """
    try:
        token = client().fetch_token(
            f"{settings.SIGNON_URL}/oauth/access_token", code=code, code_verifier=verifier
        )
    except AuthlibBaseError as error:
        raise SignonFault("refused") from error
    except (requests.RequestException, ValueError) as error:
        raise SignonFault("away") from error
    return user_of_token(str(token.get("access_token", "")))


def user_of_token(token: str) -> SignonUser:
    """Return whose token this is; Signon tells only permissions for this service.

    Raises:
        SignonFault: `refused`: it is nobody's; `away`: Signon does not answer.

    """
    try:
        answer = requests.get(
            f"{settings.SIGNON_URL}/user.json",
            params={"client_id": settings.GDS_SSO_OAUTH_ID},
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
    except (requests.RequestException, UnicodeError) as error:
        raise SignonFault("away") from error
    if answer.status_code >= 500:
        raise SignonFault("away")
    if answer.status_code != 200:
        raise SignonFault("refused")
    return read_user(parsed(answer))


def parsed(answer: requests.Response) -> Any:
    """Return the JSON of an answer.

    Raises:
        SignonFault: `malformed`.

    """
    try:
        return answer.json()
    except requests.JSONDecodeError as error:
        raise SignonFault("malformed") from error


def sign_out_address() -> str:
    """Return where Signon ends its own session."""
    return f"{settings.SIGNON_URL}/users/sign_out"
