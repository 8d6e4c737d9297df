"""Pages of a list, newest first, by where one page ends: no row is counted that is not shown."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from preview.drafts.models import Draft, DraftQuerySet

A_PAGE = 25


@dataclass(frozen=True)
class Page:
    """Rows, and where the pages before and after begin; "" where there is none."""

    rows: Sequence[Draft]
    newer: str = ""
    older: str = ""


def mark(draft: Draft) -> str:
    """Return what stands for a place in the list."""
    return f"{draft.updated_at.isoformat()}~{draft.id}"


def place(text: str) -> tuple[datetime, uuid.UUID] | None:
    """Read a place; None for what is none."""
    when, _, which = text.partition("~")
    try:
        at = datetime.fromisoformat(when.replace(" ", "+"))
        return (at, uuid.UUID(which)) if at.tzinfo else None
    except ValueError:
        return None


def page_of(drafts: DraftQuerySet, *, older: str = "", newer: str = "") -> Page:
    """Return the page after `older`, or the one before `newer`, or the first."""
    if newer and (start := place(newer)):
        return before(drafts, *start)
    start = place(older)
    if start is None:
        rows = list(drafts.order_by("-updated_at", "-id")[: A_PAGE + 1])
        return Page(rows[:A_PAGE], older=mark(rows[A_PAGE - 1]) if len(rows) > A_PAGE else "")
    at, which = start
    rest = drafts.filter(updated_at__lte=at).exclude(Q(updated_at=at) & Q(id__gte=which))
    rows = list(rest.order_by("-updated_at", "-id")[: A_PAGE + 1])
    if not rows:
        return Page(rows)
    shown = rows[:A_PAGE]
    return Page(shown, mark(shown[0]), mark(shown[-1]) if len(rows) > A_PAGE else "")


def before(drafts: DraftQuerySet, at: datetime, which: uuid.UUID) -> Page:
    """Return the page that ends right before a place."""
    rest = drafts.filter(updated_at__gte=at).exclude(Q(updated_at=at) & Q(id__lte=which))
    rows = list(rest.order_by("updated_at", "id")[: A_PAGE + 1])
    if not rows:
        return page_of(drafts)
    shown = rows[:A_PAGE][::-1]
    return Page(shown, mark(shown[0]) if len(rows) > A_PAGE else "", mark(shown[-1]))
