"""Ways into a link: codes, passphrases, windows, approvals, caps; asking for a new one."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from preview import rate_limits
from preview.access import Staff
from preview.accounts.mock import example_people
from preview.drafts.models import Draft
from preview.errors import AccessDenied, InvalidShareLink
from preview.mail.models import Letter
from preview.mail.sealing import unseal
from preview.outbox.models import Delivery
from preview.packs.actions import own_pack
from preview.packs.models import Pack
from preview.rendering.actions import render_version
from preview.sharing.actions import (
    NewLink,
    create_share_link,
    end_links,
    extend_share_link,
    make_link,
)
from preview.sharing.agreeing import approve_share_link
from preview.sharing.models import LinkRequest, OneTimeCode, ShareLink
from preview.sharing.opening import code_of, send_code
from preview.sharing.wanted import Wanted

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "preview.localhost"}
FAY = "fay@example.com"


def in_days(days: float) -> Any:
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def pack(send: Any, content_id: str) -> Pack:
    send(content_id)
    draft = Draft.objects.get()
    render_version(version_id=draft.versions.get().pk, delivery_id=str(uuid.uuid4()))
    return own_pack(draft)


def shared(pack: Pack, **wanted: Any) -> NewLink:
    return make_link(pack=pack, maker="person:edith", wanted=Wanted(in_days(2), **wanted))


def staff(uid: str = "mock-editor") -> Staff:
    person = next(one for one in example_people() if one.uid == uid)
    permissions = frozenset(person.permissions) | {"share_sensitive"}
    return Staff(uid, str(person.organisation_id), permissions)


def post_code_asked(client: Client, new: NewLink, email: str) -> None:
    """Ask for a code, and run the worker's part of it."""
    response = client.post(f"/s/{new.token}", {"email": email})
    assert response.status_code == 303
    wanted = Delivery.objects.filter(topic="share_link.code_wanted").latest("recorded_at")
    values = wanted.payload
    send_code(
        link_id=uuid.UUID(values["link_id"]),
        email=values["email"],
        code_id=uuid.UUID(values["code_id"]),
        delivery_id=str(wanted.id),
    )


def the_code() -> str:
    return code_of(OneTimeCode.objects.latest("created_at"))


@pytest.fixture
def named(pack: Pack) -> NewLink:
    return shared(pack, recipients=(FAY.upper(), "finn@example.com"), purpose="Check the figures")


def test_each_named_person_is_written_to_with_the_address(named: NewLink) -> None:
    letters = Letter.objects.filter(template="share_link")
    assert {letter.to for letter in letters} == {FAY, "finn@example.com"}
    assert unseal(bytes(letters[0].sealed))["address"] == named.address


def test_the_landing_page_shows_the_purpose_and_nothing_of_the_draft(named: NewLink) -> None:
    page = Client(**HOST).get(f"/s/{named.token}").content.decode()
    assert "Check the figures" in page
    assert "tide" not in page.lower()


def test_a_named_person_gets_in_with_the_code(named: NewLink) -> None:
    client = Client(**HOST)
    post_code_asked(client, named, FAY)
    pasted = f" {the_code()[:3]} {the_code()[3:]} "
    response = client.post(f"/s/{named.token}", {"code": pasted})
    assert response.status_code == 303
    assert client.get(response["Location"]).status_code == 200


def test_a_code_opens_nothing_in_another_browser(named: NewLink) -> None:
    post_code_asked(Client(**HOST), named, FAY)
    response = Client(**HOST).post(f"/s/{named.token}", {"code": the_code()})
    assert response.status_code == 422


def test_somebody_who_is_not_on_the_list_is_told_the_same_and_gets_no_letter(
    named: NewLink,
) -> None:
    pages = []
    for email in (FAY, "mallory@example.com"):
        client = Client(**HOST)
        post_code_asked(client, named, email)
        page = client.get(f"/s/{named.token}").content.decode()
        pages.append(page.split("</form>")[1])
    assert pages[0] == pages[1]
    assert {letter.to for letter in Letter.objects.filter(template="one_time_code")} == {FAY}


def test_a_code_is_good_once_and_for_ten_minutes(named: NewLink) -> None:
    client = Client(**HOST)
    post_code_asked(client, named, FAY)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.post(f"/s/{named.token}", {"code": the_code()}).status_code == 422
    assert client.post(f"/s/{named.token}", {"code": the_code()}).status_code == 303
    post_code_asked(client, named, FAY)
    again = OneTimeCode.objects.earliest("created_at")
    assert client.post(f"/s/{named.token}", {"code": code_of(again)}).status_code == 422


