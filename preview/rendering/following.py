"""What follows when an item of a pack changed: other packs, dependants, the pack as a whole."""

from __future__ import annotations

import json
import uuid

from django.db import transaction

from preview.drafts.models import Draft, Version
from preview.drafts.proposals import links_of
from preview.outbox.actions import end_delivery, record_event
from preview.overlay.live import link_expander
from preview.packs.models import Pack
from preview.rendering.models import PackPage, Rendering
from preview.rendering.queueing import (
    audiences,
    is_current,
    members,
    packs_of,
    queue,
    queue_dependants,
    queue_draft,
)


@transaction.atomic
def spread_version(*, version_id: int, delivery_id: str) -> None:
    """Queue a version in the other packs of its draft, and what depends on it in all of them.

    A version that is not the newest any more spreads nothing: the newest one does.
    """
    version = Version.objects.select_related("draft").get(id=version_id)
    draft = version.draft
    if version.number == draft.version_number and draft.state == Draft.State.OPEN:
        changed = changed_by(draft)
        own = Pack.objects.filter(own_draft=draft).values_list("id", flat=True)
        for pack_id in own:
            queue_dependants(pack_id, changed, set(), but=draft.content_id)
        for pack_id in packs_of(draft):
            among = audiences(members(Pack.objects.get(id=pack_id)))
            queue_draft(pack_id, draft, among)
            queue_dependants(pack_id, changed, set(), but=draft.content_id)
    end_delivery(delivery_id)


def changed_by(draft: Draft) -> set[str]:
    """Return the content ids that a draft's last save may have changed.

    That is the item itself, and those that show it because it links to them, or did.
    """
    found = {str(draft.content_id)}
    names = link_expander().reverse_names
    last = draft.versions.filter(number__gte=draft.version_number - 1)
    for version in last:
        for kind, targets in links_of(version.content()).items():
            if kind in names:
                found.update(targets)
    return found


@transaction.atomic
def refresh_paths(*, pack_id: str, audience: str, paths: str, delivery_id: str) -> None:
    """Queue what links to paths at which the pack began or ceased to show a page."""
    changed = set(json.loads(paths))
    queue_dependants(uuid.UUID(pack_id), set(), changed, audience=audience)
    end_delivery(delivery_id)


@transaction.atomic
def refresh_pack(
    *, pack_id: str, delivery_id: str, draft_id: str = "", everything: bool = False
) -> None:
    """Bring a pack's pages up to its drafts, after one was added or removed, or all changed.

    `draft_id` is the draft that was added, removed, or whose access limits or consent changed;
    `everything` is for a change that every page shows, such as another time.
    """
    pack = Pack.objects.filter(id=pack_id, archived_at=None).first()
    if pack is not None:
        drafts = members(pack)
        among = audiences(drafts)
        PackPage.objects.filter(pack=pack).exclude(audience__in=among).delete()
        named = Draft.objects.filter(id=draft_id).first() if draft_id else None
        for draft in drafts:
            if everything or named == draft or not is_shown(pack, draft, among):
                queue_draft(pack.id, draft, among)
        if named is not None and named not in drafts:
            gone = PackPage.objects.filter(pack=pack, content_id=named.content_id)
            gone.filter(locale=named.locale).delete()
        for audience in among:
            record_event("impact.wanted", pack_id=pack_id, audience=audience)
        if everything:
            queue_dependants(pack.id, all_shown(pack), set())
        elif named is not None:
            queue_dependants(pack.id, changed_by(named), {named.base_path}, but=named.content_id)
    end_delivery(delivery_id)


def is_shown(pack: Pack, draft: Draft, among: list[str]) -> bool:
    """Say whether a pack shows a draft to every audience that may see it."""
    wanted = {one for one in among if not draft.limited or one == "full"}
    shown = PackPage.objects.filter(
        pack=pack, content_id=draft.content_id, locale=draft.locale
    ).values_list("audience", flat=True)
    return wanted <= set(shown)


@transaction.atomic
def refresh_asset(*, path: str, delivery_id: str) -> None:
    """Queue what uses a draft file's address, once the file is there, or is there no longer."""
    shown = PackPage.objects.filter(page__rendering__assets__path=path)
    ids = set(shown.values_list("page__rendering", flat=True))
    found = Rendering.objects.filter(id__in=ids).select_related("version__draft")
    for one in found:
        if is_current(one):
            queue(one.pack_id, one.audience, (one.content_id, one.locale), one.version, soon=True)
    end_delivery(delivery_id)


def all_shown(pack: Pack) -> set[str]:
    """Return the content ids of everything that a pack shows."""
    shown = PackPage.objects.filter(pack=pack).values_list("content_id", flat=True)
    return {str(one) for one in shown}


@transaction.atomic
def forget_draft(*, draft_id: str, delivery_id: str) -> None:
    """Bring the packs of a draft up to its state: it is over, or goes live at another time."""
    draft = Draft.objects.get(id=draft_id)
    for pack_id in packs_of(draft):
        refresh_pack(pack_id=str(pack_id), draft_id=draft_id, delivery_id=delivery_id)
    end_delivery(delivery_id)
