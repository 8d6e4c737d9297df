"""Saying how sensitive a draft is, what it does to links, and when agreement holds no more."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from preview.access import Sensitivity, Staff
from preview.accounts.mock import ORGANISATIONS, example_people
from preview.alarms.actions import watch
from preview.audit.models import Entry
from preview.drafts.lowering import agree_to_lower
from preview.drafts.models import Draft
from preview.drafts.sensitivity import set_sensitivity
from preview.errors import AccessDenied, InvalidShareLink
from preview.mail.models import Letter
from preview.mail.sealing import unseal
from preview.mail.templates import text_of
from preview.outbox.actions import end_delivery
from preview.packs.actions import create_pack, own_pack
from preview.packs.members import add_draft
from preview.packs.models import Pack
from preview.sharing.actions import NewLink, create_share_link, extend_share_link
from preview.sharing.agreeing import approve_share_link
from preview.sharing.models import ShareLink
from preview.sharing.opening import confirm_link
from preview.sharing.telling import tell_maker
from preview.sharing.wanted import Wanted
from tests.conftest import content_item
from tests.preview.overlay.packs import live_site, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
HARBOURS = str(ORGANISATIONS[0][0])
RIGHTS = frozenset({"signin", "share_sensitive"})
EDITH, SECOND, THIRD = (Staff(uid, HARBOURS, RIGHTS) for uid in ("mock-editor", "second", "third"))
PREVIEW, SERVICE = {"HTTP_HOST": "preview.localhost"}, {"HTTP_HOST": "service.preview.localhost"}
FAY = "fay@example.com"
MARKET = Sensitivity.MARKET_SENSITIVE


@pytest.fixture
def pack(live_site: Any) -> Pack:  # noqa: F811
    live_site(site())
    example_people()
    return create_pack(actor=EDITH, name="Budget day")


def work_all() -> list[str]:
    """Do what workers would, but for sending letters."""
    return work({"mail.send_letter": lambda *, delivery_id, **_: end_delivery(delivery_id)})


def saved(name: str, sensitivity: Sensitivity) -> Draft:
    draft = save(live(name, title=f"About {name}"))
    set_sensitivity(draft_id=draft.id, actor=draft.app, sensitivity=sensitivity)
    draft.refresh_from_db()
    return draft


def added(pack: Pack, name: str, sensitivity: Sensitivity = Sensitivity.NORMAL) -> Draft:
    draft = saved(name, sensitivity)
    add_draft(actor=EDITH, pack=pack, draft=draft)
    work_all()
    return draft


def link_to(pack: Pack) -> NewLink:
    wanted = Wanted(
        timezone.now() + timedelta(days=2),
        label="Press on the fuel levy",
        recipients=(FAY,),
        reason="Lock-in",
        opens_at=timezone.now(),
    )
    return create_share_link(pack=pack, staff=EDITH, wanted=wanted)


def guest_of(link: ShareLink) -> Client:
    client = Client(**PREVIEW)
    client.cookies["__Host-guest"] = confirm_link(
        link=link, cookie=None, client="person", recipient=link.recipients.get()
    )
    return client


def status(guest: Client, link: ShareLink, page: str = "first") -> int:
    return guest.get(f"/shared/{link.id}/{page}").status_code


@pytest.mark.parametrize("level", [Sensitivity.LIMITED, MARKET])
def test_a_higher_sensitivity_ends_links_at_once_and_tells_their_maker(
    pack: Pack, level: Sensitivity
) -> None:
    draft = added(pack, "first")
    link = link_to(pack).link
    guest = guest_of(link)
    assert status(guest, link) == 200
    Letter.objects.all().delete()
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=level)
    assert status(guest, link) == 410
    assert "sharing.end_links_of_draft" in work_all()
    link.refresh_from_db()
    assert link.ended_reason == "limits_changed"
    assert Letter.objects.get().to == "edith@harbours.example"
    said = Entry.objects.get(action="draft.set_sensitivity")
    assert (said.actor, said.detail["after"]) == ("person:mock-editor", level)
    assert Entry.objects.filter(action="share_link.revoke", subject=f"link:{link.id}").exists()


def said_in(letter: Letter) -> str:
    text = text_of(letter.template, unseal(bytes(letter.sealed)))
    return text.subject + text.body


@pytest.mark.parametrize("level", [Sensitivity.LIMITED, MARKET])
def test_no_letter_about_a_sensitive_draft_says_what_its_link_is_called(
    pack: Pack, level: Sensitivity
) -> None:
    draft = added(pack, "first")
    link_to(pack)
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=level)
    work_all()
    assert "fuel levy" not in said_in(Letter.objects.get(template="link_ended"))


def test_a_letter_about_a_limited_draft_does_not_say_what_its_link_is_called(pack: Pack) -> None:
    added(pack, "first")
    link_to(pack)
    save({**live("first", title="About first"), "description": "x"}, limited_to=("mock-editor",))
    work_all()
    assert "fuel levy" not in said_in(Letter.objects.get(template="link_ended"))


def test_a_letter_about_no_secret_says_what_its_link_is_called(pack: Pack) -> None:
    added(pack, "first")
    link = link_to(pack).link
    tell_maker(link, "ended")
    assert "fuel levy" in said_in(Letter.objects.get(template="link_ended"))


def test_changed_access_limits_end_links_in_the_trail_too(pack: Pack) -> None:
    draft = added(pack, "first")
    link = link_to(pack).link
    later = {**live("first", title="About first"), "description": "Changed"}
    save(later, limited_to=("mock-editor",))
    work_all()
    link.refresh_from_db()
    assert draft.pk
    assert link.ended_reason == "limits_changed"


def test_a_lower_sensitivity_leaves_links_and_raises_an_alarm(pack: Pack) -> None:
    draft = added(pack, "first", MARKET)
    link = link_to(pack).link
    approve_share_link(link=link, staff=SECOND)
    guest = guest_of(link)
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=Sensitivity.NORMAL)
    agree_to_lower(draft_id=draft.id, staff=SECOND, wanted=Sensitivity.NORMAL)
    work_all()
    assert status(guest, link) == 200
    assert [one.rule for one in watch()] == ["made_less_sensitive"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"permissions": frozenset({"signin"})}, "no_share_sensitive_permission"),
        ({"organisation": str(ORGANISATIONS[1][0])}, "another_organisation"),
        ({"active": False}, "no_signin_permission"),
    ],
)
def test_others_do_not_say_how_sensitive_a_draft_is(
    pack: Pack, changes: dict[str, Any], reason: str
) -> None:
    draft = added(pack, "first")
    Draft.objects.update(organisation_content_id=HARBOURS)
    with pytest.raises(AccessDenied, match=reason):
        set_sensitivity(draft_id=draft.id, actor=replace(EDITH, **changes), sensitivity=MARKET)
    draft.refresh_from_db()
    assert draft.sensitivity == "normal"


def test_an_extended_link_waits_for_a_second_person_again(pack: Pack) -> None:
    added(pack, "first", MARKET)
    link = link_to(pack).link
    approve_share_link(link=link, staff=SECOND)
    guest = guest_of(link)
    assert status(guest, link) == 200
    new = extend_share_link(link=link, staff=THIRD, expires_at=timezone.now() + timedelta(days=4))
    assert status(guest, link) == 403
    for first_person in (EDITH, THIRD):
        with pytest.raises(AccessDenied, match="own_link"):
            approve_share_link(link=new.link, staff=first_person)
    approve_share_link(link=new.link, staff=SECOND)
    assert status(guest, link) == 200


def test_another_market_sensitive_draft_needs_agreement_of_its_own(pack: Pack) -> None:
    added(pack, "first", MARKET)
    draft = saved("second", MARKET)
    link = link_to(pack).link
    approve_share_link(link=link, staff=SECOND)
    guest = guest_of(link)
    add_draft(actor=SECOND, pack=pack, draft=draft)
    assert status(guest, link) == 403, "at once, before any worker"
    with pytest.raises(AccessDenied, match="own_link"):
        approve_share_link(link=link, staff=SECOND)
    work_all()
    assert status(guest, link) == 403
    with pytest.raises(AccessDenied, match="own_link"):
        approve_share_link(link=link, staff=SECOND)
    assert Letter.objects.filter(template="link_suspended").count() == 1
    approve_share_link(link=link, staff=THIRD)
    assert status(guest, link) == 200
    assert status(guest, link, "second") == 200


def test_a_link_that_is_not_fit_for_a_market_sensitive_draft_is_not_agreed_to(pack: Pack) -> None:
    added(pack, "first")
    draft = saved("second", MARKET)
    wanted = Wanted(
        timezone.now() + timedelta(days=2), "passphrase", passphrase="a lamp at dusk", reason="x"
    )
    link = create_share_link(pack=pack, staff=EDITH, wanted=wanted).link
    add_draft(actor=EDITH, pack=pack, draft=draft)
    with pytest.raises(InvalidShareLink):
        approve_share_link(link=link, staff=THIRD)


def test_an_app_says_how_sensitive_its_own_drafts_are(api: Any, send: Any) -> None:
    mine, other = str(uuid.uuid4()), str(uuid.uuid4())
    address = f"/api/v1/drafts/{mine}?sensitivity=limited"
    assert api.put(address, content_item(), format="json").json()["sensitivity"] == "limited"
    place = f"/api/v1/drafts/{mine}/sensitivity"
    answer = api.put(place, {"sensitivity": "market_sensitive"}, format="json")
    assert (answer.status_code, answer.json()["sensitivity"]) == (200, "market_sensitive")
    assert send(mine).json()["sensitivity"] == "market_sensitive", "a later save leaves it"
    assert api.put(place, {"sensitivity": "secret"}, format="json").status_code == 422
    assert (
        api.put(place.replace(mine, other), {"sensitivity": "limited"}, format="json").status_code
        == 404
    )


def test_the_page_says_what_follows_and_sets_it(pack: Pack) -> None:
    draft = added(pack, "first")
    link_to(pack)
    editor = next(one for one in example_people() if one.uid == "mock-editor")
    browser = Client(**SERVICE)
    browser.force_login(editor)
    place = f"/drafts/{draft.id}/sensitivity"
    assert "1 share link shows this draft" in browser.get(place).content.decode()
    assert browser.post(place, {}).status_code == 422
    assert browser.post(place, {"sensitivity": "market_sensitive"}).status_code == 302
    draft.refresh_from_db()
    assert draft.sensitivity == MARKET
    assert place.encode() in browser.get(f"/packs/{own_pack(draft).id}/share").content
    other = next(one for one in example_people() if one.uid == "mock-other-editor")
    browser.force_login(other)
    assert browser.get(place).status_code == 404