def test_a_code_is_good_for_five_tries(named: NewLink) -> None:
    client = Client(**HOST)
    post_code_asked(client, named, FAY)
    wrong = f"{(int(the_code()) + 1) % 10**6:06}"
    for _ in range(5):
        assert client.post(f"/s/{named.token}", {"code": wrong}).status_code == 422
    response = client.post(f"/s/{named.token}", {"code": the_code()})
    assert response.status_code == 422
    assert b"Ask for a new one" in response.content


def test_somebody_taken_off_the_list_is_out_at_once(named: NewLink) -> None:
    client = Client(**HOST)
    post_code_asked(client, named, FAY)
    place = client.post(f"/s/{named.token}", {"code": the_code()})["Location"]
    named.link.recipients.filter(email=FAY).update(removed_at=timezone.now())
    assert client.get(place).status_code == 410


def test_a_device_proves_itself_again_after_thirty_days(pack: Pack, settings: Any) -> None:
    settings.SHARE_LINK_MAX_DAYS = 90
    pack.organisation_content_id = example_people()[0].organisation_id
    pack.save()
    organisation = example_people()[0].organisation
    organisation.longest_link_days = 90
    organisation.save()
    wanted = Wanted(in_days(60), recipients=(FAY,))
    new = make_link(pack=pack, maker="person:edith", wanted=wanted)
    client = Client(**HOST)
    post_code_asked(client, new, FAY)
    place = client.post(f"/s/{new.token}", {"code": the_code()})["Location"]
    with time_machine.travel(in_days(31)):
        assert client.get(place).status_code == 403


def test_a_passphrase_opens_and_a_wrong_one_does_not(pack: Pack) -> None:
    new = shared(pack, kind="passphrase", passphrase="a lamp at dusk")
    client = Client(**HOST)
    assert client.post(f"/s/{new.token}", {"passphrase": "a lamp"}).status_code == 422
    assert client.post(f"/s/{new.token}", {"passphrase": "a lamp at dusk"}).status_code == 303
    assert new.link.passphrase_digest.startswith("argon2")


def test_a_stranger_who_guesses_locks_nobody_out(pack: Pack, settings: Any) -> None:
    settings.RATE_LIMITS = {
        **settings.RATE_LIMITS,
        "proof": "3/10 minutes",
        "proofs_of_link": "5/hour",
    }
    rate_limits.item.cache_clear()
    new = shared(pack, kind="passphrase", passphrase="a lamp at dusk")

    def tries(address: str, entered: str, browser: str = "x") -> int:
        client = Client(**HOST, REMOTE_ADDR=address, HTTP_USER_AGENT=browser)
        return client.post(f"/s/{new.token}", {"passphrase": entered}).status_code

    assert [tries("192.0.2.1", "wrong", str(one)) for one in range(5)] == [422] * 3 + [429] * 2
    assert [tries("2001:db8::1", "wrong"), tries("2001:db8::2", "wrong")] == [422, 422]
    assert [tries("192.0.2.3", "wrong"), tries("192.0.2.3", "wrong")] == [422, 429], "slow now"
    assert tries("192.0.2.4", "a lamp at dusk") == 303, "and the reader gets in"
    rate_limits.item.cache_clear()


def test_a_link_opens_for_as_many_people_as_it_is_for(pack: Pack) -> None:
    new = shared(pack, kind="passphrase", passphrase="a lamp at dusk", most_people=1)
    first, second = Client(**HOST), Client(**HOST)
    for _ in range(2):
        assert first.post(f"/s/{new.token}", {"passphrase": "a lamp at dusk"}).status_code == 303
    assert second.post(f"/s/{new.token}", {"passphrase": "a lamp at dusk"}).status_code == 403


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"kind": "anyone"}, "kind"),
        ({}, "recipients"),
        ({"recipients": ("fay",)}, "recipients"),
        ({"kind": "passphrase", "passphrase": "short"}, "passphrase"),
        ({"kind": "everyone"}, "kind"),
        ({"recipients": (FAY,), "role": "edit"}, "role"),
        ({"recipients": (FAY,), "label": "x" * 121}, "label"),
        ({"recipients": (FAY,), "most_people": 0}, "most_people"),
    ],
)
def test_a_link_that_breaks_a_rule_is_refused_at_its_field(
    pack: Pack, wanted: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidShareLink) as refused:
        shared(pack, **wanted)
    assert refused.value.field == field
    assert not ShareLink.objects.exists()


