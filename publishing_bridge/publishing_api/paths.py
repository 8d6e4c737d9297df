"""Which app may put content at a path, and which document stands at it.

Source: alphagov/publishing-api `app/models/path_reservation.rb`,
`app/validators/base_path_for_state_validator.rb`, `app/helpers/substitution_helper.rb`.
"""

from __future__ import annotations

from typing import Any, Never

from preview.schemas.rules import is_path
from publishing_bridge.publishing_api.models import Edition, PathReservation
from publishing_bridge.wire.errors import CommandError, RecordInvalid

TAKEN = "base_path_already_in_use"


def reserve(base_path: Any, publishing_app: Any, *, override: bool = False) -> PathReservation:
    """Reserve a path for an app; a second call by the same app changes nothing.

    Raises:
        RecordInvalid: no path, no app, or another app has it and `override` is not set.

    """
    if not is_path(base_path):
        sentence, code = "is not a valid absolute URL path", "base_path_invalid"
        if isinstance(base_path, str) and len(base_path.encode()) > 512:
            sentence, code = "over 512 bytes", "base_path_too_long"
        raise RecordInvalid([("base_path", sentence, code)])
    if not isinstance(publishing_app, str) or not publishing_app.strip():
        raise RecordInvalid([("publishing_app", "can't be blank", "publishing_app_missing")])
    app = publishing_app[:100]
    PathReservation.objects.bulk_create(
        [PathReservation(base_path=base_path, publishing_app=app)], ignore_conflicts=True
    )
    found = PathReservation.objects.select_for_update().get(base_path=base_path)
    if found.publishing_app == app:
        return found
    if not override:
        sentence = f"{base_path} is already reserved by {found.publishing_app}"
        raise RecordInvalid([("base_path", sentence, TAKEN)])
    found.publishing_app = app
    found.save(update_fields=["publishing_app"])
    return found


def release(base_path: Any, publishing_app: Any) -> None:
    """Give a path back.

    Raises:
        CommandError: nobody has it, or another app.

    """
    found = PathReservation.objects.select_for_update().filter(base_path=base_path).first()
    if found is None:
        raise CommandError(404, f"{base_path} is not reserved")
    if found.publishing_app != publishing_app:
        raise CommandError(
            422, f"{base_path} is reserved by {found.publishing_app}", error_code=TAKEN
        )
    found.delete()


def release_unused(base_path: str | None) -> None:
    """Give back the path of a draft that ended, unless an edition still stands at it."""
    if (
        base_path
        and not Edition.objects.filter(base_path=base_path, content_store__isnull=False).exists()
    ):
        PathReservation.objects.filter(base_path=base_path).delete()


def refuse_conflict(other: Edition) -> Never:
    """Refuse a path at which another document stands."""
    document = other.document
    sentence = (
        f"base path={other.base_path} conflicts with content_id={document.content_id} "
        f"and locale={document.locale}"
    )
    raise RecordInvalid(
        [
            (
                "base",
                sentence,
                "conflict",
            )
        ]
    )
