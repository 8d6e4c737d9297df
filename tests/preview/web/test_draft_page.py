"""The page of a draft: surfaces, languages, versions, what it costs."""

from __future__ import annotations

import uuid
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preview.checks.actions import check_rendering
from preview.drafts.models import Draft
from preview.rendering.actions import render_version
from preview.rendering.completing import complete_rendering
from preview.rendering.models import Rendering
from tests.conftest import content_item
from tests.preview.web.conftest import Browser, Case, followed, person_called

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def editor(case: Case) -> Browser:
    browser = Browser()
    browser.service.force_login(person_called("mock-editor"))
    return browser


def again(send: Any, case: Case, **changes: Any) -> Rendering:
    """Send the case's draft again and render it."""
    limits = {"organisations": [str(case.draft.limits.get().organisation)]}
    item = content_item(access_limited=limits, **changes)
    assert send(str(case.draft.content_id), item).status_code == 201
    return followed(Draft.objects.get(id=case.draft.id))


def test_it_needs_few_queries_on_the_first_look_and_later(
    case: Case, editor: Browser, send: Any
) -> None:
    for number in range(3):
        again(send, case, description=f"Another {number}")
    for _ in range(2):
        with CaptureQueriesContext(connection) as ran:
            page = editor.service.get(f"/drafts/{case.draft.id}", {"as": "search"})
        assert page.status_code == 200
        assert len(ran) <= MOST_QUERIES, [one["sql"] for one in ran]


@pytest.mark.parametrize("name", ["print", "search", "social", "email"])
def test_each_surface_is_shown_in_a_frame_of_its_own(
    case: Case, editor: Browser, name: str
) -> None:
    page = editor.service.get(f"/drafts/{case.draft.id}", {"as": name}).content.decode()
    ticket = page.split("/enter/")[1].split('"')[0]
    entered = editor.preview.get(f"/enter/{ticket}")
    assert entered["Location"] == f"/surfaces/{case.rendering.id}/{name}"
    shown = editor.preview.get(entered["Location"])
    assert "low tide" in shown.content.decode()
    assert editor.preview.get(f"/surfaces/{case.rendering.id}/nothing").status_code == 404


def test_a_surface_that_is_not_made_yet_is_waited_for(case: Case, editor: Browser) -> None:
    case.rendering.surfaces.all().delete()
    page = editor.service.get(f"/drafts/{case.draft.id}", {"as": "search"}).content.decode()
    assert "The preview is being made" in page
    assert "iframe" not in page


def test_a_failure_says_why_and_what_to_do(case: Case, editor: Browser) -> None:
    sentence = "Contact 5 is not there. Add it, or take the code out."
    Rendering.objects.filter(id=case.rendering.id).update(state="failed", failure=sentence)
    page = editor.service.get(f"/drafts/{case.draft.id}").content.decode()
    assert sentence in page
    assert "Correct it in publisher and save again" in page
    assert "iframe" not in page


def test_an_older_version_says_that_there_is_a_newer_one(
    case: Case, editor: Browser, send: Any
) -> None:
    again(send, case, title="When is it low?")
    place = f"/drafts/{case.draft.id}"
    page = editor.service.get(place, {"version": 1}).content.decode()
    assert "Version 2 is newer" in page
    assert "Version 1 of 2" in page
    assert "is newer" not in editor.service.get(place).content.decode()
    assert editor.service.get(place, {"version": "x", "as": "x"}).status_code == 200


def test_other_languages_of_the_page_are_one_step_away(
    case: Case, editor: Browser, send: Any
) -> None:
    welsh = content_item(locale="cy", title="Llanw isel", base_path="/low-tide.cy")
    welsh["routes"] = [{"path": "/low-tide.cy", "type": "exact"}]
    send(str(case.draft.content_id), welsh, locale="cy")
    other = Draft.objects.get(locale="cy")
    page = editor.service.get(f"/drafts/{case.draft.id}").content.decode()
    assert f'href="/drafts/{other.id}?as=desktop">Welsh</a>' in page
    assert '<strong aria-current="true">English</strong>' in page
    stranger = Browser()
    stranger.service.force_login(person_called("mock-other-editor"))
    theirs = stranger.service.get(f"/drafts/{other.id}").content.decode()
    assert str(case.draft.id) not in theirs


