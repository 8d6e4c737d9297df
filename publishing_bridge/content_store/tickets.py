"""Tickets that let a front end read one pack, for the minutes in which it renders a page of it.

A front end passes `Govuk-Auth-Bypass-Id` on to the content store unchanged, and so a request for a
page carries the name of its pack there and back without the front end knowing of packs.

Source: alphagov/gds-api-adapters `lib/gds_api/middleware/govuk_header_sniffer.rb`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core import signing

SALT = "publishing_bridge.content_store.ticket"
SECONDS = 5 * 60


@dataclass(frozen=True)
class Subject:
    """What is read: a pack as an audience sees it; `version_id` stands for its draft's newest."""

    pack_id: uuid.UUID
    audience: str
    version_id: int | None = None


def sign(subject: Subject) -> str:
    """Return a ticket."""
    claims = [str(subject.pack_id), subject.audience, subject.version_id]
    return signing.dumps(claims, salt=SALT, compress=False)


def read(text: str | None) -> Subject | None:
    """Return what a ticket is for; None where it is none of ours, or over."""
    try:
        pack_id, audience, version_id = signing.loads(text or "", salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return Subject(uuid.UUID(pack_id), audience, version_id)
