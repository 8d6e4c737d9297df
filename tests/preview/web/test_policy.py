"""Every address, asked for by everybody, answers as the policy table says."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from preview.accounts.models import Person
from preview.retention.models import Hold
from preview.usage.programme.figures import UsageStanding
from preview.usage.programme.models import UsageBlocker
from preview.web import frames
from tests.preview.web.conftest import HARBOURS, Browser, Case
from tests.preview.web.policy import PREVIEW_HOST, SERVICE, VIEWERS

pytestmark = pytest.mark.django_db
HOLD = uuid.UUID(int=1)
HOSTS = {
    "service": ("preview.urls", SERVICE),
    "preview": ("preview.preview_host_urls", PREVIEW_HOST),
}
ROWS = [(host, row) for host, (_, table) in HOSTS.items() for row in table]


def routes(patterns: list[Any], prefix: str = "", *, all_of_them: bool = False) -> Iterator[str]:
    """Give the routes of a URL configuration; Django's admin and the bridge have their own."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and not all_of_them and elsewhere(pattern):
            continue
        if isinstance(pattern, URLResolver):
            inside = prefix + str(pattern.pattern)
            yield from routes(pattern.url_patterns, inside, all_of_them=all_of_them)
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def elsewhere(pattern: URLResolver) -> bool:
    """Say whether these are the addresses of Django's admin or of the platform's own services."""
    return pattern.app_name == "admin" or "publishing_bridge" in str(
        getattr(pattern.urlconf_name, "__name__", "")
    )


def routes_of_the_bridge() -> list[str]:
    """Return the bridge's routes, with its regular expressions at their shortest."""
    found = get_resolver("publishing_bridge.urls").url_patterns
    shortened = (re.sub(r"\(\?:/.*", "/low-tide", one) for one in routes(found, all_of_them=True))
    return sorted({re.sub(r"[\^$]|\(\?:(\w+)[^)]*\)", r"\1", one) for one in shortened})


def test_the_bridge_tells_nothing_to_who_has_no_token(case: Case) -> None:
    browser = Browser().service
    places = [address(route.replace("host_", ""), case) for route in routes_of_the_bridge()]
    assert len(places) > 40
    for place, method in product(places, ("get", "head", "post", "put", "patch", "delete")):
        response = getattr(browser, method)(place, content_type="application/json")
        assert response.status_code in {401, 403, 404, 405}, (method, place)
        assert b"tide?" not in response.content


@pytest.mark.parametrize("host", HOSTS)
def test_every_address_has_a_row(host: str) -> None:
    configuration, table = HOSTS[host]
    known = {row.split(" ", 1)[1] for row in table}
    assert set(routes(get_resolver(configuration).url_patterns)) == known


@pytest.fixture(autouse=True)
def usage(db: None) -> None:
    """An organisation with a standing, and a blocker; a legal hold."""
    Hold.objects.create(pk=HOLD, kind="organisation", target=HOLD, reason="An inquiry")
    UsageStanding.objects.create(key="harbours", title="Harbours", state="contacted", why="Tests")
    UsageBlocker.objects.create(pk=1, title="A blocker", reason="OTHER")


@pytest.fixture
def case(db: None, stage: tuple[Case, dict[str, Browser]]) -> Case:
    return stage[0]


@pytest.fixture
def viewers(case: Case, stage: tuple[Case, dict[str, Browser]]) -> dict[str, Browser]:
    return {name: browser.copy() for name, browser in stage[1].items()}


def address(route: str, case: Case) -> str:
    """Return the route with the case's draft, link and rendering filled in."""
    values = {
        "content_id": case.draft.content_id,
        "draft_id": case.draft.id,
        "link_id": case.link.id,
        "request_id": case.asked.id,
        "rendering_id": case.rendering.id,
        "pack_id": case.pack.id,
        "asset_id": case.asset.id,
        "base_path": "low-tide",
        "name": "answer",
        "thread_id": case.thread.id,
        "webhook_id": case.message.endpoint_id,
        "message_id": case.message.id,
        "source_app": "publisher",
        "source_id": "none",
        "check_id": case.fact_check.id,
        "sign_off_id": case.sign_off.id,
        "form": "json",
        "number": 1,
        "uid": "mock-editor",
        "hold_id": HOLD,
        "view_id": 0,
        "token_id": case.draft.id,
        "key": "nothing",
        "organisation": "harbours",
        "organisation_id": HARBOURS,
        "person_id": Person.objects.get(uid="mock-editor").pk,
        "blocker_id": 1,
        "brownout_id": 1,
        "window_id": 1,
        "surface": "search",
        "token": case.token,
        "page": case.draft.base_path.removeprefix("/"),
        "rest": "v1/nothing",
        "ticket": frames.ticket("mock-editor", case.rendering.id),
    }
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), route)


@pytest.mark.parametrize(("host", "row"), ROWS)
def test_the_row_holds(host: str, row: str, case: Case, viewers: dict[str, Browser]) -> None:
    method, route = row.split(" ", 1)
    place = address(route, case)
    wanted = dict(zip(VIEWERS, HOSTS[host][1][row].split(), strict=True))
    found = {}
    for name in VIEWERS[::-1] if method == "GET" else others_first(wanted):
        response = getattr(getattr(viewers[name], host), method.lower())(place)
        found[name] = str(response.status_code)
        if response.status_code == 302 and name not in {"editor", "admin"} and "sign" not in place:
            assert response["Location"].startswith("/sign-in")
    assert found == wanted


def others_first(wanted: dict[str, str]) -> list[str]:
    """Order the viewers so that who may not act comes before who ends what is acted on."""
    return sorted(wanted, key=lambda name: name in {"editor", "admin", "app"})


@pytest.mark.parametrize("host", HOSTS)
def test_admin_pages_are_for_admins(host: str, viewers: dict[str, Browser]) -> None:
    for name, browser in viewers.items():
        status = getattr(browser, host).get("/admin/").status_code
        allowed = {"service": 200 if name == "admin" else 302, "preview": 404}[host]
        assert status == allowed, name


def test_a_refusal_shows_nothing_of_the_draft(case: Case, viewers: dict[str, Browser]) -> None:
    for name in ("stranger", "guest_of_another", "other_editor", "auditor"):
        for host, place in (
            ("service", "/"),
            ("service", f"/drafts/{case.draft.id}"),
            ("preview", f"/shared/{case.link.id}/low-tide"),
            ("preview", f"/s/{case.token}"),
        ):
            text = getattr(viewers[name], host).get(place, follow=True).content.decode()
            assert case.draft.title not in text, (name, place)
            assert "low tide" not in text.lower(), (name, place)


def test_absent_and_forbidden_look_the_same(case: Case, viewers: dict[str, Browser]) -> None:
    browser = viewers["other_editor"].service
    forbidden = browser.get(f"/drafts/{case.draft.id}")
    absent = browser.get(f"/drafts/{case.link.id}")
    assert (forbidden.status_code, forbidden.content) == (absent.status_code, absent.content)
