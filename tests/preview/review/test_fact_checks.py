"""Fact checks: asking, verdicts, reminders, and answers by e-mail."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from preview.access import Staff
from preview.accounts.mock import ORGANISATIONS, example_people
from preview.errors import InvalidReview
from preview.mail.models import Letter
from preview.reading import Block, Link
from preview.review.fact_checks.answering import (
    Said,
    answer_fact_check,
    close_fact_check,
    give_verdicts,
)
from preview.review.fact_checks.asking import Request, request_fact_check
from preview.review.fact_checks.models import Checker, FactCheck, Reply
from preview.review.fact_checks.noting import without_own_links
from preview.review.fact_checks.queries import coverage, facts_with_verdicts
from preview.review.fact_checks.receiving import receive_mail
from preview.review.fact_checks.reminding import remind_checkers
from preview.review.fact_checks.working_days import working_days_from
from tests.preview.review.conftest import BODY, Desk

pytestmark = pytest.mark.django_db
STAFF = Staff("mock-editor", str(ORGANISATIONS[0][0]), frozenset({"signin", "share_sensitive"}))
PEOPLE = ("fay@example.com", "guy@example.com")


def ask(desk: Desk, **wanted: Any) -> FactCheck:
    """Ask for a fact check."""
    example_people()
    request = Request(**{"people": PEOPLE, **wanted})
    return request_fact_check(draft=desk.draft, staff=STAFF, name="Edith Example", wanted=request)


@pytest.mark.parametrize(
    ("start", "days", "day"),
    [
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday and Easter Monday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is a Saturday: Monday instead
        (date(2026, 12, 30), -2, date(2026, 12, 24)),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(
    start: date, days: int, day: date
) -> None:
    assert working_days_from(start, days) == day


def test_each_person_gets_one_letter_with_a_link_of_their_own(saved: Desk) -> None:
    asked = ask(saved, what="The fee")
    assert sorted(Letter.objects.values_list("to", flat=True)) == sorted(PEOPLE)
    assert asked.link is not None
    assert (asked.link.role, asked.link.kind) == ("sign_off", "named")
    assert asked.link.expires_at > asked.respond_by


def test_the_facts_of_the_version_are_listed_and_split(saved: Desk) -> None:
    asked = ask(saved, split=True)
    facts = list(asked.facts.all())
    assert {"£25", "4 March 2026"} <= {one.text for one in facts}
    assert {one.given_to.email for one in facts if one.given_to} == set(PEOPLE)


def test_ways_around_the_draft_s_own_pages_are_no_facts() -> None:
    addresses = ("/own-pages-of-this-preview/tides/print", "/own-pages-of-this-preview/ferries")
    links = tuple(Link("More", one) for one in (*addresses, "https://tides.example/"))
    kept = list(without_own_links([Block("paragraph", "More", links=links)], {"/tides/print"}))
    assert [one.address for one in kept[0].links] == ["/ferries", "https://tides.example/"]


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"people": []}, "Enter the email address"),
        ({"people": ["fay"]}, "“fay” is not an email address"),
        ({"people": [f"p{n}@example.com" for n in range(101)]}, "100 people at most"),
        ({"working_days": 0}, "from 1 to 20"),
        ({"what": "x" * 2001}, "2,000 characters or fewer"),
        ({"respond_by": datetime(2020, 1, 1, tzinfo=UTC)}, "in the future"),
    ],
)
def test_a_request_that_can_t_be_says_what_to_do(
    saved: Desk, wanted: dict[str, Any], says: str
) -> None:
    with pytest.raises(InvalidReview, match=says):
        ask(saved, **wanted)
    assert not FactCheck.objects.exists()
    assert not Letter.objects.exists()


def test_a_hundred_people_can_be_asked(saved: Desk) -> None:
    asked = ask(saved, people=[f"p{number}@example.com" for number in range(100)])
    assert asked.checkers.count() == 100
    assert Letter.objects.count() == 100


def test_verdicts_count_and_a_wrong_one_needs_what_is_right(saved: Desk) -> None:
    asked = ask(saved)
    fay = asked.checkers.get(email=PEOPLE[0])
    fee = asked.facts.get(text="£25")
    day = asked.facts.get(text="4 March 2026")
    with pytest.raises(InvalidReview, match="Enter what is right instead"):
        give_verdicts(checker=fay, said={day.pk: Said("right"), fee.pk: Said("wrong")})
    assert coverage(facts_with_verdicts(asked)).checked == 0  # nothing is half-saved
    give_verdicts(checker=fay, said={day.pk: Said("right"), fee.pk: Said("wrong", "£30")})
    give_verdicts(checker=fay, said={fee.pk: Said("wrong", "£35")})
    found = coverage(facts_with_verdicts(asked))
    assert (found.checked, found.wrong) == (2, 1)
    assert fee.verdicts.get().correction == "£35"


def test_nobody_says_anything_of_facts_of_another_check(saved: Desk) -> None:
    asked, other = ask(saved), ask(saved)
    fact = other.facts.first()
    assert fact is not None
    assert give_verdicts(checker=asked.checkers.all()[0], said={fact.pk: Said("right")}) == 0


def test_what_did_not_change_carries_its_last_verdict(saved: Desk) -> None:
    asked = ask(saved)
    facts = {one.text: one for one in asked.facts.all()}
    said = {one.pk: Said("right") for one in facts.values()}
    give_verdicts(checker=asked.checkers.all()[0], said=said)
    saved.save(f"{BODY}<p>A new fee is £99.</p>")
    again = {one.text: one.carried for one in ask(saved).facts.all()}
    assert again["£25"] == "right"
    assert again["£99"] == ""


def test_reminders_come_when_due_and_stop_with_the_answer(saved: Desk) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        asked = ask(saved, working_days=5)  # until Monday 9 March
        answer_fact_check(
            checker=asked.checkers.get(email=PEOPLE[0]), answer="right", note="", actor="guest:1"
        )
        Letter.objects.all().delete()
        assert remind_checkers() == 0
    with time_machine.travel(datetime(2026, 3, 5, 18, tzinfo=UTC), tick=False):
        assert remind_checkers() == 1
        assert remind_checkers() == 0
    with time_machine.travel(datetime(2026, 3, 7, 18, tzinfo=UTC), tick=False):
        assert remind_checkers() == 0  # a Saturday
    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=UTC), tick=False):
        assert remind_checkers() == 1
        close_fact_check(asked=asked, actor="person:mock-editor")
        assert remind_checkers() == 0
    assert set(Letter.objects.values_list("to", "template")) == {(PEOPLE[1], "fact_check_reminder")}


def mail(desk: Desk, text: str, **headers: str) -> bytes:
    """Return an e-mail that answers the letter of the first person."""
    letter = Letter.objects.filter(to=PEOPLE[0]).first()
    message = EmailMessage()
    message["From"] = f"Fay <{PEOPLE[0]}>"
    message["Subject"] = "Re: Check"
    message["Message-ID"] = f"<{uuid.uuid4()}@mail.example>"
    if letter is not None:
        message["In-Reply-To"] = f"<{letter.id}@service.preview.localhost>"
    for name, value in headers.items():
        key = name.replace("_", "-")
        del message[key]
        message[key] = value
    message.set_content(text)
    return bytes(message)


REPLY = """Hi,

