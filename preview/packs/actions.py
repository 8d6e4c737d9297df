"""What can be done with packs."""

from __future__ import annotations

from django.db import transaction

from preview.drafts.models import Draft
from preview.packs.models import Pack, PackDraft


def own_pack(draft: Draft) -> Pack:
    """Return the draft's implicit pack, with the draft as its member, made on first use."""
    found = Pack.objects.filter(own_draft=draft).first()
    return found or made_own_pack(draft)


@transaction.atomic
def made_own_pack(draft: Draft) -> Pack:
    """Make the implicit pack of a draft; where another process was faster, return that one."""
    pack, _ = Pack.objects.get_or_create(own_draft=draft)
    PackDraft.objects.get_or_create(pack=pack, draft=draft)
    return pack
