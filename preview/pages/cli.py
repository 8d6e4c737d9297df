"""Pages by the line: what `manage.py render_item --jsonl` reads and writes."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TextIO

from preview.pages.page import Options, render


def render_lines(source: TextIO, target: TextIO) -> None:
    """Read `{"id", "item", "path", "now", "branding"}` a line; write `{"id", "status", "html"}`."""
    for line in filter(str.strip, source):
        row = json.loads(line)
        options = Options(
            now=datetime.fromisoformat(row["now"]), branding=row.get("branding", "generic")
        )
        page = render(row["item"], row.get("path"), options=options)
        answer = {"id": row["id"], "status": page.status, "html": page.html}
        target.write(json.dumps(answer) + "\n")
