"""What the Publishing API answers when it refuses: its own statuses and bodies.

These are not errors of the service, they are a wire format: `body` is what goes over the wire.

Source: alphagov/publishing-api `app/errors/command_error.rb`; alphagov/gds-sso
`lib/gds-sso/failure_app.rb` for the bearer token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Never


class CommandError(Exception):
    """A command or query that is refused; `code` is the HTTP status, `body` the JSON."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        error_code: str | None = None,
        fields: Mapping[str, Any] | None = None,
        body: Any = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        error: dict[str, Any] = {"code": code, "message": message}
        if error_code:
            error["error_code"] = error_code
        if fields is not None:
            error["fields"] = dict(fields)
        self.body: Any = {"error": error} if body is None else body


class Unauthenticated(Exception):
    """A request without a valid bearer token; `reason` is OAuth's word for it."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class Forbidden(Exception):
    """A token that lacks the permission that is needed."""

    def __init__(self, permission: str) -> None:
        super().__init__(f"Sorry, you don't seem to have the {permission} permission for this app.")


class RecordInvalid(CommandError):
    """A record that breaks rules: every broken rule as (field, sentence, error code)."""

    def __init__(self, problems: Iterable[tuple[str, str, str]]) -> None:
        found = list(problems)
        fields: dict[str, list[str]] = {}
        for field, sentence, _ in found:
            fields.setdefault(field, []).append(sentence)
        message = ", ".join(full_message(field, sentence) for field, sentence, _ in found)
        code = found[0][2] if len(found) == 1 else "multiple_validation_errors"
        super().__init__(422, message, error_code=code, fields=fields)


def full_message(field: str, sentence: str) -> str:
    """Return a sentence with the field's name before it; `base` is about the whole record."""
    if field == "base":
        return sentence
    return f"{field.replace('_', ' ').capitalize()} {sentence}"


def refuse_missing(name: str) -> Never:
    """Refuse a request without a parameter that it needs."""
    raise CommandError(
        422,
        f"param is missing or the value is empty or invalid: {name}",
        error_code="parameter_missing_or_invalid",
    )


def refuse_stale(sent: int, current: int) -> Never:
    """Refuse a change of a version that is no longer the current one."""
    raise CommandError(
        409,
        f"A lock-version conflict occurred. The `previous_version` you've sent ({sent}) is not "
        f"the same as the current lock version of the edition ({current}).",
        fields={"previous_version": ["does not match"]},
    )