@pytest.fixture
def sensitive(pack: Pack) -> Pack:
    Draft.objects.update(sensitivity="market_sensitive")
    return pack


def test_a_market_sensitive_link_waits_for_a_second_person_and_its_window(sensitive: Pack) -> None:
    wanted = Wanted(
        in_days(2),
        recipients=(FAY,),
        reason="Lock-in",
        opens_at=timezone.now() + timedelta(hours=1),
    )
    new = create_share_link(pack=sensitive, staff=staff(), wanted=wanted)
    assert not Letter.objects.exists()
    assert Client(**HOST).get(f"/s/{new.token}").status_code == 403
    with pytest.raises(AccessDenied):
        approve_share_link(link=new.link, staff=staff())
    approved = approve_share_link(link=new.link, staff=staff("mock-other-editor"))
    assert Letter.objects.get().to == FAY
    assert Client(**HOST).get(f"/s/{approved.token}").status_code == 403
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        client = Client(**HOST)
        post_code_asked(client, approved, FAY)
        place = client.post(f"/s/{approved.token}", {"code": the_code()})["Location"]
        assert f"This copy was opened by {FAY}" in client.get(place).content.decode()


def test_a_market_sensitive_draft_is_never_for_anyone_nor_without_window(sensitive: Pack) -> None:
    for wanted in (
        Wanted(in_days(2), recipients=(FAY,), reason="x"),
        Wanted(in_days(2), kind="passphrase", passphrase="a lamp at dusk", opens_at=in_days(1)),
    ):
        with pytest.raises(InvalidShareLink):
            create_share_link(pack=sensitive, staff=staff(), wanted=wanted)


def test_an_extended_link_has_a_new_address_and_lets_known_browsers_stay(named: NewLink) -> None:
    client = Client(**HOST)
    post_code_asked(client, named, FAY)
    place = client.post(f"/s/{named.token}", {"code": the_code()})["Location"]
    extended = extend_share_link(link=named.link, staff=staff(), expires_at=in_days(6))
    with time_machine.travel(in_days(3)):
        assert Client(**HOST).get(f"/s/{named.token}").status_code == 410
        assert Client(**HOST).get(f"/s/{extended.token}").status_code == 200
        ShareLink.objects.get()
    assert client.get(place).status_code == 200


def test_all_links_of_a_pack_end_in_one_action(pack: Pack) -> None:
    links = [shared(pack, recipients=(FAY,)) for _ in range(3)]
    assert len(end_links(pack.share_links.all(), ended_by="person:edith")) == 3
    assert not end_links(pack.share_links.all(), ended_by="person:edith")
    for new in links:
        assert Client(**HOST).get(f"/s/{new.token}").status_code == 410


def test_a_new_link_can_be_asked_for_and_sent_with_one_click(named: NewLink) -> None:
    ShareLink.objects.update(created_by="person:mock-editor")
    example_people()
    with time_machine.travel(in_days(3)):
        page = Client(**HOST).get(f"/s/{named.token}")
        assert b"Ask for a new link" in page.content
        asked = Client(**HOST).post(f"/s/{named.token}/request", {"email": FAY})
        again = Client(**HOST).post(f"/s/{named.token}/request", {"email": FAY})
        assert (asked.status_code, again.status_code) == (200, 200)
        assert Delivery.objects.filter(topic="share_link.requested").count() == 1
        owner = Client(HTTP_HOST="service.preview.localhost")
        owner.force_login(next(one for one in example_people() if one.uid == "mock-editor"))
        place = f"/link-requests/{LinkRequest.objects.get().id}/answer"
        assert owner.post(place, {"yes": "1"}).status_code == 302
        assert owner.post(place, {"yes": "1"}).status_code == 404
    assert Letter.objects.filter(template="share_link", to=FAY).count() == 2


def test_published_drafts_lead_to_the_live_page(named: NewLink) -> None:
    Draft.objects.update(state="published")
    page = Client(**HOST).get(f"/s/{named.token}")
    assert page.status_code == 410
    assert b"https://www.gov.uk/low-tide" in page.content


def test_tries_are_limited_for_each_link_and_client(pack: Pack) -> None:
    new = shared(pack, kind="passphrase", passphrase="a lamp at dusk")
    client = Client(**HOST)
    statuses = [
        client.post(f"/s/{new.token}", {"passphrase": "wrong"}).status_code for _ in range(21)
    ]
    assert statuses == [422] * 20 + [429]
