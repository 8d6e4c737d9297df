"""Packs as they are shown: drafts together, what depends on them, and what is queued again."""

from __future__ import annotations

from typing import Any

import pytest

from preview.drafts.models import Draft
from preview.outbox.actions import record_event
from preview.outbox.models import Delivery
from preview.packs.models import Pack, PackDraft
from preview.rendering.models import PackPage, Rendering
from tests.preview.overlay.packs import (  # noqa: F401 (a fixture)
    live_site,
    pack_of,
    retag,
    save,
    shown,
    take_away,
    work,
)
from tests.preview.overlay.site import id_of, live, site

pytestmark = pytest.mark.django_db


def changed(pack: Pack, **payload: Any) -> None:
    """Tell that a pack changed, as its actions do."""
    record_event("pack.changed", pack_id=str(pack.id), **payload)


def news(name: str, **changes: Any) -> dict[str, Any]:
    """Return a news article that names its organisation on its page."""
    kind = {"document_type": "news_story"}
    return live(name, "news_article", links={"organisations": ["o"]}, **kind, **changes)


@pytest.fixture
def ministry(live_site: Any) -> Any:  # noqa: F811 (a fixture)
    return live_site(site(live("o", "organisation", title="Old ministry"), news("page")))


def test_a_draft_by_itself_shows_live_content_and_says_of_when(ministry: Any) -> None:
    draft = save(news("page", title="New page"))
    work()
    assert "Old ministry" in shown(draft.own_pack, "/page")
    remarks = Rendering.objects.get().remarks
    assert [one["what"] for one in remarks if one["kind"] == "from_live"]


def test_a_version_is_rendered_by_itself_first_and_then_in_its_packs(ministry: Any) -> None:
    page, ministry_draft = save(news("page")), save(live("o", "organisation", title="New ministry"))
    pack = pack_of(page, ministry_draft)
    ran = work()
    assert ran.index("rendering.render_version") < ran.index("rendering.render_queued")
    assert "New ministry" in shown(pack, "/page")
    assert "New ministry" not in shown(page.own_pack, "/page")


def test_when_a_draft_changes_what_used_it_is_rendered_again(ministry: Any) -> None:
    drafts = [save(news("page")), save(live("o", "organisation", title="First name"))]
    pack = pack_of(*drafts)
    work()
    save(live("o", "organisation", title="Second name"))
    work()
    assert "Second name" in shown(pack, "/page")
    assert (
        Rendering.objects.filter(pack=pack, content_id=id_of("page"))
        .latest("generation")
        .generation
        > 1
    )


def test_one_save_in_a_pack_of_a_hundred_renders_only_its_dependants(ministry: Any) -> None:
    drafts = [save(news(f"page{n}")) for n in range(3)]
    drafts += [save(live(f"other{n}")) for n in range(96)]
    ministry_draft = save(live("o", "organisation", title="First name"))
    pack = pack_of(*drafts, ministry_draft)
    work()
    before = set(Rendering.objects.filter(pack=pack).values_list("id", flat=True))
    save(live("o", "organisation", title="Second name"))
    work()
    again = Rendering.objects.filter(pack=pack).exclude(id__in=before)
    names = {str(one.content_id) for one in again}
    assert names == {id_of(name) for name in ("o", "page", "page0", "page1", "page2")}


def test_a_burst_of_saves_renders_dependants_once(ministry: Any) -> None:
    pack = pack_of(save(news("page")), save(live("o", "organisation")))
    work()
    before = Rendering.objects.filter(pack=pack, content_id=id_of("page")).count()
    for n in range(10):
        save(live("o", "organisation", title=f"Name {n}"))
    work()
    assert "Name 9" in shown(pack, "/page")
    found = Rendering.objects.filter(pack=pack, content_id=id_of("page")).count()
    assert found == before + 1
    of_ministry = Rendering.objects.filter(pack=pack, content_id=id_of("o"))
    assert of_ministry.filter(version__number__gt=1).count() == 1


