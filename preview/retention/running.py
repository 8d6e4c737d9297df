"""A run: every rule in its turn, batch by batch, a receipt with each batch.

A batch and its receipt are one transaction. A run that is killed leaves whole batches behind it,
each with its receipt, and the next run goes on.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from preview.audit.actions import record_entry
from preview.retention.leftovers import Needed, set_aside
from preview.retention.models import Hold, Receipt
from preview.retention.rules import RULES, Rule

log = logging.getLogger(__name__)
BATCH = 200


@dataclass(frozen=True)
class Deleted:
    """How many things a rule deleted, or would delete."""

    rule: str
    count: int


def would_delete() -> list[Deleted]:
    """Count what is due by each rule, and delete nothing."""
    return [Deleted(key, rule.due(rule.before()).count()) for key, rule in RULES.items()]


def run() -> list[Deleted]:
    """Delete what is due by every rule; safe to run twice, and twice at once."""
    needed = Needed()
    done = [Deleted(key, apply_rule(key, rule, needed)) for key, rule in RULES.items()]
    set_aside(needed)
    return done


def apply_rule(key: str, rule: Rule, needed: Needed) -> int:
    """Delete what is due by a rule; return how many."""
    total, last = 0, None
    while True:
        last, count = delete_batch(key, rule, last, needed)
        total += count
        if last is None:
            if total:
                log.info("retention.deleted", extra={"rule": key, "count": total})
            return total


@transaction.atomic
def delete_batch(key: str, rule: Rule, after: Any, needed: Needed) -> tuple[Any, int]:
    """Delete the next batch after a key; return its last key (None: there was none), how many."""
    wait_for_holds()
    before = rule.before()
    due = rule.due(before).order_by("pk")
    rest = due.filter(pk__gt=after) if after is not None else due
    # Locked as they are found: a draft that is opened again meanwhile is due no more.
    locked = rest.select_for_update(of=("self",)).values_list("pk", flat=True)
    keys = list(locked[:BATCH])
    if not keys:
        return None, 0
    count = rule.delete(keys, needed)
    if count:
        write_receipt(key, rule, count)
    return keys[-1], count


def write_receipt(key: str, rule: Rule, count: int) -> None:
    """Add a receipt for what was just deleted, and to the audit trail."""
    receipt = Receipt.objects.create(rule=key, days=rule.days, before=rule.before(), count=count)
    record_entry(
        action="retention.delete",
        actor="service:retention",
        subject=f"receipt:{receipt.pk}",
        rule=key,
        count=count,
        days=rule.days,
    )


def wait_for_holds() -> None:
    """Let no hold be placed between the question what is held and the deletion.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{Hold._meta.db_table}" IN SHARE MODE')
