"""Impact: the live pages that a pack changes, and those that it does not."""

from __future__ import annotations

from typing import Any

import pytest

from preview.impact import actions
from preview.impact.models import Impact, ImpactPage
from preview.outbox.models import Delivery
from preview.packs.models import PackDraft
from preview.rendering.models import PackPage, Rendering
from preview.rendering.snapshots import get
from publishing_bridge.example_site import ExampleSite
from tests.preview.overlay.packs import (  # noqa: F401 (a fixture)
    live_site,
    pack_of,
    retag,
    save,
    shown,
    take_away,
    work,
)
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
QUAYLE = "06dbc56a-45e0-5760-acb1-281c95255697"


def outcomes(impact: Impact) -> dict[str, str]:
    """Return the outcome of each page by its path."""
    return dict(impact.pages.values_list("path", "outcome"))


def page(name: str, **links: list[str]) -> dict[str, Any]:
    """Return a news article with links in its link set."""
    kind = {"document_type": "news_story"}
    return live(name, "news_article", link_set=links, **kind)


@pytest.fixture
def ministries(live_site: Any) -> Any:  # noqa: F811 (a fixture)
    return live_site(
        site(
            live("o", "organisation", title="Old ministry"),
            live("p", "organisation", title="Other ministry"),
            page("first", organisations=["o"]),
            page("second", organisations=["o", "p"]),
            page("third", organisations=["p"]),
            page("unseen", suggested_ordered_related_items=["first"]),
        )
    )


def test_a_new_name_changes_the_pages_that_show_it(ministries: Any) -> None:
    draft = save(live("o", "organisation", title="New ministry"))
    work()
    impact = Impact.objects.get()
    assert outcomes(impact) == {"/first": "changes", "/second": "changes"}
    assert (impact.state, impact.total, impact.changed()) == ("done", 2, 2)
    assert "New ministry" in shown(draft.own_pack, "/first")
    before = get(ImpactPage.objects.get(path="/first").before[0]["sha256"]).decode()
    assert "Old ministry" in before
    assert "New ministry" not in before


def test_a_page_that_looks_the_same_does_not_change(ministries: Any) -> None:
    details = {"body": "x", "acronym": "ZZ"}
    save(live("o", "organisation", title="Old ministry", details=details))
    work()
    assert set(outcomes(Impact.objects.get()).values()) == {"same"}
    assert not PackPage.objects.filter(page__rendering__version=None).exists()


def test_a_change_that_others_can_not_show_is_not_measured(ministries: Any) -> None:
    item = live("o", "organisation", title="Old ministry", details={"body": "<p>Other text</p>"})
    save(item)
    assert "impact.plan" not in work()


def test_pages_of_a_pack_lead_to_one_another(ministries: Any) -> None:
    draft = save(live("o", "organisation", title="New ministry"))
    work()
    assert 'href="/own-pages-of-this-preview/o"' in shown(draft.own_pack, "/first")
    assert 'href="https://www.gov.uk/p"' in shown(draft.own_pack, "/second")


def test_a_name_that_is_taken_back_takes_its_pages_back(ministries: Any) -> None:
    draft = save(live("o", "organisation", title="New ministry"))
    work()
    assert shown(draft.own_pack, "/first")
    save(live("o", "organisation", title="Old ministry"))
    work()
    assert shown(draft.own_pack, "/first") == ""


def test_a_burst_of_saves_is_measured_by_the_last(ministries: Any) -> None:
    draft = save(live("o", "organisation", title="Name 0"))
    for n in range(1, 6):
        save(live("o", "organisation", title=f"Name {n}"))
    work()
    assert "Name 5" in shown(draft.own_pack, "/first")
    assert Impact.objects.get().serial == 1


def test_an_unpublishing_changes_the_pages_that_link_to_it(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site(live("o", "organisation"), page("first", organisations=["o"])))
    draft = take_away("o", "gone", explanation="<p>Abolished</p>")
    work()
    assert outcomes(Impact.objects.get()) == {"/first": "changes"}
    assert ">O<" not in shown(draft.own_pack, "/first")


