"""Live content while the platform is slow, down or wrong: what is known stays, and says so."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from preview.ops.logging import request_id
from publishing_bridge.links import PublishingRules
from publishing_bridge.upstream import PublishingPlatform
from publishing_bridge.upstream.batches import connection
from publishing_bridge.upstream.bounded import LARGEST
from publishing_bridge.upstream.client import Away, Client
from publishing_bridge.upstream.guarded import Limits
from scripts.servers import Valkey
from tests.fakes.platform import BODIES, WAYS, Platform, platform
from tests.preview.overlay.packs import over, pack_of, save
from tests.preview.overlay.site import id_of, live, site

QUICK = Limits(connect=0.3, read=0.3, attempts=2, failures=4, pause=60)
FAULTS = ["slow", "500", *BODIES, *WAYS]


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def cache(valkey: Valkey, settings: Any) -> Iterator[Any]:
    settings.REDIS_URL = valkey.url
    connection.cache_clear()
    connection().flushall()
    yield settings
    connection.cache_clear()


@pytest.fixture
def running() -> Iterator[Platform]:
    found = site(
        live("page", link_set={"organisations": [f"o{n}" for n in range(6)]}),
        *(live(f"o{n}", "organisation") for n in range(6)),
    )
    with platform(found) as server:
        yield server


@pytest.fixture
def client(running: Platform) -> Iterator[Any]:
    """Make live content over the running platform; all of it is closed at the end."""
    made: list[PublishingPlatform] = []

    def make(limits: Limits = QUICK) -> PublishingPlatform:
        made.append(PublishingPlatform(running.url, running.url, limits))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_answers_are_asked_for_once_while_they_are_fresh(
    cache: Any, running: Platform, client: Any
) -> None:
    content = client()
    for _ in range(3):
        assert content.page("/page")
        assert content.items([id_of("o1"), id_of("o2")], "en")
    assert len(running.asked) == 3


def test_answers_that_are_not_fresh_are_asked_for_again(
    cache: Any, running: Platform, client: Any
) -> None:
    cache.LIVE_CONTENT_FRESH_SECONDS = 0
    content = client()
    for _ in range(2):
        assert content.items([id_of("o1")], "en")
        assert content.page("/page")
    assert len(running.asked) == 4
    assert "if-none-match" in running.headers[-1]


@pytest.mark.parametrize("fault", [*FAULTS, "down"])
def test_what_was_known_stays_while_the_platform_is_away(
    cache: Any, running: Platform, client: Any, fault: str
) -> None:
    cache.LIVE_CONTENT_FRESH_SECONDS = 0
    content = client()
    before = (
        content.page("/page"),
        content.items([id_of("o1")], "en"),
        content.link_sets([id_of("page")]),
    )
    if fault == "down":
        running.close()
    running.fault = fault
    page = content.page("/page")
    assert page is not None
    assert before[0] is not None
    assert page.item == before[0].item
    assert page.stale
    assert content.items([id_of("o1")], "en")[id_of("o1")].fields == before[1][id_of("o1")].fields
    assert content.link_sets([id_of("page")]) == before[2]
    assert "did not answer" in content.trouble()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.django_db
def test_a_preview_comes_although_nothing_was_ever_known(
    running: Platform, client: Any, fault: str
) -> None:
    running.fault = fault
    draft = save(live("page", links={"organisations": ["o1"]}))
    shown = over(client(), pack_of(draft)).item(id_of("page"), "en")  # type: ignore[arg-type]  # live content, not a site
    assert shown is not None
    assert shown["links"]["organisations"] == [id_of("o1")]


@pytest.mark.parametrize("fault", ["endless", "packed"])
def test_an_answer_without_end_is_not_held(running: Platform, client: Any, fault: str) -> None:
    running.fault = fault
    tracemalloc.start()
    try:
        assert client(Limits(attempts=1)).page("/page") is None
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * LARGEST
    assert running.sent < 3 * LARGEST


def test_half_of_the_links_missing_leaves_the_other_half(running: Platform, client: Any) -> None:
    running.fault = "half"
    found = client().items([id_of(f"o{n}") for n in range(6)], "en")
    assert 0 < len(found) < 6


def test_calls_stop_while_they_are_in_vain(running: Platform, client: Any) -> None:
    running.fault = "500"
    content = client()
    for _ in range(20):
        content.page("/page")
    assert len(running.asked) == QUICK.failures


def test_calls_go_on_once_the_platform_is_back(running: Platform, client: Any) -> None:
    running.fault = "500"
    content = client(Limits(connect=0.3, read=0.3, attempts=1, failures=2, pause=0))
    for _ in range(3):
        assert content.page("/page") is None
    running.fault = ""
    assert content.page("/page")


def test_only_what_may_be_repeated_is_tried_again(
    running: Platform, request: pytest.FixtureRequest
) -> None:
    running.fault = "500"
    calls = Client("test", running.url, limits=QUICK)
    request.addfinalizer(calls.close)
    with pytest.raises(Away):
        calls.post("/lookup-by-base-path", {"base_paths": []})
    assert len(running.asked) == 1
    with pytest.raises(Away):
        calls.get("/content/page")
    assert len(running.asked) == 3


def test_the_request_id_is_handed_on(running: Platform, client: Any) -> None:
    reset = request_id.set("1234-abc")
    try:
        client().items([id_of("o1"), id_of("o2")], "en")
    finally:
        request_id.reset(reset)
    assert {headers["govuk-request-id"] for headers in running.headers} == {"1234-abc"}


def test_rounds_do_not_grow_with_the_number_of_links(
    cache: Any, running: Platform, client: Any
) -> None:
    content = client()
    for wanted in (2, 6):
        running.asked.clear()
        content.link_sets([id_of(f"o{n}") for n in range(wanted)])
        assert len(running.asked) == 1
        cache.LIVE_CONTENT_FRESH_SECONDS = 0


def test_what_is_known_is_made_ready_once_and_no_page_spoils_it(
    cache: Any, running: Platform, client: Any
) -> None:
    content = client()
    root = running.site.items([id_of("page")], "en")[id_of("page")]
    first, again = (PublishingRules().expand(root, content) for _ in range(2))
    first["organisations"][0]["title"] = "Spoilt"
    first["organisations"][0]["links"]["spoilt"] = []
    assert again["organisations"][0]["title"] == "O0"
    assert PublishingRules().expand(root, content) == again
    items = [content.items([id_of("o1")], "en")[id_of("o1")] for _ in range(2)]
    assert items[0] is items[1]
    cache.LIVE_CONTENT_FRESH_SECONDS = 0
    assert content.items([id_of("o1")], "en")[id_of("o1")] is not items[0]
