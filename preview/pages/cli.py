"""Pages by the line: what `manage.py render_item --jsonl` reads and writes."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TextIO

from preview.pages.options import Options
from preview.pages.page import render


def render_lines(source: TextIO, target: TextIO) -> None:
    """Read a JSON object a line: id, item, path, store, now, branding; write id, status, html.

    `store` holds the other items that the live site has, by path.
    """
    for line in filter(str.strip, source):
        row = json.loads(line)
        options = Options(
            now=datetime.fromisoformat(row["now"]),
            branding=row.get("branding", "generic"),
            lookup=(row.get("store") or {}).get,
        )
        page = render(row["item"], row.get("path"), options=options)
        answer = {"id": row["id"], "status": page.status, "html": page.html}
        target.write(json.dumps(answer) + "\n")
