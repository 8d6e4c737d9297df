"""Whether a new link works: opened as somebody signed out would, before its maker sees it."""

from __future__ import annotations

from django.utils import timezone

from preview.access import Act, decide_pack
from preview.errors import InvalidToken
from preview.rendering.models import PackPage
from preview.sharing.actions import NewLink
from preview.sharing.models import ShareLink
from preview.sharing.opening import find_link
from preview.sharing.starts import start_path


def check_link(new: NewLink) -> str:
    """Open a link by its token and look for its first page; returns why it fails, "" if it works.

    The result is kept with the link, for lists of links.
    """
    failure = failure_of(new)
    ShareLink.objects.filter(id=new.link.id).update(
        checked_at=timezone.now(), check_failure=failure
    )
    return failure


def failure_of(new: NewLink) -> str:
    """Return the name of what keeps the link from working, "" where nothing does."""
    try:
        link = find_link(new.token)
    except InvalidToken as error:
        return error.reason
    limits = link.limits()
    decision = decide_pack(link.guest(opened=True), Act.VIEW, limits, timezone.now())
    if not decision.allowed:
        return decision.reason
    shown = PackPage.objects.filter(pack=link.pack_id, path=start_path(link))
    if not link.covers_limited:
        shown = shown.filter(audience="open")
    return "" if shown.exists() else "not_rendered"
