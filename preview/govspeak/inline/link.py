"""Links and images. Source: kramdown syntax, "Links and Images"."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from preview.govspeak.document import link_id
from preview.govspeak.inline.escape import ESCAPED
from preview.govspeak.inline.parser import InlineParser, is_plain
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Node

BRACKET = re.compile(r"(\])|!?\[")
BRACKETS = re.compile(r"(?:!?\[)+(?!\^)")
# Most links: text and an address without marks, parentheses, quotation marks or spaces.
PLAIN = re.compile(r"!?\[([^\[\]]+)\]\(([^\s()<>'\"]+)\)")
REFERENCE = re.compile(r"\s*?\[([^\]]+)?\]")
PARENTHESIS = re.compile(r"(\()|(\))|\s(?=['\"])")
ANGLED = re.compile(r"\(<(.*?)>")
TITLE = re.compile(r"\s*?([\"'])(.+?)\1\s*?\)", re.DOTALL | re.ASCII)


@inline_rule(60, "![", r"!?\[(?=[^^])")
def link(parser: InlineParser, match: re.Match[str]) -> bool:
    """Read a link or an image; what is none is text. There are no links inside links."""
    kind = "img" if match[0][0] == "!" else "a"
    start, inside = parser.at, match.end()
    if parser.spare <= 0 or never_closed(parser, inside):
        opened = BRACKETS.match(parser.text, start)
        return parser.take(opened[0] if opened else match[0])
    if kind == "a" and parser.within("a", "img"):
        return parser.take(match[0])
    node = Node(kind)
    plain = PLAIN.match(parser.text, start)
    if plain and parser.has_room() and is_plain(plain[1]):
        parser.at = plain.end()
        node.children.append(plain[1])
        place(parser, node, plain[2], None, plain[1])
        return True
    parser.at = inside
    if not read_text(parser, node):
        parser.go_back(start)
        return parser.take(match[0])
    alternative = ESCAPED.sub(r"\1", parser.text[inside : parser.at])
    parser.at += 1
    if not (by_reference(parser, node, alternative) or by_address(parser, node, alternative)):
        parser.go_back(start)
        return parser.take(match[0])
    return True


def never_closed(parser: InlineParser, at: int) -> bool:
    """Say whether no bracket closes behind a place; what is true there is true further on."""
    if "]" not in parser.fruitless and parser.text.find("]", at) < 0:
        parser.fruitless.add("]")
    return "]" in parser.fruitless


def read_text(parser: InlineParser, node: Node) -> bool:
    """Read the text up to the bracket that closes the one before it."""
    depth, images, seen = 1, 0, 0

    def closes(tree: Node) -> bool:
        nonlocal depth, images, seen
        images += sum(isinstance(one, Node) and one.kind == "img" for one in tree.children[seen:])
        seen = len(tree.children)
        depth += (-1 if parser.text[parser.at] == "]" else 1) - images
        return depth == 0

    return parser.parse(node, BRACKET, closes)


def by_reference(parser: InlineParser, node: Node, alternative: str) -> bool:
    """Take the address of a definition, by the name in brackets or by the text itself."""
    text, at = parser.text, parser.at
    found = REFERENCE.match(text, at)
    if found is None and text[at : at + 1] == "(":
        return False
    known = parser.document.links.get(link_id((found and found[1]) or alternative))
    if known is None:
        return False
    parser.at = found.end() if found else at
    if "list" in known.node.options:
        node.give(known.node.options["list"])
    place(parser, node, known.address, known.title, alternative)
    return True


def by_address(parser: InlineParser, node: Node, alternative: str) -> bool:
    """Take the address and the title in parentheses."""
    text = parser.text
    if text[parser.at : parser.at + 1] != "(" or REFERENCE.match(text, parser.at):
        return False
    if angled := ANGLED.match(text, parser.at):
        address, parser.at, closed = angled[1], angled.end(), text[angled.end() :][:1] == ")"
        parser.at += closed
    else:
        address, closed = take_address(parser)
    if closed:
        place(parser, node, address, None, alternative)
        return True
    title = TITLE.match(text, parser.at)
    if title is None:
        return False
    parser.at = title.end()
    place(parser, node, address, title[2], alternative)
    return True


def take_address(parser: InlineParser) -> tuple[str, bool]:
    """Take an address up to its closing parenthesis, or to a title; say whether it was closed."""
    start, depth = parser.at, 0
    while found := PARENTHESIS.search(parser.text, parser.at):
        parser.at = found.end()
        if found[1]:
            depth += 1
        elif found[2]:
            depth -= 1
        if not found[1] and (not found[2] or depth == 0):
            break
    return parser.text[start + 1 : parser.at - 1].strip(), depth == 0


def place(
    parser: InlineParser, node: Node, address: str, title: str | None, alternative: str
) -> None:
    """Add the finished link or image; a link to another host says so."""
    if node.kind == "a":
        document = parser.document
        if document.mark_external and is_elsewhere(address, document.document_domains):
            node.set("rel", "external")
        node.set("href", address)
    else:
        node.set("src", address)
        node.set("alt", alternative)
        node.children.clear()
    if title is not None:
        node.set("title", title)
    parser.tree.children.append(node)


def is_elsewhere(address: str, domains: frozenset[str]) -> bool:
    """Say whether an address names a host that is none of `domains`."""
    if "//" not in address and address.isprintable():
        return False
    try:
        host = urlsplit(address).netloc.rpartition("@")[2].split(":")[0]
    except ValueError:
        return False
    return bool(host) and host not in domains
