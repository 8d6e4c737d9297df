"""`/v2/expanded-links` expands by the platform's rules what the bridge has stored."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import content_item
from tests.publishing_bridge.conftest import Publisher

pytestmark = pytest.mark.django_db


def put(publisher: Publisher, title: str, *, publish: bool = True, **changes: Any) -> str:
    content_id = str(uuid.uuid4())
    path = f"/{title.lower()}"
    item = content_item(
        title=title, base_path=path, routes=[{"path": path, "type": "exact"}], **changes
    )
    assert publisher.put(content_id, item).status_code == 200
    if publish:
        publisher("POST", f"/v2/content/{content_id}/publish", {})
    return content_id


def expanded(publisher: Publisher, content_id: str, query: str = "") -> Any:
    return publisher("GET", f"/v2/expanded-links/{content_id}{query}").json()["expanded_links"]


def tag(publisher: Publisher, content_id: str, **links: list[str]) -> None:
    publisher("PATCH", f"/v2/links/{content_id}", {"links": links})


def titles(rows: Any) -> list[str]:
    return [row["title"] for row in rows]


def test_links_go_as_deep_as_the_rules_say_and_back(publisher: Publisher) -> None:
    page, child, parent = (put(publisher, one) for one in ("Page", "Child", "Parent"))
    tag(publisher, page, parent=[child])
    tag(publisher, child, parent=[parent])
    (first,) = expanded(publisher, page)["parent"]
    assert (first["title"], first["api_path"]) == ("Child", "/api/content/child")
    assert titles(first["links"]["parent"]) == ["Parent"]
    assert titles(expanded(publisher, parent)["children"]) == ["Child"]


def test_drafts_are_linked_to_only_where_they_are_asked_for(publisher: Publisher) -> None:
    page, draft = put(publisher, "Page"), put(publisher, "Draft", publish=False)
    tag(publisher, page, ordered_related_items=[draft])
    assert titles(expanded(publisher, page)["ordered_related_items"]) == ["Draft"]
    assert "ordered_related_items" not in expanded(publisher, page, "?with_drafts=false")


def test_a_limited_draft_is_never_told_of(publisher: Publisher) -> None:
    limited = put(publisher, "Secret", publish=False, access_limited={"users": ["u1"]})
    page = put(publisher, "Page")
    tag(publisher, page, ordered_related_items=[limited])
    assert "ordered_related_items" not in expanded(publisher, page)


def test_links_of_an_edition_come_before_those_of_its_link_set(publisher: Publisher) -> None:
    own, other = put(publisher, "Own"), put(publisher, "Other")
    page = put(publisher, "Page", links={"ordered_related_items": [own]})
    tag(publisher, page, ordered_related_items=[other])
    assert titles(expanded(publisher, page)["ordered_related_items"]) == ["Own"]


def test_a_version_comes_with_what_is_generated(publisher: Publisher) -> None:
    page = put(publisher, "Page")
    tag(publisher, page, taxons=[])
    answer = publisher("GET", f"/v2/expanded-links/{page}?generate=true").json()
    assert answer["version"] == 1
    assert titles(answer["expanded_links"]["available_translations"]) == ["Page"]


@pytest.mark.parametrize(
    "path",
    [
        "/v2/expanded-links/{page}",
        "/v2/content/{page}",
        "/v2/links/{page}",
        "/v2/linked/{target}?link_type=organisations&fields[]=content_id_aliases&fields[]=links",
        "/v2/content?link_organisations={target}",
        "/v2/editions?per_page=1000",
        "/v2/linkables?document_type=answer",
    ],
)
def test_queries_do_not_grow_with_the_number_of_links(publisher: Publisher, path: str) -> None:
    counts = []
    page, *targets = (put(publisher, f"A{n}") for n in range(16))
    whole = path.format(page=page, target=targets[0])
    for used in (2, 15):
        tag(publisher, page, organisations=targets[:used], taxons=targets[:used])
        for target in targets[:used]:
            tag(publisher, target, organisations=[page, targets[0]])
        with CaptureQueriesContext(connection) as asked:
            assert publisher("GET", whole).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1], [row["sql"] for row in asked.captured_queries]
