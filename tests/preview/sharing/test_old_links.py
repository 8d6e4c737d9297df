"""Older links: `?token=` on GOV.UK's own addresses, exchanged for a session and stripped."""

from __future__ import annotations

import base64
import json
import uuid
from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from preview.accounts.mock import example_people
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.rendering.actions import render_version
from preview.sharing.actions import revoke_share_link
from preview.sharing.models import Grant, ShareLink
from tests.conftest import content_item

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "preview.localhost"}
SECRET = "a secret that all publishing apps share"
BYPASS = "8f9d1f4e-0b9a-4d49-9f7e-5f3b6d1c2a77"


@pytest.fixture(autouse=True)
def secret(settings: Any) -> None:
    settings.JWT_AUTH_SECRET = SECRET


@pytest.fixture
def draft(send: Any, content_id: str) -> Draft:
    return sent(send, content_id)


def sent(send: Any, content_id: str, **changes: Any) -> Draft:
    item = content_item(**{"auth_bypass_ids": [BYPASS], **changes})
    assert send(content_id, item).status_code in (200, 201)
    found = Draft.objects.get(content_id=content_id)
    newest = found.versions.get(number=found.version_number)
    render_version(version_id=newest.pk, delivery_id=str(uuid.uuid4()))
    return found


def token(*, key: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    usual = {"sub": BYPASS, "exp": timezone.now() + timedelta(days=7)}
    return jwt.encode({**usual, **claims}, key, algorithm=algorithm)


def get(text: str, path: str = "/low-tide", client: Client | None = None, **more: Any) -> Any:
    return (client or Client(**HOST)).get(path, {"token": text}, **more)


def test_a_token_is_exchanged_for_a_session_and_stripped(draft: Draft) -> None:
    client = Client(**HOST)
    response = get(token(), client=client)
    link = ShareLink.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/shared/{link.id}/low-tide")
    page = client.get(response["Location"])
    assert b"<em>day</em>" in page.content
    assert page["Referrer-Policy"] == "no-referrer"
    assert Entry.objects.filter(action="share_link.view", pack=link.pack_id).exists()


def test_one_link_stands_for_all_tokens_of_an_id(draft: Draft) -> None:
    for _ in range(3):
        assert get(token()).status_code == 303
    assert ShareLink.objects.count() == 1


def test_a_session_ends_when_its_token_does(draft: Draft) -> None:
    short, long = Client(**HOST), Client(**HOST)
    ends = timezone.now() + timedelta(hours=1)
    place = get(token(exp=ends), client=short)["Location"]
    get(token(), client=long)
    with time_machine.travel(ends + timedelta(minutes=1)):
        assert short.get(place).status_code == 403
        assert long.get(place).status_code == 200


def unsigned(**claims: Any) -> str:
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    exp = int(timezone.now().timestamp()) + 600
    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part({'sub': BYPASS, 'exp': exp, **claims})}."


FORGED = {
    "another secret": lambda: token(key="another secret that nobody else should have"),
    "another algorithm": lambda: token(key=SECRET * 2, algorithm="HS512"),
    "no algorithm": unsigned,
    "no expiry": lambda: jwt.encode({"sub": BYPASS}, SECRET, algorithm="HS256"),
    "no id": lambda: token(sub=None),
    "another id": lambda: token(sub=str(uuid.uuid4())),
    "not an id": lambda: token(sub="%"),
    "a content id that is none": lambda: token(content_id="x"),
    "cut": lambda: token()[:-2],
    "longer": lambda: token() + "A",
    "an odd expiry": lambda: jwt.encode({"sub": BYPASS, "exp": 10**30}, SECRET, algorithm="HS256"),
    "not yet": lambda: token(nbf=timezone.now() + timedelta(hours=1)),
    "nonsense": lambda: "x" * 5000,
}


@pytest.mark.parametrize("name", FORGED)
def test_any_other_token_opens_nothing_and_tells_nothing(draft: Draft, name: str) -> None:
    response = get(FORGED[name]())
    assert response.status_code == 404
    assert b"tide" not in response.content
    assert not Grant.objects.exists()


def test_a_forged_token_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert get(FORGED["another secret"]()).status_code == 404


def test_a_token_that_ended_a_second_ago_is_refused(draft: Draft) -> None:
    response = get(token(exp=timezone.now() - timedelta(seconds=1)))
    assert response.status_code == 410
    assert b"has expired" in response.content


@pytest.mark.parametrize("path", ["/", "/high-tide", "/low-tide-2", "/low"])
def test_a_token_opens_its_draft_only(draft: Draft, path: str) -> None:
    assert get(token(), path).status_code == 404


def test_a_token_opens_parts_below_its_draft(draft: Draft) -> None:
    response = get(token(), "/low-tide/winter")
    assert response["Location"].endswith("/low-tide/winter")


def test_the_content_id_counts_where_the_setting_says_so(draft: Draft, settings: Any) -> None:
    other = str(uuid.uuid4())
    assert get(token(content_id=other)).status_code == 303
    settings.OLD_LINKS_NEED_CONTENT_ID = True
    assert get(token(content_id=other)).status_code == 404
    assert get(token()).status_code == 404
    assert get(token(content_id=str(draft.content_id))).status_code == 303


