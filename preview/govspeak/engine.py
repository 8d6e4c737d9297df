"""The way from a text to its HTML: extensions, Markdown, sanitising, components.

Source: alphagov/govspeak `lib/govspeak.rb`, for the order.
"""

from __future__ import annotations

import re
from functools import partial

from preview.errors import GovspeakError
from preview.govspeak import extensions, finished_elements, markdown
from preview.govspeak.document import Document
from preview.govspeak.extensions.registry import DEEPEST, EXTENSIONS, Context
from preview.govspeak.finished import FinishedWriter
from preview.govspeak.forbidden import without_forbidden, without_quotation_marks
from preview.govspeak.options import Options
from preview.govspeak.own_markup import has_own_markup
from preview.govspeak.postprocess import postprocess
from preview.govspeak.sanitise import sanitise, sanitise_page
from preview.govspeak.tree import Node
from preview.govspeak.writer import Writer

REGISTERED = (extensions, finished_elements)  # imported so that each of them registers itself
# A text in which nothing is marked up, as most steps are.
SENTENCE = re.compile(r"(?!s\d)[A-Za-z]+(?:[ ,;][ ]?\w+)*\.?", re.ASCII)
LONGEST = 20_000_000
# An HTML5 parser takes such a block out of its paragraph.
BLOCKS = "p|address|aside|blockquote|details|div|dl|figure|h[1-6]|ol|section|table|ul"
BLOCK_IN_PARAGRAPH = re.compile(rf"<p\b(?:[^<]++|<(?!/?(?:{BLOCKS})\b))*+(?!</p\b)")


class Engine:
    """Renders one text and the texts inside it.

    After rendering, `tree` and `document` hold what was read, `contact_ids` the contacts it named.
    `at_once` says that the HTML is written in its final form, for the texts inside too.
    """

    def __init__(self, options: Options, depth: int = 0, *, at_once: bool = False) -> None:
        self.options = options
        self.depth = depth
        self.at_once = at_once
        self.contact_ids: list[str] = []
        self.tree = Node("root")
        self.document = Document()

    def expand(self, source: str) -> str:
        """Return the text with extensions replaced by what they stand for."""
        text = without_forbidden(without_quotation_marks(source))
        if self.depth < DEEPEST:
            context = self.context()
            for extension in EXTENSIONS:
                if extension.mark in text:
                    text = extension.search(context, text)
        return text

    def context(self) -> Context:
        """Return what extensions know; it must not hold the engine.

        An engine that held itself would be kept, with its tree, until the garbage collector comes.
        """
        render = partial(nested, self.options, self.depth, at_once=self.at_once)
        markdown = partial(plain, self.options, at_once=self.at_once)
        return Context(self.options, render, markdown, self.contact_ids)

    def read(self, source: str) -> None:
        """Read a text into `tree` and `document`."""
        self.document = Document(document_domains=frozenset(self.options.document_domains))
        self.tree = markdown.parse(self.expand(source), self.document)

    def unsafe(self, source: str) -> str:
        """Return the HTML before sanitising."""
        self.read(source)
        return Writer(self.document).write(self.tree)

    def html(self, source: str) -> str:
        """Return the finished, safe HTML; an allow-list is always the last step."""
        if not self.depth:
            self.at_once = can_be_finished_at_once(source, self.options)
        found = self.finished_at_once(source) if self.at_once else None
        return self.finished_in_steps(source) if found is None else found

    def finished_at_once(self, source: str) -> str | None:
        """Return the HTML written in its final form; None where it needs the steps after all."""
        self.read(source)
        writer = FinishedWriter(self.document, self.options)
        html = writer.write(self.tree)
        if writer.unsure or blocks_in_text(html):
            self.at_once = False
            return None
        if self.depth:  # the text around sanitises it
            return html
        return (sanitise_page if writer.components else sanitise)(html, self.options)

    def finished_in_steps(self, source: str) -> str:
        """Return the HTML that is parsed and finished step by step.

        The allow-list comes before the steps too where the text could bring elements or attributes
        of its own, which they must not take for theirs.
        """
        unsafe = self.unsafe(source)
        first = self.options.allowed_image_hosts or own_markup(source) or blocks_in_text(unsafe)
        cleaned = sanitise(unsafe, self.options) if first else unsafe
        finished = postprocess(cleaned, self.options)
        if self.depth or (first and finished is cleaned):
            return finished
        last = sanitise if finished is cleaned else sanitise_page
        return last(finished, self.options)


def nested(options: Options, depth: int, source: str, *, at_once: bool) -> str:
    """Return the HTML of a text that is a document of its own inside one of that depth."""
    text = source.strip()
    if SENTENCE.fullmatch(text):
        return f"<p>{text}</p>\n"
    return Engine(options.within(), depth + 1, at_once=at_once).html(text)


def plain(options: Options, source: str, *, at_once: bool) -> str:
    """Return the HTML of plain Markdown inside a text; the whole is sanitised later."""
    document = Document(mark_external=False)
    tree = markdown.parse(source, document)
    if at_once:
        writer = FinishedWriter(document, options)
        html = writer.write(tree)
        if not (writer.unsure or writer.components):
            return html
        tree = markdown.parse(source, document := Document(mark_external=False))
    return Writer(document).write(tree)


def can_be_finished_at_once(source: str, options: Options) -> bool:
    """Say whether a text's elements and attributes are all the engine's own, and in order."""
    asks_more = options.allowed_image_hosts or options.auto_numbered_headers
    return not (asks_more or has_own_markup(source))


def own_markup(source: str) -> bool:
    """Say whether a text may have HTML or attributes of its own."""
    return "<" in source or "{:" in source


def blocks_in_text(html: str) -> bool:
    """Say whether a block stands inside a paragraph, or a paragraph has no end."""
    return BLOCK_IN_PARAGRAPH.search(html) is not None


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
