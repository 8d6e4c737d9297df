"""Who is told of what: a rule for each kind, never whoever did it, each thing once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from preview import wiring
from preview.access import Staff
from preview.accounts.mock import ORGANISATIONS
from preview.accounts.models import Person
from preview.accounts.staff import staff_of
from preview.drafts.models import Draft
from preview.notifications.kinds import fact_checks
from preview.notifications.models import Notification
from preview.notifications.noting import note, watch
from preview.notifications.registry import KINDS, RULES
from preview.outbox.actions import listeners
from preview.outbox.models import Delivery
from preview.packs.actions import create_pack, own_pack
from preview.packs.members import add_draft, remove_draft
from preview.rendering.actions import render_version
from preview.review.comments.actions import Said, reopen_thread, reply, resolve_thread
from preview.review.fact_checks.answering import answer_fact_check, close_fact_check
from preview.review.fact_checks.asking import Request, request_fact_check
from preview.review.fact_checks.models import FactCheck
from preview.review.sign_offs.actions import give_sign_off, withdraw_sign_off
from preview.review.sign_offs.shown import newest_shown
from preview.sharing.actions import create_share_link, extend_share_link
from preview.sharing.agreeing import approve_share_link
from preview.sharing.models import ShareLink
from preview.sharing.requests import ask_for_link, refuse_link
from preview.sharing.wanted import Wanted
from tests.preview.notifications.conftest import Post, comment, later, person, words_of, write_by
from tests.preview.review.conftest import EDITH, FAY, OSCAR, Desk, item

pytestmark = pytest.mark.django_db
HARBOURS = str(ORGANISATIONS[0][0])
EDITOR = Staff("mock-editor", HARBOURS, frozenset({"signin", "share_sensitive"}))


def forget() -> None:
    """Let everybody have been told of all that happened so far."""
    Delivery.objects.update(done_at=timezone.now())
    Notification.objects.all().delete()


def link_to(draft: Draft, days: float = 2, **wanted: Any) -> ShareLink:
    """Let Edith share a draft."""
    values = {"recipients": ("fay@example.com",), "reason": "Figures", **wanted}
    made = Wanted(expires_at=later(days=days), **values)
    return create_share_link(pack=own_pack(draft), staff=EDITOR, wanted=made).link


def colleague(uid: str = "second") -> Person:
    """Return somebody in Edith's organisation who may share limited drafts."""
    return Person.objects.create(
        uid=uid,
        name="Sam Second",
        email="sam@harbours.example",
        organisation_id=HARBOURS,
        permissions=["signin", "share_sensitive"],
    )


def only_kept(post: Post) -> bool:
    """Say whether a mail goes out of what waits."""
    post.send(later(minutes=1))
    return bool(post.mails())


def test_every_topic_that_a_rule_hears_is_sent_here() -> None:
    heard = {name for name, rows in listeners().items() if wiring.TELL_PEOPLE in rows}
    assert heard == set(RULES)
    assert len(KINDS) == 15


def test_a_comment_is_told_to_the_people_of_the_draft(edith: Desk, post: Post) -> None:
    comment(edith)
    assert post.note() == 1
    assert post.told() == {"comment": {"mock-editor"}}
    assert post.note() == 0


def test_an_event_that_is_delivered_twice_is_noted_once(edith: Desk, post: Post) -> None:
    comment(edith)
    one = Delivery.objects.get(task="notifications.note", topic="comment.added")
    for _ in range(2):
        note(delivery_id=str(one.id), **one.payload)
    assert Notification.objects.count() == 1


def test_nobody_is_told_what_they_did_themselves(edith: Desk, post: Post) -> None:
    thread = comment(edith, EDITH)
    reply(thread=thread, version=thread.version, reviewer=EDITH, said=Said("Again"))
    resolve_thread(thread=thread, reviewer=EDITH)
    post.note()
    assert post.told() == {}


def test_who_answers_by_a_share_link_with_the_address_of_staff_did_it_themselves(
    edith: Desk, post: Post
) -> None:
    link = link_to(edith.draft, recipients=(person().email,))
    forget()
    guest = f"recipient:{link.recipients.get().pk}"
    comment(edith, type(FAY)(guest, "Edith at home"))
    post.note()
    assert post.told() == {}


def test_a_reply_is_told_to_who_wrote_in_the_thread_and_once_to_each(
    edith: Desk, post: Post
) -> None:
    thread = comment(edith, OSCAR)
    forget()
    reply(thread=thread, version=thread.version, reviewer=FAY, said=Said("It is."))
    post.note()
    assert post.told() == {"reply": {"mock-other-editor"}, "comment": {"mock-editor"}}
    forget()
    reply(thread=thread, version=thread.version, reviewer=EDITH, said=Said("Thank you."))
    reply(thread=thread, version=thread.version, reviewer=FAY, said=Said("No problem."))
    post.note()
    assert post.told() == {"reply": {"mock-other-editor", "mock-editor"}}


