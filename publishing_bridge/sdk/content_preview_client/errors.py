"""Every error of the client, with its facts as attributes; `str()` is a sentence for a person.

::

    ContentPreviewError
    ├── InvalidArgument            what was passed can't be sent; says what to do
    ├── ServiceAway                no answer came, however often it was tried
    ├── UnexpectedAnswer           an answer that is not of this API
    ├── RenderingFailed            the draft can't be shown; says why
    ├── RenderingNotReady          the rendering took longer than the caller waits
    └── Refusal                    the service said no: status, detail, body, request id
        ├── BadRequest             400
        ├── Unauthorised           401: no token, or none that is valid
        ├── Forbidden              403: the token may not do this
        ├── NotFound               404: not there, or another app's
        ├── Conflict               409: it does not fit what is stored
        │   └── VersionConflict    somebody saved in between (409)
        ├── PreconditionFailed     412: If-Match or If-None-Match does not hold
        ├── TooLarge               413
        ├── Invalid                422: `fields` names what is wrong
        │   ├── InvalidContent     every violation, each with its JSON Pointer
        │   └── PathTaken          another app or document has the base path
        ├── TooManyRequests        429: `retry_after` says when to try again
        └── ServiceFault           500 and above
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from content_preview_client.answers import Rendering


class ContentPreviewError(Exception):
    """Base of all errors of this client."""


class InvalidArgument(ContentPreviewError, ValueError):
    """What was passed can't be sent; nothing was."""


class ServiceAway(ContentPreviewError):
    """No answer came; `sent` says whether the service may have seen the request."""

    def __init__(self, method: str, url: str, reason: str, *, sent: bool) -> None:
        super().__init__(f"{method} {url} was not answered: {reason}")
        self.method = method
        self.url = url
        self.reason = reason
        self.sent = sent


class UnexpectedAnswer(ContentPreviewError):
    """An answer that this API does not give; `status` and the start of its `body`."""

    def __init__(self, sentence: str, *, status: int | None = None, body: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.body = body[:500]


class RenderingFailed(ContentPreviewError):
    """The draft can't be shown; `rendering.failure` says why."""

    def __init__(self, rendering: Rendering) -> None:
        super().__init__(f"Version {rendering.version} can't be shown: {rendering.failure}")
        self.rendering = rendering


class RenderingNotReady(ContentPreviewError):
    """The rendering took longer than the `seconds` that the caller waits."""

    def __init__(self, content_id: str, seconds: float, rendering: Rendering | None) -> None:
        super().__init__(f"The rendering of {content_id} was not ready within {seconds:g} seconds.")
        self.content_id = content_id
        self.seconds = seconds
        self.rendering = rendering


@dataclass(frozen=True)
class Violation:
    """One thing that is wrong with a content item: JSON Pointer, what to do, name of the rule."""

    pointer: str
    detail: str
    rule: str


@dataclass(frozen=True)
class Said:
    """What the service said when it refused, in either API's form."""

    status: int
    detail: str
    code: str = ""
    request_id: str = ""
    retry_after: float | None = None
    fields: Mapping[str, tuple[str, ...]] | None = None
    violations: tuple[Violation, ...] = ()
    body: Any = None


class Refusal(ContentPreviewError):
    """The service said no.

    `code` is the problem's type or the Publishing API's `error_code`, `body` the JSON as it came.
    """

    def __init__(self, said: Said) -> None:
        super().__init__(said.detail)
        self.status = said.status
        self.detail = said.detail
        self.code = said.code
        self.request_id = said.request_id
        self.body = said.body


class BadRequest(Refusal):
    """400: the request can't be understood."""


class Unauthorised(Refusal):
    """401: no bearer token, or none that is valid."""


class Forbidden(Refusal):
    """403: the token may not do this."""


class NotFound(Refusal):
    """404: it is not there, or it is another app's."""


class Conflict(Refusal):
    """409: what was sent does not fit what is stored."""


class VersionConflict(Conflict):
    """Somebody saved in between; `expected` and `current` where the service told them."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        facts = said.body if isinstance(said.body, dict) else {}
        self.expected: int | None = facts.get("expected")
        self.current: int | None = facts.get("current")


class PreconditionFailed(Refusal):
    """412: what `if_match` or `only_new` asked for does not hold."""


class TooLarge(Refusal):
    """413: the body is above the service's limit."""


class Invalid(Refusal):
    """422: `fields` maps each field to what is wrong with it."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.fields: Mapping[str, tuple[str, ...]] = said.fields or {}


class InvalidContent(Invalid):
    """A content item with `violations`, all of them."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.violations = said.violations


class PathTaken(Invalid):
    """Another app has reserved the base path, or another document stands there."""


class TooManyRequests(Refusal):
    """429: `retry_after` is how many seconds to wait, where the service says."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.retry_after = said.retry_after


class ServiceFault(Refusal):
    """500 and above: something is wrong in the service, not in what was sent."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.retry_after = said.retry_after
