"""Editions by a moving key, for apps that read everything.

Source: alphagov/publishing-api `app/queries/keyset_pagination.rb`,
`app/presenters/keyset_pagination_presenter.rb`, `docs/api.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from preview.accounts.models import AppToken
from publishing_bridge.publishing_api.models import Edition, EditionQuerySet
from publishing_bridge.publishing_api.presentation import FIELDS, MORE, moment_us, present_many
from publishing_bridge.publishing_api.queries.content_list import MORE_FIELDS, check_fields
from publishing_bridge.wire.errors import CommandError

ORDERS = ("updated_at", "public_updated_at", "created_at", "id")
DEFAULT_STATES = ("draft", "published", "unpublished")
Key = tuple[Any, ...]


@dataclass(frozen=True)
class EditionsFilter:
    """What is asked for; `before` and `after` are keys as a link gave them."""

    fields: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    document_types: list[str] = field(default_factory=list)
    locale: str | None = None
    publishing_app: str | None = None
    order: str = "updated_at"
    per_page: int = 100
    before: str | None = None
    after: str | None = None


def get_editions(token: AppToken, wanted: EditionsFilter, url: str) -> dict[str, Any]:
    """Return one page of editions with links to the next and the previous.

    Raises:
        CommandError: an unknown field, order or key.

    """
    check_fields(wanted.fields)
    if wanted.before and wanted.after:
        raise CommandError(400, "Before and after cannot both be present.")
    column, down = order_of(wanted)
    editions = chosen(token, wanted)
    backwards = bool(wanted.before)
    key = key_of(wanted.before or wanted.after, column)
    rows = page(editions, column, down=down != backwards, key=key, size=wanted.per_page)
    if backwards:
        rows.reverse()
    links = [{"href": url, "rel": "self"}]
    if rows:
        first, last = key_at(rows[0], column), key_at(rows[-1], column)
        if page(editions, column, down=down, key=last, size=1):
            links.insert(0, {"href": with_key(url, "after", last), "rel": "next"})
        if page(editions, column, down=not down, key=first, size=1):
            links.append({"href": with_key(url, "before", first), "rel": "previous"})
    fields = wanted.fields or [*FIELDS, *MORE_FIELDS]
    return {"links": links, "results": present_many(rows, fields)}


def order_of(wanted: EditionsFilter) -> tuple[str, bool]:
    """Return the column and whether it goes down."""
    column = wanted.order.removeprefix("-")
    if column not in ORDERS:
        raise CommandError(400, f"Invalid order: {wanted.order[:60]}")
    return column, wanted.order.startswith("-")


def chosen(token: AppToken, wanted: EditionsFilter) -> EditionQuerySet:
    """Return the editions that pass the filters."""
    editions = Edition.objects.readable_by(token).select_related(*MORE)
    editions = editions.filter(state__in=wanted.states or DEFAULT_STATES)
    if wanted.document_types:
        editions = editions.filter(document_type__in=wanted.document_types)
    if wanted.locale:
        editions = editions.filter(document__locale=wanted.locale)
    if wanted.publishing_app:
        editions = editions.filter(publishing_app=wanted.publishing_app)
    return editions.prefetch_related("links", "document__editions")


def page(
    editions: EditionQuerySet, column: str, *, down: bool, key: Key | None, size: int
) -> list[Edition]:
    """Return `size` editions that come after a key, in the order of column and id."""
    sign, compare = ("-", "lt") if down else ("", "gt")
    if column == "id":
        rows = editions.filter(**{f"id__{compare}": key[0]}) if key else editions
        return list(rows.order_by(f"{sign}id")[:size])
    rows = editions.filter(**{f"{column}__isnull": False})
    if key:
        later = Q(**{f"{column}__{compare}": key[0]})
        rows = rows.filter(later | Q(**{column: key[0], f"id__{compare}": key[1]}))
    return list(rows.order_by(f"{sign}{column}", f"{sign}id")[:size])


def key_at(edition: Edition, column: str) -> Key:
    """Return the key of an edition."""
    return (edition.pk,) if column == "id" else (getattr(edition, column), edition.pk)


def key_of(text: str | None, column: str) -> Key | None:
    """Read a key that a link gave.

    Raises:
        CommandError: it is none.

    """
    if not text:
        return None
    parts = text.split(",")
    try:
        numbers = int(parts[-1])
        if column == "id" and len(parts) == 1:
            return (numbers,)
        moment = parse_datetime(parts[0].replace(" ", "+"))
    except ValueError:
        moment = None
    if column == "id" or len(parts) != 2 or moment is None or moment.tzinfo is None:
        raise CommandError(400, "Number of previous values does not match the number of fields.")
    return (moment, numbers)


def with_key(url: str, name: str, key: Key) -> str:
    """Return the address with a key instead of the one that it has."""
    parts = urlsplit(url)
    pairs = [
        (given, value)
        for given, value in parse_qsl(parts.query, keep_blank_values=True)
        if given not in ("before", "after")
    ]
    shown = [moment_us(one) if isinstance(one, datetime) else str(one) for one in key]
    return urlunsplit(parts._replace(query=urlencode([*pairs, (name, ",".join(shown))])))