def test_a_resolved_comment_is_told_to_who_wrote_in_it_unless_it_is_open_again(
    edith: Desk, post: Post
) -> None:
    thread = comment(edith, OSCAR)
    forget()
    resolve_thread(thread=thread, reviewer=EDITH)
    post.note()
    assert post.told() == {"comment_resolved": {"mock-other-editor"}}
    Notification.objects.update(when="at_once")
    reopen_thread(thread=thread, reviewer=EDITH)
    assert not only_kept(post)


def asked(desk: Desk) -> FactCheck:
    """Let Edith ask two people to check the facts."""
    people = ("fay@example.com", "guy@example.com")
    wanted = Request(people=people)
    made = request_fact_check(draft=desk.draft, staff=EDITOR, name="Edith Example", wanted=wanted)
    forget()
    return made


def test_answers_are_told_to_who_asked_and_the_last_one_completes(edith: Desk, post: Post) -> None:
    fay, guy = asked(edith).checkers.order_by("email")
    answer_fact_check(checker=fay, answer="right", note="", actor="recipient:1")
    post.note()
    assert post.told() == {"fact_check_answered": {"mock-editor"}}
    answer_fact_check(checker=guy, answer="wrong", note="£30", actor="recipient:2")
    answer_fact_check(checker=guy, answer="right", note="", actor="recipient:2")
    post.note()
    assert set(post.told()) == {"fact_check_answered", "fact_check_complete"}
    assert Notification.objects.filter(kind="fact_check_complete").count() == 1


def test_who_asked_is_told_once_that_an_answer_is_overdue(edith: Desk, post: Post) -> None:
    check = asked(edith)
    assert watch() == 0
    with time_machine.travel(check.respond_by + timedelta(minutes=5), tick=False):
        assert [watch(), watch()] == [1, 0]
        assert post.told() == {"fact_check_overdue": {"mock-editor"}}
        assert only_kept(post)
        assert "Still to answer: 2 of 2 people" in words_of(post.mails()[0])
    with time_machine.travel(check.respond_by + fact_checks.LOOKS_BACK + timedelta(days=1)):
        forget()
        assert watch() == 0


def test_a_fact_check_that_was_closed_meanwhile_is_not_overdue(edith: Desk, post: Post) -> None:
    check = asked(edith)
    with time_machine.travel(check.respond_by + timedelta(minutes=5), tick=False):
        watch()
        close_fact_check(asked=check, actor="person:mock-editor")
        assert not only_kept(post)


def sign(desk: Desk, reviewer: Any = FAY) -> Any:
    """Let somebody sign off what is shown."""
    shown = newest_shown(desk.draft, own_pack(desk.draft), ["open", "full"])
    assert shown is not None
    return give_sign_off(shown=shown, seen=shown.seal, reviewer=reviewer)


def test_a_sign_off_is_told_to_the_people_of_the_draft(edith: Desk, post: Post) -> None:
    given = sign(edith)
    post.note()
    assert post.told() == {"sign_off_given": {"mock-editor"}}
    withdraw_sign_off(sign_off=given, reviewer=FAY)
    assert not only_kept(post)


def test_a_sign_off_gone_stale_is_told_to_who_signed_but_not_to_who_changed_the_draft(
    edith: Desk, post: Post
) -> None:
    sign(edith, OSCAR)
    forget()
    edith.save("<p>The fee is £30.</p>")
    write_by(edith.draft)
    post.note()
    assert post.told() == {"sign_off_stale": {"mock-other-editor"}}
    edith.save("<p>The fee is £35.</p>")
    write_by(edith.draft)
    assert post.note() == 0


