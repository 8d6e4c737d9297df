"""What is deleted when its time is over, what is not, and what says so."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preview.accounts.models import Organisation, Person
from preview.audit.models import Entry
from preview.drafts.actions import discard_draft
from preview.drafts.models import Draft, Version
from preview.errors import InvalidInput
from preview.impact.models import Impact
from preview.mail.models import Letter
from preview.notifications.models import Notification, NotificationMail
from preview.packs.actions import own_pack
from preview.rendering import snapshots
from preview.rendering.models import RenderedPage, Rendering
from preview.retention import leftovers, running
from preview.retention.actions import lift_hold, place_hold
from preview.retention.models import Hold, Leftover, Receipt
from preview.retention.rules import RULES
from preview.retention.running import run, would_delete
from preview.review.fact_checks.models import Reply
from preview.sharing.models import (
    Grant,
    GuestSession,
    LinkRequest,
    OneTimeCode,
    Recipient,
    ShareLink,
)
from preview.webhooks.models import Endpoint, Message
from preview.webhooks.topics import of_draft, of_pack
from tests.conftest import content_item
from tests.preview.web.conftest import followed

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=400)


@pytest.fixture
def draft(send: Any) -> Draft:
    content_id = str(uuid.uuid4())
    assert send(content_id, content_item()).status_code == 201
    return Draft.objects.get(content_id=content_id)


def discarded(draft: Draft) -> Draft:
    """Let a draft have been discarded long ago."""
    Draft.objects.filter(pk=draft.pk).update(
        state=Draft.State.DISCARDED, updated_at=timezone.now() - LONG_AGO
    )
    return draft


def deleted() -> dict[str, int]:
    """Run once; return what was deleted by which rule."""
    return {one.rule: one.count for one in run() if one.count}


def later(days: int) -> None:
    """Let days have gone by since files were set aside."""
    Leftover.objects.update(moved_at=timezone.now() - timedelta(days=days))


def test_an_old_draft_goes_with_all_that_belongs_to_it(draft: Draft) -> None:
    rendering = followed(draft)
    sha256 = rendering.pages.get().sha256
    assert deleted() == {}
    discarded(draft)
    assert deleted() == {"drafts": 1}
    assert not Draft.objects.exists()
    assert not Version.objects.exists()
    assert not Rendering.objects.exists()
    receipt = Receipt.objects.get()
    assert (receipt.rule, receipt.count, receipt.days) == ("drafts", 1, 365)
    entry = Entry.objects.get(action="retention.delete")
    assert entry.subject == f"receipt:{receipt.pk}"
    assert entry.detail == {"rule": "drafts", "count": 1, "days": 365}
    assert not snapshots.storage().exists(snapshots.location(sha256))
    later(2)
    assert deleted()["snapshots"] > 0
    assert not snapshots.storage().exists(snapshots.set_aside_location(sha256))
    assert deleted() == {}


def test_an_open_draft_is_kept_however_old_it_is(draft: Draft) -> None:
    followed(draft)
    Draft.objects.update(updated_at=timezone.now() - LONG_AGO)
    Rendering.objects.update(ended_at=timezone.now() - LONG_AGO)
    assert deleted() == {}
    assert not Receipt.objects.exists()


def test_previews_that_nobody_sees_go_and_shown_ones_stay(send: Any, draft: Draft) -> None:
    first = followed(draft)
    changed = content_item(title="When is high tide?")
    assert send(str(draft.content_id), changed).status_code == 201
    draft.refresh_from_db()
    second = followed(draft)
    Rendering.objects.update(ended_at=timezone.now() - LONG_AGO)
    assert deleted() == {"renderings": 1}
    assert list(Rendering.objects.all()) == [second]
    assert Version.objects.count() == 2
    assert first.pk != second.pk
    assert snapshots.get(second.pages.get().sha256)


def test_a_pinned_version_keeps_its_preview(send: Any, draft: Draft) -> None:
    first = followed(draft)
    link = ShareLink.objects.create(
        pack=own_pack(draft), created_by="person:x", expires_at=timezone.now(), pinned=True
    )
    assert first.version is not None
    link.pinned_versions.add(first.version)
    changed = content_item(title="When is high tide?")
    assert send(str(draft.content_id), changed).status_code == 201
    draft.refresh_from_db()
    followed(draft)
    Rendering.objects.update(ended_at=timezone.now() - LONG_AGO)
    assert "renderings" not in deleted()


def test_a_file_that_a_new_preview_counts_on_comes_back(draft: Draft) -> None:
    page = followed(draft).pages.get()
    sha256 = page.sha256
    Leftover.objects.create(sha256=sha256)
    RenderedPage.objects.filter(pk=page.pk).update(sha256="0" * 64)
    run()
    assert not snapshots.storage().exists(snapshots.location(sha256))
    RenderedPage.objects.filter(pk=page.pk).update(sha256=sha256)  # its row was committed late
    snapshots.get.cache_clear()
    assert snapshots.get(sha256)
    later(2)
    assert deleted() == {}
    assert snapshots.storage().exists(snapshots.location(sha256))
    assert not snapshots.storage().exists(snapshots.set_aside_location(sha256))


def test_a_move_that_was_killed_in_the_middle_ends_the_same(draft: Draft) -> None:
    sha256 = snapshots.put("<p>Twice</p>").sha256
    place, source = snapshots.storage(), snapshots.location(sha256)
    target = snapshots.set_aside_location(sha256)
    with place.open(source) as stored:
        place.save(target, stored)  # the kill came before the original was deleted
    Leftover.objects.create(sha256=sha256)
    leftovers.set_aside(leftovers.Needed())
    assert (place.exists(source), place.exists(target)) == (False, True)
    place.delete(target)  # and here before the row was
    later(2)
    assert deleted() == {"snapshots": 1}
    assert not Leftover.objects.exists()


def test_a_run_reads_the_pages_of_impacts_once(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, *others = [snapshots.put(f"<p>{n}</p>").sha256 for n in range(5)]
    impact = Impact.objects.create(pack=own_pack(draft), audience="open")
    page = {"path": "/x", "title": "X", "status": 200, "sha256": shown, "size": 8}
    impact.pages.create(position=0, content_id=uuid.uuid4(), before=[page])
    Leftover.objects.bulk_create(Leftover(sha256=one) for one in [shown, *others])
    monkeypatch.setattr(leftovers, "AT_ONCE", 2)
    monkeypatch.setattr(running, "BATCH", 2)
    for count in (4, 0):
        with CaptureQueriesContext(connection) as asked:
            run()
        read = [one for one in asked if 'FROM "preview_impactpage"' in one["sql"]]
        assert len([one for one in read if '"before"' in one["sql"]]) == 1
        assert Leftover.objects.filter(moved_at__isnull=False).count() == count
        later(2)
    assert snapshots.storage().exists(snapshots.location(shown))


def organisation_of(draft: Draft) -> uuid.UUID:
    """Give a draft an organisation; return its content id."""
    made = Organisation.objects.create(content_id=uuid.uuid4(), title="Ferries", slug="ferries")
    Draft.objects.filter(pk=draft.pk).update(organisation_content_id=made.pk)
    return made.pk


HOLDS: dict[str, Callable[[Draft], uuid.UUID]] = {
    "draft": lambda draft: draft.pk,
    "pack": lambda draft: own_pack(draft).pk,
    "organisation": organisation_of,
}


def personal(draft: Draft) -> None:
    """Give a draft a link that ended long ago, with everybody who had to do with it."""
    old = timezone.now() - LONG_AGO
    link = ShareLink.objects.create(
        pack=own_pack(draft), created_by="person:x", created_at=old, expires_at=old
    )
    one = Recipient.objects.create(link=link, email="fay@example.com")
    session = GuestSession.objects.create(digest="a" * 64, created_at=old)
    Grant.objects.create(link=link, session=session, recipient=one, guest_name="Fay")
    LinkRequest.objects.create(link=link, email="fay@example.com", created_at=old)
    OneTimeCode.objects.create(recipient=one, expires_at=old)
    Letter.objects.create(
        to="fay@example.com",
        template="share_link",
        reference=f"link:{link.id}",
        state=Letter.State.SENT,
        created_at=old,
    )


def test_what_is_known_of_people_goes_after_their_link(draft: Draft) -> None:
    personal(draft)
    old = timezone.now() - LONG_AGO
    Reply.objects.create(message_id="<a@b>", kind="answer", raw=b"Dear", received_at=old)
    found = deleted()
    assert found == {
        "guests": 1,
        "recipients": 1,
        "requests": 1,
        "sessions": 1,
        "letters": 1,
        "replies": 1,
    }
    for model in (Recipient, Grant, LinkRequest, OneTimeCode, GuestSession, Letter, Reply):
        assert not model.objects.exists(), model  # type: ignore[attr-defined]
    assert ShareLink.objects.exists()


def told(draft: Draft) -> None:
    """Let people and an app have been told of a draft, and of its pack, long ago."""
    old = timezone.now() - LONG_AGO
    person = Person.objects.create(uid="edith", name="Edith", email="edith@example.com")
    mail = NotificationMail.objects.create(
        person=person, key="one", when="at_once", state="sent", created_at=old
    )
    endpoint = Endpoint.objects.create(app=draft.app, address="https://example.com", sealed=b"")
    for about in ({"draft": draft}, {"pack": own_pack(draft)}):
        Notification.objects.create(
            person=person, kind="x", source=str(about), created_at=old, mail=mail, **about
        )
        ids = {name: one.pk for name, one in about.items()}
        Message.objects.create(
            endpoint=endpoint, source=uuid.uuid4(), state="delivered", created_at=old, **ids
        )


def test_what_people_and_apps_were_told_goes(draft: Draft) -> None:
    told(draft)
    Message.objects.create(
        endpoint=Endpoint.objects.get(),
        source=uuid.uuid4(),
        created_at=timezone.now() - LONG_AGO,
    )
    Message.objects.create(endpoint=Endpoint.objects.get(), source=uuid.uuid4(), state="given_up")
    assert deleted() == {"webhook_messages": 2, "notifications": 2, "notification_mails": 1}
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting", "given_up"}


@pytest.mark.parametrize("kind", ["draft", "pack", "organisation"])
def test_what_people_and_apps_were_told_of_what_is_held_stays(draft: Draft, kind: str) -> None:
    told(draft)
    hold = place_hold(
        kind=kind, target=HOLDS[kind](draft), reason="An inquiry", placed_by="person:a"
    )
    assert deleted() == {}
    lift_hold(hold=hold, lifted_by="person:a")
    assert deleted() == {"webhook_messages": 2, "notifications": 2, "notification_mails": 1}


def test_a_webhook_says_which_draft_it_is_about(draft: Draft) -> None:
    assert of_draft(draft).draft == draft.id
    assert of_pack(own_pack(draft)).pack == own_pack(draft).id


def test_codes_go_sooner_than_the_people_they_were_for(draft: Draft) -> None:
    link = ShareLink.objects.create(
        pack=own_pack(draft),
        created_by="person:x",
        expires_at=timezone.now() + timedelta(days=1),
    )
    one = Recipient.objects.create(link=link, email="fay@example.com")
    OneTimeCode.objects.create(recipient=one, expires_at=timezone.now() - timedelta(days=2))
    OneTimeCode.objects.create(recipient=one, expires_at=timezone.now())
    assert deleted() == {"codes": 1}
    assert Recipient.objects.exists()


@pytest.mark.parametrize("kind", HOLDS)
def test_nothing_under_hold_is_deleted(draft: Draft, kind: str) -> None:
    rendering = followed(draft)
    personal(draft)
    discarded(draft)
    target = HOLDS[kind](draft)
    hold = place_hold(kind=kind, target=target, reason="An inquiry", placed_by="person:a")
    Rendering.objects.update(ended_at=timezone.now() - LONG_AGO)
    assert deleted() == {}
    assert sum(one.count for one in would_delete()) == 0
    assert snapshots.get(rendering.pages.get().sha256)
    lift_hold(hold=hold, lifted_by="person:a")
    assert deleted()["drafts"] == 1
    actions = list(Entry.objects.filter(subject=f"hold:{hold.pk}").values_list("action", flat=True))
    assert sorted(actions) == ["hold.lift", "hold.place"]


def test_a_second_hold_is_the_first(draft: Draft) -> None:
    wish: dict[str, Any] = {"kind": "draft", "target": draft.pk, "placed_by": "person:a"}
    assert place_hold(reason="One", **wish) == place_hold(reason="Two", **wish)
    assert Hold.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "planet"}, "Select what"),
        ({"target": uuid.uuid4()}, "There is no draft with this id"),
        ({"target": None}, "There is no draft with this id"),
        ({"reason": " "}, "Enter a reason"),
        ({"reason": "x" * 301}, "300 characters or fewer"),
    ],
)
def test_a_hold_that_can_t_be_placed_says_why(
    draft: Draft, change: dict[str, Any], says: str
) -> None:
    wish: dict[str, Any] = {"kind": "draft", "target": draft.pk, "reason": "One", **change}
    with pytest.raises(InvalidInput, match=says):
        place_hold(placed_by="person:a", **wish)
    assert not Hold.objects.exists()


@pytest.fixture
def refusing(draft: Draft) -> Iterator[Callable[[], None]]:
    """Let the database refuse to delete letters, until the fixture's value is called."""
    if connection.vendor != "sqlite":
        pytest.skip("The trigger of this test is written for SQLite.")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE DELETE ON preview_letter "
            "WHEN OLD.failure = 'last' BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    state = {"there": True}

    def give_in() -> None:
        if state.pop("there", False):
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER refuse")

    yield give_in
    give_in()


