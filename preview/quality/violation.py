"""What axe-core says of one place on a page.

Source: axe-core, “Results object”: `violations` and their `nodes`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule of axe-core at one place.

    rule: axe-core's name of it; help: its own sentence. text: the words of the place on one line,
    "" where it has none; html: its start tag, cut.
    """

    rule: str
    help: str
    text: str = ""
    html: str = ""