The fee is £30, not £25.

--
Fay, Tides team

On Tue, 24 Nov 2026 at 10:00, Content Preview <x@y.example> wrote:
> Check the facts by Friday
"""


def test_a_reply_counts_as_an_answer_without_its_history(saved: Desk) -> None:
    asked = ask(saved)
    raw = mail(saved, REPLY)
    reply = receive_mail(raw)
    assert reply.said == "Hi,\n\nThe fee is £30, not £25."
    assert bytes(reply.raw) == raw
    fay = Checker.objects.get(email=PEOPLE[0])
    assert (fay.answer, reply.fact_check) == ("email", asked)
    assert receive_mail(raw) == reply
    assert Reply.objects.count() == 1


def test_answers_between_the_lines_are_kept_whole(saved: Desk) -> None:
    ask(saved)
    reply = receive_mail(mail(saved, "> The fee is £25\n\nNo, £30.\n\n> by Friday\n\nYes.\n"))
    assert "No, £30." in reply.said
    assert "Yes." in reply.said


def test_html_only_mail_is_read_as_people_see_it(saved: Desk) -> None:
    ask(saved)
    message = EmailMessage()
    message["From"] = PEOPLE[0]
    message["Message-ID"] = "<a@b>"
    message.set_content("<p>It is <b>wrong</b>.</p><script>x()</script>", subtype="html")
    assert receive_mail(bytes(message)).said == "It is wrong."


def test_an_automatic_reply_is_no_answer(saved: Desk) -> None:
    ask(saved)
    reply = receive_mail(mail(saved, "I am on leave.", Auto_Submitted="auto-replied"))
    assert reply.kind == "automatic"
    assert Checker.objects.get(email=PEOPLE[0]).answered_at is None


def test_a_letter_that_came_back_is_told_of_the_person(saved: Desk) -> None:
    asked = ask(saved)
    letter = Letter.objects.get(to=PEOPLE[0])
    raw = (
        "From: MAILER-DAEMON@mail.example\nContent-Type: text/plain\nMessage-ID: <b@mail.example>\n"
        f"\nNot delivered.\n\nMessage-ID: <{letter.id}@service.preview.localhost>\n"
    ).encode()
    assert receive_mail(raw).kind == "bounce"
    assert asked.checkers.get(email=PEOPLE[0]).bounced
    with time_machine.travel(asked.respond_by + timedelta(days=1), tick=False):
        close_to = Checker.objects.filter(bounced="").count()
        assert remind_checkers() <= close_to


def test_somebody_else_s_reply_is_shown_and_answers_for_nobody(saved: Desk) -> None:
    asked = ask(saved)
    reply = receive_mail(mail(saved, "All is right.", From="eve@elsewhere.example"))
    assert (reply.fact_check, reply.checker) == (asked, None)
    assert not asked.checkers.exclude(answered_at=None).exists()


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"From: @@@\n\n", b"Content-Type: text/plain; charset=none\n\nx"]
)
def test_any_bytes_are_kept(raw: bytes) -> None:
    reply = receive_mail(raw)
    assert bytes(reply.raw) == raw
    assert reply.fact_check is None


def wire(desk: Desk, **changes: Any) -> dict[str, Any]:
    """Return a request as Fact Check Manager takes it."""
    return {
        "source_app": "publisher",
        "source_id": "5f1c7f0e-0000-4c39-9f5e-2f1d52c0a101",
        "source_title": "When is low tide?",
        "requester_name": "Edith Example",
        "requester_email": "edith@harbours.example",
        "recipients": list(PEOPLE),
        "deadline": str((timezone.now() + timedelta(days=7)).date()),
        "reason_for_change": "A new fee",
        "current_content": {"1": {"heading": "Fees", "body": "<p>£25</p>"}},
        "draft_content_id": desk.content_id,
        **changes,
    }


def test_fact_check_manager_s_requests_are_taken(saved: Desk, api: Any) -> None:
    example_people()
    body = wire(saved)
    first = api.post("/api/requests", body, format="json")
    assert first.status_code == 201, first.content
    assert first.json()["source_id"] == body["source_id"]
    assert api.post("/api/requests", body, format="json").json() == first.json()
    assert FactCheck.objects.count() == 1
    place = f"/api/requests/publisher/{body['source_id']}"
    assert api.patch(place, {"deadline": "2027-01-05"}, format="json").status_code == 200
    assert FactCheck.objects.get().respond_by.date() == date(2027, 1, 5)
    Letter.objects.all().delete()
    assert api.post(f"{place}/resend-emails").status_code == 200
    assert Letter.objects.count() == 2
    assert api.get(place).json()["responses"][0]["email"] == PEOPLE[0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source_id": ""}, "source_id"),
        ({"deadline": "soon"}, "deadline"),
        ({"deadline": "2026-13-45"}, "deadline"),
        ({"recipients": []}, "people"),
        ({"requester_email": "nobody@example.com"}, "requester_email"),
        ({"draft_content_id": "x"}, "draft_content_id"),
    ],
)
def test_a_request_that_is_not_right_names_the_member(
    saved: Desk, api: Any, changes: dict[str, Any], field: str
) -> None:
    example_people()
    answer = api.post("/api/requests", wire(saved, **changes), format="json")
    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert not FactCheck.objects.exists()
