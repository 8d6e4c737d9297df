"""What the OpenAPI document covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Endpoint = tuple[str, str, str, Callable[..., Any]]


def only_the_api(endpoints: list[Endpoint]) -> list[Endpoint]:
    """Keep the addresses below `/api/v1/`."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


def errors_as_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Describe what every address may answer, and give errors their own type."""
    for operations in result["paths"].values():
        for operation in operations.values():
            answers = operation["responses"]
            for status, sentence in ALWAYS.items():
                problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
                answers.setdefault(
                    status, {"content": {"application/json": problem}, "description": sentence}
                )
            for status, answer in answers.items():
                if status.startswith("4") and "application/json" in answer.get("content", {}):
                    answer["content"] = {PROBLEM_TYPE: answer["content"]["application/json"]}
    return result


PROBLEM_TYPE = "application/problem+json"
ALWAYS = {
    "401": "No valid token",
    "403": "The token lacks the scope that this needs",
    "404": "There is nothing here, or nothing of yours",
    "422": "What was sent can't be used",
}
