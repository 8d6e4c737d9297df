"""What can be done with packs."""

from __future__ import annotations

from preview.drafts.models import Draft
from preview.packs.models import Pack


def own_pack(draft: Draft) -> Pack:
    """Return the draft's implicit pack, made on first use."""
    return Pack.objects.get_or_create(own_draft=draft)[0]
