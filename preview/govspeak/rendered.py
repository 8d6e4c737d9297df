"""What is known of a rendered text beside its HTML: headings, links, contacts, what was unsafe."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import html as lxml_html

from preview.govspeak.engine import Engine, checked
from preview.govspeak.options import Options, from_json
from preview.govspeak.validity import Removal, removals

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
EMBEDDED = re.compile(r"\{\{embed:([a-z_]+):([^}\s]+)\}\}")
SPACES = re.compile(r"\s+")


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


@dataclass(frozen=True)
class Rendered:
    """A rendered text.

    `links` are the addresses of all links in order; `contact_ids` and `content_blocks` name what
    the text embeds; `removed` says what sanitising took out, and `valid` that it took out nothing.
    """

    html: str
    headers: list[Header]
    links: list[str]
    contact_ids: list[str]
    content_blocks: list[tuple[str, str]]
    removed: list[Removal]
    text: str

    @property
    def valid(self) -> bool:
        """Say whether sanitising changed nothing."""
        return not self.removed


def render(source: str, options: Options | None = None) -> Rendered:
    """Return the HTML of a text and what is known of it.

    Raises:
        GovspeakError: the source is no text.

    """
    options = options or Options()
    engine = Engine(options)
    html = engine.html(checked(source))
    root = lxml_html.fragment_fromstring(html, create_parent="div") if html.strip() else None
    return Rendered(
        html=html,
        headers=tree_of(headings(root)) if root is not None else [],
        links=[str(link.get("href")) for link in root.iter("a") if link.get("href")]
        if root is not None
        else [],
        contact_ids=engine.context.contact_ids,
        content_blocks=EMBEDDED.findall(source),
        removed=removals(source, options),
        text=SPACES.sub(" ", "".join(root.itertext())).strip() if root is not None else "",
    )


def headings(root: lxml_html.HtmlElement) -> list[Header]:
    """Return the headings with an id, in order."""
    found = []
    for element in root.iter(*HEADINGS):
        if element.get("id"):
            text = SPACES.sub(" ", "".join(element.itertext())).strip()
            found.append(Header(text, int(element.tag[1]), element.get("id")))
    return found


def tree_of(found: list[Header]) -> list[Header]:
    """Return the headings from level 2 as a tree; one that skips a level is left out."""
    roots: list[Header] = []
    open_ones: list[Header] = []
    for header in found:
        while open_ones and open_ones[-1].level >= header.level:
            open_ones.pop()
        above = open_ones[-1] if open_ones else None
        if header.level == 2:
            roots.append(header)
        elif above is not None and header.level == above.level + 1:
            above.headers.append(header)
        else:
            continue
        open_ones.append(header)
    return roots


__all__ = ["Header", "Rendered", "from_json", "render"]
