"""Logs over HTTP: what senders are answered, and that nothing gets lost, doubled or leaked."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard
from django.conf import settings
from django.core.files.storage import storages
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from preview.api import ingest
from preview.outbox.models import Delivery
from preview.usage import actions, batches
from preview.usage.models import UsageEvent, UsageObject, UsageSourceKey
from preview.usage.programme.acting import UsageAlert
from preview.usage.results import UsageSession
from tests.preview.usage import samples
from tests.preview.usage.conftest import derived, forget, put, rebuild, working_day
from tests.preview.usage.samples import Visit

__all__ = ["put"]
LOGS = "/ingest/v1/logs"
Send = Callable[..., Any]


@pytest.fixture
def key(db: None) -> str:
    return actions.create_source_key(slug="logit")


@pytest.fixture
def send(key: str) -> Send:
    client = Client(HTTP_HOST="service.preview.localhost", raise_request_exception=False)

    def post(body: bytes, address: str = LOGS, secret: str = key, **headers: str) -> Any:
        headers.setdefault("Authorization", f"Bearer {secret}")
        kind = headers.pop("kind", "application/x-ndjson")
        return client.post(address, body, content_type=kind, headers=headers)

    return post


def body(lines: list[str] | None = None) -> bytes:
    return "".join(f"{line}\n" for line in lines or working_day()).encode()


def work() -> None:
    """Do what a worker does for every batch that waits."""
    for delivery in Delivery.objects.filter(task="usage.load_batch", done_at=None):
        batches.load_batch(delivery_id=str(delivery.id), **delivery.payload)
    rebuild()


def waiting() -> list[str]:
    try:
        return storages["usage"].listdir("batches")[1]
    except FileNotFoundError:
        return []


@pytest.fixture(autouse=True)
def _clean_folder() -> Iterator[None]:
    yield
    for name in waiting():
        storages["usage"].delete(f"batches/{name}")


ARRAY = json.dumps([json.loads(samples.nginx(Visit(request_id=str(n)))) for n in range(3)]).encode()


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (body(), len(working_day())),
        (gzip.compress(body()), len(working_day())),
        (zstandard.compress(body()), len(working_day())),
        (ARRAY, 3),
        (gzip.compress(ARRAY), 3),
    ],
)
def test_lines_arrays_and_compressed_bodies_are_taken(send: Send, data: bytes, count: int) -> None:
    answer = send(data)
    assert (answer.status_code, answer.json()["accepted"]) == (202, count)
    assert not UsageEvent.objects.exists()
    work()
    assert UsageEvent.objects.exists()
    assert waiting() == []


def test_pushed_lines_give_what_imported_ones_do(send: Send, put: Callable[..., Any]) -> None:
    put(working_day(), source="logit")
    rebuild()
    imported = derived()
    forget()
    lines = working_day()
    for part in range(4):
        assert send(body(lines[part::4])).status_code == 202
    work()
    assert derived() == imported


def test_a_batch_that_is_sent_again_counts_once(send: Send) -> None:
    first, again = send(body()), send(body())
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json()["repeated"] is True
    other = send(body()[:-1], **{"Idempotency-Key": "batch-7"})
    same_key = send(body()[:-1] + b" ", **{"Idempotency-Key": "batch-7"})
    assert (other.status_code, same_key.status_code) == (202, 200)
    work()
    assert UsageObject.objects.count() == 2


def test_bad_lines_do_not_fail_a_batch(send: Send) -> None:
    answer = send(b"rubbish\n" * 15 + body())
    assert answer.status_code == 202
    found = answer.json()
    assert (found["accepted"], found["rejected"]) == (len(working_day()), 15)
    assert found["errors"][0] == {"line": 1, "cause": "unknown_format"}
    assert len(found["errors"]) == 10


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"rubbish\nmore rubbish\n", 400),
        (gzip.compress(b"x" * 100_000_000), 413),
        ((b"x" * 250_000 + b"\n") * 280, 413),
        (b"\n" * 500_001, 413),
        (b"", 202),
        (b"[]", 202),
        (gzip.compress(body())[:-30], 202),
    ],
)
def test_bodies_at_the_edge(send: Send, data: bytes, status: int) -> None:
    answer = send(data)
    assert answer.status_code == status
    assert waiting() == [] or status == 202


def test_a_body_larger_than_django_holds_is_streamed(send: Send) -> None:
    assert len(body()) * 400 > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert send(body() * 400).status_code == 202


@pytest.mark.parametrize("secret", ["", "wrong", "cp_usage_" + "x" * 43, "ä"])
def test_a_wrong_key_is_told_and_logged(
    send: Send, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = send(body(), secret=secret.encode().decode("latin-1"))
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="usage"')
    assert "usage.wrong_key" in caplog.text or not secret


def test_a_wrong_key_raises_one_alert_a_day_in_our_words(send: Send) -> None:
    hostile = f"{LOGS}?source=%3Cb%3Eevil%00"
    for address in (hostile, hostile, f"{LOGS}?source=logit"):
        assert send(body(), secret="wrong", address=address).status_code == 401
    raised = UsageAlert.objects.order_by("id").values_list("rule", "subject")
    assert list(raised) == [("wrong_key", "unknown"), ("wrong_key", "logit")]
    assert not UsageAlert.objects.filter(sentence__contains="evil").exists()


def test_a_database_that_is_busy_is_told_as_overload(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(**_: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(ingest, "receive", locked)
    answer = send(body())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_two_keys_work_side_by_side_until_one_is_revoked(send: Send, key: str) -> None:
    second = actions.create_source_key(slug="logit")
    assert send(body(), secret=second).status_code == 202
    found = actions.find_source_key(key)
    assert found is not None
    actions.revoke_source_key(key_id=str(found.pk))
    assert send(body()).status_code == 401
    alert = UsageAlert.objects.get()
    assert alert.sentence.startswith("The sender of logit uses a revoked key")
    assert send(body(), secret=second).status_code == 200


class RevokesWhileRead:
    """A body whose sender's key is revoked before its end."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int, /) -> bytes:
        UsageSourceKey.objects.update(revoked_at=timezone.now())
        found, self.data = self.data[:size], self.data[size:]
        return found


