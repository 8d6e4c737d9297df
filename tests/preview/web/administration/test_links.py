"""All links: filters by risk, pages, a pasted address, stopping many, the proof asked for."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preview.accounts.models import Organisation, Person
from preview.audit.actions import record_entry
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.outbox.models import Delivery
from preview.packs.actions import own_pack
from preview.packs.models import Pack
from preview.sharing import all_links
from preview.sharing.models import Grant, GuestSession, ShareLink
from preview.sharing.proving import run_probe
from preview.sharing.risks import RISKS
from tests.preview.web.conftest import HARBOURS, Browser, Case, person_called

pytestmark = pytest.mark.django_db
LIST = "/administration/links"
MOST_QUERIES = 12


@pytest.fixture
def admin() -> Browser:
    browser = Browser()
    browser.service.force_login(person_called("mock-admin"))
    return browser


def made(pack: Pack, **values: Any) -> ShareLink:
    """Return one more link of a pack, that opens for two days."""
    known = {"created_by": "person:mock-editor", "expires_at": timezone.now() + timedelta(days=2)}
    return ShareLink.objects.create(pack=pack, **(known | values))


def ids(browser: Browser, **query: str) -> set[str]:
    """Return the links that the list shows."""
    page = browser.service.get(LIST, query)
    assert page.status_code == 200
    return set(re.findall(r'id="link-([0-9a-f-]+)"', page.content.decode()))


def opened(link: ShareLink, times: int) -> None:
    """Let as many browsers have opened a link."""
    for _ in range(times):
        session = GuestSession.objects.create(digest=uuid.uuid4().hex)
        Grant.objects.create(session=session, link=link)


def risky(key: str, case: Case) -> ShareLink:
    """Return a link that has one risk."""
    pack = case.pack
    if key == "anyone":
        return made(pack, kind="anyone")
    if key == "long":
        return made(pack, expires_at=timezone.now() + timedelta(days=20))
    if key == "sensitive":
        Draft.objects.filter(id=case.draft.id).update(sensitivity="market_sensitive")
        return case.link
    if key == "unopened":
        return made(pack, created_at=timezone.now() - timedelta(days=3))
    return risky_by_people(key, pack)


def risky_by_people(key: str, pack: Pack) -> ShareLink:
    """Return a link whose risk lies with who made it, opened it or was refused."""
    link = made(pack, most_people=2)
    if key == "crowded":
        opened(link, 3)
    elif key == "denials":
        for _ in range(5):
            record_entry(action="share_link.deny", actor="client:1", subject=f"link:{link.id}")
    else:
        left = Person.objects.create(uid="left", name="Lee Left", email="l@x.example")
        other = Organisation.objects.create(content_id=uuid.uuid4(), title="Else", slug="else")
        Person.objects.filter(pk=left.pk).update(organisation=other)
        link.created_by = "person:left"
        link.save()
    return link


@pytest.mark.parametrize("key", RISKS)
def test_a_filter_finds_the_links_with_its_risk(key: str, case: Case, admin: Browser) -> None:
    harmless = made(case.pack)
    link = risky(key, case)
    found = ids(admin, risk=key)
    assert str(link.id) in found
    assert str(harmless.id) not in found or key == "sensitive"
    page = admin.service.get(f"{LIST}/{link.id}").content.decode()
    assert RISKS[key].name in page


def test_a_link_as_many_people_opened_as_it_is_for_is_not_crowded(
    case: Case, admin: Browser
) -> None:
    link = made(case.pack, most_people=2)
    opened(link, 2)
    assert str(link.id) not in ids(admin, risk="crowded")


def test_links_of_a_disabled_owner_are_found(case: Case, admin: Browser) -> None:
    Person.objects.create(uid="gone", name="Gone", email="g@x.example", disabled=True)
    link = made(case.pack, created_by="person:gone")
    assert ids(admin, risk="owner") == {str(link.id)}


def test_links_are_found_by_owner_organisation_and_state(case: Case, admin: Browser) -> None:
    Person.objects.create(uid="zoe", name="Zoe Example", email="zoe@x.example")
    link = made(case.pack, created_by="person:zoe", ended_at=timezone.now())
    assert ids(admin, owner="Zoe", state="all") == {str(link.id)}
    assert ids(admin, owner="zoe@x.example", state="ended") == {str(link.id)}
    assert ids(admin, owner="Zoe") == set()
    assert str(link.id) in ids(admin, organisation=HARBOURS, state="all")
    assert ids(admin, organisation=str(uuid.uuid4()), state="all") == set()


def test_pages_of_links_leave_none_out_and_show_none_twice(case: Case, admin: Browser) -> None:
    now = timezone.now()
    wanted = {
        str(made(case.pack, created_by="app:many", created_at=now - timedelta(seconds=n // 3)).id)
        for n in range(60)
    }
    place, seen = f"{LIST}?owner=many", []
    while place:
        page = admin.service.get(place).content.decode()
        seen += re.findall(r'id="link-([0-9a-f-]+)"', page)
        older = re.search(r'href="(\?[^"]*older=[^"]+)"', page)
        place = LIST + older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == 60
    assert set(seen) == wanted


def test_links_that_are_over_come_by_their_end_and_page_by_page(case: Case, admin: Browser) -> None:
    now = timezone.now()
    ShareLink.objects.bulk_create(
        ShareLink(
            pack=case.pack,
            created_by="app:many",
            created_at=now - timedelta(days=50 - n),
            expires_at=now - timedelta(hours=1 + n // 2),
            ended_at=now - timedelta(hours=2 + n // 2) if n % 3 else None,
        )
        for n in range(60)
    )
    made(case.pack, created_by="app:many")
    place, seen = f"{LIST}?owner=many&state=ended", []
    while place:
        page = admin.service.get(place).content.decode()
        seen += re.findall(r'id="link-([0-9a-f-]+)"', page)
        older = re.search(r'href="(\?[^"]*older=[^"]+)"', page)
        place = LIST + older[1].replace("&amp;", "&") if older else ""
    over = {str(one.id): one.over_at for one in ShareLink.objects.filter(expires_at__lte=now)}
    assert sorted(seen) == sorted(over)
    assert [over[one] for one in seen] == sorted(over.values(), reverse=True)


def many_links(pack: Pack) -> None:
    """Make 1,200 links: a third live, a third that expired, a third that was stopped."""
    now = timezone.now()
    ShareLink.objects.bulk_create(
        ShareLink(
            pack=pack,
            created_by="app:many",
            created_at=now - timedelta(minutes=n),
            expires_at=now + timedelta(hours=1 if n % 3 else -1),
            ended_at=now if n % 3 == 1 else None,
        )
        for n in range(1_200)
    )


@pytest.mark.parametrize(
    ("state", "index"),
    [
        ("live", "share_links_not_ended"),
        ("ended", "share_links_by_over"),
        ("all", "share_links_newest"),
    ],
)
def test_each_list_is_read_along_an_index_in_its_order(
    case: Case, admin: Browser, state: str, index: str
) -> None:
    many_links(case.pack)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
        for older in (False, True):
            query = {"state": state}
            if older:
                first = all_links.page_of(all_links.Filters(state=state), timezone.now())
                query["older"] = first.older
            with CaptureQueriesContext(connection) as ran:
                assert admin.service.get(LIST, query).status_code == 200
            wanted = [one["sql"] for one in ran if "LIMIT 26" in one["sql"]]
            assert len(wanted) == 1
            how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{how} {wanted[0]}")
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
            assert index in plan, plan
            assert "Sort" not in plan, plan
            assert "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize("query", [{"older": "x"}, {"risk": "none"}, {"organisation": "?"}])
def test_a_filter_that_cannot_be_used_narrows_nothing(
    case: Case, admin: Browser, query: dict[str, str]
) -> None:
    assert str(case.link.id) in ids(admin, **query)


def test_the_pages_need_few_queries(case: Case, admin: Browser) -> None:
    for _ in range(30):
        opened(made(case.pack), 2)
    for place in (LIST, f"{LIST}?risk=crowded", f"{LIST}/{case.link.id}", "/administration"):
        with CaptureQueriesContext(connection) as found:
            assert admin.service.get(place).status_code == 200
        assert len(found) <= MOST_QUERIES, place


def test_a_pasted_address_leads_to_its_link(case: Case, admin: Browser) -> None:
    for text in (
        f"http://preview.localhost/s/{case.token}",
        f" http://preview.localhost/s/{case.token}?utm_source=x ",
        f"http://preview.localhost/shared/{case.link.id}/low-tide",
        str(case.link.id),
    ):
        answer = admin.service.post(f"{LIST}/find", {"address": text})
        assert answer["Location"] == f"{LIST}/{case.link.id}", text


@pytest.mark.parametrize("text", ["", "http://x.example/", "\0", "k1.AAAA", str(uuid.UUID(int=7))])
def test_what_is_no_address_of_a_link_is_said(case: Case, admin: Browser, text: str) -> None:
    answer = admin.service.post(f"{LIST}/find", {"address": text})
    assert answer.status_code == 422
    assert b"not the address of a share link" in answer.content


def test_a_forged_address_leads_nowhere(case: Case, admin: Browser) -> None:
    forged = case.token[:-4] + ("AAAA" if case.token[-4:] != "AAAA" else "BBBB")
    assert admin.service.post(f"{LIST}/find", {"address": f"/s/{forged}"}).status_code == 422


def test_stopping_names_the_links_and_waits_for_a_yes(case: Case, admin: Browser) -> None:
    other = made(case.pack, label="For the board")
    chosen = {"link": [str(case.link.id), str(other.id)]}
    page = admin.service.post(f"{LIST}/stop", chosen).content.decode()
    assert "Stop 2 links?" in page
    assert "For the board" in page
    assert not ShareLink.objects.filter(ended_at__isnull=False).exists()
    page = admin.service.post(f"{LIST}/stop", chosen | {"confirmed": "yes"}).content.decode()
    assert "2 stopped" in page
    ended = Entry.objects.filter(action="share_link.revoke").values_list("actor", "subject")
    assert set(ended) == {("person:mock-admin", f"link:{one}") for one in chosen["link"]}
    again = admin.service.post(f"{LIST}/stop", chosen | {"confirmed": "yes"}).content.decode()
    assert "0 stopped, 2 had ended before" in again
    assert Entry.objects.filter(action="share_link.revoke").count() == 2


def test_one_that_cannot_be_stopped_keeps_no_other_alive(
    case: Case, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = made(case.pack)

    def fails_for_one(*, link: ShareLink, revoked_by: str) -> ShareLink:
        if link.id == other.id:
            raise DatabaseError
        return kept(link=link, revoked_by=revoked_by)

    kept = all_links.revoke_share_link
    monkeypatch.setattr(all_links, "revoke_share_link", fails_for_one)
    chosen = {"link": [str(case.link.id), str(other.id), str(uuid.uuid4()), "x"]}
    page = admin.service.post(f"{LIST}/stop", chosen | {"confirmed": "yes"}).content.decode()
    assert "1 stopped, 2 are not there any more, 1 could not be stopped" in page
    assert re.findall(r'name="link" value="([^"]+)"', page) == [str(other.id)]
    case.link.refresh_from_db()
    assert case.link.ended_at


def test_all_links_of_a_pack_are_stopped_and_no_other(case: Case, admin: Browser) -> None:
    mine = {made(case.pack).id, made(case.pack).id}
    page = admin.service.post(f"{LIST}/stop", {"pack": str(case.pack.id)}).content.decode()
    listed = re.findall(r'href="/administration/links/([0-9a-f-]{36})"', page)
    assert {uuid.UUID(one) for one in listed} == mine
    admin.service.post(f"{LIST}/stop", {"pack": str(case.pack.id), "confirmed": "yes"})
    assert not ShareLink.objects.filter(pack=case.pack, ended_at=None).exists()
    case.link.refresh_from_db()
    assert case.link.ended_at is None


def test_an_admin_of_elsewhere_stops_links_without_learning_titles(
    case: Case, admin: Browser
) -> None:
    Person.objects.filter(uid="mock-admin").update(organisation=None)
    link = f"{LIST}/{case.link.id}"
    for page in (admin.service.get(LIST), admin.service.get(link)):
        assert "low tide" not in page.content.decode().lower()
    chosen = {"link": str(case.link.id), "confirmed": "yes"}
    assert b"1 stopped" in admin.service.post(f"{LIST}/stop", chosen).content


def test_a_probe_is_asked_for_once_and_run_by_a_worker(
    case: Case, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"{LIST}/{case.link.id}"
    assert admin.service.post(f"{place}/probe").status_code == 302
    assert b"on its way" in admin.service.get(place).content
    delivery = Delivery.objects.get(topic="pack.probe_wanted")
    monkeypatch.setattr("preview.sharing.probing.TIMEOUT", 0.001)
    for _ in range(2):
        run_probe(**delivery.payload, delivery_id=str(delivery.id))
    assert Entry.objects.filter(action="probe.run", actor="person:mock-admin").count() == 1
    page = admin.service.get(place).content
    assert b"on its way" not in page
    assert b"Open at" in page  # nobody answered: that proves nothing


@pytest.mark.parametrize("of", ["organisation", "draft", "pack"])
def test_all_links_of_one_thing_are_stopped_however_many_they_are(
    of: str, case: Case, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("preview.web.administration.links.MOST_AT_ONCE", 2)
    Draft.objects.update(organisation_content_id=HARBOURS)
    elsewhere = made(Pack.objects.create(name="Elsewhere"))
    for _ in range(4):
        made(case.pack)
    target = {"organisation": HARBOURS, "draft": case.draft.id, "pack": case.pack.id}[of]
    living = ShareLink.objects.filter(ended_at=None).exclude(id=elsewhere.id)
    living = living.filter(pack=case.pack) if of == "pack" else living
    count = living.count()
    page = admin.service.post(f"{LIST}/stop", {of: target}).content.decode()
    assert f"Stop {count} links?" in page
    assert f"and {count - 2} more" in page
    assert living.count() == count
    done = admin.service.post(f"{LIST}/stop", {of: target, "confirmed": "yes"}).content.decode()
    assert f"{count} stopped" in done
    assert not living.exists()
    elsewhere.refresh_from_db()
    assert elsewhere.alive


def test_the_list_of_an_organisation_offers_to_stop_all(case: Case, admin: Browser) -> None:
    made(case.pack)
    page = admin.service.get(LIST, {"organisation": HARBOURS}).content.decode()
    assert "Stop every link of this organisation" in page
    assert "Stop every link" not in admin.service.get(LIST).content.decode()


def test_a_draft_s_page_stops_links_of_other_packs_too(case: Case) -> None:
    editor = Browser()
    editor.service.force_login(person_called("mock-editor"))
    link, own = made(case.pack), own_pack(case.draft)
    place = f"/packs/{own.id}/share"
    assert "shows this draft too" in editor.service.get(place).content.decode()
    answer = editor.service.post(f"/drafts/{case.draft.id}/share/stop")
    assert answer["Location"] == place
    link.refresh_from_db()
    assert (link.ended_reason, link.ended_by) == ("revoked", "person:mock-editor")
    assert "this draft too" not in editor.service.get(place).content.decode()
