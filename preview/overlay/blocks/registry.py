"""How a content block becomes HTML: a kind registers what it makes of whole blocks and of fields.

Source: alphagov/govuk_content_block_tools `lib/content_block_tools/content_block.rb`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

PREFIX = "content_block_"


@dataclass(frozen=True)
class Block:
    """A block at one place: its item, the code as written, which field, in which format."""

    item: Mapping[str, Any]
    code: str
    path: list[str]
    format: str

    @property
    def kind(self) -> str:
        """The kind, without the prefix that all have."""
        return str(self.item.get("document_type")).removeprefix(PREFIX)

    @property
    def details(self) -> Mapping[str, Any]:
        """The block's own fields."""
        details = self.item.get("details")
        return details if isinstance(details, Mapping) else {}

    def field(self) -> Any:
        """Return what stands at the path; None where there is nothing."""
        value: Any = self.details
        for name in self.path:
            if isinstance(value, Mapping):
                value = value.get(name)
            elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
                value = value[int(name)]
            else:
                return None
        return value


Make = Callable[[Block], Markup | str | None]
WHOLE: dict[str, Make] = {}
FIELDS: dict[str, Make] = {}


def whole(kind: str) -> Callable[[Make], Make]:
    """Register what a kind makes of a whole block, or of an object inside it."""

    def register(make: Make) -> Make:
        WHOLE[kind] = make
        return make

    return register


def one_field(kind: str) -> Callable[[Make], Make]:
    """Register what a kind makes of a field that is a text."""

    def register(make: Make) -> Make:
        FIELDS[kind] = make
        return make

    return register


def text_itself(block: Block) -> str | None:
    """Return a text as it stands."""
    value = block.field()
    return value if isinstance(value, str) else None


def html_of(block: Block) -> str | None:
    """Return the HTML of a block at its place, in one line; None where there is nothing to show.

    A line of its own matters: the HTML is put into Markdown, where an empty line ends a block.
    """
    value = block.field() if block.path else block.details
    if isinstance(value, Mapping):
        tag, make = "div", WHOLE.get(block.kind, title)
    else:
        tag, make = "span", FIELDS.get(block.kind, text_itself)
    content = make(block)
    if content is None:
        return None
    pattern = Markup(
        '<{tag} class="content-block content-block--{kind}" data-content-block="" '
        'data-document-type="{kind}" data-content-id="{id}" data-embed-code="{code}">'
        "{content}</{tag}>"
    )
    content_id = str(block.item.get("content_id"))
    html = pattern.format(tag=tag, kind=block.kind, id=content_id, code=block.code, content=content)
    return " ".join(str(html).split("\n"))


def title(block: Block) -> str | None:
    """Return the block's title, for a kind that has no page design of its own."""
    found = block.item.get("title")
    return found if isinstance(found, str) and not block.path else None
