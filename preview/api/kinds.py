"""The kinds of a draft over HTTP: what the address says, and how a body of each kind is read.

Source: alphagov/publishing-api `content_schemas/`, `app/commands/v2/patch_link_set.rb`,
`app/commands/v2/unpublish.rb`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from preview import schemas
from preview.drafts.actions import Submission
from preview.drafts.models import Draft
from preview.drafts.submissions import links_submission, unpublishing_submission
from preview.errors import InvalidContent, InvalidInput

LOCALE = OpenApiParameter("locale", str, description="Locale of the content item; default en")
KIND = OpenApiParameter(
    "kind",
    str,
    enum=list(Draft.Kind.values),
    description=(
        "What is proposed; default content. `links` has the body {links: {type: [content id]}} "
        "and no locale, `unpublishing` {type: gone | redirect | withdrawal | vanish, …}"
    ),
)


def kind_of(request: Request) -> Draft.Kind:
    """Return the kind that the address names.

    Raises:
        InvalidInput: there is no such kind.

    """
    return kind_filter(request.query_params.get("kind") or Draft.Kind.CONTENT)


def kind_filter(text: str) -> Draft.Kind:
    """Read a kind."""
    if text not in Draft.Kind.values:
        raise InvalidInput(f"kind is one of: {', '.join(Draft.Kind.values)}.")
    return Draft.Kind(text)


def locale_of(request: Request) -> str:
    """Return the locale that the address names; links have none."""
    if kind_of(request) == Draft.Kind.LINKS:
        return ""
    return request.query_params.get("locale", "en")


def identity_of(request: Request) -> dict[str, str]:
    """Return what tells the draft of this address from others of its content id.

    No draft has a NUL in its locale, and PostgreSQL can't be asked for one.
    """
    locale = locale_of(request)[:16].replace("\0", "\N{REPLACEMENT CHARACTER}")
    return {"locale__exact": locale, "kind": kind_of(request)}


def submitted(request: Request, payload: dict[str, Any], content_id: uuid.UUID) -> Submission:
    """Return the payload as a submission of the kind that the address names.

    Raises:
        InvalidContent: with every violation.

    """
    return READERS[kind_of(request)](payload, content_id, locale_of(request))


def content_of(payload: dict[str, Any], content_id: uuid.UUID, locale: str) -> Submission:
    """Read a content item in `publisher_v2` form."""
    payload.setdefault("locale", locale)
    check_locale(payload["locale"], locale)
    found = schemas.validate(
        payload, content_id=str(content_id), schemas_path=settings.CONTENT_SCHEMAS_PATH
    )
    if found.violations or found.content is None:
        raise InvalidContent(found.violations)
    body = schemas.canonical(payload)
    return Submission(
        content_id, found.content, body, schemas.fingerprint(body), found.known_schema
    )


def links_of(payload: dict[str, Any], content_id: uuid.UUID, locale: str) -> Submission:  # noqa: ARG001 (READERS)
    """Read a proposal of links."""
    return links_submission(content_id, payload)


def unpublishing_of(payload: dict[str, Any], content_id: uuid.UUID, locale: str) -> Submission:
    """Read a proposal to take a page away."""
    check_locale(payload.pop("locale", locale), locale)
    if locale not in schemas.LOCALES:
        sentence = f"Send a locale that GOV.UK has, such as en or cy, not {locale[:20]!r}."
        raise InvalidContent((schemas.Violation("/locale", sentence, "locale"),))
    return unpublishing_submission(content_id, locale, payload)


def check_locale(sent: object, locale: str) -> None:
    """Refuse a body in another locale than the address's."""
    if sent != locale:
        sentence = f"Send the locale of the address: {locale[:16]}, or ask for another address."
        raise InvalidContent((schemas.Violation("/locale", sentence, "locale_of_address"),))


READERS: dict[Draft.Kind, Callable[[dict[str, Any], uuid.UUID, str], Submission]] = {
    Draft.Kind.CONTENT: content_of,
    Draft.Kind.LINKS: links_of,
    Draft.Kind.UNPUBLISHING: unpublishing_of,
}
