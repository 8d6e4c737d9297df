"""How the client meets faults: time-outs, lost answers, refusals, answers of somebody else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, BinaryIO

import pytest
import requests
import responses

from content_preview_client import ContentPreview, Limits, errors
from content_preview_client.memory import MemoryServer
from content_preview_client.refusals import seconds_of
from content_preview_client.transport import Call
from tests.publishing_bridge.sdk.conftest import item_at, new_id

ROOT = "https://preview.example.org"
AT_ONCE = Limits(first_pause=0, longest_pause=0, jitter=0)


@pytest.fixture
def server() -> MemoryServer:
    return MemoryServer()


@pytest.fixture
def away() -> Iterator[ContentPreview]:
    """A client of a service that `responses` stands in for."""
    with ContentPreview(ROOT, "token", limits=AT_ONCE) as client:
        yield client


def test_a_lost_answer_makes_no_second_version(server: MemoryServer) -> None:
    server.fail(answer_lost=True, times=2)
    draft = server.client().drafts.put(new_id(), item_at("/tides"))
    assert (draft.version, draft.created, len(server.requests)) == (1, True, 3)
    assert len({one.headers["Idempotency-Key"] for one in server.requests}) == 1


def test_two_calls_have_two_keys(server: MemoryServer) -> None:
    client, content_id = server.client(), new_id()
    client.drafts.put(content_id, item_at("/tides"))
    client.drafts.put(content_id, item_at("/tides"))
    assert len({one.headers["Idempotency-Key"] for one in server.requests}) == 2


@pytest.mark.parametrize(
    "command",
    [
        lambda client, _: client.packs.make("Spring"),
        lambda client, content_id: client.publishing_api.publish(content_id),
        lambda client, content_id: client.publishing_api.discard_draft(content_id),
        lambda client, content_id: client.publishing_api.put_content(
            content_id, item_at("/tides", previous_version="1")
        ),
        lambda client, _: client.assets.upload(BytesIO(b"tides"), filename="a.pdf"),
    ],
)
def test_what_may_do_harm_twice_is_sent_once(
    server: MemoryServer, command: Callable[[ContentPreview, str], Any]
) -> None:
    client, content_id = server.client(), new_id()
    client.publishing_api.put_content(content_id, item_at("/tides"))
    sent = len(server.requests)
    server.fail(answer_lost=True)
    with pytest.raises(errors.ServiceAway) as lost:
        command(client, content_id)
    assert lost.value.sent
    assert len(server.requests) == sent + 1


def test_an_archived_pack_stays_archived_when_the_answer_is_lost(server: MemoryServer) -> None:
    client = server.client()
    pack = client.packs.make("Spring")
    server.fail(answer_lost=True)
    client.packs.archive(pack.id)
    with pytest.raises(errors.NotFound):
        client.packs.archive(pack.id)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_passing_fault_is_tried_again(server: MemoryServer, status: int) -> None:
    server.fail(status, times=3)
    client = server.client()
    assert client.drafts.put(new_id(), item_at("/tides")).version == 1
    server.fail(status, times=4)
    with pytest.raises(errors.ServiceFault) as refused:
        client.drafts.put(new_id(), item_at("/tides"))
    assert refused.value.status == status


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 413, 422, 500])
def test_a_refusal_is_not_asked_for_twice(server: MemoryServer, status: int) -> None:
    server.fail(status)
    with pytest.raises(errors.Refusal) as refused:
        server.client().drafts.get(new_id())
    assert (refused.value.status, len(server.requests)) == (status, 1)
    assert type(refused.value) is not errors.Refusal


def test_retry_after_is_waited_for_unless_it_is_too_long(server: MemoryServer) -> None:
    content_id = new_id()
    client = server.client(limits=Limits(first_pause=0, longest_pause=1, jitter=0))
    client.drafts.put(content_id, item_at("/tides"))
    server.fail(429, retry_after="0")
    assert client.drafts.get(content_id).version == 1
    server.fail(429, retry_after="3600")
    with pytest.raises(errors.TooManyRequests) as refused:
        client.drafts.get(content_id)
    assert refused.value.retry_after == 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [(None, None), ("", None), ("7", 7), ("soon", None), ("Wed, 01 Jan 2020 00:00:00 GMT", 0)],
)
def test_retry_after_is_read_as_seconds_or_date(text: str | None, seconds: float | None) -> None:
    assert seconds_of(text) == seconds


def test_every_call_has_time_outs(away: ContentPreview) -> None:
    seen: list[Any] = []

    def note(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        seen.append(request.req_kwargs["timeout"])  # type: ignore[attr-defined]  # responses sets it
        return 404, {}, "{}"

    with responses.RequestsMock() as mock:
        mock.add_callback("GET", f"{ROOT}/api/v1/drafts/{(content_id := new_id())}", callback=note)
        with pytest.raises(errors.NotFound):
            away.drafts.get(content_id)
        with pytest.raises(errors.NotFound):
            away.drafts.get(content_id, wait=10)
    assert seen == [(4.0, 20.0), (4.0, 30.0)]


@contextmanager
def connections(
    handle: Callable[[BinaryIO, socket.socket], None],
) -> Iterator[tuple[str, list[int]]]:
    """Listen and give each connection to `handle`; gives the address and the connections' count."""
    count: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                count.append(1)
                with connection, connection.makefile("rb") as reading:
                    handle(reading)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", count
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join()


