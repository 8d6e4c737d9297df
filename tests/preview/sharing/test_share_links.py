"""Share links: tokens that can't be made up, confirmation, endings."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from cryptography.exceptions import InvalidSignature
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.errors import InvalidShareLink, InvalidToken
from preview.packs.actions import own_pack
from preview.rendering.actions import render_version
from preview.sharing import tokens
from preview.sharing.actions import make_link, revoke_share_link
from preview.sharing.models import Grant
from preview.sharing.wanted import Wanted
from tests.conftest import content_item

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TOKEN = tokens.LinkToken(uuid.UUID(int=7), NOW + timedelta(days=1), b"s" * 32)
HOST = {"HTTP_HOST": "preview.localhost"}


@pytest.fixture
def shared(send: Any, content_id: str, settings: Any) -> Any:
    """Give a rendered draft and a link to it."""
    settings.ANYONE_LINKS_ALLOWED = True
    send(content_id)
    draft = Draft.objects.get()
    render_version(version_id=draft.versions.get().pk, delivery_id=str(uuid.uuid4()))
    ends = timezone.now() + timedelta(days=2)
    wanted = Wanted(ends, kind="anyone")
    new = make_link(pack=own_pack(draft), maker="person:edith", wanted=wanted)
    return draft, new


def opened(token: str) -> Client:
    client = Client(**HOST)
    response = client.post(f"/s/{token}")
    assert response.status_code == 303
    return client


def test_a_token_reads_back() -> None:
    assert tokens.read(tokens.sign(TOKEN), NOW) == TOKEN


def test_a_signature_is_one_that_the_public_key_verifies() -> None:
    text = tokens.sign(TOKEN)
    key_id, _, rest = text.partition(".")
    raw = tokens.decoded(rest)
    said = tokens.CONTEXT + key_id.encode() + raw[: tokens.BODY.size]
    key = tokens.keys()[key_id].public_key()
    assert key.verify(raw[tokens.BODY.size :], said) is None  # it raises for any other
    with pytest.raises(InvalidSignature):
        key.verify(raw[tokens.BODY.size :], said + b"x")


@given(st.data())
def test_a_token_with_any_character_changed_is_refused(data: st.DataObject) -> None:
    text = tokens.sign(TOKEN)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("abcXYZ019-_.").filter(lambda one: one != text[at]))
    with pytest.raises(InvalidToken):
        tokens.read(text[:at] + other + text[at + 1 :], NOW)


@given(st.text(max_size=300))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidToken):
        tokens.read(text, NOW)


def test_a_token_that_ended_a_second_ago_is_refused() -> None:
    with pytest.raises(InvalidToken, match="expired"):
        tokens.read(tokens.sign(TOKEN), NOW + timedelta(days=1))


@pytest.mark.django_db
def test_a_forged_token_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = Client(**HOST).get("/s/k1.forged")
    assert response.status_code == 404


@pytest.mark.django_db
def test_looking_at_the_link_opens_and_tells_nothing(shared: Any) -> None:
    response = Client(**HOST, HTTP_USER_AGENT="Slackbot 1.0").get(f"/s/{shared[1].token}")
    assert response.status_code == 200
    assert b"tide" not in response.content
    assert "__Host-guest" not in response.cookies
    assert Grant.objects.count() == 0


@pytest.mark.django_db
def test_confirming_leads_to_a_clean_address_and_the_page(shared: Any) -> None:
    draft, new = shared
    client = Client(**HOST)
    response = client.post(f"/s/{new.token}")
    cookie = response.cookies["__Host-guest"]
    assert response["Location"] == f"/shared/{new.link.id}/low-tide"
    assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/")
    page = client.get(response["Location"])
    assert b"<em>day</em>" in page.content
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert Entry.objects.filter(action="share_link.view", subject=f"draft:{draft.id}").exists()


@pytest.mark.django_db
def test_the_answer_to_a_question_leads_to_the_page_below_it(shared: Any) -> None:
    address = f"/shared/{shared[1].link.id}/low-tide"
    answered = opened(shared[1].token).get(address, {"response": "at-noon"})
    assert (answered.status_code, answered["Location"]) == (303, f"{address}/at-noon")
    elsewhere = opened(shared[1].token).get(address, {"response": "//elsewhere.example/"})
    assert elsewhere.status_code == 200
    assert Client(**HOST).get(address, {"response": "at-noon"}).status_code == 403


@pytest.mark.django_db
def test_another_browser_is_not_let_in(shared: Any) -> None:
    opened(shared[1].token)
    assert Client(**HOST).get(f"/shared/{shared[1].link.id}/low-tide").status_code == 403


@pytest.mark.django_db
def test_a_link_opens_no_other_draft(shared: Any, send: Any) -> None:
    other = str(uuid.uuid4())
    routes = [{"path": "/secret", "type": "exact"}]
    send(other, content_item(base_path="/secret", routes=routes))
    second = Draft.objects.get(content_id=other)
    render_version(version_id=second.versions.get().pk, delivery_id=str(uuid.uuid4()))
    client = opened(shared[1].token)
    assert client.get(f"/shared/{shared[1].link.id}/secret").status_code == 404


@pytest.mark.django_db
def test_after_revocation_nothing_is_served(shared: Any) -> None:
    client = opened(shared[1].token)
    revoke_share_link(link=shared[1].link, revoked_by="person:edith")
    for address in (f"/shared/{shared[1].link.id}/low-tide", f"/s/{shared[1].token}"):
        response = client.get(address)
        assert response.status_code == 410
        assert b"tide" not in response.content


@pytest.mark.django_db
def test_after_discard_and_after_expiry_nothing_is_served(shared: Any, api: Any) -> None:
    client = opened(shared[1].token)
    address = f"/shared/{shared[1].link.id}/low-tide"
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert client.get(address).status_code == 410
    assert client.get(address).status_code == 200
    api.post(f"/api/v1/drafts/{shared[0].content_id}/discard")
    assert client.get(address).status_code == 410


@pytest.mark.django_db
def test_a_change_of_access_limits_ends_the_link(shared: Any, send: Any, content_id: str) -> None:
    client = opened(shared[1].token)
    send(content_id, content_item(access_limited={"users": ["edith"]}))
    assert client.get(f"/shared/{shared[1].link.id}/low-tide").status_code == 410


@pytest.mark.django_db
def test_a_pinned_link_keeps_its_version(shared: Any, send: Any, content_id: str) -> None:
    draft = shared[0]
    ends = timezone.now() + timedelta(days=2)
    first = draft.versions.get(number=1)
    wanted = Wanted(ends, kind="anyone", pinned_versions=(first,))
    pinned = make_link(pack=own_pack(draft), maker="x", wanted=wanted)
    changed = {"body": "<p>Three times a day</p>"}
    send(content_id, content_item(details=changed))
    newest = draft.versions.get(number=2)
    render_version(version_id=newest.pk, delivery_id=str(uuid.uuid4()))
    old = opened(pinned.token).get(f"/shared/{pinned.link.id}/low-tide")
    new = opened(shared[1].token).get(f"/shared/{shared[1].link.id}/low-tide")
    assert b"Three times" not in old.content
    assert b"Three times" in new.content


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 400])
def test_an_end_too_near_or_too_far_is_refused(shared: Any, days: int) -> None:
    wanted = Wanted(timezone.now() + timedelta(days=days), kind="anyone")
    with pytest.raises(InvalidShareLink):
        make_link(pack=own_pack(shared[0]), maker="x", wanted=wanted)
