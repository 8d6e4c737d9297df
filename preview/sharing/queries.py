"""What an opened share link shows, in as few queries as the speed of a shared page asks for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from preview.access import Guest, Limits
from preview.rendering.models import RenderedPage, Rendering
from preview.sharing.models import Grant, ShareLink


@dataclass(frozen=True)
class ShownPage:
    """The link, who looks, the draft's limits, and the page: `sha256` None when there is none."""

    link: ShareLink
    guest: Guest
    limits: Limits
    draft_id: uuid.UUID
    version: int | None
    sha256: str | None
    rendered: bool


def shown_page(*, link_id: uuid.UUID, session: str, path: str) -> ShownPage | None:
    """Return what the link shows at `path` in this guest session; None where it was not opened.

    Follows the newest ready version, or the pinned one; a version that failed or is still being
    rendered leaves the one before it in view.
    """
    grant = (
        Grant.objects.select_related("link__pack__own_draft")
        .filter(session_id=session, link_id=link_id)
        .first()
    )
    if grant is None:
        return None
    link, draft = grant.link, grant.link.pack.own_draft
    ready = Rendering.objects.ready().filter(version__draft=draft)
    if link.pinned_version_id:
        ready = ready.filter(version_id=link.pinned_version_id)
    newest = ready.newest_first().values_list("id", "version__number").first()
    page = None
    if newest:
        pages = RenderedPage.objects.filter(rendering_id=newest[0], path=path)
        page = pages.values_list("sha256", flat=True).first()
    return ShownPage(
        link=link,
        guest=link.guest(opened=True),
        limits=draft.access_limits(link.created_at),
        draft_id=draft.id,
        version=newest[1] if newest else None,
        sha256=page,
        rendered=newest is not None,
    )
