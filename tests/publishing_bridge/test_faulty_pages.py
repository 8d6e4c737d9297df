"""Pages made while the live site fails: they come, and say of when it is what they show of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from preview.drafts.models import Draft
from preview.rendering.making import LONDON
from preview.rendering.models import Rendering
from publishing_bridge.upstream import batches
from tests.fakes.platform import Platform
from tests.preview.overlay.packs import live_site, save, shown, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live
from tests.publishing_bridge.test_upstream import (  # noqa: F401 (fixtures)
    cache,
    client,
    running,
    valkey,
)

pytestmark = pytest.mark.django_db
ORGANISATIONS = [f"o{n}" for n in range(6)]


def draft_of_news(title: str) -> Draft:
    """Save a news article that names six organisations on its page."""
    kind = {"document_type": "news_story", "title": title}
    return save(live("page", "news_article", links={"organisations": ORGANISATIONS}, **kind))


def told(kind: str) -> list[str]:
    """Return what the newest rendering says of one kind."""
    rendering = Rendering.objects.latest("ended_at")
    assert rendering.state == "ready"
    return [one["what"] for one in rendering.remarks if one["kind"] == kind]


@pytest.fixture
def over_http(live_site: Any, client: Any) -> Any:  # noqa: F811 (fixtures)
    """Pages over a platform that can fail."""
    return live_site(client())


@pytest.mark.parametrize("fault", ["slow", "drip", "500", "list", "endless", "down"])
def test_a_page_shows_what_was_last_known_and_says_of_when(
    cache: Any,  # noqa: F811 (a fixture)
    running: Platform,  # noqa: F811 (a fixture)
    over_http: Any,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
) -> None:
    before = timezone.now() - timedelta(hours=2)
    with monkeypatch.context() as earlier:
        earlier.setattr(batches.time, "time", before.timestamp)
        draft = draft_of_news("Before")
        work()
    assert "O0" in shown(draft.own_pack, "/page")
    assert "did not answer" not in told("from_live")[0]
    cache.LIVE_CONTENT_FRESH_SECONDS = 0
    if fault == "down":
        running.close()
    running.fault = fault
    draft_of_news("After")
    work()
    page = shown(draft.own_pack, "/page")
    assert "After" in page
    assert "O0" in page
    (said,) = told("from_live")
    assert f"live content of {hour(before)}" in said
    assert "did not answer" in said


def hour(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M}"


@pytest.mark.parametrize("fault", ["500", "wrong_json", "deep", "down"])
def test_a_page_comes_although_nothing_was_ever_known_and_names_what_is_missing(
    running: Platform,  # noqa: F811 (a fixture)
    over_http: Any,
    fault: str,
) -> None:
    if fault == "down":
        running.close()
    running.fault = fault
    draft = draft_of_news("New")
    work()
    assert "New" in shown(draft.own_pack, "/page")
    assert len(told("missing_link")) > 0


def test_of_links_half_of_which_are_not_found_half_are_shown(
    running: Platform,  # noqa: F811 (a fixture)
    over_http: Any,
) -> None:
    running.fault = "half"
    draft = draft_of_news("New")
    work()
    page = shown(draft.own_pack, "/page")
    there = [name for name in ORGANISATIONS if name.capitalize() in page]
    assert 0 < len(there) < len(ORGANISATIONS)
    assert told("missing_link")
