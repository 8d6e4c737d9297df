"""A person's desk: groups, filters, pages, what needs them, saved views, last looks."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from preview.access import Act
from preview.accounts.mock import ORGANISATIONS, example_people
from preview.accounts.models import Person
from preview.accounts.staff import staff_of
from preview.desk.actions import MOST_VIEWS, delete_view, note_look, save_view
from preview.desk.filters import Filters
from preview.desk.models import LastLook, SavedView
from preview.desk.needs import needs
from preview.desk.paging import A_PAGE, page_of
from preview.desk.queries import choices, drafts_of, group_of, packs_of
from preview.desk.whose import GROUPS, Owner
from preview.drafts.models import Draft
from preview.errors import InvalidInput
from preview.packs.actions import create_pack, own_pack
from preview.packs.models import Audience
from preview.rendering.actions import render_version
from preview.review.comments.actions import Place, Said, begin_thread, reply, resolve_thread
from preview.review.comments.models import Thread
from preview.review.fact_checks.asking import Request, request_fact_check
from preview.review.fact_checks.models import FactCheck
from preview.review.sign_offs.actions import give_sign_off
from preview.review.sign_offs.shown import newest_shown
from preview.sharing.actions import make_link, revoke_share_link
from preview.sharing.models import ShareLink
from preview.sharing.requests import ask_for_link
from preview.sharing.wanted import Wanted
from tests.conftest import content_item
from tests.preview.review.conftest import EDITH, OSCAR
from tests.rendered import rendered

pytestmark = pytest.mark.django_db
HARBOURS = str(ORGANISATIONS[0][0])
ENDS = timedelta(days=5)


def owner(uid: str = "mock-editor") -> Owner:
    """Return an example person at their desk."""
    person = next(one for one in example_people() if one.uid == uid)
    return Owner(person, staff_of(person))


def item(name: str, **changes: Any) -> dict[str, Any]:
    """Return an item with a path of its own."""
    path = f"/{name}"
    routes = [{"path": path, "type": "exact"}]
    return content_item(title=name.capitalize(), base_path=path, routes=routes, **changes)


@pytest.fixture
def make(send: Any) -> Any:
    """Save a draft; `by` is who saved it in the publishing app."""

    def save(name: str, by: str = "", **changes: Any) -> Draft:
        content_id = str(uuid.uuid4())
        answer = send(content_id, item(name, **changes), x_govuk_authenticated_user=by)
        assert answer.status_code == 201, answer.content
        return Draft.objects.get(content_id=content_id)

    return save


def titles(whose: str, uid: str = "mock-editor", **filters: str) -> list[str]:
    """Return the titles of a person's group."""
    found = drafts_of(owner(uid), GROUPS[whose], Filters(**filters))
    return [one.title for one in found.order_by("title")]


@pytest.fixture
def four(make: Any) -> None:
    """Save a draft of each kind of belonging."""
    make("mine", by="mock-editor")
    make("ours", links={"primary_publishing_organisation": [HARBOURS]})
    make("named", access_limited={"users": ["mock-editor"]})
    make("hidden", access_limited={"users": ["somebody"]})


def test_each_group_holds_its_own(four: None) -> None:
    assert titles("yours") == ["Mine"]
    assert titles("organisation") == ["Ours"]
    assert titles("shared") == ["Named"]
    assert titles("all") == ["Mine", "Named", "Ours"]
    assert titles("all", "mock-other-editor") == ["Mine", "Ours"]
    assert titles("organisation", "mock-other-editor") == []


def test_who_asks_for_nothing_gets_the_first_group_with_something(four: None) -> None:
    assert group_of(owner(), Filters()).name == "yours"
    assert group_of(owner("mock-admin"), Filters()).name == "organisation"
    assert group_of(owner("mock-other-editor"), Filters()).name == "all"
    assert group_of(owner(), Filters(q="tide")).name == "all"
    assert group_of(owner(), Filters(q="tide", whose="yours")).name == "yours"
    assert group_of(owner(), Filters(whose="nonsense")).name == "yours"


def test_a_link_sent_to_me_brings_its_drafts_until_it_ends(make: Any) -> None:
    wanted = Wanted(timezone.now() + ENDS, recipients=("edith@harbours.example",))
    new = make_link(pack=own_pack(make("tides")), maker="person:oscar", wanted=wanted)
    assert titles("shared") == ["Tides"]
    revoke_share_link(link=new.link, revoked_by="person:oscar")
    assert titles("shared") == []


def test_filters_keep_what_they_name(four: None) -> None:
    draft = Draft.objects.get(title="Mine")
    assert titles("all", q="min") == ["Mine"]
    assert titles("all", q="/our") == ["Ours"]
    assert titles("all", q=str(draft.content_id)) == ["Mine"]
    assert titles("all", organisation=HARBOURS) == ["Ours"]
    assert titles("all", organisation="nonsense") == ["Mine", "Named", "Ours"]
    assert titles("all", app="publisher", type="answer", since="7") == ["Mine", "Named", "Ours"]
    assert titles("all", app="whitehall") == []
    assert titles("all", state="discarded") == []
    Draft.objects.filter(id=draft.id).update(state=Draft.State.DISCARDED)
    assert titles("all", state="discarded") == ["Mine"]
    assert titles("all", state="nonsense") == ["Named", "Ours"]
    Draft.objects.update(updated_at=timezone.now() - timedelta(days=8))
    assert titles("all", since="7") == []


