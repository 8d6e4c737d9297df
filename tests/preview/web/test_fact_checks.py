"""Pages of fact checks, and e-mail that is handed in."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from preview.review.fact_checks.models import Checker, FactCheck, Reply
from preview.sharing.models import Grant, Recipient
from preview.webhooks.signing import headers, new_secret
from tests.preview.web.conftest import SERVICE, Browser, Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def checker(case: Case, viewers: dict[str, Browser]) -> Checker:
    """Let the guest of the case be somebody who was asked to check it."""
    FactCheck.objects.update(link=case.link)
    recipient = Recipient.objects.create(link=case.link, email="fay@example.com")
    Grant.objects.filter(link=case.link).update(recipient=recipient)
    return Checker.objects.create(fact_check=case.fact_check, email="fay@example.com")


def test_an_editor_asks_two_people_and_sees_who_answered(
    case: Case, viewers: dict[str, Browser]
) -> None:
    editor = viewers["editor"].service
    sent = {"people": "fay@example.com\nguy@example.com", "working_days": "2", "reason": "Tides"}
    answer = editor.post(f"/drafts/{case.draft.id}/fact-checks", sent)
    assert answer.status_code == 303, answer.content.decode()[-6000:]
    page = editor.get(answer["Location"]).content.decode()
    assert "guy@example.com" in page
    assert "Not yet" in page


def test_a_form_that_is_refused_keeps_what_was_typed(
    case: Case, viewers: dict[str, Browser]
) -> None:
    sent = {"people": "fay@example.com, guy", "working_days": "five", "what": "The fee"}
    answer = viewers["editor"].service.post(f"/drafts/{case.draft.id}/fact-checks", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“guy” is not an email address" in page
    assert "fay@example.com, guy" in page
    assert "The fee</textarea>" in page


def test_a_guest_tells_of_facts_and_answers(
    case: Case, viewers: dict[str, Browser], checker: Checker
) -> None:
    fact = checker.fact_check.facts.create(
        position=0, kind="money", text="£25", sentence="It is £25.", key="k"
    )
    guest, place = viewers["guest"].preview, f"/shared/{case.link.id}/-/fact-check/low-tide"
    assert "Amount of money: £25" in guest.get(place).content.decode()
    refused = guest.post(place, {f"verdict-{fact.pk}": "wrong"})
    assert refused.status_code == 422
    assert "Enter what is right instead" in refused.content.decode()
    told = {f"verdict-{fact.pk}": "wrong", f"correction-{fact.pk}": "£30"}
    assert guest.post(place, told).status_code == 303
    assert "£30" in guest.get(place).content.decode()
    refused = guest.post(place, {"answer-form": "1", "answer": "wrong", "note": ""})
    assert "Enter what is wrong, where it is" in refused.content.decode()
    sent = {"answer-form": "1", "answer": "wrong", "note": "The fee <b>is</b> £30"}
    assert guest.post(place, sent).status_code == 303
    page = viewers["editor"].service.get(f"/fact-checks/{case.fact_check.id}").content.decode()
    assert "The fee &lt;b&gt;is&lt;/b&gt; £30" in page
    assert "1 of 1 facts checked (100%), 1 wrong" in page


def test_pages_of_many_facts_ask_few_questions(
    case: Case, viewers: dict[str, Browser], checker: Checker, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        checker.fact_check.facts.create(
            position=number, kind="figure", text=str(number), sentence="", key=str(number)
        )
    with django_assert_max_num_queries(12):
        viewers["editor"].service.get(f"/fact-checks/{case.fact_check.id}")
    with django_assert_max_num_queries(12):
        viewers["guest"].preview.get(f"/shared/{case.link.id}/-/fact-check/low-tide")


@pytest.fixture
def secret(settings: Any) -> str:
    settings.INBOUND_MAIL_SECRET = new_secret()
    return str(settings.INBOUND_MAIL_SECRET)


def hand_in(body: bytes, signed: dict[str, str]) -> int:
    """Hand in an e-mail as a mail service does; returns the status."""
    client = Client(HTTP_HOST=SERVICE, enforce_csrf_checks=True)
    answer = client.post("/inbound/v1/mail", body, content_type="message/rfc822", headers=signed)
    return answer.status_code


def test_mail_is_taken_when_it_is_signed_and_fresh(db: None, secret: str) -> None:
    body, now = b"From: fay@example.com\nMessage-ID: <1@x>\n\nRight.\n", int(time.time())
    assert hand_in(body, headers(secret, "msg_1", now, body)) == 200
    assert hand_in(body, headers(secret, "msg_1", now, body)) == 200
    assert Reply.objects.count() == 1
    assert hand_in(body, headers(secret, "msg_1", now - 400, body)) == 401
    assert hand_in(body + b"more", headers(secret, "msg_1", now, body)) == 401
    assert hand_in(body, headers(new_secret(), "msg_1", now, body)) == 401
    assert hand_in(body, {}) == 401
    large = b"x" * (2 * 1024 * 1024 + 1)
    assert hand_in(large, headers(secret, "msg_2", now, large)) == 413
    assert Reply.objects.count() == 1


def test_mail_that_belongs_to_no_check_is_read_by_admins(viewers: dict[str, Browser]) -> None:
    Reply.objects.create(message_id="1", kind="answer", said="Who is this for?", raw=b"x")
    reply = Reply.objects.get()
    admin = viewers["admin"].service
    assert admin.get("/admin/preview/reply/").status_code == 200
    page = admin.get(f"/admin/preview/reply/{reply.id}/change/")
    assert "Who is this for?" in page.content.decode()
    assert admin.post(f"/admin/preview/reply/{reply.id}/change/").status_code == 404