def test_a_run_that_breaks_in_the_middle_goes_on_next_time(
    refusing: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("preview.retention.running.BATCH", 2)
    old = timezone.now() - LONG_AGO
    keys = sorted((uuid.uuid4() for _ in range(5)), key=lambda one: one.hex)
    for number, key in enumerate(keys):
        failure = "last" if number == 4 else ""
        Letter.objects.create(id=key, to="a@b.c", state="sent", created_at=old, failure=failure)
    with pytest.raises(DatabaseError):
        run()
    assert [one.count for one in Receipt.objects.order_by("pk")] == [2, 2]
    assert Letter.objects.count() == 1
    refusing()
    assert deleted() == {"letters": 1}
    assert [one.count for one in Receipt.objects.order_by("pk")] == [2, 2, 1]


def test_a_receipt_can_t_be_changed_or_deleted(draft: Draft) -> None:
    discarded(draft)
    run()
    for change in (
        lambda: Receipt.objects.update(count=0),
        lambda: Receipt.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_the_command_says_what_it_would_do_and_does_it(draft: Draft) -> None:
    discarded(draft)
    said = StringIO()
    call_command("retention", "run", "--dry-run", stdout=said)
    assert "Published and discarded drafts (kept for 365 days): 1 would be deleted" in (
        said.getvalue()
    )
    assert Draft.objects.exists()
    said = StringIO()
    call_command("retention", "run", stdout=said)
    assert "Published and discarded drafts (kept for 365 days): 1 deleted" in said.getvalue()
    assert not Draft.objects.exists()


def test_a_draft_that_was_just_discarded_is_kept(draft: Draft) -> None:
    discard_draft(app=draft.app, draft_id=draft.pk)
    assert deleted() == {}


def test_every_rule_can_be_asked_while_nothing_is_there(db: None) -> None:
    assert [one.count for one in would_delete()] == [0] * len(RULES)
