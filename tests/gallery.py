"""Render every item of the gallery to `var/gallery`, with one sheet to look at: index.html.

Run as `python -m tests.gallery`, or by `make gallery`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from preview import pages
from scripts import stylesheets
from tests.factories.gallery import items

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "gallery"
ASSETS = ROOT / "var" / "assets"
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
PAGES_OF_ONE_ITEM = 4
WITH_SURFACES = frozenset({"answer", "gone", "news_article", "publication"})
SHEET = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Gallery of page types</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 16px/1.4 arial, sans-serif; margin: 20px; }}
ul {{ display: grid; gap: 24px; grid-template-columns: repeat(auto-fill, 384px); list-style: none; padding: 0; }}
.frame {{ border: 1px solid #cecece; height: 480px; overflow: hidden; width: 384px; }}
iframe {{ border: 0; height: 1600px; transform: scale(.3); transform-origin: 0 0; width: 1280px; }}
</style></head><body><h1>{count} pages of {types} page types</h1><ul>
{entries}
</ul></body></html>
"""  # noqa: E501 (a page of HTML)
ENTRY = (
    '<li><a href="{file}">{name}</a> <small>{path}</small><div class="frame">'
    '<iframe src="{file}" title="{name}" loading="lazy" tabindex="-1"></iframe></div></li>'
)


def options(branding: str = "generic") -> pages.Options:
    """Return what the gallery's pages are rendered with: its own files, a notice, no live site."""
    return pages.Options(
        now=NOW,
        branding="govuk" if branding == "govuk" else "generic",
        assets_path="static",
        notice="Draft preview, version 3. This page is not published.",
        lookup={item["base_path"]: item for item in items().values()}.get,
    )


def rendered(branding: str = "generic") -> Iterator[tuple[str, pages.Page]]:
    """Give a name and a page for every page of every item, a few of each item at most."""
    chosen = options(branding)
    for name, item in items().items():
        for at, path in enumerate(pages.paths(item, chosen)[:PAGES_OF_ONE_ITEM]):
            yield (f"{name}.{at}" if at else name), pages.render(item, path, options=chosen)
        if item["schema_name"] in WITH_SURFACES:
            for surface in pages.SURFACES:
                yield f"{name}@{surface}", pages.surface(item, surface, chosen)


def static() -> None:
    """Put the stylesheets and the Design System's files beside the pages."""
    stylesheets.main()
    target = FOLDER / "static"
    target.mkdir(parents=True, exist_ok=True)
    for part in ("pages", "govuk-frontend"):
        link = target / part
        if not link.is_symlink():
            link.symlink_to(ASSETS / part)


def main(branding: str = "generic") -> int:
    """Write pages and sheet; print where the sheet is."""
    static()
    entries = []
    for name, page in rendered(branding):
        (FOLDER / f"{name}.html").write_text(page.html, "utf-8")
        entries.append(ENTRY.format(file=f"{name}.html", name=name, path=escape(page.path)))
    types = len({item["schema_name"] for item in items().values()})
    sheet = SHEET.format(count=len(entries), types=types, entries="\n".join(entries))
    (FOLDER / "index.html").write_text(sheet, "utf-8")
    print(f"{len(entries)} pages: {FOLDER / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
