"""The fixtures that publisher apps' tests use: `content_preview`, and it over real HTTP.

pytest finds them by itself where the package is installed.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from content_preview_client.client import ADDRESS, TOKEN
from content_preview_client.memory import MemoryServer


@pytest.fixture
def content_preview() -> MemoryServer:
    """Give Content Preview in memory: `content_preview.client()` is a client of it."""
    return MemoryServer()


@pytest.fixture
def content_preview_url(
    content_preview: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Give the address of `content_preview` over HTTP; the environment names it and the token."""
    with content_preview.listening() as address:
        monkeypatch.setenv(ADDRESS, address)
        monkeypatch.setenv(TOKEN, content_preview.token)
        yield address
