"""HTML as a reader sees it: blocks of text, tables, images, links.

`read(html)` gives the blocks of a text or page, in reading order; `words(text)` the words of a
text; `events(html)` the tags and texts in linear time, for engines that look at the markup itself.
Furniture that the preview adds (`data-preview-furniture`), scripts and what is hidden is not read.

Source: WHATWG HTML, section 4 “The elements of HTML”; alphagov/govspeak for the kinds of boxes.
"""

from __future__ import annotations

from preview.reading.blocks import Block, Cell, Kind, Link, Strong
from preview.reading.events import End, Event, Start, events
from preview.reading.reader import OWN_LINES, read, read_events
from preview.reading.squeeze import squeezed
from preview.reading.words import words

__all__ = [
    "OWN_LINES",
    "Block",
    "Cell",
    "End",
    "Event",
    "Kind",
    "Link",
    "Start",
    "Strong",
    "events",
    "read",
    "read_events",
    "squeezed",
    "words",
]