def test_an_id_that_the_draft_lost_opens_nothing_from_then_on(
    draft: Draft, send: Any, content_id: str
) -> None:
    client = Client(**HOST)
    place = get(token(), client=client)["Location"]
    assert client.get(place).status_code == 200
    sent(send, content_id, auth_bypass_ids=[str(uuid.uuid4())])
    assert client.get(place).status_code == 410
    assert get(token()).status_code == 404


def test_older_links_can_be_stopped_and_end_with_the_draft(draft: Draft, api: Any) -> None:
    client = Client(**HOST)
    place = get(token(), client=client)["Location"]
    revoke_share_link(link=ShareLink.objects.get(), revoked_by="person:edith")
    assert client.get(place).status_code == 410
    assert get(token()).status_code == 410
    api.post(f"/api/v1/drafts/{draft.content_id}/discard")
    assert get(token()).status_code == 404


@pytest.mark.parametrize("used", [True, False])
def test_an_id_that_ended_with_its_draft_opens_nothing_that_is_sent_later(
    draft: Draft, api: Any, send: Any, content_id: str, used: bool
) -> None:
    client, older = Client(**HOST), token()
    place = get(older, client=client)["Location"] if used else ""
    api.post(f"/api/v1/drafts/{draft.content_id}/discard")
    sent(send, content_id, title="Second edition")
    assert get(older).status_code == 404
    assert not used or client.get(place).status_code == 410
    answer = api.post(f"/api/v1/drafts/{content_id}/old-links")
    assert "no new auth_bypass_ids" in answer.json()["detail"]
    newer = str(uuid.uuid4())
    sent(send, content_id, title="Third edition", auth_bypass_ids=[BYPASS, newer])
    assert get(older).status_code == 404
    assert get(token(sub=newer)).status_code == 303


def test_no_link_is_minted_for_an_id_whose_links_were_stopped(draft: Draft, api: Any) -> None:
    get(token())
    revoke_share_link(link=ShareLink.objects.get(), revoked_by="person:edith")
    answer = api.post(f"/api/v1/drafts/{draft.content_id}/old-links")
    assert (answer.status_code, "were stopped" in answer.json()["detail"]) == (422, True)


def test_a_limited_draft_opens_because_its_app_said_so(send: Any, content_id: str) -> None:
    sent(send, content_id, access_limited={"users": ["edith"]})
    client = Client(**HOST)
    assert client.get(get(token(), client=client)["Location"]).status_code == 200


def test_a_market_sensitive_draft_never_opens(draft: Draft) -> None:
    client = Client(**HOST)
    place = get(token(), client=client)["Location"]
    Draft.objects.update(sensitivity="market_sensitive")
    assert get(token()).status_code == 404
    assert client.get(place).status_code in (403, 410)


@pytest.mark.parametrize("agent", ["Slackbot 1.0", "Mimecast scanner", "curl/8.0"])
def test_machines_and_those_who_only_look_open_nothing(draft: Draft, agent: str) -> None:
    for response in (
        get(token(), headers={"User-Agent": agent}),
        Client(**HOST).head("/low-tide", {"token": token()}),
    ):
        assert response.status_code == 200
        assert "__Host-guest" not in response.cookies
        assert b"tide" not in response.content
    assert not ShareLink.objects.exists()


def test_without_a_secret_no_token_opens_anything(draft: Draft, settings: Any) -> None:
    text = token()
    settings.JWT_AUTH_SECRET = ""
    assert get(text).status_code == 404
    assert get(jwt.encode({"sub": BYPASS, "exp": 2**40}, "x" * 32)).status_code == 404


def test_an_app_can_mint_one_for_its_draft(draft: Draft, api: Any) -> None:
    answer = api.post(f"/api/v1/drafts/{draft.content_id}/old-links")
    assert answer.status_code == 201
    path, _, text = (
        answer.json()["url"].removeprefix("http://preview.localhost:3000").partition("?")
    )
    claims = jwt.decode(text.removeprefix("token="), SECRET, algorithms=["HS256"])
    assert (claims["sub"], claims["content_id"]) == (BYPASS, str(draft.content_id))
    assert get(text.removeprefix("token="), path).status_code == 303


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"auth_bypass_ids": []}, "no auth_bypass_ids"),
        ({"access_limited": {"users": ["edith"]}}, "is limited"),
    ],
)
def test_what_can_t_be_minted_says_why(
    send: Any, content_id: str, api: Any, change: Any, says: str
) -> None:
    sent(send, content_id, **change)
    answer = api.post(f"/api/v1/drafts/{content_id}/old-links")
    assert answer.status_code == 422
    assert says in answer.json()["detail"]


def test_staff_mint_on_a_page_where_their_organisation_allows_it(
    send: Any, content_id: str
) -> None:
    person = example_people()[0]
    organisation = str(person.organisation_id)
    draft = sent(send, content_id, links={"primary_publishing_organisation": [organisation]})
    client = Client(HTTP_HOST="service.preview.localhost")
    client.force_login(person)
    page = client.post(f"/drafts/{draft.id}/old-link")
    assert page.status_code == 200
    assert b"/low-tide?token=" in page.content
    person.organisation.anyone_links_allowed = False
    person.organisation.save()
    refused = client.post(f"/drafts/{draft.id}/old-link")
    assert refused.status_code == 422
    assert b"does not allow links for anyone" in refused.content
