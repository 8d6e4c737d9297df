"""What the OpenAPI document covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Endpoint = tuple[str, str, str, Callable[..., Any]]


def only_the_api(endpoints: list[Endpoint]) -> list[Endpoint]:
    """Keep the addresses below `/api/v1/`."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
