"""What ended with a draft stays ended: nothing that is sent later opens an older link again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from preview.access import Staff
from preview.audit.models import Entry
from preview.drafts.actions import discard_draft, publish_draft
from preview.drafts.models import Draft
from preview.errors import LinkEnded
from preview.outbox.actions import end_delivery
from preview.packs.actions import create_pack, own_pack
from preview.packs.members import add_draft
from preview.packs.models import Pack
from preview.sharing.actions import create_share_link, extend_share_link
from preview.sharing.models import ShareLink
from preview.sharing.opening import confirm_link
from preview.sharing.wanted import Wanted
from tests.preview.overlay.packs import live_site, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
EDITH = Staff("edith", str(uuid.uuid4()), frozenset({"signin", "share_sensitive"}))
PREVIEW = {"HTTP_HOST": "preview.localhost"}


def discard(draft: Draft) -> None:
    discard_draft(app=draft.app, draft_id=draft.id)


def publish(draft: Draft) -> None:
    publish_draft(draft_id=draft.id, actor="service:consumer")


ENDS = {"draft_closed": discard, "published": publish}
BY_EACH_END = pytest.mark.parametrize(("reason", "end"), ENDS.items())
End = Callable[[Draft], None]


@pytest.fixture(autouse=True)
def over_a_site(live_site: Any) -> None:  # noqa: F811
    live_site(site())


def work_all() -> None:
    work({"mail.send_letter": lambda *, delivery_id, **_: end_delivery(delivery_id)})


def sent(name: str, title: str = "First edition") -> Draft:
    draft = save(live(name, title=f"{title} of {name}"))
    work_all()
    return draft


def link_to(pack: Pack, **values: Any) -> ShareLink:
    wanted = Wanted(timezone.now() + timedelta(days=2), recipients=("fay@example.com",), **values)
    return create_share_link(pack=pack, staff=EDITH, wanted=wanted).link


def guest_of(link: ShareLink) -> Client:
    cookie = confirm_link(link=link, cookie=None, client="person", recipient=link.recipients.get())
    guest = Client(**PREVIEW)
    guest.cookies["__Host-guest"] = cookie
    return guest


@BY_EACH_END
@pytest.mark.parametrize("pinned", [True, False])
def test_a_draft_that_is_sent_again_opens_no_older_link(
    reason: str, end: End, pinned: bool
) -> None:
    draft = sent("budget")
    pins = tuple(draft.versions.all()) if pinned else ()
    link = link_to(own_pack(draft), pinned_versions=pins)
    guest, address = guest_of(link), f"/shared/{link.id}/budget"
    assert guest.get(address).status_code == 200
    end(draft)
    assert guest.get(address).status_code == 410
    again = save(live("budget", title="Second edition of budget"))
    assert guest.get(address).status_code == 410, "before any worker ran"
    work_all()
    answer = guest.get(address)
    assert (answer.status_code, b"edition" in answer.content) == (410, False)
    newer = link_to(own_pack(again))
    assert b"Second edition" in guest_of(newer).get(f"/shared/{newer.id}/budget").content


@BY_EACH_END
def test_the_end_is_written_down_with_its_reason(reason: str, end: End) -> None:
    draft = sent("budget")
    link = link_to(own_pack(draft))
    guest = guest_of(link)
    end(draft)
    work_all()
    link.refresh_from_db()
    assert (link.ended_reason, link.ended_by) == (reason, "service:drafts")
    entry = Entry.objects.get(action="share_link.revoke", subject=f"link:{link.id}")
    assert entry.detail["reason"] == reason
    page = guest.get(f"/shared/{link.id}/budget").content
    assert (b"Read the page on GOV.UK" in page) is (reason == "published")
    later = timezone.now() + timedelta(days=3)
    sent("budget", "Second edition")
    with pytest.raises(LinkEnded):
        extend_share_link(link=link, staff=EDITH, expires_at=later)


@BY_EACH_END
def test_a_link_of_a_pack_lives_until_the_last_of_its_drafts_ends(reason: str, end: End) -> None:
    pack = create_pack(actor=EDITH, name="Budget day")
    first, second = sent("first"), sent("second")
    for draft in (first, second):
        add_draft(actor=EDITH, pack=pack, draft=draft)
    work_all()
    link = link_to(pack)
    guest = guest_of(link)
    end(first)
    work_all()
    assert guest.get(f"/shared/{link.id}/second").status_code == 200
    end(second)
    work_all()
    sent("first", "Second edition")
    add_draft(actor=EDITH, pack=pack, draft=sent("third"))
    work_all()
    for page in ("first", "second", "third"):
        assert guest.get(f"/shared/{link.id}/{page}").status_code == 410
    link.refresh_from_db()
    assert link.ended_reason == reason


def test_a_second_run_ends_no_more_and_a_newer_link_stays() -> None:
    draft = sent("budget")
    older = link_to(own_pack(draft))
    discard(draft)
    sent("budget", "Second edition")
    newer = link_to(own_pack(draft))
    work_all()
    ended = {one.id: one.ended_reason for one in ShareLink.objects.all()}
    assert ended == {older.id: "draft_closed", newer.id: ""}
