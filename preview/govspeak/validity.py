"""What sanitising takes out of a text, so that its author can be told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from preview.govspeak.engine import Engine
from preview.govspeak.options import Options
from preview.govspeak.sanitise import sanitise

MOST = 100
NAME = re.compile(r"[a-z][a-z0-9-]*")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
Piece = tuple[str, str, str]


@dataclass(frozen=True)
class Removal:
    """An element, an attribute or text that is not allowed; `sentence` tells the author."""

    element: str
    attribute: str
    value: str

    @property
    def sentence(self) -> str:
        """Return what was removed."""
        if self.element == "!--":
            return "A comment"
        if self.attribute:
            return f"Attribute {self.attribute} of <{self.element}>: {self.value[:60]}"
        return f"Element <{self.element}>"


class Pieces(HTMLParser):
    """Counts the elements and attributes of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[Piece] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element and its attributes."""
        self.found[tag, "", ""] += 1
        for name, value in attrs:
            self.found[tag, name, value or ""] += 1

    handle_startendtag = handle_starttag


def removals(source: str, options: Options) -> list[Removal]:
    """Return what is removed from the text; images, files and contacts are left out of account."""
    alone = Options(
        locale=options.locale,
        allowed_image_hosts=options.allowed_image_hosts,
        allowed_elements=options.allowed_elements,
    )
    engine = Engine(alone)
    unsafe = engine.unsafe(source)
    written = Pieces(unsafe).found
    lost = Pieces(as_browsers_read(unsafe, written)).found - Pieces(sanitise(unsafe, alone)).found
    found = [Removal(*piece) for piece in list(lost)[:MOST]]
    return found + [Removal("!--", "", "")] * bool(engine.document.comments)


def as_browsers_read(html: str, written: Counter[Piece]) -> str:
    """Return HTML as a browser's parser mends it, with all its elements and attributes."""
    reader = nh3.Cleaner(
        tags={element for element, _, _ in written if NAME.fullmatch(element)} | {"p"},
        clean_content_tags=set(),
        attributes={"*": {name for _, name, _ in written if name}},
        url_schemes={scheme.lower() for scheme in SCHEME.findall(html)},
        link_rel=None,
    )
    return reader.clean(html)
