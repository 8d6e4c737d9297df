"""A draft that can be looked at, and the people who review it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.rendering.models import Rendering
from preview.review.comments.actions import Place
from preview.review.comments.passages import anchor_of, passages_of
from preview.review.comments.placing import place_comments
from preview.review.reviewers import Reviewer
from tests.conftest import content_item
from tests.rendered import rendered, sent

EDITH = Reviewer("person:mock-editor", "Edith Example", staff=True)
OSCAR = Reviewer("person:mock-other-editor", "Oscar Example", staff=True)
FAY = Reviewer("recipient:1", "Fay Checker")
BODY = "<p>Low water is twice a day.</p><p>The fee is £25 from 4 March 2026.</p>"


def item(body: str = BODY, **changes: Any) -> dict[str, Any]:
    """Return an item with a body of HTML."""
    return content_item(details={"body": body}, **changes)


class Desk:
    """A draft that is sent again and again, each version rendered and its comments placed."""

    def __init__(self, send: Any) -> None:
        self.send = send
        self.content_id = str(uuid.uuid4())

    def save(self, body: str = BODY, **changes: Any) -> Rendering:
        """Send a version, render it, and run what follows."""
        draft = sent(self.send, item(body, **changes), self.content_id)
        rendering = rendered(draft)
        place_comments(rendering_id=str(rendering.id), delivery_id=str(uuid.uuid4()))
        return rendering

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(content_id=self.content_id)

    def place(self, words: str) -> Place:
        """Return the passage of the newest version that holds some words."""
        draft = self.draft
        version = draft.versions.get(number=draft.version_number)
        page = Rendering.objects.ready().get(version=version).pages.get()
        passages = passages_of(page.sha256)
        block = next(one for one in passages.blocks if words in one.text)
        anchor = anchor_of(passages, block.path, words)
        return Place(own_pack(draft), version, page.path, anchor)


@pytest.fixture
def desk(send: Any, db: None) -> Desk:
    return Desk(send)


@pytest.fixture
def saved(desk: Desk) -> Desk:
    """A desk with a first version."""
    desk.save()
    return desk
