"""A market-sensitive draft becomes less sensitive when two people say so, and never before."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from preview.access import Sensitivity, Staff
from preview.accounts.mock import ORGANISATIONS, example_people
from preview.accounts.models import Person
from preview.alarms.actions import watch
from preview.audit.models import Entry
from preview.drafts.lowering import agree_to_lower, keep_sensitivity
from preview.drafts.models import Draft
from preview.drafts.sensitivity import set_sensitivity
from preview.errors import AccessDenied, InvalidShareLink, NothingToAgreeTo
from preview.notifications.models import Notification
from preview.outbox.actions import end_delivery
from preview.packs.actions import own_pack
from preview.sharing.actions import create_share_link
from preview.sharing.wanted import Wanted
from tests.conftest import content_item
from tests.preview.overlay.packs import live_site, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
HARBOURS = str(ORGANISATIONS[0][0])
RIGHTS = frozenset({"signin", "share_sensitive"})
EDITH = Staff("mock-editor", HARBOURS, RIGHTS)
SECOND = Staff("second", HARBOURS, RIGHTS)
NORMAL, LIMITED, MARKET = Sensitivity
SERVICE = {"HTTP_HOST": "service.preview.localhost"}


@pytest.fixture
def draft(live_site: Any) -> Draft:  # noqa: F811
    live_site(site())
    example_people()
    made = save(live("budget", title="About the budget"))
    set_sensitivity(draft_id=made.id, actor=made.app, sensitivity=MARKET)
    Draft.objects.filter(id=made.id).update(organisation_content_id=HARBOURS)
    made.refresh_from_db()
    return made


def stands(draft: Draft) -> tuple[str, str]:
    draft.refresh_from_db()
    return draft.sensitivity, draft.lower_to


@pytest.mark.parametrize("lower", [NORMAL, LIMITED])
def test_one_person_alone_lowers_nothing(draft: Draft, lower: Sensitivity) -> None:
    for _ in range(2):
        set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=lower)
    with pytest.raises(AccessDenied, match="own_wish"):
        agree_to_lower(draft_id=draft.id, staff=EDITH, wanted=lower)
    assert stands(draft) == ("market_sensitive", lower)
    soon = Wanted(timezone.now() + timedelta(days=1), recipients=("fay@example.com",), reason="x")
    with pytest.raises(InvalidShareLink, match="needs a time"):
        create_share_link(pack=own_pack(draft), staff=EDITH, wanted=soon)
    assert watch() == []


def test_a_second_person_agrees_and_it_is_told(draft: Draft) -> None:
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=NORMAL)
    agree_to_lower(draft_id=draft.id, staff=SECOND, wanted=NORMAL)
    assert stands(draft) == ("normal", "")
    entry = Entry.objects.filter(action="draft.set_sensitivity").latest("pk")
    assert (entry.actor, entry.detail["asked_by"]) == ("person:second", "person:mock-editor")
    assert [one.rule for one in watch()] == ["made_less_sensitive"]
    with pytest.raises(NothingToAgreeTo):
        agree_to_lower(draft_id=draft.id, staff=SECOND, wanted=NORMAL)


def test_who_repeats_a_wish_does_not_become_the_first_person(draft: Draft) -> None:
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=NORMAL)
    set_sensitivity(draft_id=draft.id, actor=SECOND, sensitivity=NORMAL)
    draft.refresh_from_db()
    assert draft.lower_asked_by == "person:mock-editor"


def test_an_agreement_is_to_the_wish_that_was_seen(draft: Draft) -> None:
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=LIMITED)
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=NORMAL)
    with pytest.raises(NothingToAgreeTo):
        agree_to_lower(draft_id=draft.id, staff=SECOND, wanted=LIMITED)
    assert stands(draft) == ("market_sensitive", "normal")


ANSWERS: dict[str, Callable[[Draft], Draft]] = {
    "the asker takes it back": lambda one: keep_sensitivity(draft_id=one.id, staff=EDITH),
    "a colleague says no": lambda one: keep_sensitivity(draft_id=one.id, staff=SECOND),
    "its app says what it is": lambda one: set_sensitivity(
        draft_id=one.id, actor=one.app, sensitivity=MARKET
    ),
}


@pytest.mark.parametrize("how", ANSWERS)
def test_a_wish_can_be_answered_with_no(draft: Draft, how: str) -> None:
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=NORMAL)
    ANSWERS[how](draft)
    assert stands(draft) == ("market_sensitive", "")
    with pytest.raises(NothingToAgreeTo):
        agree_to_lower(draft_id=draft.id, staff=SECOND, wanted=NORMAL)
    assert Entry.objects.filter(action="draft.keep_sensitivity").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"permissions": frozenset({"signin"})},
        {"permissions": frozenset({"signin", "admin"})},
        {"organisation": str(ORGANISATIONS[1][0])},
        {"active": False},
    ],
)
def test_who_may_not_say_how_sensitive_it_is_agrees_to_nothing(
    draft: Draft, changes: dict[str, Any]
) -> None:
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=NORMAL)
    with pytest.raises(AccessDenied):
        agree_to_lower(draft_id=draft.id, staff=replace(SECOND, **changes), wanted=NORMAL)
    assert stands(draft) == ("market_sensitive", "normal")


def test_an_app_asks_too_and_who_it_acts_for_does_not_agree(api: Any) -> None:
    place = f"/api/v1/drafts/{uuid.uuid4()}"
    acting = {"X-Govuk-Authenticated-User": "second"}
    api.put(f"{place}?sensitivity=market_sensitive", content_item(), format="json")
    answers = (
        api.put(f"{place}/sensitivity", {"sensitivity": "limited"}, format="json"),
        api.put(f"{place}?sensitivity=normal", content_item(), format="json", headers=acting),
    )
    said = [(one.json()["sensitivity"], one.json()["lower_to"]) for one in answers]
    assert said == [("market_sensitive", "limited"), ("market_sensitive", "normal")]
    draft = Draft.objects.get()
    with pytest.raises(AccessDenied, match="own_wish"):
        agree_to_lower(draft_id=draft.id, staff=SECOND, wanted=NORMAL)
    agree_to_lower(draft_id=draft.id, staff=EDITH, wanted=NORMAL)
    assert stands(draft) == ("normal", "")


def colleague() -> Person:
    return Person.objects.create(
        uid="second",
        name="Sid Second",
        email="sid@harbours.example",
        permissions=sorted(RIGHTS),
        organisation_id=uuid.UUID(HARBOURS),
    )


def browser_of(uid: str) -> Client:
    browser = Client(**SERVICE)
    browser.force_login(next(one for one in example_people() if one.uid == uid))
    return browser


def test_the_page_shows_the_wish_and_takes_the_answer(draft: Draft) -> None:
    place = f"/drafts/{draft.id}/sensitivity"
    edith = browser_of("mock-editor")
    answer = edith.post(place, {"sensitivity": "normal"})
    assert answer["Location"] == place
    page = edith.get(place).content.decode()
    assert "It stays market sensitive until a second person agrees" in page
    assert 'value="agree"' not in page
    assert edith.post(place, {"act": "agree", "wanted": "normal"}).status_code == 404
    second = Client(**SERVICE)
    second.force_login(colleague())
    assert 'value="agree"' in second.get(place).content.decode()
    stale = second.post(place, {"act": "agree", "wanted": "limited"})
    assert (stale.status_code, b"Nobody asks for this any more" in stale.content) == (409, True)
    assert second.post(place, {"act": "agree", "wanted": "normal"}).status_code == 302
    assert stands(draft) == ("normal", "")


def test_who_can_be_the_second_person_hears_of_it(draft: Draft) -> None:
    colleague()
    set_sensitivity(draft_id=draft.id, actor=EDITH, sensitivity=NORMAL)
    work({"mail.send_letter": lambda *, delivery_id, **_: end_delivery(delivery_id)})
    told = Notification.objects.filter(kind="lowering_asked")
    assert {one.person.uid for one in told} == {"second"}
