"""The home page: what it shows, what it costs, saved views."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preview.accounts.models import PublisherApp
from preview.accounts.staff import staff_of
from preview.desk.models import SavedView
from preview.drafts.models import AccessLimit, Draft, Version
from preview.packs.actions import create_pack
from tests.preview.web.conftest import HARBOURS, Browser, Case, person, person_called

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def editor() -> Browser:
    browser = Browser()
    browser.service.force_login(person_called("mock-editor"))
    return browser


def many(count: int, **values: Any) -> None:
    """Save drafts of the editor's organisation."""
    app, _ = PublisherApp.objects.get_or_create(name="publisher")
    at = timezone.now()
    Draft.objects.bulk_create(
        Draft(
            content_id=uuid.uuid4(),
            locale="en",
            app=app,
            title=f"Draft {number}",
            base_path=f"/draft-{number}",
            version_number=1,
            schema_name="answer",
            document_type="answer",
            organisation_content_id=HARBOURS,
            updated_at=at - timedelta(seconds=number),
            **values,
        )
        for number in range(count)
    )


def test_an_empty_home_says_how_drafts_get_there(editor: Browser) -> None:
    page = editor.service.get("/").content.decode()
    assert "Nothing here yet" in page
    assert "Save a draft in a publishing app" in page
    yours = editor.service.get("/", {"whose": "shared"}).content.decode()
    assert "sends a share link to your email address" in yours


def test_a_search_without_result_says_what_to_try(editor: Browser) -> None:
    many(1)
    page = editor.service.get("/", {"q": "no such thing"}).content.decode()
    assert "Nothing matches" in page
    assert "Search for “no such thing” - Drafts" in page


def test_pages_of_the_list_lead_to_one_another(editor: Browser) -> None:
    many(30)
    first = editor.service.get("/", {"type": "answer"}).content.decode()
    assert "Draft 24<" in first
    assert "Draft 25<" not in first
    older = re.search(r'href="(\?[^"]*|/\?[^"]*older=[^"]*)"', first)
    assert older
    place = older[1].replace("&amp;", "&")
    assert "type=answer" in place
    second = editor.service.get(place).content.decode()
    assert "Draft 25<" in second
    assert "Newer" in second


def test_home_needs_few_queries_however_many_drafts_there_are(editor: Browser) -> None:
    create_pack(actor=staff_of(person_called("mock-editor")), name="Spring")
    many(3)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert editor.service.get("/").status_code == 200
    many(300)
    with CaptureQueriesContext(connection) as more:
        page = editor.service.get("/").content.decode()
    assert "Spring" in page
    assert len(few) == len(more) <= MOST_QUERIES


@pytest.mark.parametrize(
    "query",
    [
        {"whose": "all"},
        {"whose": "organisation"},
        {"whose": "all", "type": "answer"},
        {"whose": "all", "app": "publisher"},
        {"whose": "all", "state": "published"},
    ],
)
def test_lists_are_read_in_order_and_never_sorted_or_counted(
    editor: Browser, query: dict[str, str]
) -> None:
    many(60)
    with CaptureQueriesContext(connection) as ran:
        assert editor.service.get("/", query).status_code == 200
    lists = [one["sql"] for one in ran if "LIMIT 26" in one["sql"]]
    assert len(lists) == 1
    assert not any(re.search(r"SELECT COUNT\(\*\)", one["sql"]) for one in ran)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {lists[0]}")
            plan = " / ".join(row[3] for row in cursor.fetchall())
        assert "SCAN preview_draft /" not in f"{plan} /", plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan.split("CORRELATED")[0], plan


def test_a_view_is_saved_used_and_deleted(editor: Browser) -> None:
    many(1)
    search = {"q": "Draft", "whose": "all"}
    assert "Save this view" in editor.service.get("/", search).content.decode()
    saved = editor.service.post("/views", {**search, "name": "My drafts"})
    assert saved.status_code == 302
    page = editor.service.get(saved["Location"]).content.decode()
    assert "My drafts" in page
    assert 'href="/?q=Draft&amp;whose=all"' in page
    view = SavedView.objects.get()
    assert editor.service.post(f"/views/{view.pk}/delete").status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_refused_and_nothing_is_lost(editor: Browser) -> None:
    answer = editor.service.post("/views", {"q": "Draft", "name": " "})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert page.count("Enter a name for this view.") == 2
    assert 'name="q" value="Draft"' in page or 'value="Draft"' in page


@pytest.mark.parametrize("query", ["q=%00", "older=x", "newer=~", "since=x&state=y", "whose=z"])
def test_any_address_has_an_answer(editor: Browser, query: str) -> None:
    many(1)
    assert editor.service.get(f"/?{query}").status_code == 200


def test_parts_of_the_service_are_shown_to_who_may_open_them(editor: Browser) -> None:
    assert "Audit" not in editor.service.get("/").content.decode()
    auditor = Browser()
    auditor.service.force_login(person_called("mock-auditor"))
    assert 'href="/audit"' in auditor.service.get("/").content.decode()


def test_what_waits_leads_to_where_it_is_done(case: Case) -> None:
    Version.objects.filter(draft=case.draft).update(submitted_by="mock-auditor")
    auditor = person("mock-auditor", case)
    AccessLimit.objects.create(draft=case.draft, user="mock-auditor")
    page = auditor.service.get("/").content.decode()
    place = f'href="/drafts/{case.draft.id}/comments"'
    assert place in page
    assert "1 comment waits for an answer." in page
    assert auditor.service.get(f"/drafts/{case.draft.id}/comments").status_code == 200
