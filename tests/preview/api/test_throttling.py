"""How often a token may call."""

from __future__ import annotations

from typing import Any

import pytest
from limits import parse

from preview import rate_limits
from preview.accounts.actions import create_app_token

pytestmark = pytest.mark.django_db


def test_a_token_that_calls_too_often_is_told_when_to_go_on(
    api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "item", lambda _: parse("3/minute"))
    statuses = [api.get("/api/v1/drafts").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = api.get("/api/v1/drafts")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused.json()["type"] == "/api/problems/throttled"
    other = create_app_token(app_name="whitehall", scopes=("drafts:read",)).secret
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {other}")
    assert api.get("/api/v1/drafts").status_code == 200
