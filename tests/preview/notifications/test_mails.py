"""The mails: when they go out, what they say, and what they never say."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from preview.drafts.models import AccessLimit, Draft
from preview.errors import LetterRefused
from preview.mail import mailers
from preview.notifications import gathering, sending
from preview.notifications.choosing import choose
from preview.notifications.models import Notification, NotificationMail
from preview.notifications.sending import CLAIM, WAITS
from preview.packs.actions import create_pack
from preview.packs.members import add_draft
from preview.review.comments.actions import Said, reply
from preview.review.reviewers import Reviewer
from tests.preview.notifications.conftest import Post, comment, person, words_of, write_by
from tests.preview.notifications.test_kinds import EDITOR, colleague
from tests.preview.review.conftest import EDITH, FAY, OSCAR, Desk

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
WORDS = "Is the fee right?"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of London's clocks in March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=LONDON)


def daily() -> None:
    choose(person=person(), wanted={"comment": "daily"})


def test_a_mail_says_what_happened_and_where_to_act(edith: Desk, post: Post) -> None:
    thread = comment(edith)
    post.note()
    assert post.send() == 1
    [mail] = post.mails()
    assert mail["To"] == person().email
    assert mail["Subject"] == "When is low tide?: Fay Checker commented"
    for words in (words_of(mail), words_of(mail, "html")):
        assert f"/comments/{thread.id}" in words
        assert WORDS in words
        assert "/settings/notifications" in words
    assert post.send() == 0


def test_fifty_comments_within_ten_minutes_make_one_mail(
    edith: Desk, post: Post, settings: Any
) -> None:
    settings.NOTIFICATION_WAIT = 600
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number in range(50):
            comment(edith, Reviewer(f"guest:{number}", f"Guest {number % 5}"))
            post.note()
            post.send()
            clock.shift(timedelta(seconds=11))
        assert post.mails() == []
        clock.shift(timedelta(seconds=60))
        post.send()
        [mail] = post.mails()
        assert "50 comments, by Guest 0, Guest 1, Guest 2 and 2 others" in words_of(mail)
        comment(edith)
        post.note()
        clock.shift(timedelta(minutes=11))
        post.send()
        assert len(post.mails()) == 2


def test_each_person_and_each_draft_has_a_mail_of_its_own(
    edith: Desk, post: Post, send: Any
) -> None:
    other = Desk(send)
    other.save(
        title="Ferries", base_path="/ferries", routes=[{"path": "/ferries", "type": "exact"}]
    )
    write_by(other.draft)
    comment(edith, OSCAR)
    comment(other)
    reply(thread=comment(edith, OSCAR), version=edith.draft.versions.get(), **said(EDITH))
    post.note()
    post.send()
    assert sorted(str(one["To"]) for one in post.mails()) == [
        person().email,
        person().email,
        person("mock-other-editor").email,
    ]


def said(who: Reviewer) -> dict[str, Any]:
    return {"reviewer": who, "said": Said("Yes")}


@pytest.mark.parametrize("sensitivity", ["limited", "market_sensitive", "normal"])
def test_a_limited_draft_is_called_no_more_than_that(
    edith: Desk, post: Post, sensitivity: str
) -> None:
    Draft.objects.update(sensitivity=sensitivity, limited=sensitivity == "normal")
    AccessLimit.objects.create(draft=edith.draft, user="mock-editor")
    thread = comment(edith)
    post.note()
    post.send()
    [mail] = post.mails()
    assert mail["Subject"] == "A limited draft: Fay Checker commented"
    whole = mail.as_string() + words_of(mail) + words_of(mail, "html")
    assert f"/comments/{thread.id}" in whole
    for secret in (edith.draft.title, edith.draft.base_path, WORDS, "£25", "low tide"):
        assert secret not in whole


def test_a_pack_with_a_limited_draft_is_not_named(edith: Desk, post: Post) -> None:
    Draft.objects.update(sensitivity="market_sensitive")
    pack = create_pack(actor=EDITOR, name="Secret budget")
    add_draft(actor=EDITOR, pack=pack, draft=edith.draft)
    pack.members.update(added_by="person:mock-admin")
    choose(person=person(), wanted={"pack_draft_added": "at_once"})
    post.note()
    post.send()
    [mail] = post.mails()
    assert mail["Subject"] == "A pack with a limited draft: Ada Example added a draft"
    assert "Secret budget" not in words_of(mail)
    assert edith.draft.title not in words_of(mail)


def test_who_may_not_see_the_draft_any_more_is_not_told(edith: Desk, post: Post) -> None:
    comment(edith)
    post.note()
    Draft.objects.update(limited=True)
    AccessLimit.objects.create(draft=edith.draft, user="somebody-else")
    post.send()
    assert post.mails() == []
    assert NotificationMail.objects.get().state == "empty"


@pytest.mark.parametrize("change", ["disabled", "signin", "over"])
def test_closed_accounts_and_closed_drafts_get_no_mail(
    edith: Desk, post: Post, change: str
) -> None:
    comment(edith)
    post.note()
    one = person()
    one.disabled = change == "disabled"
    one.permissions = [] if change == "signin" else one.permissions
    one.save()
    if change == "over":
        Draft.objects.update(state="published")
    post.send()
    assert post.mails() == []


def test_access_is_asked_again_at_each_try(
    edith: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment(edith)
    post.note()
    with monkeypatch.context() as patch, time_machine.travel(timezone.now(), tick=False) as clock:
        patch.setattr(mailers.FolderMailer, "send", refusing(OSError("away")))
        post.send()
        Draft.objects.update(limited=True)
        clock.shift(WAITS[0])
        patch.undo()
        post.send()
    assert post.mails() == []


def test_what_was_turned_off_meanwhile_is_not_sent_by_a_later_try(
    edith: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment(edith)
    post.note()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        with monkeypatch.context() as patch:
            patch.setattr(mailers.FolderMailer, "send", refusing(OSError("away")))
            post.send()
        choose(person=person(), wanted={"comment": "off"})
        clock.shift(WAITS[0])
        post.send()
    assert post.mails() == []


@pytest.mark.parametrize(
    "said", ["word " * 2000, "x" * 10_000, "\u202eevil\u202c \U0001f600", "<b>"]
)
def test_any_comment_and_any_title_make_a_short_mail(edith: Desk, post: Post, said: str) -> None:
    comment(edith, words=said)
    Draft.objects.update(title=said)
    post.note()
    post.send()
    [mail] = post.mails()
    assert len(words_of(mail)) < 2000
    assert len(str(mail["Subject"])) < 200


def test_the_digest_goes_out_at_eight_on_working_days(edith: Desk, post: Post) -> None:
    daily()
    with time_machine.travel(at(6, 17), tick=False) as clock:  # a Friday
        for who in (FAY, OSCAR):
            comment(edith, who)
        post.note()
        for moment in (at(6, 20), at(7, 9), at(8, 9), at(9, 7, 59)):
            clock.move_to(moment)
            post.send()
        assert post.mails() == []
        clock.move_to(at(9, 8))
        assert [post.send(), post.send()] == [1, 0]
        [mail] = post.mails()
        assert mail["Subject"] == "When is low tide?: 2 things to know"
        assert "2 things to know" in words_of(mail, "html")
        comment(edith)
        post.note()
        clock.move_to(at(9, 12))
        post.send()
        assert len(post.mails()) == 1
        clock.move_to(at(10, 8, 1))
        post.send()
        clock.move_to(at(11, 8, 1))
        post.send()
        assert len(post.mails()) == 2


def test_a_digest_groups_by_draft_and_pack(edith: Desk, post: Post, send: Any) -> None:
    other = Desk(send)
    other.save(
        title="Ferries", base_path="/ferries", routes=[{"path": "/ferries", "type": "exact"}]
    )
    write_by(other.draft)
    daily()
    with time_machine.travel(at(2, 17), tick=False) as clock:
        for desk in (edith, other, edith):
            comment(desk)
        post.note()
        clock.move_to(at(3, 8))
        post.send()
    [mail] = post.mails()
    assert mail["Subject"] == "Your daily email: 3 things to know about 2 drafts and packs"
    words = words_of(mail)
    assert words.count("When is low tide?") == words.count("Ferries") == 1
    assert "When is low tide? (2 things)\n" in words
    assert "(1 " not in words


def test_eight_is_eight_by_the_clocks_of_london_and_bank_holidays_are_no_working_days(
    edith: Desk, post: Post
) -> None:
    daily()
    with time_machine.travel(datetime(2026, 7, 1, 6, 0, tzinfo=UTC), tick=False) as clock:
        comment(edith)
        post.note()
        clock.move_to(datetime(2026, 7, 1, 6, 59, tzinfo=UTC))
        assert post.send() == 0
        clock.move_to(datetime(2026, 7, 1, 7, 0, tzinfo=UTC))
        assert post.send() == 1
        clock.move_to(datetime(2026, 12, 24, 12, tzinfo=UTC))
        comment(edith)
        post.note()
        for holiday in (25, 28):  # the 26th is a Saturday: Monday instead
            clock.move_to(datetime(2026, 12, holiday, 12, tzinfo=UTC))
            assert post.send() == 0
        clock.move_to(datetime(2026, 12, 29, 12, tzinfo=UTC))
        assert post.send() == 1


def test_nothing_is_sent_where_there_is_nothing(edith: Desk, post: Post) -> None:
    with time_machine.travel(at(3, 8), tick=False):
        post.send()
    assert not NotificationMail.objects.exists()


def test_two_beats_at_once_make_one_mail(
    edith: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily()
    with time_machine.travel(at(2, 17), tick=False) as clock:
        comment(edith)
        post.note()
        clock.move_to(at(3, 8))
        ids = list(Notification.objects.values_list("pk", flat=True))
        real = gathering.bundle

        def overtaken(*asked: Any) -> Any:
            real(*asked)
            return real(*asked)

        monkeypatch.setattr(gathering, "bundle", overtaken)
        post.send()
    assert NotificationMail.objects.count() == len(post.mails()) == len(ids) == 1


def test_a_worker_that_dies_before_the_end_is_followed_by_another_under_the_same_id(
    edith: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment(edith)
    post.note()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        with monkeypatch.context() as patch:
            patch.setattr(sending, "end", die)
            with pytest.raises(SystemExit):
                post.send()
        assert post.send() == 0
        clock.shift(CLAIM)
        assert post.send() == 1
    [mail] = post.mails()
    assert str(NotificationMail.objects.get().id) in mail["Message-ID"]


def die(*_: Any) -> None:
    raise SystemExit


def refusing(error: Exception) -> Any:
    def send(*_: Any) -> None:
        raise error

    return send


def test_a_mailer_that_is_away_is_tried_again_with_longer_waits_and_given_up(
    edith: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment(edith)
    post.note()
    monkeypatch.setattr(mailers.FolderMailer, "send", refusing(OSError("away")))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for wait in WAITS:
            assert [post.send(), post.send()] == [1, 0]
            clock.shift(wait)
        post.send()
    mail = NotificationMail.objects.get()
    assert (mail.state, mail.tries) == ("failed", len(WAITS) + 1)
    assert "away" in mail.failure


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (LetterRefused("no"), "failed"),
        (smtplib.SMTPRecipientsRefused({"edith": (550, b"nobody")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"edith": (450, b"later")}), "waiting"),
        (smtplib.SMTPDataError(554, b"no"), "failed"),
        (smtplib.SMTPDataError(451, b"later"), "waiting"),
        (smtplib.SMTPAuthenticationError(535, b"a wrong password"), "waiting"),
        (smtplib.SMTPServerDisconnected("gone"), "waiting"),
        (ValueError("a fault"), "waiting"),
    ],
)
def test_only_what_may_be_mended_is_tried_again(
    edith: Desk, post: Post, monkeypatch: pytest.MonkeyPatch, error: Exception, state: str
) -> None:
    comment(edith)
    post.note()
    monkeypatch.setattr(mailers.FolderMailer, "send", refusing(error))
    post.send()
    assert NotificationMail.objects.get().state == state


def test_what_somebody_wrote_is_never_markup_and_never_a_header(edith: Desk, post: Post) -> None:
    comment(edith, Reviewer("guest:1", "Eve <b>"), "<img src=x>\r\nBcc: all@example.com")
    post.note()
    post.send()
    [mail] = post.mails()
    assert "<img" not in words_of(mail, "html")
    assert "Eve <b>" not in words_of(mail, "html")
    assert mail["Bcc"] is None


def test_every_mail_can_be_stopped_with_one_click(edith: Desk, post: Post) -> None:
    comment(edith)
    post.note()
    post.send()
    [mail] = post.mails()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip("<>") in words_of(mail)


def test_a_colleague_who_is_not_near_the_draft_hears_nothing(edith: Desk, post: Post) -> None:
    colleague()
    comment(edith)
    post.note()
    post.send()
    assert {str(one["To"]) for one in post.mails()} == {person().email}
