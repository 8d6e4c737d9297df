"""Where the links of a snapshot lead: to its own pages, or to the live site.

A snapshot does not know under which address it will be served. Links to its own pages start with
`OWN_PAGES`, which `under` replaces as it serves; every other link of the site leads to the live
site, in a tab of its own, because the preview has no page for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

OWN_PAGES = "/own-pages-of-this-preview"
ANCHOR = re.compile(r'<a\s(?P<before>(?:[^>"]|"[^"]*")*?)href="(?P<path>/(?!/)[^"]*)"')


def lead(html: str, own: Collection[str], website_root: str) -> str:
    """Return the page with its links mended; `own` are the paths of the draft's own pages."""

    def mended(found: re.Match[str]) -> str:
        path = found["path"]
        if path.startswith(OWN_PAGES):
            return found[0]
        bare = re.split(r"[?#]", path, maxsplit=1)[0]
        if bare in own:
            return f'<a {found["before"]}href="{OWN_PAGES}{path}"'
        return f'<a {found["before"]}href="{website_root}{path}" target="_blank" data-live-site="1"'

    return ANCHOR.sub(mended, html)


def lead_into(html: str, own: Collection[str], website_root: str) -> str:
    """Return a page that was led to the live site with its links to `own` paths led there."""

    def mended(found: re.Match[str]) -> str:
        bare = re.split(r"[?#]", found["path"], maxsplit=1)[0]
        return f'href="{OWN_PAGES}{found["path"]}"' if bare in own else found[0]

    return re.sub(
        rf'href="{re.escape(website_root)}(?P<path>/[^"]*)" target="_blank" data-live-site="1"',
        mended,
        html,
    )


def paths_in(html: str) -> set[str]:
    """Return the paths of the site that a page links to, without query and fragment."""
    return {re.split(r"[?#]", found["path"], maxsplit=1)[0] for found in ANCHOR.finditer(html)}


def under(prefix: str, html: bytes) -> bytes:
    """Return the snapshot with the links to its own pages under `prefix`."""
    return html.replace(OWN_PAGES.encode(), prefix.encode())


def led_back(html: str, website_root: str) -> str:
    """Return a snapshot with its links as they were before `lead`."""
    back = re.sub(
        rf'href="{re.escape(website_root)}(/[^"]*)" target="_blank" data-live-site="1"',
        r'href="\1"',
        html,
    )
    return back.replace(OWN_PAGES, "")
