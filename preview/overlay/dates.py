"""Dates of an item: what a draft keeps from its live edition, and how things stand at a time.

Source: alphagov/publishing-api `app/commands/v2/publish.rb`,
`app/presenters/change_history_presenter.rb`; alphagov/whitehall `app/models/{consultation,
call_for_evidence,government}.rb` for phases and governments.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

Content = dict[str, Any]
LONDON = ZoneInfo("Europe/London")
PHASES = {  # document type family → before, open, closed
    "consultation": ("consultation", "open_consultation", "closed_consultation"),
    "call_for_evidence": (
        "call_for_evidence",
        "open_call_for_evidence",
        "closed_call_for_evidence",
    ),
}
OUTCOMES = ("consultation_outcome", "call_for_evidence_outcome")
LASTING = ("government", "role_appointment")


def continued(draft: Content, live: Mapping[str, Any] | None, as_of: datetime | None) -> Content:
    """Return a draft with the dates and change notes that its publication would give it.

    What its live edition has stays. Without `as_of` nothing is made up: a draft that was never
    published has no dates. With it, they are those of a publication at that time.
    """
    found = dict(draft)
    major = draft.get("update_type") == "major"
    for name in ("first_published_at", "public_updated_at"):
        if not found.get(name) and live and live.get(name):
            found[name] = live[name]
    if as_of:
        moment = as_of.isoformat()
        found["first_published_at"] = found.get("first_published_at") or moment
        if not draft.get("public_updated_at") and (major or not found.get("public_updated_at")):
            found["public_updated_at"] = moment
    history = change_history(found, live, major=major)
    if history:
        found["details"] = {**details_of(found), "change_history": history}
    return found


def details_of(content: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return an item's details, empty where it has none."""
    details = content.get("details") if content else None
    return details if isinstance(details, Mapping) else {}


def change_history(
    draft: Content, live: Mapping[str, Any] | None, *, major: bool
) -> list[dict[str, Any]]:
    """Return all change notes, newest first, unless the draft carries its own."""
    if details_of(draft).get("change_history") is not None:
        return []
    earlier = details_of(live).get("change_history")
    rows = [dict(row) for row in earlier if isinstance(row, Mapping)] if earlier else []
    note, when = draft.get("change_note"), draft.get("public_updated_at")
    if rows and major and isinstance(note, str) and note and when:
        rows.insert(0, {"note": note, "public_timestamp": when})
    return rows


def as_of(content: Content, at: datetime) -> Content:
    """Return an item as it stands at a time: phases, governments and appointments."""
    found = dict(content)
    kind = phase(found, at)
    if kind:
        found["document_type"] = kind
    links = found.get("links")
    if isinstance(links, Mapping):
        found["links"] = {
            name: [lasting(row, at) for row in rows] if isinstance(rows, list) else rows
            for name, rows in links.items()
        }
    return found


def phase(content: Mapping[str, Any], at: datetime) -> str | None:
    """Return the document type that a consultation or call for evidence has at a time."""
    phases = PHASES.get(str(content.get("schema_name")))
    details = details_of(content)
    opens, closes = moment(details.get("opening_date")), moment(details.get("closing_date"))
    if phases is None or content.get("document_type") in OUTCOMES or not (opens and closes):
        return None
    return phases[(at >= opens) + (at >= closes)]


def lasting(row: Any, at: datetime) -> Any:
    """Return an expanded link as it stands at a time: what began and ended by then."""
    if not isinstance(row, Mapping):
        return row
    found = dict(row)
    details = details_of(row)
    if row.get("document_type") in LASTING and "current" in details:
        begins, ends = moment(details.get("started_on")), moment(details.get("ended_on"))
        current = (begins is None or begins <= at) and (ends is None or ends > at)
        found["details"] = {**details, "current": current}
    if isinstance(row.get("links"), Mapping):
        found = as_of(found, at)
    return found


def moment(value: object) -> datetime | None:
    """Return a date or time of an item, in London where it names no offset."""
    if not isinstance(value, str):
        return None
    try:
        if len(value) == len("2026-01-01"):
            return datetime.combine(date.fromisoformat(value), time.min, LONDON)
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=LONDON)
