"""Link expansion: which links, how deep, which fields, and how often the source is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preview.overlay.live import Item
from publishing_bridge.example_site import ExampleSite, MemorySite
from publishing_bridge.links import PublishingRules
from publishing_bridge.links.fields import card
from publishing_bridge.links.paths import PATHS, REVERSE_NAMES, plain
from tests.conftest import SHARED
from tests.preview.overlay.site import Counting, id_of, live, site

RULES = PublishingRules()
SHARED_ITEMS = SHARED / "data" / "content-items" / "frontend"


def expanded(found: MemorySite, name: str, locale: str = "en") -> dict[str, list[Any]]:
    item = found.item(found.contents[id_of(name), locale])
    return RULES.expand(item, found)


def titles(links: dict[str, list[Any]], kind: str) -> list[str]:
    return [row["title"] for row in links.get(kind, [])]


def test_edition_links_replace_link_set_links_of_the_same_type() -> None:
    found = site(
        live("a", links={"taxons": ["new"]}, link_set={"taxons": ["old"], "organisations": ["o"]}),
        live("new", "taxon"),
        live("old", "taxon"),
        live("o", "organisation"),
    )
    links = expanded(found, "a")
    assert titles(links, "taxons") == ["New"]
    assert titles(links, "organisations") == ["O"]


def test_topics_are_followed_to_the_root() -> None:
    found = site(
        live("a", link_set={"taxons": ["low"]}),
        live("low", "taxon", link_set={"parent_taxons": ["middle"]}),
        live("middle", "taxon", link_set={"parent_taxons": ["top"]}),
        live("top", "taxon", link_set={"root_taxon": ["home"]}),
        live("home", "homepage"),
    )
    node = expanded(found, "a")["taxons"][0]
    seen = []
    while node:
        seen.append(node["title"])
        below = node["links"]
        node = next(iter(below.get("parent_taxons") or below.get("root_taxon") or []), None)
    assert seen == ["Low", "Middle", "Top", "Home"]


def test_edition_links_go_one_level_deep() -> None:
    found = site(
        live("a", links={"taxons": ["low"]}),
        live("low", "taxon", link_set={"parent_taxons": ["top"]}),
        live("top", "taxon"),
    )
    assert expanded(found, "a")["taxons"][0]["links"] == {}


def test_a_link_is_shown_from_both_ends() -> None:
    found = site(live("child", link_set={"parent": ["above"]}), live("above"))
    links = expanded(found, "above")
    assert titles(links, "children") == ["Child"]
    assert links["children"][0]["links"]["parent"][0]["content_id"] == id_of("above")


def test_an_appointment_joins_person_and_role() -> None:
    appointment = live("appointment", "role_appointment", link_set={"person": ["p"], "role": ["r"]})
    found = site(appointment, live("p", "person"), live("r", "ministerial_role"))
    (of_role,) = expanded(found, "r")["role_appointments"]
    (of_person,) = expanded(found, "p")["role_appointments"]
    assert titles(of_role["links"], "person") == ["P"]
    assert titles(of_person["links"], "role") == ["R"]


def test_cycles_and_links_to_itself_end() -> None:
    found = site(
        live("a", link_set={"parent": ["b"], "related": ["a"]}),
        live("b", link_set={"parent": ["a"]}),
    )
    links = expanded(found, "a")
    assert titles(links, "parent") == ["B"]
    assert titles(links, "related") == ["A"]
    assert "parent" not in links["parent"][0]["links"]


@pytest.mark.parametrize(("kind", "shown"), [("parent", True), ("organisations", False)])
def test_withdrawn_items_are_linked_to_by_few_types(kind: str, shown: bool) -> None:
    gone = live("old", withdrawn_notice={"explanation": "", "withdrawn_at": "2026-01-01T00:00:00Z"})
    links = expanded(site(live("a", link_set={kind: ["old"]}), gone), "a")
    assert bool(links.get(kind)) is shown


@pytest.mark.parametrize("kind", ["gone", "redirect"])
def test_what_is_no_page_is_not_linked_to(kind: str) -> None:
    found = site(live("a", link_set={"parent": ["old"]}), live("old", kind))
    assert "parent" not in expanded(found, "a")


def test_the_own_language_comes_before_english() -> None:
    found = site(
        live("a", locale="cy", link_set={"organisations": ["o", "p"]}),
        live("o", "organisation", title="In English"),
        live("o", "organisation", title="Yn Gymraeg", locale="cy", base_path="/o.cy"),
        live("p", "organisation", title="Only English"),
    )
    assert titles(expanded(found, "a", "cy"), "organisations") == ["Yn Gymraeg", "Only English"]


def test_every_translation_is_named_the_item_itself_too() -> None:
    found = site(live("a"), live("a", locale="cy", base_path="/a.cy"))
    assert [row["locale"] for row in expanded(found, "a")["available_translations"]] == ["en", "cy"]


def test_a_missing_item_is_left_out_or_kept_as_its_id() -> None:
    found = site(live("a", link_set={"organisations": ["nobody"]}))
    item = found.item(found.contents[id_of("a"), "en"])
    assert "organisations" not in RULES.expand(item, found)
    assert RULES.expand(item, found, keep_missing=True)["organisations"] == [id_of("nobody")]


def chain(width: int) -> list[dict[str, Any]]:
    """Return an item with `width` topics, each with two more above it."""
    items = [live("a", link_set={"taxons": [f"t{n}" for n in range(width)]})]
    for n in range(width):
        items.append(live(f"t{n}", "taxon", link_set={"parent_taxons": [f"u{n}"]}))
        items.append(live(f"u{n}", "taxon", link_set={"parent_taxons": [f"v{n}"]}))
        items.append(live(f"v{n}", "taxon"))
    return items


def test_the_source_is_asked_as_often_for_many_links_as_for_few() -> None:
    asked = []
    for width in (2, 200):
        found = Counting(chain(width))
        links = expanded(found, "a")
        assert len(links["taxons"]) == width
        asked.append(found.asked)
    assert asked[0] == asked[1]


def test_fifty_thousand_links_are_expanded() -> None:
    names = [f"n{n}" for n in range(50_000)]
    found = Counting([live("a", link_set={"documents": names}), *(live(name) for name in names)])
    assert len(expanded(found, "a")["documents"]) == 50_000
    assert len(found.asked) < 10


@given(
    st.dictionaries(
        st.sampled_from("abcde"),
        st.dictionaries(
            st.sampled_from(
                ["parent", "parent_taxons", "child_taxons", "taxons", "role", "person"]
            ),
            st.lists(st.sampled_from("abcdef"), max_size=3),
            max_size=3,
        ),
        min_size=1,
    )
)
@settings(deadline=None, max_examples=60)
def test_any_graph_of_links_comes_to_an_end(graph: dict[str, dict[str, list[str]]]) -> None:
    found = site(*(live(name, "taxon", link_set=links) for name, links in graph.items()))
    for name in graph:
        for path in paths_below(expanded(found, name), (id_of(name),)):
            below = path[1:]
            assert len(set(below[1:])) == len(below[1:])


def paths_below(links: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the chain of content ids to each node that a direct link leads to."""
    for kind, rows in links.items():
        for row in rows:
            if kind != "available_translations":
                path = (*above, row["content_id"])
                yield path
                if len(path) > 2 or kind not in REVERSE_NAMES.values():
                    yield from paths_below(row["links"], path)


