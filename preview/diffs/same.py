"""Whether two HTML pages are the same page to a reader."""

from __future__ import annotations

from collections.abc import Iterator

from preview.reading import OWN_LINES, End, Event, Start, events, squeezed

# Attributes that readers see, hear or follow; ids, data and times for machines are none of these.
TOLD: tuple[str, ...] = (
    "href",
    "src",
    "alt",
    "lang",
    "dir",
    "aria-label",
    "title",
    "value",
    "placeholder",
    "class",
)
TOLD += ("type", "start", "colspan", "rowspan", "open", "role")
NOT_READ = frozenset({"script", "style", "template", "noscript", "link", "base"})
# A tag without attributes that only groups others shows nothing by itself.
GROUPS = frozenset({"div", "span", "html", "body", "head", "tbody", "time"})
SEEN_IN_RESULTS = frozenset({"description", "og:title", "og:description", "og:image", "robots"})
# Where a line ends, space shows nothing.
LINE_ENDS = OWN_LINES | {"", "br", "title", "meta"}
Token = tuple[object, ...]


def same_to_a_reader(before: str, after: str) -> bool:
    """Return whether two pages look, read and lead the same.

    Furniture of the preview, scripts, styles, ids and times for machines are left out of account;
    the title and what search engines and social media show count. In doubt the answer is False.
    """
    return before == after or list(tokens(before)) == list(tokens(after))


def tokens(html: str) -> Iterator[Token]:
    """Return all of a page that a reader can notice, in order."""
    unread = 0
    open_tags: list[bool] = []
    texts: list[str] = []
    last = ""
    for event in events(html):
        if isinstance(event, str):
            texts += [] if unread else [event]
            continue
        if isinstance(event, Start):
            unread += 1 if unread or is_left_out(event) else 0
        told = () if unread else token_of(event, open_tags)
        if isinstance(event, End):
            unread -= 1 if unread else 0
        if told:
            yield from text_token("".join(texts), last, event.tag)
            texts, last = [], event.tag
            yield told
    yield from text_token("".join(texts), last, "")


def text_token(text: str, before: str, after: str) -> Iterator[Token]:
    """Return a text, with whether there is a space between it and the rest of its line.

    White space alone tells something only between two elements that stand in one line.
    """
    first = before not in LINE_ENDS and text[:1].isspace()
    last = after not in LINE_ENDS and text[-1:].isspace()
    if squeezed(text) or (first and last):
        yield ("text", squeezed(text), first, last)


def is_left_out(start: Start) -> bool:
    """Return whether an element is nothing to a reader."""
    if start.tag == "meta":
        name = start.get("name") or start.get("property")
        return name not in SEEN_IN_RESULTS
    return (
        start.tag in NOT_READ
        or "data-preview-furniture" in start.attributes
        or "hidden" in start.attributes
    )


def token_of(event: Event, open_tags: list[bool]) -> Token:
    """Return what a tag tells; nothing for one that only groups."""
    if isinstance(event, Start):
        told = tuple((name, event.get(name)) for name in TOLD if name in event.attributes)
        if event.tag == "meta":
            told = (("content", event.get("content")), ("name", event.get("name")))
        tells = bool(told) or event.tag not in GROUPS
        open_tags.append(tells)
        return ("start", event.tag, *told) if tells else ()
    if isinstance(event, End) and open_tags and open_tags.pop():
        return ("end", event.tag)
    return ()
