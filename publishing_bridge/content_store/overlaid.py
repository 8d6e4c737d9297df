"""Items as front ends read them, with drafts over live content: of one pack, or of all drafts.

Source: alphagov/publishing-api `app/presenters/edition_presenter.rb` (`for_content_store`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from preview.accounts.models import PublisherApp
from preview.drafts.models import Draft, Version
from preview.overlay.live import link_expander, live_content
from preview.overlay.presenting import Presenter
from preview.overlay.proposals import Proposals, proposals
from preview.packs.models import Pack
from publishing_bridge.content_store.access import Visitor, can_view
from publishing_bridge.content_store.items import find_by_path
from publishing_bridge.content_store.models import ContentItem
from publishing_bridge.content_store.tickets import Subject, read
from publishing_bridge.wire.govspeak_details import with_html

ROUNDS = 5  # links reach no deeper than the rules of link expansion
AT_ONCE = 500


def item_at(path: str, visitor: Visitor, app: PublisherApp | None = None) -> ContentItem | None:
    """Return what stands at a path: of the pack of a ticket, as it was pushed, or of all drafts.

    With `app` the drafts are those of this app only.
    """
    subject = read(visitor.bypass_id)
    if subject is not None:
        return of_subject(subject, path, str(visitor.bypass_id))
    return find_by_path(path) or of_all_drafts(path, visitor, app)


def of_subject(subject: Subject, path: str, ticket: str) -> ContentItem | None:
    """Return what a pack shows at a path, open to whoever holds the ticket."""
    pack = Pack.objects.filter(id=subject.pack_id, archived_at=None).first()
    if pack is None:
        return None
    wanted = [] if subject.version_id is None else [subject.version_id]
    version = Version.objects.select_related("draft").filter(id__in=wanted).first()
    return of_pack(pack, subject.audience, path, version, opened_by=(ticket,))


def of_pack(
    pack: Pack,
    audience: str,
    path: str,
    version: Version | None = None,
    opened_by: Collection[str] = (),
) -> ContentItem | None:
    """Return what a pack shows at a path to an audience; None where it shows nothing.

    The limits of its drafts are in the audience already.
    """
    proposed = proposals(pack, audience, version, pack.as_of)
    shown = presented(presenter_of(proposed, pack), path)
    return stored(shown, {"auth_bypass_ids": list(opened_by)})


def presented(presenter: Presenter, path: str) -> Mapping[str, Any] | None:
    """Return what stands at a path, with its links expanded over the drafts.

    A live item that no draft is for may show drafts all the same, because it links to them.
    """
    shown = presenter.at_path(path)
    content_id = str(shown.get("content_id") or "") if shown else ""
    if not shown or not content_id or content_id in presenter.overlay.touched:
        return shown
    return presenter.item(content_id, str(shown.get("locale") or "en"))


def presenter_of(proposed: Proposals, pack: Pack | None = None) -> Presenter:
    """Return what presents proposals over live content."""
    at = pack.as_of if pack else None
    return Presenter(proposed, live_content(), link_expander(), timezone.now(), at)


def of_all_drafts(
    path: str, visitor: Visitor, app: PublisherApp | None = None
) -> ContentItem | None:
    """Return what stands at a path once every draft (of an app) is live, for this visitor.

    Drafts are looked up as the item asks for them: at its path, then those that it shows. A limited
    draft of the path itself is found, and refused after; elsewhere it counts only for who may see
    it.
    """
    proposed, seen = Proposals(), Seen()
    of_app = Q(draft__app=app) if app else Q()
    for version in newest(of_app & Q(draft__base_path__in=prefixes_of(path))):
        seen.add(version, proposed)
    shown: Mapping[str, Any] | None = None
    for _ in range(ROUNDS):
        presenter = presenter_of(proposed)
        shown = presented(presenter, path)
        used = presenter.overlay.used
        asked = asked_for(of_app, used.content_ids, used.paths)
        fresh = [one for one in asked if seen.lacks(one)]
        fresh = [one for one in fresh if can_view(one.content(), visitor)]
        if not fresh:
            break
        for version in fresh:
            seen.add(version, proposed)
    return stored(shown, seen.access(shown), seen.bypass_ids)


class Seen:
    """The versions that were taken into account, with who may see each."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self.payloads: dict[tuple[str, str], Mapping[str, Any]] = {}
        self.bypass_ids: dict[str, list[str]] = {}

    def lacks(self, version: Version) -> bool:
        """Say whether a version was not taken into account yet."""
        return version.pk not in self.ids

    def add(self, version: Version, proposed: Proposals) -> None:
        """Take a version into account."""
        self.ids.add(version.pk)
        proposed.add(version)
        if version.draft.kind == Draft.Kind.CONTENT:
            payload, content_id = version.content(), str(version.draft.content_id)
            self.payloads[content_id, version.draft.locale] = payload
            self.bypass_ids[content_id] = list(payload.get("auth_bypass_ids") or ())

    def access(self, shown: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the limits and bypass ids of the item that is shown."""
        if shown is None:
            return {}
        key = str(shown.get("content_id")), str(shown.get("locale"))
        payload = self.payloads.get(key, {})
        return {name: payload.get(name) for name in ("access_limited", "auth_bypass_ids")}


def newest(which: Q) -> Iterator[Version]:
    """Give the newest versions of open drafts."""
    found = Version.objects.filter(which, draft__state=Draft.State.OPEN)
    yield from found.filter(number=F("draft__version_number")).select_related("draft")


def asked_for(which: Q, content_ids: Collection[str], paths: Collection[str]) -> Iterator[Version]:
    """Give the newest versions of open drafts with one of these ids or paths."""
    for column, values in (("draft__content_id__in", content_ids), ("draft__base_path__in", paths)):
        ordered = sorted(values)
        for first in range(0, len(ordered), AT_ONCE):
            yield from newest(which & Q((column, ordered[first : first + AT_ONCE])))


def prefixes_of(path: str) -> list[str]:
    """Return a path and those that it stands under."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[:length]) or "/" for length in range(len(parts), 0, -1)]


def stored(
    shown: Mapping[str, Any] | None,
    access: Mapping[str, Any],
    bypass_ids: Mapping[str, list[str]] | None = None,
) -> ContentItem | None:
    """Return a presented item as the content store holds items, though it is in no table."""
    if shown is None or shown.get("schema_name") == "vanish":
        return None
    locale = str(shown.get("locale") or "en")
    item = {**shown, **access, "details": with_html(shown.get("details") or {}, locale)}
    item["expanded_links"] = with_bypass_ids(item.pop("links", None), bypass_ids or {})
    updated = parse_datetime(str(shown.get("updated_at") or ""))
    return ContentItem(
        base_path=str(shown.get("base_path") or ""),
        item=item,
        updated_at=updated or timezone.now(),
    )


def with_bypass_ids(links: object, bypass_ids: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return expanded links with the bypass ids of drafts, which are never shown."""
    found: dict[str, Any] = {}
    for kind, rows in links.items() if isinstance(links, Mapping) else ():
        found[kind] = [
            {**row, "auth_bypass_ids": bypass_ids.get(str(row.get("content_id")), [])}
            for row in rows
            if isinstance(row, Mapping)
        ]
    return found
