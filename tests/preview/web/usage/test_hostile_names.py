"""Names from logs, and what people type, are hostile: no page, file or answer carries them out.

The names come as they would: in the fields of log lines, in Signon's table, in forms and filters.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from preview.accounts.actions import create_app_token
from preview.accounts.mock import example_people
from preview.usage.models import UsageEvent, UsagePerson, UsageReject
from preview.usage.programme.figures import UsageStanding
from preview.usage.programme.models import (
    UsageAnnotation,
    UsageAnswer,
    UsageBlocker,
    UsageCapability,
    UsageContact,
    UsageOrganisation,
    UsageTarget,
    UsageView,
    UsageWave,
)
from preview.usage.programme.standings import decide, today_in_london
from preview.usage.results import UsageDay, UsageSession
from tests.conftest import client_of
from tests.preview.usage import samples
from tests.preview.usage.conftest import put, rebuild
from tests.preview.usage.samples import Visit
from tests.preview.usage.tables import covered_until, used
from tests.preview.web.usage.conftest import browser

__all__ = ["put"]
pytestmark = pytest.mark.django_db
MARK = "pwned"
NAMES = {
    "script": f"<script>{MARK}()</script>",
    "attribute": f'"><img src=x onerror={MARK}()>',
    "single": f"' onmouseover='{MARK}()",
    "address": f"javascript:{MARK}()",
    "template": "{{7*7}}{% for x in y %}",
    "formula": f"=cmd|'{MARK}'!A0",
    "plus": f"+{MARK}",
    "minus": f"-{MARK}",
    "at": f"@SUM({MARK})",
    "tab": f"\t={MARK}",
    "wide": f"\uff1d{MARK}",
    "terminal": f"\x1b]0;{MARK}\x07\x1b[2J",
    "turned": f"\u202e{MARK}\u2066",
    "giant": MARK + "x" * 20_000,
    "sql": f"' OR 1=1; -- {MARK}",
    "path": f"../../{MARK}%00\r\nSet-Cookie: {MARK}",
}
EACH_NAME = pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
PAGES = (
    *("", "/organisations", "/blockers", "/kinds", "/campaigns", "/training", "/health"),
    *("/rules-lab", "/weeks.csv", "/weeks.json", "/organisations.csv"),
)
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SPACE = " \t\r\n\u00a0\ufeff"


class Reader(HTMLParser):
    """Finds what would run, were a page shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            leads = name in {"href", "src", "action", "formaction", "data", "srcdoc"}
            runs = leads and (value or "").strip().lower().startswith("javascript:")
            if runs or name.startswith("on"):
                self.found.append(f"{tag} {name}={value}")
        if tag == "script" and "src" not in dict(attrs):
            self.found.append("a script in the page")
        if tag in {"img", "iframe", "object", "base"} and MARK in str(attrs):
            self.found.append(tag)


def dangers(text: str) -> list[str]:
    """Return what would run in a page."""
    reader = Reader()
    reader.feed(text)
    return reader.found


def harmless(client: Client, place: str) -> str:
    """Look at a place; return what it says once nothing in it can do harm."""
    answer = client.get(place)
    assert answer.status_code == 200, place
    text = answer.content.decode()
    if place.endswith(".csv"):
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                assert not cell.strip(SPACE).startswith(("=", "+", "@", "\uff1d")), (place, cell)
        assert not UNSEEN.search(text), place
    elif not place.endswith(".json"):
        assert dangers(text) == [], place
    return text


def everything(client: Client) -> str:
    """Look at every page and file."""
    return "".join(harmless(client, f"/usage{place}") for place in PAGES)


def lines_with(name: str) -> dict[str, str]:
    """Return log lines of several formats with a name in every field that a stranger can write."""
    visit = Visit(target=f"/{name}?{name}={name}", agent=name, referrer=f"https://{name}/{name}")
    hosts = visit.but(host=f"whitehall-admin.{samples.DOMAIN}", request_id=name, method="GET")
    told = {"signon_uid": name, "signon_organisation": name, "extra": {name: name}}
    return {
        "nginx": samples.nginx(hosts) + "\n" + samples.nginx(visit.but(host=name)),
        "rails": samples.rails(visit.but(route=f"{name}#{name}"), **told),
        "opensearch": samples.opensearch(visit, application=name),
        "beacon": samples.beacon(hosts, kind=name, org=name, signal=name),
        "users": "uid,organisation_content_id,organisation_slug,suspended_at,name,email\n"
        + ",".join(json.dumps(name) for _ in range(3))
        + f',,{json.dumps(name)},"{MARK}@example.com"',
    }


@EACH_NAME
def test_names_in_logs_are_stored_and_shown_without_harm(
    name: str, put: Callable[..., Any], admin: Client
) -> None:
    for number, lines in enumerate(lines_with(name).values()):
        put(lines.split("\n"), source=f"source-{number}")
    rebuild()
    decide(today_in_london())
    for model in (UsageEvent, UsagePerson, UsageReject, UsageSession, UsageDay):
        for row in model.objects.values():
            for column, value in row.items():
                stored = str(value)
                assert not UNSEEN.search(stored), (model, column)
                assert "<" not in stored, (model, column)
                assert len(stored) <= 700, (model, column)
    shown = everything(admin)
    assert "Set-Cookie: pwned" not in shown


