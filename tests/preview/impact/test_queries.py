"""For whom a measurement is: nobody reads of a limited draft that is hidden from them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from preview.drafts.models import Draft
from preview.impact.actions import want_impact
from preview.impact.queries import measured_for
from preview.packs.actions import own_pack
from preview.packs.models import Departure, Pack, PackDraft
from tests.preview.overlay.packs import live_site, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site
from tests.preview.web.conftest import SERVICE, person_called

pytestmark = pytest.mark.django_db
EDITOR, OTHER = "mock-editor", "mock-other-editor"


@pytest.fixture
def family(live_site: Any) -> tuple[Draft, Draft, Pack]:  # noqa: F811 (a fixture)
    """A draft and one that came with it, each of which changes a live page; both measured."""
    news = [
        live(name, "news_article", document_type="news_story", link_set={"organisations": [shown]})
        for name, shown in (("n0", "o"), ("n1", "p"))
    ]
    live_site(site(*(live(name, "organisation", title="Old") for name in "op"), *news))
    first, second = (save(live(name, "organisation", title="New")) for name in "op")
    pack = own_pack(first)
    PackDraft.objects.create(pack=pack, draft=second)
    measured(pack)
    return first, second, pack


def measured(pack: Pack) -> None:
    want_impact(pack)
    work()


def limited(draft: Draft, **changes: Any) -> None:
    """Limit a draft to one person."""
    Draft.objects.filter(pk=draft.pk).update(limited=True, **changes)
    draft.limits.get_or_create(user=EDITOR)


def limited_apart(first: Draft, second: Draft, pack: Pack) -> None:
    """Limit the second draft to the editor, the first to another person as well; measure anew."""
    limited(first)
    first.limits.create(user=OTHER)
    limited(second)
    measured(pack)


def readable(uid: str) -> list[str] | None:
    """Return the live pages that somebody reads of in the first draft's pack."""
    from preview.accounts.staff import staff_of

    pack = Pack.objects.get(own_draft__title="New", own_draft__base_path="/o")
    impact = measured_for(pack, Draft.objects.visible_to(staff_of(person_called(uid))))
    return sorted(impact.pages.values_list("path", flat=True)) if impact else None


def test_a_limited_draft_changes_pages_for_those_who_may_see_it(
    family: tuple[Draft, Draft, Pack],
) -> None:
    _, second, pack = family
    limited(second)
    measured(pack)
    assert readable(EDITOR) == ["/n0", "/n1"]
    assert readable(OTHER) == ["/n0"]


def test_where_all_drafts_are_limited_all_of_them_must_be_visible(
    family: tuple[Draft, Draft, Pack],
) -> None:
    first, second, pack = family
    limited_apart(first, second, pack)
    assert readable(EDITOR) == ["/n0", "/n1"]
    assert readable(OTHER) is None
    client = Client(HTTP_HOST=SERVICE)
    client.force_login(person_called(OTHER))
    answer = client.get(f"/drafts/{first.id}/impact")
    assert answer.status_code == 200
    assert b"/n1" not in answer.content


def test_what_was_measured_before_a_limit_is_not_told(family: tuple[Draft, Draft, Pack]) -> None:
    _, second, pack = family
    assert readable(OTHER) == ["/n0", "/n1"]
    limited(second, limits_changed_at=timezone.now())
    assert readable(OTHER) is None
    measured(pack)
    assert readable(OTHER) == ["/n0"]


def test_what_was_measured_with_a_draft_that_left_is_not_told(
    family: tuple[Draft, Draft, Pack],
) -> None:
    first, second, pack = family
    limited_apart(first, second, pack)
    PackDraft.objects.filter(pack=pack, draft=second).delete()
    Departure.objects.create(pack=pack, draft=second)
    assert readable(OTHER) is None
    measured(pack)
    assert readable(OTHER) == ["/n0"]
