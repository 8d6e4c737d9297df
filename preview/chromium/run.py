"""One run of Chromium: commands in, answers and events out, within its limits.

Source: Chrome DevTools Protocol; messages on its pipes are JSON that ends with a zero byte.
"""

from __future__ import annotations

import json
import os
import select
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from preview.chromium.process import Limits, Process
from preview.chromium.tab import Tab
from preview.errors import BrowserFault

Json = dict[str, Any]
TICK = 0.2  # seconds
LARGEST_MESSAGE = 64 * 1024 * 1024
LARGEST_READ = 1024 * 1024


class Chromium:
    """A browser that is there inside its `with` block.

    Raises:
        BrowserFault: it is not there, ended by itself, or took more than its limits.

    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.handlers: dict[str, Callable[[Json], None]] = {}
        self.answers: dict[int, Json] = {}
        self.waiting: set[int] = set()
        self.number = 0
        self.unread = bytearray()
        self.look_again_at = 0.0

    def __enter__(self) -> Chromium:
        """Start it."""
        self.until = time.monotonic() + self.limits.seconds
        self.process = Process()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Kill it and all that it started."""
        self.process.end()

    def tab(self, width: int = 1280, height: int = 900) -> Tab:
        """Open a tab that shares nothing with the others; sizes in CSS pixels."""
        own = self.call("Target.createBrowserContext")["browserContextId"]
        made = self.call("Target.createTarget", url="about:blank", browserContextId=own)
        asked = {"targetId": made["targetId"], "flatten": True}
        session = self.call("Target.attachToTarget", **asked)["sessionId"]
        return Tab(self, str(own), str(made["targetId"]), str(session), (width, height))

    def call(self, method: str, session: str = "", **parameters: Any) -> Json:
        """Have a command done and return its result.

        Raises:
            BrowserFault: reason `refused` where the browser says that it can't.

        """
        number = self.tell(method, session, **parameters)
        self.waiting.add(number)
        while number not in self.answers:
            self.take()
        answer = self.answers.pop(number)
        if "error" in answer:
            raise BrowserFault("refused", str(answer["error"].get("message", "")))
        result: Json = answer["result"]
        return result

    def tell(self, method: str, session: str = "", **parameters: Any) -> int:
        """Give a command without waiting for its end; returns its number."""
        self.number += 1
        message: Json = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.put(json.dumps(message).encode() + b"\0")
        return self.number

    def wait_for(self, said: Callable[[], object]) -> None:
        """Take what the browser says until a condition holds."""
        while not said():
            self.take()

    def put(self, message: bytes) -> None:
        """Write to the browser, which may be slow to read."""
        rest = memoryview(message)
        while rest:
            self.look()
            if not ready(self.process.write, select.POLLOUT):
                continue
            try:
                rest = rest[os.write(self.process.write, rest) :]
            except BrokenPipeError as error:
                raise BrowserFault("ended") from error

    def take(self) -> None:
        """Take what the browser says next, if it says something within a moment."""
        self.look()
        if not ready(self.process.read, select.POLLIN):
            return
        piece = os.read(self.process.read, LARGEST_READ)
        if not piece:
            raise BrowserFault("ended")
        self.unread += piece
        *whole, rest = self.unread.split(b"\0")
        if len(rest) > LARGEST_MESSAGE:
            raise BrowserFault("large")
        self.unread = rest
        for message in whole:
            self.heard(json.loads(message))

    def heard(self, message: Json) -> None:
        """Keep an answer that somebody waits for; hand an event to who asked for it."""
        if message.get("id") in self.waiting:
            self.waiting.discard(message["id"])
            self.answers[message["id"]] = message
        elif handler := self.handlers.get(
            f"{message.get('sessionId', '')} {message.get('method')}"
        ):
            handler(message["params"])

    def look(self) -> None:
        """Hold the run to its limits."""
        now = time.monotonic()
        if now > self.until:
            raise BrowserFault("slow")
        if now < self.look_again_at:
            return
        self.look_again_at = now + TICK
        if self.process.memory() > self.limits.memory:
            raise BrowserFault("large")


def ready(pipe: int, event: int) -> bool:
    """Say whether a pipe can be used, or is at its end, within a moment."""
    found = select.poll()
    found.register(pipe, event)
    return bool(found.poll(1000 * TICK))
