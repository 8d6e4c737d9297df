"""People: the list and its filters, one person, and what admins do about somebody."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preview.accounts.models import Person
from preview.accounts.signon.users import SignonUser, save_user
from preview.audit.models import Entry
from preview.drafts.models import Version
from preview.outbox.models import Delivery
from preview.packs.models import Pack
from preview.sharing.actions import end_links_of_person
from preview.sharing.models import ShareLink
from tests.preview.web.administration.conftest import MOST_QUERIES, walked
from tests.preview.web.conftest import HARBOURS, Browser, Case, person_called

pytestmark = pytest.mark.django_db
LIST = "/administration/people"


@pytest.fixture
def edith() -> Person:
    return person_called("mock-editor")


def place(person: Person, rest: str = "") -> str:
    """Return the address of a person's page, or of something below it."""
    return f"{LIST}/{person.pk}{rest}"


def pack_of(person: Person, name: str = "Spring") -> Pack:
    """Return a new pack that a person owns."""
    return Pack.objects.create(
        name=name, owner=f"person:{person.uid}", organisation_content_id=person.organisation_id
    )


def shown(admin: Any, **query: str) -> set[str]:
    """Return the names that the list shows."""
    page = admin.get(LIST, query)
    assert page.status_code == 200
    return set(re.findall(rf'href="{LIST}/\d+">([^<]+)<', page.content.decode()))


def test_people_are_found_by_name_email_and_filters(admin: Any, edith: Person) -> None:
    now = timezone.now()
    Person.objects.filter(uid="mock-other-editor").update(disabled=True, last_login=now)
    Person.objects.filter(uid="mock-auditor").update(
        blocked_at=now, last_login=now - timedelta(days=100)
    )
    everybody = {"Edith Example", "Oscar Example", "Ada Example", "Audrey Example"}
    assert shown(admin) == everybody
    assert shown(admin, q="edi") == {"Edith Example"}
    assert shown(admin, q="OSCAR@orchards") == {"Oscar Example"}
    assert shown(admin, organisation=HARBOURS) == {"Edith Example", "Ada Example"}
    assert shown(admin, permission="admin") == {"Ada Example"}
    assert shown(admin, permission="share_sensitive") == {"Edith Example"}
    assert shown(admin, state="disabled") == {"Oscar Example"}
    assert shown(admin, state="blocked") == {"Audrey Example"}
    assert shown(admin, state="active") == {"Edith Example", "Ada Example"}
    assert shown(admin, seen="long_ago") == {"Audrey Example"}
    assert shown(admin, seen="week") == {"Oscar Example", "Ada Example"}
    assert shown(admin, seen="never") == {"Edith Example"}
    assert shown(admin, organisation="?", permission="?", state="?", seen="?") == everybody


@pytest.mark.parametrize("after", ["x", "~", "\0~\0", f"{'9' * 18}~\0", "²~x", f"{'9' * 40}~x"])
def test_a_place_in_the_list_that_is_none_shows_a_page(admin: Any, after: str) -> None:
    assert admin.get(LIST, {"after": after}).status_code == 200


