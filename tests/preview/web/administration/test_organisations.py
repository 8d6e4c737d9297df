"""Organisations: the list, what each allows, changing it, what becomes of links, ending all."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preview.access import Sensitivity
from preview.accounts.mock import example_organisations
from preview.accounts.models import Organisation
from preview.audit.actions import record_entry
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.mail.models import Letter
from preview.packs.models import Pack
from preview.sharing.models import ShareLink
from preview.sharing.organisation_rules import breaking, rules_of
from preview.sharing.wanted import Facts, Wanted, longest_days, organisation_of
from tests.preview.web.administration.conftest import MOST_QUERIES, walked
from tests.preview.web.conftest import HARBOURS, Case

pytestmark = pytest.mark.django_db
LIST = "/administration/organisations"
ONE = f"{LIST}/{HARBOURS}"
AS_IT_IS = {
    "anyone_links_allowed": "yes",
    "longest_link_days": "28",
    "longest_anyone_link_days": "7",
    "longest_sensitive_link_days": "7",
}


@pytest.fixture
def harbours(case: Case) -> Organisation:
    Draft.objects.filter(pk=case.draft.pk).update(organisation_content_id=HARBOURS)
    return next(one for one in example_organisations() if str(one.pk) == HARBOURS)


def made(pack: Pack, **values: Any) -> ShareLink:
    """Return one more link of a pack, that opens for two days."""
    known = {"created_by": "person:mock-editor", "expires_at": timezone.now() + timedelta(days=2)}
    return ShareLink.objects.create(pack=pack, **(known | values))


def seen_on(page: str) -> str:
    """Return what the confirm page says that the rules are now."""
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None, page
    return found[1]


def changed(admin: Any, **sent: str) -> Any:
    """Ask for a change, and confirm it with what the confirm page holds."""
    form = AS_IT_IS | {name: value for name, value in sent.items() if name in AS_IT_IS}
    page = admin.post(f"{ONE}/rules", form).content.decode()
    rest = {"confirmed": "yes", "seen": seen_on(page), "reason": "A new policy"}
    return admin.post(f"{ONE}/rules", form | rest | sent, follow=True)


def test_organisations_are_found_by_name_and_by_what_they_allow(admin: Any) -> None:
    page = admin.get(LIST).content.decode()
    assert "Department for Harbours" in page
    assert "Ministry of Orchards" in page
    for query in ({"q": "HARB"}, {"anyone": "yes"}):
        page = admin.get(LIST, query).content.decode()
        assert "Department for Harbours" in page, query
        assert "Ministry of Orchards" not in page, query
    assert "No organisation fits" in admin.get(LIST, {"q": "%"}).content.decode()


def test_pages_of_organisations_leave_none_out(admin: Any) -> None:
    for n in range(60):
        Organisation.objects.create(
            content_id=uuid.uuid4(), title=f"Agency & {n // 3:02}", slug=f"agency-{n}"
        )
    seen = walked(admin, f"{LIST}?q=agency", rf'href="{LIST}/([0-9a-f-]+)"')
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("after", ["x", "~", "\0~\0", f"{uuid.UUID(int=1)}~\0"])
def test_a_place_in_the_list_that_is_none_shows_a_page(admin: Any, after: str) -> None:
    assert admin.get(LIST, {"after": after}).status_code == 200


def test_the_page_needs_few_queries_however_many_links(
    admin: Any, case: Case, harbours: Organisation
) -> None:
    for _ in range(30):
        made(case.pack)
    for _ in range(3):
        changed(admin, anyone_links_allowed="no", links="run_out")
        changed(admin, anyone_links_allowed="yes")
    with CaptureQueriesContext(connection) as ran:
        assert admin.get(ONE).status_code == 200
    assert len(ran) <= MOST_QUERIES


def test_a_change_is_confirmed_audited_and_told_on_the_page(
    admin: Any, harbours: Organisation
) -> None:
    page = changed(admin, longest_link_days="14").content.decode()
    harbours.refresh_from_db()
    assert harbours.longest_link_days == 14
    entry = Entry.objects.get(action="organisation.change_rules")
    assert entry.actor == "person:mock-admin"
    assert entry.detail == {
        "reason": "A new policy",
        "longest_link_days": 14,
        "longest_link_days_before": 28,
    }
    assert "The rules are saved" in page
    assert "28 days, now 14 days" in page
    assert "A new policy" in page
    assert "Ada Example" in page


def test_the_history_leaves_out_what_was_noted_about_the_use_of_integration(
    admin: Any, harbours: Organisation
) -> None:
    subject = f"organisation:{harbours.pk}"
    record_entry(action="usage_organisation.change", actor="person:mock-admin", subject=subject)
    assert "Nobody has changed anything here yet" in admin.get(ONE).content.decode()


def test_nothing_changes_before_it_is_confirmed(admin: Any, harbours: Organisation) -> None:
    page = admin.post(f"{ONE}/rules", AS_IT_IS | {"anyone_links_allowed": "no"})
    assert page.status_code == 200
    harbours.refresh_from_db()
    assert harbours.anyone_links_allowed
    assert not Entry.objects.filter(action="organisation.change_rules").exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"longest_link_days": ""}, "Enter a whole number of days"),
        ({"longest_link_days": "2.5"}, "Enter a whole number of days"),
        ({"longest_link_days": "0"}, "must be from 1 to 28 days"),
        ({"longest_link_days": "9" * 30}, "must be from 1 to 28 days"),
        ({"longest_anyone_link_days": "-1"}, "must be from 1 to 28 days"),
        ({"longest_link_days": "5"}, "can&#39;t be more than for any link"),
        ({"anyone_links_allowed": "perhaps"}, "Select whether links for anyone are allowed"),
        ({}, "You changed none of the rules"),
    ],
)
def test_rules_that_can_t_be_are_refused_with_a_sentence(
    admin: Any, harbours: Organisation, sent: dict[str, str], says: str
) -> None:
    before = rules_of(harbours)
    response = admin.post(f"{ONE}/rules", AS_IT_IS | sent | {"confirmed": "yes", "reason": "x"})
    assert response.status_code == 422
    assert says in response.content.decode()
    harbours.refresh_from_db()
    assert rules_of(harbours) == before


def test_a_change_needs_a_reason_and_an_answer_about_links(
    admin: Any, case: Case, harbours: Organisation
) -> None:
    made(case.pack, kind="anyone")
    response = changed(admin, anyone_links_allowed="no")
    assert response.status_code == 422
    assert "Select what becomes of these links" in response.content.decode()
    response = changed(admin, anyone_links_allowed="no", links="end", reason=" ")
    assert response.status_code == 422
    assert "Enter why" in response.content.decode()
    harbours.refresh_from_db()
    assert harbours.anyone_links_allowed
    assert not ShareLink.objects.exclude(ended_at=None).exists()


def test_rules_that_somebody_else_changed_meanwhile_stay(
    admin: Any, harbours: Organisation
) -> None:
    form = AS_IT_IS | {"longest_link_days": "14"}
    page = admin.post(f"{ONE}/rules", form).content.decode()
    Organisation.objects.filter(pk=HARBOURS).update(longest_link_days=20)
    rest = {"confirmed": "yes", "seen": seen_on(page), "reason": "A new policy"}
    response = admin.post(f"{ONE}/rules", form | rest)
    assert response.status_code == 422
    assert "Somebody else has changed these rules" in response.content.decode()
    harbours.refresh_from_db()
    assert harbours.longest_link_days == 20


def test_links_that_would_break_the_rules_are_told_before_and_run_out_or_end(
    admin: Any, case: Case, harbours: Organisation
) -> None:
    Draft.objects.filter(pk=case.draft.pk).update(limited=False)
    open_to_all = made(case.pack, kind="anyone")
    long = made(case.pack, expires_at=timezone.now() + timedelta(days=20))
    short = made(case.pack)
    wanted = {"anyone_links_allowed": "no", "longest_link_days": "10"}
    page = admin.post(f"{ONE}/rules", AS_IT_IS | wanted).content.decode()
    assert "2 links would break the new rules" in page
    page = changed(admin, **wanted, links="run_out").content.decode()
    assert not ShareLink.objects.exclude(ended_at=None).exists()
    assert "2 links could not be made under these rules today" in page

    page = admin.post(f"{ONE}/end-links", {"which": "breaking"}).content.decode()
    assert "End 2 links of Department for Harbours?" in page
    sent = {"which": "breaking", "confirmed": "yes", "reason": "They may leak"}
    page = admin.post(f"{ONE}/end-links", sent, follow=True).content.decode()
    assert "2 links have ended" in page
    ended = ShareLink.objects.filter(ended_reason="rules_changed", ended_by="person:mock-admin")
    assert set(ended) == {open_to_all, long}
    short.refresh_from_db()
    assert short.alive
    letter = Letter.objects.get(template="links_ended")
    assert letter.to == "edith@harbours.example"
    assert Entry.objects.filter(action="share_link.revoke").count() == 2
    assert Entry.objects.get(action="organisation.end_links").detail["links"] == 2


def test_links_end_with_the_change_where_that_is_asked_for(
    admin: Any, case: Case, harbours: Organisation
) -> None:
    link, other = made(case.pack, kind="anyone"), made(case.pack)
    page = changed(admin, anyone_links_allowed="no", links="end").content.decode()
    assert "The rules are saved. 1 link has ended." in page
    link.refresh_from_db()
    other.refresh_from_db()
    assert (link.alive, other.alive) == (False, True)


def test_a_link_breaks_the_rules_where_it_could_not_be_made_anew(
    case: Case, harbours: Organisation
) -> None:
    Organisation.objects.filter(pk=HARBOURS).update(
        longest_link_days=12, longest_anyone_link_days=4, longest_sensitive_link_days=8
    )
    harbours.refresh_from_db()
    case.pack.refresh_from_db()
    now = timezone.now()
    links = [
        made(case.pack, kind=kind, covers_limited=covers, expires_at=now + timedelta(days=days))
        for kind, covers, days in product(ShareLink.Kind, (True, False), (3, 6, 10, 14))
    ]
    for sensitivity, limited in product(Sensitivity, (True, False)):
        Draft.objects.filter(pk=case.draft.pk).update(sensitivity=sensitivity, limited=limited)
        found = set(breaking(harbours, rules_of(harbours), now))
        wanted = {one for one in links if one.expires_at > now + timedelta(days=longest_for(one))}
        assert found - {case.link} == wanted, (sensitivity, limited)
        assert len(wanted) < len(links)


def longest_for(link: ShareLink) -> int:
    """Return how long the rules for new links let one like this last, in days."""
    drafts = tuple(link.pack.counted())
    wanted = Wanted(link.expires_at, link.kind)
    facts = Facts(wanted, drafts, organisation_of(link.pack), link.covers_limited)
    return longest_days(facts)


def test_all_links_of_an_organisation_end_with_a_reason_and_those_of_others_stay(
    admin: Any, case: Case, harbours: Organisation
) -> None:
    others = Pack.objects.create(name="Orchards", organisation_content_id=uuid.uuid4())
    stays, mine = made(others), [made(case.pack) for _ in range(3)]
    assert "End all links of this organisation" in admin.get(ONE).content.decode()
    page = admin.post(f"{ONE}/end-links", {"which": "all"}).content.decode()
    assert "End 4 links of Department for Harbours?" in page  # that of the draft's own pack, too
    sent = {"which": "all", "confirmed": "yes"}
    assert admin.post(f"{ONE}/end-links", sent).status_code == 422
    assert not ShareLink.objects.exclude(ended_at=None).exists()
    page = admin.post(f"{ONE}/end-links", sent | {"reason": "A leak"}, follow=True)
    assert "4 links have ended" in page.content.decode()
    assert "A leak" in page.content.decode()
    stays.refresh_from_db()
    assert stays.alive
    assert all(not ShareLink.objects.get(pk=one.pk).alive for one in (*mine, case.link))


def test_many_links_end_in_parts(
    admin: Any, case: Case, harbours: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("preview.sharing.organisation_rules.A_PART", 2)
    for _ in range(4):
        made(case.pack)
    sent = {"which": "all", "confirmed": "yes", "reason": "A leak"}
    page = admin.post(f"{ONE}/end-links", sent, follow=True).content.decode()
    assert "5 links have ended" in page
    assert "No link of the organisation is open" in admin.post(f"{ONE}/end-links").content.decode()
