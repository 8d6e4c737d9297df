"""Pages of the trail: who has seen a pack, filters, CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from preview.audit.actions import record_entry
from preview.audit.models import Entry
from tests.preview.web.conftest import Browser, Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def visited(case: Case, viewers: dict[str, Browser]) -> Case:
    """Give a draft that a guest saw twice, and an editor once."""
    for _ in range(2):
        assert viewers["guest"].preview.get(f"/shared/{case.link.id}/low-tide").status_code == 200
    frame = f"/frames/{case.rendering.id}/low-tide"
    assert viewers["editor"].preview.get(frame).status_code == 200
    return case


def test_a_page_says_who_has_seen_a_pack(visited: Case, viewers: dict[str, Browser]) -> None:
    page = viewers["editor"].service.get(f"/packs/{visited.link.pack_id}/seen").content.decode()
    assert "Who has seen When is low tide?" in page
    assert page.index("Edith Example") < page.index("Somebody with a link")
    assert ">2</td>" in page


def test_an_auditor_learns_who_and_not_what(visited: Case, viewers: dict[str, Browser]) -> None:
    place = f"/packs/{visited.link.pack_id}/seen"
    page = viewers["auditor"].service.get(place).content.decode()
    assert "Edith Example" in page
    assert "tide" not in page


def test_the_trail_can_be_filtered_and_paged(visited: Case, viewers: dict[str, Browser]) -> None:
    auditor = viewers["auditor"].service
    for number in range(60):
        record_entry(action="draft.save", actor="app:whitehall", subject=f"draft:{number}")
    first = auditor.get("/audit", {"actor": "app:whitehall"})
    assert b"draft:59" in first.content
    assert b"draft:5<" not in first.content
    last = Entry.objects.get(subject="draft:10").pk
    older = auditor.get("/audit", {"actor": "app:whitehall", "before": last}).content
    assert b"draft:9<" in older
    assert b"draft:10<" not in older
    views = auditor.get("/audit", {"action": "share_link.view", "pack": visited.link.pack_id})
    assert views.content.count(b"Looked at the shared preview</th>") == 2


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"pack": "x"}, "Enter the id of a pack"),
        ({"since": "2026-02-31"}, "must be a real date"),
        ({"actor": "x" * 121}, "120 characters or fewer"),
    ],
)
def test_a_filter_that_can_t_be_used_says_what_to_do(
    viewers: dict[str, Browser], query: dict[str, Any], says: str
) -> None:
    response = viewers["auditor"].service.get("/audit", query)
    assert response.status_code == 422
    assert says in response.content.decode()


def test_the_csv_holds_the_same_part(visited: Case, viewers: dict[str, Browser]) -> None:
    response = viewers["admin"].service.get("/audit.csv", {"action": "share_link.view"})
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["action"] for row in rows] == ["share_link.view"] * 2
    assert rows[0]["pack"] == str(visited.link.pack_id)
