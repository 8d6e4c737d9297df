"""Errors to Sentry, where a DSN is set; without people's data, and cleaned like a log line."""

from __future__ import annotations

from typing import Any

import sentry_sdk
from django.conf import settings

from preview.ops.logging import cleaned


def scrub(event: Any, hint: dict[str, Any]) -> Any:  # noqa: ARG001 (Sentry's signature)
    """Return the event without secrets."""
    return cleaned(event)


def start() -> None:
    """Start sending, where `SENTRY_DSN` is set."""
    if settings.SENTRY_DSN:
        sentry_sdk.init(
            dsn=settings.SENTRY_DSN,
            before_send=scrub,
            send_default_pii=False,
            max_request_body_size="never",
            include_local_variables=False,
        )
