"""From an item of a pack to what its page is made of: as the content store would have it.

Source: alphagov/publishing-api `app/presenters/edition_presenter.rb` (`for_content_store`),
`{gone,redirect,vanish}_presenter.rb`; `app/commands/v2/unpublish.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from preview.drafts.proposals import Unpublishing
from preview.overlay import blocks, dates
from preview.overlay.live import Item, LinkExpander, LiveContent, LivePage
from preview.overlay.overlay import ENGLISH, Overlay
from preview.overlay.proposals import Proposals

Content = dict[str, Any]


@dataclass(frozen=True)
class Note:
    """What an editor should know of a presented item: a remark's kind, sentence and pointer."""

    kind: str
    what: str
    pointer: str | None = None


class Presenter:
    """Presents the items of one pack at one time; `as_of` None means as things are now."""

    def __init__(
        self,
        proposed: Proposals,
        live: LiveContent,
        expander: LinkExpander,
        now: datetime,
        as_of: datetime | None = None,
    ) -> None:
        self.overlay = Overlay(proposed, live)
        self.proposed, self.live, self.expander = proposed, live, expander
        self.now, self.as_of = now, as_of
        self.notes: dict[Note, None] = {}

    def item(self, content_id: str, locale: str) -> Content | None:
        """Return what the pack shows of an item in exactly this locale; None where it has none."""
        live = self.overlay.whole(content_id, locale)
        draft = self.proposed.content.get((content_id, locale))
        taken = self.proposed.unpublishings.get((content_id, locale))
        content = self.drafted(draft, live) if draft else self.as_live(live)
        if content is None:
            return None
        if taken is not None:
            content = taken_away(content, taken, self.now)
        if taken is None or taken.type == "withdrawal":
            content["content_id"] = str(content.get("content_id") or content_id)
            content["locale"] = str(content.get("locale") or locale)
            content["links"] = self.links(content, draft, live)
            content["details"] = blocks.filled(content.get("details"), self, locale)
        return dates.as_of(content, self.as_of) if self.as_of else content

    def drafted(self, draft: Item, live: LivePage | None) -> Content:
        """Return a draft with what stays from its live edition."""
        content = dict(draft.fields)
        return dates.continued(content, live.item if live else None, self.as_of)

    def as_live(self, live: LivePage | None) -> Content | None:
        """Return a live item."""
        return dict(live.item) if live else None

    def links(
        self, content: Content, draft: Item | None, live: LivePage | None
    ) -> dict[str, list[Any]]:
        """Return an item's links, expanded in this pack."""
        content_id, locale = content["content_id"], content["locale"]
        item = draft
        if item is None:
            known = self.live.items([content_id], locale).get(content_id)
            if known is None or known.locale != locale:
                return self.substituted(live.item.get("links") if live else None)
            item = replace(known, fields=content)
        item = replace(item, fields=content)
        links = self.expander.expand(item, self.overlay, keep_missing=True)
        taken = {one for one, _ in self.proposed.unpublishings}  # not missing, but gone on purpose
        kept = {
            kind: [row for row in rows if not (isinstance(row, str) and row in taken)]
            for kind, rows in links.items()
        }
        return {kind: rows for kind, rows in kept.items() if rows}

    def substituted(self, links: object) -> dict[str, list[Any]]:
        """Return links that live content expanded, with the pack's items in their places.

        For when live content has a page, but what it links to by content id can't be asked.
        """
        found: dict[str, list[Any]] = {}
        for kind, rows in links.items() if isinstance(links, Mapping) else ():
            shown = [self.substitute(row) for row in rows if isinstance(row, Mapping)]
            found[kind] = [row for row in shown if row is not None]
        return found

    def substitute(self, row: Mapping[str, Any]) -> Content | None:
        """Return an expanded link as the pack has it; None where the pack took its item away."""
        content_id, locale = str(row.get("content_id")), str(row.get("locale") or ENGLISH)
        self.overlay.used.content_ids.add(content_id)
        taken = self.proposed.unpublishings.get((content_id, locale))
        if taken is not None and taken.type != "withdrawal":
            return None
        shown = dict(row)
        if draft := self.proposed.content.get((content_id, locale)):
            outward = self.expander.outward(draft.fields)
            shown |= {name: outward[name] for name in row if name in outward}
        if "links" in row:
            shown["links"] = self.substituted(row["links"])
        return shown

    def at_path(self, path: str) -> Content | None:
        """Return what the pack shows at a path, exactly or under the longest prefix route."""
        self.overlay.used.paths.add(path)
        if key := self.own_at(path):
            return self.item(*key)
        page = self.overlay.page(path)
        if page is None:
            return None
        content_id = str(page.item.get("content_id"))
        locale = str(page.item.get("locale") or ENGLISH)
        if content_id not in self.overlay.touched:
            self.overlay.used.content_ids.add(content_id)
            return dict(page.item)
        shown = self.item(content_id, locale)
        moved = shown and (content_id, locale) in self.proposed.content
        if shown and moved and shown.get("base_path") != page.item.get("base_path"):
            return redirect(page.item, str(shown.get("base_path")))
        return shown

    def own_at(self, path: str) -> tuple[str, str] | None:
        """Return which of the pack's drafts stands at a path: exact first, then longest prefix."""
        prefixes = {}
        for key, item in self.proposed.content.items():
            routes = item.fields.get("routes")
            rows = [row for row in routes if isinstance(row, Mapping)] if routes else []
            if path == item.fields.get("base_path") or path in exact(rows):
                return key
            for row in rows:
                start = str(row.get("path"))
                if row.get("type") == "prefix" and path.startswith(f"{start.rstrip('/')}/"):
                    prefixes[start] = key
        return prefixes[max(prefixes, key=len)] if prefixes else None

    def note(self, kind: str, what: str, pointer: str | None = None) -> None:
        """Keep a remark."""
        self.notes[Note(kind, what, pointer)] = None


def exact(rows: list[Mapping[str, Any]]) -> list[Any]:
    """Return the paths of exact routes."""
    return [row.get("path") for row in rows if row.get("type") == "exact"]


def redirect(live: Mapping[str, Any], destination: str) -> Content:
    """Return what stands at the old path of a page that moves."""
    path = live.get("base_path")
    rule = {"path": path, "type": "exact", "destination": destination}
    return {
        "schema_name": "redirect",
        "document_type": "redirect",
        "base_path": path,
        "locale": live.get("locale"),
        "redirects": [{**rule, "segments_mode": "ignore"}],
    }


def taken_away(content: Content, taken: Unpublishing, now: datetime) -> Content:
    """Return what stands where an item was, once it is unpublished."""
    at = taken.unpublished_at or now.isoformat()
    if taken.type == "withdrawal":
        notice = {"explanation": taken.explanation, "withdrawn_at": at}
        return {**content, "withdrawn_notice": notice}
    path = content.get("base_path")
    kept = {name: content.get(name) for name in ("content_id", "locale", "base_path", "title")}
    shown: Content = {
        **kept,
        "schema_name": taken.type,
        "document_type": taken.type,
        "public_updated_at": at,
        "details": {},
        "links": {},
    }
    if taken.type == "gone":
        alternative = taken.alternative_path or None
        shown["details"] = {"explanation": taken.explanation, "alternative_path": alternative}
    elif taken.type == "redirect":
        whole = {"path": path, "type": "exact", "destination": taken.alternative_path}
        shown["redirects"] = [dict(rule) for rule in taken.redirects] or [whole]
    return shown
