"""Provider states: what is in the database before an interaction."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.dateparse import parse_datetime

from preview.drafts.models import Draft
from preview.outbox.models import Delivery
from publishing_bridge import models as bridge
from publishing_bridge.content_store.items import write_routes

TIMES = (
    "first_published_at",
    "public_updated_at",
    "last_edited_at",
    "published_at",
    "updated_at",
    "created_at",
)
EDITION = (
    "id",
    "title",
    "description",
    "schema_name",
    "document_type",
    "publishing_app",
    "rendering_app",
    "details",
    "phase",
    "update_type",
    "analytics_identifier",
    "state",
    "content_store",
    "user_facing_version",
    "redirects",
    "auth_bypass_ids",
    "base_path",
    "routes",
)
INTENT = re.compile(r"publish-intent(?P<path>/[^?\\]*)$")


def moment(value: str | None) -> datetime | None:
    if value is None:
        return None
    found = parse_datetime(value) or datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@transaction.atomic
def clear(schemas: Path) -> None:
    """Empty every table of the bridge and the drafts; numbers start at 1 again."""
    bridge.HandledMessage.objects.all().delete()
    for name in reversed(bridge.__all__):
        getattr(bridge, name).objects.all().delete()
    Draft.objects.all().delete()
    Delivery.objects.all().delete()
    tables = [getattr(bridge, name) for name in bridge.__all__]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(
            no_style(),
            [{"table": one._meta.db_table, "column": one._meta.pk.column} for one in tables],
        ):
            cursor.execute(statement)
    shutil.rmtree(schemas, ignore_errors=True)
    schemas.mkdir(parents=True)


@transaction.atomic
def set_up(state: dict[str, Any], schemas: Path, app: str) -> None:
    """Fill the tables with a state; `app` is whose drafts they are."""
    clear(schemas)
    for name, rows in state.items():
        SET_UP.get(name, ignore)(rows, schemas, app)


def ignore(rows: Any, schemas: Path, app: str) -> None:
    """Leave out what has no table here: actions, frozen clocks, random numbers."""


def documents(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        bridge.Document.objects.update_or_create(
            content_id=row["content_id"],
            locale=row.get("locale", "en"),
            defaults={"stale_lock_version": row.get("stale_lock_version", 1)},
        )


def editions(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        document, _ = bridge.Document.objects.get_or_create(
            content_id=row["content_id"], locale=row.get("locale", "en")
        )
        fields = {name: row[name] for name in EDITION if name in row}
        times = {name: moment(row[name]) for name in TIMES if row.get(name)}
        limits = row.get("access_limited") or {}
        bridge.Edition.objects.create(
            document=document,
            sent_by=row.get("sent_by", app),
            access_limited=limits,
            limited=bool(limits),
            **fields,
            **times,
        )


def unpublishings(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        bridge.Unpublishing.objects.create(
            edition_id=row["edition_id"],
            type=row["type"],
            explanation=row.get("explanation"),
            alternative_path=row.get("alternative_path"),
            redirects=row.get("redirects"),
            unpublished_at=moment(row.get("unpublished_at")),
        )


def link_sets(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        bridge.LinkSet.objects.update_or_create(
            content_id=row["content_id"],
            defaults={"stale_lock_version": row.get("stale_lock_version", 0)},
        )


def links(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        source: dict[str, Any] = {"edition_id": row.get("edition_id")}
        if row.get("link_set_content_id"):
            found, _ = bridge.LinkSet.objects.get_or_create(content_id=row["link_set_content_id"])
            source = {"link_set": found}
        bridge.Link.objects.create(
            **source,
            link_type=row["link_type"],
            target_content_id=row["target_content_id"],
            position=row.get("position", 0),
        )


def path_reservations(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        bridge.PathReservation.objects.create(
            base_path=row["base_path"], publishing_app=row["publishing_app"]
        )


def events(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        times = {name: moment(row[name]) for name in ("created_at", "updated_at") if name in row}
        fields = {
            name: row[name]
            for name in ("id", "action", "content_id", "payload", "user_uid", "request_id")
            if name in row
        }
        bridge.Event.objects.create(**fields, **times)


def link_changes(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        bridge.LinkChange.objects.create(
            **{**row, "created_at": moment(row.get("created_at")) or datetime.now(UTC)}
        )


def content_items(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        item = bridge.ContentItem.objects.create(
            base_path=row["base_path"], item=row, payload_version=row.get("payload_version")
        )
        write_routes(item)


def upstream_stubs(rows: Any, schemas: Path, app: str) -> None:
    """Keep an intent where the platform's own content store is said to have one."""
    for row in rows:
        found = INTENT.search(row["url"])
        if row["method"] == "delete" and found and row.get("returns", {}).get("status") == 200:
            publish_intents([{"base_path": found["path"]}], schemas, app)


def publish_intents(rows: Any, schemas: Path, app: str) -> None:
    for row in rows:
        bridge.PublishIntent.objects.create(
            base_path=row["base_path"],
            publish_time=moment(row.get("publish_time")) or datetime.now(UTC),
            publishing_app=row.get("publishing_app", "publisher"),
            rendering_app=row.get("rendering_app", "frontend"),
        )


def schema_stubs(rows: Any, schemas: Path, app: str) -> None:
    """Write the schemas that are said to be there, where the server looks for them."""
    for row in rows:
        for place, schema in (row.get("returns") or {}).items():
            path = schemas / place.split("/")[-3] / "publisher_v2" / "schema.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(orjson.dumps(schema))


SET_UP: dict[str, Callable[[Any, Path, str], None]] = {
    "documents": documents,
    "editions": editions,
    "unpublishings": unpublishings,
    "link_sets": link_sets,
    "links": links,
    "path_reservations": path_reservations,
    "events": events,
    "link_changes": link_changes,
    "content_items": content_items,
    "upstream_stubs": upstream_stubs,
    "publish_intents": publish_intents,
    "schema_stubs": schema_stubs,
}
