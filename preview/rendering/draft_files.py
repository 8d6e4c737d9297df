"""Draft files in pages: which ones a rendering uses, and their addresses on the preview host.

Content names a file by its address on the assets host. In a snapshot the address of a draft file
leads to the preview's own pages instead, where it is served to whoever may see the page. The
addresses of live files stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from django.db.models import Q, QuerySet

from preview.assets.addresses import LONGEST_PATH, PATH, hosts
from preview.assets.models import Asset
from preview.drafts.models import Draft, Version
from preview.packs.models import Audience, Pack, counting
from preview.rendering.links import OWN_PAGES
from preview.rendering.models import PackPage, Rendering, RenderingAsset

ATTRIBUTE = re.compile(r'(\s(?:href|src|srcset|poster|content|data-src)=")([^"]*)(?=")')
MOST = 500


@cache
def address() -> re.Pattern[str]:
    """Return what finds the addresses of files in the value of an attribute."""
    origins = "|".join(re.escape(origin) for origin in hosts())
    return re.compile(rf"(?P<before>^|[\s,])(?P<origin>{origins})?(?P<path>{PATH.pattern})")


def paths_in(html: str) -> set[str]:
    """Return the paths of the files that a page uses."""
    values = (found[2] for found in ATTRIBUTE.finditer(html))
    found = {one["path"] for value in values for one in address().finditer(value)}
    return {path for path in found if len(path) <= LONGEST_PATH}


def led(html: str, files: Collection[str]) -> str:
    """Return the page with the addresses of these files among the preview's own pages."""
    if not files:
        return html

    def mended(found: re.Match[str]) -> str:
        path = found["path"]
        return f"{found['before']}{OWN_PAGES}{path}" if path in files else found[0]

    return ATTRIBUTE.sub(lambda one: one[1] + address().sub(mended, one[2]), html)


def draft_files(pack: Pack, audience: str, html: Iterable[str]) -> set[str]:
    """Return the paths of draft files among those that pages of a pack use.

    A page shows the files of those apps only whose drafts it may show: that somebody knows the
    address of a file gives nobody the file.
    """
    found = {path for page in html for path in paths_in(page)}
    if not found:
        return set()
    known = files_of(pack, [audience]).filter(path__in=found)
    return set(known.values_list("path", flat=True))


def files_of(pack: Pack, audiences: Collection[str]) -> QuerySet[Asset]:
    """Return the draft files of the apps whose drafts a pack shows to an audience."""
    drafts = Draft.objects.filter(counting("memberships__"), memberships__pack=pack)
    if Audience.FULL not in audiences:
        drafts = drafts.filter(limited=False)
    return Asset.objects.filter(app__in=drafts.values("app"))


def wanted_files(version: Version | None, html: Iterable[str]) -> set[str]:
    """Return the paths of files that a draft's own content names: they may be sent later."""
    if version is None:
        return set()
    payload = bytes(version.payload)
    return {path for page in html for path in paths_in(page) if path.encode() in payload}


def note_files(rendering: Rendering, paths: Iterable[str]) -> None:
    """Keep which files a rendering uses."""
    rows = [RenderingAsset(rendering=rendering, path=path) for path in sorted(set(paths))[:MOST]]
    RenderingAsset.objects.bulk_create(rows, ignore_conflicts=True)


def asset_of_rendering(rendering: Rendering, path: str) -> Asset | None:
    """Return the draft file at a path, where the rendering uses it."""
    used = rendering.assets.filter(path=path).exists()
    return (
        files_of(rendering.pack, [rendering.audience]).filter(path=path).first() if used else None
    )


def asset_of_pack(
    pack: Pack, audiences: Collection[str], path: str, pinned: Collection[Version] | None = None
) -> Asset | None:
    """Return the draft file at a path, where a page uses it that the pack shows to an audience.

    With `pinned` the pages are those of these versions, whatever the pack shows now.
    """
    if not PATH.fullmatch(path):
        return None
    used = RenderingAsset.objects.filter(path=path, rendering__pack=pack)
    used = used.filter(rendering__audience__in=audiences)
    if pinned is None:
        shown = PackPage.objects.filter(pack=pack, audience__in=audiences)
        used = used.filter(rendering__in=shown.values("page__rendering"))
    else:
        held = Draft.objects.open().filter(counting("memberships__"), memberships__pack=pack)
        kept = Q(rendering__version__in=pinned, rendering__version__draft__in=held.values("id"))
        back_then = kept | Q(rendering__version=None)
        used = used.filter(back_then, rendering__state=Rendering.State.READY)
    return files_of(pack, audiences).filter(path=path).first() if used.exists() else None
