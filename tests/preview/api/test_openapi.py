"""The API answers everything that its OpenAPI document allows as the document says."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from preview.wsgi import application

schema = schemathesis.openapi.from_path("docs/openapi.yaml")
schema.app = application
EXCLUDED = [
    positive_data_acceptance,  # a content item has rules that the document does not repeat
    negative_data_rejection,  # unknown parameters are ignored, and a valid token is always sent
]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the end of a request from closing the connection of the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_of_the_document(case: Any, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Host": "service.preview.localhost"}
    answer = case.call_and_validate(headers=headers, excluded_checks=EXCLUDED)
    assert answer.status_code < 500


def texts_of_addresses() -> list[tuple[str, str, str]]:
    """Return every parameter that an address may have behind its `?`: method, path, name."""
    return [
        (operation.ok().method.upper(), operation.ok().path, parameter.name)
        for operation in schema.get_all_operations()
        for parameter in operation.ok().query
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path", "name"), texts_of_addresses())
def test_a_nul_in_an_address_breaks_nothing(api: Any, method: str, path: str, name: str) -> None:
    place = re.sub(r"\{\w+\}", str(uuid.uuid4()), path)
    answer = api.generic(method, f"{place}?{name}=e%00n", "{}", content_type="application/json")
    assert answer.status_code < 500


@pytest.mark.django_db
@pytest.mark.parametrize("per_page", ["0", "201", "ten", "-1", "1.5", "", "²"])
def test_a_page_size_that_cannot_be_is_refused(api: Any, per_page: str) -> None:
    answer = api.get("/api/v1/drafts", {"per_page": per_page})
    assert answer.status_code == 422
    assert "from 1 to 200" in answer.json()["detail"]


@pytest.mark.django_db
def test_an_unknown_address_is_a_problem_and_no_page(api: Any) -> None:
    answer = api.get("/api/v1/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
