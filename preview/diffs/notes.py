"""What changed in a block that its words do not show: a link's address, an image, a level.

One rule a function, each registering itself; a rule gets two versions of one block.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from preview.diffs.changes import Note
from preview.reading import Block, Link, Strong

Rule = Callable[[Block, Block], Iterator[Note]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule."""
    RULES.append(function)
    return function


def notes_on(before: Block, after: Block) -> tuple[Note, ...]:
    """Return all that changed between two versions of a block but is not in its words."""
    return tuple(note for each in RULES for note in each(before, after))


def notes_of(block: Block) -> tuple[Note, ...]:
    """Return what is to be known of a block that is new or gone: where its links lead."""
    notes = [Note("link", f"“{one.text}” links to {one.address}") for one in block.links]
    if block.kind == "image":
        notes.append(Note("image", f"Image: {file_name(block.address)}"))
    return tuple(notes)


def file_name(address: str) -> str:
    """Return the name of a file as people know it."""
    return address.partition("?")[0].rstrip("/").rpartition("/")[2] or address


@rule
def links(before: Block, after: Block) -> Iterator[Note]:
    """Say which links lead elsewhere, came or went."""
    yield from link_notes(before.links, after.links)


def link_notes(before: tuple[Link, ...], after: tuple[Link, ...]) -> Iterator[Note]:
    """Say what changed between the links of two versions of a text."""
    gone, come = list((Counter(before) - Counter(after)).elements()), []
    for link in (Counter(after) - Counter(before)).elements():
        old = next((one for one in gone if one.text == link.text), None)
        old = old or next((one for one in gone if one.address == link.address), None)
        if old is None:
            come.append(link)
            continue
        gone.remove(old)
        if old.address != link.address:
            yield Note("link", f"“{link.text}” links to {link.address}, not to {old.address}")
        else:
            yield Note("link", f"The link to {link.address} reads “{link.text}”, not “{old.text}”")
    for link in come:
        yield Note("link", f"New link: “{link.text}” links to {link.address}")
    for link in gone:
        yield Note("link", f"No longer a link: “{link.text}”, which linked to {link.address}")


@rule
def image(before: Block, after: Block) -> Iterator[Note]:
    """Say that an image or its description is another one."""
    if after.kind != "image" or before.kind != "image":
        return
    if before.address != after.address:
        old, new = file_name(before.address), file_name(after.address)
        yield Note("image", f"Another image: {new}, not {old}")
    if before.text != after.text:
        if not after.text:
            yield Note("alt", "The image has no description for people who can't see it any more")
        elif not before.text:
            yield Note("alt", "The image has a description now for people who can't see it")
        else:
            yield Note("alt", "The image's description for people who can't see it changed")


@rule
def emphasis(before: Block, after: Block) -> Iterator[Note]:
    """Say which words stand out now, or no longer."""
    gone, come = Counter(before.strong), Counter(after.strong)
    for one in (come - gone).elements():
        if one.text in before.text:
            yield Note("formatting", f"“{one.text}” is now {one.how}")
    for one in (gone - come).elements():
        if one.text in after.text and not renamed(one, after):
            yield Note("formatting", f"“{one.text}” is no longer {one.how}")


def renamed(one: Strong, after: Block) -> bool:
    """Return whether words stand out as part of more or fewer words."""
    return any(other.how == one.how and one.text in other.text for other in after.strong)


@rule
def level(before: Block, after: Block) -> Iterator[Note]:
    """Say that a heading has another level, or that an item stands deeper."""
    if before.kind != after.kind:
        names = NAMES.get(before.kind, before.kind), NAMES.get(after.kind, after.kind)
        yield Note("level", f"Now a {names[1]}, it was a {names[0]}")
    elif after.kind == "heading" and before.level != after.level:
        yield Note("level", f"Now a heading of level {after.level}, it was level {before.level}")
    elif before.level != after.level:
        way = "one list within another" if after.level > before.level else "a list further out"
        yield Note("level", f"Now stands in {way}")
    elif before.numbered != after.numbered:
        yield Note("level", f"Now in a {'numbered' if after.numbered else 'bulleted'} list")


NAMES = {"item": "list item", "code": "code example", "description": "definition"}


@rule
def box(before: Block, after: Block) -> Iterator[Note]:
    """Say that a text stands in a box now, or in another one."""
    if before.box == after.box:
        return
    if not after.box:
        yield Note("box", f"No longer in a box ({before.box})")
    elif before.box:
        yield Note("box", f"Now in a box of another kind: {after.box}, not {before.box}")
    else:
        yield Note("box", f"Now in a box ({after.box})")


@rule
def language(before: Block, after: Block) -> Iterator[Note]:
    """Say that a text is marked as another language."""
    if before.language != after.language:
        now, then = after.language or "the page's own", before.language or "the page's own"
        yield Note("language", f"Marked as another language: {now}, not {then}")
