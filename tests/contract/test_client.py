"""Every call of the platform's Ruby client, as it puts it on the wire, against a real server.

A row is a method of the client: verb, path with its query as that client encodes it, body, and the
status by which it answers or raises.

Source: alphagov/gds-api-adapters `lib/gds_api/publishing_api.rb`, `json_client.rb`,
`exceptions.rb`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from scripts.servers import free_port
from tests.conftest import content_item
from tests.contract.server import ROOT, environment, serving

DOCUMENT, LINKED = "5b4f0c2e-1d7a-4a3e-9c55-0d3f6a7b8c91", "0f6d2a4c-7e11-4b0b-8a7d-6c2b1e9d3f52"
NOBODY = "11111111-1111-4111-8111-111111111111"
ITEM = f"/v2/content/{DOCUMENT}"
NO_BODY = object()


class Row(NamedTuple):
    """A call, and what comes back: the status, and keys of the answer."""

    name: str
    verb: str
    path: str
    body: Any
    status: int
    keys: frozenset[str] = frozenset()


def row(name: str, call: str, body: Any, status: int, keys: str = "") -> Row:
    verb, path = call.split(" ", 1)
    return Row(name, verb, path, body, status, frozenset(keys.split()))


PUT = content_item(base_path="/client", routes=[{"path": "/client", "type": "exact"}])
ROWS = [
    row("put_content", f"PUT {ITEM}", PUT, 200, "content_id lock_version warnings"),
    row("put_content, bad", f"PUT {ITEM}", {"title": "x"}, 422),
    row("get_content", f"GET {ITEM}", NO_BODY, 200, "publication_state state_history"),
    row("get_content, locale", f"GET {ITEM}?locale=fr", NO_BODY, 404, "error"),
    row("get_content, missing", f"GET /v2/content/{NOBODY}", NO_BODY, 404, "error"),
    row("get_live_content", f"GET {ITEM}?locale=en&version=1", NO_BODY, 422, "error"),
    row(
        "lookup_content_ids",
        "POST /lookup-by-base-path",
        {"base_paths": ["/client"], "with_drafts": True},
        200,
        "/client",
    ),
    row("put_content, stale", f"PUT {ITEM}", {**PUT, "previous_version": "9"}, 409, "error"),
    row(
        "publish, stale", f"POST {ITEM}/publish", {"update_type": None, "previous_version": 9}, 409
    ),
    row("publish", f"POST {ITEM}/publish", {"update_type": None}, 200, "content_id"),
    row("publish, again", f"POST {ITEM}/publish", {"update_type": None}, 409, "error"),
    row(
        "get_linked_items",
        f"GET /v2/linked/{DOCUMENT}?link_type=taxons&fields%5B%5D=title",
        NO_BODY,
        200,
    ),
    row("republish", f"POST {ITEM}/republish", {}, 200, "content_id"),
    row("discard_draft, none", f"POST {ITEM}/discard-draft", {}, 422, "error"),
    row("unpublish", f"POST {ITEM}/unpublish", {"type": "gone", "locale": "en"}, 200, "content_id"),
    row(
        "patch_links", f"PATCH /v2/links/{DOCUMENT}", {"links": {"taxons": [LINKED]}}, 200, "links"
    ),
    row(
        "patch_links, bulk",
        f"PATCH /v2/links/{DOCUMENT}",
        {"links": {"organisations": []}, "previous_version": 1, "bulk_publishing": True},
        200,
        "links version",
    ),
    row(
        "patch_links, stale",
        f"PATCH /v2/links/{DOCUMENT}",
        {"links": {}, "previous_version": 1},
        409,
        "error",
    ),
    row("get_links", f"GET /v2/links/{DOCUMENT}", NO_BODY, 200, "content_id links version"),
    row("get_links, missing", f"GET /v2/links/{NOBODY}", NO_BODY, 404, "error"),
    row(
        "get_links_changes",
        f"GET /v2/links/changes?link_types%5B%5D=taxons&target_content_ids%5B%5D={LINKED}",
        NO_BODY,
        200,
        "link_changes",
    ),
    row(
        "get_expanded_links",
        f"GET /v2/expanded-links/{DOCUMENT}?with_drafts=false&generate=true&locale=en",
        NO_BODY,
        200,
        "generated expanded_links version",
    ),
    row(
        "get_content_items",
        "GET /v2/content?document_type=answer&fields%5B%5D=title&fields%5B%5D=base_path&page=1",
        NO_BODY,
        200,
        "total pages current_page links results",
    ),
    row(
        "get_content_items, bad field",
        "GET /v2/content?document_type=answer&fields%5B%5D=nonsense",
        NO_BODY,
        400,
        "error",
    ),
    row(
        "get_host_content_for_content_id",
        f"GET {ITEM}/host-content?page=1&order=-last_edited_at",
        NO_BODY,
        200,
        "total total_pages rollup results",
    ),
    row(
        "get_host_content_item_for_content_id",
        f"GET {ITEM}/host-content/{NOBODY}",
        NO_BODY,
        404,
        "error",
    ),
    row(
        "get_events_for_content_id",
        f"GET {ITEM}/events?action=PutContent&from=2023-01-01T00%3A00%3A00Z",
        NO_BODY,
        200,
    ),
    row("get_linkables", "GET /v2/linkables?document_type=answer", NO_BODY, 200),
    row(
        "get_linked_items, missing",
        f"GET /v2/linked/{NOBODY}?link_type=taxons&fields%5B%5D=title",
        NO_BODY,
        404,
        "error",
    ),
    row(
        "get_editions",
        "GET /v2/editions?fields%5B%5D=content_id&states%5B%5D=draft&per_page=1",
        NO_BODY,
        200,
        "results links",
    ),
    row(
        "get_links_for_content_ids",
        "POST /v2/links/by-content-id",
        {"content_ids": [DOCUMENT]},
        200,
        DOCUMENT,
    ),
    row(
        "get_links_for_content_ids, too many",
        "POST /v2/links/by-content-id",
        {"content_ids": [DOCUMENT] * 1001},
        413,
        "error",
    ),
    row("put_path", "PUT /paths/kept", {"publishing_app": "publisher"}, 200, "publishing_app"),
    row("unreserve_path", "DELETE /paths/kept", {"publishing_app": "publisher"}, 200),
    row("unreserve_path, again", "DELETE /paths/kept", {"publishing_app": "publisher"}, 404),
    row(
        "put_intent",
        "PUT /publish-intent/client",
        {
            "publish_time": "2030-03-15T09:00:00.000+00:00",
            "publishing_app": "publisher",
            "rendering_app": "frontend",
        },
        200,
    ),
    row("destroy_intent", "DELETE /publish-intent/client", {}, 200),
    row("destroy_intent, again", "DELETE /publish-intent/client", {}, 404),
    row("get_schemas", "GET /v2/schemas", NO_BODY, 200),
    row("get_schema, missing", "GET /v2/schemas/none_such", NO_BODY, 404, "error"),
    row("graphql_query", "POST /graphql", {"query": "{ edition { title } }"}, 404),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Give the address of a server of its own, and a token for it."""
    folder = tmp_path_factory.mktemp("client")
    settings = environment(folder, free_port())
    del settings["CONTENT_SCHEMAS_PATH"]

    def manage(*arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=settings, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    manage("migrate", "-v0")
    token = manage("create_app_token", "publisher")
    with serving(settings, Path(folder / "log")) as address:
        yield address, token


def called(server: tuple[str, str], one: Row) -> tuple[int, str, bytes]:
    """Send a call with the headers that the client sends; return status, type and body."""
    address, token = server
    headers = {
        "Accept": "application/json",
        "User-Agent": "gds-api-adapters/103.3.1 (whitehall)",
        "Authorization": f"Bearer {token}",
        "GOVUK-Request-Id": "1-2.3",
        "X-Govuk-Authenticated-User": "0f6d2a4c",
    }
    sent = None if one.body is NO_BODY else json.dumps(one.body)
    if sent is not None:
        headers["Content-Type"] = "application/json"
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request(one.verb, one.path, sent, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read()
    finally:
        connection.close()


def test_every_method_of_the_client_is_answered_as_it_expects(server: tuple[str, str]) -> None:
    wrong = []
    for one in ROWS:
        status, kind, body = called(server, one)
        answer = json.loads(body)
        keys = set(answer) if isinstance(answer, dict) else set()
        if status != one.status or kind != "application/json; charset=utf-8" or one.keys - keys:
            wrong.append((one.name, status, kind, body[:300]))
    assert wrong == []


def test_the_next_page_of_editions_is_asked_for_as_its_link_says(server: tuple[str, str]) -> None:
    first = row("get_paged_editions", "GET /v2/editions?per_page=1", NO_BODY, 200)
    _, _, body = called(server, first)
    following = [link["href"] for link in json.loads(body)["links"] if link["rel"] == "next"]
    for href in following:
        assert href.startswith(server[0]), href
        path = href.removeprefix(server[0])
        assert called(server, row("get_paged_editions", f"GET {path}", NO_BODY, 200))[0] == 200


def test_a_publisher_in_ruby_is_answered_as_it_expects(server: tuple[str, str]) -> None:
    ruby = shutil.which("ruby")
    if ruby is None:
        pytest.skip("There is no ruby on this machine: the publisher in Ruby does not run.")
    script = Path(__file__).parent / "ruby" / "publisher.rb"
    address, token = server
    command = [ruby, "-W1", str(script), address, token]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "answers are as publishers expect" in done.stdout
