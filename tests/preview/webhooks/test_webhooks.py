"""Webhooks: who hears of what, signatures, tries, and addresses that are refused."""

from __future__ import annotations

import json
import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from preview import wiring
from preview.accounts.actions import create_app_token
from preview.accounts.models import PublisherApp
from preview.drafts.models import Draft
from preview.errors import InvalidEndpoint, InvalidToken
from preview.outbox.models import Delivery
from preview.outside import guard
from preview.review.comments.actions import Said, begin_thread
from preview.webhooks import sending
from preview.webhooks.actions import add_endpoint, announce, enable_endpoint, redeliver, secret_of
from preview.webhooks.models import Endpoint, Message
from preview.webhooks.sending import WAITS, send_due, send_message
from preview.webhooks.signing import check, headers, new_secret, signature
from preview.webhooks.topics import EVENTS, TOPICS
from tests.preview.review.conftest import FAY, Desk, desk, saved

__all__ = ["desk", "saved"]
pytestmark = pytest.mark.django_db
ADDRESS = "https://publisher.example/hooks"


@pytest.fixture
def hearing(saved: Desk) -> Endpoint:
    return add_endpoint(app=saved.draft.app, address=ADDRESS, topics=["comment.added"]).endpoint


def comment(desk: Desk) -> list[Message]:
    """Let somebody comment, and announce it as a worker would."""
    begin_thread(place=desk.place("£25"), reviewer=FAY, said=Said("Is the fee right?"))
    delivery = Delivery.objects.filter(topic="comment.added").latest("recorded_at")
    return announce(delivery_id=str(delivery.id), **delivery.payload)


class Receiver:
    """The other side: answers with `status`, or not at all, and remembers what it was sent."""

    def __init__(self) -> None:
        self.status: int | Exception = 200
        self.taken: list[tuple[str, bytes, dict[str, str]]] = []

    def post(self, address: str, body: bytes, said: dict[str, str]) -> int:
        self.taken.append((address, body, said))
        if isinstance(self.status, Exception):
            raise self.status
        return self.status


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    made = Receiver()
    monkeypatch.setattr(sending, "post", made.post)
    return made


def test_an_app_hears_once_of_what_it_wants_signed(
    saved: Desk,
    hearing: Endpoint,
    receiver: Receiver,
) -> None:
    [message] = comment(saved)
    assert str(Draft.objects.get(id=message.draft).content_id) == saved.content_id
    send_message(message_id=str(message.id))
    [(address, body, said)] = receiver.taken
    assert address == ADDRESS
    assert said["webhook-id"] == str(message.id)
    check(
        secret_of(hearing),
        said["webhook-id"],
        said["webhook-timestamp"],
        said["webhook-signature"],
        body,
        time.time(),
    )
    told = json.loads(body)
    assert told["type"] == "comment.added"
    assert told["data"]["content_id"] == saved.content_id
    assert "fee" not in body.decode()  # nobody is told what was said
    assert send_message(message_id=str(message.id)) is None
    delivery = Delivery.objects.filter(topic="comment.added").latest("recorded_at")
    assert announce(delivery_id=str(delivery.id), **delivery.payload) == []


def test_other_apps_and_other_topics_hear_nothing(saved: Desk, hearing: Endpoint) -> None:
    other = PublisherApp.objects.create(name="whitehall")
    add_endpoint(app=other, address=ADDRESS, topics=list(TOPICS))
    add_endpoint(app=saved.draft.app, address=ADDRESS, topics=["draft.published"])
    assert [one.endpoint for one in comment(saved)] == [hearing]


def test_what_fails_is_tried_again_with_longer_waits_and_then_given_up(
    saved: Desk,
    hearing: Endpoint,
    receiver: Receiver,
) -> None:
    receiver.status = OSError("refused")
    [message] = comment(saved)
    now = timezone.now() + timedelta(seconds=1)
    with time_machine.travel(now, tick=False) as clock:
        for wait in WAITS:
            assert send_due() == 1
            assert send_due() == 0
            clock.shift(wait)
        assert send_due() == 1
    message.refresh_from_db()
    hearing.refresh_from_db()
    assert message.state == "given_up"
    assert message.attempts.count() == len(WAITS) + 1
    assert "did not take a message" in hearing.disabled_reason
    assert comment(saved) == []
    enable_endpoint(endpoint=hearing)
    receiver.status = 204
    redeliver(message=message)
    send_message(message_id=str(message.id))
    message.refresh_from_db()
    assert message.state == "delivered"


