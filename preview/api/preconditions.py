"""What a writer had seen: `If-Match`, `If-None-Match: *` and `previous_version`.

Source: RFC 9110 sections 13.1.1 and 13.1.2; alphagov/publishing-api for `previous_version`.
"""

from __future__ import annotations

import re
from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.request import Request

from preview.errors import VersionConflict

ETAG = re.compile(r'"(\d{1,9})"')


class PreconditionFailed(APIException):
    """An `If-Match` or `If-None-Match` that does not hold."""

    status_code = 412
    default_code = "precondition-failed"


def etag(number: int) -> str:
    """Return the entity tag of a draft at this version."""
    return f'"{number}"'


def by_header(request: Request) -> int | None:
    """Return the version that the request's headers insist on; None when they insist on none.

    Raises:
        PreconditionFailed: a header that no draft can meet.

    """
    if request.headers.get("If-None-Match") == "*":
        return 0
    wanted = request.headers.get("If-Match")
    if wanted is None or wanted == "*":
        return None
    found = ETAG.fullmatch(wanted.strip())
    if not found:
        raise PreconditionFailed(
            'Send If-Match with the ETag that you were given, for example If-Match: "3".'
        )
    return int(found[1])


def by_body(payload: dict[str, Any]) -> int | None:
    """Take `previous_version` out of the payload: it is about the sending, not of the content."""
    wanted = payload.get("previous_version")
    if isinstance(wanted, str) and wanted.isdecimal() and len(wanted) < 10:
        del payload["previous_version"]
        return int(wanted)
    if isinstance(wanted, int) and not isinstance(wanted, bool):
        del payload["previous_version"]
        return wanted
    return None


def refused(error: VersionConflict, header: int | None) -> APIException | VersionConflict:
    """Return the error to answer with: 412 where a header insisted, else the conflict itself."""
    return PreconditionFailed(str(error)) if header is not None else error
