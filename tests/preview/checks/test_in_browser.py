"""axe-core looks at renderings: what it finds is one of the checks, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from preview.access import Staff
from preview.checks import in_browser
from preview.checks.actions import dismiss_finding
from preview.checks.models import CheckRun, Finding, InBrowser
from preview.checks.queries import report
from preview.chromium import Chromium
from preview.drafts.models import Draft
from preview.outbox.actions import end_delivery
from preview.outbox.models import Delivery
from scripts.assets import axe
from tests.end_to_end.browser import CHROMIUM
from tests.preview.checks.test_checks import HEADING, item, newest, rules
from tests.preview.overlay.packs import live_site, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import site

pytestmark = pytest.mark.django_db
BOGUS = '<p role="bogus">Low water is at dawn.</p>'
LOOSE = "<div><dt>Ebb</dt></div>"
with_browser = pytest.mark.skipif(not CHROMIUM, reason="There is no Chromium on this machine.")
Work = Callable[[], list[str]]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where axe-core is, as set-up brings it."""
    folder = tmp_path_factory.mktemp("assets")
    axe(folder)
    return folder / "axe-core" / "axe.min.js"


@pytest.fixture
def looked(settings: Any, script: Path) -> Work:
    """Do what the outbox holds; a browser looks at each preview, for the last time."""
    settings.CHECK_ACCESSIBILITY = True
    settings.AXE_SCRIPT = script
    settings.CHROMIUM_SECONDS = 120
    return partial(work, {"checks.look_in_browser": partial(in_browser.look, last=True)})


def run_of(draft: Draft) -> CheckRun:
    """Return the checks of a draft's newest preview."""
    return CheckRun.objects.get(rendering=newest(draft))


@with_browser
@pytest.mark.end_to_end
def test_what_the_live_page_has_too_stands_apart_and_nothing_is_doubled(
    live_site: Any,  # noqa: F811 (a fixture)
    looked: Work,
) -> None:
    live_site(site(item(LOOSE)))
    draft = save(item(LOOSE + BOGUS + HEADING))
    looked()
    found = report(newest(draft), draft.id)
    assert found.run is not None
    assert found.run.in_browser == InBrowser.DONE
    assert {"axe-aria-roles", "heading-empty"} <= rules(found.new)
    assert "axe-dlitem" in rules(found.known)
    assert found.badge.errors == len([one for one in found.new if one.finding.severity == "error"])
    [bogus] = [one for one in found.new if one.finding.rule == "axe-aria-roles"]
    assert "“Low water is at dawn.” has a `role` that does not exist." in bogus.finding.sentence
    assert bogus.finding.page == "/harbour"
    assert bogus.finding.block
    assert bogus.why
    before = Finding.objects.count()
    in_browser.look(rendering_id=str(newest(draft).id), delivery_id=str(uuid.uuid4()), last=True)
    assert Finding.objects.count() == before

    staff = Staff("edith", None, frozenset({"signin"}))
    dismiss_finding(staff=staff, draft=draft, key=bogus.finding.key, reason="Asked for")
    save(item(LOOSE + BOGUS + "<p>More.</p>"))
    looked()
    assert "axe-aria-roles" in rules(report(newest(draft), draft.id).dismissed)


@with_browser
@pytest.mark.end_to_end
def test_a_page_is_seen_with_its_own_stylesheets(
    live_site: Any,  # noqa: F811 (a fixture)
    looked: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: dict[str, bool] = {}

    def noted(rendering: Any, path: str) -> Any:
        found = in_browser.static_file(path)
        asked[path] = found is not None
        return found

    monkeypatch.setattr(in_browser, "served", noted)
    live_site(site())
    save(item("<p>Words.</p>"))
    looked()
    assert asked["/static/pages/page.css"]
    assert in_browser.static_file("/static/../../../etc/passwd") is None
    assert in_browser.static_file("/static/pages/nothing.css") is None
    assert in_browser.static_file("/pages/page.css") is None


@with_browser
@pytest.mark.end_to_end
def test_a_browser_that_is_killed_is_tried_anew_and_then_told(
    live_site: Any,  # noqa: F811 (a fixture)
    looked: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    live_site(site())
    tried = []

    def killed(chromium: Chromium, path: str) -> None:
        os.killpg(chromium.process.running.pid, signal.SIGKILL)

    def look(*, rendering_id: str, delivery_id: str) -> None:
        tried.append(
            in_browser.look(rendering_id=rendering_id, delivery_id=delivery_id, last=False)
        )
        assert not Delivery.objects.get(id=delivery_id).done_at
        assert in_browser.look(rendering_id=rendering_id, delivery_id=delivery_id, last=True)

    looked_at = in_browser.looked_at

    def interrupted(made: Any, chromium: Chromium, _: Any) -> Any:
        return looked_at(made, chromium, partial(killed, chromium))

    monkeypatch.setattr(in_browser, "looked_at", interrupted)
    draft = save(item(BOGUS))
    work({"checks.look_in_browser": look})
    assert tried == [False]
    assert run_of(draft).in_browser == InBrowser.ENDED
    assert not Finding.objects.filter(rule__startswith="axe-").exists()


@pytest.mark.parametrize("gone", ["CHROMIUM", "AXE_SCRIPT"])
def test_a_machine_without_browser_or_axe_says_that_it_does_not_check(
    live_site: Any,  # noqa: F811 (a fixture)
    looked: Work,
    settings: Any,
    gone: str,
) -> None:
    setattr(settings, gone, Path("/nowhere") if gone == "AXE_SCRIPT" else "/nowhere")
    live_site(site())
    draft = save(item(HEADING))
    looked()
    assert run_of(draft).in_browser == InBrowser.MISSING
    assert "not checked here" in run_of(draft).get_in_browser_display()
    assert report(newest(draft), draft.id).badge.state == "done"


def test_a_fault_of_ours_is_noted_and_harms_nothing(
    live_site: Any,  # noqa: F811 (a fixture)
    looked: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_down(run: CheckRun) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(in_browser, "seen", break_down)
    live_site(site())
    draft = save(item(HEADING))
    looked()
    assert run_of(draft).in_browser == InBrowser.FAILED
    assert "heading-empty" in rules(report(newest(draft), draft.id).new)


def test_a_version_that_was_replaced_is_not_looked_at(
    live_site: Any,  # noqa: F811 (a fixture)
    looked: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nobody(run: CheckRun) -> None:
        raise AssertionError("looked at")

    live_site(site())
    later = {"checks.look_in_browser": lambda *, delivery_id, **_: end_delivery(delivery_id)}
    draft = save(item(HEADING))
    work(later)
    first = newest(draft)
    save(item(HEADING + "<p>More.</p>"))
    work(later)
    monkeypatch.setattr(in_browser, "seen", nobody)
    assert in_browser.look(rendering_id=str(first.id), delivery_id=str(uuid.uuid4()), last=True)
    assert CheckRun.objects.get(rendering=first).in_browser == InBrowser.WAITING


def test_where_it_is_switched_off_no_browser_is_asked_for(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    draft = save(item(HEADING))
    assert "checks.look_in_browser" not in work()
    assert run_of(draft).in_browser == InBrowser.OFF
