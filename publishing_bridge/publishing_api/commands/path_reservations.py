"""Reserve paths and give them back.

Source: alphagov/publishing-api `app/commands/reserve_path.rb`, `app/commands/unreserve_path.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from publishing_bridge.publishing_api import paths
from publishing_bridge.publishing_api.commanding import record
from publishing_bridge.wire.caller import Caller


@transaction.atomic
def reserve_path(*, caller: Caller, base_path: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Reserve a path; `override_existing` takes it from another app."""
    override = payload.get("override_existing") in (True, "true", "1", 1)
    paths.reserve(base_path, payload.get("publishing_app"), override=override)
    return noted("ReservePath", caller, base_path, payload)


@transaction.atomic
def unreserve_path(*, caller: Caller, base_path: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Give a path back."""
    paths.release(base_path, payload.get("publishing_app"))
    return noted("UnreservePath", caller, base_path, payload)


def noted(
    action: str, caller: Caller, base_path: str, payload: Mapping[str, Any]
) -> dict[str, Any]:
    """Record the command and echo what was sent."""
    echoed = {**payload, "base_path": base_path}
    record(action, caller, echoed)
    return echoed
