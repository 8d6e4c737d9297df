"""The contract of live content: the example site and the platform over HTTP answer alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from preview.overlay.live import LiveContent
from publishing_bridge.example_site import MemorySite
from publishing_bridge.upstream import PublishingPlatform
from tests.fakes.platform import platform
from tests.preview.overlay.site import id_of, ids, live, site

NOTICE = {"explanation": "<p>Old</p>", "withdrawn_at": "2026-01-01T00:00:00Z"}


def example() -> MemorySite:
    """Return a site with one of everything that live content is asked for."""
    block = live("block", "content_block", document_type="content_block_pension")
    del block["base_path"]
    return site(
        live(
            "page", links={"organisations": ["o"], "embed": ["block"]}, link_set={"parent": ["up"]}
        ),
        live("page", locale="cy", base_path="/tudalen", title="Tudalen"),
        live("up"),
        live("o", "organisation", details={"acronym": "O", "logo": {"crest": "x"}}),
        live("person", "person"),
        live("role", "ministerial_role"),
        live("post", "role_appointment", link_set={"person": ["person"], "role": ["role"]}),
        live("guide", routes=[{"path": "/guide", "type": "prefix"}]),
        live(
            "deep", base_path="/guide/deep/er", routes=[{"path": "/guide/deep", "type": "prefix"}]
        ),
        live("old", withdrawn_notice=NOTICE),
        live("gone", "gone", details={}),
        block,
    )


@pytest.fixture(params=["memory", "http"])
def content(request: pytest.FixtureRequest) -> Iterator[LiveContent]:
    found = example()
    if request.param == "memory":
        yield found
        return
    with platform(found) as running:
        upstream = PublishingPlatform(running.url, running.url)
        yield upstream
        upstream.close()


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/page", "Page"),
        ("/tudalen", "Tudalen"),
        ("/guide", "Guide"),
        ("/guide/part", "Guide"),
        ("/guide/deep/down", "Deep"),
        ("/nowhere", None),
    ],
)
def test_a_path_leads_to_its_page(content: LiveContent, path: str, title: str | None) -> None:
    page = content.page(path)
    assert (page.item["title"] if page else None) == title


def test_a_page_has_its_links_expanded(content: LiveContent) -> None:
    page = content.page("/page")
    assert page is not None
    assert page.item["links"]["organisations"][0]["details"]["acronym"] == "O"
    assert page.item["links"]["parent"][0]["title"] == "Up"


def test_what_is_gone_is_still_answered(content: LiveContent) -> None:
    page = content.page("/gone")
    assert page is not None
    assert page.item["schema_name"] == "gone"


def test_items_come_in_their_language_or_in_english(content: LiveContent) -> None:
    found = content.items([id_of("page"), id_of("up"), id_of("nobody")], "cy")
    assert {one: item.locale for one, item in found.items()} == {
        id_of("page"): "cy",
        id_of("up"): "en",
    }
    assert found[id_of("page")].fields["title"] == "Tudalen"


def test_items_know_their_links_and_whether_they_are_withdrawn(content: LiveContent) -> None:
    found = content.items([id_of("page"), id_of("old")], "en")
    assert dict(found[id_of("page")].links) == ids({"organisations": ["o"], "embed": ["block"]})
    assert [found[id_of(name)].withdrawn for name in ("page", "old")] == [False, True]


def test_link_sets_are_those_of_the_content_id(content: LiveContent) -> None:
    found = content.link_sets([id_of("page"), id_of("up")])
    assert found[id_of("page")] == ids({"parent": ["up"]})
    assert not found.get(id_of("up"))


def test_links_are_known_from_behind(content: LiveContent) -> None:
    found = content.linked_from(
        [id_of("up"), id_of("person"), id_of("role")], ["parent", "person", "role"]
    )
    assert found[id_of("up")] == ids({"parent": ["page"]})
    assert found[id_of("person")] == ids({"person": ["post"]})
    assert found[id_of("role")] == ids({"role": ["post"]})


def test_languages_are_known(content: LiveContent) -> None:
    assert {one.locale for one in content.translations(id_of("page"))} == {"en", "cy"}


def test_paths_are_looked_up(content: LiveContent) -> None:
    assert content.content_ids(["/up", "/nowhere"]) == {"/up": id_of("up")}


def test_an_item_without_a_page_is_found_by_its_id(content: LiveContent) -> None:
    found = content.whole(id_of("block"), "en")
    assert found is not None
    assert found.item["document_type"] == "content_block_pension"
    assert content.whole(id_of("up"), "cy") is None


@pytest.mark.parametrize(
    ("name", "kind", "who"),
    [
        ("o", "organisation", "page"),
        ("up", "answer", "page"),
        ("block", "content_block_pension", "page"),
    ],
)
def test_who_links_to_an_item_is_known(
    content: LiveContent, name: str, kind: str, who: str
) -> None:
    found = content.linking_to(id_of(name), kind, 10)
    assert {one for found_ids in found.values() for one in found_ids} == {id_of(who)}


def test_nothing_was_in_the_way(content: Any) -> None:
    content.page("/page")
    content.items([id_of("page")], "en")
    assert content.trouble() == ""
