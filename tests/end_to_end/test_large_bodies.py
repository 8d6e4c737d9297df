"""Bodies of 5 GB and of nothing, over HTTP: refused early, in memory that stays flat, nothing kept.

The sender makes the body as it goes; how much the server took of it is what the sender could send.
"""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from scripts.run import ready
from tests.conftest import content_item
from tests.end_to_end.conftest import Service

pytestmark = pytest.mark.end_to_end
GIGABYTES = 5 * 1024**3
PIECE = b"x" * 65_536
LARGEST_FILE = 8 * 1024**2
IN_SOCKETS = 32 * 1024**2  # what two kernels hold of a body that nobody reads
FORM = "multipart/form-data; boundary=b"
HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
TAIL = b"\r\n--b--\r\n"
DRAFT = f"/api/v1/drafts/{uuid.uuid4()}"
BRIDGE = f"/v2/content/{uuid.uuid4()}"


class Web(Service):
    """The web process alone, with the folders that it could write to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.environment["TMPDIR"] = str(self.temporary)
        self.environment["MAX_ASSET_BYTES"] = str(LARGEST_FILE)

    def peak(self) -> int:
        """Return the most memory that the web worker ever had, in bytes."""
        master = self.processes["web"].pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text("ascii").split()
        (line,) = [
            row
            for row in Path(f"/proc/{children[0]}/status").read_text("ascii").splitlines()
            if row.startswith("VmHWM")
        ]
        return int(line.split()[1]) * 1024

    def kept(self) -> list[Path]:
        """Return the files that uploads left."""
        folders = (self.temporary, self.folder / "draft-assets")
        return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    running = Web(tmp_path_factory.mktemp("web"))
    running.valkey.start()
    running.manage("migrate", "-v0")
    running.start("web")
    try:
        assert ready(str(running.port), path="live"), running.log()[-4000:]
        yield running
    finally:
        running.stop()


class Sender:
    """An app that sends a body as it makes it, and says how many bytes it could send."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.token = web.manage("create_app_token", "publisher")
        self.sent = 0

    def __call__(
        self, method: str, path: str, kind: str, body: Iterator[bytes], length: int | None
    ) -> tuple[int, Any]:
        """Return status and JSON; without `length` the body goes in chunks."""
        connection = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=60)
        try:
            connection.putrequest(method, path)
            connection.putheader("Authorization", f"Bearer {self.token}")
            connection.putheader("Content-Type", kind)
            if length is None:
                connection.putheader("Transfer-Encoding", "chunked")
            else:
                connection.putheader("Content-Length", str(length))
            connection.endheaders()
            self.sent = 0
            with suppress(BrokenPipeError, ConnectionResetError):  # the server has heard enough
                for piece in body:
                    whole = b"%x\r\n%s\r\n" % (len(piece), piece) if length is None else piece
                    connection.send(whole)
                    self.sent += len(piece)
                if length is None:
                    connection.send(b"0\r\n\r\n")
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def send(web: Web) -> Sender:
    return Sender(web)


def gigabytes(head: bytes) -> Iterator[bytes]:
    yield head
    for _ in range(GIGABYTES // len(PIECE)):
        yield PIECE


@pytest.mark.parametrize("length", [GIGABYTES, None], ids=["claimed", "in_chunks"])
@pytest.mark.parametrize(
    ("method", "path", "kind", "head", "statuses"),
    [
        ("POST", "/api/v1/assets", FORM, HEAD, (413, 413)),
        ("PUT", DRAFT, "application/json", b'{"title": "', (413, 411)),
        ("PUT", BRIDGE, "application/json", b'{"title": "', (413, 411)),
    ],
    ids=["file", "draft", "bridge"],
)
def test_five_gigabytes_are_refused_early_in_flat_memory(
    web: Web,
    send: Sender,
    length: int | None,
    method: str,
    path: str,
    kind: str,
    head: bytes,
    statuses: tuple[int, int],
) -> None:
    send("POST", "/api/v1/assets", FORM, iter([HEAD, TAIL]), None)
    before = web.peak()
    status, said = send(method, path, kind, gigabytes(head), length)
    assert status == statuses[length is None]
    assert "Send " in str(said)
    assert send.sent < LARGEST_FILE + IN_SOCKETS
    assert web.peak() - before < LARGEST_FILE
    assert web.kept() == []


def test_a_file_may_come_in_chunks(web: Web, send: Sender) -> None:
    file = b"The ferry sails at nine.\n" * 10_000
    pieces = [HEAD, file[:100_000], file[100_000:], TAIL]
    status, said = send("POST", "/api/v1/assets", FORM, iter(pieces), None)
    assert (status, said["size"]) == (201, len(file))
    (kept,) = web.kept()
    assert kept.stat().st_size == len(file)
    kept.unlink()


@pytest.mark.parametrize("length", [0, None], ids=["claimed", "in_chunks"])
@pytest.mark.parametrize(
    ("method", "path", "kind", "statuses"),
    [
        ("POST", "/api/v1/assets", FORM, (422, 422)),
        ("PUT", DRAFT, "application/json", (422, 411)),
        ("PUT", BRIDGE, "application/json", (422, 411)),
    ],
    ids=["file", "draft", "bridge"],
)
def test_no_bytes_at_all_are_refused_with_a_sentence(
    web: Web,
    send: Sender,
    length: int | None,
    method: str,
    path: str,
    kind: str,
    statuses: tuple[int, int],
) -> None:
    status, said = send(method, path, kind, iter(()), length)
    assert status == statuses[length is None]
    assert said
    assert web.kept() == []


def test_a_file_of_no_bytes_is_refused_with_a_sentence(web: Web, send: Sender) -> None:
    empty = HEAD + TAIL
    status, said = send("POST", "/api/v1/assets", FORM, iter([empty]), len(empty))
    assert (status, said["detail"]) == (422, "The file is empty. Choose another one.")
    assert web.kept() == []


def test_the_worker_serves_on_after_all_of_it(web: Web, send: Sender) -> None:
    for _ in range(3):
        send("POST", "/api/v1/assets", FORM, gigabytes(HEAD), GIGABYTES)
        send("POST", "/api/v1/assets", FORM, gigabytes(HEAD), None)
    item = json.dumps(content_item()).encode()
    status, _ = send("PUT", DRAFT, "application/json", iter([item]), len(item))
    assert status == 201
    assert "Traceback" not in web.log()
    assert web.kept() == []
