"""The page of retention: rules, receipts, holds."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from preview.accounts.models import Organisation
from preview.audit.models import Entry
from preview.retention.models import Hold, Receipt
from preview.retention.rules import RULES

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(content_id=uuid.uuid4(), title="Ferries", slug="ferries")


def test_the_page_shows_rules_and_receipts(admin: Any, django_assert_max_num_queries: Any) -> None:
    for key in RULES:
        for _ in range(3):
            Receipt.objects.create(rule=key, days=9, before="2026-01-01T00:00Z", count=7)
    with django_assert_max_num_queries(12):
        page = admin.get("/administration/retention").content.decode()
    assert "Published and discarded drafts" in page
    assert "365 days" in page
    assert "Older than 9 days" in page


def test_a_hold_is_placed_and_lifted(admin: Any, organisation: Organisation) -> None:
    sent = {"kind": "organisation", "target": f" {organisation.pk} ", "reason": "An inquiry"}
    response = admin.post("/administration/retention/hold", sent, follow=True)
    page = response.content.decode()
    assert "An inquiry" in page
    assert str(organisation.pk) in page
    hold = Hold.objects.get()
    assert hold.placed_by == "person:mock-admin"
    for _ in range(2):
        admin.post(f"/administration/retention/holds/{hold.pk}/lift")
    hold.refresh_from_db()
    assert hold.lifted_by == "person:mock-admin"
    assert Entry.objects.filter(action="hold.lift").count() == 1
    assert "Holds that were lifted" in admin.get("/administration/retention").content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Select what the hold is on"),
        ({"kind": "draft", "target": "x"}, "There is no draft with this id"),
        ({"kind": "organisation"}, "There is no organisation with this id"),
    ],
)
def test_a_hold_that_can_t_be_placed_says_what_to_do(
    admin: Any, sent: dict[str, str], says: str
) -> None:
    response = admin.post("/administration/retention/hold", {**sent, "reason": "One"})
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Hold.objects.exists()
