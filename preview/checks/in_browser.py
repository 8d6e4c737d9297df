"""What axe-core finds on a rendering, looked at in Chromium after the other checks.

One browser for a rendering, a fresh tab for each page, one at a time. A page gets its snapshot,
this service's own stylesheets and the draft files that it uses; everything else is refused. The
live page is looked at only where something is wrong with the draft, to tell what is new.

Source: axe-core, “API reference”: `axe.run`, its context, options and results.
"""

from __future__ import annotations

import logging
import mimetypes
import uuid
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.utils import timezone

from preview.assets import storing
from preview.checks.actions import superseded
from preview.checks.checking import Page, Placed, html_of, live_pages, own_pages, told_apart
from preview.checks.models import MOST_PAGES, CheckRun, Finding, InBrowser
from preview.chromium import Answer, Chromium, Limits, Serve
from preview.errors import BrowserFault
from preview.outbox.actions import end_delivery
from preview.quality import Around, Violation, check_seen
from preview.rendering.completing import item_at, presenters
from preview.rendering.draft_files import asset_of_rendering
from preview.rendering.models import Rendering
from preview.rendering.tasks import TOO_SLOW, TRANSIENT

log = logging.getLogger(__name__)
TRIES = 3
PAUSE = 5  # seconds
LARGEST_FILE = 10 * 1024 * 1024
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_OF_A_RULE = 20
OPTIONS = {"runOnly": TAGS, "resultTypes": ["violations"], "iframes": False}
SCRIPT = Path(__file__).with_name("look.js")


def look(*, rendering_id: str, delivery_id: str, last: bool) -> bool:
    """Look at a rendering in a browser and add what is found to its checks.

    Returns False where the browser ended by itself and this is not the `last` try. A second call
    changes nothing; a fault of any kind is noted as how it ended.
    """
    runs = CheckRun.objects.filter(rendering=uuid.UUID(rendering_id), in_browser=InBrowser.WAITING)
    run = runs.select_related("rendering__pack", "rendering__version__draft").first()
    if run is None or superseded(run.rendering):
        end_delivery(delivery_id)
        return True
    found: list[Finding] = []
    try:
        found = seen(run)
        state = InBrowser.PART if run.rendering.pages.count() > MOST_PAGES else InBrowser.DONE
    except BrowserFault as fault:
        if fault.reason == "ended" and not last:
            return False
        state = InBrowser.FAILED if fault.reason == "refused" else InBrowser(fault.reason)
        log.warning("checks.browser_fault", extra={"reason": fault.reason, "said": fault.detail})
    except (*TRANSIENT, *TOO_SLOW):
        raise
    except Exception:
        log.exception("checks.browser_failed", extra={"rendering": rendering_id})
        state = InBrowser.FAILED
    store(run, state, found, delivery_id)
    return True


@transaction.atomic
def store(run: CheckRun, state: InBrowser, found: list[Finding], delivery_id: str) -> None:
    """Store how it ended and what was found, once."""
    waiting = CheckRun.objects.filter(pk=run.pk, in_browser=InBrowser.WAITING)
    if waiting.update(in_browser=state):
        for one in found:
            one.run = run
        Finding.objects.bulk_create(found)
    end_delivery(delivery_id)


def seen(run: CheckRun) -> list[Finding]:
    """Return what axe-core finds on the pages of a run, as rows after those that it has.

    Raises:
        BrowserFault: there is no browser or no axe-core, or the browser did not come to an end.

    """
    rendering = run.rendering
    if not settings.AXE_SCRIPT.is_file():
        raise BrowserFault("missing", "axe-core is brought by scripts/set_up.")
    presenter, live = presenters(rendering)
    shown = {page.path: html_of(page.sha256) for page in rendering.pages.all()[:MOST_PAGES]}
    rows: list[Finding] = []
    start = run.findings.count()
    limits = Limits(settings.CHROMIUM_SECONDS, settings.CHROMIUM_MEGABYTES * 1024 * 1024)
    with Chromium(limits) as chromium:
        for stored in rendering.items.all():
            pages = own_pages(item_at(stored.sha256), shown, presenter)
            own = looked_at(pages, chromium, partial(served, rendering))
            led = {page.path for page in pages}
            same = [page for page in live_pages(stored, live) if page.path in led] if own else []
            rows += told_apart(own, looked_at(same, chromium, static_file), start + len(rows))
    return rows


def looked_at(made: Iterable[Page], chromium: Chromium, serve: Serve) -> Placed:
    """Return what axe-core finds on pages, each in a tab of its own."""
    found: Placed = []
    axe = settings.AXE_SCRIPT.read_text("utf-8")
    options = orjson.dumps(OPTIONS).decode()
    script = f"({SCRIPT.read_text('utf-8').rstrip().rstrip(';')})({options}, {MOST_OF_A_RULE})"
    for page in made:
        tab = chromium.tab()
        tab.open(page.html, serve, page.path or "/")
        tab.run(f"{axe};0")
        around = Around(timezone.now(), violations=tuple(map(violation, tab.run(script))))
        tab.close()
        found += [(one, page.path) for one in check_seen(page.html, page.item, around)]
    return found


def violation(said: dict[str, Any]) -> Violation:
    """Return a violation as axe-core said it, without what no text may hold."""
    return Violation(**{name: str(value).replace("\0", "") for name, value in said.items()})


def served(rendering: Rendering, path: str) -> Answer | None:
    """Return what a page of a rendering gets at a path: an own stylesheet, or a draft image."""
    if (own := static_file(path)) is not None:
        return own
    asset = asset_of_rendering(rendering, path)
    if asset is None or asset.size > LARGEST_FILE or not asset.content_type.startswith("image/"):
        return None
    return Answer(b"".join(storing.read(asset.sha256, 0, asset.size - 1)), asset.content_type)


def static_file(path: str) -> Answer | None:
    """Return a static file of this service."""
    name = path.removeprefix(settings.STATIC_URL)
    kind = mimetypes.guess_type(name)[0]
    if name == path or kind is None:
        return None
    try:
        if staticfiles_storage.exists(name):
            with staticfiles_storage.open(name) as file:
                return Answer(file.read(), kind)
        found = finders.find(name)
    except SuspiciousOperation:
        return None
    if not isinstance(found, str):
        return None
    return Answer(Path(found).read_bytes(), kind)
