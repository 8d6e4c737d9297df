"""How an entry gets into the audit trail: in the caller's transaction, so both stand or fall."""

from __future__ import annotations

from preview.audit.models import Entry

Detail = str | int | bool | None


def record_entry(*, action: str, actor: str, subject: str, **detail: Detail) -> Entry:
    """Add one entry; `action` is `noun.verb`, `actor` and `subject` are `kind:id`."""
    return Entry.objects.create(action=action, actor=actor, subject=subject, detail=detail)
