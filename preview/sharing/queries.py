"""What an opened share link shows: one query, because every shared page asks it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from preview.access import Guest, Limits
from preview.drafts.models import Draft
from preview.rendering.models import RenderedPage, Rendering
from preview.sharing.models import Grant
from preview.sharing.prepared import PreparedQuery


@dataclass(frozen=True)
class ShownPage:
    """Who looks, the draft's limits, and the page: `sha256` None when there is none."""

    guest: Guest
    limits: Limits
    draft_id: uuid.UUID
    version: int | None
    sha256: str | None


def shown_page(*, link_id: uuid.UUID, session: str, path: str) -> ShownPage | None:
    """Return what the link shows at `path` in this guest session; None where it was not opened.

    Follows the newest ready version, or the pinned one; a version that failed or is still being
    rendered leaves the one before it in view. `version` None says that nothing is ready.
    """
    row = SHOWN.first(link_id=link_id, session=session, path=path)
    return None if row is None else Row(*row).shown()


class Row(NamedTuple):
    """A row of the query, in the order of its columns."""

    draft_id: uuid.UUID
    limited: bool
    state: str
    limits_changed_at: datetime | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    version: int | None
    sha256: str | None

    def shown(self) -> ShownPage:
        """Return it as what the access policy and the page need."""
        changed = self.limits_changed_at
        limits = Limits(
            limited=self.limited,
            draft_open=self.state == Draft.State.OPEN,
            limits_changed=bool(changed and changed > self.created_at),
        )
        revoked = self.revoked_at is not None
        guest = Guest(expires_at=self.expires_at, revoked=revoked, opened=True)
        return ShownPage(guest, limits, self.draft_id, self.version, self.sha256)


def query(*, link_id: uuid.UUID, session: str, path: str) -> QuerySet[Grant, Any]:
    """Return the grant with what it shows, in the order of `Row`."""
    pinned = OuterRef("link__pinned_version")
    newest = (
        Rendering.objects.ready()
        .filter(pack=OuterRef("link__pack"))
        .filter(version=Coalesce(pinned, F("version")))
        .newest_first()
    )
    page = RenderedPage.objects.filter(rendering=OuterRef("newest"), path=path)
    return (
        Grant.objects.filter(session_id=session, link_id=link_id)
        .annotate(newest=Subquery(newest.values("id")[:1]))
        .values_list(
            "link__pack__own_draft",
            "link__pack__own_draft__limited",
            "link__pack__own_draft__state",
            "link__pack__own_draft__limits_changed_at",
            "link__created_at",
            "link__expires_at",
            "link__revoked_at",
            Subquery(newest.values("version__number")[:1]),
            Subquery(page.values("sha256")[:1]),
        )
    )


SHOWN = PreparedQuery(query, link_id=uuid.UUID(int=2**127 - 1), session="session", path="path")
