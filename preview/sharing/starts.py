"""Where a link starts: the page that a guest sees first."""

from __future__ import annotations

from preview.drafts.models import Draft
from preview.packs.models import Audience
from preview.rendering.models import PackPage
from preview.sharing.models import ShareLink

ENGLISH = "en"


def start_path(link: ShareLink) -> str:
    """Return the path of the first page: of the pack's first open draft that this link shows.

    A proposal of links, or to unpublish, has no path of its own: it starts at the page that it
    changes. "" where no draft has a page with a path.
    """
    drafts = link.pack.counted().filter(state=Draft.State.OPEN)
    if not link.covers_limited:
        drafts = drafts.filter(limited=False)
    with_path = drafts.exclude(base_path="").first()
    return with_path.base_path if with_path else changed_path(link, list(drafts))


def changed_path(link: ShareLink, drafts: list[Draft]) -> str:
    """Return the path of the live page that the first proposal changes, in English if it can be."""
    audiences = [Audience.OPEN, Audience.FULL] if link.covers_limited else [Audience.OPEN]
    pages = PackPage.objects.filter(pack=link.pack, audience__in=audiences).exclude(path="")
    for draft in drafts:
        own = pages.filter(content_id=draft.content_id)
        found = own.filter(locale=draft.locale) if draft.locale else own
        rows = found.order_by("page__position", "path").values_list("locale", "path")
        if paths := sorted(rows, key=lambda row: row[0] != ENGLISH):
            return str(paths[0][1])
    return ""
