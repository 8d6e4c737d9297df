"""Where a link starts: the page that a guest sees first."""

from __future__ import annotations

from preview.drafts.models import Draft
from preview.sharing.models import ShareLink


def start_path(link: ShareLink) -> str:
    """Return the path of the first page: the pack's first open draft that this link shows."""
    drafts = link.pack.counted().filter(state=Draft.State.OPEN).exclude(base_path="")
    if not link.covers_limited:
        drafts = drafts.filter(limited=False)
    first = drafts.first()
    return first.base_path if first else ""
