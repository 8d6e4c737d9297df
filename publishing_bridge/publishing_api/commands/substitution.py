"""Editions that give way to another document at their path.

Source: alphagov/publishing-api `app/helpers/substitution_helper.rb`.
"""

from __future__ import annotations

from django.utils import timezone

from publishing_bridge.publishing_api import paths, previews
from publishing_bridge.publishing_api.models import Document, Edition, Unpublishing
from publishing_bridge.publishing_api.presentation import SUBSTITUTABLE

GIVES_WAY = frozenset({"gone", "redirect", "vanish"})


def clear_drafts(document: Document, base_path: str, document_type: str) -> None:
    """Discard the drafts at a path that give way to this document's.

    A draft of the same content in another locale always does.

    Raises:
        RecordInvalid: another document's draft stands there and neither gives way.

    """
    others = Edition.objects.at_path(base_path, Edition.ContentStore.DRAFT)
    for other in others.exclude(document=document).select_related("document"):
        same_content = other.document.content_id == document.content_id
        if not (same_content or {document_type, other.document_type} & SUBSTITUTABLE):
            paths.refuse_conflict(other)
        previews.content_discarded(other.document.content_id, other.document.locale)
        other.document.stale_lock_version += 1
        other.document.save(update_fields=["stale_lock_version"])
        other.delete()


def clear_live(document: Document, edition: Edition) -> None:
    """Take the live editions off a path that give way to this one.

    Raises:
        RecordInvalid: another document stands there and neither gives way.

    """
    others = Edition.objects.at_path(str(edition.base_path), Edition.ContentStore.LIVE)
    for other in others.exclude(document=document).select_related("document"):
        same_content = other.document.content_id == document.content_id
        unpublished = Unpublishing.objects.filter(edition=other, type__in=GIVES_WAY).exists()
        types = {edition.document_type, other.document_type}
        if not (same_content or unpublished or types & SUBSTITUTABLE):
            paths.refuse_conflict(other)
        other.state, other.content_store = Edition.State.UNPUBLISHED, None
        other.updated_at = timezone.now()
        other.save(update_fields=["state", "content_store", "updated_at"])
        Unpublishing.objects.update_or_create(
            edition=other, defaults={"type": Unpublishing.Type.SUBSTITUTE}
        )
