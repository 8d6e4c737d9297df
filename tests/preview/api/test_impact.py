"""Impact over HTTP, and on the page of staff."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from preview.accounts.mock import example_people
from preview.drafts.models import Draft
from preview.impact.models import Impact
from tests.preview.overlay.packs import live_site, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import id_of, live, site

pytestmark = pytest.mark.django_db
PLACE = f"/api/v1/drafts/{id_of('o')}"


@pytest.fixture
def renamed(api: Any, live_site: Any) -> Draft:  # noqa: F811 (a fixture)
    news = [
        live(f"n{n}", "news_article", document_type="news_story", link_set={"organisations": ["o"]})
        for n in range(3)
    ]
    live_site(site(live("o", "organisation", title="Old ministry"), *news))
    item = {
        "schema_name": "organisation",
        "document_type": "organisation",
        "title": "New ministry",
        "base_path": "/o",
        "publishing_app": "publisher",
        "rendering_app": "frontend",
        "routes": [{"path": "/o", "type": "exact"}],
        "details": {"body": ""},
        "update_type": "minor",
    }
    assert api.put(PLACE, item, format="json").status_code == 201
    return Draft.objects.get()


def test_a_draft_whose_impact_was_not_measured_has_none(api: Any, renamed: Draft) -> None:
    assert api.get(f"{PLACE}/impact").status_code == 404


def test_the_measurement_is_told_with_its_pages(api: Any, renamed: Draft) -> None:
    work()
    body = api.get(f"{PLACE}/impact?per_page=2").json()
    assert [body[name] for name in ("state", "total", "looked_at", "changed")] == ["done", 3, 3, 3]
    assert [page["path"] for page in body["pages"]] == ["/n0", "/n1"]
    assert body["next"] == 2
    rest = api.get(f"{PLACE}/impact?per_page=2&page=2").json()
    assert ([page["path"] for page in rest["pages"]], rest["next"]) == (["/n2"], None)
    assert api.get(f"{PLACE}/impact?outcome=same").json()["pages"] == []


@pytest.mark.parametrize("query", ["page=0", "page=x", "per_page=201", "outcome=maybe"])
def test_what_can_not_be_asked_is_said(api: Any, renamed: Draft, query: str) -> None:
    work()
    assert api.get(f"{PLACE}/impact?{query}").status_code == 422


def test_it_can_be_measured_again(api: Any, renamed: Draft) -> None:
    work()
    assert api.post(f"{PLACE}/impact").status_code == 202
    assert api.get(f"{PLACE}/impact").json()["state"] == "waiting"
    work()
    assert Impact.objects.get().serial == 2


def staff(uid: str) -> Client:
    client = Client(HTTP_HOST="service.preview.localhost")
    client.force_login(next(one for one in example_people() if one.uid == uid))
    return client


def test_staff_read_what_changes_and_have_it_measured_again(renamed: Draft) -> None:
    work()
    client = staff("mock-editor")
    place = f"/drafts/{renamed.id}/impact"
    html = client.get(place).content.decode()
    assert "3 of 3 live pages change." in html
    assert "As it will be" in html
    assert client.post(f"{place}/measure").status_code == 302
    assert "looked at" in client.get(place).content.decode()


def test_what_a_limited_draft_changes_is_not_for_others(renamed: Draft) -> None:
    work()
    Draft.objects.update(limited=True)
    assert staff("mock-editor").get(f"/drafts/{renamed.id}/impact").status_code == 404


def test_a_page_that_changes_can_be_seen_in_the_frame(renamed: Draft) -> None:
    from preview.rendering.models import Rendering
    from preview.web import frames

    work()
    rendering = Rendering.objects.get(version=None, content_id=id_of("n0"))
    client = Client(HTTP_HOST="preview.localhost")
    example_people()
    entered = client.get(f"/enter/{frames.ticket('mock-editor', rendering.id)}")
    page = client.get(entered.headers["Location"]).content.decode()
    assert "New ministry" in page
    beside = client.get(f"/frames/{rendering.id}/o")
    assert "New ministry" in beside.content.decode()