def test_a_service_that_never_answers_is_given_up_on() -> None:
    limits = Limits(read=0.05, attempts=2, first_pause=0, longest_pause=0, jitter=0)

    def say_nothing(reading: BinaryIO) -> None:
        reading.read()

    with connections(say_nothing) as (address, count):  # noqa: SIM117 (the client closes first)
        with ContentPreview(address, "token", limits=limits) as client:
            with pytest.raises(errors.ServiceAway) as lost:
                client.drafts.get(new_id())
    assert lost.value.reason == "no answer within the time-out"
    assert lost.value.sent
    assert len(count) == 2


def test_a_service_that_is_not_there_saw_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with (
        ContentPreview(address, "secret-token", limits=AT_ONCE) as client,
        pytest.raises(errors.ServiceAway) as lost,
    ):
        client.packs.make("Spring")
    assert not lost.value.sent
    assert "secret-token" not in f"{lost.value}{client!r}{client.transport!r}"


def test_an_upload_is_sent_as_a_stream_of_known_length(server: MemoryServer) -> None:
    largest = 0

    class Watched(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            nonlocal largest
            largest = max(largest, len(piece := super().read(size)))
            return piece

    content = b"tide " * 100_000
    with server.listening() as address, ContentPreview(address, server.token) as client:
        asset = client.assets.upload(Watched(content), filename='tide "table".csv')
    assert (asset.size, largest) == (len(content), 64 * 1024)
    assert "Content-Length" in server.requests[0].headers
    assert "Transfer-Encoding" not in server.requests[0].headers


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (200, "<html>Sign in</html>", {}),
        (200, "[]", {}),
        (200, '{"content_id": 1}', {}),
        (302, "", {"Location": "https://sign-in.example.org"}),
        (204, "", {}),
    ],
)
def test_an_answer_of_somebody_else_is_no_draft(
    away: ContentPreview, status: int, body: str, headers: dict[str, str]
) -> None:
    with responses.RequestsMock() as mock:
        content_id = new_id()
        mock.get(f"{ROOT}/api/v1/drafts/{content_id}", status=status, body=body, headers=headers)
        with pytest.raises(errors.UnexpectedAnswer):
            away.drafts.get(content_id)


def test_a_newer_service_is_understood(server: MemoryServer) -> None:
    client, content_id = server.client(), new_id()
    client.drafts.put(content_id, item_at("/tides"))
    call = Call("GET", f"/api/v1/drafts/{content_id}")
    body = {**client.transport.send(call).json, "colour": "blue"}
    with responses.RequestsMock() as mock, ContentPreview(ROOT, "token") as other:
        mock.get(f"{ROOT}{call.path}", json=body)
        assert other.drafts.get(content_id).title == "tides"


