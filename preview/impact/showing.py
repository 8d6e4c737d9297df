"""Live pages that a pack changes become pages of the pack, so that a guest can walk to them."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from preview.impact.models import Impact, ImpactPage
from preview.outbox.actions import record_event
from preview.rendering import links, snapshots
from preview.rendering.draft_files import draft_files, led, note_files
from preview.rendering.models import PackPage, RenderedPage, Rendering
from preview.rendering.queueing import RENDERER, as_text
from preview.rendering.showing import show


def show_changed(impact: Impact) -> None:
    """Show the pages that change; take away those shown before that change no longer."""
    changed = list(impact.pages.filter(outcome=ImpactPage.Outcome.CHANGES))
    own = PackPage.objects.filter(pack=impact.pack, audience=impact.audience)
    live = own.filter(page__rendering__version=None)
    before = set(live.values_list("path", flat=True))
    kept = {(one.content_id, one.locale) for one in changed}
    for page in live:
        if (page.content_id, page.locale) not in kept:
            page.delete()
    after = {page["path"] for one in changed for page in one.after}
    paths = after | set(own.values_list("path", flat=True))
    for one in changed:
        one.rendering = stored(impact, one, paths)
    ImpactPage.objects.bulk_update(changed, ["rendering"])
    if before ^ after:
        record_event(
            "pack.paths_changed",
            pack_id=str(impact.pack_id),
            audience=impact.audience,
            paths=as_text(before ^ after),
        )


def stored(impact: Impact, one: ImpactPage, paths: set[str]) -> Rendering:
    """Store a page that changes as a rendering of the pack, its links led into the pack."""
    website = settings.WEBSITE_ROOT
    same = Rendering.objects.filter(
        pack=impact.pack,
        audience=impact.audience,
        content_id=one.content_id,
        locale=one.locale,
        version=None,
        renderer=RENDERER,
    )
    last = same.order_by("-generation").first()
    rendering = Rendering.objects.create(
        pack=impact.pack,
        audience=impact.audience,
        content_id=one.content_id,
        locale=one.locale,
        renderer=RENDERER,
        generation=last.generation + 1 if last else 1,
        state=Rendering.State.READY,
        attempts=1,
        ended_at=timezone.now(),
        remarks=one.made.get("remarks", []),
        used=one.made.get("used", {}),
    )
    html = [snapshots.get(str(page["sha256"])).decode() for page in one.after]
    files = draft_files(impact.pack, impact.audience, html)
    note_files(rendering, files)
    rows = [
        page_of(rendering, position, page, links.lead_into(led(text, files), paths, website))
        for position, (page, text) in enumerate(zip(one.after, html, strict=True))
    ]
    show(rendering, RenderedPage.objects.bulk_create(rows))
    return rendering


def page_of(
    rendering: Rendering, position: int, page: dict[str, object], html: str
) -> RenderedPage:
    """Return a page of the rendering; its HTML leads to pages of the pack."""
    snapshot = snapshots.put(html)
    return RenderedPage(
        rendering=rendering,
        position=position,
        path=str(page["path"]),
        title=str(page["title"]),
        status=int(str(page["status"])),
        sha256=snapshot.sha256,
        size=snapshot.size,
    )