def test_activity_and_versions_name_who_did_it(case: Case, editor: Browser, send: Any) -> None:
    limits = {"organisations": [str(case.draft.limits.get().organisation)]}
    item = content_item(access_limited=limits, title="Tides")
    send(str(case.draft.content_id), item, x_govuk_authenticated_user="mock-editor")
    page = editor.service.get(f"/drafts/{case.draft.id}").content.decode()
    assert "by Edith Example" in page
    assert "Saved version 2" in page
    assert "The app publisher" in page


def events(browser: Browser, case: Case, **query: Any) -> dict[str, Any]:
    """Return the event that a draft's page is told."""
    answer = browser.service.get(f"/drafts/{case.draft.id}/events", query)
    body = b"".join(answer.streaming_content).split(b"data: ")[1]
    return dict(orjson.loads(body))


def test_a_page_that_shows_the_newest_version_is_told_at_once(
    case: Case, editor: Browser, send: Any
) -> None:
    assert events(editor, case, shown=1) == {"version": 1, "state": "unchanged"}
    assert events(editor, case) == {"version": 1, "state": "ready"}
    again(send, case, title="Tides")
    assert events(editor, case, shown=1) == {"version": 2, "state": "ready"}


def test_the_label_tells_what_is_real(case: Case, editor: Browser) -> None:
    stub = {"kind": "stubbed", "what": "The search box leads nowhere.", "pointer": None}
    Rendering.objects.filter(id=case.rendering.id).update(remarks=[])
    place = f"/drafts/{case.draft.id}"
    assert "is as it will be on the live page" in editor.service.get(place).content.decode()
    Rendering.objects.filter(id=case.rendering.id).update(remarks=[stub])
    page = editor.service.get(place).content.decode()
    assert "1 thing differs from the live page" in page
    assert "The search box leads nowhere." in page


def test_a_rendering_is_completed_once(case: Case) -> None:
    before = set(case.rendering.surfaces.values_list("id", flat=True))
    complete_rendering(rendering_id=str(case.rendering.id), delivery_id=str(uuid.uuid4()))
    assert set(case.rendering.surfaces.values_list("id", flat=True)) == before
    assert case.rendering.items.count() == 1


def test_checks_are_on_the_page_and_on_one_of_their_own(
    case: Case, editor: Browser, send: Any
) -> None:
    body = [{"content_type": "text/html", "content": "<h2></h2><p>Twice.</p>"}]
    place = f"/drafts/{case.draft.id}"
    assert "not checked yet" in editor.service.get(place).content.decode()
    rendering = again(send, case, details={"body": body})
    check_rendering(rendering_id=str(rendering.id), delivery_id=str(uuid.uuid4()))
    page = editor.service.get(place).content.decode()
    assert "1 problem, " in page
    checks = editor.service.get(f"{place}/checks").content.decode()
    key = checks.split("/dismiss")[0].rsplit("/", 1)[1]
    wrong = editor.service.post(f"{place}/checks/{key}/dismiss", {"reason": ""})
    assert wrong.status_code == 422
    assert wrong.content.decode().count("Say why this can stay as it is.") == 2
    assert "<title>Error: " in wrong.content.decode()
    editor.service.post(f"{place}/checks/{key}/dismiss", {"reason": "It <b>stays</b>"})
    page = editor.service.get(f"{place}/checks").content.decode()
    assert "Dismissed by Edith Example" in page
    assert "It &lt;b&gt;stays&lt;/b&gt;" in page
    editor.service.post(f"{place}/checks/{key}/restore")
    assert "Dismissed by" not in editor.service.get(f"{place}/checks").content.decode()


def test_a_draft_that_is_not_rendered_yet_has_a_page(send: Any, editor: Browser) -> None:
    content_id = str(uuid.uuid4())
    routes = [{"path": "/ebb", "type": "exact"}]
    send(content_id, content_item(base_path="/ebb", routes=routes))
    draft = Draft.objects.get(content_id=content_id)
    for place in ("", "/compare", "/checks"):
        assert editor.service.get(f"/drafts/{draft.id}{place}").status_code == 200
    page = editor.service.get(f"/drafts/{draft.id}").content.decode()
    assert f'data-events="/drafts/{draft.id}/events"' in page
    assert render_version(version_id=draft.versions.get().pk, delivery_id=str(uuid.uuid4()))
