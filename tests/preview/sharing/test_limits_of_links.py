"""What a share link must not do: outlive its drafts, show more than was agreed, tell who may."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from preview.access import Staff
from preview.accounts.mock import example_people
from preview.drafts.actions import discard_draft
from preview.drafts.models import Draft
from preview.errors import AccessDenied, LinkEnded, NotLetIn
from preview.outbox.actions import end_delivery
from preview.packs.actions import create_pack
from preview.packs.members import add_draft, remove_draft
from preview.packs.models import Pack
from preview.sharing import opening
from preview.sharing.actions import create_share_link, extend_share_link, make_link
from preview.sharing.models import LinkRequest, OneTimeCode, Recipient, ShareLink
from preview.sharing.opening import code_of, confirm_link, try_code
from preview.sharing.packs import end_pack
from preview.sharing.requests import ask_for_link, send_new_link
from preview.sharing.wanted import Wanted
from tests.preview.overlay.packs import live_site, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
HARBOURS = str(uuid.uuid4())
EDITH = Staff("edith", HARBOURS, frozenset({"signin", "share_sensitive"}))
HARRY = Staff("harry", HARBOURS, frozenset({"signin"}))
PREVIEW, SERVICE = {"HTTP_HOST": "preview.localhost"}, {"HTTP_HOST": "service.preview.localhost"}
FAY = "fay@example.com"


@pytest.fixture
def pack(live_site: Any) -> Pack:  # noqa: F811
    live_site(site())
    return create_pack(actor=EDITH, name="Budget day")


def work_all() -> None:
    """Do what workers would, but for sending letters and what hears of links."""
    others = ("mail.send_letter",)
    work({name: lambda *, delivery_id, **_: end_delivery(delivery_id) for name in others})


def in_days(days: float) -> Any:
    return timezone.now() + timedelta(days=days)


def added(pack: Pack, name: str, **values: Any) -> Draft:
    draft = save(live(name, title=f"About {name}"), **values)
    add_draft(actor=EDITH, pack=pack, draft=draft)
    work_all()
    return draft


def link_to(pack: Pack, **wanted: Any) -> ShareLink:
    values = {"expires_at": in_days(2), "recipients": (FAY,), "reason": "Figures", **wanted}
    return create_share_link(pack=pack, staff=EDITH, wanted=Wanted(**values)).link


def guest_of(link: ShareLink) -> Client:
    cookie = confirm_link(link=link, cookie=None, client="person", recipient=link.recipients.get())
    client = Client(**PREVIEW)
    client.cookies["__Host-guest"] = cookie
    return client


@pytest.mark.parametrize("how", ["removed", "discarded"])
def test_a_pinned_link_loses_a_draft_that_the_pack_shows_no_more(pack: Pack, how: str) -> None:
    stays, goes = added(pack, "stays"), added(pack, "goes")
    link = link_to(pack, pinned_versions=(stays.versions.get(), goes.versions.get()))
    guest = guest_of(link)
    assert b"About goes" in guest.get(f"/shared/{link.id}/goes").content
    if how == "removed":
        remove_draft(actor=EDITH, pack=pack, draft=goes)
    else:
        discard_draft(app=goes.app, draft_id=goes.id)
    work_all()
    assert b"About goes" not in guest.get(f"/shared/{link.id}/goes").content
    assert guest.get(f"/shared/{link.id}/stays").status_code == 200


@pytest.mark.parametrize("how", ["joins", "becomes one"])
def test_a_market_sensitive_draft_needs_a_second_person_for_older_links_too(
    pack: Pack, how: str
) -> None:
    added(pack, "first", limited_to=("edith",))
    link = link_to(pack, opens_at=timezone.now())
    guest = guest_of(link)
    assert guest.get(f"/shared/{link.id}/first").status_code == 200
    if how == "joins":
        added(pack, "budget")
        Draft.objects.filter(base_path="/budget").update(sensitivity="market_sensitive")
    else:
        Draft.objects.update(sensitivity="market_sensitive")
    assert guest.get(f"/shared/{link.id}/first").status_code == 403
    ShareLink.objects.update(approved_at=timezone.now())
    assert guest.get(f"/shared/{link.id}/first").status_code == 200


def test_who_may_not_share_limited_drafts_extends_no_link_that_shows_them(pack: Pack) -> None:
    added(pack, "open")
    added(pack, "secret", limited_to=("edith", "harry"))
    link = link_to(pack)
    assert link.covers_limited
    with pytest.raises(AccessDenied, match="no_share_sensitive_permission"):
        extend_share_link(link=link, staff=HARRY, expires_at=in_days(3))
    assert extend_share_link(link=link, staff=EDITH, expires_at=in_days(3)).token


def test_an_archived_pack_gets_no_new_links(pack: Pack) -> None:
    added(pack, "open")
    link = link_to(pack)
    asked = ask_for_link(link=link, email=FAY)
    pack = end_pack(actor=EDITH, pack=pack)
    asked.refresh_from_db()
    asked.link.pack.refresh_from_db()
    ShareLink.objects.update(ended_at=None)
    with pytest.raises(AccessDenied):
        send_new_link(asked=asked, staff=EDITH, sender="Edith")
    with pytest.raises(LinkEnded):
        extend_share_link(link=asked.link, staff=EDITH, expires_at=in_days(3))


def test_a_link_sent_again_opens_no_earlier_and_shows_no_other_version(pack: Pack) -> None:
    draft = added(pack, "open")
    first = draft.versions.get()
    link = link_to(pack, opens_at=in_days(1.5), pinned_versions=(first,))
    asked = ask_for_link(link=link, email="finn@example.com")
    again = send_new_link(asked=asked, staff=EDITH, sender="Edith").link
    assert again.opens_at == link.opens_at
    assert list(again.pinned_versions.all()) == [first]
    assert again.pinned


def test_a_link_that_can_t_be_sent_again_says_why(pack: Pack) -> None:
    draft = added(pack, "open")
    editor = next(one for one in example_people() if one.uid == "mock-editor")
    link = link_to(pack, pinned_versions=(draft.versions.get(),))
    asked = ask_for_link(link=link, email=FAY)
    remove_draft(actor=EDITH, pack=pack, draft=draft)
    added(pack, "other")
    client = Client(**SERVICE)
    client.force_login(editor)
    answer = client.post(f"/link-requests/{asked.id}/answer", {"yes": "1"})
    assert answer.status_code == 422
    assert b"Choose a version of this draft" in answer.content
    assert LinkRequest.objects.get().outcome == ""


def test_wrong_codes_do_not_tell_who_is_on_the_list(pack: Pack) -> None:
    added(pack, "open")
    new = make_link(pack=pack, maker="person:edith", wanted=Wanted(in_days(2), recipients=(FAY,)))
    pages = {}
    for email in (FAY, "mallory@example.com"):
        client = Client(**PREVIEW, HTTP_USER_AGENT=f"Firefox of {email}")
        client.post(f"/s/{new.token}", {"email": email})
        wanted = uuid.UUID(opening_id(client))
        for recipient in Recipient.objects.filter(email=email):
            OneTimeCode.objects.create(
                id=wanted, recipient=recipient, expires_at=in_days(1), tries=5
            )
        page = client.post(f"/s/{new.token}", {"code": "no"}).content.decode()
        pages[email] = page[page.index("<main") :].split("csrfmiddlewaretoken")[0]
    assert len(set(pages.values())) == 1


def opening_id(client: Client) -> str:
    from django.core import signing

    return str(signing.loads(client.cookies["__Host-pending"].value, salt="preview.pending")[1])


def test_a_code_that_two_requests_enter_at_once_opens_for_one(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(pack, "open")
    link = link_to(pack)
    recipient = link.recipients.get()
    code = OneTimeCode.objects.create(recipient=recipient, expires_at=in_days(1))
    digits = opening.digits

    def overtaken(entered: str) -> str:
        OneTimeCode.objects.update(used_at=timezone.now())  # the other request, in between
        return digits(entered)

    monkeypatch.setattr(opening, "digits", overtaken)
    with pytest.raises(NotLetIn, match="code_used_up"):
        try_code(link=link, code_id=code.id, entered=code_of(code))


def test_time_alone_opens_no_link_that_waits_for_its_window(pack: Pack) -> None:
    added(pack, "open")
    link = link_to(pack, opens_at=in_days(1))
    guest = guest_of(link)
    assert guest.get(f"/shared/{link.id}/open").status_code == 403
    with time_machine.travel(in_days(1.1)):
        assert guest.get(f"/shared/{link.id}/open").status_code == 200


def news_of(pack: Pack) -> tuple[Draft, Draft]:
    """Put a page into a pack, and the draft of an organisation that it names."""
    story = live("story", "news_article", links={"organisations": ["o"]}, title="About stays")
    page = save({**story, "document_type": "news_story"})
    office = save(live("o", "organisation", title="Office of Secrets"))
    for one in (page, office):
        add_draft(actor=EDITH, pack=pack, draft=one)
    work_all()
    return page, office


@pytest.mark.parametrize("pinned", [True, False])
@pytest.mark.parametrize("how", ["removed", "discarded"])
def test_no_page_names_a_draft_that_left_not_even_before_it_is_made_again(
    pack: Pack, how: str, pinned: bool
) -> None:
    page, office = news_of(pack)
    versions = (page.versions.get(), office.versions.get()) if pinned else ()
    link = link_to(pack, pinned_versions=versions)
    guest = guest_of(link)
    assert b"Office of Secrets" in guest.get(f"/shared/{link.id}/story").content
    if how == "removed":
        remove_draft(actor=EDITH, pack=pack, draft=office)
    else:
        discard_draft(app=office.app, draft_id=office.id)
    for place in ("story", "-/compare/story", "o"):
        answer = guest.get(f"/shared/{link.id}/{place}", follow=True)
        assert b"Office of Secrets" not in answer.content, place
    work_all()
    answer = guest.get(f"/shared/{link.id}/story")
    assert (answer.status_code, b"Office of Secrets" in answer.content) == (200, False)


def test_a_draft_that_comes_back_is_shown_again(pack: Pack) -> None:
    page, office = news_of(pack)
    link = link_to(pack, pinned_versions=(page.versions.get(), office.versions.get()))
    guest = guest_of(link)
    remove_draft(actor=EDITH, pack=pack, draft=office)
    add_draft(actor=EDITH, pack=pack, draft=office)
    work_all()
    assert b"Office of Secrets" in guest.get(f"/shared/{link.id}/story").content
