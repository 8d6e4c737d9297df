"""From an item of a pack to its pages: presented through the overlay, rendered, led, stored."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from preview import pages
from preview.drafts.models import Draft, Version
from preview.errors import PageError
from preview.overlay.live import link_expander, live_content
from preview.overlay.overlay import ENGLISH
from preview.overlay.presenting import Presenter
from preview.overlay.proposals import Proposals, proposals
from preview.overlay.reach import reaches
from preview.packs.models import Pack
from preview.rendering import links, snapshots
from preview.rendering.draft_files import draft_files, led, wanted_files
from preview.rendering.models import PackPage, RenderedPage, Rendering
from preview.rendering.outcome import Outcome
from preview.rendering.renderers import BuiltIn, renderer

DRAFT = "Draft preview, version {number}. This page is not published."
LIVE = "Preview of a live page as the drafts shown with it change it. It is not published."
NOT_LIVE = "There is no live page with this content id, so nothing shows what is proposed for it."
LONDON = ZoneInfo("Europe/London")


def presenter_of(pack: Pack, proposed: Proposals, now: datetime) -> Presenter:
    """Return what presents the items of a pack, over live content, at the pack's time."""
    return Presenter(proposed, live_content(), link_expander(), now, pack.as_of)


def make_pages(rendering: Rendering) -> Outcome:
    """Render every page of the item and store their snapshots."""
    started = time.perf_counter()
    now = timezone.now()
    pack, version = rendering.pack, rendering.version
    proposed = proposals(pack, rendering.audience, version, pack.as_of)
    presenter = presenter_of(pack, proposed, now)
    content_id = str(rendering.content_id)
    shown = [
        presenter.item(content_id, locale)
        for locale in locales(presenter, content_id, rendering.locale)
    ]
    items = [item for item in shown if item is not None]
    if not items:
        raise PageError(NOT_LIVE)
    presented = time.perf_counter()
    made = [
        page
        for item in items
        for page in renderer().pages(item, presenter, notice(version), rendering)
    ]
    finished = time.perf_counter()
    own = {page.path for page in made} | pack_paths(rendering, proposed)
    html = [page.html for page in made]
    files = draft_files(pack, rendering.audience, html)
    rows = tuple(stored(made, own, files))
    return Outcome(
        pages=rows,
        remarks=tuple(remarks(presenter, made)),
        timings={
            "expand_ms": round(1000 * (presented - started), 2),
            "render_ms": round(1000 * (finished - presented), 2),
            "store_ms": round(1000 * (time.perf_counter() - finished), 2),
        },
        used=used(presenter, made),
        files=frozenset(files | wanted_files(version, html)),
        reaches=version is not None and reaches(presenter, content_id, rendering.locale),
    )


def locales(presenter: Presenter, content_id: str, locale: str) -> list[str]:
    """Return in which locales an item is shown: all of them where links are proposed."""
    if locale:
        return [locale]
    found = [one.locale for one in presenter.overlay.translations(content_id)]
    return found or [ENGLISH]


def notice(version: Version | None) -> str:
    """Return what stands over a page, so that nobody takes it for a live one."""
    is_draft = version is not None and version.draft.kind == Draft.Kind.CONTENT
    return DRAFT.format(number=version.number) if is_draft and version else LIVE


def rendered(item: Mapping[str, Any], presenter: Presenter, banner: str | None) -> list[pages.Page]:
    """Return every page of a presented item, by the built-in renderer."""
    return BuiltIn().pages(item, presenter, banner)


def pack_paths(rendering: Rendering, proposed: Proposals) -> set[str]:
    """Return the paths that the pack has pages for, or will have."""
    shown = PackPage.objects.filter(pack=rendering.pack_id, audience=rendering.audience)
    drafted = {str(item.fields.get("base_path") or "") for item in proposed.content.values()}
    return (drafted | set(shown.values_list("path", flat=True))) - {""}


def stored(made: Iterable[pages.Page], own: set[str], files: set[str]) -> Iterable[RenderedPage]:
    """Store the snapshots of pages; yield their rows, which belong to no rendering yet."""
    for position, page in enumerate({page.path: page for page in made}.values()):
        html = links.lead(led(page.html, files), own, settings.WEBSITE_ROOT)
        snapshot = snapshots.put(html)
        yield RenderedPage(
            position=position,
            path=page.path,
            title=page.title,
            status=page.status,
            sha256=snapshot.sha256,
            size=snapshot.size,
        )


def used(presenter: Presenter, made: Iterable[pages.Page]) -> dict[str, list[str]]:
    """Return what the pages were made of, and where their links lead."""
    found = presenter.overlay.used
    led = {path for page in made for path in links.paths_in(page.html)}
    return {"content_ids": sorted(found.content_ids), "paths": sorted(found.paths | led)}


def remarks(presenter: Presenter, made: Iterable[pages.Page]) -> Iterable[dict[str, Any]]:
    """Return the fidelity report: of pages and overlay, and of when live content is from."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    rows = [asdict(remark) for page in made for remark in page.remarks]
    for row in [*rows, *(asdict(note) for note in presenter.notes)]:
        found[tuple(row.values())] = row
    yield from found.values()
    if presenter.overlay.read_at is not None:
        yield {"kind": "from_live", "what": from_live(presenter), "pointer": None}


def from_live(presenter: Presenter) -> str:
    """Return of what time the live content is that the pages show."""
    at = (presenter.overlay.read_at or presenter.now).astimezone(LONDON)
    today = presenter.now.astimezone(LONDON).date() == at.date()
    when = f"{at:%H:%M}" if today else f"{at:%H:%M} on {at.day} {at:%B %Y}"
    trouble = presenter.live.trouble()
    said = f"What this page takes from other pages is live content of {when}."
    return f"{said} {trouble}" if trouble else said
