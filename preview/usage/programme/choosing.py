"""Choosing organisations: by name, state, app, kind, activity, wave, and where they belong."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from preview.errors import InvalidInput
from preview.usage.programme.figures import UsageStanding
from preview.usage.programme.models import UsageOrganisation, UsageWave
from preview.usage.programme.states import WORDS

FILTERS = ("q", "state", "app", "kind", "activity", "parent", "wave")
LONGEST = 120
LISTS = {"app": "apps", "kind": "kinds", "activity": "activities"}


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of a query, bounded; empty ones choose all."""
    return {name: query.get(name, "").strip().replace("\0", "")[:LONGEST] for name in FILTERS}


def chosen(filters: Mapping[str, str]) -> list[UsageStanding]:
    """Return the organisations that fit all filters, those with most use first."""
    rows: QuerySet[UsageStanding] = UsageStanding.objects.order_by("-sessions_28", "title")
    if filters["state"] in WORDS:
        rows = rows.filter(state=filters["state"])
    if filters["q"]:
        rows = rows.filter(title__icontains=filters["q"])
    if filters["wave"]:
        wave = UsageWave.objects.filter(name=filters["wave"]).first()
        rows = rows.filter(key__in=wave.organisations if wave else [])
    if filters["parent"]:
        rows = rows.filter(key__in=family(filters["parent"], parents()))
    # JSON lists can't be searched alike by SQLite and PostgreSQL; there are a thousand at most.
    wanted = [(field, filters[name]) for name, field in LISTS.items() if filters[name]]
    return [row for row in rows if all(value in getattr(row, field) for field, value in wanted)]


def parents() -> dict[str, str]:
    """Return the parent of each organisation that has one."""
    return dict(UsageOrganisation.objects.exclude(parent="").values_list("key", "parent"))


def family(parent: str, known: Mapping[str, str]) -> set[str]:
    """Return an organisation and all below it, at any depth; a circle ends nothing."""
    found, below = {parent}, {parent}
    while below:
        below = {key for key, above in known.items() if above in below} - found
        found |= below
    return found


def check_parent(key: str, parent: str) -> None:
    """Refuse a parent that is the organisation itself or stands below it.

    Raises:
        InvalidInput: it does.

    """
    if parent and parent in family(key, parents()):
        raise InvalidInput("An organisation can't be part of itself or of what is part of it.")
