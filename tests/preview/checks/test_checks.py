"""Checks of renderings: what is new beside the live page, dismissals, links to other sites."""

from __future__ import annotations

from typing import Any

import pytest

from preview.access import Staff
from preview.audit.models import Entry
from preview.checks import actions, outside
from preview.checks.actions import dismiss_finding, restore_finding
from preview.checks.models import CheckRun, Dismissal, Finding, OutsideLink
from preview.checks.queries import badge, report
from preview.drafts.models import Draft
from preview.errors import AccessDenied, AddressRefused, InvalidInput
from preview.outbox.models import Delivery
from preview.rendering.models import Rendering
from tests.preview.overlay.packs import (  # noqa: F401 (a fixture)
    live_site,
    retag,
    save,
    work,
)
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
STAFF = Staff("edith", None, frozenset({"signin"}))
VAGUE = '<p>Read it <a href="/harbour">here</a>.</p>'
HEADING = "<h2></h2>"


def item(body: str, **changes: Any) -> dict[str, Any]:
    """Return an answer with a body of HTML."""
    return live("harbour", details={"body": body}, description="All about it", **changes)


def newest(draft: Draft) -> Rendering:
    """Return a draft's newest rendering by itself."""
    return Rendering.objects.in_own_pack().filter(version__draft=draft).newest_first()[0]


def rules(rows: Any) -> set[str]:
    """Return the rules of findings."""
    return {one.finding.rule for one in rows}


@pytest.fixture
def changed(live_site: Any) -> Draft:  # noqa: F811 (a fixture)
    """Give a draft that keeps a fault of the live page and brings one of its own."""
    live_site(site(item(VAGUE)))
    draft = save(item(VAGUE + HEADING))
    work()
    return draft


def test_what_the_live_page_has_too_stands_apart(changed: Draft) -> None:
    found = report(newest(changed), changed.id)
    assert "heading-empty" in rules(found.new)
    assert "link-vague" in rules(found.known)
    assert "link-vague" not in rules(found.new)
    assert found.run
    assert found.run.compared
    assert badge(newest(changed), changed.id) == found.badge
    assert found.badge.errors == 1


