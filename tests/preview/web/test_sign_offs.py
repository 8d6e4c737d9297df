"""Pages of sign-off, for staff and guests."""

from __future__ import annotations

import re
from typing import Any

import pytest

from preview.review.sign_offs.models import SignOff
from tests.preview.web.conftest import Browser, Case

pytestmark = pytest.mark.django_db


def seal_on(page: str) -> str:
    return re.findall(r'name="seen" value="(\w+)"', page)[0]


def test_a_guest_signs_off_with_their_name_and_sees_only_their_own(
    case: Case, viewers: dict[str, Browser]
) -> None:
    place = f"/shared/{case.link.id}/-/sign-off/low-tide"
    guest = viewers["guest"].preview
    page = guest.get(place).content.decode()
    assert "Edith" not in page
    sent = {"seen": seal_on(page), "role": "Policy lead", "name": "Fay Checker"}
    assert "Confirm that you have checked" in guest.post(place, sent).content.decode()
    assert guest.post(place, {**sent, "confirm": "on"}).status_code == 303
    page = guest.get(place).content.decode()
    assert "You have signed off version 1" in page
    staff = viewers["editor"].service.get(f"/drafts/{case.draft.id}/sign-off").content.decode()
    assert "Fay Checker" in staff
    assert "Policy lead" in staff


def test_a_draft_that_changed_meanwhile_is_not_signed_off(
    case: Case, viewers: dict[str, Browser]
) -> None:
    before = SignOff.objects.count()
    answer = viewers["editor"].service.post(
        f"/drafts/{case.draft.id}/sign-off", {"seen": "0" * 64, "confirm": "on"}
    )
    assert answer.status_code == 409
    assert "changed while you were reading it" in answer.content.decode()
    assert SignOff.objects.count() == before


@pytest.mark.parametrize("form", ["html", "json"])
def test_the_certificate_is_a_file(case: Case, viewers: dict[str, Browser], form: str) -> None:
    place = f"/sign-offs/{case.sign_off.id}/certificate.{form}"
    answer = viewers["editor"].service.get(place)
    assert "attachment" in answer["Content-Disposition"]
    assert case.sign_off.seal in answer.content.decode()


def test_the_page_asks_few_questions(
    case: Case, viewers: dict[str, Browser], django_assert_max_num_queries: Any
) -> None:
    rows = [
        SignOff(
            pack=case.sign_off.pack,
            draft=case.draft,
            version=case.sign_off.version,
            audience="full",
            seal=str(number),
            actor=f"guest:{number}",
            name="Somebody",
        )
        for number in range(50)
    ]
    SignOff.objects.bulk_create(rows)
    with django_assert_max_num_queries(12):
        viewers["editor"].service.get(f"/drafts/{case.draft.id}/sign-off")
