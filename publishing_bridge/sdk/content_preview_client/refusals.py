"""From a refusing answer to its error, for both forms: problems and the Publishing API's own.

Source: RFC 9457 for problems; RFC 9110 section 10.2.3 for `Retry-After`; alphagov/publishing-api
`app/errors/command_error.rb` and alphagov/gds-sso `lib/gds-sso/failure_app.rb` for the other form.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from content_preview_client import errors
from content_preview_client.errors import Refusal, Said, Violation

KINDS: dict[int, type[Refusal]] = {
    400: errors.BadRequest,
    401: errors.Unauthorised,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    412: errors.PreconditionFailed,
    413: errors.TooLarge,
    422: errors.Invalid,
    429: errors.TooManyRequests,
}
PATH_CODES = frozenset({"base_path_already_in_use", "conflict"})


def refusal_of(status: int, headers: Mapping[str, str], body: Any, text: str) -> Refusal:
    """Return the error for an answer of 400 and above; `body` is its JSON, None without any."""
    common: dict[str, Any] = {
        "status": status,
        "request_id": headers.get("Govuk-Request-Id") or headers.get("X-Request-Id") or "",
        "retry_after": seconds_of(headers.get("Retry-After")),
        "body": body,
    }
    said = Said(**common, **told(body, status, text))
    return kind_of(said)(said)


def told(body: Any, status: int, text: str) -> dict[str, Any]:
    """Return detail, code, fields and violations, in whichever form they came."""
    if isinstance(body, list):
        return of_schema(body)
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        return of_platform(body["error"])
    if isinstance(body, dict):
        return of_problem(body, status)
    return {"detail": f"The service answered {status}: {text[:200]}".strip()}


def of_problem(body: Mapping[str, Any], status: int) -> dict[str, Any]:
    """Read a problem, or the bare `message` of a refused token."""
    detail = body.get("detail") or body.get("title") or body.get("message")
    rows = body.get("errors")
    violations = tuple(
        Violation(str(row.get("pointer")), str(row.get("detail")), str(row.get("rule")))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    )
    found: dict[str, Any] = {
        "detail": sentence_of(str(detail or f"The service answered {status}."), violations),
        "code": str(body.get("type", "")).rpartition("/")[2],
        "violations": violations,
    }
    if isinstance(body.get("field"), str):
        found["fields"] = {body["field"]: (str(detail),)}
    return found


def of_platform(error: Mapping[str, Any]) -> dict[str, Any]:
    """Read the Publishing API's envelope."""
    fields = error.get("fields")
    return {
        "detail": str(error.get("message")),
        "code": str(error.get("error_code") or ""),
        "fields": {
            str(name): tuple(str(one) for one in (rows if isinstance(rows, list) else [rows]))
            for name, rows in (fields.items() if isinstance(fields, dict) else ())
        },
    }


def of_schema(rows: list[Any]) -> dict[str, Any]:
    """Read the bare list of a content item that does not conform to its schema."""
    violations = tuple(
        Violation(
            str(row.get("fragment", "")).removeprefix("#").rstrip("/"),
            str(row.get("message")),
            str(row.get("failed_attribute")),
        )
        if isinstance(row, dict)
        else Violation("", str(row), "schema")
        for row in rows
    )
    detail = "The content item does not conform to its schema."
    return {"detail": sentence_of(detail, violations), "code": "schema", "violations": violations}


def sentence_of(detail: str, violations: tuple[Violation, ...]) -> str:
    """Return a sentence that also tells the first violation, so that a log line is enough."""
    if not violations:
        return detail
    first = violations[0]
    return f"{detail} First: {first.pointer} {first.detail}".replace("  ", " ")


def kind_of(said: Said) -> type[Refusal]:
    """Return the class of the error."""
    if said.status >= 500:
        return errors.ServiceFault
    if said.violations:
        return errors.InvalidContent
    if said.status == 409 and is_stale(said):
        return errors.VersionConflict
    if said.status == 422 and is_path(said):
        return errors.PathTaken
    return KINDS.get(said.status, Refusal)


def is_stale(said: Said) -> bool:
    """Say whether a conflict is about a version."""
    return said.code == "version-conflict" or "previous_version" in (said.fields or {})


def is_path(said: Said) -> bool:
    """Say whether a refusal is about a path that is taken.

    The Publishing API names it by a code, older answers by words that its clients look for.
    """
    return (
        said.code in PATH_CODES
        or "conflicts with content_id" in said.detail
        or "already reserved" in said.detail
    )


def seconds_of(retry_after: str | None) -> float | None:
    """Read `Retry-After`: seconds, or a date; None where it says nothing."""
    if not retry_after:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
