"""Content blocks: `{{embed:content_block_<kind>:<id or alias>/<field>/…#<format>}}` in texts.

A block is looked up in the pack first, so a draft block is seen inside its host pages. What can't
be found stays as it is written, with a remark.

Source: alphagov/publishing-api `app/presenters/content_embed_presenter.rb`;
alphagov/govuk_content_block_tools `lib/content_block_tools/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from preview.overlay.blocks import contact, pension, tax, time_period  # noqa: F401 (they register)
from preview.overlay.blocks.registry import Block, html_of
from preview.overlay.live import LivePage
from preview.overlay.overlay import ENGLISH, Overlay
from preview.overlay.proposals import Proposals

EN_DASH, EM_DASH = "\u2013", "\u2014"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
CODE = re.compile(
    rf"\{{\{{embed:(?P<kind>content_block_[a-z_]+|contact):(?P<id>{UUID}|[a-z0-9\-{EN_DASH}{EM_DASH}]+)"
    rf"(?P<path>/[a-z0-9_\-{EN_DASH}{EM_DASH}/]*)?(?:#(?P<format>[a-z_]+))?\}}\}}"
)
DEEPEST = 30


class Host(Protocol):
    """The page that blocks are put into: its pack, and where remarks go."""

    overlay: Overlay
    proposed: Proposals

    def note(self, kind: str, what: str, pointer: str | None = None) -> None:
        """Keep a remark."""
        ...


def filled(details: Any, host: Host, locale: str) -> Any:
    """Return details with every content block in a text filled in."""
    return Filler(host, locale).value(details, 0)


def plain(text: str) -> str:
    """Return part of a code with the hyphens that a Markdown reader made dashes of."""
    return text.replace(EN_DASH, "--").replace(EM_DASH, "---")


class Filler:
    """Fills in the blocks of one page; each block is looked up once."""

    def __init__(self, host: Host, locale: str) -> None:
        self.host, self.locale = host, locale
        self.found: dict[tuple[str, str], Mapping[str, Any] | None] = {}

    def value(self, value: Any, depth: int) -> Any:
        """Return a value of the details, filled in at any depth."""
        if isinstance(value, str):
            return CODE.sub(self.block, value) if "{{embed:" in value else value
        if depth > DEEPEST:
            return value
        if isinstance(value, list):
            return [self.value(one, depth + 1) for one in value]
        if isinstance(value, Mapping):
            return {name: self.value(one, depth + 1) for name, one in value.items()}
        return value

    def block(self, code: re.Match[str]) -> str:
        """Return what a code stands for."""
        kind, name = code["kind"], plain(code["id"])
        if (kind, name) not in self.found:
            self.found[kind, name] = self.looked_up(kind, name)
        item = self.found[kind, name]
        if item is None:
            return self.as_written(code, "A content block could not be found")
        path = [plain(part) for part in (code["path"] or "").split("/") if part]
        html = html_of(Block(item, code[0], path, code["format"] or "default"))
        if html is None:
            return self.as_written(code, "A content block has no such field or format")
        return html

    def as_written(self, code: re.Match[str], why: str) -> str:
        """Return the code itself, with a remark."""
        self.host.note("missing_link", f"{why}, so it is shown as it is written.", code[0][:120])
        return code[0]

    def looked_up(self, kind: str, name: str) -> Mapping[str, Any] | None:
        """Return a block as the pack has it, in the page's language or in English."""
        content_id = name if re.fullmatch(UUID, name) else self.with_alias(kind, name)
        if content_id is None:
            return None
        self.host.overlay.used.content_ids.add(content_id)
        for locale in dict.fromkeys((self.locale, ENGLISH)):
            if (content_id, locale) in self.host.proposed.unpublishings:
                continue
            if draft := self.host.proposed.content.get((content_id, locale)):
                return draft.fields
            if live := self.host.overlay.whole(content_id, locale):
                return live.item
        return None

    def with_alias(self, kind: str, alias: str) -> str | None:
        """Return the content id of the block with this alias."""
        for (content_id, _), item in self.host.proposed.content.items():
            if item.fields.get("content_id_alias") == alias:
                return content_id
        live: LivePage | None = self.host.overlay.page(f"/content-blocks/{kind}/{alias}")
        return str(live.item["content_id"]) if live and live.item.get("content_id") else None