def test_a_key_that_is_revoked_in_mid_stream_stores_nothing(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "body_of", lambda _: RevokesWhileRead(body()))
    assert send(b"").status_code == 401
    assert UsageAlert.objects.get().subject == "logit"
    assert not UsageObject.objects.exists()
    assert waiting() == []


def test_a_source_sends_under_its_own_name_and_from_its_networks(send: Send) -> None:
    assert send(body(), address=f"{LOGS}?source=logit").status_code == 202
    assert send(body(), address=f"{LOGS}?source=other").status_code == 403
    actions.ensure_source(slug="logit", networks=["203.0.113.0/24"])
    assert send(body()).status_code == 403
    actions.ensure_source(slug="logit", networks=["127.0.0.0/8"])
    assert send(body()).status_code == 200


class Unread:
    def read(self, size: int, /) -> bytes:
        raise AssertionError("the body was read")


def test_overload_is_told_before_a_body_is_read(
    send: Send, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(ingest, "body_of", lambda _: Unread())
    settings.USAGE_MAX_WAITING = 0
    answer = send(b"")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    settings.USAGE_MAX_WAITING = 10
    taken = [ingest.at_once.acquire(blocking=False) for _ in range(50)]
    try:
        answer = send(b"")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    finally:
        for one in taken:
            if one:
                ingest.at_once.release()


class Killed(BaseException):
    """What a worker feels that is killed."""


def test_a_worker_killed_between_blocks_goes_on_where_it_was(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BLOCK_LINES", 10)
    stored, calls = batches.load, []

    def dies(block: Any, owner: UsageObject) -> None:
        calls.append(1)
        stored(block, owner)
        if len(calls) in (2, 4):
            raise Killed

    monkeypatch.setattr(batches, "load", dies)
    send(body())
    for _ in range(2):
        with pytest.raises(Killed):
            work()
        assert rebuild() == []
    work()
    pushed = derived()["UsageSession"]
    forget()
    monkeypatch.setattr(batches, "load", stored)
    Delivery.objects.all().delete()
    send(body())
    work()
    assert derived()["UsageSession"] == pushed


def test_nothing_personal_is_in_the_waiting_file_or_in_the_logs(
    send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = samples.token(samples.HARBOURS, samples.START - 9000)
    visit = Visit(host=samples.DRAFT, target=f"/a?token={secret}", ip="203.0.113.177")
    broken = samples.nginx(visit)[:-5]
    send(body([samples.nginx(visit, signon_uid=samples.UID), broken]))
    (name,) = waiting()
    with storages["usage"].open(f"batches/{name}") as file:
        kept = zstandard.ZstdDecompressor().stream_reader(file).read().decode()
    work()
    for personal in (secret, "eyJ", "203.0.113", samples.UID, "Firefox/"):
        assert personal not in kept
        assert personal not in caplog.text
    assert UsageSession.objects.get().audience == "end_user"


# --- OTLP ---


def otlp(lines: list[str]) -> dict[str, Any]:
    bodies = [{"body": {"stringValue": line}} for line in lines]
    return {"resourceLogs": [{"scopeLogs": [{"logRecords": bodies}]}]}


def test_otlp_takes_texts_and_objects_in_both_encodings(send: Send) -> None:
    from google.protobuf import json_format
    from opentelemetry.proto.collector.logs.v1 import logs_service_pb2 as service

    sent = otlp([*working_day(), "rubbish"])
    text = json.dumps(sent).encode()
    answer = send(text, address="/v1/logs", kind="application/json")
    assert (answer.status_code, answer.json()) == (
        200,
        {"partialSuccess": {"rejectedLogRecords": "1"}},
    )
    sent = otlp([samples.nginx(Visit(request_id="other"))])
    message = json_format.ParseDict(sent, service.ExportLogsServiceRequest())
    record = message.resource_logs[0].scope_logs[0].log_records.add()
    for name, value in json.loads(samples.nginx(Visit(request_id="third"))).items():
        entry = record.body.kvlist_value.values.add(key=name)
        if isinstance(value, int):
            entry.value.int_value = value
        else:
            entry.value.string_value = value
    packed = gzip.compress(message.SerializeToString())
    accept = {"Accept": "application/x-protobuf"}
    answer = send(packed, address="/v1/logs", kind="application/x-protobuf", **accept)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/x-protobuf"
    work()
    assert UsageObject.objects.order_by("pk").values_list("kept", flat=True)[1] == 2


def test_what_is_no_otlp_message_is_refused(send: Send) -> None:
    for kind in ("application/json", "application/x-protobuf"):
        assert send(b"\xff{", address="/v1/logs", kind=kind).status_code == 400
    assert send(b"", address="/v1/logs", secret="wrong").status_code == 401


# --- Pages ---

ORIGIN = f"https://{samples.WHITEHALL}"


@pytest.fixture
def token(send: Send) -> str:
    asked = {"app": "whitehall-admin", "uid": samples.UID, "route": "admin/people#edit"}
    answer = send(json.dumps(asked).encode(), address="/ingest/v1/page-tokens")
    assert answer.status_code == 201
    found: str = answer.json()["token"]
    assert samples.UID not in found
    return found


def beacon(send: Send, origin: str = ORIGIN, **event: Any) -> Any:
    data = json.dumps({"signal": "preview_draft", "kind": "people", **event}).encode()
    return send(data, "/ingest/v1/beacon", secret="none", kind="text/plain", Origin=origin)


def test_a_page_reports_with_its_token_and_no_cookie(send: Send, token: str) -> None:
    answer = beacon(send, token=token)
    assert (answer.status_code, answer.cookies) == (204, {})
    work()
    session = UsageSession.objects.get()
    assert (session.audience, session.rung, session.app) == ("end_user", 1, "whitehall")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": f"https://x.{samples.DOMAIN}.evil.example"}, 403),
        ({"origin": f"http://{samples.WHITEHALL}"}, 403),
        ({"token": "forged"}, 404),
        ({"signal": "<b>"}, 422),
        ({"kind": 7}, 422),
        ({"kind": "x" * 5000}, 422),
    ],
)
def test_what_a_page_may_not_report(
    send: Send, token: str, changes: dict[str, Any], status: int
) -> None:
    assert beacon(send, **{"token": token, **changes}).status_code == status
    assert not UsageObject.objects.exists()


def test_a_token_is_over_after_twelve_hours(send: Send, token: str) -> None:
    import time_machine

    with time_machine.travel(timezone.now() + timezone.timedelta(hours=12, minutes=1)):
        assert beacon(send, token=token).status_code == 404


def test_a_page_that_reports_too_often_is_told_to_wait(
    send: Send, token: str, settings: Any
) -> None:
    from preview import rate_limits

    rate_limits.item.cache_clear()
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "beacon": "2/minute"}
    try:
        answers = [beacon(send, token=token).status_code for _ in range(3)]
    finally:
        rate_limits.item.cache_clear()
    assert answers == [204, 204, 429]


def test_batches_wait_where_the_settings_say() -> None:
    assert Path(settings.USAGE_FOLDER).name == "usage"
