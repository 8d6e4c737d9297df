"""A page that is asked for again is decided on anew, and its view recorded, whatever changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from preview.access import Role
from preview.audit.models import Entry
from preview.audit.sealing import seal_trail, verify
from preview.drafts.actions import publish_draft
from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.rendering.actions import render_version
from preview.sharing import seeing
from preview.sharing.actions import make_link, revoke_share_link
from preview.sharing.models import Grant, ShareLink
from preview.sharing.wanted import Wanted
from tests.conftest import content_item

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "preview.localhost"}


@dataclass(frozen=True)
class Case:
    """A shared draft, a browser that opened its link, and how the draft is sent again."""

    draft: Draft
    link: ShareLink
    token: str
    client: Client
    send: Any

    @property
    def address(self) -> str:
        return f"/shared/{self.link.id}/low-tide"

    def look(self) -> tuple[int, bytes]:
        response = self.client.get(self.address)
        return response.status_code, response.content


def rendered(draft: Draft) -> None:
    draft.refresh_from_db()
    newest = draft.versions.get(number=draft.version_number)
    render_version(version_id=newest.pk, delivery_id=str(uuid.uuid4()))


@pytest.fixture
def case(send: Any, content_id: str, settings: Any) -> Case:
    settings.ANYONE_LINKS_ALLOWED = True
    seeing.REMEMBERED.clear()
    send(content_id)
    draft = Draft.objects.get()
    rendered(draft)
    wanted = Wanted(timezone.now() + timedelta(days=2), kind="anyone")
    new = make_link(pack=own_pack(draft), maker="person:edith", wanted=wanted)
    client = Client(**HOST)
    client.post(f"/s/{new.token}")
    return Case(draft, new.link, new.token, client, send)


def entries() -> list[dict[str, Any]]:
    """Return what the trail says of looks, without number and time."""
    looks = Entry.objects.filter(action__in=["share_link.view", "share_link.deny"]).order_by("pk")
    return list(looks.values("action", "actor", "subject", "pack", "detail"))


def test_each_view_is_recorded_and_all_in_the_same_words(case: Case) -> None:
    started = timezone.now()
    pages = [case.look() for _ in range(3)]
    ended = timezone.now()
    assert pages[0][0] == 200
    assert pages == [pages[0]] * 3
    assert entries() == [entries()[0]] * 3
    assert entries()[0] == {
        "action": "share_link.view",
        "actor": f"link:{case.link.id}",
        "subject": f"draft:{case.draft.id}",
        "pack": case.link.pack_id,
        "detail": {"link": str(case.link.id), "version": 1},
    }
    times = list(Entry.objects.filter(action="share_link.view").values_list("at", flat=True))
    assert times == sorted(times)
    assert all(started <= at <= ended for at in times)


def test_the_trail_with_views_is_sealed_and_verified(case: Case) -> None:
    for _ in range(3):
        case.look()
    assert seal_trail() == Entry.objects.count()
    assert verify().findings == ()


def test_who_asks_again_is_answered_by_one_statement(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.look()

    def fail(**_: Any) -> None:
        raise AssertionError("Everything was asked again.")

    monkeypatch.setattr(seeing, "find_page", fail)
    assert case.look()[0] == 200
    assert len(entries()) == 2


def sent_again(case: Case) -> None:
    case.send(str(case.draft.content_id), content_item(title="When is high tide?"))
    rendered(case.draft)


def limited(case: Case) -> None:
    case.send(str(case.draft.content_id), content_item(access_limited={"users": ["edith"]}))


def link_is(**changes: Any) -> Callable[[Case], None]:
    """Return a change of the link's row, as its actions make them."""

    def change(case: Case) -> None:
        ShareLink.objects.filter(id=case.link.id).update(
            **{name: value() if callable(value) else value for name, value in changes.items()}
        )

    change.__name__ = next(iter(changes))
    return change


CHANGES: tuple[Callable[[Case], Any], ...] = (
    lambda case: revoke_share_link(link=case.link, revoked_by="person:edith"),
    lambda case: publish_draft(draft_id=case.draft.id, actor="person:edith"),
    lambda case: Draft.objects.filter(id=case.draft.id).update(state="discarded"),
    lambda case: Draft.objects.filter(id=case.draft.id).update(sensitivity="market_sensitive"),
    lambda _: Grant.objects.all().delete(),
    lambda _: Grant.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
    limited,
    sent_again,
    link_is(expires_at=timezone.now),
    link_is(needs_approval=True),
    link_is(opens_at=lambda: timezone.now() + timedelta(hours=1)),
    link_is(bypass_id=uuid.uuid4),
    link_is(role=Role.SIGN_OFF),
)


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_answer_is_that_of_who_never_asked_before(
    case: Case, change: Callable[[Case], Any]
) -> None:
    before = [case.look() for _ in range(2)][1]
    change(case)
    seen, recorded = case.look(), entries()[2:]
    seeing.REMEMBERED.clear()
    assert seen == case.look()
    assert entries()[2:] == recorded * 2
    assert seen != before


def test_what_only_time_ends_is_over_at_that_time(case: Case) -> None:
    Grant.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    assert [case.look()[0] for _ in range(2)] == [200, 200]
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert case.look()[0] == 403
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert case.look()[0] == 410
    actions = [one["action"] for one in entries()]
    assert actions == ["share_link.view"] * 2 + ["share_link.deny"] * 2


def test_what_one_browser_opened_is_remembered_for_no_other(case: Case) -> None:
    assert [case.look()[0] for _ in range(2)] == [200, 200]
    assert Client(**HOST).get(case.address).status_code == 403
    assert len(entries()) == 2


def test_the_way_to_an_answer_and_a_file_are_no_views_of_the_page(case: Case) -> None:
    assert case.look()[0] == 200
    assert case.client.get(case.address, {"response": "at-noon"}).status_code == 303
    assert case.client.get(f"/shared/{case.link.id}/media/none/tides.pdf").status_code == 404
    assert len(entries()) == 1


def test_a_pinned_link_is_asked_about_in_full_each_time(case: Case) -> None:
    ShareLink.objects.filter(id=case.link.id).update(pinned=True)
    case.link.pinned_versions.add(case.draft.versions.get())
    assert [case.look()[0] for _ in range(2)] == [200, 200]
    case.link.pinned_versions.clear()
    assert case.look()[0] == 404
    assert len(entries()) == 2


def test_no_more_is_remembered_than_there_is_room_for(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeing, "MOST_REMEMBERED", 2)
    for _ in range(5):
        client = Client(**HOST)
        client.post(f"/s/{case.token}")
        assert [client.get(case.address).status_code for _ in range(2)] == [200, 200]
    assert len(seeing.REMEMBERED) <= 2
    assert len(entries()) == 10


@pytest.mark.parametrize("path", ["low-tide%00", "%00", "low-tide%00/media/x"])
def test_a_path_with_a_nul_is_that_of_no_page(case: Case, path: str) -> None:
    case.look()
    assert case.client.get(f"/shared/{case.link.id}/{path}").status_code == 404
    assert len(entries()) == 1