def test_filters_are_read_from_anything() -> None:
    read = Filters.read({"q": " low \0 tide ", "state": None, "unknown": "x", "app": "x" * 999})
    assert (read.q, read.state, len(read.app)) == ("low tide", "None", 200)
    assert Filters.read({}).given() == {}
    assert not Filters(whose="yours").narrowing()


def test_pages_follow_one_another_and_nothing_is_lost(make: Any) -> None:
    make("first")
    first = Draft.objects.get()
    at = timezone.now()
    Draft.objects.bulk_create(
        Draft(
            content_id=uuid.uuid4(),
            locale="en",
            app=first.app,
            title=f"Draft {number}",
            version_number=1,
            schema_name="answer",
            document_type="answer",
            updated_at=at - timedelta(seconds=number // 3),  # several at the same moment
        )
        for number in range(2 * A_PAGE + 5)
    )
    drafts = Draft.objects.open()
    pages = [page_of(drafts)]
    while pages[-1].older:
        pages.append(page_of(drafts, older=pages[-1].older))
    seen = [draft.id for page in pages for draft in page.rows]
    assert seen == list(drafts.order_by("-updated_at", "-id").values_list("id", flat=True))
    assert [len(page.rows) for page in pages] == [A_PAGE, A_PAGE, 6]
    back = page_of(drafts, newer=pages[2].newer)
    assert [one.id for one in back.rows] == [one.id for one in pages[1].rows]
    assert (back.newer, back.older) == (pages[1].newer, pages[1].older)
    assert page_of(drafts, newer=back.newer).newer == ""
    assert page_of(drafts, older="nonsense").rows == pages[0].rows
    assert page_of(drafts, newer=pages[0].older.replace("+00:00", "")).rows == pages[0].rows


def said(uid: str = "mock-editor") -> list[str]:
    """Return what needs a person, in words."""
    return [f"{one.subject}: {one.sentence}" for one in needs(owner(uid))]


def test_a_failed_preview_needs_whoever_saved_it_until_the_next_version(
    make: Any, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make("mine", by="mock-editor")
    version = draft.versions.get()
    rendering = render_version(version_id=version.pk, delivery_id=str(uuid.uuid4()))
    assert rendering
    rendering.state, rendering.failure = "failed", "The page is too large."
    rendering.save()
    assert said() == ["Mine: The preview failed. The page is too large."]
    assert said("mock-other-editor") == []
    send(str(draft.content_id), item("mine", description="Shorter"))
    assert said() == []


def test_links_need_their_maker_shortly_before_they_end(make: Any) -> None:
    pack = own_pack(make("tides"))
    wanted = Wanted(timezone.now() + timedelta(hours=30), kind="passphrase", passphrase="low water")
    new = make_link(pack=pack, maker="person:mock-editor", wanted=wanted)
    assert said() == ["Tides: A link ends soon."]
    assert needs(owner())[0].until == new.link.expires_at
    assert said("mock-other-editor") == []
    ask_for_link(link=new.link, email="fay@example.com")
    assert "Tides: fay@example.com asks for a new link." in said()
    revoke_share_link(link=new.link, revoked_by="person:mock-editor")
    assert said() == ["Tides: fay@example.com asks for a new link."]


@pytest.mark.parametrize("limits", [None, ["mock-editor"], ["mock-admin"], ["somebody"]])
def test_links_to_agree_to_are_those_that_the_policy_lets_one_agree_to(
    make: Any, limits: list[str] | None
) -> None:
    changes = {"access_limited": {"users": limits}} if limits else {}
    pack = own_pack(make("budget", **changes))
    wanted = Wanted(timezone.now() + ENDS, kind="passphrase", passphrase="low water", reason="x")
    link = make_link(pack=pack, maker="person:mock-admin", wanted=wanted, covers_limited=True).link
    ShareLink.objects.filter(id=link.id).update(needs_approval=True, approved_at=None)
    for uid in ("mock-editor", "mock-other-editor", "mock-admin"):
        allowed = pack.decide(owner(uid).staff, Act.APPROVE).allowed and uid != "mock-admin"
        waits = any("second person" in one for one in said(uid))
        assert waits == allowed, uid


def reviewed(make: Any) -> tuple[Draft, Thread]:
    """Save and render a draft of Edith's, with a comment of Oscar's."""
    draft = make("tides", by="mock-editor")
    rendered(draft)
    place = Place(own_pack(draft), draft.versions.get(), draft.base_path)
    return draft, begin_thread(place=place, reviewer=OSCAR, said=Said("Is this right?"))


def test_comments_wait_for_whoever_did_not_speak_last(make: Any) -> None:
    draft, thread = reviewed(make)
    waits = "Tides: 1 comment waits for an answer."
    assert said() == [waits]
    assert said("mock-other-editor") == []
    reply(thread=thread, version=draft.versions.get(), reviewer=EDITH, said=Said("Yes."))
    assert (said(), said("mock-other-editor")) == ([], [waits])
    resolve_thread(thread=thread, reviewer=EDITH)
    assert said("mock-other-editor") == []


def test_a_fact_check_needs_those_who_are_asked_and_then_who_asked(make: Any) -> None:
    draft = make("tides", by="mock-editor")
    rendered(draft)
    request = Request(["oscar@orchards.example"])
    asked = request_fact_check(draft=draft, staff=owner().staff, name="Edith", wanted=request)
    own = [one for one in needs(owner("mock-other-editor")) if one.page == "fact_check"]
    assert [one.until for one in own] == [asked.respond_by]
    assert "Edith asks you to check the facts" in own[0].sentence
    assert said() == []
    late = timezone.now() - timedelta(hours=1)
    FactCheck.objects.filter(pk=asked.pk).update(respond_by=late)
    assert said() == ["Tides: 1 person has not answered the fact check in time."]
    asked.checkers.update(answered_at=late)
    assert said() == ["Tides: Everybody answered the fact check."]
    FactCheck.objects.filter(pk=asked.pk).update(closed_at=late)
    assert said() == []


def test_a_sign_off_needs_a_look_once_the_draft_changed_until_it_is_given_again(
    make: Any, send: Any
) -> None:
    draft = make("tides", by="mock-editor")
    rendered(draft)
    sign_off(draft)
    assert said("mock-other-editor") == []
    send(str(draft.content_id), item("tides", description="Changed"))
    assert said("mock-other-editor") == ["Tides: It changed since it was signed off."]
    draft.refresh_from_db()
    rendered(draft)
    sign_off(draft)
    assert said("mock-other-editor") == []


def sign_off(draft: Draft) -> None:
    """Have Oscar sign off what is shown now."""
    shown = newest_shown(draft, own_pack(draft), Audience.values)
    assert shown is not None
    give_sign_off(shown=shown, seen=shown.seal, reviewer=OSCAR)


def test_reviews_of_hidden_drafts_need_nobody(make: Any) -> None:
    draft, _ = reviewed(make)
    Draft.objects.filter(pk=draft.pk).update(limited=True)
    assert said() == []


def test_packs_are_those_of_the_group_that_one_may_see(make: Any) -> None:
    mine = owner()
    create_pack(actor=mine.staff, name="Mine")
    create_pack(actor=owner("mock-other-editor").staff, name="Theirs")
    assert [one.pack.name for one in packs_of(mine, GROUPS["yours"])] == ["Mine"]
    assert [one.pack.name for one in packs_of(mine, GROUPS["all"])] == ["Mine"]


def test_choices_name_apps_and_organisations(make: Any) -> None:
    make("mine")
    owner()
    apps, organisations = choices()
    assert apps == {"publisher": "publisher"}
    assert sorted(organisations.values()) == ["Department for Harbours", "Ministry of Orchards"]
    assert all(uuid.UUID(one) for one in organisations)


def test_a_view_is_kept_under_its_name_and_replaced_by_the_same(db: None) -> None:
    person = owner().person
    save_view(person=person, name=" Low  tide ", filters={"q": "tide"})
    view = save_view(person=person, name="Low tide", filters={"q": "low"})
    assert SavedView.objects.get().filters == {"q": "low"}
    other = owner("mock-other-editor").person
    with pytest.raises(SavedView.DoesNotExist):
        delete_view(person=other, view_id=view.pk)
    delete_view(person=person, view_id=view.pk)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "filters", "says"),
    [
        (" ", {"q": "x"}, "Enter a name"),
        ("x" * 61, {"q": "x"}, "60 characters"),
        ("Nothing", {}, "Search or choose a filter first"),
    ],
)
def test_a_view_that_is_none_is_refused(
    db: None, name: str, filters: dict[str, str], says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        save_view(person=owner().person, name=name, filters=filters)


def test_views_are_bounded(db: None) -> None:
    person = owner().person
    for number in range(MOST_VIEWS):
        save_view(person=person, name=str(number), filters={"q": "x"})
    with pytest.raises(InvalidInput, match="Delete one first"):
        save_view(person=person, name="One more", filters={"q": "x"})
    save_view(person=person, name="0", filters={"q": "y"})


def test_a_last_look_knows_the_version_seen_before(make: Any) -> None:
    draft, person = make("mine"), owner().person

    def looked(number: int, *, first: bool | None = None) -> tuple[int, int | None]:
        note_look(person=person, draft=draft, number=number, first=first)
        look = LastLook.objects.get(person=person, draft=draft)
        return look.number, look.before

    assert looked(2, first=True) == (2, None)
    assert looked(1) == (2, None)
    assert looked(4, first=False) == (4, 2)
    assert looked(4) == (4, 2)
    assert looked(5, first=True) == (4, 2), "somebody else's first look came before"
    assert looked(6) == (6, 4)
    assert Person.objects.get(pk=person.pk).looks.get().before_at is not None
