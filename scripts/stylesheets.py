"""Put the stylesheets of pages together: one file for browsers, one file a component for people.

`preview/pages/styles/*.css` becomes `var/assets/pages/page.css`, the base first, paper last.
"""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "preview" / "pages" / "styles"
TARGET = ROOT / "var" / "assets" / "pages"
FIRST, LAST = "base", "print"


def in_order() -> list[Path]:
    """Return the stylesheets, in the order in which they stand."""
    return sorted(
        SOURCES.glob("*.css"), key=lambda path: (path.stem == LAST, path.stem != FIRST, path.stem)
    )


def main(target: Path = TARGET) -> None:
    """Write the stylesheet, and copy what it shows."""
    target.mkdir(parents=True, exist_ok=True)
    sheets = [path.read_text("utf-8").strip() for path in in_order()]
    (target / "page.css").write_text("\n\n".join(sheets) + "\n", "utf-8")
    for picture in SOURCES.glob("*.svg"):
        shutil.copyfile(picture, target / picture.name)


if __name__ == "__main__":
    main()
