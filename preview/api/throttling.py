"""How often one app's token may call the API; `Retry-After` says when it may go on.

Source: RFC 6585 section 4 (429), RFC 9110 section 10.2.3 (`Retry-After`).
"""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from preview.accounts.models import AppToken
from preview.rate_limits import seconds_to_wait


class AppTokenThrottle(BaseThrottle):
    """Counts the calls of each token against the limit `api`, over all processes."""

    seconds = 0

    def allow_request(self, request: Request, view: object) -> bool:  # noqa: ARG002 (DRF's signature)
        """Count the call; without a token there is nothing to count, and nothing to be had."""
        if isinstance(request.auth, AppToken):
            self.seconds = seconds_to_wait("api", f"token:{request.auth.digest}")
        return not self.seconds

    def wait(self) -> float | None:
        """Return after how many seconds the token may call again."""
        return self.seconds or None
