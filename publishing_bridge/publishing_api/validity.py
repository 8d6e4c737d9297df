"""The rules of a record that no schema has: locale, routes, redirects, texts in several types.

Source: alphagov/publishing-api `app/validators/routes_and_redirects_validator.rb`,
`app/validators/well_formed_content_types_validator.rb`, `app/models/document.rb`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from preview import schemas
from publishing_bridge.publishing_api.routes import Problem, route_problems
from publishing_bridge.wire.errors import CommandError, RecordInvalid

# Rule of the service → field, sentence and code of the platform.
RULES: dict[str, Problem] = {
    "locale": ("locale", "must be a supported locale", "validation_failed"),
    "content_types": ("details", "content types are not well formed", "validation_failed"),
}
NO_APP = "publishing_app is required"


def check_app(payload: Mapping[str, Any]) -> None:
    """Refuse content that says nothing of the app that publishes it.

    Raises:
        CommandError: 422.

    """
    if not payload.get("publishing_app"):
        fields = {"publishing_app": ["is required"]}
        raise CommandError(422, NO_APP, error_code="publishing_app_missing", fields=fields)


def check_record(payload: Mapping[str, Any]) -> None:
    """Refuse a payload whose routes, redirects, locale or texts break the platform's rules.

    Raises:
        RecordInvalid: with every broken rule.

    """
    problems = list(problems_of(payload))
    if problems:
        raise RecordInvalid(problems)


def problems_of(payload: Mapping[str, Any]) -> Iterator[Problem]:
    """Give every broken rule, in the platform's words."""
    checked = {key: value for key, value in payload.items() if key != "content_id"}
    found = schemas.validate(checked, content_id="00000000-0000-4000-8000-000000000000")
    rules = dict.fromkeys(one.rule for one in found.violations)
    yield from (RULES[rule] for rule in rules if rule in RULES)
    if payload.get("base_path"):
        yield from route_problems(
            str(payload["base_path"]),
            rows_of(payload, "routes"),
            rows_of(payload, "redirects"),
            redirects_only=payload.get("schema_name") == "redirect",
        )


def rows_of(payload: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    """Return routes or redirects; the schema has refused what is none before."""
    rows = payload.get(field)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
