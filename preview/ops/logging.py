"""Logs: one JSON object a line on standard output, nothing secret in any of them.

Source: alphagov/govuk_app_config `lib/govuk_app_config/govuk_json_logging.rb`, for the field names.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

import structlog

request_id: ContextVar[str] = ContextVar("govuk_request_id", default="")
HIDDEN = "[hidden]"
SECRETS = (
    (re.compile(r"(/(?:s|enter|unsubscribe)/)[^\s/?#\"']+"), rf"\1{HIDDEN}"),
    (re.compile(r"\?[^\s\"'#]*"), f"?{HIDDEN}"),
    (re.compile(r"\bcp_[A-Za-z0-9_-]{20,}"), HIDDEN),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=:-]{6,}"), rf"\1 {HIDDEN}"),
    (
        re.compile(
            r"(?i)\b((?:set-)?cookie|authorization|govuk-auth-bypass-id)(['\"]?\s*[:=]\s*)[^\n]+"
        ),
        rf"\1\2{HIDDEN}",
    ),
    (
        re.compile(
            r"(?i)\b([a-z_]*(?:token|secret|passw\w*|passphrase|code|_key))(['\"]?\s*[:=]\s*['\"]?)[^\s'\"&,}]+"
        ),
        rf"\1\2{HIDDEN}",
    ),
    (re.compile(r"\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"), HIDDEN),
    (re.compile(r"\b(?:eyJ|Wy)[A-Za-z0-9_-]+:[A-Za-z0-9]{6}:[A-Za-z0-9_-]{43}"), HIDDEN),
    (re.compile(r"(\w+://[^\s/:@]*:)[^\s/@]+@"), rf"\1{HIDDEN}@"),
)


def clean(text: str) -> str:
    """Return the text without tokens, tickets, cookies, passwords and query strings."""
    for pattern, replacement in SECRETS:
        text = pattern.sub(replacement, text)
    return text


def without_secrets(
    logger: Any,  # noqa: ARG001 (structlog's signature)
    method: str,  # noqa: ARG001 (structlog's signature)
    event: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    """Clean every text of a log line, whatever library wrote it."""
    return {name: cleaned(value) for name, value in event.items()}


def cleaned(value: Any) -> Any:
    """Clean a value of a log line, and what is inside it."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(name)): cleaned(child) for name, child in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(child) for child in value]
    return value if value is None or isinstance(value, int | float) else clean(str(value))


def as_govuk(
    logger: Any,  # noqa: ARG001 (structlog's signature)
    method: str,  # noqa: ARG001 (structlog's signature)
    event: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    """Name the fields as GOV.UK's log pipeline expects them."""
    event["message"] = event.pop("event", "")
    if (known := request_id.get()) and "govuk_request_id" not in event:
        event["govuk_request_id"] = known
    if "exception" in event:
        event["error_message"] = event.pop("exception")
    return event


def configure(config: dict[str, Any]) -> None:
    """Send every logger of the process through one formatter."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="@timestamp"),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            as_govuk,
            without_secrets,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(getattr(sys, config["stream"]))
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(config["level"])
    for name in ("gunicorn.error", "gunicorn.access", "celery", "django", "django.server"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    logging.getLogger("django.request").setLevel("ERROR")  # the request's own line says the rest
