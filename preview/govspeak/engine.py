"""The way from a text to its HTML: extensions, Markdown, sanitising, components.

Source: alphagov/govspeak `lib/govspeak.rb`, for the order.
"""

from __future__ import annotations

import re

from preview.errors import GovspeakError
from preview.govspeak import extensions, markdown
from preview.govspeak.document import Document
from preview.govspeak.extensions.registry import DEEPEST, EXTENSIONS, Context
from preview.govspeak.forbidden import without_forbidden, without_quotation_marks
from preview.govspeak.options import Options
from preview.govspeak.postprocess import postprocess
from preview.govspeak.sanitise import sanitise, sanitise_page
from preview.govspeak.tree import Node

REGISTERED = extensions  # imported so that every extension registers itself
# A text in which nothing is marked up, as most steps are.
SENTENCE = re.compile(r"(?!s\d)[A-Za-z]+(?:[ ,;][ ]?\w+)*\.?", re.ASCII)
LONGEST = 20_000_000
BLOCK_TAG = re.compile(
    r"<(/?)(p|address|aside|blockquote|details|div|dl|figure|h[1-6]|ol|section|table|ul)\b"
)


class Engine:
    """Renders one text and the texts inside it.

    After rendering, `tree` and `document` hold what was read, `context` what the text named.
    """

    def __init__(self, options: Options, depth: int = 0) -> None:
        self.options = options
        self.depth = depth
        self.context = Context(options, self.nested, self.plain)
        self.tree = Node("root")
        self.document = Document()

    def expand(self, source: str) -> str:
        """Return the text with extensions replaced by what they stand for."""
        text = without_forbidden(without_quotation_marks(source))
        if self.depth < DEEPEST:
            for extension in EXTENSIONS:
                if extension.mark in text:
                    text = extension.search(self.context, text)
        return text

    def unsafe(self, source: str) -> str:
        """Return the HTML before sanitising."""
        self.document = Document(document_domains=frozenset(self.options.document_domains))
        self.tree = markdown.parse(self.expand(source), self.document)
        return markdown.write(self.tree, self.document)

    def html(self, source: str) -> str:
        """Return the finished, safe HTML.

        An allow-list is always the last step. It comes before the components too where the text
        could bring elements or attributes of its own, which they must not take for theirs.
        """
        unsafe = self.unsafe(source)
        first = self.options.allowed_image_hosts or own_markup(source) or blocks_in_text(unsafe)
        cleaned = sanitise(unsafe, self.options) if first else unsafe
        finished = postprocess(cleaned, self.options)
        if self.depth or (first and finished is cleaned):  # the text around sanitises it
            return finished
        last = sanitise if finished is cleaned else sanitise_page
        return last(finished, self.options)

    def nested(self, source: str) -> str:
        """Return the HTML of a text that is a document of its own inside this one."""
        if SENTENCE.fullmatch(source.strip()):
            return f"<p>{source.strip()}</p>\n"
        inner = Engine(self.options.within(), self.depth + 1)
        return inner.html(source.strip())

    def plain(self, source: str) -> str:
        """Return the HTML of plain Markdown inside this text; the whole is sanitised later."""
        return markdown.to_html(source, Document(mark_external=False))


def own_markup(source: str) -> bool:
    """Say whether a text may have HTML or attributes of its own."""
    return "<" in source or "{:" in source


def blocks_in_text(html: str) -> bool:
    """Say whether a block stands inside a paragraph, which an HTML5 parser takes out of it."""
    inside = False
    for tag in BLOCK_TAG.finditer(html):
        if tag[2] == "p":
            if inside and not tag[1]:
                return True
            inside = not tag[1]
        elif inside:
            return True
    return inside


def checked(source: object) -> str:
    """Return the text of a source.

    Raises:
        GovspeakError: it is no text, or longer than anything that is read.

    """
    if not isinstance(source, str):
        raise GovspeakError("Send text.")
    if len(source) > LONGEST:
        raise GovspeakError(f"Send at most {LONGEST:,} characters.")
    return source
