"""Facts of a document, by the facets of the finder that lists it.

Source: alphagov/frontend `app/models/specialist_document.rb`,
`app/presenters/specialist_document_presenter.rb`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlencode

from preview.pages.dates import LONDON, day
from preview.pages.fields import Fields
from preview.pages.furniture.related import Destination
from preview.pages.item import ContentItem

CHOSEN = frozenset({"text", "nested"})
Value = str | list[Destination]


def facts(item: ContentItem, finder: ContentItem) -> dict[str, Value]:
    """Return what the item's metadata say, by the facets' names, in their order.

    A value out of a list leads to the finder's other documents with it, where the facet filters.
    """
    metadata = item.details.fields("metadata")
    found: dict[str, Value] = {}
    for facet in finder.details.objects("facets"):
        if not metadata.raw.get(facet.text("key")):
            continue
        found[facet.text("name")] = main(facet, metadata, item, finder)
        sub = facet.text("sub_facet_key")
        if facet.text("type") == "nested" and metadata.raw.get(sub):
            found[facet.text("sub_facet_name")] = below(facet, metadata, finder)
    return {name: value for name, value in found.items() if name and value}


def main(facet: Fields, metadata: Fields, item: ContentItem, finder: ContentItem) -> Value:
    """Return the value of a facet."""
    key, kind = facet.text("key"), facet.text("type")
    values = texts(metadata.raw.get(key))
    allowed = facet.objects("allowed_values")
    if allowed:
        by_value = {row.text("value"): row.text("label") for row in reversed(allowed)}
        filters = kind in CHOSEN and facet.flag("filterable")
        return [
            Destination(by_value[one], address(finder, {key: one}) if filters else "")
            for one in values
            if one in by_value
        ]
    if kind == "date":
        return said_day(values[0], item.locale) if values else ""
    return [Destination(one, "") for one in values]


def below(facet: Fields, metadata: Fields, finder: ContentItem) -> Value:
    """Return the values of the facet below a facet: each says what it is below."""
    key, above = facet.text("sub_facet_key"), facet.text("key")
    known: dict[str, Fields] = {}
    for row in facet.objects("allowed_values"):
        for one in row.objects("sub_facets"):
            known.setdefault(one.text("value"), one)
    links = []
    for value in texts(metadata.raw.get(key)):
        if value not in known:
            continue
        row = known[value]
        query = {key: value, above: row.text("main_facet_value")}
        name = f"{row.text('main_facet_label')} - {row.text('label')}"
        links.append(Destination(name, address(finder, query) if facet.flag("filterable") else ""))
    return links


def texts(value: object) -> list[str]:
    """Return the texts and numbers of a value, which may be one or a list."""
    rows: Iterable[object] = value if isinstance(value, list) else [value]
    return [str(row) for row in rows if isinstance(row, str | int | float) and row != ""]


def address(finder: ContentItem, query: dict[str, str]) -> str:
    """Return where the finder shows the documents with a value."""
    return f"{finder.base_path}?{urlencode(sorted(query.items()))}"


def said_day(text: str, locale: str) -> str:
    """Return a day as pages say it; a text that is none as it is."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    if not date(1000, 1, 2) <= when.date() <= date(9998, 1, 1):
        return text
    return day(when if when.tzinfo else when.replace(tzinfo=LONDON), locale)
