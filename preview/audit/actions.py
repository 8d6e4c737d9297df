"""How an entry gets into the audit trail: in the caller's transaction, so both stand or fall."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.utils import timezone

from preview.audit.models import Entry

Detail = str | int | bool | None
A_PACK = "pack:"


def record_entry(
    *,
    action: str,
    actor: str,
    subject: str,
    pack: uuid.UUID | str | None = None,
    **detail: Detail,
) -> None:
    """Add one entry; `action` is `noun.verb`, `actor` and `subject` are `kind:id`.

    What is done to a pack is about that pack, without `pack` saying it again.

    Every view of a page adds one, so the statement is sent as it is: building it by a model
    instance costs three times as much as running it.
    """
    values = entry_values(action=action, actor=actor, subject=subject, pack=pack, **detail)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def entry_values(
    *,
    action: str,
    actor: str,
    subject: str,
    pack: uuid.UUID | str | None = None,
    **detail: Detail,
) -> tuple[Any, ...]:
    """Return the values of `COLUMNS` for an entry of now, as the database's driver takes them."""
    if pack is None and subject.startswith(A_PACK):
        pack = subject.removeprefix(A_PACK)
    return (
        connection.ops.adapt_datetimefield_value(timezone.now()),
        action,
        actor,
        subject,
        PACK.get_db_prep_value(pack, connection),
        connection.ops.adapt_json_value(detail, None),
    )


COLUMNS = ("at", "action", "actor", "subject", "pack", "detail")
PACK = Entry._meta.get_field("pack")
INSERT = (
    f'INSERT INTO "{Entry._meta.db_table}" ('  # noqa: S608 (names of the model's own columns)
    + ", ".join(f'"{column}"' for column in COLUMNS)
    + f") VALUES ({', '.join(['%s'] * len(COLUMNS))})"
)
