"""The headings of a text as a tree, for tables of contents.

Source: alphagov/govspeak `lib/govspeak/{header_extractor,structured_header_extractor}.rb`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from preview.govspeak.ids import Ids
from preview.govspeak.numbering import Numbering
from preview.govspeak.options import Options
from preview.govspeak.tree import Node

LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")


@dataclass
class Header:
    """A heading and those below it; `level` is 2 to 6."""

    text: str
    level: int
    id: str
    headers: list[Header] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Return it as a JSON object."""
        below = [one.as_json() for one in self.headers]
        return {"text": self.text, "level": self.level, "id": self.id, "headers": below}


def headers(root: Node, options: Options) -> list[Header]:
    """Return the headings of a document from level 2, numbered where the options say so.

    Those in lists, quotations and texts inside the text are none of the document's own.
    """
    ids, numbering = Ids(), Numbering(options)
    found = []
    for node in own_headings(root):
        text = LINK.sub(r"\1", node.text)
        level = int(node.options["level"])
        own_id = node.options.get("own_id") or ids.of(text)
        found.append(Header(numbering.before(level) + text, level, own_id))
    return tree_of(found)


def own_headings(node: Node) -> list[Node]:
    """Return the headings that stand in the text itself or in boxes of HTML."""
    found: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            continue
        if child.kind == "heading":
            found.append(child)
        elif child.kind == "html":
            found += own_headings(child)
    return found


def tree_of(found: list[Header]) -> list[Header]:
    """Return the headings from level 2 as a tree; one that skips a level is left out."""
    roots: list[Header] = []
    above: list[Header] = []
    for header in found:
        while above and above[-1].level >= header.level:
            above.pop()
        if header.level == 2:
            roots.append(header)
        elif above and header.level == above[-1].level + 1:
            above[-1].headers.append(header)
        else:
            continue
        above.append(header)
    return roots
