"""Packs of drafts for tests, saved through the actions, and live sites to lay them over."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.utils import timezone

from preview.accounts.models import PublisherApp
from preview.checks.actions import check_rendering
from preview.drafts.actions import Submission, save_draft
from preview.drafts.models import Draft, Version
from preview.impact import actions as impact
from preview.notifications.noting import note
from preview.outbox.models import Delivery
from preview.overlay import live as live_module
from preview.overlay.live import link_expander
from preview.overlay.presenting import Presenter
from preview.overlay.proposals import proposals
from preview.packs.models import Audience, Pack, PackDraft
from preview.packs.tasks import take_along
from preview.rendering import actions, following
from preview.rendering.completing import complete_rendering
from preview.rendering.models import PackPage
from preview.rendering.snapshots import get
from preview.review.comments.placing import place_comments
from preview.schemas import DraftContent, canonical, fingerprint
from preview.sharing.agreeing import ask_again
from preview.sharing.limits import end_links_of_draft, end_links_to_what_ended
from preview.webhooks.actions import announce
from publishing_bridge.example_site import MemorySite
from tests.preview.overlay.site import id_of, ids

TASKS = {
    "rendering.render_version": actions.render_version,
    "rendering.render_queued": actions.render_queued,
    "rendering.spread_version": following.spread_version,
    "rendering.refresh_pack": following.refresh_pack,
    "rendering.refresh_paths": following.refresh_paths,
    "rendering.forget_draft": following.forget_draft,
    "rendering.refresh_asset": following.refresh_asset,
    "impact.plan": impact.plan_impact,
    "impact.compare": impact.compare_part,
    "rendering.complete_rendering": complete_rendering,
    "checks.check_rendering": check_rendering,
    "packs.take_along": take_along,
    "review.place_comments": place_comments,
    "webhooks.announce": announce,
    "sharing.end_links_of_draft": end_links_of_draft,
    "sharing.end_links_to_what_ended": end_links_to_what_ended,
    "sharing.ask_again": ask_again,
    "notifications.note": note,
}


def save(
    payload: dict[str, Any],
    kind: str = "content",
    *,
    locale: str = "en",
    content_id: str | None = None,
    limited_to: tuple[str, ...] = (),
    app: str = "publisher",
) -> Draft:
    """Save a proposal; a content item may hold its own content id and links of its set."""
    content_id = content_id or payload["content_id"]
    stored = {name: value for name, value in payload.items() if name != "link_set"}
    body = canonical(stored)
    content = DraftContent(
        locale=locale,
        schema_name=payload.get("schema_name", ""),
        document_type=payload.get("document_type"),
        title=payload.get("title"),
        base_path=payload.get("base_path"),
        organisation=None,
        access_limited=bool(limited_to),
        access_limited_users=limited_to,
        access_limited_organisations=(),
        auth_bypass_ids=(),
        parent=next(iter((payload.get("links") or {}).get("parent", ())), None),
    )
    submission = Submission(
        uuid.UUID(content_id), content, body, fingerprint(body), kind=Draft.Kind(kind)
    )
    owner, _ = PublisherApp.objects.get_or_create(name=app)
    return save_draft(app=owner, submission=submission).version.draft


def retag(name: str, links: dict[str, list[str]]) -> Draft:
    """Propose other links for a named item."""
    return save({"links": ids(links)}, "links", locale="", content_id=id_of(name))


def take_away(name: str, kind: str, **payload: Any) -> Draft:
    """Propose to unpublish a named item."""
    return save({"type": kind, **payload}, "unpublishing", content_id=id_of(name))


def pack_of(*drafts: Draft, name: str = "Spring", **values: Any) -> Pack:
    """Make a named pack of drafts."""
    pack = Pack.objects.create(name=name, **values)
    for position, draft in enumerate(drafts):
        PackDraft.objects.create(pack=pack, draft=draft, position=position)
    return pack


def over(
    site: MemorySite, pack: Pack, audience: str = Audience.OPEN, pinned: Version | None = None
) -> Presenter:
    """Return what presents a pack over a site."""
    proposed = proposals(pack, audience, pinned, pack.as_of)
    return Presenter(proposed, site, link_expander(), timezone.now(), pack.as_of)


def work(more: dict[str, Any] | None = None) -> list[str]:
    """Do what the outbox holds, as workers would, until nothing is left; return what ran."""
    ran = []
    tasks = {**TASKS, **(more or {})}
    while waiting := Delivery.objects.filter(done_at=None).order_by("recorded_at", "id").first():
        ran.append(waiting.task)
        tasks[waiting.task](delivery_id=str(waiting.id), **waiting.payload)
        waiting.refresh_from_db()
        assert waiting.done_at is not None, waiting.task
    return ran


def shown(pack: Pack, path: str, audience: str = Audience.OPEN) -> str:
    """Return the HTML that a pack shows at a path, "" where it shows none."""
    found = PackPage.objects.filter(pack=pack, audience=audience, path=path).first()
    return get(found.page.sha256).decode() if found else ""


@pytest.fixture
def live_site(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lay everything over a site: `live_site(site)`."""

    def use(site: MemorySite) -> MemorySite:
        for module in ("preview.rendering.making",):
            monkeypatch.setattr(f"{module}.live_content", lambda: site)
        monkeypatch.setattr(live_module, "live_content", lambda: site)
        return site

    return use


def as_json(value: Any) -> str:
    """Return a value as text, to look for a word in all of it."""
    return json.dumps(value, default=str)