def test_a_failed_preview_is_told_also_to_who_saved_it(
    edith: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    broken(monkeypatch)
    fail_with(edith)
    post.note()
    assert post.told() == {"rendering_failed": {"mock-editor"}}
    assert only_kept(post)
    assert "The preview of version 2 could not be made" in words_of(post.mails()[0])


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next pages be more than the service can make."""
    from preview.errors import PageError
    from preview.rendering import actions

    def refuse(*_: Any, **__: Any) -> None:
        raise PageError("The item has no title.")

    monkeypatch.setattr(actions, "make_pages", refuse)


def fail_with(desk: Desk) -> None:
    """Save a version, whose preview fails."""
    desk.send(desk.content_id, item("<p>Tides</p>"))
    newest = desk.draft.versions.latest("number")
    write_by(desk.draft)
    made = render_version(version_id=newest.pk, delivery_id=str(uuid.uuid4()))
    assert made is not None
    assert made.state == "failed"


def test_a_failure_that_a_newer_version_mends_is_told_to_nobody(
    edith: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    with monkeypatch.context() as patch:
        broken(patch)
        fail_with(edith)
    post.note()
    edith.save("<p>Whole again</p>")
    assert not only_kept(post)


def test_a_link_about_to_end_is_told_a_day_before_and_again_once_it_was_extended(
    edith: Desk, post: Post
) -> None:
    link = link_to(edith.draft)
    short = link_to(edith.draft, days=0.5)
    assert watch() == 0
    with time_machine.travel(later(hours=25), tick=False):
        assert [watch(), watch()] == [1, 0]
        assert post.told() == {"link_ending": {"mock-editor"}}
        extend_share_link(link=link, staff=EDITOR, expires_at=later(days=3))
        assert not only_kept(post)
    with time_machine.travel(later(days=1, hours=73), tick=False):
        assert watch() == 0
    with time_machine.travel(later(hours=25 + 49), tick=False):
        assert watch() == 1
        assert only_kept(post)
    assert short.alive


def test_who_asks_for_a_new_link_is_told_to_its_maker_until_it_is_answered(
    edith: Desk, post: Post
) -> None:
    link = link_to(edith.draft)
    forget()
    request = ask_for_link(link=link, email="fay@example.com", name="Fay", message="Please")
    post.note()
    assert post.told() == {"link_requested": {"mock-editor"}}
    refuse_link(asked=request, staff=EDITOR)
    assert not only_kept(post)


def test_a_request_for_a_link_goes_out_at_once_with_what_was_written(
    edith: Desk, post: Post, settings: Any
) -> None:
    settings.NOTIFICATION_WAIT = 600
    ask_for_link(link=link_to(edith.draft), email="fay@example.com", name="Fay", message="Please")
    post.note()
    post.send()
    [mail] = post.mails(person().email)
    assert "Fay (fay@example.com) asks for a new link" in words_of(mail)
    assert "Please" in words_of(mail)


@pytest.fixture
def sensitive(edith: Desk) -> Draft:
    """A market-sensitive draft of Edith's."""
    Draft.objects.filter(id=edith.draft.id).update(
        sensitivity="market_sensitive", organisation_content_id=HARBOURS
    )
    return edith.draft


def test_a_second_person_is_asked_and_the_first_one_told(sensitive: Draft, post: Post) -> None:
    second = colleague()
    forget()
    link = link_to(sensitive, opens_at=later(hours=1))
    post.note()
    assert post.told() == {"approval_asked": {"second"}}
    post.send()
    approve_share_link(link=link, staff=staff_of(second), sender="Sam")
    post.note()
    post.send()
    asking, given = post.mails()
    assert "Edith Example made a share link" in words_of(asking)
    assert (given["To"], "Sam Second approved" in words_of(given)) == (person().email, True)


def test_an_approval_that_was_given_is_asked_of_nobody_else(sensitive: Draft, post: Post) -> None:
    second, third = colleague(), colleague("third")
    forget()
    link = link_to(sensitive, opens_at=later(hours=1))
    post.note()
    approve_share_link(link=link, staff=staff_of(second), sender="Sam")
    post.send()
    assert post.mails(third.email) == []


def test_the_owner_of_a_pack_is_told_what_others_add(edith: Desk, post: Post) -> None:
    pack = create_pack(actor=EDITOR, name="Budget day")
    pack.organisation_content_id = HARBOURS  # type: ignore[assignment]  # as text
    pack.save()
    add_draft(actor=EDITOR, pack=pack, draft=edith.draft)
    post.note()
    assert post.told() == {}
    remove_draft(actor=EDITOR, pack=pack, draft=edith.draft)
    add_draft(actor=staff_of(colleague()), pack=pack, draft=edith.draft)
    post.note()
    assert post.told() == {"pack_draft_added": {"mock-editor"}}
    Notification.objects.update(when="at_once")
    assert only_kept(post)
    assert "Budget day: Sam Second added a draft" in post.mails()[0]["Subject"]


def test_a_draft_that_no_person_saved_tells_nobody(saved: Desk, post: Post) -> None:
    comment(saved)
    assert post.note() == 0


def test_what_is_gone_when_it_is_heard_of_is_told_to_nobody(edith: Desk, post: Post) -> None:
    thread = comment(edith)
    thread.delete()
    assert post.note() == 0
    assert not Delivery.objects.filter(task="notifications.note", done_at=None).exists()
