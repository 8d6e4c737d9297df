"""The example site: about sixty invented live items, for a copy without a publishing platform.

Its items stand in `items/`, a file a noun, in the form that `MemorySite` reads.
"""

from __future__ import annotations

import json
from pathlib import Path

from publishing_bridge.example_site.site import MemorySite

__all__ = ["ExampleSite", "MemorySite"]
ITEMS = Path(__file__).parent / "items"


class ExampleSite(MemorySite):
    """The site that is bundled with the project."""

    def __init__(self) -> None:
        files = sorted(ITEMS.glob("*.json"))
        super().__init__(one for path in files for one in json.loads(path.read_text("utf-8")))