def test_every_dependent_of_an_item_shows_it() -> None:
    """What `dependents` finds for the example site is what expansion shows, seen from behind."""
    example = ExampleSite()
    shown_on: dict[str, set[str]] = {}
    for (content_id, _), content in example.contents.items():
        for linked in in_tree(RULES.expand(example.item(content), example)):
            if linked != content_id:
                shown_on.setdefault(linked, set()).add(content_id)
    for content_id, hosts in shown_on.items():
        kind = next(c["document_type"] for k, c in example.contents.items() if k[0] == content_id)
        assert hosts <= set(RULES.dependents(content_id, kind, example, 500)), kind


def in_tree(links: dict[str, Any]) -> Iterator[str]:
    """Yield the content id of every node."""
    for rows in links.values():
        for row in rows:
            yield row["content_id"]
            yield from in_tree(row["links"])


def shared_links() -> list[tuple[str, str, dict[str, Any]]]:
    """Return link type, document type and node of every link in the shared examples."""
    found = []
    for path in sorted(SHARED_ITEMS.rglob("*.json")) if SHARED_ITEMS.is_dir() else []:
        content = json.loads(path.read_text("utf-8"))
        for kind, rows in (content.get("links") or {}).items():
            found += [(kind, one.get("document_type", ""), one) for one in rows if "title" in one]
    return found


def test_shared_examples_have_the_fields_that_the_rules_give() -> None:
    links = [row for row in shared_links() if row[0] != "available_translations" and row[1]]
    if not links:
        pytest.skip("no shared content items beside the project")
    fits = sum(1 for kind, of_type, node in links if has_the_fields(kind, of_type, node))
    print(f"{fits} of {len(links)} links of shared examples have the details of the rules")
    assert fits >= 0.9 * len(links)


def has_the_fields(kind: str, document_type: str, node: dict[str, Any]) -> bool:
    """Say whether a node has no detail that the rules don't show."""
    rules = card(document_type, kind)
    allowed = {place[0] for place in rules.inside}
    details = node.get("details") or {}
    return "details" in rules.whole or set(details) <= allowed


def test_shared_examples_go_deeper_only_along_the_paths() -> None:
    links = shared_links()
    if not links:
        pytest.skip("no shared content items beside the project")
    seconds = {(plain(path[0]), plain(path[1])) for path in PATHS if len(path) > 1}
    seconds |= {(plain(path[0]), plain(path[0])) for path in PATHS if path[0].endswith("*")}
    seconds |= {(name, kind) for kind, name in REVERSE_NAMES.items()}
    found = [(kind, below) for kind, _, node in links for below in (node.get("links") or {})]
    fits = sum(1 for pair in found if pair in seconds)
    print(f"{fits} of {len(found)} second levels of shared examples follow the paths")
    assert fits >= 0.8 * len(found)


def test_the_example_site_is_whole() -> None:
    folder = Path(__file__).resolve().parents[2] / "publishing_bridge/example_site/items"
    example = ExampleSite()
    assert len(example.contents) >= 60
    assert len(list(folder.glob("*.json"))) >= 5
    for content in example.contents.values():
        for links in (content.get("links") or {}, content.get("link_set") or {}):
            for targets in links.values():
                assert all(one in example.locales for one in targets), content.get("title")


def test_an_item_without_links_has_none() -> None:
    nothing = Item(id_of("x"), "en", {"content_id": id_of("x"), "document_type": "answer"})
    assert RULES.expand(nothing, site()) == {}