def test_a_new_page_has_only_new_findings(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    draft = save(item(VAGUE))
    work()
    found = report(newest(draft), draft.id)
    assert "link-vague" in rules(found.new)
    assert found.known == []
    assert found.run
    assert not found.run.compared


def test_links_are_known_in_the_pack_and_live_only(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site(live("pier")))
    body = '<p><a href="/pier">The pier</a> and <a href="/nowhere">the nowhere page</a>.</p>'
    draft = save(item(body + '<p><a href="/harbour">This very page</a>.</p>'))
    work()
    unknown = Finding.objects.filter(run__rendering=newest(draft), rule="link-unknown")
    assert [one.quote for one in unknown] == ["/nowhere"]


def test_a_fault_of_the_item_is_found_once_for_all_its_pages(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    parts = [{"title": name, "slug": name, "body": "<p>Words.</p>"} for name in ("one", "two")]
    guide = live("guide", "guide", details={"parts": parts})
    guide["routes"] = [{"path": "/guide", "type": "prefix"}]
    draft = save(guide)
    work()
    rendering = newest(draft)
    assert rendering.pages.count() > 1
    assert Finding.objects.filter(run__rendering=rendering, rule="summary-missing").count() == 1


def test_a_version_that_was_replaced_is_not_checked(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    draft = save(item(VAGUE))
    save(item(VAGUE + HEADING))
    work()
    assert [run.rendering.version.number for run in CheckRun.objects.all()] == [2]  # type: ignore[union-attr]
    assert draft.versions.count() == 2


def test_checking_twice_changes_nothing(changed: Draft) -> None:
    before = list(Finding.objects.values_list("id", flat=True))
    actions.check_rendering(rendering_id=str(newest(changed).id), delivery_id=str(changed.id))
    assert list(Finding.objects.values_list("id", flat=True)) == before


def test_a_fault_of_a_check_leaves_the_preview_alone(
    live_site: Any,  # noqa: F811 (a fixture)
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_down(rendering: Rendering) -> None:
        raise ZeroDivisionError

    live_site(site())
    monkeypatch.setattr(actions, "check", break_down)
    draft = save(item(VAGUE))
    work()
    assert newest(draft).state == Rendering.State.READY
    assert report(newest(draft), draft.id).badge.state == "failed"


def test_a_proposal_of_links_is_checked_on_the_page_it_changes(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site(item(VAGUE), live("pier")))
    draft = retag("harbour", {"ordered_related_items": ["pier"]})
    work()
    found = report(newest(draft), draft.id)
    assert "link-vague" in rules(found.known)


def test_a_dismissal_holds_for_later_versions_and_can_be_taken_back(changed: Draft) -> None:
    key = Finding.objects.get(rule="heading-empty").key
    dismiss_finding(staff=STAFF, draft=changed, key=key, reason="  The design\nasks for it ")
    assert Dismissal.objects.get().reason == "The design asks for it"
    save(item(VAGUE + HEADING + "<p>More.</p>"))
    work()
    found = report(newest(changed), changed.id)
    assert rules(found.dismissed) == {"heading-empty"}
    assert found.badge.errors == 0
    assert badge(newest(changed), changed.id) == found.badge
    restore_finding(staff=STAFF, draft=changed, key=key)
    restore_finding(staff=STAFF, draft=changed, key=key)
    assert report(newest(changed), changed.id).badge.errors == 1
    deeds = Entry.objects.filter(action__startswith="finding.").values_list("action", flat=True)
    assert list(deeds.order_by("id")) == ["finding.dismiss", "finding.restore"]


@pytest.mark.parametrize(
    ("reason", "says"), [(" \n ", "Say why"), ("x" * 301, "300 characters or fewer")]
)
def test_a_dismissal_needs_a_reason_of_bounded_length(
    changed: Draft, reason: str, says: str
) -> None:
    key = Finding.objects.get(rule="heading-empty").key
    with pytest.raises(InvalidInput, match=says):
        dismiss_finding(staff=STAFF, draft=changed, key=key, reason=reason)
    with pytest.raises(InvalidInput, match="no longer found"):
        dismiss_finding(staff=STAFF, draft=changed, key="0" * 16, reason="Fine")
    assert not Dismissal.objects.exists()


def test_only_who_sees_a_draft_dismisses(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    draft = save(item(HEADING), limited_to=("oscar",))
    work()
    key = Finding.objects.filter(rule="heading-empty")[0].key
    with pytest.raises(AccessDenied):
        dismiss_finding(staff=STAFF, draft=draft, key=key, reason="Fine")
    with pytest.raises(AccessDenied):
        restore_finding(staff=STAFF, draft=draft, key=key)


OUTSIDE = (
    '<p><a href="https://tides.example/a#top">Tides of today</a>, '
    '<a href="https://tides.example/a">tides of tomorrow</a>, '
    '<a href="https://moon.example/">phases of the moon</a></p>'
)


def looked_at(monkeypatch: pytest.MonkeyPatch, answers: dict[str, Any]) -> None:
    """Answer for addresses on other sites."""

    def status_of(address: str) -> int:
        found = answers[address]
        if isinstance(found, Exception):
            raise found
        return int(found)

    monkeypatch.setattr(outside, "status_of", status_of)


def follow() -> None:
    """Do what the outbox holds, links to other sites included."""

    def look(*, link_id: int, delivery_id: str) -> None:
        assert outside.look_at_link(link_id=link_id, delivery_id=delivery_id) == 0

    work({"checks.look_at_link": look})


def test_links_to_other_sites_are_looked_at_once_a_week(
    live_site: Any,  # noqa: F811 (a fixture)
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.CHECK_OUTSIDE_LINKS = True
    live_site(site())
    looked_at(monkeypatch, {"https://tides.example/a": 404, "https://moon.example/": 503})
    draft = save(item(OUTSIDE))
    follow()
    found = outside.reached(newest(draft).check_run)
    assert (found.checked, found.total) == (2, 2)
    assert [one.address for one in found.broken] == ["https://tides.example/a"]
    looked_at(monkeypatch, {})
    save(item(OUTSIDE + "<p>More.</p>"))
    follow()
    assert outside.reached(newest(draft).check_run).checked == 2


@pytest.mark.parametrize("error", [AddressRefused("moon.example"), OSError("no answer")])
def test_an_address_that_nothing_answers_for_is_broken(
    live_site: Any,  # noqa: F811 (a fixture)
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    settings.CHECK_OUTSIDE_LINKS = True
    live_site(site())
    looked_at(monkeypatch, {"https://tides.example/a": 200, "https://moon.example/": error})
    draft = save(item(OUTSIDE))
    follow()
    broken = outside.reached(newest(draft).check_run).broken
    assert [one.address for one in broken] == ["https://moon.example/"]


def test_other_sites_are_not_asked_where_the_setting_says_so(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    draft = save(item(OUTSIDE))
    work()
    assert not OutsideLink.objects.exists()
    assert not outside.reached(newest(draft).check_run).on


def test_a_site_is_asked_a_few_times_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "seconds_to_wait", lambda *_: 7)
    link = OutsideLink.objects.create(digest="d", address="https://moon.example/")
    delivery = Delivery.objects.create(topic="t", task="t", queue="bulk", payload={})
    assert outside.look_at_link(link_id=link.pk, delivery_id=str(delivery.id)) == 7
    delivery.refresh_from_db()
    assert delivery.done_at is None
