"""What is known of a rendered text beside its HTML: headings, links, contacts, what was unsafe."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html as lxml_html

from preview.govspeak.engine import Engine, checked
from preview.govspeak.headers import Header, headers
from preview.govspeak.options import DEFAULT, Options
from preview.govspeak.validity import Removal, removals

EMBEDDED = re.compile(r"\{\{embed:([a-z_]+):([^}\s]+)\}\}")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Rendered:
    """A rendered text.

    `links` are the addresses of all links in order, without those to the page itself and to mail;
    `contact_ids` and `content_blocks` name what the text embeds; `removed` says what sanitising
    took out, and `valid` that it took out nothing.
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
    options = options or DEFAULT
    engine = Engine(options)
    html = engine.html(checked(source))
    root = lxml_html.fragment_fromstring(html or "<p></p>", create_parent="div")
    addresses = [str(link.get("href")) for link in root.iter("a") if link.get("href")]
    return Rendered(
        html=html,
        headers=headers(engine.tree, options),
        links=[one for one in addresses if not one.startswith(("#", "mailto:"))],
        contact_ids=engine.contact_ids,
        content_blocks=EMBEDDED.findall(source),
        removed=removals(source, options),
        text=SPACES.sub(" ", "".join(root.itertext())).strip(),
    )
