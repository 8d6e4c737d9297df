"""Live content from a file of items, for benchmarks that start real workers."""

from __future__ import annotations

import json
import os
from pathlib import Path

from publishing_bridge.example_site import MemorySite


class LiveItems(MemorySite):
    """The items of the file that `LIVE_ITEMS` names."""

    def __init__(self) -> None:
        super().__init__(json.loads(Path(os.environ["LIVE_ITEMS"]).read_text("utf-8")))
