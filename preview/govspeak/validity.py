"""What sanitising takes out of a text, so that its author can be told."""

from __future__ import annotations

from dataclasses import dataclass

from preview.govspeak.engine import Engine
from preview.govspeak.options import Options
from preview.govspeak.sanitise import sanitise


@dataclass(frozen=True)
class Removal:
    """Something that is not allowed: an element, or an attribute of one; `line` counts from 1."""

    what: str
    line: int


def removals(source: str, options: Options) -> list[Removal]:
    """Return what is removed from the text; images, files and contacts are left out of account."""
    alone = Options(
        locale=options.locale,
        allowed_image_hosts=options.allowed_image_hosts,
        allowed_elements=options.allowed_elements,
    )
    unsafe = Engine(alone).unsafe(source)
    from preview.govspeak.difference import removed

    return removed(unsafe, sanitise(unsafe, alone))
