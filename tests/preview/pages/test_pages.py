"""Pages: any item gives one, and nothing in it can act."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
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
LEADING = {"href", "src", "srcset", "action", "formaction", "data", "poster", "cite"}
BAD = "javascript:alert(1)"
SCHEMAS = (*sorted(REGISTRY), "of_no_known_kind")
ROOT = Path(__file__).resolve().parents[3]
SOURCES = [*(ROOT / "preview/pages").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
CODE = "".join(path.read_text("utf-8") for path in SOURCES)
READ = r"\.(?:text|texts|html|objects|fields|moment|flag|number|govspeak)\(\"([a-z_]+)\""
FIELDS = sorted(set(re.findall(READ, CODE)))
KINDS = sorted(set(re.findall(r"links?\(\"([a-z_]+)\"", CODE)))


class Acting(HTMLParser):
    """Find what could act: scripts other than data, event handlers, script addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and ("type", "application/ld+json") not in attrs:
            self.found.append(tag)
        for name, value in attrs:
            leads = name in LEADING and (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or leads:
                self.found.append(f"{name}={value}")


def acting(html: str) -> list[str]:
    reader = Acting()
    reader.feed(html)
    return reader.found


@contextmanager
def no_type_fails() -> Iterator[None]:
    """Fail where a page type failed and the generic page took its place."""
    failures: list[str] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            failures.append(str(record.exc_info))

    handler = Gather()
    logger = logging.getLogger("preview.pages.page")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    assert failures == []


@pytest.mark.parametrize("schema", SCHEMAS)
def test_nothing_in_any_text_field_can_act(schema: str) -> None:
    part = dict.fromkeys(FIELDS, ATTACK) | {"href": BAD, "url": BAD, "link": BAD, "active": True}
    details = {name: [part] for name in FIELDS} | {
        "body": ATTACK,
        "explanation": ATTACK,
        "alternative_path": BAD,
        "change_history": [{"note": ATTACK, "public_timestamp": "2026-01-01T00:00:00Z"}],
    }
    linked = {"title": ATTACK, "base_path": BAD, "details": part, "locale": "cy"}
    item = content_item(schema_name=schema, title=ATTACK, description=ATTACK, details=details)
    item["links"] = {kind: [linked, linked] for kind in KINDS}
    item["locale"] = '"><script>'
    with no_type_fails():
        for path in pages.paths(item, OPTIONS):
            assert acting(pages.render(item, path, options=OPTIONS).html) == []


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SCHEMAS),
    st.sampled_from(["value", "object", "list"]),
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
def test_any_item_gives_a_page(schema: str, form: str, changes: dict[str, Any], inner: Any) -> None:
    part = dict.fromkeys(FIELDS, inner)
    linked = {"title": "x", "base_path": "/x", "details": part, "links": inner}
    forms = {"value": inner, "object": part, "list": [part]}
    details = dict.fromkeys(FIELDS, forms[form])
    links = {kind: [linked] for kind in KINDS}
    item = {**content_item(schema_name=schema, details=details, links=links), **changes}
    with no_type_fails():
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
