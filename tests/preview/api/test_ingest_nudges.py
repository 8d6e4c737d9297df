"""What banners report: by a signed token, from integration's pages only, without cookies."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from preview.usage.actions import ensure_source
from preview.usage.models import UsagePerson
from preview.usage.page_tokens import page_token
from preview.usage.programme.acting import UsageNudge

pytestmark = pytest.mark.django_db
ORIGIN = "https://whitehall-admin.integration.publishing.service.gov.uk"


@pytest.fixture(autouse=True)
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("preview.api.ingest_nudges.seconds_to_wait", lambda *_: 0)


def sent(origin: str = ORIGIN, **changes: str) -> Any:
    token = page_token(source=ensure_source(slug="whitehall"), app="whitehall", uid="u1")
    body = {"token": token, "event": "shown", "kind": "people", **changes}
    return Client(HTTP_HOST="service.preview.localhost").post(
        "/ingest/v1/nudges", json.dumps(body), "text/plain", headers={"Origin": origin}
    )


def test_a_banner_that_was_shown_is_counted_for_its_person() -> None:
    answer = sent(campaign="nobody-made-it", variant="x")
    assert (answer.status_code, answer.cookies) == (204, {})
    one = UsageNudge.objects.get()
    assert (one.event, one.app, one.kind) == ("shown", "whitehall", "people")
    assert (one.campaign, one.variant) == ("", "")
    assert one.person.startswith("p")
    UsagePerson.objects.create(key=one.person, organisation="harbours", email_key="e1")
    sent(event="dismissed")
    assert UsageNudge.objects.get(event="dismissed").organisation == "harbours"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"event": "clicked"}, 422),
        ({"token": "forged"}, 404),
    ],
)
def test_others_count_nothing(changes: dict[str, str], status: int) -> None:
    assert sent(**changes).status_code == status
    assert not UsageNudge.objects.exists()
