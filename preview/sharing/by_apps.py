"""What apps may do with share links: of what nobody's access is limited to, and what they made.

Limited and sensitive drafts are shared by people, who are asked for reasons and can be asked back.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from preview.access import Sensitivity
from preview.accounts.models import PublisherApp
from preview.drafts.models import Draft
from preview.errors import AccessDenied
from preview.packs.models import Pack
from preview.sharing.actions import NewLink, lengthen, make_link
from preview.sharing.models import ShareLink
from preview.sharing.wanted import Wanted


def share_by_app(*, pack: Pack, app: PublisherApp, wanted: Wanted) -> NewLink:
    """Make a link to a pack that the app may share: its draft's own, or one that it owns.

    Raises:
        AccessDenied: a draft in it is limited or sensitive, or none is open.
        InvalidShareLink: the wish breaks a rule of `wanted.py`.

    """
    refuse_secret(pack)
    return make_link(pack=pack, maker=f"app:{app.name}", wanted=wanted, sender=app.name)


@transaction.atomic
def extend_by_app(*, link: ShareLink, app: PublisherApp, expires_at: datetime) -> NewLink:
    """Let a link that the app made last longer; it gets a new address.

    Raises:
        AccessDenied: somebody else made it, or a draft in its pack is limited or sensitive.
        InvalidShareLink: the new end is too near or too far.
        LinkEnded: it was ended for another reason than its time.

    """
    if link.created_by != f"app:{app.name}" or link.bypass_id is not None:
        raise AccessDenied("link_of_somebody_else")
    refuse_secret(link.pack)
    return lengthen(link, link.created_by, expires_at)


def refuse_secret(pack: Pack) -> None:
    """Raise `AccessDenied` where a draft of a pack is limited or sensitive, or none is open."""
    drafts = pack.counted().filter(state=Draft.State.OPEN)
    if drafts.filter(Q(limited=True) | ~Q(sensitivity=Sensitivity.NORMAL)).exists():
        raise AccessDenied("access_limited_drafts_are_shared_by_people")
    if not drafts.exists():
        raise AccessDenied("draft_closed")
