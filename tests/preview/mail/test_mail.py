"""Letters: written with what they are about, sealed while they wait, sent once."""

from __future__ import annotations

import email
import json
import threading
import uuid
from collections.abc import Iterator
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from preview.errors import InvalidInput
from preview.mail.actions import send_letter, write_letter
from preview.mail.mailers import Address, FolderMailer, NotifyMailer, SmtpMailer
from preview.mail.models import Letter
from preview.mail.templates import Text
from preview.outbox.models import Delivery
from scripts.servers import free_port

pytestmark = pytest.mark.django_db
CODE = "482913"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MAILER = "preview.mail.mailers.FolderMailer"
    settings.MAIL_FOLDER = tmp_path
    return tmp_path


def code_letter() -> Letter:
    return write_letter(to=" ada@example.com ", template="one_time_code", code=CODE, minutes=10)


def send(letter: Letter) -> Letter | None:
    delivery = Delivery.objects.get(payload={"letter_id": str(letter.id)})
    return send_letter(letter_id=letter.id, delivery_id=str(delivery.id))


def test_a_letter_is_sealed_while_it_waits_and_forgotten_once_sent() -> None:
    letter = code_letter()
    assert CODE.encode() not in bytes(Letter.objects.get().sealed)
    assert send(letter) is not None
    letter.refresh_from_db()
    assert (letter.state, bytes(letter.sealed)) == ("sent", b"")
    assert Delivery.objects.get().done_at is not None


def test_a_letter_to_a_folder_can_be_read(folder: Path) -> None:
    letter = code_letter()
    send(letter)
    message = email.message_from_bytes((folder / f"{letter.id}.eml").read_bytes(), policy=default)
    assert message["To"] == "ada@example.com"
    assert message["Subject"] == f"{CODE} is your code to open the preview"
    assert CODE in message.get_content()


def test_a_letter_is_sent_once() -> None:
    letter = code_letter()
    send(letter)
    assert send(letter) is None


def test_a_value_adds_no_header(folder: Path) -> None:
    letter = write_letter(
        to="ada@example.com",
        template="share_link",
        sender="Eve\nBcc: all@example.com",
        purpose="",
        address="https://example.com",
        opens="",
        expires="tomorrow",
    )
    send(letter)
    message = email.message_from_bytes((folder / f"{letter.id}.eml").read_bytes(), policy=default)
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "to", ["", "ada", "ada@", "a b@example.com", "ada@example.com\nBcc: b@c.d"]
)
def test_what_is_no_address_is_refused(to: str) -> None:
    with pytest.raises(InvalidInput):
        write_letter(to=to, template="one_time_code", code=CODE, minutes=10)
    assert not Letter.objects.exists()


class Refusing:
    """An SMTP handler that takes letters to one address only."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address == "nobody@example.com":
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(envelope.content)
        return "250 OK"


@pytest.fixture
def smtp(settings: Any) -> Iterator[Refusing]:
    handler = Refusing()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.MAILER = "preview.mail.mailers.SmtpMailer"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    yield handler
    controller.stop()


def test_a_letter_goes_out_by_smtp(smtp: Refusing) -> None:
    letter = code_letter()
    send(letter)
    assert f"<{letter.id}@".encode() in smtp.taken[0]


STOPPED = Text("News", "Plain words\n", "<p>Words with <b>weight</b></p>", "https://x.example/stop")


def test_html_and_the_way_to_stop_go_out_by_smtp_and_to_a_folder(
    smtp: Refusing, folder: Path
) -> None:
    address = Address("ada@example.com", "some-id")
    SmtpMailer().send(address, STOPPED)
    FolderMailer().send(address, STOPPED)
    for raw in (smtp.taken[0], (folder / "some-id.eml").read_bytes()):
        message = email.message_from_bytes(raw, policy=default)
        html, plain = message.get_body(("html",)), message.get_body(("plain",))
        assert html is not None
        assert plain is not None
        assert "<b>weight</b>" in html.get_content()
        assert "Plain words" in plain.get_content()
        assert message["List-Unsubscribe"] == "<https://x.example/stop>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_without_a_way_to_stop_has_no_header_of_one(folder: Path) -> None:
    letter = code_letter()
    send(letter)
    message = email.message_from_bytes((folder / f"{letter.id}.eml").read_bytes(), policy=default)
    assert message["List-Unsubscribe"] is None
    assert not message.is_multipart()


def test_an_address_that_the_server_refuses_ends_the_letter_with_its_reason(smtp: Refusing) -> None:
    letter = write_letter(to="nobody@example.com", template="one_time_code", code=CODE, minutes=10)
    send(letter)
    letter.refresh_from_db()
    assert (letter.state, "no such person" in letter.failure) == ("failed", True)
    assert CODE not in letter.failure


class Notify(BaseHTTPRequestHandler):
    """A stand-in for GOV.UK Notify."""

    status = 201
    asked: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"id": "1", "errors": [{"error": "x", "message": "y"}]}')

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@pytest.fixture
def notify(settings: Any) -> Iterator[type[Notify]]:
    Notify.status, Notify.asked = 201, []
    with HTTPServer(("127.0.0.1", 0), Notify) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.MAILER = "preview.mail.mailers.NotifyMailer"
        settings.NOTIFY_URL = f"http://127.0.0.1:{server.server_port}"
        settings.NOTIFY_API_KEY = f"key-{uuid.uuid4()}-{uuid.uuid4()}"
        settings.NOTIFY_TEMPLATE_ID = str(uuid.uuid4())
        yield Notify
        server.shutdown()


def test_a_letter_goes_out_by_notify(notify: type[Notify]) -> None:
    letter = code_letter()
    send(letter)
    asked = notify.asked[0]
    assert (asked["email_address"], asked["reference"]) == ("ada@example.com", str(letter.id))
    assert CODE in asked["personalisation"]["body"]


def test_notify_is_told_the_way_to_stop(notify: type[Notify]) -> None:
    NotifyMailer().send(Address("ada@example.com", "some-id"), STOPPED)
    assert notify.asked[0]["one_click_unsubscribe_url"] == "https://x.example/stop"


def test_notify_saying_no_ends_the_letter_and_being_away_does_not(notify: type[Notify]) -> None:
    notify.status = 503
    letter = code_letter()
    with pytest.raises(OSError, match="503"):
        send(letter)
    notify.status = 400
    send(letter)
    letter.refresh_from_db()
    assert letter.state == "failed"
