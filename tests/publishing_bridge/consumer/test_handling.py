"""What messages of `published_documents` do to drafts."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from preview.drafts.models import Draft
from publishing_bridge.consumer.handling import UnusableMessage, handle, message_of
from publishing_bridge.consumer.models import HandledMessage
from tests.conftest import content_item
from tests.publishing_bridge.conftest import Publisher

pytestmark = pytest.mark.django_db
TARGET = "1f2a3b4c-0000-4000-8000-00000000000a"


def hear(content_id: str, event: str, version: int = 7, **body: Any) -> bool:
    sent = {"content_id": content_id, "payload_version": version, **body}
    return handle(message_of(sent, f"answer.{event}"))


def state(**which: Any) -> str:
    return Draft.objects.get(**which).state


@pytest.mark.parametrize("event", ["major", "minor", "content_block"])
def test_a_publication_ends_the_draft(publisher: Publisher, content_id: str, event: str) -> None:
    publisher.put(content_id)
    assert hear(content_id, event)
    assert state() == Draft.State.PUBLISHED


def test_a_second_delivery_changes_nothing(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id)
    hear(content_id, "major")
    publisher.put(content_id, content_item(title="The next one"))
    assert not hear(content_id, "major")
    assert state() == Draft.State.OPEN
    assert hear(content_id, "major", version=8)
    assert state() == Draft.State.PUBLISHED


def test_another_locale_is_another_message(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id)
    assert hear(content_id, "major", locale="cy")
    assert state() == Draft.State.OPEN
    assert hear(content_id, "major", locale="en")
    assert state() == Draft.State.PUBLISHED


def test_a_repetition_of_what_is_live_ends_no_other_draft(
    publisher: Publisher, content_id: str
) -> None:
    publisher.put(content_id)
    live = {name: content_item()[name] for name in ("title", "description", "base_path")}
    live |= {"document_type": "answer"}
    hear(content_id, "republish", details={"body": "older"}, **live)
    assert state() == Draft.State.OPEN
    body = [*content_item()["details"]["body"], {"content_type": "text/html", "rendered_by": "x"}]
    hear(content_id, "republish", version=8, details={"body": body}, **live)
    assert state() == Draft.State.PUBLISHED


def test_links_end_the_proposal_that_they_fulfil(publisher: Publisher, content_id: str) -> None:
    links = {"links": {"taxons": [TARGET]}}
    publisher("PATCH", f"/v2/links/{content_id}", links, Preview_Pack="own")
    hear(content_id, "links", links={"taxons": []})
    assert state() == Draft.State.OPEN
    hear(content_id, "links", version=8, links={"taxons": [TARGET], "parent": [TARGET]})
    assert state() == Draft.State.PUBLISHED


def test_an_unpublishing_ends_both_proposals(publisher: Publisher, content_id: str) -> None:
    publisher.put(content_id, Preview_Pack="own")
    path = f"/v2/content/{content_id}/unpublish"
    publisher("POST", path, {"type": "gone"}, Preview_Pack="own")
    hear(content_id, "unpublish")
    assert state(kind=Draft.Kind.CONTENT) == Draft.State.DISCARDED
    assert state(kind=Draft.Kind.UNPUBLISHING) == Draft.State.PUBLISHED


def test_a_publication_that_nobody_proposed_is_remembered_only(db: None) -> None:
    assert hear(str(uuid.uuid4()), "major")
    assert HandledMessage.objects.count() == 1


@pytest.mark.parametrize(
    "body", [None, [], {}, {"content_id": "x", "payload_version": 1}, {"content_id": TARGET}]
)
def test_a_message_without_an_identity_is_unusable(body: Any) -> None:
    with pytest.raises(UnusableMessage):
        message_of(body, "answer.major")
