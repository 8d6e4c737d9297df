"""The tour shows every page, and its document is what its list says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.tour.document import DOCUMENT, PICTURES, text
from tests.tour.pages import LEFT_OUT, rows

MOST_BYTES = 3 * 1024 * 1024


def names(resolver: URLResolver) -> Iterator[str]:
    """Give the names of all addresses that have one; Django's admin has its own documents."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern) and one.name:
            yield one.name
        elif isinstance(one, URLResolver) and one.namespace != "admin":
            yield from names(one)


@pytest.mark.parametrize("urlconf", [settings.ROOT_URLCONF, settings.PREVIEW_HOST_URLCONF])
def test_every_named_page_is_on_the_tour_or_left_out_with_a_reason(urlconf: str) -> None:
    told = {row.name for row in rows()} | LEFT_OUT
    missing = set(names(get_resolver(urlconf))) - told
    assert not missing, f"Add a row to CHAPTERS in tests/tour/pages.py, or a reason: {missing}"


def test_nothing_is_both_shown_and_left_out_nor_gone() -> None:
    shown = {row.name for row in rows()}
    known = {
        name
        for urlconf in (settings.ROOT_URLCONF, settings.PREVIEW_HOST_URLCONF)
        for name in names(get_resolver(urlconf))
    } | {"admin:index"}
    assert not shown & LEFT_OUT
    assert not (shown | LEFT_OUT) - known


def test_the_document_is_what_the_list_says() -> None:
    assert DOCUMENT.read_text("utf-8") == text(), "Run make tour."


def test_each_row_has_its_picture_and_all_are_small() -> None:
    pictures = [row.picture for row in rows()]
    assert len(set(pictures)) == len(pictures)
    assert sorted(one.name for one in PICTURES.iterdir()) == sorted(pictures), "Run make tour."
    assert sum(one.stat().st_size for one in PICTURES.iterdir()) <= MOST_BYTES
