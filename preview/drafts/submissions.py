"""Proposals without content as submissions: other links, or that a page is taken away.

Source: alphagov/publishing-api `app/commands/v2/patch_link_set.rb`,
`app/commands/v2/unpublish.rb`, for what they hold.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from preview import schemas
from preview.drafts.actions import Submission
from preview.drafts.models import Draft
from preview.drafts.proposals import links_of
from preview.errors import InvalidContent
from preview.schemas import DraftContent, Violation

WITHOUT_LOCALE = ""


def links_submission(content_id: uuid.UUID, payload: Mapping[str, Any]) -> Submission:
    """Return a proposal of links, `{"links": {type: [content id, …]}}`; it has no locale.

    Raises:
        InvalidContent: with every violation.

    """
    refuse(schemas.links_violations(payload))
    return submission(content_id, WITHOUT_LOCALE, Draft.Kind.LINKS, payload)


def unpublishing_submission(
    content_id: uuid.UUID, locale: str, payload: Mapping[str, Any]
) -> Submission:
    """Return a proposal to take a page away, `{"type": "gone" | "redirect" | …, …}`.

    Raises:
        InvalidContent: with every violation.

    """
    refuse(schemas.unpublishing_violations(payload))
    return submission(content_id, locale, Draft.Kind.UNPUBLISHING, payload)


def refuse(violations: Sequence[Violation]) -> None:
    """Raise the violations, if there are any."""
    if violations:
        raise InvalidContent(violations)


def submission(
    content_id: uuid.UUID, locale: str, kind: Draft.Kind, payload: Mapping[str, Any]
) -> Submission:
    """Return a checked payload as a submission.

    What the draft is called in lists is what the content itself is called, where that is known.
    """
    body = schemas.canonical(payload)
    limited = payload.get("access_limited") or {}
    users = tuple(limited.get("users") or ())
    organisations = tuple(limited.get("organisations") or ())
    content = named(content_id, locale or "en")
    return Submission(
        content_id,
        DraftContent(
            locale=locale,
            schema_name=content.schema_name if content else "",
            document_type=content.document_type if content else None,
            title=content.title if content else None,
            base_path=content.base_path if content else None,
            organisation=str(content.organisation_content_id or "") if content else None,
            access_limited=bool(users or organisations),
            access_limited_users=users,
            access_limited_organisations=organisations,
            auth_bypass_ids=(),
            parent=next(iter(links_of(payload).get("parent", ())), None),
        ),
        body,
        schemas.fingerprint(body),
        kind=kind,
    )


def named(content_id: uuid.UUID, locale: str) -> Draft | None:
    """Return the draft that says what the content is called; nothing of a limited one is told."""
    return Draft.objects.filter(
        content_id=content_id, locale=locale, kind=Draft.Kind.CONTENT, limited=False
    ).first()
