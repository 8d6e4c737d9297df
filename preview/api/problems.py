"""Errors as `application/problem+json`: one table from error class to status and type.

Source: RFC 9457; RFC 6901 for the JSON Pointers in `errors`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from preview import errors


@dataclass(frozen=True)
class Kind:
    """A kind of problem: HTTP status, the last part of its type's address, its title."""

    status: int
    slug: str
    title: str


TYPE_ROOT = "/api/problems/"
NOT_FOUND = Kind(404, "not-found", "There is nothing here")
KINDS: dict[type[errors.PreviewError], Kind] = {
    errors.MalformedJSON: Kind(400, "malformed-json", "The body is not valid JSON"),
    errors.InvalidContent: Kind(422, "invalid-content", "The content item is not valid"),
    errors.GovspeakError: Kind(422, "invalid-govspeak", "The Govspeak can't be rendered"),
    errors.InvalidShareLink: Kind(422, "invalid-share-link", "The share link can't be made"),
    errors.InvalidRules: Kind(422, "invalid-rules", "The rules can't be so"),
    errors.InvalidAsset: Kind(422, "invalid-asset", "The file can't be used"),
    errors.InvalidEndpoint: Kind(422, "invalid-webhook", "The webhook can't be as asked"),
    errors.InvalidReview: Kind(422, "invalid-review", "The review can't be as sent"),
    errors.InvalidPreRelease: Kind(
        422, "invalid-pre-release", "The pre-release list can't be as asked"
    ),
    errors.InvalidPack: Kind(422, "invalid-pack", "The pack can't be as asked"),
    errors.InvalidField: Kind(422, "invalid-input", "What was sent can't be used"),
    errors.IdempotencyKeyReused: Kind(
        422, "idempotency-key-reused", "The key belongs to another request"
    ),
    errors.InvalidUsageRules: Kind(422, "invalid-usage-rules", "The rules can't be used"),
    errors.UnreadableLog: Kind(422, "unreadable-log", "The log can't be read"),
    errors.CompressionBomb: Kind(413, "compression-bomb", "The body grows without measure"),
    errors.BatchTooLarge: Kind(413, "batch-too-large", "The batch is too large"),
    errors.NothingReadable: Kind(400, "nothing-readable", "No line can be read"),
    errors.UsageOverloaded: Kind(503, "overloaded", "Too many batches are waiting"),
    errors.InvalidInput: Kind(422, "invalid-input", "What was sent can't be used"),
    errors.VersionConflict: Kind(409, "version-conflict", "Somebody saved this draft before you"),
    errors.OwnedByAnotherApp: Kind(403, "owned-by-another-app", "This draft is another app's"),
    errors.DraftDiscarded: Kind(409, "draft-discarded", "This draft was discarded"),
    errors.AssetOfAnotherApp: Kind(403, "asset-of-another-app", "This file is another app's"),
    errors.PackFull: Kind(409, "pack-full", "The pack is full"),
    errors.DraftNotInPack: Kind(409, "draft-not-in-pack", "The pack does not hold this draft"),
    errors.ThreadDecided: Kind(409, "thread-decided", "Somebody did this before you"),
    errors.ReviewOutdated: Kind(409, "review-outdated", "The draft has changed"),
    errors.RulesChanged: Kind(409, "rules-changed", "The rules have changed"),
    errors.LinkEnded: Kind(409, "link-ended", "This share link has ended"),
    errors.NothingToAgreeTo: Kind(409, "nothing-to-agree-to", "Nobody asks for this"),
    errors.NotLetIn: Kind(403, "not-let-in", "This opens nothing"),
    errors.Conflict: Kind(409, "conflict", "This does not fit what is stored"),
    errors.PackNotFound: Kind(404, "not-found", "There is nothing here"),
    errors.AccessDenied: Kind(403, "access-denied", "You may not do this"),
    errors.InvalidToken: Kind(404, "not-found", "There is nothing here"),
    errors.SignonFault: Kind(503, "signon-away", "Signon does not answer"),
    errors.LetterRefused: Kind(422, "letter-refused", "The e-mail was refused"),
    errors.BrowserFault: Kind(503, "browser-away", "No browser shows the page"),
    errors.PageError: Kind(422, "no-page", "No page can be made of this"),
    errors.PreviewError: Kind(500, "fault", "Something went wrong in this service"),
}
STATUS_TITLES = {
    400: "The request can't be understood",
    401: "A bearer token is needed",
    403: "This token may not do this",
    404: NOT_FOUND.title,
    405: "This method is not allowed here",
    406: "This answer exists as JSON only",
    411: "The body needs a length",
    412: "The draft has changed",
    413: "The body is too large",
    415: "The body must be JSON",
    429: "This token calls too often",
}


def kind_of(error: errors.PreviewError) -> Kind:
    """Return the kind of the error's class, or of the nearest class above it."""
    return next(KINDS[cls] for cls in type(error).__mro__ if cls in KINDS)


def problem(kind: Kind, detail: str, **members: Any) -> Response:
    """Return the answer for a problem; `members` are extensions, as RFC 9457 section 3.2 has it."""
    body = {
        "type": TYPE_ROOT + kind.slug,
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        **members,
    }
    response = Response(body, status=kind.status)
    response.is_problem = True  # type: ignore[attr-defined]  # read by OrjsonRenderer
    return response


def handle(error: Exception, context: dict[str, Any]) -> Response | None:  # noqa: ARG001 (DRF's)
    """Turn an error into an answer; None passes it on to the server's own fault page."""
    if isinstance(error, errors.InvalidContent):
        violations = [
            {"pointer": row.pointer, "detail": row.sentence, "rule": row.rule}
            for row in error.violations
        ]
        return problem(kind_of(error), str(error), errors=violations)
    if isinstance(error, errors.PreviewError):
        return problem(kind_of(error), str(error), **facts(error))
    if isinstance(error, Http404 | ObjectDoesNotExist):
        return problem(NOT_FOUND, "Check the address. What is not yours is not shown either.")
    if isinstance(error, APIException | PermissionDenied):
        return of_framework(error)
    return None


def facts(error: errors.PreviewError) -> dict[str, Any]:
    """Return the error's own attributes, as members of the problem."""
    return {name: value for name, value in vars(error).items() if value is not None}


def of_framework(error: APIException | PermissionDenied) -> Response:
    """Return the answer for an error of Django REST framework."""
    status = getattr(error, "status_code", 403)
    slug = str(getattr(error, "default_code", "permission-denied")).replace("_", "-")
    kind = Kind(status, slug, STATUS_TITLES.get(status, "The request failed"))
    response = problem(kind, str(getattr(error, "detail", error) or kind.title))
    challenge = getattr(error, "auth_header", None)
    if challenge:
        response["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(math.ceil(wait))
    return response