def test_links_inside_a_pack_stay_in_it_and_others_lead_to_the_live_site(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    text = {"body": '<p><a href="/other">o</a> <a href="/elsewhere">e</a></p>'}
    pack = pack_of(save(live("page", details=text)))
    work()
    assert 'data-live-site="1"' in shown(pack, "/page").split("/other")[1][:80]
    added = save(live("other"))
    PackDraft.objects.create(pack=pack, draft=added, position=1)
    changed(pack, draft_id=str(added.id))
    work()
    html = shown(pack, "/page")
    assert 'href="/own-pages-of-this-preview/other"' in html
    assert 'href="https://www.gov.uk/elsewhere"' in html


def test_a_draft_that_leaves_a_pack_leaves_all_its_pages(ministry: Any) -> None:
    page, renamed = save(news("page")), save(live("o", "organisation", title="New ministry"))
    pack = pack_of(page, renamed)
    work()
    PackDraft.objects.filter(draft=renamed).delete()
    changed(pack, draft_id=str(renamed.id))
    work()
    assert "Old ministry" in shown(pack, "/page")
    assert shown(pack, "/o") == ""


def test_a_discarded_draft_leaves_its_packs(ministry: Any) -> None:
    from preview.drafts.actions import discard_draft

    page, renamed = save(news("page")), save(live("o", "organisation", title="New ministry"))
    pack = pack_of(page, renamed)
    work()
    discard_draft(app=renamed.app, draft_id=renamed.id)
    work()
    assert "Old ministry" in shown(pack, "/page")
    assert shown(pack, "/o") == ""


def test_a_pack_with_a_limited_draft_is_rendered_for_both_audiences(ministry: Any) -> None:
    secret = save(live("o", "organisation", title="Secret name"), limited_to=("somebody",))
    pack = pack_of(save(news("page")), secret)
    work()
    assert "Secret name" in shown(pack, "/page", "full")
    assert "Secret name" not in shown(pack, "/page", "open")
    assert "Old ministry" in shown(pack, "/page", "open")
    assert shown(pack, "/o", "open") == ""


def test_another_time_renders_the_whole_pack_again(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    draft = live("a", "news_article", document_type="news_story", update_type="major")
    del draft["first_published_at"], draft["public_updated_at"]
    pack = pack_of(save(draft))
    work()
    assert "1 June 2027" not in shown(pack, "/a")
    Pack.objects.filter(id=pack.id).update(as_of="2027-06-01T09:00:00Z")
    changed(pack, everything=True)
    work()
    assert "1 June 2027" in shown(pack, "/a")


def test_tagging_is_shown_on_the_live_page(live_site: Any) -> None:  # noqa: F811 (a fixture)
    page = news("page")
    page["links"] = {}
    page["link_set"] = {"organisations": [id_of("o")]}
    live_site(
        site(
            page,
            live("o", "organisation", title="Old ministry"),
            live("p", "organisation", title="Other ministry"),
        )
    )
    draft = retag("page", {"organisations": ["p"]})
    work()
    html = shown(draft.own_pack, "/page")
    assert "Other ministry" in html
    assert "Old ministry" not in html
    assert "live page" in html


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("gone", 410, "no longer available"),
        ("redirect", 301, "/better"),
        ("vanish", 404, "Page not found"),
        ("withdrawal", 200, "It was wrong"),
    ],
)
def test_every_way_to_unpublish_can_be_seen(
    ministry: Any, kind: str, status: int, words: str
) -> None:
    payload = {"alternative_path": "/better", "explanation": "<p>It was wrong</p>"}
    draft = take_away("page", kind, **payload)
    work()
    assert words in shown(draft.own_pack, "/page")
    assert PackPage.objects.get(pack=draft.own_pack).page.status == status


def test_links_of_an_item_that_is_not_live_fail_with_a_sentence(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    retag("nobody", {"taxons": ["t"]})
    work()
    rendering = Rendering.objects.get()
    assert rendering.state == "failed"
    assert "no live page" in rendering.failure


def test_a_draft_alone_costs_one_task_before_it_is_ready_and_four_after(ministry: Any) -> None:
    save(live("alone"))
    work()
    assert Draft.objects.count() == 1
    assert [one.task for one in Delivery.objects.order_by("recorded_at")] == [
        "rendering.render_version",
        "rendering.complete_rendering",
        "review.place_comments",
        "webhooks.announce",
        "checks.check_rendering",
    ]


def test_what_waits_twice_is_rendered_once(ministry: Any) -> None:
    draft = save(news("page"))
    pack = pack_of(draft)
    changed(pack, everything=True)
    changed(pack, everything=True)
    work()
    assert Rendering.objects.filter(pack=pack).count() == 1
