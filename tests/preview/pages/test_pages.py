"""Pages: any item gives one, and nothing in it can act."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preview import pages
from preview.pages.registry import REGISTRY
from tests.conftest import content_item
from tests.factories.gallery import items

OPTIONS = pages.Options(now=datetime(2026, 3, 4, tzinfo=UTC), notice="Draft")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ATTACK = (
    '<script>alert(1)</script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">x</a>'
)
SCHEMAS = tuple(sorted(REGISTRY))


ADDRESSES = ("href", "src", "srcset", "action", "formaction", "poster", "data")


class Acting(HTMLParser):
    """Find what could act: scripts other than data, event handlers, script addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and ("type", "application/ld+json") not in attrs:
            self.found.append(tag)
        for name, value in attrs:
            leads = name in ADDRESSES and (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or leads:
                self.found.append(f"{name}={value}")


def acting(html: str) -> list[str]:
    reader = Acting()
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize("schema", SCHEMAS)
def test_nothing_in_any_text_field_can_act(schema: str) -> None:
    part = {"title": ATTACK, "slug": ATTACK, "body": ATTACK, "text": ATTACK, "id": ATTACK}
    details = {
        "body": ATTACK,
        "explanation": ATTACK,
        "alternative_path": "javascript:alert(1)",
        "parts": [part],
        "headers": [part],
        "attachments": [{**part, "url": "javascript:alert(1)"}],
        "change_history": [{"note": ATTACK, "public_timestamp": "2026-01-01T00:00:00Z"}],
    }
    item = content_item(schema_name=schema, title=ATTACK, description=ATTACK, details=details)
    item["locale"] = '"><script>'
    for path in pages.paths(item, OPTIONS):
        assert acting(pages.render(item, path, options=OPTIONS).html) == []


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SCHEMAS),
    st.dictionaries(
        st.sampled_from(
            [
                "title",
                "description",
                "details",
                "links",
                "locale",
                "base_path",
                "withdrawn_notice",
                "public_updated_at",
                "redirects",
            ]
        ),
        JSON,
    ),
    JSON,
)
def test_any_item_gives_a_page(schema: str, changes: dict[str, Any], inner: Any) -> None:
    details = {"body": inner, "parts": [inner], "attachments": [inner], "change_history": inner}
    item = {**content_item(schema_name=schema, details=details), **changes}
    for path in pages.paths(item, OPTIONS):
        page = pages.render(item, path, options=OPTIONS)
        assert page.html.startswith("<!DOCTYPE html>")
        assert acting(page.html) == []


KEPT = ("schema_name", "document_type")
Place = tuple[str | int, ...]


def places(value: Any, at: Place = ()) -> list[Place]:
    """Return where an item holds something that can be replaced."""
    below = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[Place] = []
    for name, inner in below:
        if at or name not in KEPT:
            found.append((*at, name))
        if isinstance(inner, dict | list):
            found += places(inner, (*at, name))
    return found


def replaced(value: Any, at: Place, new: Any) -> Any:
    """Return a value with another one at a place; nothing happens where there is no such place."""
    if not at:
        return new
    name, *below = at
    if isinstance(value, dict) and name in value:
        return {**value, name: replaced(value[name], tuple(below), new)}
    if isinstance(value, list) and isinstance(name, int) and name < len(value):
        return [*value[:name], replaced(value[name], tuple(below), new), *value[name + 1 :]]
    return value


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_value_of_another_kind_breaks_a_page_type(data: st.DataObject) -> None:
    item = items()[data.draw(st.sampled_from(sorted(items())))]
    for at in data.draw(st.lists(st.sampled_from(places(item)), min_size=1, max_size=3)):
        item = replaced(item, at, data.draw(JSON))
    for path in pages.paths(item, OPTIONS)[:3]:
        page = pages.render(item, path, options=OPTIONS)
        own = item["schema_name"] == "generic"
        assert ("generic" in {remark.kind for remark in page.remarks}) == own
        assert acting(page.html) == []


def every_text(value: Any, new: str) -> Any:
    """Return a value with other texts, but for the kinds of the item."""
    if isinstance(value, dict):
        return {k: v if k in KEPT else every_text(v, new) for k, v in value.items()}
    if isinstance(value, list):
        return [every_text(one, new) for one in value]
    return new if isinstance(value, str) and not value[:4].isdigit() else value


@pytest.mark.parametrize("attack", [ATTACK, "javascript:alert(1)", '" onclick="alert(1)'])
@pytest.mark.parametrize("name", sorted(items()))
def test_no_text_of_any_page_type_can_act(name: str, attack: str) -> None:
    item = every_text(items()[name], attack)
    for path in pages.paths(item, OPTIONS)[:3]:
        assert acting(pages.render(item, path, options=OPTIONS).html) == []


def test_a_guide_has_a_page_for_each_part_and_for_print() -> None:
    parts = [
        {"title": "One", "slug": "one", "body": "<p>1</p>"},
        {"title": "Two", "slug": "two", "body": "<p>2</p>"},
    ]
    item = content_item(schema_name="guide", base_path="/g", details={"parts": parts})
    assert pages.paths(item, OPTIONS) == ["/g", "/g/two", "/g/print"]
    assert pages.render(item, "/g/two", options=OPTIONS).title == "When is low tide?: Two - GOV.UK"


def test_what_could_not_be_resolved_is_reported() -> None:
    organisation = "5f1c7f0e-3f0a-4c39-9f5e-2f1d52c0a101"
    item = content_item(schema_name="publication", links={"organisations": [organisation]})
    kinds = [remark.kind for remark in pages.render(item, options=OPTIONS).remarks]
    assert "missing_link" in kinds


def test_dates_are_those_of_london() -> None:
    item = content_item(schema_name="publication", first_published_at="2026-06-30T23:30:00Z")
    assert "1 July 2026" in pages.render(item, options=OPTIONS).html
