"""The two servers that keep to one contract: the one in memory, and the running service."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import pytest

from content_preview_client import ContentPreview
from content_preview_client.memory import MemoryServer
from content_preview_client.pytest_plugin import content_preview, content_preview_url
from scripts.run import ready
from tests.conftest import content_item
from tests.end_to_end.conftest import Service

__all__ = ["content_preview", "content_preview_url"]


class Server(Protocol):
    """A server with several publisher apps."""

    def client(self, app: str = "publisher") -> ContentPreview:
        """Return a client of an app; `reader` may read all drafts."""
        ...


class InMemory:
    """The server in memory, its apps set up as the service's are."""

    def __init__(self) -> None:
        self.server = MemoryServer()
        self.server.token_of("reader", reads_all=True)

    def client(self, app: str = "publisher") -> ContentPreview:
        return self.server.client(app)


@dataclass
class Running:
    """The running service with the tokens of its apps."""

    address: str
    tokens: dict[str, str]

    def client(self, app: str = "publisher") -> ContentPreview:
        return ContentPreview(self.address, self.tokens[app])


@pytest.fixture(scope="session")
def running_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The whole service: web, worker, beat, Valkey."""
    service = Service(tmp_path_factory.mktemp("sdk"))
    service.valkey.start()
    service.manage("migrate", "-v0")
    for name in ("web", "worker", "beat"):
        service.start(name)
    all_scopes = ["drafts:read", "drafts:read_all", "drafts:write", "packs:write"]
    tokens = {app: service.manage("create_app_token", app) for app in ("publisher", "whitehall")}
    tokens["reader"] = service.manage(
        "create_app_token", "reader", *(f"--scope={one}" for one in all_scopes)
    )
    try:
        assert ready(str(service.port)), service.log()[-4000:]
        yield Running(service.address, tokens)
    finally:
        service.stop()


@pytest.fixture(params=["memory", pytest.param("service", marks=pytest.mark.end_to_end)])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the two servers in turn."""
    if request.param == "memory":
        return InMemory()
    running: Running = request.getfixturevalue("running_service")
    return running


@pytest.fixture
def client(server: Server) -> Iterator[ContentPreview]:
    """A client of the app `publisher`."""
    with server.client() as found:
        yield found


def new_id() -> str:
    return str(uuid.uuid4())


def item_at(path: str, **changes: Any) -> dict[str, Any]:
    """Return a valid content item at a path of its own."""
    whole = f"{path}-{uuid.uuid4().hex[:8]}"
    routes = [{"path": whole, "type": "exact"}]
    own = {"base_path": whole, "routes": routes, "title": path.strip("/")}
    return content_item(**{**own, **changes})
