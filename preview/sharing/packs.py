"""What ends with a pack: its share links, in the same moment."""

from __future__ import annotations

from django.db import transaction

from preview.packs.actions import archive_pack
from preview.packs.models import Pack
from preview.packs.owners import Actor, name_of
from preview.sharing.actions import end_links


@transaction.atomic
def end_pack(*, actor: Actor, pack: Pack) -> Pack:
    """Archive a pack and end its share links; its drafts stay as they are.

    Raises:
        AccessDenied: the actor may not change this pack.

    """
    ended = archive_pack(actor=actor, pack=pack)
    end_links(pack.share_links.all(), ended_by=name_of(actor))
    return ended
