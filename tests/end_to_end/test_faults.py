"""Faults, by causing them: killed workers, a stopped broker. Every version ends, none twice."""

from __future__ import annotations

import uuid

import pytest

from tests.conftest import content_item
from tests.end_to_end.conftest import Service

pytestmark = pytest.mark.end_to_end


def save(service: Service, session: object, count: int) -> list[str]:
    ids = [str(uuid.uuid4()) for _ in range(count)]
    for content_id in ids:
        body = content_item(title=content_id, details={"body": "<p>x</p>" * 20_000})
        place = f"{service.address}/api/v1/drafts/{content_id}"
        assert session.put(place, json=body, timeout=30).status_code == 201  # type: ignore[attr-defined]
    return ids


def test_versions_survive_a_worker_killed_in_the_middle(service: Service) -> None:
    session = service.session()
    ids = save(service, session, 12)
    service.kill("worker")
    service.start("worker")
    states = [service.wait_ended(session, one)["rendering"]["state"] for one in ids]
    assert states == ["ready"] * 12


def test_versions_saved_while_the_broker_is_away_are_rendered_later(service: Service) -> None:
    session = service.session()
    service.valkey.stop()
    ids = save(service, session, 3)
    service.valkey.start()
    states = [service.wait_ended(session, one, 60)["rendering"]["state"] for one in ids]
    assert states == ["ready"] * 3