def test_retagging_changes_the_page_that_shows_the_link_from_behind(live_site: Any) -> None:  # noqa: F811 (a fixture)
    collection = live("coll", "document_collection", details={"body": "", "collection_groups": []})
    live_site(site(collection, page("first")))
    retag("coll", {"documents": ["first"]})
    work()
    assert set(outcomes(Impact.objects.get())) == {"/first"}


def test_more_pages_than_the_bound_are_not_looked_at(ministries: Any, settings: Any) -> None:
    settings.IMPACT_MOST_PAGES = 1
    save(live("o", "organisation", title="New ministry"))
    work()
    impact = Impact.objects.get()
    assert (impact.total, impact.bounded) == (1, True)


def test_a_page_that_fails_does_not_stop_the_others(
    ministries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = actions.compare

    def fails_once(content_id: str, *rest: Any) -> Any:
        if ImpactPage.objects.get(content_id=content_id).path == "/first":
            raise ValueError("broken")
        return compare(content_id, *rest)

    monkeypatch.setattr(actions, "compare", fails_once)
    save(live("o", "organisation", title="New ministry"))
    work()
    assert outcomes(Impact.objects.get()) == {"/first": "failed", "/second": "changes"}
    assert Impact.objects.get().state == "done"


def test_a_part_that_runs_twice_changes_nothing(ministries: Any) -> None:
    save(live("o", "organisation", title="New ministry"))
    work()
    count = Rendering.objects.count()
    again = Delivery.objects.get(task="impact.compare")
    actions.compare_part(delivery_id=str(again.id), **again.payload)
    assert Rendering.objects.count() == count


def test_a_part_of_an_older_measurement_stores_nothing(ministries: Any) -> None:
    draft = save(live("o", "organisation", title="New ministry"))
    work()
    old = Delivery.objects.get(task="impact.compare")
    actions.want_impact(draft.own_pack)
    plan = Delivery.objects.get(task="impact.plan", done_at=None)
    actions.plan_impact(delivery_id=str(plan.id), **plan.payload)
    actions.compare_part(delivery_id=str(old.id), **old.payload)
    assert set(outcomes(Impact.objects.get()).values()) == {"waiting"}
    work()
    assert set(outcomes(Impact.objects.get()).values()) == {"changes"}


def test_open_pages_of_a_limited_draft_do_not_change(ministries: Any) -> None:
    secret = save(live("o", "organisation", title="Secret name"), limited_to=("somebody",))
    pack = pack_of(secret, save(live("other")))
    work()
    assert "Secret name" in shown(pack, "/first", "full")
    assert shown(pack, "/first", "open") == ""


def test_a_draft_that_leaves_takes_its_changes_along(ministries: Any) -> None:
    from preview.outbox.actions import record_event

    renamed = save(live("o", "organisation", title="New ministry"))
    pack = pack_of(renamed, save(live("other")))
    work()
    assert "New ministry" in shown(pack, "/first")
    PackDraft.objects.filter(draft=renamed, pack=pack).delete()
    record_event("pack.changed", pack_id=str(pack.id), draft_id=str(renamed.id))
    work()
    assert shown(pack, "/first") == ""


def test_a_ministers_new_name_is_seen_on_role_index_speech_and_news(live_site: Any) -> None:  # noqa: F811 (a fixture)
    example = live_site(ExampleSite())
    person = example.contents[QUAYLE, "en"]
    draft = save({**person, "title": "Dame Marina Quayle"})
    work()
    found = outcomes(Impact.objects.get())
    for path in (
        "/government/ministers/minister-for-harbours",
        "/government/ministers",
        "/government/speeches/why-small-harbours-matter",
        "/government/news/marina-quayle-becomes-minister",
    ):
        assert path in found, path
    assert "Dame Marina Quayle" in shown(
        draft.own_pack, "/government/speeches/why-small-harbours-matter"
    )


def test_a_draft_content_block_changes_its_host_pages(live_site: Any) -> None:  # noqa: F811 (a fixture)
    example = live_site(ExampleSite())
    block = next(
        one for one in example.contents.values() if one["document_type"] == "content_block_pension"
    )
    details = {"rates": {"full-rate": {"title": "Full rate", "amount": "£999.00"}}}
    draft = save({**block, "details": details})
    work()
    assert outcomes(Impact.objects.get()) == {"/keepers-pension": "changes"}
    assert "£999.00" in shown(draft.own_pack, "/keepers-pension")
