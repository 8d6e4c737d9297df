"""Put the stylesheets of pages together: one file for browsers, one file a component for people.

`preview/pages/styles/*.css` becomes `var/assets/pages/page.css`, the base first, print last. In
`paper.css`, which holds the Design System's rules too, those for print always hold: so a page can
be seen on paper without printing it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "preview" / "pages" / "styles"
DESIGN_SYSTEM = ROOT / "var" / "assets" / "govuk-frontend" / "generic.min.css"
TARGET = ROOT / "var" / "assets" / "pages"
FIRST, LAST = "base", "print"


def in_order() -> list[Path]:
    """Return the stylesheets, in the order in which they stand."""
    return sorted(
        SOURCES.glob("*.css"), key=lambda path: (path.stem == LAST, path.stem != FIRST, path.stem)
    )


def main(target: Path = TARGET) -> None:
    """Write the stylesheets, and copy what they show."""
    target.mkdir(parents=True, exist_ok=True)
    sheets = [path.read_text("utf-8").strip() for path in in_order()]
    (target / "page.css").write_text("\n\n".join(sheets) + "\n", "utf-8")
    system = DESIGN_SYSTEM.read_text("utf-8") if DESIGN_SYSTEM.exists() else ""
    paper = "\n".join([system, *sheets]).replace("@media print", "@media all")
    (target / "paper.css").write_text(paper + "\n", "utf-8")
    for picture in SOURCES.glob("*.svg"):
        shutil.copyfile(picture, target / picture.name)


if __name__ == "__main__":
    main()
