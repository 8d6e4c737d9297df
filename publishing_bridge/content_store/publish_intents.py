"""Intents to publish: kept, found by path, deleted.

Source: alphagov/content-store `app/models/publish_intent.rb`, `docs/publish_intents.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from preview.drafts.schedule import schedule_drafts
from publishing_bridge.content_store.models import PublishIntent


class InvalidIntent(Exception):
    """An intent that can't be kept; `fields` says what is wrong with which field."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name} {rows[0]}" for name, rows in fields.items()))
        self.fields = dict(fields)


def put_intent(*, base_path: str, payload: Mapping[str, Any]) -> bool:
    """Keep the intent of a path; return whether it is new.

    Raises:
        InvalidIntent: no time, no app, or routes that are no list.

    """
    wrong: dict[str, list[str]] = {}
    moment = None
    try:
        moment = parse_datetime(str(payload.get("publish_time", "")).upper())
    except ValueError:
        moment = None
    if moment is None:
        wrong["publish_time"] = ["can't be blank"]
    for field in ("publishing_app", "rendering_app"):
        if not isinstance(payload.get(field), str) or not payload[field]:
            wrong[field] = ["can't be blank"]
    routes = payload.get("routes", [])
    if not isinstance(routes, list):
        wrong["routes"] = ["are invalid"]
    if wrong or moment is None:
        raise InvalidIntent(wrong)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    _, created = PublishIntent.objects.update_or_create(
        base_path=base_path,
        defaults={
            "publish_time": aware,
            "publishing_app": payload["publishing_app"][:100],
            "rendering_app": payload["rendering_app"][:100],
            "routes": routes,
            "updated_at": timezone.now(),
        },
    )
    app_name = payload["publishing_app"][:100]
    schedule_drafts(app_name=app_name, base_path=base_path, at=aware)
    return created


def delete_intent(*, base_path: str) -> bool:
    """Delete the intent of a path; False where there is none."""
    intent = PublishIntent.objects.filter(base_path=base_path).first()
    if intent is None:
        return False
    intent.delete()
    schedule_drafts(app_name=intent.publishing_app, base_path=base_path, at=None)
    return True


def present_intent(intent: PublishIntent) -> dict[str, Any]:
    """Return an intent as the content store presents it."""
    return {
        "base_path": intent.base_path,
        "publish_time": intent.publish_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "publishing_app": intent.publishing_app,
        "rendering_app": intent.rendering_app,
        "routes": intent.routes,
    }
