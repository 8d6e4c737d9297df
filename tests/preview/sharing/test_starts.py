"""Where share links start, also those of proposals that have no path of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.sharing.models import ShareLink
from preview.sharing.starts import start_path
from tests.preview.overlay.packs import live_site, retag, save, take_away, work  # noqa: F401
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db


def start(draft: Draft) -> str:
    """Return where a link to a draft by itself starts, once the draft is rendered."""
    work()
    ends = timezone.now() + timedelta(days=1)
    return start_path(ShareLink(pack=own_pack(draft), expires_at=ends))


@pytest.fixture(autouse=True)
def topics(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site(live("topic", "taxon"), live("other", "taxon"), live("page")))


def test_a_link_to_content_starts_at_its_page() -> None:
    assert start(save(live("page", title="Renamed"))) == "/page"


def test_a_link_to_other_links_starts_at_the_page_that_they_change() -> None:
    assert start(retag("page", {"taxons": ["other"]})) == "/page"


@pytest.mark.parametrize("kind", ["gone", "redirect", "withdrawal", "vanish"])
def test_a_link_to_an_unpublishing_starts_at_the_page_that_goes(kind: str) -> None:
    payload: dict[str, Any] = {"withdrawal": {"explanation": "Over"}}.get(kind, {})
    payload |= {"alternative_path": "/topic"} if kind == "redirect" else {}
    assert start(take_away("page", kind, **payload)) == "/page"


def test_a_link_to_what_has_no_page_starts_at_none() -> None:
    assert start(retag("nowhere", {"taxons": ["other"]})) == ""
