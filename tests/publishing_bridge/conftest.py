"""A client of the bridge with a token, and what it sends."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from preview.accounts.actions import create_app_token
from tests.conftest import content_item

HOST = "service.preview.localhost"


class Publisher:
    """A publisher app: speaks the Publishing API's format with a bearer token."""

    def __init__(self, name: str, *scopes: str) -> None:
        wanted = scopes or ("drafts:read", "drafts:write", "content_store:write")
        self.token = create_app_token(app_name=name, scopes=wanted).secret
        self.client = Client(HTTP_HOST=HOST, raise_request_exception=False)
        self.answers: list[Any] = []

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self.token}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.generic(
            method,
            path,
            b"" if body is None else self.client._encode_json(body, "application/json"),
            content_type="application/json",
            headers=sent,
        )
        self.answers.append(answer)
        return answer

    def put(self, content_id: str, item: Any = None, **headers: str) -> Any:
        return self("PUT", f"/v2/content/{content_id}", item or content_item(), **headers)


@pytest.fixture
def publisher(db: None) -> Iterator[Publisher]:
    """A publisher app; what it was answered is closed, as a server does when a client leaves."""
    made = Publisher("publisher")
    yield made
    for answer in made.answers:
        answer.close()


@pytest.fixture
def content_id() -> str:
    return str(uuid.uuid4())
