"""The rules of a record that no schema has: locale, routes, redirects, texts in several types.

Source: alphagov/publishing-api `app/validators/routes_and_redirects_validator.rb`,
`app/validators/well_formed_content_types_validator.rb`, `app/models/document.rb`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from preview import schemas
from publishing_bridge.wire.errors import RecordInvalid

Problem = tuple[str, str, str]
# Rule of the service → field, sentence and code of the platform.
RULES: dict[str, Problem] = {
    "locale": ("locale", "must be a supported locale", "validation_failed"),
    "route_path": ("routes", "path must be below the base path", "route_not_below_base_path"),
    "route_type": ("routes", "type must be either 'exact' or 'prefix'", "route_type_invalid"),
    "route_keys": ("routes", "unsupported keys", "route_unsupported_keys"),
    "routes": ("routes", "must include the base path", "routes_must_include_base_path"),
    "redirects": ("redirects", "must include the base path", "redirects_must_include_base_path"),
    "destination": ("redirects", "destination invalid", "redirect_destination_invalid"),
    "segments_mode": ("redirects", "segments_mode invalid", "redirect_destination_invalid"),
    "content_types": ("details", "content types are not well formed", "validation_failed"),
}


def check_record(payload: Mapping[str, Any]) -> None:
    """Refuse a payload whose routes, redirects, locale or texts break the platform's rules.

    Raises:
        RecordInvalid: with every broken rule, each once for a field.

    """
    problems = list(dict.fromkeys(problems_of(payload)))
    if problems:
        raise RecordInvalid(problems)


def problems_of(payload: Mapping[str, Any]) -> Iterator[Problem]:
    """Give every broken rule, in the platform's words."""
    if not payload.get("publishing_app"):
        yield ("publishing_app", "is required", "publishing_app_missing")
    checked = {key: value for key, value in payload.items() if key != "content_id"}
    found = schemas.validate(checked, content_id="00000000-0000-4000-8000-000000000000")
    for violation in found.violations:
        if violation.rule in RULES:
            field, sentence, code = RULES[violation.rule]
            place = violation.pointer.split("/")[1]
            yield (place if place in ("routes", "redirects") else field, sentence, code)
