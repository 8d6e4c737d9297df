"""Signon, spoken to over HTTP: in, out, pushed changes, disabled people, API users' tokens."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from preview.accounts.actions import create_app_token
from preview.accounts.mock import refuse_unless_allowed
from preview.accounts.models import Organisation, Person, PublisherApp
from preview.accounts.signon.users import read_user
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.errors import SignonFault
from preview.outbox.models import Delivery
from preview.packs.actions import own_pack
from preview.sharing.actions import end_links_of_person, make_link
from preview.sharing.wanted import Wanted
from tests.conftest import content_item
from tests.fakes.signon import CLIENT_ID, CLIENT_SECRET, Signon

pytestmark = pytest.mark.django_db
HOST = "service.preview.localhost"


@pytest.fixture
def signon(settings: Any) -> Iterator[Signon]:
    running = Signon()
    settings.SIGN_IN = "signon"
    settings.SIGNON_URL = running.url
    settings.GDS_SSO_OAUTH_ID, settings.GDS_SSO_OAUTH_SECRET = CLIENT_ID, CLIENT_SECRET
    cache.clear()
    yield running
    running.close()


def browser() -> Client:
    return Client(HTTP_HOST=HOST)


def go_to_signon(client: Client, place: str = "/auth/gds") -> str:
    """Start signing in; returns the address to which Signon sends the browser back."""
    there = client.get(place)["Location"]
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    assert back.startswith("http://service.preview.localhost:3000/auth/gds/callback?")
    parts = urlsplit(back)
    return f"{parts.path}?{parts.query}"


def signed_in(signon: Signon, uid: str = "edith", **facts: Any) -> Client:
    signon.add(uid, **facts)
    signon.who = uid
    client = browser()
    assert client.get(go_to_signon(client)).status_code == 302
    return client


def push(signon: Signon, person: dict[str, Any], *, act: str = "", token: str = "") -> Any:
    signon.add("signon-api", permissions=["signin", "user_update_permission"])
    bearer = token or signon.token_for("signon-api")
    place = f"/auth/gds/api/users/{person['uid']}{act}"
    method = browser().post if act else browser().put
    body = {} if act else {"user": person}
    headers = {"Authorization": f"Bearer {bearer}"}
    return method(place, body, content_type="application/json", headers=headers)


def test_somebody_signs_in_and_comes_back_to_where_they_were(signon: Signon) -> None:
    signon.add("edith", permissions=["signin", "audit"])
    signon.who = "edith"
    client = browser()
    first = client.get("/audit")
    assert first["Location"] == "/sign-in?next=/audit"
    second = client.get(first["Location"])
    response = client.get(go_to_signon(client, second["Location"]))
    assert response["Location"] == "/audit"
    assert client.get("/audit").status_code == 200
    person = Person.objects.get()
    assert (person.uid, person.email) == ("edith", "edith@harbours.example")
    assert person.organisation == Organisation.objects.get(slug="harbours")
    assert Entry.objects.filter(action="person.sign_in", actor="person:edith").exists()


def test_the_request_carries_a_state_and_a_challenge_and_no_secret(signon: Signon) -> None:
    sent = parse_qs(urlsplit(browser().get("/auth/gds")["Location"]).query)
    assert sent["code_challenge_method"] == ["S256"]
    assert len(sent["code_challenge"][0]) == 43
    assert len(sent["state"][0]) >= 20
    assert CLIENT_SECRET not in str(sent)


def test_a_code_with_another_state_or_in_another_browser_signs_nobody_in(signon: Signon) -> None:
    signon.add("edith")
    signon.who = "edith"
    client = browser()
    back = go_to_signon(client)
    assert browser().get(back).status_code == 403
    assert client.get(back.replace("state=", "state=x")).status_code == 403
    assert client.get(back).status_code == 403  # a state is good once
    assert not Person.objects.exists()


def test_a_code_that_was_begun_with_another_verifier_is_refused(signon: Signon) -> None:
    signon.add("edith")
    signon.who = "edith"
    first, second = browser(), browser()
    code = parse_qs(urlsplit(go_to_signon(first)).query)["code"][0]
    state = parse_qs(urlsplit(go_to_signon(second)).query)["state"][0]
    place = "/auth/gds/callback"
    assert second.get(place, {"code": code, "state": state}).status_code == 403


def test_the_session_is_a_new_one_after_signing_in(signon: Signon) -> None:
    signon.add("edith")
    signon.who = "edith"
    client = browser()
    back = go_to_signon(client)
    planted = client.cookies["__Host-session"].value
    client.get(back)
    assert client.cookies["__Host-session"].value != planted
    other = browser()
    other.cookies["__Host-session"] = planted
    assert other.get("/").status_code == 302


def test_a_session_lasts_twenty_hours_however_it_is_used(signon: Signon) -> None:
    client = signed_in(signon)
    now = timezone.now()
    with time_machine.travel(now + timedelta(hours=19)):
        assert client.get("/").status_code == 200
    with time_machine.travel(now + timedelta(hours=20, minutes=1)):
        assert client.get("/").status_code == 302


def test_signing_out_ends_signon_s_session_too(signon: Signon) -> None:
    client = signed_in(signon)
    assert client.post("/sign-out")["Location"] == f"{signon.url}/users/sign_out"
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(("fault", "status"), [("down", 503), ("malformed", 503)])
def test_a_signon_that_fails_is_told_on_a_page(signon: Signon, fault: str, status: int) -> None:
    signon.add("edith")
    signon.who = "edith"
    client = browser()
    back = go_to_signon(client)
    signon.fault = fault
    response = client.get(back)
    assert response.status_code == status
    assert b"Signon did not answer" in response.content


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(signon: Signon, place: str) -> None:
    signon.add("edith")
    signon.who = "edith"
    client = browser()
    back = go_to_signon(client, f"/auth/gds?next={place}")
    assert client.get(back)["Location"] == "/"


def test_somebody_without_the_permission_to_sign_in_sees_nothing(signon: Signon) -> None:
    assert signed_in(signon, permissions=[]).get("/").status_code == 404


def test_somebody_disabled_is_not_let_in(signon: Signon) -> None:
    signon.add("edith", disabled=True, permissions=[])
    signon.who = "edith"
    client = browser()
    assert client.get(go_to_signon(client)).status_code == 403
    assert client.get("/").status_code == 302


def test_a_push_changes_permissions_at_once_and_is_in_the_trail(signon: Signon) -> None:
    client = signed_in(signon)
    assert client.get("/audit").status_code == 404
    response = push(signon, signon.add("edith", permissions=["signin", "audit"]))
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"].startswith("text/plain")
    assert client.get("/audit").status_code == 200
    entry = Entry.objects.filter(action="person.change_permissions").latest("pk")
    assert (entry.subject, entry.detail) == ("person:edith", {"permissions": "audit signin"})


def test_a_push_of_somebody_unknown_makes_them(signon: Signon) -> None:
    assert push(signon, signon.add("fay")).status_code == 200
    assert Person.objects.get(uid="fay").name == "Fay"


def test_somebody_known_by_e_mail_gets_the_uid_that_signon_has(signon: Signon) -> None:
    Person.objects.create(uid="old", name="Fay", email="FAY@harbours.example")
    assert push(signon, signon.add("fay")).status_code == 200
    assert [one.uid for one in Person.objects.all()] == ["fay"]


def test_reauth_ends_every_session_and_unknown_people_are_fine(signon: Signon) -> None:
    first, second = signed_in(signon), signed_in(signon)
    assert push(signon, signon.people["edith"], act="/reauth").status_code == 200
    assert [one.get("/").status_code for one in (first, second)] == [302, 302]
    assert push(signon, {"uid": "nobody"}, act="/reauth").status_code == 200
    assert first.get(go_to_signon(first)).status_code == 302
    assert first.get("/").status_code == 200


@pytest.mark.parametrize(
    ("token", "status", "says"),
    [
        ("", 401, "No bearer token was provided"),
        ("Bearer unknown-token-of-nobody", 401, "Bearer token does not appear to be valid"),
        ("Bearer ' OR 1=1 --", 401, "Bearer token does not appear to be valid"),
        ("reader", 403, "Sorry, you don't seem to have the user_update_permission"),
    ],
)
def test_only_signon_may_push(signon: Signon, token: str, status: int, says: str) -> None:
    signon.add("reader")
    header = f"Bearer {signon.token_for('reader')}" if token == "reader" else token
    response = browser().put(
        "/auth/gds/api/users/edith",
        {"user": signon.add("edith")},
        content_type="application/json",
        headers={"Authorization": header} if header else {},
    )
    assert response.status_code == status
    assert says in response.json()["message"]
    assert ("WWW-Authenticate" in response) is (status == 401)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"uid": ""},
        {"uid": "somebody-else"},
        {"email": None},
        {"name": "x" * 300},
        {"name": "a\0b"},
        {"permissions": "signin"},
        {"organisation_content_id": "harbours"},
    ],
)
def test_a_push_that_makes_no_sense_changes_nothing(signon: Signon, change: Any) -> None:
    person = {**signon.add("edith"), **change}
    signon.add("signon-api", permissions=["user_update_permission"])
    response = browser().put(
        "/auth/gds/api/users/edith",
        {"user": person},
        content_type="application/json",
        headers={"Authorization": f"Bearer {signon.token_for('signon-api')}"},
    )
    assert response.status_code == 422
    assert not Person.objects.exists()


def test_disabling_somebody_ends_their_sessions_and_their_links(signon: Signon, send: Any) -> None:
    client = signed_in(signon)
    content_id = str(uuid.uuid4())
    PublisherApp.objects.get_or_create(name="publisher")
    assert send(content_id).status_code == 201
    wanted = Wanted(timezone.now() + timedelta(days=2), recipients=("fay@example.com",))
    new = make_link(pack=own_pack(Draft.objects.get()), maker="person:edith", wanted=wanted)
    assert push(signon, signon.add("edith", disabled=True, permissions=[])).status_code == 200
    assert client.get("/").status_code == 302
    delivery = Delivery.objects.get(topic="person.disabled")
    assert delivery.task == "sharing.end_links_of_person"
    ended = end_links_of_person(uid=delivery.payload["uid"], delivery_id=str(delivery.id))
    assert ended == [new.link.id]
    response = Client(HTTP_HOST="preview.localhost").get(f"/s/{new.token}")
    assert response.status_code == 410
    assert b"can no longer share" in response.content


def draft_sent(token: str, content_id: str) -> Any:
    return browser().put(
        f"/api/v1/drafts/{content_id}",
        content_item(),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def test_an_api_user_called_like_an_app_is_not_that_app(signon: Signon, content_id: str) -> None:
    create_app_token(app_name="whitehall", scopes=("drafts:read",))
    for uid in ("first", "second"):
        signon.add(uid, name="Whitehall")
    first, second = signon.token_for("first"), signon.token_for("second")
    assert draft_sent(first, content_id).status_code == 201
    assert draft_sent(second, content_id).status_code == 403, "the draft is another app's"
    names = set(PublisherApp.objects.exclude(signon_uid=None).values_list("name", flat=True))
    assert len(names) == 2
    assert "whitehall" not in names


def test_an_operator_binds_an_app_to_its_api_user(signon: Signon, content_id: str) -> None:
    create_app_token(app_name="whitehall", scopes=("drafts:read",))
    call_command("bind_app", "whitehall", "first", stdout=StringIO())
    signon.add("first", name="Whitehall Publisher")
    assert draft_sent(signon.token_for("first"), content_id).status_code == 201
    assert Draft.objects.get().app.name == "whitehall"
    create_app_token(app_name="other", scopes=("drafts:read",))
    for wrong in (("other", "first"), ("nobody", "second")):
        with pytest.raises(CommandError):
            call_command("bind_app", *wrong)


def test_an_api_user_of_signon_is_the_app_of_its_name(signon: Signon, content_id: str) -> None:
    signon.add("whitehall-uid", name="Specialist Publisher")
    token = signon.token_for("whitehall-uid")
    assert draft_sent(token, content_id).status_code == 201
    assert draft_sent(token, content_id).status_code == 200
    assert signon.asked.count("GET /user.json") == 1
    assert PublisherApp.objects.get().name == "specialist-publisher"


def test_what_signon_said_of_a_token_is_believed_for_five_minutes(
    signon: Signon, content_id: str
) -> None:
    signon.add("whitehall", name="Whitehall")
    token = signon.token_for("whitehall")
    now = timezone.now()
    with time_machine.travel(now) as clock:
        assert draft_sent(token, content_id).status_code == 201
        del signon.tokens[token]
        assert draft_sent(token, content_id).status_code == 200
        clock.shift(timedelta(minutes=5, seconds=1))
        assert draft_sent(token, content_id).status_code == 401


def test_scopes_come_from_permissions(signon: Signon, content_id: str) -> None:
    for uid, permissions, status in (
        ("a", [], 403),
        ("b", ["signin"], 403),
        ("c", ["signin", "share_links:write"], 422),
    ):
        signon.add(uid, name=f"Whitehall {uid}", permissions=permissions)
        token, content_id = signon.token_for(uid), str(uuid.uuid4())
        draft_sent(token, content_id)
        response = browser().post(
            f"/api/v1/drafts/{content_id}/share-links",
            {},
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        assert response.status_code == status, uid


def test_a_signon_that_does_not_answer_is_a_503_and_own_tokens_still_work(
    signon: Signon, content_id: str, token: str
) -> None:
    signon.fault = "down"
    response = draft_sent("x" * 43, content_id)
    assert response.status_code == 503
    assert response.json()["type"] == "/api/problems/signon-away"
    assert draft_sent(token, content_id).status_code == 201


def test_example_people_are_refused_without_debug_unless_allowed(settings: Any) -> None:
    refuse_unless_allowed()
    settings.ALLOW_MOCK_SIGN_IN = False
    with pytest.raises(ImproperlyConfigured, match="ALLOW_MOCK_SIGN_IN"):
        refuse_unless_allowed()
    settings.DEBUG = True
    refuse_unless_allowed()
    settings.DEBUG, settings.SIGN_IN = False, "signon"
    refuse_unless_allowed()


@pytest.mark.parametrize("body", [None, [], {}, {"user": None}, {"user": []}, {"user": {"uid": 1}}])
def test_an_answer_of_another_shape_is_malformed(body: Any) -> None:
    with pytest.raises(SignonFault, match="Signon"):
        read_user(body)
