"""One edition of a document.

Source: alphagov/publishing-api `app/queries/get_content.rb`, `app/queries/get_latest.rb`.
"""

from __future__ import annotations

import uuid
from typing import Any, Never

from django.db.models import Case, IntegerField, Value, When

from preview.accounts.models import AppToken
from publishing_bridge.publishing_api.models import Document, Edition, EditionQuerySet
from publishing_bridge.publishing_api.presentation import present
from publishing_bridge.wire.errors import CommandError

STATES = ("draft", "published", "unpublished", "superseded")
STATE_ORDER = Case(
    *(When(state=state, then=Value(rank)) for rank, state in enumerate(STATES)),
    output_field=IntegerField(),
)


def latest_first(editions: EditionQuerySet) -> EditionQuerySet:
    """Order editions of a document: the draft, what is live, what was."""
    return editions.order_by(STATE_ORDER, "-user_facing_version")


def get_content(
    token: AppToken, content_id: uuid.UUID, locale: str = "en", content_store: str | None = None
) -> dict[str, Any]:
    """Return the latest edition of a document, or the one of a content store.

    Raises:
        CommandError: 404, saying whether the content or the locale is missing.

    """
    editions = Edition.objects.readable_by(token).select_related("document")
    editions = editions.filter(document__content_id=content_id, document__locale=locale)
    if content_store:
        editions = editions.filter(content_store=content_store)
    edition = latest_first(editions).first()
    if edition is None:
        refuse_absent(token, content_id, locale)
    return present(edition, warnings=True)


def refuse_absent(token: AppToken, content_id: uuid.UUID, locale: str) -> Never:
    """Raise what is missing."""
    readable = Edition.objects.readable_by(token)
    document = f"document with content_id: {content_id}"
    if readable.filter(document__content_id=content_id).exclude(document__locale=locale).exists():
        raise CommandError(404, f"Could not find locale: {locale} for {document}")
    raise CommandError(404, f"Could not find {document}")


def known(token: AppToken, content_id: uuid.UUID) -> bool:
    """Say whether there is any document of this content id, of those that the token may read."""
    if Edition.objects.readable_by(token).filter(document__content_id=content_id).exists():
        return True
    documents = Document.objects.filter(content_id=content_id)
    return documents.exists() and not documents.filter(editions__isnull=False).exists()