def test_pages_of_people_leave_none_out_and_show_none_twice(admin: Any) -> None:
    Person.objects.bulk_create(
        Person(uid=f"many-{n}", name=f"Kim & {n // 3:02}", email=f"k{n}@x.example")
        for n in range(60)
    )
    seen = walked(admin, f"{LIST}?q=kim", rf'href="{LIST}/(\d+)"')
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("organisation", ["", HARBOURS])
def test_the_list_is_read_along_an_index_in_its_order(admin: Any, organisation: str) -> None:
    Person.objects.bulk_create(
        Person(
            uid=f"many-{n}",
            name=f"Kim {n}",
            email=f"k{n}@x.example",
            organisation_id=HARBOURS if n % 2 else None,
        )
        for n in range(1_000)
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
        with CaptureQueriesContext(connection) as ran:
            shown(admin, organisation=organisation)
        wanted = [one["sql"] for one in ran if "LIMIT 26" in one["sql"]]
        assert len(wanted) == 1
        how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{how} {wanted[0]}")
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert ("people_of_organisation" if organisation else "people_by_name") in plan
    assert "Sort" not in plan, plan
    assert "TEMP B-TREE" not in plan, plan


def test_a_person_s_page_shows_what_they_have_in_few_queries(
    admin: Any, edith: Person, case: Case
) -> None:
    for n in range(30):
        pack_of(edith, f"Spring {n}")
        ShareLink.objects.create(
            pack=case.pack,
            created_by="person:mock-editor",
            expires_at=timezone.now() + timedelta(days=2),
        )
    Version.objects.filter(draft=case.draft).update(submitted_by="mock-editor")
    for _ in range(3):
        admin.post(place(edith, "/acts/sign-out"), {"confirmed": "yes"})
    with CaptureQueriesContext(connection) as ran:
        page = admin.get(place(edith)).content.decode()
    assert len(ran) <= MOST_QUERIES
    assert "edith@harbours.example" in page
    assert "Share limited and sensitive drafts" in page
    assert "Spring 7" in page
    assert "When is low tide?" in page
    assert page.count("/administration/links/") == 31


def test_a_person_s_page_tells_no_secret_and_no_title_that_the_admin_may_not_see(
    admin: Any, edith: Person, case: Case
) -> None:
    Person.objects.filter(uid="mock-admin").update(organisation=None)
    Version.objects.filter(draft=case.draft).update(submitted_by="mock-editor")
    page = admin.get(place(edith)).content.decode()
    assert "low tide" not in page.lower()
    assert "A preview that you may not see" in page
    for secret in (edith.password, case.link.passphrase_digest, case.token):
        assert not secret or secret not in page


def test_sessions_end_once_that_is_confirmed(admin: Any, edith: Person) -> None:
    hers = Browser().service
    hers.force_login(edith)
    assert hers.get("/").status_code == 200
    assert (
        "End all sessions of Edith Example?"
        in admin.post(place(edith, "/acts/sign-out")).content.decode()
    )
    assert hers.get("/").status_code == 200
    page = admin.post(place(edith, "/acts/sign-out"), {"confirmed": "yes"}, follow=True)
    assert "All sessions have ended" in page.content.decode()
    assert hers.get("/").status_code == 302
    entry = Entry.objects.get(action="person.sign_out")
    assert (entry.actor, entry.subject) == ("person:mock-admin", "person:mock-editor")


def test_a_stopped_sign_in_stays_stopped_whatever_signon_says(
    admin: Any, edith: Person, case: Case
) -> None:
    hers = Browser().service
    hers.force_login(edith)
    sent = {"confirmed": "yes", "reason": "Her laptop was stolen"}
    assert admin.post(place(edith, "/acts/block"), {"confirmed": "yes"}).status_code == 422
    assert hers.get("/").status_code == 200
    page = admin.post(place(edith, "/acts/block"), sent, follow=True).content.decode()
    assert "Stopped here" in page
    assert "Her laptop was stolen" in page
    assert hers.get("/").status_code == 302

    save_user(
        SignonUser(
            "mock-editor",
            edith.name,
            edith.email,
            ("signin",),
            "harbours",
            uuid.UUID(HARBOURS),
            False,
        )
    )
    assert hers.post("/sign-in", {"uid": "mock-editor"}).status_code == 403
    assert hers.get("/").status_code == 302
    assert not Person.objects.active().filter(uid="mock-editor").exists()

    delivery = Delivery.objects.get(topic="person.disabled")
    end_links_of_person(**delivery.payload, delivery_id=str(delivery.id))
    case.link.refresh_from_db()
    assert (case.link.ended_by, case.link.ended_reason) == ("person:mock-admin", "owner_disabled")

    page = admin.post(place(edith, "/acts/unblock"), {"confirmed": "yes"}, follow=True)
    assert "They can sign in again" in page.content.decode()
    assert hers.get("/").status_code == 302  # the session from before is over
    assert hers.post("/sign-in", {"uid": "mock-editor"}).status_code == 302
    assert list(
        Entry.objects.filter(subject="person:mock-editor", action__contains="block")
        .order_by("pk")
        .values_list("action", flat=True)
    ) == ["person.block", "person.unblock"]


def test_an_admin_can_t_lock_themselves_out(admin: Any) -> None:
    ada = person_called("mock-admin")
    assert "Stop their sign-in" not in admin.get(place(ada)).content.decode()
    response = admin.post(place(ada, "/acts/block"), {"confirmed": "yes", "reason": "Oops"})
    assert response.status_code == 422
    assert "Ask another admin" in response.content.decode()
    assert admin.get(LIST).status_code == 200


def test_a_reason_that_is_too_long_is_refused_and_nothing_is_done(
    admin: Any, edith: Person
) -> None:
    sent = {"confirmed": "yes", "reason": "x" * 301}
    response = admin.post(place(edith, "/acts/block"), sent)
    assert response.status_code == 422
    assert "300 characters or fewer" in response.content.decode()
    edith.refresh_from_db()
    assert edith.is_active


def test_a_person_s_links_end_with_a_reason_and_others_stay(
    admin: Any, edith: Person, case: Case
) -> None:
    lasts = timezone.now() + timedelta(days=2)
    other = ShareLink.objects.create(pack=case.pack, created_by="app:x", expires_at=lasts)
    asked = admin.post(place(edith, "/acts/end-links")).content.decode()
    assert "1 link that they made is open now" in asked
    sent = {"confirmed": "yes", "reason": "They moved"}
    page = admin.post(place(edith, "/acts/end-links"), sent, follow=True).content.decode()
    assert "1 link has ended" in page
    assert "They moved" in page
    case.link.refresh_from_db()
    other.refresh_from_db()
    assert (case.link.alive, other.alive) == (False, True)
    assert Entry.objects.filter(action="share_link.revoke", actor="person:mock-admin").count() == 1


def test_packs_are_handed_over_within_an_organisation(admin: Any, edith: Person) -> None:
    pack, kept = pack_of(edith), pack_of(edith, "Kept")
    sent = {"pack": str(pack.pk), "to": " Ada@harbours.example "}
    page = admin.post(place(edith, "/packs"), sent).content.decode()
    assert "Hand a pack over to Ada Example?" in page
    assert "another organisation" not in page
    pack.refresh_from_db()
    assert pack.owner == "person:mock-editor"
    page = admin.post(place(edith, "/packs"), sent | {"confirmed": "yes"}, follow=True)
    assert "1 pack has a new owner" in page.content.decode()
    assert "to Ada Example: 1 pack" in " ".join(page.content.decode().split())
    pack.refresh_from_db()
    kept.refresh_from_db()
    assert (pack.owner, kept.owner) == ("person:mock-admin", "person:mock-editor")
    entry = Entry.objects.get(action="pack.hand_over")
    assert (entry.actor, entry.pack) == ("person:mock-admin", pack.pk)
    assert entry.detail == {"giver": "person:mock-editor", "to": "person:mock-admin"}


def test_packs_leave_an_organisation_only_with_a_reason(admin: Any, edith: Person) -> None:
    pack, oscar = pack_of(edith), person_called("mock-other-editor")
    sent = {"pack": str(pack.pk), "to": oscar.email}
    asked = admin.post(place(edith, "/packs"), sent).content.decode()
    assert "This leads to another organisation" in asked
    refused = admin.post(place(edith, "/packs"), sent | {"confirmed": "yes"})
    assert refused.status_code == 422
    assert "Enter why Oscar Example" in refused.content.decode()
    pack.refresh_from_db()
    assert pack.owner == "person:mock-editor"
    admin.post(place(edith, "/packs"), sent | {"confirmed": "yes", "reason": "The team moved"})
    pack.refresh_from_db()
    assert pack.owner == "person:mock-other-editor"
    assert pack.organisation_content_id == oscar.organisation_id
    assert Entry.objects.get(action="pack.hand_over").detail["reason"] == "The team moved"


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("", "Enter the email address of somebody"),
        ("nobody@x.example", "Enter the email address of somebody"),
        ("\0", "Enter the email address of somebody"),
        ("edith@harbours.example", "The packs are theirs already"),
        ("oscar@orchards.example", "Oscar Example can&#39;t sign in"),
    ],
)
def test_packs_are_handed_to_nobody_who_can_t_have_them(
    admin: Any, edith: Person, to: str, says: str
) -> None:
    pack = pack_of(edith)
    Person.objects.filter(uid="mock-other-editor").update(blocked_at=timezone.now())
    sent = {"pack": str(pack.pk), "to": to, "confirmed": "yes", "reason": "x"}
    response = admin.post(place(edith, "/packs"), sent)
    assert response.status_code == 422
    assert says in response.content.decode()
    pack.refresh_from_db()
    assert pack.owner == "person:mock-editor"


def test_packs_of_others_can_t_be_slipped_in(admin: Any, edith: Person) -> None:
    others = pack_of(person_called("mock-other-editor"))
    sent = {"pack": [str(others.pk), "x"], "to": "ada@harbours.example", "confirmed": "yes"}
    response = admin.post(place(edith, "/packs"), sent)
    assert response.status_code == 422
    assert "Select at least one pack" in response.content.decode()
    others.refresh_from_db()
    assert others.owner == "person:mock-other-editor"
