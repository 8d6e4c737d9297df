"""Checking the pages of a rendering, and the live page beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from preview import pages
from preview.checks.models import Finding
from preview.overlay.live import LiveContent
from preview.overlay.presenting import Presenter
from preview.quality import Around, check_page, new_against
from preview.quality import Finding as Found
from preview.quality.elements import content_of
from preview.reading import Start, events
from preview.rendering import links, snapshots
from preview.rendering.companions import RenderedItem
from preview.rendering.completing import item_at, presenters
from preview.rendering.models import PackPage, Rendering
from preview.rendering.renderers import options_of

Json = Mapping[str, Any]
SITE = urlsplit(settings.WEBSITE_ROOT).hostname or "www.gov.uk"
HOSTS = (SITE, SITE.removeprefix("www."))
MOST_OUTSIDE = 200
GRAVEST = {"error": 0, "warning": 1, "hint": 2}
# Findings, each with the path of its page.
Placed = list[tuple[Found, str]]
Known = Callable[[str], bool | None]


@dataclass(frozen=True)
class Page:
    """A page's path, its HTML, and the item that it is made of."""

    path: str
    html: str
    item: Json


@dataclass(frozen=True)
class Checked:
    """What the checks of a rendering found; findings are rows without a run."""

    findings: tuple[Finding, ...]
    compared: bool
    outside: tuple[str, ...]


def check(rendering: Rendering) -> Checked:
    """Check every page of every item of a rendering against the live one."""
    presenter, live = presenters(rendering)
    shown = {page.path: html_of(page.sha256) for page in rendering.pages.all()}
    known = knowing(rendering, presenter.live, shown.values())
    rows: list[Finding] = []
    items = list(rendering.items.all())
    for stored in items:
        own = checked(own_pages(item_at(stored.sha256), shown, presenter), known)
        rows += told_apart(own, checked(live_pages(stored, live), known), len(rows))
    led = {one for html in shown.values() for one in addresses(html)}
    outside = sorted(filter(outside_of, led))
    compared = any(stored.live_sha256 for stored in items)
    return Checked(tuple(rows), compared, tuple(outside[:MOST_OUTSIDE]))


def told_apart(own: Placed, before: Placed, start: int) -> list[Finding]:
    """Return findings as rows from position `start` on; new are those that are not live."""
    new = {id(one) for one in new_against([one for one, _ in own], [one for one, _ in before])}
    return [row(at, one, path, is_new=id(one) in new) for at, (one, path) in enumerate(own, start)]


def html_of(sha256: str) -> str:
    """Return a page's HTML as its editors' links have it."""
    return links.led_back(snapshots.get(sha256).decode(), settings.WEBSITE_ROOT)


def own_pages(item: Json, shown: Mapping[str, str], presenter: Presenter) -> list[Page]:
    """Return the pages of an item, in their order, from those that were rendered."""
    places = pages.paths(item, options_of(presenter, None))
    return [Page(path, shown[path], item) for path in places if path in shown]


def live_pages(stored: RenderedItem, live: Presenter) -> list[Page]:
    """Return the pages of the live item; none where it is not live."""
    if not stored.live_sha256:
        return []
    item, options = item_at(stored.live_sha256), options_of(live, None)
    return [
        Page(path, pages.render(item, path, options=options).html, item)
        for path in pages.paths(item, options)
    ]


def checked(made: Collection[Page], known: Known) -> Placed:
    """Return the findings on an item's pages, each with the path of its page, the gravest first.

    What is wrong with the item itself is found on each of its pages, and kept once.
    """
    around = Around(timezone.now(), known, hosts=HOSTS)
    found: Placed = []
    about_item: set[str] = set()
    for page in made:
        for one in check_page(page.html, page.item, around):
            if one.pointer and one.key in about_item:
                continue
            about_item.update({one.key} if one.pointer else ())
            found.append((one, page.path))
    return sorted(found, key=lambda each: GRAVEST[each[0].severity])


def row(position: int, found: Found, path: str, *, is_new: bool) -> Finding:
    """Return a finding as a row."""
    return Finding(
        position=position,
        key=found.key,
        rule=found.rule,
        severity=found.severity,
        sentence=found.sentence,
        quote=found.quote,
        page=path,
        block=found.path,
        pointer=found.pointer,
        is_new=is_new,
    )


def knowing(rendering: Rendering, live: LiveContent, shown: Collection[str]) -> Known:
    """Return what says whether there is a page at a path, in the pack or live.

    Asked about all links at once. Nobody knows where the live site could not be asked.
    """
    own = set(
        PackPage.objects.filter(pack=rendering.pack_id, audience=rendering.audience).values_list(
            "path", flat=True
        )
    )
    led = {path_of(address) for html in shown for address in addresses(html)} - {""}
    found = set(live.content_ids(led - own))
    unsure = bool(live.trouble())

    def known(path: str) -> bool | None:
        if path in own or path in found:
            return True
        if unsure or path not in led:
            return None
        return live.page(path) is not None

    return known


def path_of(address: str) -> str:
    """Return the path of an address on this site, as checks ask for it; "" for another's."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    here = not parts.netloc or parts.hostname in HOSTS
    return parts.path.rstrip("/") or "/" if here and parts.path.startswith("/") else ""


def outside_of(address: str) -> bool:
    """Say whether an address is one of another site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and (parts.hostname or SITE) not in HOSTS


def addresses(html: str) -> Iterator[str]:
    """Give where the links lead that an editor wrote, without the parts of pages that they name.

    What stands around the content, such as the footer, is not an editor's to mend.
    """
    for event in content_of(events(html)):
        if isinstance(event, Start) and event.tag == "a":
            yield event.get("href").strip().partition("#")[0]
