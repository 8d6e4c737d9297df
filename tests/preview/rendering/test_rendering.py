"""Renderings: claimed by one run, ended once, whatever happens."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from preview.drafts.models import Draft, Version
from preview.outbox.actions import send_again
from preview.outbox.models import Delivery
from preview.rendering import links, snapshots
from preview.rendering.actions import MAX_ATTEMPTS, claim, render_version
from preview.rendering.models import PackPage, Rendering
from tests.conftest import content_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(send: Any, content_id: str) -> Version:
    send(content_id)
    return Draft.objects.get().versions.get()


def run(version: Version) -> Rendering | None:
    delivery = Delivery.objects.get(topic="version.saved")
    return render_version(version_id=version.pk, delivery_id=str(delivery.id))


def test_a_version_becomes_ready_and_its_delivery_done(version: Version) -> None:
    rendering = run(version)
    assert rendering is not None
    assert rendering.state == "ready"
    page = rendering.pages.get()
    assert b"When is low tide?" in snapshots.get(page.sha256)
    assert Delivery.objects.get(topic="version.saved").done_at is not None


def test_a_second_run_changes_nothing(version: Version) -> None:
    run(version)
    assert run(version) is None
    assert Rendering.objects.count() == 1


def test_two_runs_at_once_make_one_rendering(version: Version) -> None:
    assert claim(version.pk) is not None
    assert run(version) is None
    assert Rendering.objects.get().state == "rendering"


def test_a_run_that_lost_its_claim_stores_nothing(version: Version) -> None:
    from preview.rendering.actions import Outcome, end

    first = claim(version.pk)
    assert first is not None
    Rendering.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert run(version) is not None
    assert end(first, Outcome(failure="late"), str(uuid.uuid4())) is None
    assert Rendering.objects.get().state == "ready"


def test_a_version_that_never_ends_is_given_up(version: Version) -> None:
    claim(version.pk)
    past = timezone.now() - timedelta(seconds=1)
    Rendering.objects.update(claimed_until=past, attempts=MAX_ATTEMPTS)
    rendering = run(version)
    assert rendering is not None
    stored = Rendering.objects.get()
    assert (stored.state, bool(stored.failure), bool(stored.trace_id)) == ("failed", True, True)


def test_an_event_waits_in_the_outbox_while_the_broker_is_away(version: Version) -> None:
    assert version.number == 1
    assert send_again() == 0
    assert Delivery.objects.get(topic="version.saved").done_at is None


def test_a_damaged_snapshot_is_not_served(version: Version) -> None:
    rendering = run(version)
    assert rendering is not None
    sha256 = rendering.pages.get().sha256
    name = snapshots.location(sha256)
    place = snapshots.storage()
    with place.open(name) as stored:
        good = stored.read()
    place.delete(name)
    from django.core.files.base import ContentFile

    place.save(name, ContentFile(good[:-5]))
    snapshots.get.cache_clear()
    with pytest.raises(Exception, match=r".+"):
        snapshots.get(sha256)
    assert snapshots.put(snapshots_html(good)).sha256 == sha256
    assert snapshots.get(sha256)


def snapshots_html(compressed: bytes) -> str:
    import zstandard

    return zstandard.ZstdDecompressor().decompress(compressed).decode()


def test_links_lead_to_own_pages_or_to_the_live_site() -> None:
    html = '<a class="x" href="/g/two">b</a><a href="/other?x=1">c</a><a href="https://a.b/">d</a>'
    led = links.lead(html, ["/g", "/g/two"], "https://www.gov.uk")
    served = links.under("/shared/1", led.encode()).decode()
    assert 'href="/shared/1/g/two"' in served
    assert 'href="https://www.gov.uk/other?x=1"' in served
    assert 'href="https://a.b/"' in served


def test_a_pack_shows_the_newest_version_whichever_ends_last(send: Any, content_id: str) -> None:
    send(content_id)
    send(content_id, content_item(title="When is high tide?"))
    first, second = Draft.objects.get().versions.order_by("number")
    for version in (second, first):
        render_version(version_id=version.pk, delivery_id=str(uuid.uuid4()))
    shown = PackPage.objects.get(path="/low-tide")
    assert shown.page.rendering.version == second


def test_a_page_that_a_new_version_lacks_is_no_longer_shown(send: Any, content_id: str) -> None:
    parts = [
        {"title": "Ebb", "slug": "ebb", "body": ""},
        {"title": "Flow", "slug": "flow", "body": ""},
    ]
    guide = {"schema_name": "guide", "document_type": "guide", "update_type": "minor"}
    routes = [{"path": "/low-tide", "type": "prefix"}]
    for rows in (parts, parts[:1]):
        item = content_item(**guide, routes=routes, details={"parts": rows})
        version_id = (
            Draft.objects.get().versions.latest("number").pk if send(content_id, item) else 0
        )
        render_version(version_id=version_id, delivery_id=str(uuid.uuid4()))
    assert set(PackPage.objects.values_list("path", flat=True)) == {"/low-tide", "/low-tide/print"}
