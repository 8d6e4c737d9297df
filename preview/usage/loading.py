"""Rows into tables, fast: COPY on PostgreSQL, one prepared statement on SQLite.

Called inside the caller's transaction. Columns are named by this code, never by data.

Source: PostgreSQL manual, "Populating a Database"; psycopg 3, "Using COPY TO and COPY FROM".
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone

from preview.accounts.models import Organisation
from preview.usage.intake import (
    ACCOUNT_COLUMNS,
    EVENT_COLUMNS,
    GRANT_COLUMNS,
    REJECT_COLUMNS,
    TALLY_COLUMNS,
    WRITE_COLUMNS,
    Block,
    Row,
)
from preview.usage.models import (
    UsageEvent,
    UsageGrant,
    UsageObject,
    UsagePerson,
    UsageReject,
    UsageTally,
    UsageWrite,
)


def load(block: Block, owner: UsageObject) -> None:
    """Insert all rows of a block as facts of their object."""
    both = (owner.pk, owner.source_id)
    insert(
        UsageEvent,
        ("object_id", "source_id", *EVENT_COLUMNS),
        (both + row for row in block.events),
    )
    own = (owner.pk,)
    insert(UsageGrant, ("object_id", *GRANT_COLUMNS), (own + row for row in block.grants))
    insert(UsageWrite, ("object_id", *WRITE_COLUMNS), (own + row for row in block.writes))
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    insert(
        UsageReject,
        ("object_id", "created_at", *REJECT_COLUMNS),
        ((*own, now, *row) for row in block.rejects),
    )
    add_tallies(owner, block)
    for row in block.accounts:
        upsert_person(dict(zip(ACCOUNT_COLUMNS, row, strict=True)))


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows whose values are texts and numbers that the database reads by itself."""
    table = model._meta.db_table
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as wrapped:
        cursor: Any = wrapped  # Django hands the driver's own methods through
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["?"] * len(columns))
        cursor.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608 (own names)


def add_tallies(owner: UsageObject, block: Block) -> None:
    """Add the counts of a block to those of the blocks before it."""
    table = UsageTally._meta.db_table
    identity = ", ".join(f'"{name}"' for name in ("object_id", *TALLY_COLUMNS))
    marks = ", ".join(["%s"] * (len(TALLY_COLUMNS) + 2))
    statement = (
        f'INSERT INTO "{table}" ({identity}, "requests") VALUES ({marks}) '  # noqa: S608 (own names)
        f'ON CONFLICT ({identity}) DO UPDATE SET "requests" = "{table}"."requests" '
        '+ excluded."requests"'
    )
    rows = [(owner.pk, *place, count) for place, count in sorted(block.tallies.items())]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def upsert_person(account: dict[str, Any]) -> None:
    """Make or change what is known of a person; a category that an admin fixed stays."""
    organisation = organisation_of(account["organisation"], account["slug"])
    person, _ = UsagePerson.objects.get_or_create(key=account["key"])
    person.organisation = organisation or person.organisation
    person.email_key = account["email_key"] or person.email_key
    person.suspended = bool(account["suspended"])
    if account["category"] and not person.category_fixed:
        person.category = account["category"]
    person.updated_at = timezone.now()
    person.save()


def organisation_of(content_id: str, slug: str) -> str:
    """Return how an organisation is called here; one that is new becomes known by its slug."""
    try:
        known = str(uuid.UUID(content_id))
    except ValueError:
        return slug
    taken = Organisation.objects.filter(slug=slug).exists()
    if slug and not taken:
        title = slug.replace("-", " ").capitalize()
        Organisation.objects.get_or_create(
            content_id=known, defaults={"slug": slug, "title": title}
        )
    return known
