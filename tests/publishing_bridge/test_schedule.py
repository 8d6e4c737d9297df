"""Publish intents tell when a draft goes live; a pack seen at a time goes by that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from preview.drafts.models import Draft
from publishing_bridge.content_store.publish_intents import delete_intent, put_intent
from tests.preview.overlay.packs import over, pack_of, save
from tests.preview.overlay.site import id_of, live, site

pytestmark = pytest.mark.django_db
INTENT = {
    "publish_time": "2026-06-01T09:00:00Z",
    "publishing_app": "publisher",
    "rendering_app": "frontend",
}


def test_a_pack_shows_a_draft_from_the_time_of_its_intent() -> None:
    draft = save(live("a", title="Later"))
    put_intent(base_path="/a", payload=INTENT)
    titles = []
    for hour in (8, 10):
        pack = pack_of(draft, name=f"{hour}", as_of=datetime(2026, 6, 1, hour, tzinfo=UTC))
        shown = over(site(live("a")), pack).item(id_of("a"), "en")
        assert shown is not None
        titles.append(shown["title"])
    assert titles == ["A", "Later"]


def test_an_intent_of_another_app_or_that_is_deleted_does_not_count() -> None:
    save(live("a"))
    put_intent(base_path="/a", payload={**INTENT, "publishing_app": "whitehall"})
    assert Draft.objects.get().scheduled_at is None
    put_intent(base_path="/a", payload=INTENT)
    assert Draft.objects.get().scheduled_at == datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert delete_intent(base_path="/a")
    assert Draft.objects.get().scheduled_at is None
