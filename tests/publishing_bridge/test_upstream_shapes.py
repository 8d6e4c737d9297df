"""Answers that are JSON, but not of the shape that the platform's have: nothing fails by them."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import orjson
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preview.overlay.live import Item, link_expander
from preview.overlay.presenting import Presenter
from preview.overlay.proposals import Proposals
from publishing_bridge.links import PublishingRules
from publishing_bridge.upstream import PublishingPlatform
from publishing_bridge.upstream.client import Answer, Client
from tests.preview.overlay.site import id_of

NAMES = (
    *("content_id", "locale", "title", "base_path", "document_type", "schema_name", "details"),
    *("links", "expanded_links", "results", "unpublishing", "publication_state", "type", "routes"),
    *("withdrawn", "public_updated_at", "content_store", "available_translations", "parent"),
    *("organisations", "taxons", "children", "role_appointments", "host_content_id", "body"),
)
IDS = st.sampled_from([id_of(name) for name in ("page", "o1", "o2")])
WORDS = st.sampled_from(
    ["en", "cy", "", "organisation", "taxon", "unpublished", "withdrawal", "/a"]
)
SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | WORDS | IDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | IDS, inner, max_size=5)
    ),
    max_leaves=25,
)


class Saying(Client):
    """A client whose service answers every question with one of these values, in turn."""

    def __init__(self, values: list[Any]) -> None:
        super().__init__("test", "http://127.0.0.1:1")
        self.values, self.asked = values, 0

    def get(self, path: str, params: Any = None, *, cached: bool = True) -> Answer:
        self.asked += 1
        return Answer(self.values[self.asked % len(self.values)], timezone.now())

    def post(self, path: str, body: Any) -> Answer:
        return self.get(path)


def saying(values: list[Any]) -> PublishingPlatform:
    made = PublishingPlatform("http://127.0.0.1:1", "http://127.0.0.1:1")
    for one in (made.store.client, made.api.client):
        one.close()
    made.store.client = made.api.client = Saying(values)
    return made


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values=st.lists(VALUES, min_size=1, max_size=4))
def test_no_shape_of_an_answer_breaks_live_content(values: list[Any]) -> None:
    ids = [id_of("page"), id_of("o1")]
    with closing(saying(values)) as content:
        content.page("/page")
        assert set(content.items(ids, "cy")) <= set(ids)
        assert set(content.link_sets(ids)) <= set(ids)
        content.linked_from(ids, ["parent", "taxons", "person"])
        content.translations(ids[0])
        assert set(content.content_ids(["/page"])) <= {"/page"}
        content.linking_to(ids[0], "organisation", 5)
        content.linking_to(ids[0], "content_block_pension", 5)
        root = Item(ids[0], "en", {"document_type": "answer"}, {"organisations": ids})
        rules = PublishingRules()
        orjson.dumps(rules.expand(root, content, keep_missing=True))
        rules.dependents(ids[0], "taxon", content, 10)
        shown = Presenter(Proposals(), content, link_expander(), timezone.now())
        orjson.dumps([shown.item(ids[0], "en"), shown.at_path("/page")])
