"""The pages of usage: what they say, who sees people, what a form refuses."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.usage.keys import pseudonyms
from preview.usage.models import UsagePerson
from preview.usage.programme.acting import UsageBrownout, UsageNudge
from preview.usage.programme.actions import set_capability
from preview.usage.programme.models import UsageAnswer, UsageContact, UsageTarget
from preview.usage.programme.standings import decide, today_in_london
from tests.conftest import content_item
from tests.preview.usage import samples
from tests.preview.usage.tables import used

pytestmark = [pytest.mark.django_db]


def text(client: Client, place: str) -> str:
    response = client.get(place)
    assert response.status_code == 200, place
    return response.content.decode()


@pytest.mark.usefixtures("some_use")
def test_the_overview_says_what_remains_and_what_is_not_known(editor: Client) -> None:
    shown = text(editor, "/usage")
    assert "2 organisations left" in shown
    assert "There is no data for" in shown
    assert "No forecast: 2 organisations are blocked" in shown
    assert "Set a target" not in shown


def test_without_any_data_the_pages_say_so(admin: Client) -> None:
    for place in (
        "",
        "/organisations",
        "/blockers",
        "/kinds",
        "/campaigns",
        "/training",
        "/health",
    ):
        text(admin, f"/usage{place}")
    assert "There are no figures yet" in text(admin, "/usage")
    decide(today_in_london())
    assert "No data" in text(admin, "/usage")


@pytest.mark.usefixtures("some_use")
def test_names_are_looked_up_for_managers_only_and_noted(admin: Client, editor: Client) -> None:
    key = pseudonyms().email("edith@harbours.example")
    UsagePerson.objects.create(key="p1", email_key=key, organisation="harbours")
    place = "/usage/organisations/harbours/people"
    assert editor.get(place).status_code == 404
    assert "Edith Example" in text(admin, place)
    entry = Entry.objects.get(action="usage_people.view")
    assert (entry.actor, entry.subject) == ("person:mock-admin", "organisation:harbours")


@pytest.mark.usefixtures("some_use")
def test_the_file_is_no_formula_and_names_its_filters(editor: Client) -> None:
    response = editor.get("/usage/organisations.csv?kind=roles")
    lines = response.content.decode().splitlines()
    assert response["Content-Disposition"].endswith('-roles.csv"')
    assert lines[1] == "# Filters: kind: roles"
    assert lines[4].startswith("'=cmd(),")
    assert ",1 to 4," in lines[4]
    assert len(lines) == 5


@pytest.mark.usefixtures("some_use")
def test_weeks_without_data_are_null_in_the_files(editor: Client) -> None:
    metrics = {row["name"]: row for row in editor.get("/usage/weeks.json").json()["metrics"]}
    weeks = metrics["remaining"]["weeks"]
    assert (weeks[0]["value"], weeks[0]["state"]) == (None, "missing")
    assert weeks[-2]["value"] == 3
    assert ",missing" in editor.get("/usage/weeks.csv").content.decode()


@pytest.mark.usefixtures("some_use")
def test_filters_narrow_the_table_and_can_be_saved(editor: Client) -> None:
    assert "Harbours" not in text(editor, "/usage/organisations?kind=roles").split("<tbody")[1]
    assert "No organisation fits" in text(editor, "/usage/organisations?q=zzz%00")
    saved = editor.post("/usage/views", {"name": "Roles", "query": "kind=roles"})
    assert saved["Location"] == "/usage/organisations?kind=roles"
    assert "Roles</a>" in text(editor, "/usage/organisations")
    assert editor.post("/usage/views", {"name": ""}).status_code == 422
    assert "Harbours" in text(editor, "/usage/organisations?activity=edit_noneditionable")
    assert "No organisation fits" in text(editor, "/usage/organisations?activity=share_open")


@pytest.mark.usefixtures("some_use")
def test_managers_note_what_was_agreed(admin: Client) -> None:
    place = "/usage/organisations/harbours"
    said = {"at": "2026-03-02", "channel": "call", "text": "<b>Hello</b>"}
    assert admin.post(f"{place}/contacts", said).status_code == 302
    assert UsageContact.objects.get().author == "mock-admin"
    assert "&lt;b&gt;Hello" in text(admin, place)
    refused = admin.post(f"{place}/contacts", {**said, "at": "2026-02-31"})
    assert refused.status_code == 422
    assert "The day must be a real date" in refused.content.decode()
    assert UsageContact.objects.count() == 1
    target = {"metric": "remaining", "value": "3", "due": "2099-01-01"}
    assert admin.post("/usage/targets", target).status_code == 302
    assert UsageTarget.objects.get().value == 3
    assert admin.post("/usage/targets", {**target, "value": "many"}).status_code == 422


@pytest.mark.usefixtures("some_use")
def test_a_filter_by_parent_takes_all_below_it(admin: Client) -> None:
    place = "/usage/organisations/harbours/change"
    said = {"stage": "contacted", "parent": "=cmd()"}
    assert admin.post(place, said).status_code == 302
    assert "Part of" in text(admin, "/usage/organisations")
    for parent in ("harbours", "%3Dcmd()"):
        shown = text(admin, f"/usage/organisations?parent={parent}").split("<tbody")[1]
        assert "Harbours" in shown
        assert ("=cmd()</a>" in shown) is (parent != "harbours")
    circle = admin.post("/usage/organisations/=cmd()/change", {**said, "parent": "harbours"})
    assert circle.status_code == 422
    assert "part of itself" in circle.content.decode()


def test_the_lab_tells_what_is_made_of_a_line_and_shows_no_token(editor: Client) -> None:
    visit = samples.Visit(
        host=samples.DRAFT, target=f"/low-tide?token={samples.token(str(uuid.uuid4()), 1.0)}"
    )
    shown = editor.post("/usage/rules-lab", {"line": samples.nginx(visit, signon_uid="")})
    page = shown.content.decode()
    assert "Somebody with a share link" in page
    assert "bm90LWEtc2lnbmF0dXJl" not in page
    assert "Share open" in page
    assert editor.post("/usage/rules-lab", {"line": " "}).status_code == 422
    unread = editor.post("/usage/rules-lab", {"line": "<script>\x00"}).content.decode()
    assert "<script>" not in unread
    assert "No format knows such a line" in unread or "can&#39;t be read" in unread


def test_the_way_leads_to_a_draft_that_the_person_may_see(
    send: object, editor: Client, admin: Client
) -> None:
    content_id = str(uuid.uuid4())
    limits = {"users": ["mock-editor"]}
    assert send(content_id, content_item(access_limited=limits)).status_code == 201  # type: ignore[operator]
    draft = Draft.objects.get(content_id=content_id)
    place = f"/go?from=integration&app=whitehall&kind=people&content_id={content_id}"
    assert editor.get(place)["Location"] == f"/drafts/{draft.id}"
    hidden, absent = admin.get(place), admin.get(place.replace(content_id, str(uuid.uuid4())))
    assert hidden.status_code == absent.status_code == 200
    assert draft.title not in hidden.content.decode()
    assert sorted(UsageNudge.objects.values_list("found", flat=True)) == [False, False, True]
    assert set(UsageNudge.objects.values_list("app", "kind")) == {("whitehall", "people")}


@pytest.mark.parametrize(
    "hostile",
    [
        "content_id=https://evil.example&app=//evil.example&kind=//evil.example",
        "content_id=%00&app=%00&kind=javascript:alert(1)&variant=<script>",
        "next=https://evil.example&from=https://evil.example",
    ],
)
def test_no_address_leads_anywhere_else(editor: Client, hostile: str) -> None:
    response = editor.get(f"/go?{hostile}")
    assert response.status_code == 200
    page = response.content.decode()
    assert "evil.example" not in page
    assert "<script>" not in page


def test_one_question_is_asked_and_its_answer_kept(editor: Client) -> None:
    set_capability(kind="people", since=today_in_london() - timedelta(days=1), actor="person:a")
    assert "There is no preview of this page" in text(editor, "/go?kind=people")
    assert "can&#39;t preview this kind" in text(editor, "/go?kind=taxon").replace("'", "&#39;")
    refused = editor.post("/go/reason", {"kind": "people"})
    assert refused.status_code == 422
    assert "Select why you use integration" in refused.content.decode()
    kept = editor.post("/go/reason", {"kind": "people", "reason": "HABIT", "text": "a\0b"})
    assert kept["Location"] == "/go/thanks"
    answer = UsageAnswer.objects.get()
    assert (answer.reason, answer.kind, answer.via) == ("HABIT", "people", "go")


def test_a_campaign_is_shown_with_its_effect_and_a_brownout_can_be_taken_back(
    admin: Client,
) -> None:
    today = today_in_london()
    begins = today - timedelta(days=14)
    for day in range(1, 15):
        used(begins - timedelta(days=day), "harbours", sessions=2)
        used(begins - timedelta(days=day), "orchards", sessions=2)
        used(begins + timedelta(days=day), "harbours")
        used(begins + timedelta(days=day), "orchards", sessions=2)
    decide(today)
    campaign = {
        "name": "people-pages",
        "title": "People pages",
        "variants": "short, long",
        "starts": begins.isoformat(),
        "ends": today.isoformat(),
        "organisations": ["harbours"],
        "control": ["orchards"],
    }
    assert admin.post("/usage/campaigns/add", campaign).status_code == 302
    shown = text(admin, "/usage/campaigns")
    assert "less in the nudged group" in shown
    assert "in favour of the campaign" in shown
    tuesday = today + timedelta(days=14 + (1 - today.weekday()) % 7)
    asked = {"app": "whitehall", "exempt": "account:support"}
    times = {"starts_at": f"{tuesday}T09:00", "ends_at": f"{tuesday}T12:00"}
    assert admin.post("/usage/brownouts", {**asked, **times}).status_code == 302
    made = UsageBrownout.objects.get()
    assert made.exempt == ["account:support", "category:e2e", "network:nat"]
    assert admin.post("/usage/brownouts", {**asked, "starts_at": "soon"}).status_code == 422
    assert admin.post(f"/usage/brownouts/{made.pk}/cancel").status_code == 302
    assert "Taken back" in text(admin, "/usage/campaigns")