def test_an_address_that_says_it_is_gone_is_disabled_at_once(
    saved: Desk,
    hearing: Endpoint,
    receiver: Receiver,
) -> None:
    receiver.status = 410
    [message] = comment(saved)
    send_message(message_id=str(message.id))
    hearing.refresh_from_db()
    assert hearing.disabled_at is not None


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1", "100.64.0.1"],
)
def test_a_name_that_leads_inside_is_refused_when_it_is_sent(
    saved: Desk,
    hearing: Endpoint,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr(guard.socket, "getaddrinfo", resolve)
    [message] = comment(saved)
    attempt = send_message(message_id=str(message.id))
    assert attempt is not None
    assert "not an address of the public internet" in attempt.failure


@pytest.mark.parametrize(
    "address",
    [
        *("http://x.example/", "https://x.example:8443/", "https://u:p@x.example/", "https://"),
        *("ftp://x.example", "https://[", "https://x.example/" + "a" * 500),
    ],
)
def test_an_address_that_can_t_be_used_is_refused(
    saved: Desk,
    address: str,
) -> None:
    with pytest.raises(InvalidEndpoint):
        add_endpoint(app=saved.draft.app, address=address, topics=["comment.added"])


def test_a_signature_holds_for_its_message_and_its_time_only() -> None:
    secret, body, now = new_secret(), b'{"a":1}', 1_700_000_000
    said = headers(secret, "msg_1", now, body)
    given = (said["webhook-id"], said["webhook-timestamp"], said["webhook-signature"])
    check(secret, *given, body, now)
    check(secret, given[0], given[1], f"v1,other {given[2]}", body, now)
    for broken in (
        (secret, "msg_2", given[1], given[2], body, now),
        (secret, given[0], str(now + 1), given[2], body, now),
        (secret, *given, b"{}", now),
        (secret, *given, body, now + 301),
        (secret, given[0], "soon", given[2], body, now),
        (new_secret(), *given, body, now),
        ("", *given, body, now),
    ):
        with pytest.raises(InvalidToken):
            check(*broken)


def test_the_signature_is_that_of_the_specification() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    wanted = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body) == wanted


def test_alerts_of_usage_go_to_apps_that_may_read_its_figures(saved: Desk) -> None:
    create_app_token(app_name="dashboards", scopes=("usage:read",))
    told = TOPICS["usage.alert_raised"]({"rule": "spike", "sentence": "8 sessions."})
    assert [PublisherApp.objects.get(pk=pk).name for pk in told.apps] == ["dashboards"]
    assert told.data == {"rule": "spike", "sentence": "8 sessions."}


def test_every_topic_has_an_event_that_is_announced() -> None:
    for event, name in EVENTS.items():
        assert name in TOPICS
        assert wiring.TELL_APPS in wiring.LISTENERS[event]


def test_the_api_adds_lists_redelivers_and_removes(saved: Desk, api: Any) -> None:
    refused = api.post("/api/v1/webhooks", {"address": ADDRESS, "topics": ["x"]}, format="json")
    assert refused.status_code == 422
    assert refused.json()["field"] == "topics"
    made = api.post(
        "/api/v1/webhooks", {"address": ADDRESS, "topics": ["comment.added"]}, format="json"
    ).json()
    assert made["secret"].startswith("whsec_")
    place = f"/api/v1/webhooks/{made['id']}"
    assert "secret" not in api.get(place).json()
    [message] = comment(saved)
    [row] = api.get(f"{place}/deliveries").json()
    assert (row["id"], row["state"]) == (str(message.id), "waiting")
    again = f"/api/v1/webhook-deliveries/{message.id}/redeliver"
    assert api.post(again).status_code == 202
    assert api.post(again.replace(str(message.id), str(uuid.uuid4()))).status_code == 404
    assert api.delete(place).status_code == 204
    assert not Message.objects.exists()