@pytest.mark.parametrize(
    ("body", "kind", "detail"),
    [
        (
            "<h1>Oh</h1>",
            errors.ServiceFault,
            "The service answered 500: <h1>Oh</h1>",
        ),
        ('{"error": {"code": 500, "message": "Oh"}}', errors.ServiceFault, "Oh"),
        ("[]", errors.ServiceFault, "The content item does not conform to its schema."),
        ('"odd"', errors.ServiceFault, 'The service answered 500: "odd"'),
    ],
)
def test_a_fault_in_any_form_is_a_fault(
    away: ContentPreview, body: str, kind: type[errors.Refusal], detail: str
) -> None:
    with responses.RequestsMock() as mock:
        content_id = new_id()
        place = f"{ROOT}/api/v1/drafts/{content_id}"
        mock.get(place, status=500, body=body, headers={"Govuk-Request-Id": "1-2"})
        with pytest.raises(kind) as refused:
            away.drafts.get(content_id)
    assert (str(refused.value), refused.value.request_id) == (detail, "1-2")


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.drafts.get("no-id"),
        lambda client: client.drafts.get(new_id().upper()),
        lambda client: client.drafts.get(new_id(), wait=21),
        lambda client: client.packs.get("../drafts"),
        lambda client: client.drafts.put(new_id(), {}, if_match='"1"', only_new=True),
        lambda client: client.publishing_api.put_path("no-slash", "publisher"),
        lambda client: client.publishing_api.get_links(new_id(), pack="mine"),
        lambda client: client.assets.upload(BytesIO(b"x")),
    ],
)
def test_what_cannot_be_sent_is_not_sent(
    server: MemoryServer, call: Callable[[ContentPreview], Any]
) -> None:
    with pytest.raises(errors.InvalidArgument):
        call(server.client())
    assert not server.requests


@pytest.mark.parametrize(
    ("root", "token"), [("preview.example.org", "x"), (ROOT, " "), (ROOT, "a\nb"), (ROOT, "tökén")]
)
def test_a_client_needs_an_address_and_a_token(root: str, token: str) -> None:
    with pytest.raises(errors.InvalidArgument):
        ContentPreview(root, token)


def test_the_environment_must_name_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTENT_PREVIEW_URL", ROOT)
    monkeypatch.delenv("CONTENT_PREVIEW_BEARER_TOKEN", raising=False)
    with pytest.raises(errors.InvalidArgument, match="CONTENT_PREVIEW_BEARER_TOKEN"):
        ContentPreview.from_environment()


def test_a_rendering_that_does_not_come_is_told(server: MemoryServer) -> None:
    client, content_id = server.client(), new_id()
    client.drafts.put(content_id, item_at("/tides"))
    server.hold_renderings()
    with pytest.raises(errors.RenderingNotReady) as late:
        client.drafts.wait_until_ready(content_id, seconds=0)
    assert late.value.rendering
    assert late.value.rendering.state == "queued"


def test_a_rendering_that_fails_says_why(server: MemoryServer) -> None:
    client, content_id = server.client(), new_id()
    client.drafts.put(content_id, item_at("/tides"))
    server.fail_renderings("Line 3: the table has no end.")
    with pytest.raises(errors.RenderingFailed, match="Line 3") as failed:
        client.drafts.wait_until_ready(content_id)
    assert failed.value.rendering.failure == "Line 3: the table has no end."


def test_the_next_page_is_asked_for_where_the_client_was_told(away: ContentPreview) -> None:
    """An address of another host in an answer never sees the token."""
    with responses.RequestsMock() as mock:
        place = f"{ROOT}/api/v1/drafts"
        elsewhere = "https://elsewhere.example.org/api/v1/drafts?cursor=abc"
        first = {"per_page": "50"}
        mock.get(
            place,
            match=[responses.matchers.query_param_matcher(first)],
            json={"results": [], "next": elsewhere},
        )
        mock.get(
            place,
            match=[responses.matchers.query_param_matcher({**first, "cursor": "abc"})],
            json={"results": [], "next": None},
        )
        assert list(away.drafts.list()) == []
