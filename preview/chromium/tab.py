"""A tab: shows one page, of which nothing runs and for which nothing is fetched but what we give.

Source: Chrome DevTools Protocol, domains Fetch, Page and Runtime; CSP level 3.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from preview.errors import BrowserFault

if TYPE_CHECKING:
    from preview.chromium.run import Chromium

# Nobody can own a name under `.invalid` (RFC 2606).
ORIGIN = "https://page.invalid"
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; base-uri 'none'; form-action 'none'"
)
WORLD = "content-preview"


@dataclass(frozen=True)
class Answer:
    """What is at an address: bytes and their media type."""

    body: bytes
    content_type: str


# Path of an address → what is there; None where there is nothing.
Serve = Callable[[str], Answer | None]


class Tab:
    """A tab of a running Chromium."""

    def __init__(
        self, chromium: Chromium, context: str, target: str, session: str, size: tuple[int, int]
    ) -> None:
        self.chromium, self.context, self.target = chromium, context, target
        self.session, self.size = session, size
        self.page: Answer | None = None
        self.serve: Serve = nothing
        self.loaded = False
        self.refused: list[str] = []
        self.world = 0

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Have a command done in this tab."""
        return self.chromium.call(method, self.session, **parameters)

    def open(self, html: str, serve: Serve, path: str = "/") -> None:
        """Show a page as if it were at `path`; returns once it is loaded.

        `refused` lists the addresses that the page asked for and did not get.
        """
        self.page = Answer(html.encode("utf-8", "replace"), "text/html; charset=utf-8")
        self.serve = serve
        for event, handler in {
            "Fetch.requestPaused": self.asked,
            "Page.loadEventFired": self.was_loaded,
            "Inspector.targetCrashed": crashed,
        }.items():
            self.chromium.handlers[f"{self.session} {event}"] = handler
        self.call("Inspector.enable")
        self.call("Page.enable")
        self.call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        width, height = self.size
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **screen)
        frame = self.call("Page.navigate", url=ORIGIN + quote(path, safe="/-._~"))["frameId"]
        self.chromium.wait_for(lambda: self.loaded)
        made = self.call("Page.createIsolatedWorld", frameId=frame, worldName=WORLD)
        self.world = made["executionContextId"]

    def run(self, script: str) -> Any:
        """Run a script of ours beside the page and return what it, or its promise, comes to.

        Raises:
            BrowserFault: reason `refused` where it ends with an error.

        """
        asked = {"contextId": self.world, "awaitPromise": True, "returnByValue": True}
        found = self.call("Runtime.evaluate", expression=script, **asked)
        if "exceptionDetails" in found:
            raise BrowserFault("refused", str(found["exceptionDetails"].get("text", "")))
        return found["result"].get("value")

    def picture(self) -> bytes:
        """Return what the tab shows, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def close(self) -> None:
        """Close the tab and forget all that it kept."""
        for name in [one for one in self.chromium.handlers if one.startswith(self.session)]:
            del self.chromium.handlers[name]
        self.chromium.call("Target.disposeBrowserContext", browserContextId=self.context)

    def asked(self, event: dict[str, Any]) -> None:
        """Answer a request: with the page, once; with what is served; else not at all."""
        address, number = event["request"]["url"], event["requestId"]
        answer = self.answer(address, event.get("resourceType", ""))
        if answer is None:
            self.refused.append(address)
            refusal = {"requestId": number, "errorReason": "BlockedByClient"}
            self.chromium.tell("Fetch.failRequest", self.session, **refusal)
            return
        headers = {"Content-Type": answer.content_type, "Content-Security-Policy": POLICY}
        self.chromium.tell(
            "Fetch.fulfillRequest",
            self.session,
            requestId=number,
            responseCode=200,
            responseHeaders=[{"name": name, "value": value} for name, value in headers.items()],
            body=base64.b64encode(answer.body).decode(),
        )

    def answer(self, address: str, kind: str) -> Answer | None:
        """Return what a request gets."""
        if kind == "Document":
            page, self.page = self.page, None  # a page that leads on by itself leads nowhere
            return page
        parts = urlsplit(address)
        here = f"{parts.scheme}://{parts.netloc}" == ORIGIN
        return self.serve(unquote(parts.path)) if here else None

    def was_loaded(self, event: dict[str, Any]) -> None:  # noqa: ARG002 (an event's handler)
        """Note that the page is there."""
        self.loaded = True


def nothing(path: str) -> Answer | None:  # noqa: ARG001 (as any that serves)
    """Serve nothing."""
    return None


def crashed(event: dict[str, Any]) -> None:  # noqa: ARG001 (an event's handler)
    """End a run whose page ended by itself.

    Raises:
        BrowserFault: always.

    """
    raise BrowserFault("ended")
