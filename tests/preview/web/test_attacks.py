"""Attacks on the pages: spoofed headers, foreign hosts and forms, fixed sessions, caches."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from preview.accounts.mock import example_people
from preview.sharing.models import GuestSession
from preview.sharing.opening import digest_of
from tests.preview.web.conftest import PASSPHRASE, PREVIEW, SERVICE, Browser, Case

pytestmark = pytest.mark.django_db
SPOOFED = {
    "X-Forwarded-Host": "service.preview.localhost",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-User": "mock-editor",
    "X-Real-IP": "127.0.0.1",
    "X-Original-URL": "/",
    "X-Rewrite-URL": "/",
    "X-HTTP-Method-Override": "DELETE",
    "X-Govuk-Authenticated-User": "mock-editor",
    "X-Govuk-Authenticated-User-Organisation": "5f1c7f0e-3f0a-4c39-9f5e-2f1d52c0a101",
    "Govuk-Auth-Bypass-Id": str(uuid.UUID(int=1)),
    "Remote-User": "mock-admin",
}


def test_no_header_makes_a_stranger_somebody(case: Case) -> None:
    places = (
        (SERVICE, f"/drafts/{case.draft.id}"),
        (SERVICE, f"/packs/{case.link.pack_id}/share"),
        (SERVICE, "/audit"),
        (SERVICE, f"/api/v1/drafts/{case.draft.content_id}"),
        (PREVIEW, f"/shared/{case.link.id}/low-tide"),
        (PREVIEW, f"/frames/{case.rendering.id}/low-tide"),
        (PREVIEW, "/low-tide"),
    )
    for host, place in places:
        plain = Client(HTTP_HOST=host).get(place)
        for name, value in SPOOFED.items():
            spoofed = Client(HTTP_HOST=host).get(place, headers={name: value})
            assert spoofed.status_code == plain.status_code, (name, place)
            assert "tide" not in spoofed.content.decode().lower(), (name, place)
            assert spoofed.get("Location") == plain.get("Location"), (name, place)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "preview.localhost.evil.example",
        "evil-preview.localhost",
        "preview.localhost@evil.example",
        "preview.localhost:80:80",
        "[::1",
        "",
    ],
)
def test_a_host_that_is_not_ours_gets_nothing(case: Case, host: str) -> None:
    client = Client(HTTP_HOST=host, raise_request_exception=False)
    for place in ("/", f"/s/{case.token}", f"/shared/{case.link.id}/low-tide", "/sign-in"):
        response = client.get(place)
        assert response.status_code == 400
        assert "evil" not in response.content.decode()


def test_each_host_has_its_own_addresses_only(case: Case, viewers: dict[str, Browser]) -> None:
    assert viewers["editor"].preview.get(f"/drafts/{case.draft.id}").status_code == 404
    assert viewers["guest"].service.get(f"/shared/{case.link.id}/low-tide").status_code == 404


@pytest.mark.parametrize("name", ["share", "stop", "revoke", "sign-out"])
def test_a_form_of_another_site_changes_nothing(case: Case, name: str) -> None:
    client = Client(HTTP_HOST=SERVICE, enforce_csrf_checks=True)
    client.force_login(example_people()[0])
    place = {
        "share": f"/packs/{case.link.pack_id}/share",
        "stop": f"/packs/{case.link.pack_id}/share/stop",
        "revoke": f"/share-links/{case.link.id}/revoke",
        "sign-out": "/sign-out",
    }[name]
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": f"http://{PREVIEW}:3000", "Sec-Fetch-Site": "same-site"},
        {},
    ):
        assert client.post(place, headers=headers).status_code == 403
    case.link.refresh_from_db()
    assert case.link.ended_at is None
    assert client.get("/").status_code == 200


def test_a_form_with_the_token_of_another_browser_is_refused(case: Case) -> None:
    client, attacker = (Client(HTTP_HOST=PREVIEW, enforce_csrf_checks=True) for _ in range(2))
    page = attacker.get(f"/s/{case.token}").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    client.get(f"/s/{case.token}")
    values = {"csrfmiddlewaretoken": found[1], "passphrase": PASSPHRASE}
    headers = {"Origin": f"http://{PREVIEW}:3000"}
    assert client.post(f"/s/{case.token}", values, headers=headers).status_code == 403


def test_a_guest_session_that_was_planted_opens_nothing(case: Case) -> None:
    GuestSession.objects.create(digest=digest_of("planted"))
    client = Client(HTTP_HOST=PREVIEW)
    client.cookies["__Host-guest"] = "planted"
    opened = client.post(f"/s/{case.token}", {"passphrase": PASSPHRASE})
    assert opened.cookies["__Host-guest"].value != "planted"
    attacker = Client(HTTP_HOST=PREVIEW)
    attacker.cookies["__Host-guest"] = "planted"
    assert attacker.get(opened["Location"]).status_code == 403
    assert not GuestSession.objects.filter(digest=digest_of("planted")).exists()


def test_signing_in_gives_a_fresh_session() -> None:
    client = Client(HTTP_HOST=SERVICE)
    session = client.session
    session["planted"] = True
    session.save()
    planted = client.cookies["__Host-session"].value
    example_people()
    client.post("/sign-in", {"uid": "mock-editor"})
    assert client.cookies["__Host-session"].value != planted


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
    ],
)
def test_signing_in_leads_to_no_other_site(place: str) -> None:
    example_people()
    response = Client(HTTP_HOST=SERVICE).post("/sign-in", {"uid": "mock-editor", "next": place})
    assert response["Location"] == "/"


HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_every_answer_has_the_safety_headers_errors_too(
    case: Case, viewers: dict[str, Browser]
) -> None:
    guest, editor = viewers["guest"], viewers["editor"]
    answers = [
        guest.preview.get(f"/shared/{case.link.id}/low-tide"),
        guest.preview.get(f"/shared/{case.link.id}/none"),
        guest.preview.get(f"/s/{case.token}"),
        guest.preview.get("/s/forged"),
        guest.preview.get("/nowhere"),
        Client(HTTP_HOST="evil.example", raise_request_exception=False).get("/"),
        editor.service.get("/"),
        editor.service.get(f"/drafts/{case.draft.id}"),
        editor.service.get("/nowhere"),
        editor.service.post(f"/packs/{case.link.pack_id}/share"),
        viewers["app"].service.get(f"/api/v1/drafts/{case.draft.content_id}"),
    ]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer[name] == value, (answer.request["PATH_INFO"], name)
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["Cross-Origin-Resource-Policy"] in ("same-origin", "same-site")


def test_cookies_are_bound_to_the_host_and_hidden_from_scripts(case: Case) -> None:
    client = Client(HTTP_HOST=PREVIEW)
    client.get(f"/s/{case.token}")
    client.post(f"/s/{case.token}", {"passphrase": PASSPHRASE})
    service = Client(HTTP_HOST=SERVICE)
    example_people()
    service.get("/sign-in")
    service.post("/sign-in", {"uid": "mock-editor"})
    cookies = {**client.cookies, **service.cookies}
    assert {"__Host-guest", "__Host-session", "__Host-csrf"} <= set(cookies)
    for name, cookie in cookies.items():
        assert name.startswith("__Host-")
        if cookie.value:
            assert (cookie["secure"], cookie["httponly"]) == (True, True), name
            assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax"), name


def test_a_page_is_never_put_into_a_shared_cache_by_a_trick_of_its_address(
    case: Case, viewers: dict[str, Browser]
) -> None:
    for tail in (".css", "/style.css", ";a.js", "%0a.png", "?.css", "%2f..%2fstatic%2fweb.css"):
        answer = viewers["guest"].preview.get(f"/shared/{case.link.id}/low-tide{tail}")
        assert answer["Cache-Control"] == "private, no-store", tail


def test_nothing_of_a_request_s_headers_is_in_a_page(case: Case) -> None:
    mark = "mark-of-the-attacker"
    headers: dict[str, Any] = dict.fromkeys(SPOOFED, mark)
    for place in (f"/s/{case.token}", "/nowhere", f"/shared/{case.link.id}/low-tide"):
        page = Client(HTTP_HOST=PREVIEW, HTTP_USER_AGENT=mark).get(place, headers=headers)
        assert mark not in page.content.decode() + str(page.headers)
