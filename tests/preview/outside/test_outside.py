"""Requests to other sites go to the public internet, and nowhere else."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from preview.errors import AddressRefused
from preview.outside import asking, guard, status_of


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 (refused)
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "fec0::1",
        "192.0.0.8",
        "192.88.99.1",
    ],
)
def test_an_address_of_a_network_of_its_own_is_not_public(address: str) -> None:
    assert not guard.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert guard.is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "https://8.8.8.8:22/",
        "http://8.8.8.8:99999/",
        "ftp://8.8.8.8/",
        "file:///etc/passwd",
        "http://user:secret@8.8.8.8/",
        "http:///nothing",
    ],
)
def test_what_is_not_for_everybody_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        status_of(address)


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("8.8.8.8", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(AddressRefused):
        guard.connect("both.example", 80, 1)


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers a few paths."""

    def do_GET(self) -> None:
        status = {"/gone": 410, "/moved": 302, "/inside": 302, "/round": 302}.get(self.path, 200)
        to = {"/moved": "/here", "/inside": "http://10.0.0.1/", "/round": "/round"}
        self.send_response(status)
        if self.path in to:
            self.send_header("Location", to[self.path])
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of a server that stands for one on the internet."""
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    port = running.server_address[1]
    real = guard.connect

    def connect(host: str, number: int, timeout: float) -> socket.socket:
        if host == "tides.example":
            return socket.create_connection(("127.0.0.1", port), timeout)
        return real(host, number, timeout)

    monkeypatch.setattr(asking, "connect", connect)
    yield "http://tides.example"
    running.shutdown()
    running.server_close()


def test_the_status_is_the_one_that_a_reader_ends_at(server: str) -> None:
    assert status_of(f"{server}/here") == 200
    assert status_of(f"{server}/gone") == 410
    assert status_of(f"{server}/moved") == 200
    assert status_of(f"{server}/caf\u00e9 menu?q=\u00e9") == 200


def test_a_redirect_into_a_private_network_is_refused(server: str) -> None:
    with pytest.raises(AddressRefused):
        status_of(f"{server}/inside")


def test_going_round_in_circles_ends(server: str) -> None:
    assert status_of(f"{server}/round") == 302


def test_what_does_not_speak_http_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(b"220 mail ready\r\n")
    monkeypatch.setattr(asking, "connect", lambda *_: ours)
    with pytest.raises(OSError, match="does not answer as HTTP does"):
        status_of("http://mail.example/")
    theirs.close()
