"""Packs: made, described, put together, agreed to; children travel with their document."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from preview.access import Staff
from preview.accounts.models import PublisherApp
from preview.audit.models import Entry
from preview.drafts.actions import discard_draft
from preview.drafts.models import Draft
from preview.errors import (
    AccessDenied,
    DraftNotInPack,
    InvalidPack,
    PackFull,
    PackNotFound,
)
from preview.outbox.models import Delivery
from preview.packs import members as members_module
from preview.packs.actions import archive_pack, create_pack, describe_pack, own_pack, set_as_of
from preview.packs.members import (
    add_draft,
    add_to_pack,
    consent,
    move_draft,
    order_drafts,
    remove_draft,
)
from preview.packs.models import Pack
from preview.rendering.missing import missing_drafts
from preview.rendering.queueing import members
from tests.preview.overlay.packs import live_site, save, shown, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
HARBOURS, ORCHARDS = str(uuid.uuid4()), str(uuid.uuid4())
EDITH = Staff("edith", HARBOURS, frozenset({"signin", "share_sensitive"}))
HARRY = Staff("harry", HARBOURS, frozenset({"signin"}))
OSCAR = Staff("oscar", ORCHARDS, frozenset({"signin", "share_sensitive"}))


@pytest.fixture
def pack() -> Pack:
    return create_pack(actor=EDITH, name="Budget day")


def titles(pack: Pack) -> list[str]:
    return [one.draft.title for one in pack.members.select_related("draft")]


def child(name: str, parent: str, **changes: Any) -> dict[str, Any]:
    """Return a child of a document, as an HTML attachment is."""
    kind = {"schema_name": "html_publication", "document_type": "html_publication"}
    return live(name, links={"parent": [parent]}, **kind, **changes)


def changes(pack: Pack) -> list[dict[str, Any]]:
    found = Delivery.objects.filter(topic="pack.changed", payload__pack_id=str(pack.id))
    return [one.payload for one in found.order_by("recorded_at")]


def test_a_pack_belongs_to_its_maker_and_their_organisation(pack: Pack) -> None:
    assert (pack.owner, str(pack.organisation_content_id)) == ("person:edith", HARBOURS)
    describe_pack(actor=HARRY, pack=pack, name="  Budget   week ", description="All of it")
    pack.refresh_from_db()
    assert (pack.name, pack.description) == ("Budget week", "All of it")
    with pytest.raises(AccessDenied):
        describe_pack(actor=OSCAR, pack=pack, name="Mine")
    found = Entry.objects.filter(subject=f"pack:{pack.id}").order_by("id")
    assert list(found.values_list("action", "actor")) == [
        ("pack.create", "person:edith"),
        ("pack.describe", "person:harry"),
    ]


def test_somebody_who_may_not_sign_in_changes_nothing(pack: Pack) -> None:
    for person in (
        Staff("edith", HARBOURS, frozenset()),
        Staff("edith", HARBOURS, EDITH.permissions, active=False),
    ):
        with pytest.raises(AccessDenied):
            describe_pack(actor=person, pack=pack, name="Mine")


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\0b"])
def test_a_name_that_cannot_be_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(InvalidPack) as refused:
        create_pack(actor=EDITH, name=name)
    assert refused.value.field == "name"
    assert Pack.objects.count() == 0


def test_another_time_has_all_of_the_pack_made_again_once(pack: Pack) -> None:
    at = datetime(2027, 4, 1, 9, 30, tzinfo=UTC)
    set_as_of(actor=EDITH, pack=pack, as_of=at)
    set_as_of(actor=EDITH, pack=pack, as_of=at)
    assert changes(pack) == [{"pack_id": str(pack.id), "everything": True}]
    for wrong in (datetime(2027, 4, 1), datetime(1066, 1, 1, tzinfo=UTC)):  # noqa: DTZ001
        with pytest.raises(InvalidPack):
            set_as_of(actor=EDITH, pack=pack, as_of=wrong)


def test_an_archived_pack_takes_no_change(pack: Pack) -> None:
    archive_pack(actor=EDITH, pack=pack)
    with pytest.raises(AccessDenied):
        add_draft(actor=EDITH, pack=pack, draft=save(live("a")))
    with pytest.raises(PackNotFound):
        add_to_pack(pack_id=pack.id, draft=save(live("b")), actor="app:publisher")


def test_a_draft_s_own_pack_is_nobody_s_to_change() -> None:
    draft = save(live("a"))
    for actor in (EDITH, draft.app):
        with pytest.raises(AccessDenied):
            add_draft(actor=actor, pack=own_pack(draft), draft=save(live("b")))


def test_drafts_are_added_in_order_once_and_moved(pack: Pack) -> None:
    a, b, c = (save(live(name)) for name in "abc")
    for draft in (a, b, c, a):
        add_draft(actor=EDITH, pack=pack, draft=draft)
    assert titles(pack) == ["A", "B", "C"]
    move_draft(actor=EDITH, pack=pack, draft=c, to=0)
    assert titles(pack) == ["C", "A", "B"]
    move_draft(actor=EDITH, pack=pack, draft=c, to=99)
    assert titles(pack) == ["A", "B", "C"]
    order_drafts(actor=EDITH, pack=pack, drafts=[b, c, a])
    assert titles(pack) == ["B", "C", "A"]
    for wrong in ([b, c], [b, c, c], [b, c, a, save(live("d"))]):
        with pytest.raises(InvalidPack):
            order_drafts(actor=EDITH, pack=pack, drafts=wrong)
    assert [one["draft_id"] for one in changes(pack)] == [str(one.id) for one in (a, b, c)]


def test_a_draft_that_is_removed_is_gone_from_the_pages(pack: Pack, live_site: Any) -> None:  # noqa: F811
    live_site(site())
    draft = save(live("a"))
    add_draft(actor=EDITH, pack=pack, draft=draft)
    work()
    assert shown(pack, "/a")
    remove_draft(actor=EDITH, pack=pack, draft=draft)
    work()
    assert not shown(pack, "/a")
    with pytest.raises(DraftNotInPack):
        remove_draft(actor=EDITH, pack=pack, draft=draft)


def test_a_draft_that_is_over_or_hidden_can_t_be_added(pack: Pack) -> None:
    over = save(live("a"))
    discard_draft(app=over.app, draft_id=over.id)
    hidden = save(live("b"), limited_to=("oscar",))
    for draft in (Draft.objects.get(id=over.id), hidden):
        with pytest.raises(Draft.DoesNotExist):
            add_draft(actor=EDITH, pack=pack, draft=draft)


def test_a_pack_holds_a_bounded_number_of_drafts(pack: Pack, monkeypatch: Any) -> None:
    monkeypatch.setattr(members_module, "MOST_DRAFTS", 2)
    for name in "ab":
        add_draft(actor=EDITH, pack=pack, draft=save(live(name)))
    with pytest.raises(PackFull, match="at most 2 drafts"):
        add_draft(actor=EDITH, pack=pack, draft=save(live("c")))


def test_a_limited_draft_waits_for_its_owner_and_shows_nothing_before(
    pack: Pack,
    live_site: Any,  # noqa: F811
) -> None:
    live_site(site())
    secret = save(live("secret"), limited_to=("edith", "harry"))
    member = add_draft(actor=HARRY, pack=pack, draft=secret)  # he may see it, not share it
    assert member.waits
    work()
    assert members(pack) == []
    assert not shown(pack, "/secret", "full")
    with pytest.raises(AccessDenied):
        consent(actor=HARRY, pack=pack, draft=secret)
    consent(actor=EDITH, pack=pack, draft=secret)
    consent(actor=EDITH, pack=pack, draft=secret)
    work()
    assert shown(pack, "/secret", "full")
    assert not shown(pack, "/secret", "open")
    assert Entry.objects.filter(action="pack.consent").count() == 1


def test_an_owner_needs_no_consent_and_may_take_the_draft_back(pack: Pack) -> None:
    secret = save(live("secret"), limited_to=("edith",))
    assert not add_draft(actor=EDITH, pack=pack, draft=secret).waits
    remove_draft(actor=secret.app, pack=pack, draft=secret)
    assert titles(pack) == []
    with pytest.raises(AccessDenied):
        remove_draft(actor=OSCAR, pack=pack, draft=secret)


def test_somebody_of_another_organisation_is_not_the_owner(pack: Pack) -> None:
    secret = save(live("secret"), limited_to=("edith", "oscar"))
    Draft.objects.filter(id=secret.id).update(organisation_content_id=ORCHARDS)
    secret.refresh_from_db()
    assert add_draft(actor=EDITH, pack=pack, draft=secret).waits
    with pytest.raises(AccessDenied):
        consent(actor=EDITH, pack=pack, draft=secret)
    assert not consent(actor=OSCAR, pack=pack, draft=secret).waits


def test_the_app_that_owns_a_waiting_draft_agrees_by_adding_it_itself(pack: Pack) -> None:
    secret = save(live("secret"), limited_to=("harry",))
    assert add_draft(actor=HARRY, pack=pack, draft=secret).waits
    assert not add_to_pack(pack_id=pack.id, draft=secret, actor="app:publisher").waits


def test_children_come_with_their_document_and_leave_with_it(pack: Pack) -> None:
    document = save(live("report", "publication"))
    save(child("annex", "report"))
    save(child("table", "annex"))
    add_draft(actor=EDITH, pack=pack, draft=document)
    assert sorted(titles(pack)) == ["Annex", "Report", "Table"]
    remove_draft(actor=EDITH, pack=pack, draft=document)
    assert titles(pack) == []
    assert len(changes(pack)) == 6


def test_a_child_that_is_sent_later_joins_every_pack_of_its_document(
    pack: Pack,
    live_site: Any,  # noqa: F811
) -> None:
    live_site(site())
    document = save(live("report", "publication"))
    add_draft(actor=EDITH, pack=pack, draft=document)
    work()
    save(child("annex", "report"))
    work()
    for one in (pack, own_pack(document)):
        assert shown(one, "/annex")
        assert titles(one) == ["Report", "Annex"]


def test_a_child_that_was_added_by_itself_stays_without_its_document(pack: Pack) -> None:
    document, annex = save(live("report", "publication")), save(child("annex", "report"))
    add_draft(actor=EDITH, pack=pack, draft=document)
    add_draft(actor=EDITH, pack=pack, draft=annex)
    remove_draft(actor=EDITH, pack=pack, draft=document)
    assert titles(pack) == ["Annex"]


def test_documents_that_name_each_other_as_parent_end(pack: Pack) -> None:
    first = save(child("first", "second"))
    save(child("second", "first"))
    save(child("third", "third"))
    add_draft(actor=EDITH, pack=pack, draft=first)
    work({"rendering.render_version": done, "rendering.refresh_pack": done})
    assert titles(pack) == ["First", "Second"]


def done(*, delivery_id: str, **_: Any) -> None:
    from preview.outbox.actions import end_delivery

    end_delivery(delivery_id)


def test_a_limited_child_waits_unless_its_owner_brought_it(pack: Pack) -> None:
    document = save(live("report", "publication"))
    annex = save(child("annex", "report"), limited_to=("edith",))
    add_draft(actor=HARRY, pack=pack, draft=document)
    assert pack.members.get(draft=annex).waits
    consent(actor=EDITH, pack=pack, draft=document)
    assert not pack.members.get(draft=annex).waits
    assert not own_pack(document).members.get(draft=annex).waits


def test_another_app_s_limited_child_waits_everywhere() -> None:
    document = save(live("report", "publication"))
    annex = save(child("annex", "report"), limited_to=("edith",), app="intruder")
    assert own_pack(document).members.get(draft=annex).waits


def test_links_to_drafts_that_the_pack_lacks_are_told_to_who_may_know(
    pack: Pack,
    live_site: Any,  # noqa: F811
) -> None:
    live_site(site())
    text = {"body": '<p><a href="/by-path">x</a></p>'}
    page = save(live("page", links={"related": ["by-id", "secret"]}, details=text))
    by_id, by_path = save(live("by-id")), save(live("by-path"))
    save(live("secret"), limited_to=("oscar",))
    save(live("unrelated"))
    add_draft(actor=EDITH, pack=pack, draft=page)
    work()
    told = Draft.objects.visible_to(EDITH)
    found = missing_drafts(pack, readable=told)
    assert {one.missing.id for one in found} == {by_id.id, by_path.id}
    assert {one.linked_from.id for one in found} == {page.id}
    add_draft(actor=EDITH, pack=pack, draft=by_id)
    assert [one.missing.id for one in missing_drafts(pack, readable=told)] == [by_path.id]


def test_an_app_owns_what_it_makes() -> None:
    app = PublisherApp.objects.create(name="whitehall")
    pack = create_pack(actor=app, name="Reports")
    assert pack.owner == "app:whitehall"
    with pytest.raises(AccessDenied):
        describe_pack(actor=PublisherApp.objects.create(name="other"), pack=pack, name="Mine")


def test_to_know_a_pack_s_id_is_no_permission_for_an_app(pack: Pack) -> None:
    sent = save(live("sent"), app="stranger")
    for _ in range(2):
        member = add_to_pack(pack_id=pack.id, draft=sent, actor="app:stranger")
        assert member.waits
    assert list(pack.counted()) == []
    for actor in (sent.app, OSCAR):
        with pytest.raises(AccessDenied):
            consent(actor=actor, pack=pack, draft=sent)
    consent(actor=HARRY, pack=pack, draft=sent)
    assert list(pack.counted()) == [sent]
    second = save(live("second"), app="stranger")
    assert not add_to_pack(pack_id=pack.id, draft=second, actor="app:stranger").waits


def test_an_app_adds_to_its_own_pack_and_to_one_that_wanted_its_draft(pack: Pack) -> None:
    sent = save(live("sent"))
    own = create_pack(actor=sent.app, name="Own")
    assert not add_to_pack(pack_id=own.id, draft=sent, actor="app:publisher").waits
    add_to_pack(pack_id=pack.id, draft=sent, actor="app:publisher")
    add_draft(actor=EDITH, pack=pack, draft=sent)
    assert list(pack.counted()) == [sent]


def test_the_limited_draft_that_an_app_sent_waits_for_the_pack_alone(pack: Pack) -> None:
    sent = save(live("sent"), limited_to=("edith",))
    add_to_pack(pack_id=pack.id, draft=sent, actor="app:publisher")
    consent(actor=HARRY, pack=pack, draft=sent)
    assert list(pack.counted()) == [sent]


def test_another_app_s_child_joins_nothing_by_naming_its_parent(pack: Pack) -> None:
    document = save(live("report", "publication"))
    add_draft(actor=EDITH, pack=pack, draft=document)
    hanger_on = save(child("annex", "report"), app="stranger")
    work({"rendering.render_version": done, "rendering.refresh_pack": done})
    for place in (pack, own_pack(document)):
        assert place.members.get(draft=hanger_on).waits, place
        assert list(place.counted()) == [document]
    consent(actor=document.app, pack=own_pack(document), draft=hanger_on)
    assert list(own_pack(document).counted()) == [document, hanger_on]


def test_what_an_app_that_waits_brings_along_waits_with_it(pack: Pack) -> None:
    document = save(live("report", "publication"), app="stranger")
    annex = save(child("annex", "report"), app="stranger")
    add_to_pack(pack_id=pack.id, draft=document, actor="app:stranger")
    assert list(pack.counted()) == []
    consent(actor=HARRY, pack=pack, draft=document)
    assert list(pack.counted()) == [document, annex]
