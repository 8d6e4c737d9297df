"""Any change to any item of the gallery still gives a page, well-formed and harmless."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinyhtml5.parser import HTMLParser

from preview import pages
from preview.pages.registry import REGISTRY, PageType, View, page_type
from tests.conftest import content_item
from tests.factories.gallery import items
from tests.preview.pages.test_pages import acting

OPTIONS = pages.Options(
    now=datetime(2026, 1, 15, 12, tzinfo=UTC),
    notice="Draft",
    lookup={item["base_path"]: item for item in items().values()}.get,
)
ATTACK = (
    '"><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
)
WRONG = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(
        [
            ATTACK,
            "",
            [],
            {},
            [None],
            [[]],
            [{}],
            {"": None},
            "x" * 20_000,
            "word " * 4_000,
            ["x"] * 500,
            [{"title": "x", "href": "javascript:alert(1)"}] * 200,
            "2026-13-45",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00+14:00",
            "\x00\x0b\ud800\uffff",
            "../../etc/passwd",
            -1,
            10**30,
        ]
    ),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the path of every value below `value`."""
    pairs: Any = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, below in pairs:
        yield (*path, key)
        yield from places(below, (*path, key))


PLACES = {name: list(places(item)) for name, item in items().items()}


@st.composite
def changed_items(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an item of the gallery with one to three of its values changed or missing."""
    name = draw(st.sampled_from(sorted(PLACES)))
    item = copy.deepcopy(items()[name])
    for path in draw(st.lists(st.sampled_from(PLACES[name]), min_size=1, max_size=3)):
        change(item, path, draw(st.booleans()), draw(WRONG))
    item["schema_name"] = items()[name]["schema_name"]
    return item


def change(item: Any, path: tuple[Any, ...], missing: bool, value: Any) -> None:
    """Take a value away, or put another in its place; a place that is gone is left alone."""
    holder = item
    for key in path[:-1]:
        try:
            holder = holder[key]
        except (KeyError, IndexError, TypeError):
            return
    try:
        if missing:
            del holder[path[-1]]
        else:
            holder[path[-1]] = value
    except (KeyError, IndexError, TypeError):
        return


def errors(html: str) -> list[str]:
    """Return the errors that a strict HTML5 parser finds."""
    parser = HTMLParser()
    parser.parse(html)
    return [code for _, code, _ in parser.errors]


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(item=changed_items())
def test_any_change_gives_a_page_of_its_type_well_formed_and_harmless(
    item: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    with caplog.at_level(logging.ERROR):
        made = [
            pages.render(item, path, options=OPTIONS) for path in pages.paths(item, OPTIONS)[:3]
        ]
        made += [pages.surface(item, name, OPTIONS) for name in pages.SURFACES]
    assert [record.exc_text for record in caplog.records] == []
    for page in made:
        page.html.encode()
        assert acting(page.html) == []
    assert errors(made[0].html) == []


@pytest.mark.parametrize("name", sorted(items()))
def test_the_pages_of_the_gallery_are_well_formed(name: str) -> None:
    item = items()[name]
    for path in pages.paths(item, OPTIONS):
        assert errors(pages.render(item, path, options=OPTIONS).html) == []


def test_a_type_that_fails_gives_the_generic_page_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Broken(PageType):
        def view(self, path: str) -> View:
            raise RuntimeError(path)

    monkeypatch.setitem(REGISTRY, "answer", Broken)
    page = pages.render(content_item(), options=OPTIONS)
    assert "Twice a" in page.html
    assert any("could not show this item" in remark.what for remark in page.remarks)


def test_registering_names_every_schema_once() -> None:
    assert all(name in cls.schemas for name, cls in REGISTRY.items())
    assert page_type(REGISTRY["answer"]) is REGISTRY["answer"]
