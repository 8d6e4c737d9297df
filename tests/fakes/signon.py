"""Signon over real HTTP: consents at once, checks PKCE, tells about the people it knows.

Source: alphagov/signon `config/initializers/doorkeeper.rb`,
`app/presenters/user_oauth_presenter.rb`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT_ID = "content-preview-id"
CLIENT_SECRET = "content-preview-secret"
Reply = tuple[int, dict[str, str], Any]


class Signon:
    """A Signon with people by uid; `who` is the one that signs in, `fault` how it misbehaves.

    Faults: "down" (503), "malformed" (no JSON), "" for none.
    """

    def __init__(self) -> None:
        self.people: dict[str, dict[str, Any]] = {}
        self.tokens: dict[str, str] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.who, self.fault = "", ""
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Be down."""
        self.server.shutdown()
        self.server.server_close()

    def add(self, uid: str, **facts: Any) -> dict[str, Any]:
        """Know somebody; returns what `user.json` says of them."""
        self.people[uid] = {
            "uid": uid,
            "name": uid.capitalize(),
            "email": f"{uid}@harbours.example",
            "permissions": ["signin"],
            "organisation_slug": "harbours",
            "organisation_content_id": "5f1c7f0e-3f0a-4c39-9f5e-2f1d52c0a101",
            "disabled": False,
            **facts,
        }
        return self.people[uid]

    def token_for(self, uid: str) -> str:
        """Give somebody a bearer token, as an API user has one."""
        token = secrets.token_urlsafe(32)
        self.tokens[token] = uid
        return token

    def reply(self, method: str, path: str, values: dict[str, str], bearer: str) -> Reply:
        """Answer a request as Signon does."""
        self.asked.append(f"{method} {path}")
        if self.fault == "down":
            return 503, {}, None
        if self.fault == "malformed":
            return 200, {}, "<p>Sign in</p>"
        answers = {
            "GET /oauth/authorize": self.authorize,
            "POST /oauth/access_token": self.access_token,
        }
        if f"{method} {path}" in answers:
            return answers[f"{method} {path}"](values)
        if f"{method} {path}" == "GET /user.json":
            return self.user(values, bearer)
        return 404, {}, None

    def authorize(self, values: dict[str, str]) -> Reply:
        if values.get("client_id") != CLIENT_ID or values.get("response_type") != "code":
            return 400, {}, None
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**values, "uid": self.who}
        back = urlencode({"code": code, "state": values["state"]})
        return 302, {"Location": f"{values['redirect_uri']}?{back}"}, None

    def access_token(self, values: dict[str, str]) -> Reply:
        begun = self.codes.pop(values.get("code", ""), None)
        digest = hashlib.sha256(values.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = begun is not None and (
            values.get("client_id") == CLIENT_ID
            and values.get("client_secret") == CLIENT_SECRET
            and values.get("grant_type") == "authorization_code"
            and values.get("redirect_uri") == begun["redirect_uri"]
            and begun.get("code_challenge_method") == "S256"
            and begun.get("code_challenge") == challenge
        )
        if begun is None or not right:
            return 400, {}, {"error": "invalid_grant", "error_description": "It is not valid."}
        token = self.token_for(begun["uid"])
        return 200, {}, {"access_token": token, "token_type": "Bearer", "expires_in": 7200}

    def user(self, values: dict[str, str], bearer: str) -> Reply:
        if values.get("client_id") != CLIENT_ID or bearer not in self.tokens:
            return 401, {}, {"error": "unauthorised"}
        return 200, {}, {"user": self.people[self.tokens[bearer]]}


def handler(signon: Signon) -> type[BaseHTTPRequestHandler]:
    """Return a handler that answers for `signon`."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            sent = parse_qs(body if self.command == "POST" else address.query)
            values = {name: many[0] for name, many in sent.items()}
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, headers, found = signon.reply(self.command, address.path, values, bearer)
            text = found if isinstance(found, str) else json.dumps(found)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = answer  # noqa: N815 (names of the library)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
