"""Sign-off: what it binds to, and what makes it stale."""

from __future__ import annotations

import json
from typing import Any

import pytest

from preview.errors import InvalidReview, ReviewOutdated
from preview.packs.actions import own_pack
from preview.rendering.models import Rendering
from preview.rendering.snapshots import put
from preview.review.sign_offs.actions import give_sign_off, withdraw_sign_off
from preview.review.sign_offs.certificate import certificate, is_genuine
from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.shown import Shown, newest_shown
from preview.review.sign_offs.standing import changes_since, standings
from tests.preview.review.conftest import BODY, EDITH, FAY, Desk, item

pytestmark = pytest.mark.django_db


def shown(desk: Desk) -> Shown:
    found = newest_shown(desk.draft, own_pack(desk.draft), ["open", "full"])
    assert found is not None
    return found


def signed(desk: Desk, reviewer: Any = FAY) -> SignOff:
    what = shown(desk)
    return give_sign_off(shown=what, seen=what.seal, reviewer=reviewer, role="Tides lead")


def state(desk: Desk, given: SignOff) -> tuple[str, str]:
    found = standings(desk.draft, [given])[0]
    return found.state, found.cause


def test_a_sign_off_holds_while_nothing_changes(saved: Desk) -> None:
    given = signed(saved)
    assert given.content_sha256 == saved.draft.versions.get().sha256
    assert given.pages == {one.path: one.sha256 for one in Rendering.objects.get().pages.all()}
    assert state(saved, given) == ("current", "")


def test_a_new_version_makes_it_stale_and_says_what_changed(saved: Desk) -> None:
    given = signed(saved)
    saved.save(BODY.replace("£25", "£30"))
    given.draft.refresh_from_db()
    assert state(saved, given) == ("stale", "content")
    draft, page = changes_since(given)
    assert draft.sentence == "1 paragraph changed."
    assert "£30" in page.shown


def test_a_new_version_makes_it_stale_before_it_is_rendered(saved: Desk, send: Any) -> None:
    given = signed(saved)
    assert send(saved.content_id, item("<p>Other</p>")).status_code == 201
    assert state(saved, given) == ("stale", "content")


def test_a_page_that_changes_by_itself_makes_it_stale(saved: Desk) -> None:
    given = signed(saved)
    page = Rendering.objects.get().pages.get()
    page.sha256 = put("<main><p>Live content that is another one now.</p></main>").sha256
    page.save()
    assert state(saved, given) == ("stale", "page")
    assert [one.about for one in changes_since(given)] == ["The page /low-tide"]


def test_a_version_that_goes_back_says_that_readers_see_no_change(saved: Desk) -> None:
    given = signed(saved)
    saved.save("<p>Another</p>")
    saved.save(BODY)
    given.draft.refresh_from_db()
    assert state(saved, given) == ("stale", "page")
    assert [one.sentence for one in changes_since(given)] == [
        "Nothing that a reader sees has changed."
    ]


def test_nobody_signs_what_they_have_not_seen(saved: Desk) -> None:
    seen = shown(saved).seal
    saved.save("<p>Meanwhile</p>")
    with pytest.raises(ReviewOutdated, match="at version 2 now"):
        give_sign_off(shown=shown(saved), seen=seen, reviewer=FAY)
    assert not SignOff.objects.exists()


def test_one_word_is_given_once_and_can_be_taken_back_by_its_giver(saved: Desk) -> None:
    given = signed(saved)
    assert signed(saved) == given
    assert withdraw_sign_off(sign_off=given, reviewer=EDITH).withdrawn_at is None
    assert withdraw_sign_off(sign_off=given, reviewer=FAY).withdrawn_at is not None
    assert state(saved, given)[0] == "withdrawn"
    assert signed(saved) != given


def test_a_role_that_is_too_long_gets_a_sentence(saved: Desk) -> None:
    what = shown(saved)
    with pytest.raises(InvalidReview, match="Your role must be 120 characters or fewer"):
        give_sign_off(shown=what, seen=what.seal, reviewer=FAY, role="x" * 121)


def test_a_certificate_that_was_changed_is_told(saved: Desk) -> None:
    made = json.loads(json.dumps(certificate(standings(saved.draft, [signed(saved)])[0])))
    assert is_genuine(made)
    assert not is_genuine({**made, "version": 2})
    assert made["signed_by"] == {"name": "Fay Checker", "role": "Tides lead"}
    assert made["state"] == "current"


def test_an_app_can_require_sign_off_before_it_publishes(saved: Desk, api: Any) -> None:
    place = f"/api/v1/drafts/{saved.content_id}/sign-off"
    assert api.get(place).json()["signed_off"] is False
    signed(saved)
    signed(saved, EDITH)
    answer = api.get(place).json()
    assert (answer["signed_off"], answer["people"]) == (True, 2)
    assert answer["content_sha256"] == saved.draft.versions.get().sha256
    other = api.get(place, {"content_sha256": "0" * 64}).json()
    assert other["signed_off"] is False
    saved.save("<p>Changed</p>")
    answer = api.get(place).json()
    assert (answer["signed_off"], answer["people"]) == (False, 0)
    assert {one["state"] for one in answer["sign_offs"]} == {"stale"}
