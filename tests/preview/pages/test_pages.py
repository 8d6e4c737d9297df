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


class Acting(HTMLParser):
    """Find what could act: scripts other than data, event handlers, script addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and ("type", "application/ld+json") not in attrs:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
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
