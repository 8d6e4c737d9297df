"""What every test stands on: invented content, clients."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def content_item(**changes: Any) -> dict[str, Any]:
    """Return a valid answer, with `changes`."""
    item = {
        "schema_name": "answer",
        "document_type": "answer",
        "base_path": "/low-tide",
        "title": "When is low tide?",
        "description": "Find out when the water is lowest",
        "publishing_app": "publisher",
        "rendering_app": "frontend",
        "routes": [{"path": "/low-tide", "type": "exact"}],
        "details": {"body": [{"content_type": "text/govspeak", "content": "Twice a *day*."}]},
        "update_type": "major",
    }
    return {**item, **changes}


@pytest.fixture(autouse=True)
def no_rules_of_other_tests() -> Iterator[None]:
    """Forget compiled editions of usage's rules: each test's database counts them from 1 again."""
    yield
    loaded = sys.modules.get("preview.usage.actions")
    if loaded is not None:
        loaded.of_version.cache_clear()


@pytest.fixture
def content_id() -> str:
    return str(uuid.uuid4())


SCOPES = ("drafts:read", "drafts:write", "packs:write", "share_links:write", "webhooks:write")


def client_of(token: str) -> Any:
    """Return a client of the API with a token."""
    from rest_framework.test import APIClient

    client = APIClient(HTTP_HOST="service.preview.localhost", raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def sender(client: Any) -> Any:
    """Return what sends a content item; it returns the response."""

    def put(content_id: str, item: Any = None, locale: str = "en", **headers: str) -> Any:
        address = f"/api/v1/drafts/{content_id}?locale={locale}"
        return client.put(address, item or content_item(), format="json", headers=headers)

    return put


@pytest.fixture
def token(db: None) -> str:
    from preview.accounts.actions import create_app_token

    return create_app_token(app_name="publisher", scopes=SCOPES).secret


@pytest.fixture
def api(token: str) -> Any:
    return client_of(token)


@pytest.fixture
def send(api: Any) -> Any:
    return sender(api)