@EACH_NAME
def test_names_that_got_into_the_tables_do_no_harm_either(name: str, admin: Client) -> None:
    short, today = name[:80].replace("\0", ""), today_in_london()
    covered_until(today, 30)
    used(today, short, kind=short[:80], app=short)
    decide(today)
    uid = next(one.uid for one in example_people() if one.uid == "mock-admin")
    UsageStanding.objects.update(title=short, reasons=[short], why=short)
    UsageOrganisation.objects.create(key=short, next_action=short, contact=short, note=short)
    UsageContact.objects.create(
        organisation=short, at=today, channel="call", text=short, author=short[:64]
    )
    UsageBlocker.objects.create(title=short, reason=short[:40], owner=short)
    UsageCapability.objects.create(kind=short, note=short)
    UsageAnnotation.objects.create(
        day=today, kind="note", organisation=short, text=short, author=short[:64]
    )
    UsageAnswer.objects.create(
        at=f"{today}T10:00Z",
        organisation=short,
        app=short,
        kind=short,
        reason="OTHER",
        text=short,
        via="go",
    )
    UsageView.objects.create(owner=uid, name=short, query=short)
    assert MARK in everything(admin) or name == NAMES["template"]
    answer = admin.get("/usage/organisations/x/people")
    assert dangers(answer.content.decode()) == []


@pytest.mark.usefixtures("some_use")
@EACH_NAME
def test_filters_and_forms_put_nothing_into_a_page_or_header(name: str, admin: Client) -> None:
    for field in ("q", "state", "kind", "app", "activity", "parent", "wave", "reason", "older"):
        for place in ("/usage/organisations", "/usage/organisations.csv", "/usage/training"):
            answer = admin.get(place, {field: name})
            text = answer.content.decode()
            assert answer.status_code in {200, 422}, (place, field)
            assert place.endswith(".csv") or dangers(text) == [], (place, field)
            assert not UNSEEN.search(str(answer.headers)), (place, field)
            assert "Set-Cookie" not in answer.get("Content-Disposition", "")
    for place in ("/usage/views", "/usage/targets", "/usage/blockers/add", "/usage/waves"):
        fields = ("name", "query", "metric", "value", "owner", "title", "reason", "starts")
        answer = admin.post(place, dict.fromkeys(fields, name))
        assert answer.status_code in {302, 422}, place
        assert "\n" not in answer.get("Location", "")
        assert answer.get("Location", "/usage").startswith("/usage")
        assert dangers(answer.content.decode()) == [], place


@pytest.mark.usefixtures("some_use")
def test_a_filter_is_no_part_of_a_query(editor: Client) -> None:
    everybody = editor.get("/usage/organisations.csv").content.decode().count("\n")
    for name in ("' OR '1'='1", "%", "_", "harbours' --", "*"):
        for field in ("q", "kind", "parent", "app"):
            rows = editor.get("/usage/organisations.csv", {field: name}).content.decode()
            assert rows.count("\n") < everybody, (field, name)


KEYS: dict[str, Callable[[], str]] = {
    "none": lambda: "",
    "an app's": lambda: create_app_token(app_name="logs", scopes=("drafts:write",)).secret,
    "one that reads usage": lambda: (
        create_app_token(app_name="logs", scopes=("usage:read",)).secret
    ),
    "a name": lambda: "logit",
    "giant": lambda: "x" * 100_000,
    "not ASCII": lambda: "clé",
}


@pytest.mark.parametrize("key", KEYS)
def test_only_the_key_of_a_source_lets_logs_in(key: str) -> None:
    client = Client(HTTP_HOST="service.preview.localhost", raise_request_exception=False)
    for place in ("/ingest/v1/logs", "/v1/logs", "/ingest/v1/page-tokens"):
        answer = client.post(
            place,
            samples.nginx(Visit()),
            content_type="application/x-ndjson",
            headers={"Authorization": f"Bearer {KEYS[key]()}".encode().decode("latin-1")},
        )
        assert answer.status_code == 401, place
        assert not UsageEvent.objects.exists()


@pytest.mark.usefixtures("some_use")
def test_the_api_gives_names_as_data_and_to_its_scope_only() -> None:
    UsageStanding.objects.filter(key="harbours").update(title=NAMES["script"])
    reader = client_of(create_app_token(app_name="board", scopes=("usage:read",)).secret)
    answer = reader.get("/api/v1/usage/organisations")
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert NAMES["script"] in {row["title"] for row in answer.json()["organisations"]}
    for query in ({"state": NAMES["sql"]}, {"state": "x" * 9_000}):
        assert reader.get("/api/v1/usage/organisations", query).status_code == 422
    assert "people" not in answer.json()


@pytest.mark.usefixtures("some_use")
@pytest.mark.parametrize("uid", ["mock-editor", "mock-other-editor", "mock-auditor"])
def test_who_does_not_manage_usage_sees_no_people_and_changes_nothing(uid: str) -> None:
    viewer = browser(uid)
    assert viewer.get("/usage/organisations/harbours/people").status_code == 404
    for place in ("targets", "annotations", "waves", "blockers/add", "kinds/change"):
        assert viewer.post(f"/usage/{place}", {"title": "x"}).status_code == 404
    for model in (UsageTarget, UsageAnnotation, UsageWave, UsageBlocker):
        assert not model.objects.exists()
