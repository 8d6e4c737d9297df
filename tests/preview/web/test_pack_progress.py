"""How far a pack's review is: by draft, by person, for whoever may see the drafts."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preview.access import Staff
from preview.accounts.mock import ORGANISATIONS
from preview.packs.actions import create_pack, own_pack
from preview.packs.members import add_draft
from preview.packs.models import Audience, Pack
from preview.review.comments.actions import Said, begin_thread, resolve_thread
from preview.review.fact_checks.asking import Request, request_fact_check
from preview.review.fact_checks.models import Checker, FactVerdict
from preview.review.progress import progress_of
from preview.review.sign_offs.actions import give_sign_off
from preview.review.sign_offs.shown import newest_shown
from tests.preview.review.conftest import EDITH, FAY, Desk, desk  # noqa: F401 (a fixture)
from tests.preview.web.conftest import Browser, person_called

pytestmark = pytest.mark.django_db
STAFF = Staff("mock-editor", str(ORGANISATIONS[0][0]), frozenset({"signin", "share_sensitive"}))
MOST_QUERIES = 12


@pytest.fixture
def pack(desk: Desk) -> Pack:  # noqa: F811 (a fixture)
    person_called("mock-editor")
    desk.save()
    made = create_pack(actor=STAFF, name="Spring")
    add_draft(actor=STAFF, pack=made, draft=desk.draft)
    return made


def reviewed(desk: Desk) -> None:  # noqa: F811 (a fixture)
    """Have a fact check asked and one fact told, two threads, one resolved, and a sign-off."""
    draft = desk.draft
    asked = request_fact_check(
        draft=draft, staff=STAFF, name="Edith", wanted=Request(["fay@example.com"])
    )
    fact = asked.facts.first()
    assert fact is not None
    FactVerdict.objects.create(fact=fact, checker=Checker.objects.get(), verdict="right")
    threads = [
        begin_thread(place=desk.place("Low water"), reviewer=who, said=Said("Why?"))
        for who in (EDITH, FAY)
    ]
    resolve_thread(thread=threads[0], reviewer=EDITH)
    shown = newest_shown(draft, own_pack(draft), Audience.values)
    assert shown is not None
    give_sign_off(shown=shown, seen=shown.seal, reviewer=EDITH)


def test_progress_counts_what_was_done_to_each_draft_and_by_each_person(
    pack: Pack,
    desk: Desk,  # noqa: F811 (a fixture)
) -> None:
    reviewed(desk)
    found = progress_of(pack, [desk.draft])
    one = found.drafts[desk.draft.pk]
    assert (one.comments, one.waiting, one.checked) == (2, 1, 1)
    assert one.facts >= 2
    assert one.signed == {EDITH.actor}
    fay = next(who for who in found.people.values() if who.name == "fay@example.com")
    assert (fay.asked, fay.facts, fay.opened) == (True, 1, set())
    desk.save("<p>The fee is £30.</p>")
    one = progress_of(pack, [desk.draft]).drafts[desk.draft.pk]
    assert (one.signed, one.stale) == (set(), {EDITH.actor})


def test_the_page_tells_it_in_few_queries(
    pack: Pack,
    desk: Desk,  # noqa: F811 (a fixture)
) -> None:
    reviewed(desk)
    browser = Browser()
    browser.service.force_login(person_called("mock-editor"))
    assert f"/packs/{pack.id}/progress" in browser.service.get(f"/packs/{pack.id}").content.decode()
    with CaptureQueriesContext(connection) as ran:
        page = browser.service.get(f"/packs/{pack.id}/progress").content.decode()
    assert len(ran) <= MOST_QUERIES
    assert re.search(r"2<span[^>]*> on [^<]+</span></a>, 1 open", page)
    assert "fay@example.com" in page
    assert "Edith Example" in page
