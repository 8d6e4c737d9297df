"""Pre-release access: 24 hours, named people with roles, the published list, breaches."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from preview.access import Act, decide_pack
from preview.accounts.mock import example_people
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.mail.models import Letter
from preview.outbox.models import Delivery
from preview.packs.actions import own_pack
from preview.packs.models import Pack
from preview.pre_release.models import AccessList, Breach, ListedPerson
from preview.rendering.actions import render_version
from preview.sharing.models import ShareLink

pytestmark = pytest.mark.django_db
FAY = {
    "name": "Fay Fisher",
    "role": "Private Secretary",
    "organisation": "Department for Harbours",
    "email": "Fay@example.com",
}


@pytest.fixture
def pack(send: Any, content_id: str) -> Pack:
    send(content_id)
    draft = Draft.objects.get()
    render_version(version_id=draft.versions.get().pk, delivery_id=str(uuid.uuid4()))
    return own_pack(draft)


@pytest.fixture
def editor() -> Client:
    client = Client(HTTP_HOST="service.preview.localhost")
    client.force_login(example_people()[0])
    return client


def local(days: float) -> str:
    return timezone.localtime(timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def listed(pack: Pack, editor: Client) -> str:
    """Give the address of a list whose release is in three days."""
    place = f"/packs/{pack.id}/pre-release"
    begun = {"act": "begin", "title": "Harbour statistics", "release": local(3)}
    assert editor.post(place, begun).status_code == 302
    return place


def test_somebody_on_the_list_gets_in_during_the_24_hours_and_not_before(
    listed: str, editor: Client
) -> None:
    assert editor.post(listed, {"act": "add", **FAY}).status_code == 302
    link = ShareLink.objects.get()
    release = AccessList.objects.get().release_at
    assert (link.opens_at, link.expires_at) == (release - timedelta(hours=24), release)
    assert (link.kind, link.most_people) == ("named", 1)
    assert Letter.objects.get().to == "fay@example.com"
    guest = link.guest(opened=True)
    limits = link.pack.access_limits(link.created_at)
    for hours, reason in ((-25, "not_open_yet"), (-23, ""), (0, "expired")):
        at = release + timedelta(hours=hours)
        assert decide_pack(guest, Act.VIEW, limits, at).reason == reason


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"role": ""}, "role"),
        ({"name": " "}, "name"),
        ({"organisation": "x" * 201}, "organisation"),
        ({"email": "fay"}, "email address"),
    ],
)
def test_a_person_without_name_role_or_address_is_refused(
    listed: str, editor: Client, change: dict[str, str], says: str
) -> None:
    response = editor.post(listed, {"act": "add", **FAY, **change})
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not ShareLink.objects.exists()


def test_the_same_person_is_on_the_list_once(listed: str, editor: Client) -> None:
    editor.post(listed, {"act": "add", **FAY})
    assert editor.post(listed, {"act": "add", **FAY}).status_code == 422
    assert (ListedPerson.objects.count(), ShareLink.objects.count()) == (1, 1)


def test_somebody_removed_is_out_and_stays_in_the_record(listed: str, editor: Client) -> None:
    editor.post(listed, {"act": "add", **FAY})
    person = ListedPerson.objects.get()
    assert editor.post(listed, {"act": "remove", "person": person.pk}).status_code == 302
    assert ShareLink.objects.get().ended_at is not None
    assert b"Removed" in editor.get(listed).content
    assert editor.post(listed, {"act": "add", **FAY}).status_code == 302
    assert ShareLink.objects.filter(ended_at=None).count() == 1


def test_the_published_list_has_roles_and_no_addresses(listed: str, editor: Client) -> None:
    editor.post(listed, {"act": "add", **FAY})
    editor.post(listed, {"act": "add", **FAY, "name": "=1+1", "email": "finn@example.com"})
    text = editor.get(f"{listed}.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert "example.com" not in text
    assert {row["Role"] for row in rows} == {"Private Secretary"}
    assert {row["Name"] for row in rows} == {"Fay Fisher", "'=1+1"}


def test_a_breach_stops_every_link_and_is_told(listed: str, editor: Client) -> None:
    editor.post(listed, {"act": "add", **FAY})
    with time_machine.travel(timezone.now() + timedelta(days=2, hours=12)):
        editor.force_login(example_people()[0])
        report = {"act": "breach", "happened": local(-0.01), "what": "A figure was on the radio"}
        assert editor.post(listed, report).status_code == 302
    assert Breach.objects.get().what == "A figure was on the radio"
    assert not ShareLink.objects.filter(ended_at=None).exists()
    letters = Letter.objects.filter(template="pre_release_breach")
    assert "ada@harbours.example" in {one.to for one in letters}
    assert Entry.objects.filter(action="pre_release.report_breach").exists()
    assert not Delivery.objects.filter(topic="pre_release.breached").exists()  # nobody listens yet


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "begin", "title": "", "release": "2030-01-01T09:30"},
        {"act": "begin", "title": "Harbours", "release": "soon"},
        {"act": "begin", "title": "Harbours", "release": "2020-01-01T09:30"},
        {"act": "begin", "title": "Harbours", "release": "2030-02-31T09:30"},
        {"act": "add", **FAY},
        {"act": "remove", "person": "1"},
        {"act": "breach", "happened": "2026-01-01T09:30", "what": "It leaked"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    pack: Pack, editor: Client, sent: dict[str, str]
) -> None:
    response = editor.post(f"/packs/{pack.id}/pre-release", sent)
    assert response.status_code == 422
    assert b"There is a problem" in response.content
    assert not AccessList.objects.exists()


def test_the_release_does_not_move_under_people_on_the_list(listed: str, editor: Client) -> None:
    editor.post(listed, {"act": "add", **FAY})
    moved = {"act": "begin", "title": "Harbour statistics", "release": local(5)}
    assert editor.post(listed, moved).status_code == 422
