"""What front ends read: one pack, or all drafts, over live content, by the platform's rules."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from preview.accounts.actions import create_app_token
from preview.overlay import live as live_module
from preview.packs.actions import archive_pack, own_pack
from preview.packs.models import Pack
from publishing_bridge.content_store import overlaid
from publishing_bridge.content_store.tickets import Subject, sign
from tests.preview.overlay.packs import pack_of, retag, save, take_away
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
HOST = "service.preview.localhost"
BYPASS = str(uuid.uuid4())


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """A live page that links to its ministry, and a content store that everybody may read."""
    settings.CONTENT_STORE_PUBLIC = True
    links = {"organisations": ["o"]}
    found = site(
        live("o", "organisation", title="Old ministry"),
        live("page", links=links),
        live("quiet"),
        live("parts", routes=[{"path": "/parts", "type": "prefix"}]),
    )
    for module in (live_module, overlaid):
        monkeypatch.setattr(module, "live_content", lambda: found)
    return found


def get(path: str, **headers: str) -> Any:
    client = Client(HTTP_HOST=HOST, raise_request_exception=False)
    return client.get(path, headers=headers)


def user(uid: str) -> dict[str, str]:
    return {"X-Govuk-Authenticated-User": uid}


def token(app: str, *scopes: str) -> dict[str, str]:
    secret = create_app_token(app_name=app, scopes=scopes or ("drafts:read",)).secret
    return {"Authorization": f"Bearer {secret}"}


def in_pack(pack: Pack, path: str, **headers: str) -> Any:
    return get(f"/packs/{pack.id}/content{path}", **headers)


def ministry(answer: Any) -> str:
    return str(answer.json()["links"]["organisations"][0]["title"])


def test_all_drafts_stand_over_live_content() -> None:
    assert ministry(get("/content/page")) == "Old ministry"
    save(live("o", "organisation", title="New ministry"))
    answer = get("/content/page")
    assert (answer.status_code, ministry(answer)) == (200, "New ministry")
    assert answer["Access-Control-Allow-Origin"] == "*"
    alias = get("/api/content/page").json()
    assert {**alias, "updated_at": answer.json()["updated_at"]} == answer.json()
    assert get("/content/nothing").status_code == 404


def test_govspeak_comes_as_html_and_nothing_secret_comes_at_all() -> None:
    text = [{"content_type": "text/govspeak", "content": "Twice a *day*."}]
    limits = {"access_limited": {"users": ["edith"]}, "auth_bypass_ids": [BYPASS]}
    save(live("new", details={"body": text}, **limits))
    answer = get("/content/new", **user("edith"))
    assert "<em>day</em>" in answer.json()["details"]["body"]
    for secret in ("access_limited", "auth_bypass_ids", "payload_version", "routes"):
        assert secret not in answer.json()
    assert BYPASS not in answer.content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"X-Govuk-Authenticated-User": "edith"}, 200),
        ({"X-Govuk-Authenticated-User": "oscar"}, 403),
        ({"X-Govuk-Authenticated-User": "invalid"}, 403),
        ({"X-Govuk-Authenticated-User-Organisation": "harbours"}, 200),
        ({"Govuk-Auth-Bypass-Id": BYPASS}, 200),
        ({"Govuk-Auth-Bypass-Id": str(uuid.uuid4())}, 403),
    ],
)
def test_a_limited_draft_is_for_those_it_names(headers: dict[str, str], status: int) -> None:
    limits = {"users": ["edith"], "organisations": ["harbours"]}
    save(live("secret", access_limited=limits, auth_bypass_ids=[BYPASS]))
    answer = get("/content/secret", **headers)
    assert answer.status_code == status
    assert "private" in answer["Cache-Control"]
    if status == 403:
        assert answer.json()["errors"]["type"] == "access_forbidden"


def test_a_limited_draft_s_title_is_told_only_to_those_it_names() -> None:
    secret = live("o", "organisation", title="Secret", access_limited={"users": ["edith"]})
    save(secret, limited_to=("edith",))
    assert ministry(get("/content/page")) == "Old ministry"
    assert ministry(get("/content/page", **user("oscar"))) == "Old ministry"
    assert ministry(get("/content/page", **user("edith"))) == "Secret"


def test_a_visitor_with_a_token_alone_sees_what_it_opens_and_what_links_there() -> None:
    save(live("opened", auth_bypass_ids=[BYPASS]))
    save(live("linking", links={"ordered_related_items": ["opened"]}))
    bypass = {"Govuk-Auth-Bypass-Id": BYPASS}
    assert get("/content/opened", **bypass).status_code == 200
    assert get("/content/linking", **bypass).status_code == 200
    assert get("/content/quiet", **bypass).status_code == 403
    assert get("/content/quiet", **bypass, **user("edith")).status_code == 200


def test_an_address_below_a_page_leads_to_it_before_access_is_asked() -> None:
    save(
        live(
            "secret",
            access_limited={"users": ["edith"]},
            routes=[{"path": "/secret", "type": "prefix"}],
        )
    )
    answer = get("/content/secret/part")
    assert (answer.status_code, answer["Location"]) == (303, "/content/secret")
    assert get("/api/content/parts/two")["Location"] == "/api/content/parts"


@pytest.mark.parametrize(
    ("kind", "payload", "status"),
    [
        ("gone", {}, 410),
        ("gone", {"explanation": "<p>Moved.</p>"}, 200),
        ("redirect", {"alternative_path": "/o"}, 200),
        ("withdrawal", {"explanation": "<p>Old.</p>"}, 200),
        ("vanish", {}, 404),
    ],
)
def test_what_is_taken_away_answers_as_the_platform_does(
    kind: str, payload: dict[str, str], status: int
) -> None:
    pack = pack_of(take_away("page", kind, **payload))
    answer = in_pack(pack, "/page")
    assert answer.status_code == status
    if kind == "redirect":
        assert answer.json()["redirects"][0]["destination"] == "/o"
    if kind == "withdrawal":
        assert "Old." in answer.json()["withdrawn_notice"]["explanation"]


def test_a_pack_shows_its_drafts_and_no_others() -> None:
    save(live("quiet", title="Not in the pack"))
    pack = pack_of(save(live("o", "organisation", title="New ministry")), retag("parts", {}))
    assert ministry(in_pack(pack, "/page")) == "New ministry"
    assert in_pack(pack, "/quiet").json()["title"] == "Quiet"
    assert in_pack(pack, "/nothing").status_code == 404
    answer = in_pack(pack, "/parts/two")
    assert answer["Location"] == f"/packs/{pack.id}/content/parts"
    assert get(f"/packs/{uuid.uuid4()}/content/page").status_code == 404


def test_limited_drafts_of_a_pack_are_there_for_who_may_see_all_of_them() -> None:
    secret = save(live("o", "organisation", title="Secret"), limited_to=("edith",))
    pack = pack_of(save(live("quiet")), secret, owner="app:publisher")
    assert ministry(in_pack(pack, "/page")) == "Old ministry"
    assert ministry(in_pack(pack, "/page", **user("oscar"))) == "Old ministry"
    assert ministry(in_pack(pack, "/page", **user("edith"))) == "Secret"
    assert ministry(in_pack(pack, "/page", **token("publisher"))) == "Secret"


def test_without_a_public_content_store_a_token_is_needed(settings: Any) -> None:
    settings.CONTENT_STORE_PUBLIC = False
    draft = save(live("quiet", title="Draft"))
    pack = pack_of(draft, owner="app:publisher")
    assert get("/content/page", **user("edith")).status_code == 401
    assert in_pack(pack, "/page").status_code == 401
    assert in_pack(pack, "/page", **token("publisher")).status_code == 200
    assert in_pack(pack, "/page", **token("whitehall")).status_code == 404
    reader = token("reader", "drafts:read", "drafts:read_all")
    assert in_pack(pack, "/page", **reader).status_code == 200
    assert in_pack(pack, "/page", **token("x", "packs:write")).status_code == 403
    assert in_pack(own_pack(draft), "/quiet", **token("publisher")).json()["title"] == "Draft"
    assert in_pack(own_pack(draft), "/quiet", **token("whitehall")).status_code == 404


def test_a_token_reads_the_drafts_of_its_app_unless_it_reads_all(settings: Any) -> None:
    settings.CONTENT_STORE_PUBLIC = False
    save(live("quiet", title="Draft"))
    save(live("o", "organisation", title="New ministry"), app="whitehall")
    publisher = token("publisher")
    assert get("/content/quiet", **publisher).json()["title"] == "Draft"
    assert ministry(get("/content/page", **publisher)) == "Old ministry"
    whitehall = token("whitehall")
    assert get("/content/quiet", **whitehall).json()["title"] == "Quiet"
    assert ministry(get("/content/page", **whitehall)) == "New ministry"
    reader = token("reader", "drafts:read", "drafts:read_all")
    assert get("/content/quiet", **reader).json()["title"] == "Draft"
    assert ministry(get("/content/page", **reader)) == "New ministry"


def test_an_app_names_nobody_to_see_limited_drafts_of_others(settings: Any) -> None:
    settings.CONTENT_STORE_PUBLIC = False
    secret = save(live("o", "organisation", title="Secret"), limited_to=("edith",), app="whitehall")
    pack = pack_of(save(live("quiet")), secret, owner="app:publisher")
    maker = {**token("publisher"), **user("edith")}
    assert ministry(in_pack(pack, "/page", **maker)) == "Old ministry"
    reader = {**token("reader", "drafts:read", "drafts:read_all"), **user("edith")}
    assert ministry(in_pack(pack, "/page", **reader)) == "Secret"


def test_a_pack_is_only_read() -> None:
    pack = pack_of(save(live("quiet")))
    client = Client(HTTP_HOST=HOST)
    for method in ("put", "delete", "post"):
        assert getattr(client, method)(f"/packs/{pack.id}/content/page").status_code == 404


def test_a_ticket_opens_its_pack_for_minutes_and_nothing_else(settings: Any) -> None:
    import time_machine

    settings.CONTENT_STORE_PUBLIC = False
    secret = save(live("o", "organisation", title="Secret"), limited_to=("edith",))
    pack = pack_of(save(live("quiet", title="In the pack")), secret, owner="app:publisher")
    for audience, title in (("open", "Old ministry"), ("full", "Secret")):
        headers = {"Govuk-Auth-Bypass-Id": sign(Subject(pack.id, audience))}
        assert ministry(get("/content/page", **headers)) == title
    ticket = {"Govuk-Auth-Bypass-Id": sign(Subject(pack.id, "open"))}
    forged = {"Govuk-Auth-Bypass-Id": ticket["Govuk-Auth-Bypass-Id"][:-1] + "_"}
    assert get("/content/page", **forged).status_code == 401
    client = Client(HTTP_HOST=HOST)
    assert client.put("/content/page", "{}", "application/json", headers=ticket).status_code == 401
    with time_machine.travel("2099-01-01"):
        assert get("/content/page", **ticket).status_code == 401
    archive_pack(actor=secret.app, pack=pack)
    assert get("/content/page", **ticket).status_code == 404


def test_a_pinned_version_is_what_a_ticket_shows() -> None:
    draft = save(live("quiet", title="First"))
    first = draft.versions.get()
    save(live("quiet", title="Second"))
    ticket = sign(Subject(own_pack(draft).id, "open", first.pk))
    assert get("/content/quiet", **{"Govuk-Auth-Bypass-Id": ticket}).json()["title"] == "First"
    assert get("/content/quiet").json()["title"] == "Second"
