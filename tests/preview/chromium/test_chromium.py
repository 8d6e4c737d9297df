"""Chromium for one page: nothing runs, nothing is fetched, nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from preview.chromium import Answer, Chromium, Limits, program
from preview.chromium.process import group, memory_of
from preview.errors import BrowserFault
from scripts.assets import axe
from tests.end_to_end.browser import CHROMIUM

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(not CHROMIUM, reason="There is no Chromium on this machine."),
]
ENOUGH = Limits(seconds=300, memory=2**31)
HOSTILE = """<!DOCTYPE html><html lang="en"><head><title>Quiet</title>
<link rel="preconnect" href="{away}"><link rel="dns-prefetch" href="{away}">
<link rel="stylesheet" href="{away}/a.css"><link rel="prefetch" href="{away}/b">
<style>@import "{away}/c.css"; p {{ background: url({away}/d.png) }}</style>
<script>document.title = "Loud"; while (true) {{}}</script>
<script src="/own.js"></script></head>
<body onload="document.title = 'Loud'"><p>Words</p><img src="{away}/e.png">
<img src="/nothing.png" onerror="document.title = 'Loud'"><iframe src="{away}/f"></iframe>
<object data="{away}/g"></object><video src="{away}/h" autoplay></video>
<a href="{away}/i" ping="{away}/j">Away</a></body></html>"""


def left_of(leader: int) -> list[Path]:
    """Return the processes of a group that live; the dead may wait for somebody to note it."""
    return [place for place in group(leader) if memory_of(place)]


def wait_gone(leader: int) -> None:
    """Wait until a group of processes is gone."""
    until = time.monotonic() + 20
    while left_of(leader):
        assert time.monotonic() < until, [(one / "cmdline").read_bytes() for one in group(leader)]
        time.sleep(0.1)


def none(path: str) -> Answer | None:
    """Serve nothing."""
    return None


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who comes by, and its address."""
    came: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *said: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", came
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """A browser for the tests that end none; nothing is left of it."""
    with Chromium(ENOUGH) as running:
        yield running
        leader, folder = running.process.running.pid, running.process.folder.name
        assert len(left_of(leader)) > 1
    wait_gone(leader)
    assert not Path(folder).exists()


def test_a_hostile_page_runs_nothing_and_reaches_nobody(
    chromium: Chromium, elsewhere: tuple[str, list[str]]
) -> None:
    away, came = elsewhere
    script = Answer(b"document.title = 'Loud'", "text/javascript")
    tab = chromium.tab()
    tab.open(HOSTILE.format(away=away), {"/own.js": script}.get)
    assert tab.run("document.title") == "Quiet"
    refresh = f'<meta http-equiv="refresh" content="0; url={away}/k">'
    other = chromium.tab()
    other.open(f"<title>Quiet</title>{refresh}<p>Words</p>", none)
    chromium.wait_for(lambda: f"{away}/k" in other.refused)
    assert came == []


def test_a_page_gets_what_is_served_and_has_no_name_that_anybody_owns(chromium: Chromium) -> None:
    style = Answer(b"p { color: rgb(1, 2, 3) }", "text/css")
    tab = chromium.tab(width=320, height=640)
    page = '<link rel="stylesheet" href="/static/a.css?v=1"><p>Words</p><img src="b.png">'
    tab.open(page, {"/static/a.css": style}.get, "/a page/é?#")
    assert tab.run("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"
    assert tab.run("window.innerWidth") == 320
    assert "https://page.invalid/a%20page/b.png" in tab.refused
    assert tab.picture().startswith(b"\x89PNG")
    with pytest.raises(BrowserFault, match="refused"):
        tab.run("nothing.at.all")
    tab.close()


def test_tabs_share_nothing(chromium: Chromium) -> None:
    for _ in range(2):
        tab = chromium.tab()
        tab.open("<p>Words</p>", none)
        assert tab.run("localStorage.length") == 0
        tab.run("localStorage.setItem('kept', 'yes'); document.cookie = 'kept=yes'")


def ended(limits: Limits, doing: Callable[[Chromium], object]) -> str:
    """Return the reason for which a run ended in the middle, once nothing is left of it."""
    leaders = []

    def run() -> None:
        with Chromium(limits) as chromium:
            leaders.append(chromium.process.running.pid)
            doing(chromium)

    with pytest.raises(BrowserFault) as found:
        run()
    wait_gone(leaders[0])
    return found.value.reason


def struck(number: signal.Signals) -> Callable[[Chromium], None]:
    """Have a browser get a signal while it loads a page."""

    def strike(chromium: Chromium) -> None:
        leader = chromium.process.running.pid
        tab = chromium.tab()
        tab.open('<img src="/a.png">', lambda _: os.killpg(leader, number))
        while True:
            tab.run("1")

    return strike


def running(*scripts: str, html: str = "<p>Words</p>") -> Callable[[Chromium], None]:
    """Have a browser run scripts of ours beside a page."""

    def run(chromium: Chromium) -> None:
        tab = chromium.tab()
        tab.open(html, none)
        for script in scripts:
            tab.run(script)

    return run


def test_a_browser_that_is_killed_in_the_middle_is_told() -> None:
    assert ended(ENOUGH, struck(signal.SIGKILL)) == "ended"


def test_a_browser_that_hangs_is_killed_and_told() -> None:
    assert ended(Limits(3, 2**31), struck(signal.SIGSTOP)) == "slow"


def test_a_script_without_end_is_ended() -> None:
    assert ended(Limits(3, 2**31), running("for (;;) {}")) == "slow"


def test_memory_is_bounded() -> None:
    grows = "var kept = []; for (;;) kept.push(new Uint8Array(1e7).fill(1))"
    assert ended(Limits(300, 2**29 + 2**28), running(grows)) == "large"


def test_a_page_of_a_hundred_thousand_parts_is_given_up(tmp_path: Path) -> None:
    axe(tmp_path)
    script = (tmp_path / "axe-core" / "axe.min.js").read_text("utf-8")
    looks = running(f"{script};0", "axe.run()", html="<main>" + "<p><b>x</b> y</p>" * 100_000)
    assert ended(Limits(5, 2**30), looks) in {"slow", "large"}


def test_a_page_that_crashes_is_told(chromium: Chromium) -> None:
    tab = chromium.tab()
    tab.open("<p>Words</p>", none)
    with pytest.raises(BrowserFault, match="ended"):
        tab.call("Page.crash")


def test_a_machine_without_a_browser_says_so(settings: Any) -> None:
    settings.CHROMIUM = "/nowhere/chromium"
    assert program() is None
    with pytest.raises(BrowserFault, match="missing"), Chromium(ENOUGH):
        pass


def test_a_program_that_is_no_browser_is_told(settings: Any) -> None:
    settings.CHROMIUM = "/bin/false"
    assert ended(ENOUGH, Chromium.tab) == "ended"


def test_nothing_is_left_of_a_worker_that_is_killed() -> None:
    script = (
        "import tests.environment, django, os, time; django.setup()\n"
        "from preview.chromium import Chromium, Limits\n"
        "with Chromium(Limits(60, 2**31)) as chromium:\n"
        "    chromium.tab().open('<p>Words</p>', lambda path: None)\n"
        "    print(chromium.process.running.pid, flush=True)\n"
        "    time.sleep(60)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "preview.settings"}
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as worker:
        assert worker.stdout is not None
        leader = int(worker.stdout.readline())
        assert left_of(leader)
        worker.kill()
    wait_gone(leader)
